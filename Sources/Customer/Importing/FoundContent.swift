import HTTP
import Services

/// What was found somewhere else: texts for the profile and links, none of it checked yet.
struct FoundContent {
  /// Where it is from. The raw values are the API's.
  enum Source: String {
    case linktree, page, bookmarks, table, document
  }

  /// The most links that are looked at more closely.
  private static let linkLimit = 1000

  var source: Source
  /// By the names of the profile's fields.
  var profile: [(field: String, value: String)] = []
  private(set) var links: [FoundLink] = []
  var omissions = ImportOmissions()

  init(_ source: Source) {
    self.source = source
  }

  /// Takes a link, unless there are enough.
  mutating func add(_ link: FoundLink) {
    if links.count < Self.linkLimit { links.append(link) } else { omissions.note(.tooMany) }
  }

  /// Takes a text for the profile, cut to what the field holds.
  mutating func fill(_ field: String, _ text: String?, maximum: Int) {
    guard let text, !profile.contains(where: { $0.field == field }) else { return }
    let words = FoundLink.words(text, maximum: maximum)
    if !words.isEmpty { profile.append((field, words)) }
  }
}

/// A link as it was found.
struct FoundLink {
  let title: String
  let url: String
  let group: String?

  /// - Parameter title: may be empty: then the address stands for itself.
  init(title: String, url: String, group: String? = nil) {
    let words = Self.words(title, maximum: 200)
    let address = url.drop(while: \.isWhitespace)
    self.url = String(address.prefix(4096).reversed().drop(while: \.isWhitespace).reversed())
    self.title = words.isEmpty ? Self.words(WebLink(self.url)?.host ?? self.url, maximum: 200) : words
    self.group = group.map { Self.words($0, maximum: 80) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The link as the body of a request would hold it.
  var body: JSON { ["title": .string(title), "url": .string(url), "group": JSON(group)] }

  /// The link by the rules of the API, or why it is none.
  func checked() throws -> (link: LinkInput?, fault: FieldErrorCode?) {
    do {
      return (try LinkInput(body, isNew: true), nil)
    } catch let problem as Problem where problem.code == .invalidBody {
      return (nil, problem.errors.first?.code ?? .invalid)
    }
  }

  /// A text in one line, as pages show it, cut to so many characters.
  static func words(_ text: String, maximum: Int) -> String {
    let parts = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
    let line = parts.joined(separator: " ".unicodeScalars)
    return String(String.UnicodeScalarView(line.prefix(maximum)))
  }
}
