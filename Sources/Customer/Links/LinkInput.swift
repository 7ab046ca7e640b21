import HTTP
import Services

/// The fields of a link that a body may set.
struct LinkInput {
  let title: String?
  let url: WebLink?
  /// The outer nil: not named; the inner: no group.
  let group: String??
  let hidden: Bool?
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
    from = Self.moment("from", &reader)
    until = Self.moment("until", &reader)
    if let start = from ?? nil, let end = until ?? nil, end <= start { reader.refuse("until", .invalidTime) }
    try reader.finish()
  }

  private static func moment(_ name: String, _ reader: inout ObjectReader) -> Instant?? {
    guard let text = reader.nullableString(name, maximum: 40) else { return .none }
    guard let text else { return .some(nil) }
    guard let instant = Instant(rfc3339: text) else {
      reader.refuse(name, .invalidTime)
      return .none
    }
    return .some(instant)
  }
}
