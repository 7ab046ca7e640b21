import Crypto
import Database
package import FoundationEssentials
import HTTP
import QRCode
package import Services

extension CustomerModule {
  /// The longest vCard that is put into a code itself, in bytes: larger codes are too fine for telephones.
  private static let largestCard = 600
  /// The sides of a PNG, in pixels.
  private static let pixels = 1024

  /// A QR code of something of the site's.
  ///
  /// - Parameter id: of a page, a link or a short link; of the site for its vCard.
  package func qrCode(
    of kind: QRKind, _ id: UUID, in site: SiteID, _ format: QRFormat, _ caller: Caller
  ) throws -> NamedFile {
    let rows = try database.query(
      """
      SELECT s.slug, \(canonicalHost) AS host, (SELECT content::text FROM customer.profiles WHERE customer_id = s.customer_id) AS profile,
        \(Self.path(of: kind, id)) AS path
      FROM customer.sites s WHERE s.id = \(site.uuid) AND s.customer_id = \(caller.customer.uuid)
      """)
    guard let row = rows.first, let path = try row.optionalString("path") else { throw Problem(.notFound) }
    let slug = try row.string("slug")
    let origin = settings.origin(host: try row.string("host"))
    var content = Array("\(origin)\(path)?via=qr".utf8)
    if kind == .vcard {
      let profile = try row.optionalBytes("profile").map { Profile(stored: try JSONParser.parse($0)) } ?? Profile()
      let card = VCard(profile, url: "\(origin)/").bytes
      if card.count <= Self.largestCard { content = card }
    }
    guard let code = QRCode(content), let bytes = format == .svg ? code.svg : code.png(pixels: Self.pixels) else {
      throw Problem(.internalError)
    }
    let hash = SHA256.hash(data: bytes).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let part = kind == .vcard ? "vcard" : path.split(separator: "/").joined(separator: "-")
    return NamedFile(
      bytes: bytes, mediaType: format.mediaType,
      name: "qr-\(slug)\(part.isEmpty ? "" : "-")\(part).\(format.rawValue)",
      entityTag: "\"\(hash)\"")
  }

  /// Where the code leads, as an expression over `customer.sites s`; null where there is no such thing.
  private static func path(of kind: QRKind, _ id: UUID) -> SQL {
    switch kind {
    case .page:
      """
      (SELECT '/' || CASE WHEN p.language = '' THEN '' ELSE p.language || '/' END
         || CASE WHEN p.slug = '' THEN '' ELSE p.slug || '/' END
       FROM customer.pages p WHERE p.id = \(id) AND p.site_id = s.id)
      """
    case .link: "(SELECT '/l/' || l.code FROM customer.links l WHERE l.id = \(id) AND l.site_id = s.id)"
    case .shortLink: "(SELECT '/l/' || l.code FROM customer.short_links l WHERE l.id = \(id) AND l.site_id = s.id)"
    case .vcard: "CASE WHEN s.id = \(id) THEN '/' END"
    }
  }
}
