/// A server's answer, taken apart (RFC 1035, section 4).
///
/// Read here and not by c-ares: its functions give neither the bit AD nor the code, the owners of records, the chain
/// or the authority section, and only some the times to live; each type would be another function and another list to
/// free, and the rest be read by hand all the same. One small reader that knows its bounds is less.
struct Packet: Sendable {
  /// With the upper bits that EDNS adds (RFC 6891): 0 alone is success.
  let code: Int
  /// Whether the server speaks for the zone (bit AA).
  let isAuthoritative: Bool
  /// Whether a resolver has validated it (bit AD).
  let isAuthenticated: Bool
  let answers: [ResourceRecord]
  let authority: [ResourceRecord]
  let bytes: [UInt8]

  static let nameError = 3

  init(_ bytes: [UInt8]) throws(DNSFailure) {
    var reader = PacketReader(bytes)
    _ = try reader.number16()
    let flags = try reader.number16()
    let counts = (try reader.number16(), try reader.number16(), try reader.number16(), try reader.number16())
    // Bit QR says that it is an answer, and the operation is a usual query; c-ares compares id, question and sender.
    guard flags & 0xF800 == 0x8000, counts.0 == 1 else { throw .malformed }
    _ = try reader.name()
    _ = try reader.skip(4)
    answers = try Self.section(&reader, counts.1)
    authority = try Self.section(&reader, counts.2)
    let additional = try Self.section(&reader, counts.3)
    let extended = additional.first { $0.type == Self.options }.map { Int($0.rawTTL >> 24) << 4 } ?? 0
    code = extended | Int(flags & 0xF)
    isAuthoritative = flags & 0x0400 != 0
    isAuthenticated = flags & 0x0020 != 0
    self.bytes = bytes
  }

  /// The pseudo-record of EDNS.
  private static let options: UInt16 = 41

  /// Bounded by the packet: a record takes at least eleven bytes of it.
  private static func section(_ reader: inout PacketReader, _ count: UInt16) throws(DNSFailure) -> [ResourceRecord] {
    var records: [ResourceRecord] = []
    for _ in 0..<count { records.append(try ResourceRecord(&reader)) }
    return records
  }

  /// The records of a name and a type in the answer section.
  func records(_ name: String, _ type: DNSRecordType) throws(DNSFailure) -> [DNSRecord] {
    var found: [DNSRecord] = []
    for record in answers where record.matches(name, type) {
      found.append(DNSRecord(name: name, ttl: record.ttl, value: try record.value(in: bytes)))
    }
    return found
  }

  /// Where a CNAME of this packet leads to from a name; nil when there is none.
  func alias(of name: String) throws(DNSFailure) -> String? {
    guard let record = answers.first(where: { $0.matches(name, .cname) }) else { return nil }
    guard case .name(let target) = try record.value(in: bytes) else { throw .malformed }
    return target
  }

  /// The zone that says no, by its SOA in the authority section (RFC 2308).
  var zoneOfNo: String? { authority.first { $0.type == DNSRecordType.soa.rawValue }?.name }

  /// Says nothing itself and points to the servers of another zone: what a server does that is no resolver and does
  /// not have the zone.
  var isReferral: Bool {
    code == 0 && answers.isEmpty && zoneOfNo == nil && authority.contains { $0.type == DNSRecordType.ns.rawValue }
  }
}
