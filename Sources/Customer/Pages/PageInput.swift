import HTTP
import Services

/// The fields of a page that a body may set.
struct PageInput {
  let slug: PageSlug?
  /// Of a new page; nil: the site's own.
  let language: SiteLanguage?
  /// The outer nil: not named; the inner: of none.
  let translationOf: PageID??
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
    let language = isNew ? Self.language(&reader) : nil
    // A home page keeps its empty slug. Each further language gets its own by being given one.
    let mayBeHome = isHome || (isNew && language != nil)
    let isFit = slug.map { $0 == .home ? mayBeHome : !isHome && SiteLanguage(rawValue: $0.text) == nil } ?? false
    if slugText != nil, isRead, !isFit { reader.refuse("slug", .invalidSlug) }
    self.slug = slug
    self.language = language
    translationOf = Self.translationOf(&reader)
    title =
      isNew
      ? reader.string("title", minimum: 1, maximum: 100) : reader.optionalString("title", minimum: 1, maximum: 100)
    description = reader.optionalString("description", maximum: 300)
    blocks = try reader.optionalList("blocks", maximum: Block.maximumPerPage) { item, pointer in
      try Block(json: item, pointer: pointer).json
    }.map { JSON.array($0).bytes }
    try reader.finish()
  }

  private static func language(_ reader: inout ObjectReader) -> SiteLanguage? {
    guard let code = reader.nullableString("language", maximum: 2) ?? nil else { return nil }
    let language = SiteLanguage(rawValue: code)
    if language == nil { reader.refuse("language", .invalid) }
    return language
  }

  private static func translationOf(_ reader: inout ObjectReader) -> PageID?? {
    guard let text = reader.nullableString("translation_of", maximum: 36) else { return .none }
    guard let text else { return .some(nil) }
    guard let page = PageID(text) else {
      reader.refuse("translation_of", .invalid)
      return .none
    }
    return .some(page)
  }

  /// What a new site's home page shows.
  static let homeBlocks: [UInt8] = JSON.array([["kind": "profile"], ["kind": "links"], ["kind": "contact"]]).bytes
}
