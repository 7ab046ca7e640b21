import ImageCoding
import Testing

@Suite("The order of an icon")
struct IconOrderTests {
  @Test("is read as it was written, picture and all", arguments: IconOrder.sides)
  func roundTrip(_ side: Int) {
    for picture in [nil, [1, 10, 2, 10, 3] as [UInt8]] {
      let order = IconOrder(side: side, letters: "A&", ground: "#faf7f2", ink: "#22201c", picture: picture)
      #expect(IconOrder(encoded: order.encoded) == order)
    }
  }

  @Test(
    "is read in no other form",
    arguments: [
      "", "smartpages-icon 1\n", "smartpages-icon 2\n180 A\n#000000 #000000\n",
      "smartpages-icon 1\n180\n#000000 #000000\n",
      "smartpages-icon 1\n100000 A\n#000000 #000000\n", "smartpages-icon 1\n180 A\n#000000\n",
      "smartpages-icon 1\n180 A\nred red\n", "smartpages-icon 1\n180 A\n#000000 #000000",
      "smartpages-card 1\n180 A\n#000000 #000000\n",
    ])
  func strict(_ text: String) {
    #expect(IconOrder(encoded: Array(text.utf8)) == nil)
  }
}
