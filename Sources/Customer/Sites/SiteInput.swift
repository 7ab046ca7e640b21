import HTTP
import Services

/// The fields of a site that a body may set.
struct SiteInput {
  let slug: Slug?
  let title: String?
  let description: String?
  let language: Language?
  let design: Design?

  /// - Parameter isNew: whether slug and title must be there.
  init(_ body: JSON, isNew: Bool) throws {
    var reader = try ObjectReader(body)
    let slugText = isNew ? reader.string("slug", maximum: 200) : reader.optionalString("slug", maximum: 200)
    let slug = slugText.flatMap { Slug($0) }
    self.slug = slug
    if isNew, slug?.isForPreviews == true { reader.refuse("slug", .invalidSlug) }
    if slugText != nil, slug == nil, !reader.errors.contains(where: { $0.pointer == "/slug" }) {
      reader.refuse("slug", .invalidSlug)
    }
    title =
      isNew
      ? reader.string("title", minimum: 1, maximum: 100) : reader.optionalString("title", minimum: 1, maximum: 100)
    description = reader.optionalString("description", maximum: 300)
    language = reader.optionalCase("locale", Language.self)
    design = try reader.optionalObject("design") { Design(&$0) }
    try reader.finish()
  }
}
