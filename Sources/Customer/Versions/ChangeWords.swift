import HTTP

/// The words in which changes are told.
struct ChangeWords {
  private let language: Language

  init(_ language: Language) {
    self.language = language
  }

  var added: String { say("Neu.", "New.") }
  var removed: String { say("Entfernt.", "Removed.") }

  /// - Parameter blocks: how many a new page has.
  func added(blocks: Int?) -> String {
    guard let blocks else { return added }
    return say(
      "Neu, mit \(blocks == 1 ? "einem Baustein" : "\(blocks) Bausteinen").",
      "New, with \(blocks == 1 ? "one block" : "\(blocks) blocks").")
  }

  func moved(to position: Int) -> String {
    say("Steht jetzt an Stelle \(position).", "Now at position \(position).")
  }

  /// - Parameters:
  ///   - fields: by their names in the API; those that are not known here are told together.
  ///   - titleBefore: the earlier title, told when it is among them; so is the earlier address.
  func changed(_ fields: [String], titleBefore: String = "", urlBefore: String? = nil) -> String {
    guard !fields.isEmpty else { return titleBefore.isEmpty && urlBefore == nil ? say("Geändert.", "Changed.") : "" }
    var names = fields.filter(isKnown).map { field -> String in
      switch field {
      case "title" where !titleBefore.isEmpty: "\(name(of: field)) (\(before(titleBefore)))"
      case "url": "\(name(of: field))\(urlBefore.map { " (\(before($0)))" } ?? "")"
      default: name(of: field)
      }
    }
    if fields.contains(where: { !isKnown($0) }) { names.append(say("weitere Einstellungen", "other settings")) }
    return say("Geändert: ", "Changed: ") + names.joined(separator: ", ") + "."
  }

  private func before(_ text: String) -> String {
    say("vorher „\(text)“", "before: “\(text)”")
  }

  /// - Parameter isFirst: whether nothing stands before it.
  func changed(_ blocks: BlockComparison, isFirst: Bool) -> String {
    var parts: [String] = []
    func tell(_ kinds: [String], _ german: String, _ english: String) {
      guard !kinds.isEmpty else { return }
      parts.append("\(kinds.count) \(say(german, english)) (\(counted(kinds)))")
    }
    tell(blocks.added, "hinzugefügt", "added")
    tell(blocks.changed, "geändert", "changed")
    tell(blocks.removed, "entfernt", "removed")
    if blocks.isReordered { parts.append(say("andere Reihenfolge", "another order")) }
    guard !parts.isEmpty else { return "" }
    return (isFirst ? "" : " ") + say("Bausteine: ", "Blocks: ") + parts.joined(separator: ", ") + "."
  }

  /// `2 × Text, Überschrift`, in the order in which the kinds first occur.
  private func counted(_ kinds: [String]) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for kind in kinds {
      if counts[kind] == nil { order.append(kind) }
      counts[kind, default: 0] += 1
    }
    return order.map { kind in
      let count = counts[kind] ?? 1
      return count == 1 ? block(kind) : "\(count) × \(block(kind))"
    }.joined(separator: ", ")
  }

  func isKnown(_ field: String) -> Bool { Self.names[field] != nil }

  /// A part or a field, by its name in the API; what is not known keeps it.
  func name(of field: String) -> String {
    guard let (german, english) = Self.names[field] else { return field }
    return say(german, english)
  }

  private func block(_ kind: String) -> String {
    guard let (german, english) = Self.blocks[kind] else { return say("Baustein", "block") }
    return say(german, english)
  }

  private func say(_ german: String, _ english: String) -> String {
    language == .german ? german : english
  }

  private static let names: [String: (german: String, english: String)] = [
    "site": ("Website", "Site"), "design": ("Gestaltung", "Design"), "profile": ("Profil", "Profile"),
    "imprint": ("Impressum", "Imprint"), "privacy": ("Datenschutzerklärung", "Privacy policy"),
    "image": ("Bild", "Picture"), "title": ("Titel", "title"), "slug": ("Adresse", "address"),
    "description": ("Beschreibung", "description"), "locale": ("Sprache", "language"),
    "languages": ("Sprachen", "languages"), "language": ("Sprache", "language"),
    "position": ("Reihenfolge", "position"), "url": ("Ziel", "target"), "group": ("Gruppe", "group"),
    "hidden": ("Sichtbarkeit", "visibility"), "from": ("sichtbar ab", "visible from"),
    "until": ("sichtbar bis", "visible until"), "highlight": ("Hervorhebung", "highlight"),
    "rel_me": ("Profilnachweis", "proof of profile"), "code": ("Kurzadresse", "short address"),
    "fallback_url": ("Ersatzziel", "fallback"), "permanent": ("Art der Weiterleitung", "kind of redirect"),
    "redirects": ("Weiterleitungen", "redirects"),
    "expires_at": ("Ablauf", "expiry"), "utm": ("Kampagne", "campaign"), "name": ("Name", "name"),
    "headline": ("Kurz gesagt", "headline"), "bio": ("Über mich", "about"), "email": ("E-Mail", "e-mail"),
    "phone": ("Telefon", "phone"), "website": ("Internetseite", "website"), "address": ("Anschrift", "address"),
    "social": ("Profile in sozialen Netzen", "social accounts"), "picture": ("Bild", "picture"),
    "theme": ("Stil", "theme"), "accent": ("Farbe", "colour"), "font": ("Schrift", "font"),
    "radius": ("Ecken", "corners"), "layout": ("Anordnung", "layout"), "alt": ("Bildbeschreibung", "description"),
  ]

  private static let blocks: [String: (german: String, english: String)] = [
    "profile": ("Profil", "profile"), "heading": ("Überschrift", "heading"), "text": ("Text", "text"),
    "button": ("Schaltfläche", "button"), "links": ("Links", "links"), "contact": ("Kontakt", "contact"),
    "divider": ("Trennlinie", "divider"), "hero": ("Aufmacher", "hero"), "image": ("Bild", "picture"),
    "gallery": ("Galerie", "gallery"), "social": ("soziale Netze", "social accounts"),
    "hours": ("Öffnungszeiten", "opening hours"), "address": ("Anschrift", "address"),
    "faq": ("Fragen und Antworten", "questions and answers"), "testimonial": ("Kundenstimme", "testimonial"),
    "prices": ("Preisliste", "price list"), "countdown": ("Countdown", "countdown"),
    "embed": ("eingebetteter Inhalt", "embedded content"), "form": ("Formular", "form"),
    "legal": ("rechtliche Links", "legal links"),
  ]
}
