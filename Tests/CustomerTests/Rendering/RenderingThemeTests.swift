import HTTP
import Services
import Testing

@testable import Customer

@Suite("A site of a design")
struct RenderingThemeTests {
  private func render(_ design: Design) -> RenderedSite {
    var content = SampleSite.german()
    content.site.design = design
    return SiteRenderer.render(content, at: SampleSite.instant)
  }

  @Test("asks for no font unless one was chosen", arguments: Theme.Name.allCases)
  func plain(_ theme: Theme.Name) {
    let site = render(Design(theme: theme))
    #expect(!site.files.contains { $0.path.hasPrefix("/media/") })
    #expect(!site.contentSecurityPolicy.contains("font-src"))
    #expect(!site.text("/").contains("url("))
    #expect(!site.text("/").contains("@font-face"))
  }

  @Test("brings the font that was chosen along, under addresses that never change", arguments: SiteFont.allCases)
  func fonts(_ font: SiteFont) {
    var design = Design()
    design.font = font
    let site = render(design)
    let files = site.files.filter { $0.path.hasPrefix("/media/") }
    #expect(files.count == 4)
    #expect(Set(files.map(\.path)).count == 4)
    for file in files {
      #expect(file.caching == .immutable && file.mediaType == "font/woff2")
      #expect(file.bytes.starts(with: "wOF2".utf8))
      #expect(file.bytes.count <= 25_000)
      #expect(site.text("/").contains("url(\(file.path))"))
    }
    #expect(site.text("/").contains("font-display:swap"))
    #expect(site.contentSecurityPolicy.contains("; font-src 'self';"))
    #expect(!site.text("/").contains("preload"))
  }

  @Test("tells browsers whether it is light, dark, or both")
  func schemes() {
    let both = render(Design(theme: .sea)).text("/")
    #expect(both.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
    #expect(both.components("<meta name=\"theme-color\"") == 2)
    #expect(both.contains("prefers-color-scheme:dark"))
    let dark = render(Design(theme: .night)).text("/")
    #expect(dark.contains("<meta name=\"color-scheme\" content=\"dark\">"))
    #expect(dark.contains("<meta name=\"theme-color\" content=\"#0d0f1c\">"))
    #expect(!dark.contains("prefers-color-scheme:dark"))
    var design = Design(theme: .sea)
    design.ground = Color(0xFFB703)
    let fixed = render(design).text("/")
    #expect(fixed.contains("<meta name=\"color-scheme\" content=\"light\">"))
    #expect(fixed.contains("--ground:#ffb703"))
    #expect(!fixed.contains("prefers-color-scheme:dark"))
  }

  @Test("wears its accent on the icon too")
  func icon() {
    #expect(render(Design()).text("/favicon.svg").contains("fill=\"#1f5c50\""))
    var design = Design()
    design.accent = Color(0xA02040)
    #expect(render(design).text("/favicon.svg").contains("fill=\"#a02040\""))
  }

  @Test("has a sheet in which every custom property that is used is given", arguments: Theme.Name.allCases)
  func properties(_ theme: Theme.Name) throws {
    for layout in Design.Layout.allCases {
      var design = Design(theme: theme)
      design.layout = layout
      let sheet = Stylesheet(Look(design), blocks: Set(Block.Kind.allCases)).text
      for use in sheet.split(separator: "var(").dropFirst() {
        let name = use.prefix { $0 != ")" }
        #expect(name.hasPrefix("--") && sheet.contains("\(name):"), "\(name) in \(theme)")
      }
      #expect(sheet.count { $0 == "{" } == sheet.count { $0 == "}" })
    }
  }

  @Test("whose stored colour cannot be read is published in the nearest one that can")
  func unreadable() {
    var design = Design()
    design.accent = Color(0xFFFF00)
    let look = Look(design)
    #expect(look.primary.accent != design.accent)
    #expect(render(design).text("/").contains("--accent:\(look.primary.accent.text)"))
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      rest = rest[range.upperBound...]
      count += 1
    }
    return count
  }
}
