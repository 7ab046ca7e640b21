import Services

/// Turns a page's blocks into markup.
struct PageBody {
  private let context: SiteContext
  private let page: Page
  private var outline = HeadingOutline()
  private var hasTitle = false

  /// The page's `main` element.
  static func render(_ page: Page, _ context: SiteContext) -> HTML {
    var body = PageBody(context: context, page: page)
    return body.main()
  }

  private init(context: SiteContext, page: Page) {
    self.context = context
    self.page = page
  }

  /// A profile that begins the home page stands beside the rest where there is room; its name is the page's title.
  private mutating func main() -> HTML {
    var blocks = page.blocks[...]
    if page.slug == .home, blocks.first == .profile {
      blocks.removeFirst()
      let profile = profileBlock()
      let rest = render(blocks)
      if rest.isEmpty { return "<main id=\"content\">\n\(profile)</main>\n" }
      let layout: HTML = isShort ? "wide pinned" : "wide"
      return "<main id=\"content\" class=\"\(layout)\">\n\(profile)<div class=\"flow\">\n\(rest)</div>\n</main>\n"
    }
    var title = HTML()
    if page.slug != .home || !blocks.contains(.profile) {
      hasTitle = true
      title = "<h1>\(text: page.slug == .home && page.title.isBlank ? context.title : titleText)</h1>\n"
    }
    let rest = render(blocks)
    return "<main id=\"content\" class=\"flow\">\n\(title)\(rest)</main>\n"
  }

  /// Whether the profile surely fits on a screen, so that it may stay in view while the rest scrolls.
  private var isShort: Bool {
    context.content.profile.bio.utf8.count <= 500 && context.content.profile.social.count <= 8
  }

  private var titleText: String {
    page.title.isBlank ? context.label(of: page) : page.title
  }

  private mutating func render(_ blocks: ArraySlice<Block>) -> HTML {
    var output = HTML()
    for block in blocks { output += render(block) }
    return output
  }

  private mutating func render(_ block: Block) -> HTML {
    switch block {
    case .profile: profileBlock()
    case .heading(let text, let level): outline.heading(level.rawValue, "\(text: text)")
    case .text(let markdown): text(markdown, in: "text")
    case .button(let label, let url): "<p class=\"button\"><a\(href: url)>\(text: label)</a></p>\n"
    case .links(let heading): links(heading)
    case .contact(let heading): contact(heading)
    case .divider: "<hr>\n"
    }
  }

  private mutating func text(_ markdown: String, in className: StaticString) -> HTML {
    let markup = Markdown.render(markdown, .subsection, outline: &outline)
    guard !markup.isEmpty else { return HTML() }
    return "<div class=\"\(HTML(stringLiteral: className))\">\n\(markup)</div>\n"
  }

  /// The profile's picture, whose owner's name stands beside it; without one, the name's initials.
  private func avatar(_ name: String) -> HTML {
    guard let image = context.content.profile.picture.flatMap({ context.content.images[$0] }) else {
      return Initials(name).avatar
    }
    return "<div class=\"avatar\">\(Picture(image: image, sizes: "7rem", alternative: "", isFirst: true).html)</div>"
  }

  private mutating func profileBlock() -> HTML {
    let profile = context.content.profile
    let name = context.ownerName
    let title: HTML =
      hasTitle ? "<p class=\"name\">\(text: name)</p>\n" : "<h1>\(text: name)</h1>\n"
    hasTitle = true
    let headline: HTML = profile.headline.isBlank ? "" : "<p class=\"headline\">\(text: profile.headline)</p>\n"
    return """
      <section class="profile">
      \(avatar(name))
      <div>
      \(title)\(headline)</div>
      \(text(profile.bio, in: "text"))\(accounts)</section>

      """
  }

  private var accounts: HTML {
    let social = context.content.profile.social
    guard !social.isEmpty else { return HTML() }
    let items = social.map { "<li><a\(href: $0.url)>\(text: $0.label)</a></li>\n" as HTML }
    return "<div class=\"accounts\"><ul\(.label, context.words.accounts)>\n\(items)</ul></div>\n"
  }

  private mutating func links(_ heading: String?) -> HTML {
    let links = context.content.links
    guard !links.isEmpty else { return HTML() }
    var output: HTML = "<section class=\"links\"\(.label, context.words.links)>\n"
    let hasHeading = heading?.isBlank == false
    if let heading, hasHeading { output += outline.heading(2, "\(text: heading)") }
    for (group, links) in grouped(links) {
      if let group {
        let level = outline.level(hasHeading ? 3 : 2)
        output += "<h\(level) class=\"group\">\(text: group)</h\(level)>\n"
      }
      output += "<ul>\n\(links.map(card))</ul>\n"
    }
    output += "</section>\n"
    return output
  }

  /// The links by group in the order in which the groups first occur; those without a group come first, because
  /// nothing would set them apart from the group before.
  private func grouped(_ links: [Link]) -> [(group: String?, links: [Link])] {
    var groups: [(group: String?, links: [Link])] = [(nil, [])]
    var places: [String: Int] = [:]
    for link in links {
      let name = link.group.flatMap { $0.isBlank ? nil : $0 }
      let place = name.map { places[$0] ?? groups.count } ?? 0
      if place == groups.count { groups.append((name, [])) }
      if let name { places[name] = place }
      groups[place].links.append(link)
    }
    return groups.filter { !$0.links.isEmpty }
  }

  private func card(_ link: Link) -> HTML {
    let style: HTML = link.isHighlighted ? "card lead" : "card"
    let address: HTML =
      if link.isMe {
        "\(hrefOfMe: link.url)"
      } else if let path = link.countedPath, !context.content.site.isExport {
        "\(href: path)"
      } else {
        "\(href: link.url)"
      }
    return """
      <li><a class="\(style)"\(address)><span><b>\(text: link.title)</b> \
      <small>\(text: link.url.shortText)</small></span></a></li>

      """
  }

  private mutating func contact(_ heading: String?) -> HTML {
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
    let showsAccounts = !page.blocks.contains(.profile) && !profile.social.isEmpty
    guard !rows.isEmpty || showsAccounts else { return HTML() }
    let title = heading.flatMap { $0.isBlank ? nil : $0 } ?? words.contact
    let address: HTML = rows.isEmpty ? "" : "<address><dl>\n\(rows)</dl></address>\n"
    return """
      <section class="contact">
      \(outline.heading(2, "\(text: title)"))\(address)\(showsAccounts ? accounts : HTML())</section>

      """
  }
}

extension WebLink {
  /// What a reader needs to see of the address: the host, or whom it writes to or calls.
  fileprivate var shortText: String {
    guard let host else { return String(text.dropFirst(scheme.rawValue.count + 1).prefix { $0 != "?" && $0 != ";" }) }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
