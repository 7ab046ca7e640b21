import Testing

@testable import Customer

@Suite("The title of somebody's page")
struct PageTitleTests {
  @Test(
    "It is found as plain text, or not at all",
    arguments: [
      ("<html><title>A  shop\n</title>", "A shop"), ("<TITLE lang=de>B\u{fc}cher</TITLE >", "B\u{fc}cher"),
      ("<title></title>", nil), ("<title>never ends", nil), ("no title", nil), ("", nil), ("<title", nil),
      ("\u{212a}<title>x</title>", "x"),
    ] as [(String, String?)])
  func title(_ html: String, _ title: String?) {
    #expect(PageTitle.find(Array(html.utf8)) == title)
  }

  @Test("It is cut where nobody would read on")
  func long() {
    let html = "<title>\(String(repeating: "a", count: 500))</title>"
    #expect(PageTitle.find(Array(html.utf8))?.count == 200)
  }
}
