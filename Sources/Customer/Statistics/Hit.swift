/// What a request was, before it is known who asked.
enum Hit: Equatable {
  /// A page of the site, by its path without the slashes around it; legal pages are no pages of the customer's and
  /// resolve to none.
  case view(path: String)
  /// A link or short link, by its code.
  case click(code: String)
  /// Something else that a QR code has led to: the file of a contact.
  case scan
  case leftOut(LeftOut)

  init(_ line: AccessLine, _ agent: Agent) {
    guard line.method == "GET" else {
      self = .leftOut(line.method == "HEAD" ? .head : .method)
      return
    }
    if agent == .bot {
      self = .leftOut(.bot)
    } else if line.purpose.contains("prefetch") || line.purpose.contains("preview") {
      self = .leftOut(.prefetch)
    } else if line.status >= 400 || line.status < 200 {
      self = .leftOut(.error)
    } else if line.path.hasPrefix(Self.previews) {
      self = .leftOut(.preview)
    } else if let code = Self.code(line.path) {
      self = (300..<400).contains(line.status) && line.status != 304 ? .click(code: code) : .leftOut(.asset)
    } else if (300..<400).contains(line.status), line.status != 304 {
      self = .leftOut(.redirect)
    } else if let path = Self.page(line.path), line.status == 200 || line.status == 304 {
      self = .view(path: path)
    } else {
      self = line.isScan && line.status == 200 ? .scan : .leftOut(.asset)
    }
  }

  /// Where drafts are shown, below the host of a site.
  private static let previews = "/preview/"

  /// `abc` of `/l/abc`.
  private static func code(_ path: String) -> String? {
    guard path.hasPrefix("/l/") else { return nil }
    let code = path.dropFirst(3)
    let isCode = code.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F
    }
    return isCode && (1...100).contains(code.utf8.count) ? String(code) : nil
  }

  /// `en/about` of `/en/about/`, empty for the home page: pages end in a slash, files do not.
  private static func page(_ path: String) -> String? {
    guard path.hasPrefix("/"), path.hasSuffix("/") else { return nil }
    let inner = path.dropFirst().dropLast()
    let isPlain = inner.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2F
    }
    return isPlain && inner.utf8.count <= 200 ? String(inner) : nil
  }
}
