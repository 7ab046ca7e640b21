import Bucket

/// Where a visitor came from: the host alone, never the address of the page there.
enum Referrer {
  /// The host of a `Referer` in lower case and without `www.`; nil when there is none that is worth a name. Numeric
  /// addresses are left out: nothing that could be a visitor's own is kept.
  static func host(_ text: String) -> String? {
    guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return nil }
    let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@"), authority.utf8.count <= 260,
      let name = authority.split(separator: ":", maxSplits: 1).first, let host = HostName(String(name))
    else { return nil }
    let labels = host.description.split(separator: ".")
    guard labels.count > 1, labels.last?.utf8.allSatisfy({ (0x30...0x39).contains($0) }) == false else { return nil }
    return labels.count > 2 && labels[0] == "www" ? labels.dropFirst().joined(separator: ".") : host.description
  }

  private static let schemes = ["https://", "http://", "android-app://"]
}
