import Database
import FoundationEssentials
import HTTP
import Services

/// An entry of the trash that is about to come back.
struct TrashItem {
  let id: UUID
  let kind: TrashKind
  /// The site that it is, or is a part of.
  let site: SiteID
  let title: String
  /// The one under which it comes back.
  var slug: String?

  /// - Throws: when the row is not of `customer.trash`.
  init(_ row: Row) throws {
    id = try row.uuid("id")
    guard let kind = TrashKind(rawValue: try row.string("kind")) else { throw Problem(.internalError) }
    self.kind = kind
    site = SiteID(try row.uuid("site_id"))
    title = try row.string("title")
    slug = try row.optionalString("slug")
  }

  /// What is told of it once it is back.
  var json: JSON {
    [
      "id": .string(TrashID(id).text), "kind": .string(kind.rawValue), "site_id": .string(site.text),
      "title": .string(title), "slug": JSON(slug),
    ]
  }
}

/// What can lie in the trash.
enum TrashKind: String {
  case page, link, site, draft
}
