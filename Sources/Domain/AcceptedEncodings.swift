/// Which content codings a client takes (RFC 9110, section 12.5.3).
struct AcceptedEncodings {
  let brotli: Bool
  let gzip: Bool

  /// - Parameter field: `Accept-Encoding`; without it only the identity is sent.
  init(_ field: String?) {
    var brotli: Bool?
    var gzip: Bool?
    var rest = false
    for part in (field ?? "").split(separator: ",").prefix(32) {
      let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
      guard let name = pieces.first else { continue }
      let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      switch name {
      case "br": brotli = quality > 0
      case "gzip", "x-gzip": gzip = quality > 0
      case "*": rest = quality > 0
      default: break
      }
    }
    self.brotli = brotli ?? rest
    self.gzip = gzip ?? rest
  }
}
