import Services

/// The parts of a web address that tell what it shows.
struct EmbedAddress {
  /// In lower case, without `www.`.
  let host: String
  let path: [String]
  /// The first value of each name, as it stands there.
  let query: [String: String]
  let fragment: String

  init?(_ url: WebLink) {
    guard let host = url.host else { return nil }
    self.host = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    let rest = url.text.dropFirst(url.scheme.rawValue.count + 3)
    let afterHost = rest.drop { !"/?#".contains($0) }
    let beforeFragment = afterHost.prefix { $0 != "#" }
    fragment = String(afterHost.dropFirst(beforeFragment.count + 1))
    path = beforeFragment.prefix { $0 != "?" }.split(separator: "/").map(String.init)
    let pairs = beforeFragment.drop { $0 != "?" }.dropFirst().split(separator: "&")
    var query: [String: String] = [:]
    for pair in pairs {
      let name = pair.prefix { $0 != "=" }
      if query[String(name)] == nil { query[String(name)] = String(pair.dropFirst(name.count + 1)) }
    }
    self.query = query
  }
}
