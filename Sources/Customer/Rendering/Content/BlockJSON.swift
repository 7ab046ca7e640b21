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
    guard let kind = Kind(rawValue: name) else {
      throw Problem(invalid: [FieldError(reader.pointer(to: "kind"), .invalid)])
    }
    let block = try Self.block(kind, &reader)
    try reader.finish()
    // Without faults there is a block: each nil has noted one.
    guard let block else { throw Problem(.internalError) }
    self = block
  }

  private static func block(_ kind: Kind, _ reader: inout ObjectReader) throws -> Block? {
    switch kind {
    case .profile: .profile
    case .hero: .hero(try HeroBlock(&reader))
    case .heading: heading(&reader)
    case .text: .text(markdown: reader.string("markdown", maximum: 10_000))
    case .image: ImageBlock(&reader).map { .image($0) }
    case .gallery: .gallery(try GalleryBlock(&reader))
    case .button: button(&reader)
    case .links: .links(heading: reader.text("heading", maximum: 200))
    case .social: .social(heading: reader.text("heading", maximum: 200))
    case .contact:
      .contact(heading: reader.text("heading", maximum: 200), hasCard: reader.optionalBool("vcard") ?? false)
    case .hours: .hours(try HoursBlock(&reader))
    case .address: .address(AddressBlock(&reader))
    case .questions: .questions(try QuestionsBlock(&reader))
    case .testimonial: .testimonial(TestimonialBlock(&reader))
    case .prices: .prices(try PricesBlock(&reader))
    case .countdown: CountdownBlock(&reader).map { .countdown($0) }
    case .embed: EmbedBlock(&reader).map { .embed($0) }
    case .form: .form(FormBlock(&reader))
    case .legal: .legal
    case .divider: .divider
    }
  }

  private static func heading(_ reader: inout ObjectReader) -> Block? {
    let text = reader.string("text", minimum: 1, maximum: 200)
    return level(&reader).map { .heading(text: text, level: $0) }
  }

  private static func button(_ reader: inout ObjectReader) -> Block? {
    let label = reader.string("label", minimum: 1, maximum: 80)
    return reader.link("url").map { .button(label: label, url: $0) }
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
    .object(present: [("kind", .string(kind.rawValue))] + members)
  }

  private var members: [(String, JSON?)] {
    switch self {
    case .profile, .divider, .legal: []
    case .hero(let hero): hero.members
    case .heading(let text, let level): [("text", .string(text)), ("level", .integer(Int64(level.rawValue)))]
    case .text(let markdown): [("markdown", .string(markdown))]
    case .image(let image): image.members
    case .gallery(let gallery): gallery.members
    case .button(let label, let url): [("label", .string(label)), ("url", .string(url.text))]
    case .links(let heading), .social(let heading): [("heading", .text(heading))]
    case .contact(let heading, let hasCard):
      [("heading", .text(heading)), ("vcard", hasCard ? .bool(true) : nil)]
    case .hours(let hours): hours.members
    case .address(let address): address.members
    case .questions(let questions): questions.members
    case .testimonial(let testimonial): testimonial.members
    case .prices(let prices): prices.members
    case .countdown(let countdown): countdown.members
    case .embed(let embed): embed.members
    case .form(let form): form.members
    }
  }
}
