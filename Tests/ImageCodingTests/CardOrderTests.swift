import ImageCoding
import Testing

@Suite("The order of a card")
struct CardOrderTests {
  private func order(_ title: String, site: String = "Site", picture: [UInt8]? = nil) -> CardOrder {
    CardOrder(title: title, site: site, ground: "#faf7f2", ink: "#22201c", accent: "#1f5c50", picture: picture)
  }

  @Test("is read as it was written, picture and all")
  func roundTrip() {
    let whole = order("Anna & <b>Söhne</b>", picture: [1, 10, 2, 10, 3])
    #expect(CardOrder(encoded: whole.encoded) == whole)
  }

  @Test(
    "holds one line of what fonts can draw",
    arguments: [
      ("two\nlines\r\n", "two lines"), ("🎉 Fest 🎉", "Fest"), ("a\u{202E}b\u{200B}c", "abc"),
      ("  many   spaces ", "many spaces"), ("tab\tnul\u{0}", "tab nul"), ("مرحبا", "مرحبا"),
      (String(repeating: "x", count: 500), String(repeating: "x", count: CardOrder.textLimit)),
    ])
  func cleaned(_ typed: String, _ drawn: String) {
    #expect(CardOrder(encoded: order(typed).encoded)?.title == drawn)
  }

  @Test(
    "is read in no other form",
    arguments: [
      "", "smartpages-card 1\n", "smartpages-card 2\na\nb\n#000000 #000000 #000000\n",
      "smartpages-card 1\na\nb\n#000000 #000000\n", "smartpages-card 1\na\nb\n#00000g #000000 #000000\n",
      "smartpages-card 1\na\nb\nred red red\n", "smartpages-card 1\na\nb\n#000000 #000000 #000000",
    ])
  func strict(_ text: String) {
    #expect(CardOrder(encoded: Array(text.utf8)) == nil)
  }
}
