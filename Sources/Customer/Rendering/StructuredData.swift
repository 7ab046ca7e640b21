import HTTP
import Services

/// What search engines read of a page as data (schema.org, JSON-LD 1.1).
struct StructuredData {
  let context: SiteContext
  let page: Page

  private var origin: String { context.content.site.origin }
  private var site: JSON { .object([.init("@id", .string("\(origin)/#site"))]) }
  private var owner: JSON { .object([.init("@id", .string("\(origin)/#owner"))]) }

  /// The element; data is not run, so that no policy needs to admit it.
  var html: HTML {
    "<script type=\"application/ld+json\">\(data: graph)</script>\n"
  }

  var graph: JSON {
    var things: [JSON] = [webPage]
    if page.slug == .home {
      things.append(webSite)
      if let ownerThing { things.append(ownerThing) }
    }
    if let questions { things.append(questions) }
    return ["@context": "https://schema.org", "@graph": .array(things)]
  }

  private var webPage: JSON {
    let address = context.path(of: page).canonical(origin).text
    return .object(present: [
      ("@type", "WebPage"), ("@id", .string("\(address)#page")), ("url", .string(address)),
      ("name", .present(page.slug == .home ? context.title : context.label(of: page))),
      ("description", .present(context.description(of: page))),
      ("inLanguage", .string(context.language.rawValue)), ("isPartOf", site),
      ("about", page.slug == .home && ownerThing != nil ? owner : nil),
    ])
  }

  private var webSite: JSON {
    .object(present: [
      ("@type", "WebSite"), ("@id", site["@id"]), ("url", .string("\(origin)/")), ("name", .present(context.title)),
      ("description", .present(context.content.site.description)),
      ("inLanguage", .string(context.language.rawValue)),
      ("publisher", ownerThing != nil ? owner : nil),
    ])
  }

  /// Who stands behind the site; a business with an address is one that people may go to.
  private var ownerThing: JSON? {
    let profile = context.content.profile
    guard !context.ownerName.isBlank else { return nil }
    let isBusiness = context.content.site.isBusiness
    let place = place
    let type = isBusiness ? (place == nil ? "Organization" : "LocalBusiness") : "Person"
    let accounts = profile.social.filter { $0.url.host != nil }.map { JSON.string($0.url.text) }
    return .object(present: [
      ("@type", .string(type)), ("@id", owner["@id"]), ("name", .string(context.ownerName)),
      ("url", .string(profile.website?.text ?? "\(origin)/")),
      (isBusiness ? "slogan" : "jobTitle", .present(profile.headline)), ("email", .present(profile.email)),
      ("telephone", .present(profile.phone)), ("address", place),
      ("sameAs", accounts.isEmpty ? nil : .array(accounts)),
      ("openingHoursSpecification", isBusiness && place != nil ? hours : nil),
    ])
  }

  /// The profile's address, else the first that a page shows.
  private var place: JSON? {
    var addresses = [context.content.profile.address]
    for case .address(let block) in context.content.pages.flatMap(\.blocks) { addresses.append(block.address) }
    guard let address = addresses.first(where: { !$0.street.isBlank && !$0.city.isBlank }) else { return nil }
    return .object(present: [
      ("@type", "PostalAddress"), ("streetAddress", .string(address.street)),
      ("postalCode", .present(address.postalCode)), ("addressLocality", .string(address.city)),
      ("addressCountry", .present(address.country)),
    ])
  }

  private var hours: JSON? {
    for case .hours(let block) in context.content.pages.flatMap(\.blocks) {
      let spans = HoursBlock.Day.allCases.flatMap { block.spans(on: $0) }
      return .array(
        spans.map { span in
          [
            "@type": "OpeningHoursSpecification", "dayOfWeek": .string("https://schema.org/\(span.day.schemaName)"),
            "opens": .string(span.open.text),
            // A day's last minute stands for its end: 24:00 is no time of xsd:time.
            "closes": .string(span.close.minutes == 1440 ? "23:59" : span.close.text),
          ]
        })
    }
    return nil
  }

  private var questions: JSON? {
    var items: [JSON] = []
    for case .questions(let block) in page.blocks {
      items += block.items.map { item in
        [
          "@type": "Question", "name": .string(item.question),
          "acceptedAnswer": ["@type": "Answer", "text": .string(Self.markup(item.answer))],
        ]
      }
    }
    guard !items.isEmpty else { return nil }
    let address = context.path(of: page).canonical(origin).text
    return ["@type": "FAQPage", "@id": .string("\(address)#faq"), "mainEntity": .array(items)]
  }

  /// An answer's text may hold simple markup, as it stands on the page.
  private static func markup(_ markdown: String) -> String {
    var outline = HeadingOutline()
    return String(decoding: Markdown.render(markdown, .subsection, outline: &outline).bytes, as: UTF8.self)
  }
}

extension HoursBlock.Day {
  fileprivate var schemaName: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }
}

extension JSON {
  /// Nil for what would not be seen.
  fileprivate static func present(_ text: String) -> JSON? {
    text.isBlank ? nil : .string(text)
  }
}
