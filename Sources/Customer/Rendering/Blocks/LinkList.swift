/// A site's links as they stand in lists, made once: many pages may show them.
struct LinkList {
  /// In the order in which the groups first occur; those without a group come first, because nothing would set them
  /// apart from the group before.
  private(set) var groups: [(name: String?, cards: HTML)] = [(nil, HTML())]

  /// - Parameter isExport: whether the links lead straight to where they lead, uncounted.
  init(_ links: [Link], isExport: Bool) {
    var places: [String: Int] = [:]
    for link in links {
      let name = link.group.flatMap { $0.isBlank ? nil : $0 }
      let place = name.map { places[$0] ?? groups.count } ?? 0
      if place == groups.count { groups.append((name, HTML())) }
      if let name { places[name] = place }
      groups[place].cards += Self.card(link, isExport: isExport)
    }
    groups.removeAll { $0.cards.isEmpty }
  }

  private static func card(_ link: Link, isExport: Bool) -> HTML {
    let style: HTML = link.isHighlighted ? "card lead" : "card"
    let address: HTML =
      if link.isMe {
        "\(me: link.url)"
      } else if let path = link.countedPath, !isExport {
        "\(href: path)"
      } else {
        "\(href: link.url)"
      }
    return """
      <li><a class="\(style)"\(address)><span><b>\(text: link.title)</b> \
      <small>\(text: link.url.shortText)</small></span></a></li>

      """
  }
}
