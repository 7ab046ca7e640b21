import Testing

@testable import Customer

@Suite("A colour")
struct ColorTests {
  @Test("is read from six hexadecimal digits after a number sign, and from nothing else")
  func reading() {
    #expect(Color("#1F5c50")?.text == "#1f5c50")
    for text in ["", "#", "1f5c50", "#1f5c5", "#1f5c500", "#1f5c5g", "#１f5c50", "red", "#+f5c50", "#1f5c50;"] {
      #expect(Color(text) == nil, "\(text)")
    }
  }

  @Test(
    "has the contrast that WCAG gives it",
    arguments: [
      (0x000000, 0xFFFFFF, 21), (0xFFFFFF, 0xFFFFFF, 1), (0x767676, 0xFFFFFF, 4.5423), (0x777777, 0xFFFFFF, 4.4781),
      (0xFF0000, 0xFFFFFF, 3.9985), (0x0000FF, 0xFFFFFF, 8.5925), (0x00FF00, 0x000000, 15.304),
    ] as [(UInt32, UInt32, Double)])
  func contrast(_ one: UInt32, _ other: UInt32, _ expected: Double) {
    #expect(abs(Color(one).contrast(to: Color(other)) - expected) < 0.0005)
    #expect(Color(one).contrast(to: Color(other)) == Color(other).contrast(to: Color(one)))
  }

  @Test(
    "is seen as OKLab says",
    arguments: [
      (0xFFFFFF, 1, 0, 0), (0x000000, 0, 0, 0), (0xFF0000, 0.62796, 0.22486, 0.12585),
      (0x00FF00, 0.86644, -0.23389, 0.17950), (0x0000FF, 0.45201, -0.03246, -0.31153),
    ] as [(UInt32, Double, Double, Double)])
  func shade(_ code: UInt32, _ lightness: Double, _ greenRed: Double, _ blueYellow: Double) {
    let shade = Shade(Color(code))
    #expect(abs(shade.lightness - lightness) < 0.0005)
    #expect(abs(shade.greenRed - greenRed) < 0.0005)
    #expect(abs(shade.blueYellow - blueYellow) < 0.0005)
  }

  @Test("comes back from its shade as it was")
  func roundTrip() {
    for color in Colors.some(5_000) { #expect(Shade(color).color == color) }
  }

  @Test("that is nearest under a condition meets it, has the same hue, and is the colour itself where that does")
  func nearest() throws {
    let grey = Color(0x777777)
    #expect(grey.nearest { $0.isReadable(on: [.white]) } == Color(0x767676))
    #expect(grey.nearest { _ in true } == grey)
    #expect(grey.nearest { _ in false } == nil)
    let yellow = try #require(Color(0xFFD400).nearest { $0.isReadable(on: [.white]) })
    #expect(yellow.red > yellow.green && yellow.green > yellow.blue)
  }
}

/// Colours by chance, the same on each run.
enum Colors {
  static func some(_ count: Int, seed: UInt64 = 1) -> [Color] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Color(UInt32(truncatingIfNeeded: state >> 40))
    }
  }
}
