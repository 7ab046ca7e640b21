import HTTP
import Services

/// What of a preview is to be imported: contents, and the site that they go to.
struct ImportOrder {
  /// The most links of one import.
  private static let linkLimit = 1000

  /// An existing site.
  let site: SiteID?
  /// A site to be made; its slug may be left to us.
  let newSite: (title: String, slug: Slug?)?
  let profile: [(field: String, value: JSON)]
  let links: [LinkInput]

  init(_ body: JSON) throws {
    var reader = try ObjectReader(body)
    site = Self.site(&reader)
    newSite = try Self.newSite(&reader)
    profile =
      try reader.optionalObject("profile") { reader in
        try ProfileInput.texts.compactMap { field -> (field: String, value: JSON)? in
          guard let text = reader.optionalString(field, maximum: 2048), !text.isEmpty else { return nil }
          guard let value = try ProfileInput.checked(field, .string(text)) else {
            reader.refuse(field, .invalid)
            return nil
          }
          return (field, value)
        }
      } ?? []
    links =
      try reader.optionalList("links", maximum: Self.linkLimit) { item, pointer in
        do {
          return try LinkInput(item, isNew: true)
        } catch let problem as Problem where problem.code == .invalidBody {
          throw Problem(invalid: problem.errors.map { FieldError(pointer + $0.pointer, $0.code) })
        }
      } ?? []
    if site != nil, newSite != nil { reader.refuse("new_site", .notAllowed) }
    if site == nil, newSite == nil, !links.isEmpty { reader.refuse("site", .required) }
    try reader.finish()
  }

  private static func site(_ reader: inout ObjectReader) -> SiteID? {
    guard let text = reader.nullableString("site", maximum: 36) ?? nil else { return nil }
    let site = SiteID(text)
    if site == nil { reader.refuse("site", .invalid) }
    return site
  }

  private static func newSite(_ reader: inout ObjectReader) throws -> (title: String, slug: Slug?)? {
    if reader.value("new_site") == .null { return nil }
    return try reader.optionalObject("new_site") { reader in
      let title = reader.string("title", minimum: 1, maximum: 100)
      guard let text = reader.optionalString("slug", maximum: 200) else { return (title, nil) }
      let slug = Slug(text).flatMap { $0.isForPreviews ? nil : $0 }
      if slug == nil { reader.refuse("slug", .invalidSlug) }
      return (title, slug)
    }
  }
}
