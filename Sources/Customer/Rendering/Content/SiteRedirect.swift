import HTTP
import Services

/// A path of a site that leads elsewhere, as its owner wants: where a page used to be, or where one is awaited.
package struct SiteRedirect: Sendable, Equatable {
  /// 301, 302, 307 and 308 (RFC 9110, section 15.4).
  static let statuses: Set<Int64> = [301, 302, 307, 308]

  /// Not percent-encoded, and without a slash at its end; with one it is the same.
  let from: String
  /// A path or a web address, as it goes into the Location header.
  let to: String
  let status: Int

  init(from: String, to: String, status: Int) {
    self.from = from
    self.to = to
    self.status = status
  }

  init(stored json: JSON) {
    from = json.text("from")
    to = json.text("to")
    status = Int(json["status"]?.integerValue ?? 301)
  }

  var json: JSON { ["from": .string(from), "to": .string(to), "status": .integer(Int64(status))] }

  /// Reads a path that somebody has typed or copied, encoded or not; nil when the site could have no such one, or when it
  /// is the site's beginning, which always is a page.
  static func path(_ text: String) -> String? {
    guard text.utf8.count <= 600, let decoded = PercentEncoding.decode(text), decoded.hasPrefix("/") else { return nil }
    let path = decoded.hasSuffix("/") ? String(decoded.dropLast()) : decoded
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard path.unicodeScalars.allSatisfy(isVisible), !parts.isEmpty,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { return nil }
    return path
  }

  /// Whether a path is kept for what others ask of a host (RFC 8615): whoever answers there could have certificates
  /// made for it.
  static func isWellKnown(_ path: String) -> Bool {
    path.split(separator: "/").first?.lowercased() == ".well-known"
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
    default: !["\\", "?", "#"].contains(scalar)
    }
  }

  /// Reads where one leads: a path of the site, perhaps with a query and a fragment, or an address of the web; nil for
  /// anything else.
  static func target(_ text: String) -> String? {
    guard text.hasPrefix("/") else {
      guard let link = WebLink(text), link.host != nil else { return nil }
      return link.ascii
    }
    let end = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
    guard text[..<end] == "/" || path(String(text[..<end])) != nil,
      // What may stand in an address of the web may stand here, and a host cannot be taken for a part of it.
      let link = WebLink("https://x.example\(text)")
    else { return nil }
    return String(link.ascii.dropFirst("https://x.example".count))
  }

  /// The path of the site to which a target leads; nil when it leads away.
  static func ownPath(_ target: String) -> String? {
    guard target.hasPrefix("/") else { return nil }
    return path(String(target.prefix { $0 != "?" && $0 != "#" }))
  }
}
