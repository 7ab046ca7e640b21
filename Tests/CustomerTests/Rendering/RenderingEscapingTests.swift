import HTTP
import Services
import Testing

@testable import Customer

@Suite("A hostile text in a published page")
struct RenderingEscapingTests {
  /// A site that shows `text` wherever a customer may write.
  private static func site(_ text: String, markdown: String, contact: String) -> SiteContent {
    var content = SampleSite.german()
    content.site.title = text
    content.site.description = text
    content.profile.name = text
    content.profile.headline = text
    content.profile.bio = markdown
    content.profile.email = contact
    content.profile.phone = contact
    content.profile.address = PostalAddress(street: text, postalCode: text, city: text, country: text)
    content.profile.social = [SocialAccount(label: text, url: SampleSite.link("https://a.example"))]
    content.links = [
      Link(title: text, url: SampleSite.link("https://a.example"), group: text),
      Link(title: text, url: SampleSite.link("https://a.example/\"><script>")),
    ]
    let blocks: [Block] = [
      .profile, .heading(text: text, level: .section), .heading(text: text, level: .subsection),
      .text(markdown: markdown), .button(label: text, url: SampleSite.link("https://a.example/'<>\"")),
      .links(heading: text), .contact(heading: text), .divider,
    ]
    content.pages = [
      Page(slug: .home, title: text, description: text, blocks: blocks),
      Page(slug: SampleSite.slug("about"), title: text, description: text, blocks: blocks),
    ]
    content.imprint = .form(imprint(text, contact))
    content.privacy = .form(privacy(text, contact))
    return content
  }

  private static func imprint(_ text: String, _ contact: String) -> ImprintForm {
    var form = ImprintForm()
    form.name = text
    form.legalForm = text
    form.address = PostalAddress(street: text, postalCode: text, city: text, country: text)
    form.email = contact
    form.phone = contact
    form.representedBy = text
    form.registerCourt = text
    form.registerNumber = text
    form.vatID = text
    form.profession = text
    form.chamber = text
    form.responsible = text
    return form
  }

  private static func privacy(_ text: String, _ contact: String) -> PrivacyForm {
    var form = PrivacyForm()
    form.controller = text
    form.address = PostalAddress(street: text, postalCode: text, city: text, country: text)
    form.email = contact
    form.phone = contact
    form.hostingProvider = text
    form.hostingAddress = text
    form.supervisoryAuthority = text
    form.dataProtectionOfficer = text
    return form
  }

  private static func tags(_ site: RenderedSite) throws -> [String: [StrictTokenizer.Tag]] {
    var all: [String: [StrictTokenizer.Tag]] = [:]
    for file in site.files where !["/robots.txt", "/site.webmanifest"].contains(file.path) {
      all[file.path] = try StrictTokenizer.tags(String(decoding: file.bytes, as: UTF8.self))
    }
    return all
  }

  private static let harmless = Result {
    try tags(SiteRenderer.render(site("word", markdown: "word", contact: "word"), at: SampleSite.instant))
  }

  @Test("there are enough of them to mean something")
  func corpus() {
    #expect(Set(HostileTexts.all).count >= 200)
  }

  @Test("changes no tag and no attribute's name, in whichever plain field it stands", arguments: HostileTexts.all)
  func plain(_ text: String) throws {
    let site = SiteRenderer.render(Self.site(text, markdown: "word", contact: "word"), at: SampleSite.instant)
    let tags = try Self.tags(site)
    let expected = try Self.harmless.get()
    #expect(tags.keys.sorted() == expected.keys.sorted())
    for (path, list) in tags { #expect(list == expected[path], "\(path)") }
  }

  /// What the Markdown subset and the contact block may add.
  private static let elements: Set<String> = [
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "nav", "ul", "ol", "li", "main", "div",
    "section", "svg", "circle", "text", "h1", "h2", "h3", "h4", "h5", "h6", "p", "b", "small", "span", "strong", "em",
    "code", "br", "hr", "blockquote", "address", "dl", "dt", "dd", "footer", "script", "path", "urlset", "url", "loc",
    "lastmod", "rect",
  ]

  @Test(
    "adds no element, attribute or address beyond the subset, in whichever rich field it stands",
    arguments: HostileTexts.all)
  func rich(_ text: String) throws {
    var content = Self.site("word", markdown: text, contact: text)
    for isOwn in [false, true] {
      if isOwn {
        content.imprint = .own(german: text, english: nil)
        content.privacy = .own(german: nil, english: text)
      }
      let tags = try Self.tags(SiteRenderer.render(content, at: SampleSite.instant)).values.joined()
      for tag in tags {
        #expect(Self.elements.contains(tag.name))
        for attribute in tag.attributes { #expect(Self.isExpected(attribute, of: tag), "\(tag)") }
      }
    }
  }

  private static func isExpected(_ attribute: (name: String, value: String), of tag: StrictTokenizer.Tag) -> Bool {
    switch attribute.name {
    case "href":
      guard tag.name == "a" else { return tag.name == "link" }
      return attribute.value.hasPrefix("/") && !attribute.value.hasPrefix("//") || attribute.value == "#content"
        || ["https://", "http://", "mailto:", "tel:"].contains { attribute.value.hasPrefix($0) }
    case "style", "src", "id": return attribute.name == "id" && attribute.value == "content"
    case let name where name.hasPrefix("on"): return false
    case "start": return tag.name == "ol"
    case "rel", "class", "lang", "aria-label", "aria-current", "aria-hidden", "focusable", "charset", "name", "content",
      "property", "media", "type":
      return true
    default: return ["svg", "circle", "text", "rect", "path", "urlset"].contains(tag.name)
    }
  }
}
