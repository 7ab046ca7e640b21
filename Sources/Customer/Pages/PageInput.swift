import HTTP
import Services

/// The fields of a page that a body may set.
struct PageInput {
  let slug: PageSlug?
  let title: String?
  let description: String?
  /// The blocks in the form in which they are stored.
  let blocks: [UInt8]?

  /// - Parameters:
  ///   - isNew: whether slug and title must be there.
  ///   - isHome: whether the page is the home page, whose slug stays empty.
  init(_ body: JSON, isNew: Bool, isHome: Bool = false) throws {
    var reader = try ObjectReader(body)
    let slugText = isNew ? reader.string("slug", maximum: 200) : reader.optionalString("slug", maximum: 200)
    let slug = slugText.flatMap { PageSlug($0) }
    let isRead = !reader.errors.contains { $0.pointer == "/slug" }
    // Only the home page has the empty slug, and it keeps it.
    if slugText != nil, isRead, slug == nil || (slug == .home) != isHome { reader.refuse("slug", .invalidSlug) }
    self.slug = slug
    title =
      isNew
      ? reader.string("title", minimum: 1, maximum: 100) : reader.optionalString("title", minimum: 1, maximum: 100)
    description = reader.optionalString("description", maximum: 300)
    blocks = try reader.optionalList("blocks", maximum: Block.maximumPerPage) { item, pointer in
      try Block(json: item, pointer: pointer).json
    }.map { JSON.array($0).bytes }
    try reader.finish()
  }

  /// What a new site's home page shows.
  static let homeBlocks: [UInt8] = JSON.array([["kind": "profile"], ["kind": "links"], ["kind": "contact"]]).bytes
}
