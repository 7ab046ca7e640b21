extension PageBody {
  /// The owner's contact data.
  mutating func contact(_ heading: String?, hasCard: Bool) -> HTML {
    let profile = context.content.profile
    let words = context.words
    var rows: [HTML] = []
    func add(_ label: String, _ value: HTML) {
      rows.append("<div><dt>\(text: label)</dt><dd>\(value)</dd></div>\n")
    }
    if !profile.email.isBlank { add(words.email, ContactLinks.mail(profile.email)) }
    if !profile.phone.isBlank { add(words.phone, ContactLinks.call(profile.phone)) }
    if let website = profile.website { add(words.website, "<a\(href: website)>\(text: website.shortText)</a>") }
    let lines = profile.address.lines
    if !lines.isEmpty { add(words.address, .brokenLines(lines)) }
    let showsElsewhere = page.blocks.contains { $0.kind == .profile || $0.kind == .social }
    let showsAccounts = !showsElsewhere && !profile.social.isEmpty
    guard !rows.isEmpty || showsAccounts else { return HTML() }
    let title = heading.flatMap { $0.isBlank ? nil : $0 } ?? words.contact
    let address: HTML = rows.isEmpty ? "" : "<address><dl>\n\(rows)</dl></address>\n"
    return """
      <section class="contact">
      \(outline.heading(2, "\(text: title)"))\(address)\(card(hasCard))\(showsAccounts ? accounts : HTML())</section>

      """
  }

  private func card(_ isWanted: Bool) -> HTML {
    guard isWanted else { return HTML() }
    return "<p class=\"more\"><a\(href: .card) download>\(text: context.blockWords.saveContact)</a></p>\n"
  }
}
