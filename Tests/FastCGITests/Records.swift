import Foundation

/// FastCGI records as bytes.
enum Records {
  static func record(_ type: UInt8, _ content: [UInt8], id: UInt16 = 1, padding: Int = 0) -> [UInt8] {
    [
      1, type, UInt8(id >> 8), UInt8(id & 0xFF), UInt8(content.count >> 8), UInt8(content.count & 0xFF),
      UInt8(padding), 0,
    ] + content + [UInt8](repeating: 0, count: padding)
  }

  static func begin(role: UInt8 = 1, keep: Bool = true, id: UInt16 = 1) -> [UInt8] {
    record(1, [0, role, keep ? 1 : 0, 0, 0, 0, 0, 0], id: id)
  }

  static func pair(_ name: String, _ value: String) -> [UInt8] {
    func length(_ count: Int) -> [UInt8] {
      count < 128
        ? [UInt8(count)]
        : [0x80 | UInt8(count >> 24), UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    }
    return length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
  }

  /// A whole request; parameters and body are split into records of 65,535 bytes at most.
  static func request(
    _ method: String = "GET", _ target: String = "/", parameters: [(String, String)] = [], body: [UInt8] = [],
    keep: Bool = true
  ) -> [UInt8] {
    var pairs = pair("REQUEST_METHOD", method) + pair("REQUEST_URI", target) + pair("HTTP_HOST", "example.org")
    if !body.isEmpty { pairs += pair("CONTENT_LENGTH", String(body.count)) }
    for (name, value) in parameters { pairs += pair(name, value) }
    return begin(keep: keep) + stream(4, pairs) + stream(5, body)
  }

  private static func stream(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 65_535).flatMap {
      record(type, Array(bytes[$0..<min($0 + 65_535, bytes.count)]))
    } + record(type, [])
  }
}
