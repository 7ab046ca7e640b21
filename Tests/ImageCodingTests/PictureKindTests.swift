import ImageCoding
import Testing

@Suite("The kind of a picture")
struct PictureKindTests {
  /// The beginning of a file, and what it says.
  struct Case: Sendable {
    let head: [UInt8]
    let expected: PictureKind.Recognition

    init(_ head: [UInt8], _ expected: PictureKind.Recognition) {
      self.head = head
      self.expected = expected
    }
  }

  static let cases: [Case] = [
    Case([0xFF, 0xD8, 0xFF, 0xE0], .picture(.jpeg)),
    Case([0x89] + Array("PNG\r\n\u{1A}\n".utf8), .picture(.png)),
    Case(Array("RIFF\0\0\0\0WEBPVP8 ".utf8), .picture(.webp)),
    Case(heif("avif", ["mif1", "miaf"]), .picture(.avif)),
    Case(heif("mif1", ["avif", "miaf"]), .picture(.avif)),
    Case(heif("heic", ["mif1", "heic"]), .picture(.heic)),
    Case(heif("isom", ["iso2", "mp41"]), .refused("MP4")),
    Case(Array("GIF89a".utf8), .refused("GIF")),
    Case(Array("%PDF-1.7".utf8), .refused("PDF")),
    Case(Array("<?xml version=\"1.0\"?>\n<!-- x --><SVG xmlns=\"http://www.w3.org/2000/svg\">".utf8), .refused("SVG")),
    Case(Array("<svg onload=alert(1)>".utf8), .refused("SVG")),
    Case(Array("PK\u{3}\u{4}".utf8), .refused("ZIP")),
    Case(Array("II*\0".utf8), .refused("TIFF")),
    Case(Array("BM".utf8), .refused("BMP")),
    Case([0xFF, 0x0A], .refused("JPEG XL")),
    Case(Array("<!DOCTYPE html>".utf8), .unknown),
    Case(Array("RIFF\0\0\0\0AVI ".utf8), .unknown),
    Case(Array("RIFF".utf8), .unknown),
    Case([0xFF, 0xD8], .unknown),
    Case([], .unknown),
  ]

  @Test("is told by its first bytes", arguments: cases)
  func recognized(_ each: Case) {
    #expect(PictureKind.recognize(each.head) == each.expected)
  }

  @Test("survives any beginning of a file", arguments: [Self.heif("avif", ["mif1"]), Array("RIFF\0\0\0\0WEBP".utf8)])
  func cutOff(_ bytes: [UInt8]) {
    for count in 0...bytes.count { _ = PictureKind.recognize(bytes.prefix(count)) }
  }

  private static func heif(_ major: String, _ compatible: [String]) -> [UInt8] {
    let size = UInt8(16 + 4 * compatible.count)
    return [0, 0, 0, size] + Array("ftyp\(major)\0\0\0\0\(compatible.joined())".utf8)
  }
}
