import HTTP
import Services

extension FoundContent {
  /// What a page of somebody else's holds.
  ///
  /// - Parameters:
  ///   - outline: what was read of it.
  ///   - address: where it was; nil for a file.
  init(outline: JSON, address: WebLink?) {
    let links = outline["links"]?.arrayValue ?? []
    if let data = outline["data"]?.stringValue, let found = FoundContent(nextData: data) {
      self = found
    } else {
      self.init(links.contains { $0["group"]?.stringValue != nil } ? .bookmarks : .page)
      readPage(outline, links, address)
    }
    if outline["cut"]?.boolValue == true { omissions.note(.cut) }
  }

  private mutating func readPage(_ outline: JSON, _ links: [JSON], _ address: WebLink?) {
    if source == .page {
      let metas = outline["metas"]?.arrayValue ?? []
      func meta(_ name: String) -> String? {
        metas.first { $0["name"]?.stringValue == name }?["content"]?.stringValue
      }
      fill("name", meta("og:title") ?? outline["title"]?.stringValue, maximum: 100)
      fill("bio", meta("og:description") ?? meta("description"), maximum: 2000)
      if meta("og:image") != nil { omissions.note(.picture) }
    }
    for link in links {
      let url = link["url"]?.stringValue ?? ""
      guard let whole = Self.whole(url, at: address) else {
        omissions.note(.noAddress)
        continue
      }
      add(FoundLink(title: link["title"]?.stringValue ?? "", url: whole, group: link["group"]?.stringValue))
    }
  }

  /// An address with its scheme and host; nil for what leads to a place in the page itself, or to no address.
  private static func whole(_ url: String, at address: WebLink?) -> String? {
    let text = FoundLink(title: "-", url: url).url
    if WebLink.Scheme.allCases.contains(where: { text.lowercased().hasPrefix("\($0.rawValue):") }) { return text }
    guard let address, text.hasPrefix("/") else { return nil }
    let scheme = address.scheme.rawValue
    if text.hasPrefix("//") { return "\(scheme):\(text)" }
    let host = address.text.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
    return "\(scheme)://\(host)\(text)"
  }

  /// What Linktree writes into its pages as JSON; nil when it is something else.
  private init?(nextData: String) {
    guard let data = try? JSONParser.parse(Array(nextData.utf8), maximumDepth: 64),
      let page = data["props"]?["pageProps"], let account = page["account"]
    else { return nil }
    let links = page["links"]?.arrayValue ?? account["links"]?.arrayValue ?? []
    self.init(.linktree)
    fill("name", account["pageTitle"]?.stringValue ?? account["username"]?.stringValue, maximum: 100)
    fill("bio", account["description"]?.stringValue, maximum: 2000)
    if account["profilePictureUrl"]?.stringValue?.isEmpty == false { omissions.note(.picture) }
    var group: String?
    for link in links {
      let title = link["title"]?.stringValue ?? ""
      guard let url = link["url"]?.stringValue, !url.isEmpty else {
        // A heading: what follows belongs below it.
        if !title.isEmpty { group = title }
        continue
      }
      add(FoundLink(title: title, url: url, group: group))
    }
    for link in page["socialLinks"]?.arrayValue ?? account["socialLinks"]?.arrayValue ?? [] {
      guard let url = link["url"]?.stringValue, let type = link["type"]?.stringValue else { continue }
      let label = type.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
      add(FoundLink(title: label.joined(separator: " "), url: url))
    }
  }
}
