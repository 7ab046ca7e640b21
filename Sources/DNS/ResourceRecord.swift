/// One record within a packet; its data is read when it is asked for.
struct ResourceRecord: Sendable {
  let name: String
  let type: UInt16
  let rawTTL: UInt32
  private let recordClass: UInt16
  private let data: Range<Int>

  init(_ reader: inout PacketReader) throws(DNSFailure) {
    name = try reader.name()
    type = try reader.number16()
    recordClass = try reader.number16()
    rawTTL = try reader.number32()
    data = try reader.skip(Int(try reader.number16()))
  }

  /// In seconds; with the highest bit set it counts as 0 (RFC 2181, section 8).
  var ttl: Int { rawTTL >> 31 == 0 ? Int(rawTTL) : 0 }

  /// Of the internet's class.
  func matches(_ name: String, _ type: DNSRecordType) -> Bool {
    self.type == type.rawValue && recordClass == 1 && self.name == name
  }

  /// - Parameter bytes: of the packet.
  func value(in bytes: [UInt8]) throws(DNSFailure) -> DNSValue {
    var reader = PacketReader(bytes, data)
    let value = try Self.value(DNSRecordType(rawValue: type), &reader)
    guard reader.isAtEnd else { throw .malformed }
    return value
  }

  private static func value(_ type: DNSRecordType?, _ reader: inout PacketReader) throws(DNSFailure) -> DNSValue {
    switch type {
    case .a: return try address(reader.part(4))
    case .aaaa: return try address(reader.part(16))
    case .cname, .ns: return .name(try reader.name())
    case .txt: return .text(try text(&reader))
    case .mx: return .mx(preference: Int(try reader.number16()), host: try reader.name())
    case .caa:
      let flags = Int(try reader.byte())
      let tag = try reader.part(Int(try reader.byte()))
      guard !tag.isEmpty else { throw .malformed }
      return .caa(
        flags: flags, tag: String(decoding: tag, as: UTF8.self).lowercased(),
        value: String(decoding: reader.rest(), as: UTF8.self))
    case .soa, .dnskey, .ds, nil:
      _ = reader.rest()
      return .other
    }
  }

  private static func address(_ bytes: ArraySlice<UInt8>) throws(DNSFailure) -> DNSValue {
    guard let text = InternetAddress.text(bytes) else { throw .malformed }
    return .address(text)
  }

  /// At least one string (RFC 1035, section 3.3.14).
  private static func text(_ reader: inout PacketReader) throws(DNSFailure) -> String {
    var joined: [UInt8] = []
    repeat { joined += try reader.part(Int(try reader.byte())) } while !reader.isAtEnd
    return String(decoding: joined, as: UTF8.self)
  }
}
