import Services

extension PageBody {
  /// The site's links as cards.
  mutating func links(_ heading: String?) -> HTML {
    let list = context.links
    guard !list.groups.isEmpty else { return HTML() }
    var output: HTML = "<section class=\"links\"\(.label, context.words.links)>\n"
    let hasHeading = heading?.isBlank == false
    if let heading, hasHeading { output += outline.heading(2, "\(text: heading)") }
    for (group, cards) in list.groups {
      if let group {
        let level = outline.level(hasHeading ? 3 : 2)
        output += "<h\(level) class=\"group\">\(text: group)</h\(level)>\n"
      }
      output += "<ul>\n\(cards)</ul>\n"
    }
    output += "</section>\n"
    return output
  }
}

extension WebLink {
  /// What a reader needs to see of the address: the host, or whom it writes to or calls.
  var shortText: String {
    guard let host else { return String(text.dropFirst(scheme.rawValue.count + 1).prefix { $0 != "?" && $0 != ";" }) }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
