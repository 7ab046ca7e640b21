import Services

/// Markup that is safe to send.
///
/// Its literals are `StaticString`, so they can only be written by us; what comes from anywhere else enters by
/// interpolation, each kind escaped for the one place in which it may stand:
/// ```
/// let item: HTML = "<a class=\"card\"\(href: link.url)>\(text: link.title)</a>"
/// ```
/// There is no way to turn a `String` into markup, nor to put one into an address.
struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// UTF-8.
  private(set) var bytes: [UInt8]

  init() {
    bytes = []
  }

  init(stringLiteral value: StaticString) {
    bytes = Array(value.description.utf8)
  }

  init(stringInterpolation: Interpolation) {
    bytes = stringInterpolation.html.bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  static func += (left: inout HTML, right: HTML) {
    left.bytes.append(contentsOf: right.bytes)
  }

  static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }

  mutating func append(literal: StaticString) {
    bytes.append(contentsOf: literal.description.utf8)
  }

  /// Appends UTF-8 text, escaped so that it is text in an element as well as in a quoted attribute.
  mutating func append(text: some Sequence<UInt8>) {
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): append(literal: "&amp;")
      case UInt8(ascii: "<"): append(literal: "&lt;")
      case UInt8(ascii: ">"): append(literal: "&gt;")
      case UInt8(ascii: "\""): append(literal: "&quot;")
      case UInt8(ascii: "'"): append(literal: "&#39;")
      case 0x09, 0x0A: bytes.append(byte)
      // Control characters may not stand in HTML or XML.
      case 0..<0x20, 0x7F: break
      case 0x80...0x9F where previous == 0xC2: bytes.removeLast()
      default: bytes.append(byte)
      }
      previous = byte
    }
  }

  /// Appends an attribute with its leading space and its quotes.
  fileprivate mutating func append(attribute name: StaticString, _ value: some Sequence<UInt8>) {
    append(literal: " ")
    append(literal: name)
    append(literal: "=\"")
    append(text: value)
    append(literal: "\"")
  }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var html = HTML()

    init(literalCapacity: Int, interpolationCount: Int) {
      html.bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    mutating func appendLiteral(_ literal: StaticString) {
      html.append(literal: literal)
    }

    mutating func appendInterpolation(_ markup: HTML?) {
      if let markup { html += markup }
    }

    mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { html += part }
    }

    mutating func appendInterpolation(_ number: Int) {
      html.append(text: String(number).utf8)
    }

    /// Text of an element.
    mutating func appendInterpolation(text: String) {
      html.append(text: text.utf8)
    }

    /// An attribute of text, written whole: name, quotes and value.
    mutating func appendInterpolation(_ attribute: TextAttribute, _ value: String) {
      html.append(attribute: attribute.name, value.utf8)
    }

    /// The address of a customer's link, with what keeps the visitor's origin to itself.
    mutating func appendInterpolation(href link: WebLink) {
      html.append(attribute: "href", link.text.utf8)
      if link.host != nil { html.append(literal: #" rel="noopener noreferrer""#) }
    }

    /// The address of another account of the customer's, which by it can verify that this site is theirs.
    mutating func appendInterpolation(hrefOfMe link: WebLink) {
      html.append(attribute: "href", link.text.utf8)
      html.append(literal: link.host == nil ? #" rel="me""# : #" rel="me noopener noreferrer""#)
    }

    /// The address of something on this site.
    mutating func appendInterpolation(href path: SitePath) {
      html.append(attribute: "href", path.text.utf8)
    }

    /// The address of a picture on this site.
    mutating func appendInterpolation(src path: SitePath) {
      html.append(attribute: "src", path.text.utf8)
    }

    /// The addresses of a picture's forms on this site, each with its width in pixels (HTML, section 4.8.4.2.1).
    mutating func appendInterpolation(srcset forms: [(path: SitePath, width: Int)]) {
      html.append(attribute: "srcset", forms.map { "\($0.path.text) \($0.width)w" }.joined(separator: ", ").utf8)
    }

    mutating func appendInterpolation(_ color: Color) {
      html.append(text: color.text.utf8)
    }

    /// The style sheet, which stands in a `style` element as it is.
    mutating func appendInterpolation(_ stylesheet: Stylesheet) {
      html.bytes.append(contentsOf: stylesheet.text.utf8)
    }
  }
}

/// Attributes that hold text only: none that a browser follows, loads or runs.
enum TextAttribute {
  case alternative, content, hreflang, label, language, sizes

  fileprivate var name: StaticString {
    switch self {
    case .alternative: "alt"
    case .content: "content"
    case .hreflang: "hreflang"
    case .label: "aria-label"
    case .language: "lang"
    case .sizes: "sizes"
    }
  }
}
