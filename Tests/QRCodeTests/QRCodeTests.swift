import Testing

@testable import QRCode

@Suite struct QRCodeTests {
  private static let finder = [
    "#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######",
  ]

  @Test(arguments: [
    "https://a.example/", "BEGIN:VCARD\r\nFN:Grün & Söhne\r\nEND:VCARD", String(repeating: "x", count: 2331),
  ])
  func `three corners hold the pattern that readers look for`(_ text: String) throws {
    let code = try #require(QRCode(Array(text.utf8)))
    #expect(code.side % 4 == 1 && (21...177).contains(code.side))
    for (row, column) in [(0, 0), (0, code.side - 7), (code.side - 7, 0)] {
      for (offset, line) in Self.finder.enumerated() {
        let found = (0..<7).map { code.isDark(row + offset, column + $0) ? "#" : "." }.joined()
        #expect(found == line)
      }
    }
  }

  @Test(arguments: [0, 2332, 3001])
  func `what does not fit gives no code`(_ count: Int) {
    #expect(QRCode([UInt8](repeating: 120, count: count)) == nil)
  }

  @Test(arguments: [1, 17, 600, 2331])
  func `a PNG has its signature and size, and every code fits into 1024 pixels`(_ count: Int) throws {
    let code = try #require(QRCode([UInt8](repeating: 120, count: count)))
    let png = try #require(code.png(pixels: 1024))
    #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(png[16..<24] == [0, 0, 4, 0, 0, 0, 4, 0])
    #expect(code.png(pixels: 20) == nil)
  }

  @Test func `a picture of vectors has a border of four modules and no more than two paths`() throws {
    let code = try #require(QRCode(Array("https://a.example/l/x".utf8)))
    let svg = String(decoding: code.svg, as: UTF8.self)
    #expect(svg.contains("viewBox=\"0 0 \(code.side + 8) \(code.side + 8)\""))
    #expect(svg.contains("M4 4h7v1h-7z"))
    #expect(svg.split(separator: "<path").count == 3)
  }
}
