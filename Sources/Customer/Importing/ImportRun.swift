import Database
import HTTP
package import Services

/// What an import has made.
struct ImportOutcome {
  /// A site with how much of each was put into it.
  struct Site {
    let id: SiteID
    let slug: String
    let title: String
    let isNew: Bool
    var pages = 0
    var links = 0
    var shortLinks = 0

    var json: JSON {
      [
        "id": .string(id.text), "slug": .string(slug), "title": .string(title), "new": .bool(isNew),
        "pages": .integer(Int64(pages)), "links": .integer(Int64(links)), "short_links": .integer(Int64(shortLinks)),
      ]
    }
  }

  var profile: [String] = []
  var legal: [LegalKind] = []
  var images = 0
  var sites: [Site] = []
  /// Links that the site had already.
  var known = 0
  var omissions = ImportOmissions()

  func json(_ language: Language) -> JSON {
    [
      "profile": .array(profile.map { .string($0) }), "legal": .array(legal.map { .string($0.rawValue) }),
      "images": .integer(Int64(images)), "sites": .array(sites.map(\.json)),
      "known_links": .integer(Int64(known)), "left_out": omissions.json(language),
    ]
  }

  func resource(_ language: Language) -> Resource { Resource(json: json(language).bytes, version: 0) }
}

extension CustomerModule {
  package func runImport(_ upload: ImportUpload) throws -> Resource {
    switch upload.kind {
    case .export: return try importExport(upload)
    case .document: break
    // What was found in these is imported as the preview's choice, in JSON.
    case .page, .table: throw Problem(.importUnknown)
    }
    let (bytes, idempotency) = try upload.read()
    let body = try importBody(bytes)
    let order = try ImportOrder(body)
    let change = Change(caller: upload.caller, body: body, condition: .any, idempotency: idempotency)
    var changed: [SiteID] = []
    let resource = try tellingTakenSlugs {
      try write(change) { transaction in
        var outcome = ImportOutcome()
        try carryOut(order, upload.caller, &outcome, transaction)
        changed = outcome.sites.filter(\.isNew).map(\.id)
        try noteImport(outcome, upload.caller, transaction)
        return outcome.resource(upload.caller.language)
      }
    }
    for site in changed { activateNow(site) }
    return resource
  }

  private func carryOut(
    _ order: ImportOrder, _ caller: Caller, _ outcome: inout ImportOutcome, _ transaction: Transaction
  ) throws {
    let customer = caller.customer.uuid
    // The lock for the number of sites and for the profile; before the site's own, as everywhere.
    _ = try transaction.query("SELECT 1 FROM customer.customers WHERE id = \(customer) FOR NO KEY UPDATE")
    outcome.profile = try fillProfile(order.profile, caller, transaction)
    guard var site = try site(for: order, caller, transaction) else { return }
    let rows = try transaction.query("SELECT url FROM customer.links WHERE site_id = \(site.id.uuid)")
    var known = Set(try rows.map { try $0.string("url") })
    let new = order.links.filter { link in link.url.map { known.insert($0.text).inserted } ?? false }
    outcome.known = order.links.count - new.count
    try insertLinks(new, into: site.id, caller, transaction)
    site.links = new.count
    outcome.sites = [site]
  }

  /// The site that links go to, locked.
  private func site(
    for order: ImportOrder, _ caller: Caller, _ transaction: Transaction
  ) throws -> ImportOutcome.Site? {
    if let site = order.site {
      try lockForEditing(site, caller, transaction)
      let rows = try transaction.query("SELECT slug, title FROM customer.sites WHERE id = \(site.uuid)")
      guard let row = rows.first else { throw Problem(.notFound) }
      return .init(id: site, slug: try row.string("slug"), title: try row.string("title"), isNew: false)
    }
    guard let (title, slug) = order.newSite else { return nil }
    var body: [JSON.Member] = [.init("title", .string(title))]
    body.append(.init("slug", .string(slug?.text ?? Slug(madeOf: title).text)))
    let input = try SiteInput(.object(body), isNew: true)
    let made = try insertSite(input, caller, transaction)
    try insertHomePage(of: made.id, titled: title, transaction)
    return made
  }

  func noteImport(_ outcome: ImportOutcome, _ caller: Caller, _ transaction: Transaction) throws {
    try note(
      .imported, by: caller, subject: outcome.sites.first?.title,
      details: [
        "sites": .integer(Int64(outcome.sites.count { $0.isNew })),
        "links": .integer(Int64(outcome.sites.reduce(0) { $0 + $1.links })),
      ], in: transaction)
  }
}

extension Slug {
  /// A name made of a title: what is left of it in ASCII letters, or `site`.
  init(madeOf title: String) {
    var text = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": text.unicodeScalars.append(scalar)
      case "ä": text += "ae"
      case "ö": text += "oe"
      case "ü": text += "ue"
      case "ß": text += "ss"
      default: if !text.isEmpty, !text.hasSuffix("-") { text += "-" }
      }
    }
    text = String(text.prefix(36))
    while text.hasSuffix("-") { text.removeLast() }
    guard let slug = Slug(text).flatMap({ $0.isForPreviews ? nil : $0 }) ?? Slug("my-\(text)") ?? Slug("my-site") else {
      preconditionFailure("my-site is a slug")
    }
    self = slug
  }
}
