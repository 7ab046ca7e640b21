package import Bucket
package import HTTP
package import Services

/// In this module a site's id is the API's; on the volume it has the same text.
package typealias SiteID = Services.SiteID

extension Identifier<SiteKind> {
  /// The site's name on the volume.
  func onVolume() throws -> Bucket.SiteID {
    guard let name = Bucket.SiteID(text) else { throw Problem(.internalError) }
    return name
  }
}

/// What a caller may know of a failing volume. Whatever failed, the active version is still whole.
extension BucketError: ProblemConvertible {
  package var problem: Problem? {
    switch self {
    case .full: Problem(.storageFull, retryAfterSeconds: 60)
    case .readOnly, .io: Problem(.unavailable, retryAfterSeconds: 10)
    case .manifestTooLarge: Problem(.siteTooLarge)
    case .corrupt: nil
    }
  }
}
