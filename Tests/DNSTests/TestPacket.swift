@testable import DNS

/// Makes packets, right and wrong ones.
struct TestPacket {
  var flags: UInt16 = 0x8180
  /// In place of how many there are.
  var answerCount: Int?
  var answers: [[UInt8]] = []
  var authority: [[UInt8]] = []
  var additional: [[UInt8]] = []
  /// In place of the question that was asked.
  var question: [UInt8]?
  /// Added to the id that was asked with.
  var idOffset: UInt16 = 0

  /// - Parameter query: what is answered.
  func bytes(to query: [UInt8]) -> [UInt8] {
    let id = UInt16(query[0]) << 8 | UInt16(query[1])
    let numbers: [UInt16] = [
      id &+ idOffset, flags, 1, UInt16(answerCount ?? answers.count), UInt16(authority.count),
      UInt16(additional.count),
    ]
    let records: [UInt8] = (answers + authority + additional).flatMap { $0 }
    return numbers.flatMap { Self.number($0) } + (question ?? Self.question(of: query)) + records
  }

  func reply(to query: [UInt8]) -> [ScriptedServer.Reply] { [.init(bytes: bytes(to: query))] }

  /// - Parameter name: by default the one that is asked for.
  static func record(_ name: [UInt8] = [0xC0, 12], type: UInt16, ttl: UInt32 = 60, _ data: [UInt8]) -> [UInt8] {
    let numbers: [UInt16] = [
      type, 1, UInt16(ttl >> 16), UInt16(truncatingIfNeeded: ttl), UInt16(data.count),
    ]
    return name + numbers.flatMap { number($0) } + data
  }

  /// A name as it is sent, uncompressed.
  static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

  /// A question as a server gets it.
  static func query(_ name: String, _ type: DNSRecordType) -> [UInt8] {
    [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + Self.name(name) + number(type.rawValue) + number(1)
  }

  /// The name that is asked for.
  static func askedName(_ query: [UInt8]) -> String {
    var reader = PacketReader(query, 12..<query.count)
    return (try? reader.name()) ?? "?"
  }

  private static func question(of query: [UInt8]) -> [UInt8] {
    var reader = PacketReader(query, 12..<query.count)
    _ = try? reader.name()
    return Array(query[12..<min(reader.position + 4, query.count)])
  }
}

extension DNSClient {
  /// Asks these ports of 127.0.0.1.
  static func asking(_ ports: UInt16..., timeoutMilliseconds: Int = 20_000, tries: Int = 1) -> DNSClient {
    var configuration = DNSConfiguration()
    configuration.resolvers = ports.compactMap { DNSServer("127.0.0.1:\($0)") }
    configuration.authoritativePort = Int(ports[0])
    configuration.timeoutMilliseconds = timeoutMilliseconds
    configuration.tries = tries
    configuration.deadlineMilliseconds = 60_000
    return DNSClient(configuration)
  }
}
