import HTTP
import Services

/// The fields of a short link that a body may set.
struct ShortLinkInput {
  let code: ShortCode?
  let title: String?
  let url: WebLink?
  let permanent: Bool?
  /// The outer nil: not named; the inner: none.
  let utm: UTM??
  let expires: Instant??
  let fallback: WebLink??

  /// - Parameter isNew: whether title and URL must be there.
  init(_ body: JSON, isNew: Bool) throws {
    var reader = try ObjectReader(body)
    code = reader.code("code")
    title =
      isNew
      ? reader.string("title", minimum: 1, maximum: 200) : reader.optionalString("title", minimum: 1, maximum: 200)
    url = isNew || reader.has("url") ? reader.link("url") : nil
    permanent = reader.optionalBool("permanent")
    if reader.value("utm") == .null {
      utm = .some(nil)
    } else {
      utm = try reader.optionalObject("utm") { UTM(&$0) }.map { .some($0.isEmpty ? nil : $0) } ?? .none
    }
    expires = reader.nullableMoment("expires_at")
    fallback = reader.nullableLink("fallback_url")
    try reader.finish()
  }
}

/// The values by which a site's own statistics tell where its visitors come from.
struct UTM {
  private static let names = ["source", "medium", "campaign", "term", "content"]
  /// In the order in which they are written.
  private let values: [(name: String, value: String)]

  var isEmpty: Bool { values.isEmpty }

  init(_ reader: inout ObjectReader) {
    var values: [(name: String, value: String)] = []
    for name in Self.names {
      guard let text = reader.optionalString(name, maximum: 100), !text.isEmpty else { continue }
      values.append((name, text))
    }
    self.values = values
  }

  init(stored json: JSON) {
    values = Self.names.compactMap { name in json[name]?.stringValue.map { (name, $0) } }
  }

  var json: JSON { .object(values.map { .init($0.name, .string($0.value)) }) }

  /// The address with these values in its query.
  func added(to url: WebLink) -> WebLink {
    url.adding(query: values.map { ("utm_\($0.name)", $0.value) })
  }
}
