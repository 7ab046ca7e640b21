import Crypto
import FoundationEssentials

/// One file of a font: a weight, and a part of the alphabet.
struct FontFile: Sendable {
  enum Weight: Int {
    case regular = 400
    case bold = 700
  }

  enum Part {
    case latin, extended
  }

  let weight: Weight
  let part: Part
  let bytes: [UInt8]
  /// Where it is on every site that uses it: named after its content, so that a copy may be kept for good.
  let path: SitePath

  /// - Parameter base64: the file as the build embedded it.
  private init(_ weight: Weight, _ part: Part, base64: StaticString) {
    let text = base64.description.filter { !$0.isNewline }
    guard let data = Data(base64Encoded: text) else { fatalError("A font of the program is not Base64.") }
    self.weight = weight
    self.part = part
    bytes = Array(data)
    path = .medium(blob: SHA256.hash(data: data).map(Self.hexadecimal).joined(), suffix: ".woff2")
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return byte < 16 ? "0\(digits)" : digits
  }

  /// A face without a range holds whatever no other face does.
  var rule: CSS {
    let range: CSS = part == .latin ? "" : ";unicode-range:\(Self.extended)"
    return """
      @font-face{font-family:Site;font-weight:\(weight.rawValue);font-display:swap;src:url(\(path)) format("woff2")\
      \(range)}
      """
  }

  /// As in `scripts/fonts`.
  private static let extended: StaticString =
    "U+100-17F,U+18F,U+1A0-1A1,U+1AF-1B0,U+218-21B,U+259,U+1E80-1EF9,U+20A0-20AB,U+20AD-20BF"

  static func files(of font: SiteFont) -> [FontFile] {
    let (regular, regularExtended, bold, boldExtended) = embedded(font)
    return [
      FontFile(.regular, .latin, base64: regular), FontFile(.regular, .extended, base64: regularExtended),
      FontFile(.bold, .latin, base64: bold), FontFile(.bold, .extended, base64: boldExtended),
    ]
  }

  private static func embedded(_ font: SiteFont) -> (StaticString, StaticString, StaticString, StaticString) {
    switch font {
    case .clear:
      (
        Embedded_clear_400_latin.text, Embedded_clear_400_extended.text, Embedded_clear_700_latin.text,
        Embedded_clear_700_extended.text
      )
    case .friendly:
      (
        Embedded_friendly_400_latin.text, Embedded_friendly_400_extended.text, Embedded_friendly_700_latin.text,
        Embedded_friendly_700_extended.text
      )
    case .geometric:
      (
        Embedded_geometric_400_latin.text, Embedded_geometric_400_extended.text, Embedded_geometric_700_latin.text,
        Embedded_geometric_700_extended.text
      )
    case .round:
      (
        Embedded_round_400_latin.text, Embedded_round_400_extended.text, Embedded_round_700_latin.text,
        Embedded_round_700_extended.text
      )
    case .book:
      (
        Embedded_book_400_latin.text, Embedded_book_400_extended.text, Embedded_book_700_latin.text,
        Embedded_book_700_extended.text
      )
    case .slab:
      (
        Embedded_slab_400_latin.text, Embedded_slab_400_extended.text, Embedded_slab_700_latin.text,
        Embedded_slab_700_extended.text
      )
    case .typewriter:
      (
        Embedded_typewriter_400_latin.text, Embedded_typewriter_400_extended.text, Embedded_typewriter_700_latin.text,
        Embedded_typewriter_700_extended.text
      )
    }
  }
}
