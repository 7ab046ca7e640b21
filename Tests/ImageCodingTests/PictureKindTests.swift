import ImageCoding
import Testing

@Suite("The kind of a picture")
struct PictureKindTests {
  @Test(
    "is told by its first bytes",
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], PictureKind.Recognition.picture(.jpeg)),
      ([0x89] + Array("PNG\r\n\u{1A}\n".utf8), .picture(.png)),
      (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), .picture(.webp)),
      (Self.heif("avif", ["mif1", "miaf"]), .picture(.avif)),
      (Self.heif("mif1", ["avif", "miaf"]), .picture(.avif)),
      (Self.heif("heic", ["mif1", "heic"]), .picture(.heic)),
      (Self.heif("isom", ["iso2", "mp41"]), .refused("MP4")),
      (Array("GIF89a".utf8), .refused("GIF")),
      (Array("%PDF-1.7".utf8), .refused("PDF")),
      (Array("<?xml version=\"1.0\"?>\n<!-- x --><SVG xmlns=\"http://www.w3.org/2000/svg\">".utf8), .refused("SVG")),
      (Array("<svg onload=alert(1)>".utf8), .refused("SVG")),
      (Array("PK\u{3}\u{4}".utf8), .refused("ZIP")),
      (Array("II*\0".utf8), .refused("TIFF")),
      (Array("BM".utf8), .refused("BMP")),
      ([0xFF, 0x0A], .refused("JPEG XL")),
      (Array("<!DOCTYPE html>".utf8), .unknown),
      (Array("RIFF\0\0\0\0AVI ".utf8), .unknown),
      (Array("RIFF".utf8), .unknown),
      ([0xFF, 0xD8], .unknown),
      ([], .unknown),
    ])
  func recognized(_ bytes: [UInt8], _ expected: PictureKind.Recognition) {
    #expect(PictureKind.recognize(bytes) == expected)
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
