import Bucket
import HTTP

/// Answers that lead elsewhere within a site, or where its owner wants.
enum RedirectAnswer {
  /// What the owner or the renderer has set for a path, with a slash at its end or without; then the address of the file
  /// that is meant. Nil where there is neither.
  static func find(_ path: String, _ manifest: Manifest, _ request: Request) -> Response? {
    if let redirect = manifest.redirects[path] ?? withoutSlash(path).flatMap({ manifest.redirects[$0] }) {
      return answer(Status(redirect.status), redirect.location, request)
    }
    return OtherSpelling.file(path, manifest).map { answer(.permanentRedirect, encoded($0), request) }
  }

  private static func withoutSlash(_ path: String) -> String? {
    path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : nil
  }

  /// The visitor's query goes along within the site, and to nobody else.
  private static func answer(_ status: Status, _ location: String, _ request: Request) -> Response {
    Response(
      status,
      headers: [
        "Location": location.hasPrefix("/") ? adding(request.query, to: location) : location,
        "Cache-Control": "max-age=0, must-revalidate",
      ])
  }

  private static func adding(_ query: Substring, to location: String) -> String {
    guard !query.isEmpty else { return location }
    let parts = location.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let fragment = parts.count == 2 ? "#\(parts[1])" : ""
    return "\(parts[0])\(parts[0].utf8.contains(UInt8(ascii: "?")) ? "&" : "?")\(query)\(fragment)"
  }

  /// A path of the manifest as it stands in a URL (RFC 3986, section 3.3).
  private static func encoded(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      if isPlain(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        // Manifests hold no control characters, so there are always two digits.
        text += "%\(String(byte, radix: 16, uppercase: true))"
      }
    }
    return text
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~/!$&'()*+,;=:@".utf8.contains(byte)
    }
  }
}
