/// A site's label below the sites' host: 3 to 40 of `a-z`, `0-9` and hyphens (RFC 1123, section 2.1), and no name
/// that visitors would take for the operator.
struct Slug: Sendable {
  let text: String

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (3...40).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D,
      bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }),
      // "xn--" and its like are reserved for IDN (RFC 5891, section 4.2.3.1).
      !(bytes.count >= 4 && bytes[2] == 0x2D && bytes[3] == 0x2D),
      !Self.reserved.contains(text), !Self.isTarget(bytes)
    else { return nil }
    self.text = text
  }

  /// Whether it begins as the hosts of previews do: no site may take such a name.
  var isForPreviews: Bool { text.hasPrefix("preview-") }

  /// Whether it is what customers' domains lead to: `d-` and 24 digits of base 32.
  private static func isTarget(_ bytes: [UInt8]) -> Bool {
    bytes.count == 26 && bytes.starts(with: "d-".utf8)
      && bytes.dropFirst(2).allSatisfy { (0x61...0x7A).contains($0) || (0x32...0x37).contains($0) }
  }

  private static let reserved: Set<String> = [
    "abuse", "account", "admin", "administrator", "api", "app", "assets", "autoconfig", "autodiscover", "billing",
    "blog", "cdn", "core", "dashboard", "demo-admin", "dns", "domain", "domains", "ftp", "help", "hostmaster", "imap",
    "info", "localhost", "login", "mail", "mailer", "mta-sts", "news", "noc", "pop", "pop3", "postmaster", "preview",
    "root", "security", "shop-admin", "sites", "smartpages", "smtp", "ssl", "static", "status", "support", "test",
    "webmaster", "webmail", "wpad", "www",
  ]
}
