import HTTP

/// Collects what is worth knowing while a page is read.
final class HTMLEvents {
  /// Whether something of the page is missing.
  var isCut = false
  private var title = ""
  private var metas: [JSON] = []
  private var links: [JSON] = []
  private var data = ""
  /// The link that is open: its address, and its words so far.
  private var link: (url: String, words: String, label: String)?
  /// The heading of the folder that is open, in files of bookmarks.
  private var folder = ""
  private var isBookmarks = false
  private var collecting: Collecting?
  /// How deep inside of an element without words for readers.
  private var silence = 0

  private enum Collecting { case title, data, folder }
  private static let silent: Set<String> = ["script", "style", "noscript", "template", "svg"]

  func begin(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "title" where title.isEmpty && silence == 0: collecting = .title
    case "meta": meta(attributes)
    case "script" where attributes["id"] == "__NEXT_DATA__" && data.isEmpty: collecting = .data
    // Browsers write bookmarks as definitions: a folder's heading, then its links.
    case "dl": isBookmarks = true
    case "h3" where isBookmarks:
      folder = ""
      collecting = .folder
    case "a":
      finishLink()
      if let url = attributes["href"] {
        link = (url, "", attributes["aria-label"] ?? attributes["title"] ?? "")
      }
    case "img" where link?.label.isEmpty == true: link?.label = attributes["alt"] ?? ""
    default: break
    }
    if Self.silent.contains(name) { silence += 1 }
  }

  func end(_ name: String) {
    if Self.silent.contains(name) { silence = max(0, silence - 1) }
    switch name {
    case "a": finishLink()
    case "dl": folder = ""
    case "title", "script", "h3": collecting = nil
    default: break
    }
  }

  func text(_ text: String) {
    switch collecting {
    case .title: append(text, to: &title, limit: 2000)
    case .data: append(text, to: &data, limit: HTMLOutline.maximumBytes)
    case .folder: append(text, to: &folder, limit: 400)
    case nil:
      guard silence == 0, link != nil else { return }
      append(text, to: &link!.words, limit: 2000)
    }
  }

  var outline: JSON {
    finishLink()
    return [
      "title": .string(title), "metas": .array(metas), "links": .array(links), "data": JSON(data.isEmpty ? nil : data),
      "cut": .bool(isCut),
    ]
  }

  private func meta(_ attributes: [String: String]) {
    guard metas.count < 200, let content = attributes["content"], content.utf8.count <= 8192,
      let name = attributes["property"] ?? attributes["name"], name.utf8.count <= 100
    else { return }
    metas.append(["name": .string(name.lowercased()), "content": .string(content)])
  }

  private func finishLink() {
    guard let found = link else { return }
    link = nil
    guard links.count < HTMLOutline.maximumLinks, found.url.utf8.count <= 4096 else {
      isCut = true
      return
    }
    let words = found.words.contains { !$0.isWhitespace } ? found.words : found.label
    links.append([
      "title": .string(words), "url": .string(found.url), "group": JSON(isBookmarks && !folder.isEmpty ? folder : nil),
    ])
  }

  private func append(_ more: String, to text: inout String, limit: Int) {
    guard text.utf8.count + more.utf8.count <= limit else { return }
    text += more
  }
}
