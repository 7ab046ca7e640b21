package import FoundationEssentials
import Glibc

/// An id of one kind of thing: a UUIDv7 (RFC 9562), so that ids sort by their time of creation.
///
/// The kind keeps a site's id from being taken for a page's.
package struct Identifier<Kind>: Hashable, Sendable {
  package let uuid: UUID

  package init(_ uuid: UUID) {
    self.uuid = uuid
  }

  /// Reads the canonical form of 36 characters; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard let uuid = UUIDText.parse(text.utf8) else { return nil }
    self.uuid = uuid
  }

  /// A new id: 48 bits of milliseconds, then random bits.
  package static func new() -> Identifier {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    var bytes = UUID().uuid
    bytes.0 = UInt8(truncatingIfNeeded: milliseconds >> 40)
    bytes.1 = UInt8(truncatingIfNeeded: milliseconds >> 32)
    bytes.2 = UInt8(truncatingIfNeeded: milliseconds >> 24)
    bytes.3 = UInt8(truncatingIfNeeded: milliseconds >> 16)
    bytes.4 = UInt8(truncatingIfNeeded: milliseconds >> 8)
    bytes.5 = UInt8(truncatingIfNeeded: milliseconds)
    bytes.6 = 0x70 | (bytes.6 & 0x0F)
    return Identifier(UUID(uuid: bytes))
  }

  /// The canonical lower-case form.
  package var text: String { UUIDText.format(uuid) }
}

/// The kinds that ``Identifier`` tells apart.
package enum UserKind {}
package enum CustomerKind {}
package enum SiteKind {}
package enum PageKind {}
package enum LinkKind {}
package enum ShortLinkKind {}
package enum ImageKind {}
package enum InvitationKind {}
package enum TrashEntity {}
package enum FormKind {}
package enum MessageKind {}
package enum ExportKind {}
package enum DomainKind {}

package typealias UserID = Identifier<UserKind>
package typealias CustomerID = Identifier<CustomerKind>
package typealias SiteID = Identifier<SiteKind>
package typealias PageID = Identifier<PageKind>
package typealias LinkID = Identifier<LinkKind>
package typealias ShortLinkID = Identifier<ShortLinkKind>
package typealias ImageID = Identifier<ImageKind>
package typealias InvitationID = Identifier<InvitationKind>
package typealias ExportID = Identifier<ExportKind>
package typealias DomainID = Identifier<DomainKind>
/// The id of what lies in the trash: the one that it had before.
package typealias TrashID = Identifier<TrashEntity>
package typealias FormID = Identifier<FormKind>
package typealias MessageID = Identifier<MessageKind>
