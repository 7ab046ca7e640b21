import HTTP
import Services
import Testing

@testable import Customer

@Suite("A contact card")
struct RenderingCardTests {
  private static func card(_ change: (inout SiteContent) -> Void = { _ in }) -> String {
    var content = SampleSite.full()
    change(&content)
    return SiteRenderer.render(content, at: SampleSite.instant).text("/contact.vcf")
  }

  @Test("tells what the profile tells, in lines of vCard")
  func lines() {
    let card = Self.card { $0.site.isBusiness = false }
    let unfolded = card.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
      .split(separator: "\n ").joined()
    for line in [
      "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\n", "\nFN:Änne Sommerfeld\n", "\nN:Sommerfeld;Änne;;;\n",
      "\nEMAIL;TYPE=work:hallo@sommerfeld.example\n", "\nTEL;TYPE=\"voice,work\":+49 (0) 341 1234567\n",
      "\nADR;TYPE=work:;;Karl-Heine-Straße 12;Leipzig;;04229;Deutschland\n", "\nURL:https://www.sommerfeld.example/\n",
      "\nEND:VCARD\n",
    ] {
      #expect(unfolded.contains(line), "\(line)")
    }
    #expect(Self.card().contains("KIND:org\r\n") && Self.card().contains("ORG:Änne Sommerfeld\r\n"))
  }

  @Test("is folded at 75 bytes, inside of no character, and escapes what would end a value")
  func folded() {
    let card = Self.card {
      $0.profile.name = String(repeating: "ä😀", count: 60)
      $0.profile.headline = "a;b,c\\d\nEND:VCARD\r\nX:1"
    }
    for line in card.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    #expect(card.contains("NOTE:a\\;b\\,c\\\\d\\nEND:VCARD\\nX:1\r\n"))
    #expect(card.split(separator: "\r\n").count { $0 == "END:VCARD" } == 1)
  }

  @Test("is there only where a page offers it")
  func offered() {
    #expect(Self.card { $0.pages.removeAll { $0.slug.text == "alles" } }.isEmpty)
    #expect(
      SiteRenderer.render(SampleSite.full(), at: SampleSite.instant).text("/alles/")
        .contains("<a href=\"/contact.vcf\" download>"))
  }
}
