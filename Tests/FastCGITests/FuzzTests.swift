import Foundation
import Support
import Testing

extension FastCGITests {
  @Suite struct Fuzz {
    /// 5,000 inputs against a process of its own, so that a crash is seen as one.
    @Test func noInputEndsTheProcess() throws {
      let noop = try NoopProcess()
      var random = SplitMix(state: 0x5EED)
      var sent = 0
      while sent < 5000 {
        let bytes = Self.input(&random)
        if KnownKillers.has(bytes) { continue }
        sent += 1
        let client = try RawClient(noop.socket)
        client.send(bytes)
        client.finishSending()
        #expect(client.isClosedByServer(), "input \(sent): \(bytes)")
        guard noop.isRunning else {
          Issue.record("input \(sent) ended the process: \(bytes)")
          return
        }
      }
      let client = try RawClient(noop.socket)
      #expect(client.exchange(Records.request())?.body.count == 220)
    }

    /// Noise, a changed request, a cut one, or several in a row, changed.
    private static func input(_ random: inout SplitMix) -> [UInt8] {
      func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
      if number(5) == 0 { return (0..<number(300)).map { _ in UInt8(number(256)) } }
      var bytes: [UInt8] = []
      for _ in 0...number(3) {
        bytes += Records.request(
          ["GET", "POST", "HEAD"][number(3)], "/" + String(repeating: "a", count: number(300)),
          parameters: [("HTTP_X", String(repeating: "x", count: number(200)))],
          body: [UInt8](repeating: 7, count: number(400)), keep: number(2) == 0)
        if number(4) == 0 { bytes += Records.record(UInt8(number(12)), [UInt8](repeating: 3, count: number(20))) }
      }
      for _ in 0..<number(6) {
        switch number(4) {
        case 0: bytes[number(bytes.count)] = UInt8(number(256))
        case 1: bytes[min(number(24), bytes.count - 1)] ^= UInt8(1 << number(8))
        case 2: bytes.removeSubrange(number(bytes.count)..<bytes.count)
        default: bytes.insert(UInt8(number(256)), at: number(bytes.count))
        }
        if bytes.isEmpty { break }
      }
      return bytes
    }
  }
}

/// The two inputs that end a process with libfcgi 2.4.2. nginx sends neither, and the socket's rights let nobody else in.
enum KnownKillers {
  static func has(_ bytes: [UInt8]) -> Bool {
    var parameters: [UInt8] = []
    var start = 0
    while start + 8 <= bytes.count {
      let length = Int(bytes[start + 4]) << 8 | Int(bytes[start + 5])
      let content = bytes[min(start + 8, bytes.count)..<min(start + 8 + length, bytes.count)]
      switch bytes[start + 1] {
      case 4: parameters += content
      case 9: if manyValuesAreAsked(Array(content)) { return true }
      default: break
      }
      // A changed length may make parameters of what was not: those that are read in either way count.
      start += 8 + length + Int(bytes[start + 6])
    }
    return hugePairIsAnnounced(parameters) || anyRecordAnnouncesHugePair(bytes)
  }

  /// FCGI_GET_VALUES with more names than the library's answer has room for.
  private static func manyValuesAreAsked(_ content: [UInt8]) -> Bool {
    String(decoding: content, as: UTF8.self).components(separatedBy: "FCGI_M").count > 3
  }

  /// A pair of names and values that no memory holds: the library asserts that it got the memory.
  private static func hugePairIsAnnounced(_ content: [UInt8]) -> Bool {
    var index = 0
    func length() -> Int? {
      guard index < content.count else { return nil }
      let first = Int(content[index])
      index += 1
      if first < 128 { return first }
      guard index + 3 <= content.count else { return nil }
      defer { index += 3 }
      return (first & 0x7F) << 24 | Int(content[index]) << 16 | Int(content[index + 1]) << 8 | Int(content[index + 2])
    }
    while let name = length(), let value = length() {
      if name + value > 1 << 28 { return true }
      index += name + value
    }
    return false
  }

  private static func anyRecordAnnouncesHugePair(_ bytes: [UInt8]) -> Bool {
    // The same content read from any record's beginning, for inputs whose first records are broken.
    var start = 0
    while start + 8 < bytes.count {
      if bytes[start] == 1, bytes[start + 1] == 4, hugePairIsAnnounced(Array(bytes[(start + 8)...])) { return true }
      start += 1
    }
    return false
  }
}

/// A small random generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
