import Bucket

/// Which content codings a client takes, and how gladly (RFC 9110, section 12.5.3).
struct AcceptedEncodings {
  /// Weights in thousandths; 0: not taken.
  let brotli: Int
  let gzip: Int
  /// 0 also when nothing is said of it: it is always taken, as there may be no other form.
  let identity: Int

  /// - Parameter field: `Accept-Encoding`; without it only the identity is sent.
  init(_ field: String?) {
    var brotli: Int?
    var gzip: Int?
    var identity = 0
    var rest = 0
    for part in (field ?? "").split(separator: ",").prefix(32) {
      let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let name = pieces.first else { continue }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Self.weight($0.dropFirst(2)) } ?? 1000
      switch name {
      case "br": brotli = weight
      case "gzip", "x-gzip": gzip = weight
      case "identity": identity = weight
      case "*": rest = weight
      default: break
      }
    }
    self.brotli = brotli ?? rest
    self.gzip = gzip ?? rest
    self.identity = identity
  }

  /// The form that the client likes best of those there are; the smaller one of two that it likes alike.
  ///
  /// Somebody who takes no form that there is gets the identity all the same, rather than 406.
  func best(brotli hasBrotli: Bool, gzip hasGzip: Bool) -> BlobEncoding {
    let brotli = hasBrotli ? brotli : 0
    let gzip = hasGzip ? gzip : 0
    guard max(brotli, gzip) > 0, max(brotli, gzip) >= identity else { return .identity }
    return brotli >= gzip ? .brotli : .gzip
  }

  /// A weight in thousandths: `0`, `1`, or either with up to three decimals; what is none counts as 0.
  private static func weight(_ text: Substring) -> Int {
    let digits = Array(text.utf8)
    guard let first = digits.first, first == 0x30 || first == 0x31, digits.count <= 5,
      digits.count == 1 || digits[1] == UInt8(ascii: ".")
    else { return 0 }
    var weight = Int(first - 0x30) * 1000
    var place = 100
    for digit in digits.dropFirst(2) {
      guard (0x30...0x39).contains(digit) else { return 0 }
      weight += Int(digit - 0x30) * place
      place /= 10
    }
    return weight <= 1000 ? weight : 0
  }
}
