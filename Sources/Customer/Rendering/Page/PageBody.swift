import Services

/// Turns a page's blocks into markup.
struct PageBody {
  let context: SiteContext
  let page: Page
  var outline = HeadingOutline()
  /// Whether the page's `h1` is written.
  var hasTitle = false

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
    if !opensWithHero, page.slug != .home || !blocks.contains(.profile) {
      hasTitle = true
      title = "<h1>\(text: page.slug == .home && page.title.isBlank ? context.title : titleText)</h1>\n"
    }
    let rest = render(blocks)
    return "<main id=\"content\" class=\"flow\">\n\(title)\(rest)</main>\n"
  }

  /// An opening at the top is the page's title.
  private var opensWithHero: Bool { page.blocks.first?.kind == .hero }

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
    case .hero(let block): hero(block)
    case .heading(let text, let level): outline.heading(level.rawValue, "\(text: text)")
    case .text(let markdown): text(markdown, in: "text")
    case .image(let block): image(block)
    case .gallery(let block): gallery(block)
    case .button(let label, let url): "<p class=\"button\"><a\(href: url)>\(text: label)</a></p>\n"
    case .links(let heading): links(heading)
    case .social(let heading): social(heading)
    case .contact(let heading, let hasCard): contact(heading, hasCard: hasCard)
    case .hours(let block): hours(block)
    case .address(let block): address(block)
    case .questions(let block): questions(block)
    case .testimonial(let block): testimonial(block)
    case .prices(let block): prices(block)
    case .countdown(let block): countdown(block)
    case .embed(let block): embed(block)
    case .form(let block): form(block)
    case .legal: legal
    case .divider: "<hr>\n"
    }
  }

  mutating func text(_ markdown: String, in className: StaticString) -> HTML {
    let markup = Markdown.render(markdown, .subsection, outline: &outline)
    guard !markup.isEmpty else { return HTML() }
    return "<div class=\"\(HTML(stringLiteral: className))\">\n\(markup)</div>\n"
  }

  /// The heading of a block, when it has one.
  mutating func heading(_ text: String?) -> HTML {
    guard let text, !text.isBlank else { return HTML() }
    return outline.heading(2, "\(text: text)")
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
}
