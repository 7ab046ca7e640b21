import Services

extension PageBody {
  /// The site's links as cards.
  mutating func links(_ heading: String?) -> HTML {
    let links = context.content.links
    guard !links.isEmpty else { return HTML() }
    var output: HTML = "<section class=\"links\"\(.label, context.words.links)>\n"
    let hasHeading = heading?.isBlank == false
    if let heading, hasHeading { output += outline.heading(2, "\(text: heading)") }
    for (group, links) in grouped(links) {
      if let group {
        let level = outline.level(hasHeading ? 3 : 2)
        output += "<h\(level) class=\"group\">\(text: group)</h\(level)>\n"
      }
      output += "<ul>\n\(links.map(card))</ul>\n"
    }
    output += "</section>\n"
    return output
  }

  /// The links by group in the order in which the groups first occur; those without a group come first, because
  /// nothing would set them apart from the group before.
  private func grouped(_ links: [Link]) -> [(group: String?, links: [Link])] {
    var groups: [(group: String?, links: [Link])] = [(nil, [])]
    var places: [String: Int] = [:]
    for link in links {
      let name = link.group.flatMap { $0.isBlank ? nil : $0 }
      let place = name.map { places[$0] ?? groups.count } ?? 0
      if place == groups.count { groups.append((name, [])) }
      if let name { places[name] = place }
      groups[place].links.append(link)
    }
    return groups.filter { !$0.links.isEmpty }
  }

  private func card(_ link: Link) -> HTML {
    let style: HTML = link.isHighlighted ? "card lead" : "card"
    let address: HTML =
      if link.isMe {
        "\(me: link.url)"
      } else if let path = link.countedPath, !context.content.site.isExport {
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

extension WebLink {
  /// What a reader needs to see of the address: the host, or whom it writes to or calls.
  var shortText: String {
    guard let host else { return String(text.dropFirst(scheme.rawValue.count + 1).prefix { $0 != "?" && $0 != ";" }) }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
