import HTTP
import Services

extension SiteContent {
  /// What a snapshot shows at one moment: without what is hidden, not due yet, or not due any more.
  ///
  /// - Parameters:
  ///   - origin: scheme and host under which the site is reached now.
  ///   - badge: where the badge leads to; nil without one.
  /// - Throws: ``Problem`` when something in it is not as it was checked when it was stored.
  init(snapshot: JSON, at now: Instant, origin: String, badge: WebLink?) throws {
    let site = snapshot["site"] ?? [:]
    var due = DueDates(now: now)
    self.init(
      site: Site(
        title: site.text("title"), description: site.text("description"),
        language: Language(rawValue: site.text("locale")) ?? .english, origin: origin, badge: badge,
        design: Design(stored: site["design"] ?? [:])),
      profile: (snapshot["profile"]?.present).map { Profile(stored: $0) } ?? Profile(),
      pages: try snapshot.items("pages").map { try Page(snapshot: $0, &due) },
      links: try snapshot.items("links").compactMap { try Link(snapshot: $0, &due) },
      imprint: (snapshot["imprint"]?.present).map { LegalText(stored: $0, ImprintForm.init(stored:)) },
      privacy: (snapshot["privacy"]?.present).map { LegalText(stored: $0, PrivacyForm.init(stored:)) })
    imprintEdition = Edition(snapshot["editions"]?["imprint"])
    privacyEdition = Edition(snapshot["editions"]?["privacy"])
    processing = Processing(snapshot: snapshot)
    redirects = site.items("redirects").map { SiteRedirect(stored: $0) }
    images = SiteImage.all(snapshot["images"] ?? [:])
    self.site.isBusiness = snapshot["customer"]?.text("kind") == CustomerNature.business.rawValue
    moment = now
    nextChange = due.next
  }
}

/// Which moments make a snapshot look otherwise: the earliest of those that lie ahead is remembered.
struct DueDates {
  let now: Instant
  private(set) var next: Instant?

  init(now: Instant) {
    self.now = now
  }

  /// Whether something is shown that is due from one moment on, until another; nil: no bound.
  mutating func isDue(from: Instant?, until: Instant?) -> Bool {
    for moment in [from, until] { note(moment) }
    if let from, now < from { return false }
    if let until, now >= until { return false }
    return true
  }

  /// Notes a moment at which something changes by itself.
  mutating func note(_ moment: Instant?) {
    guard let moment, moment > now else { return }
    next = next.map { min($0, moment) } ?? moment
  }
}

extension Edition {
  fileprivate init?(_ json: JSON?) {
    guard let json, let number = json["number"]?.integerValue, let since = Instant(rfc3339: json.text("since")) else {
      return nil
    }
    self.init(number: Int(number), since: since)
  }
}

extension Page {
  fileprivate init(snapshot json: JSON, _ due: inout DueDates) throws {
    guard let slug = PageSlug(json.text("slug")) else { throw Problem(.internalError) }
    self.init(
      slug: slug, title: json.text("title"), description: json.text("description"),
      blocks: try json.items("blocks").enumerated().map { try Block(json: $1, pointer: "/blocks/\($0)") })
    id = PageID(json.text("id"))
    language = SiteLanguage(rawValue: json.text("language"))
    translationOf = PageID(json.text("translation_of"))
    for case .countdown(let block) in blocks { due.note(block.nextChange(after: due.now)) }
  }
}

extension Link {
  /// - Returns: nil when it is not shown now.
  fileprivate init?(snapshot json: JSON, _ due: inout DueDates) throws {
    let isDue = due.isDue(from: Instant(rfc3339: json.text("from")), until: Instant(rfc3339: json.text("until")))
    guard isDue, json["hidden"]?.boolValue != true else { return nil }
    // Checked when it was stored, and once more here: nothing else may reach a published page.
    guard let url = WebLink(json.text("url")) else { throw Problem(.internalError) }
    self.init(title: json.text("title"), url: url, group: json["group"]?.stringValue)
    isHighlighted = json["highlight"]?.boolValue == true
    isMe = json["rel_me"]?.boolValue == true
    code = ShortCode(json.text("code"))
  }
}

extension JSON {
  /// The member's text; empty when there is none: what is stored was checked when it was written.
  func text(_ name: String) -> String {
    self[name]?.stringValue ?? ""
  }

  /// The member's list; empty when there is none.
  func items(_ name: String) -> [JSON] {
    self[name]?.arrayValue ?? []
  }

  /// Nil for `null`.
  var present: JSON? {
    // `nil` alone would be JSON's own null.
    self == .null ? Optional<JSON>.none : self
  }
}
