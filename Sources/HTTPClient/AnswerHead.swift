/// The status and header fields of an answer, as its lines arrive; of several answers to one request (100, 103), only
/// the last one's.
struct AnswerHead {
  private(set) var status = 0
  private(set) var fields: [(name: String, value: String)] = []
  /// Whether the final answer's section has ended; what comes later is a trailer, which nobody asked for.
  private(set) var isComplete = false
  private var size = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes one line, with its end; false when there are too many.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    size += line.count
    guard size <= limit else { return false }
    guard !isComplete else { return true }
    var text = unsafe Substring(String(decoding: line, as: UTF8.self))
    while let last = text.unicodeScalars.last, last == "\r" || last == "\n" { text.unicodeScalars.removeLast() }
    if text.isEmpty {
      isComplete = status >= 200
    } else if text.hasPrefix("HTTP/") {
      status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      fields = []
    } else {
      takeField(text)
    }
    return true
  }

  private mutating func takeField(_ line: Substring) {
    // A folded line continues the value before it (RFC 9112, 5.2).
    if line.first == " " || line.first == "\t" {
      guard let last = fields.indices.last else { return }
      fields[last].value += " " + Self.trimmed(line)
      return
    }
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = line[..<colon].lowercased()
    fields.append((name, String(Self.trimmed(line[line.utf8.index(after: colon)...]))))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
