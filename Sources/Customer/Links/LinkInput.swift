import HTTP
import Services

/// The fields of a link that a body may set.
struct LinkInput {
  let title: String?
  let url: WebLink?
  /// The outer nil: not named; the inner: no group.
  let group: String??
  let hidden: Bool?
  let highlight: Bool?
  let relMe: Bool?
  let code: ShortCode?
  let fallback: WebLink??
  let from: Instant??
  let until: Instant??

  /// - Parameter isNew: whether title and URL must be there.
  init(_ body: JSON, isNew: Bool) throws {
    var reader = try ObjectReader(body)
    title =
      isNew
      ? reader.string("title", minimum: 1, maximum: 200) : reader.optionalString("title", minimum: 1, maximum: 200)
    url = isNew || reader.has("url") ? reader.link("url") : nil
    group = reader.nullableString("group", maximum: 80)
    hidden = reader.optionalBool("hidden")
    highlight = reader.optionalBool("highlight")
    relMe = reader.optionalBool("rel_me")
    code = reader.code("code")
    fallback = reader.nullableLink("fallback_url")
    from = reader.nullableMoment("from")
    until = reader.nullableMoment("until")
    if let start = from ?? nil, let end = until ?? nil, end <= start { reader.refuse("until", .invalidTime) }
    try reader.finish()
  }
}

/// What links and short links have in common.
extension ObjectReader {
  /// A code that may be absent; nil then.
  mutating func code(_ name: String) -> ShortCode? {
    guard let text = optionalString(name, minimum: 1, maximum: 40) else { return nil }
    guard let code = ShortCode(text) else {
      refuse(name, .invalid)
      return nil
    }
    return code
  }

  /// An address that may be null. The outer nil says that the member is absent.
  mutating func nullableLink(_ name: String) -> WebLink?? {
    guard let value = value(name) else { return .none }
    if case .null = value { return .some(nil) }
    return link(name).map { .some($0) } ?? .none
  }

  /// A moment that may be null. The outer nil says that the member is absent.
  mutating func nullableMoment(_ name: String) -> Instant?? {
    guard let text = nullableString(name, maximum: 40) else { return .none }
    guard let text else { return .some(nil) }
    guard let instant = Instant(rfc3339: text) else {
      refuse(name, .invalidTime)
      return .none
    }
    return .some(instant)
  }
}
