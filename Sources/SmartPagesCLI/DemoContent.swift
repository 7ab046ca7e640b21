import Customer
import HTTP
import Services

/// What the demo customer has written: a joiner's workshop in Germany.
struct DemoContent {
  static let email = "demo@smartpages.example"
  static let slug = "demo-werkstatt"

  private let customer: any CustomerService
  private let caller: Caller

  init(_ customer: any CustomerService, _ caller: Caller) {
    self.customer = customer
    self.caller = caller
  }

  /// Writes everything through the binding that the API uses, and publishes it.
  func create() throws -> JSON {
    _ = try customer.updateCustomer(
      change(["name": "Lena Hofmann", "company": "Holzwerkstatt Hofmann", "kind": "business"]))
    _ = try customer.replaceProfile(change(Self.profile))
    _ = try customer.replaceLegalText(.imprint, change(Self.imprint))
    _ = try customer.replaceLegalText(.privacy, change(Self.privacy))
    let site = try JSONParser.parse(
      customer.createSite(
        change([
          "slug": .string(Self.slug), "title": "Holzwerkstatt Hofmann", "locale": "de",
          "description": "Möbel nach Maß aus heimischem Holz, entworfen und gebaut in Freiburg.",
        ])
      ).json)
    guard let id = site["id"]?.stringValue.flatMap({ SiteID($0) }) else { return site }
    for link in Self.links { _ = try customer.createLink(in: id, change(link)) }
    _ = try customer.createPage(in: id, change(Self.about))
    _ = try customer.publish(id, change(["note": "Erste Fassung"]))
    return site
  }

  private func change(_ body: JSON) -> Change {
    Change(caller: caller, body: body, condition: .any, idempotency: nil)
  }

  private static let profile: JSON = [
    "name": "Lena Hofmann", "headline": "Tischlermeisterin · Möbel nach Maß",
    "bio": "Ich baue Tische, Schränke und Küchen aus **heimischem Holz**. Jedes Stück ist für einen Ort gedacht.",
    "email": "hallo@hofmann-holz.example", "phone": "+49 761 5550123", "website": "https://hofmann-holz.example/",
    "address": ["street": "Am Sägewerk 4", "postal_code": "79100", "city": "Freiburg", "country": "Deutschland"],
    "social": [
      ["label": "Instagram", "url": "https://www.instagram.com/hofmann.holz.example"],
      ["label": "Mastodon", "url": "https://mastodon.example/@hofmann"],
    ],
  ]

  private static let imprint: JSON = [
    "mode": "form",
    "form": [
      "name": "Lena Hofmann", "legal_form": "Einzelunternehmen", "street": "Am Sägewerk 4", "postal_code": "79100",
      "city": "Freiburg", "country": "Deutschland", "email": "hallo@hofmann-holz.example", "phone": "+49 761 5550123",
      "vat_id": "DE000000000", "chamber": "Handwerkskammer Freiburg", "profession": "Tischlermeisterin",
    ],
  ]

  private static let privacy: JSON = [
    "mode": "form",
    "form": [
      "controller": "Lena Hofmann", "street": "Am Sägewerk 4", "postal_code": "79100", "city": "Freiburg",
      "country": "Deutschland", "email": "hallo@hofmann-holz.example",
      "supervisory_authority":
        "Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Baden-Württemberg",
    ],
  ]

  private static let links: [JSON] = [
    ["title": "Arbeiten ansehen", "url": "https://hofmann-holz.example/arbeiten", "group": "Werkstatt"],
    ["title": "Termin vereinbaren", "url": "https://hofmann-holz.example/termin", "group": "Werkstatt"],
    ["title": "Holzarten und Oberflächen", "url": "https://hofmann-holz.example/holz", "group": "Werkstatt"],
    ["title": "Kurs: Der eigene Hocker", "url": "https://hofmann-holz.example/kurse/hocker", "group": "Kurse"],
    ["title": "Gutschein verschenken", "url": "https://hofmann-holz.example/gutschein", "group": "Kurse"],
  ]

  private static let about: JSON = [
    "slug": "ueber-uns", "title": "Über die Werkstatt",
    "description": "Wie bei uns ein Möbel entsteht: vom ersten Gespräch bis zum Aufbau.",
    "blocks": [
      ["kind": "heading", "text": "Vom Gespräch zum Möbel", "level": 2],
      [
        "kind": "text",
        "markdown": """
        Am Anfang steht ein Besuch bei Ihnen. Danach zeichne ich, und Sie sehen, was Sie bekommen:

        - ein Entwurf mit Maßen
        - ein fester Preis
        - ein Termin, der hält
        """,
      ],
      ["kind": "divider"],
      ["kind": "button", "label": "Termin vereinbaren", "url": "https://hofmann-holz.example/termin"],
      ["kind": "contact", "heading": "So erreichen Sie mich"],
    ],
  ]
}
