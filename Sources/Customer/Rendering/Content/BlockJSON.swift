package import HTTP
import Services

extension Block {
  /// The most blocks that a page may have.
  package static let maximumPerPage = 100

  /// Reads one block of the API.
  ///
  /// - Parameter pointer: where the block stands in the body, for example `/blocks/2`.
  /// - Throws: ``Problem`` of 422 with a pointer for each fault.
  package init(json: JSON, pointer: String) throws {
    var reader = try ObjectReader(json, pointer: pointer)
    guard let kind = reader.value("kind") else {
      throw Problem(invalid: [FieldError(reader.pointer(to: "kind"), .required)])
    }
    guard let name = kind.stringValue else {
      throw Problem(invalid: [FieldError(reader.pointer(to: "kind"), .wrongType)])
    }
    let block: Block?
    switch name {
    case "profile": block = .profile
    case "divider": block = .divider
    case "heading":
      let text = reader.string("text", minimum: 1, maximum: 200)
      block = Self.level(&reader).map { .heading(text: text, level: $0) }
    case "text": block = .text(markdown: reader.string("markdown", maximum: 10_000))
    case "button":
      let label = reader.string("label", minimum: 1, maximum: 80)
      block = reader.link("url").map { .button(label: label, url: $0) }
    case "links": block = .links(heading: reader.nullableString("heading", maximum: 200) ?? nil)
    case "contact": block = .contact(heading: reader.nullableString("heading", maximum: 200) ?? nil)
    default: throw Problem(invalid: [FieldError(reader.pointer(to: "kind"), .invalid)])
    }
    try reader.finish()
    // Without faults there is a block: each nil above has noted one.
    guard let block else { throw Problem(.internalError) }
    self = block
  }

  private static func level(_ reader: inout ObjectReader) -> HeadingLevel? {
    guard let value = reader.value("level") else {
      reader.refuse("level", .required)
      return nil
    }
    guard let number = value.integerValue else {
      reader.refuse("level", .wrongType)
      return nil
    }
    guard let level = HeadingLevel(rawValue: Int(number)) else {
      reader.refuse("level", .invalid)
      return nil
    }
    return level
  }

  /// The block as the API gives it; what ``init(json:pointer:)`` reads back.
  package var json: JSON {
    switch self {
    case .profile: ["kind": "profile"]
    case .heading(let text, let level):
      ["kind": "heading", "text": .string(text), "level": .integer(Int64(level.rawValue))]
    case .text(let markdown): ["kind": "text", "markdown": .string(markdown)]
    case .button(let label, let url): ["kind": "button", "label": .string(label), "url": .string(url.text)]
    case .links(let heading): Self.json("links", heading)
    case .contact(let heading): Self.json("contact", heading)
    case .divider: ["kind": "divider"]
    }
  }

  private static func json(_ kind: String, _ heading: String?) -> JSON {
    guard let heading else { return ["kind": .string(kind)] }
    return ["kind": .string(kind), "heading": .string(heading)]
  }
}
