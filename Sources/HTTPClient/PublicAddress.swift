extension NetworkAddress {
  /// Whether it belongs to the public internet: neither to this machine, its network or its provider's metadata
  /// service, nor to anything that is not one host (IANA's IPv4 and IPv6 Special-Purpose Address Registries, RFC 6890).
  var isPublic: Bool {
    switch self {
    case .v4(let value): return !Self.special4.contains { $0.contains(value) }
    case .v6(let value):
      // Both carry an IPv4 address, which is where the packets go in the end.
      if Self.mapped.contains(value) || Self.translated.contains(value) {
        return NetworkAddress.v4(UInt32(truncatingIfNeeded: value)).isPublic
      }
      return Self.global.contains(value) && !Self.special6.contains { $0.contains(value) }
    case .other: return false
    }
  }

  private static let special4: [Block<UInt32>] = [
    Block(0, 0, 0, 0, bits: 8),  // this network (RFC 791); Linux takes 0.0.0.0 for itself
    Block(10, 0, 0, 0, bits: 8),  // private (RFC 1918)
    Block(100, 64, 0, 0, bits: 10),  // carriers' NAT (RFC 6598); a provider's metadata too
    Block(127, 0, 0, 0, bits: 8),  // loopback (RFC 1122)
    Block(168, 63, 129, 16, bits: 32),  // a provider's own services, within its machines
    Block(169, 254, 0, 0, bits: 16),  // link-local (RFC 3927), metadata among it
    Block(172, 16, 0, 0, bits: 12),  // private (RFC 1918)
    Block(192, 0, 0, 0, bits: 24),  // protocol assignments (RFC 6890)
    Block(192, 0, 2, 0, bits: 24),  // documentation (RFC 5737)
    Block(192, 88, 99, 0, bits: 24),  // 6to4 relays (RFC 7526)
    Block(192, 168, 0, 0, bits: 16),  // private (RFC 1918)
    Block(198, 18, 0, 0, bits: 15),  // benchmarks (RFC 2544)
    Block(198, 51, 100, 0, bits: 24),  // documentation (RFC 5737)
    Block(203, 0, 113, 0, bits: 24),  // documentation (RFC 5737)
    Block(224, 0, 0, 0, bits: 4),  // multicast (RFC 5771)
    Block(240, 0, 0, 0, bits: 4),  // reserved (RFC 1112), broadcast among it
  ]

  /// IPv4 addresses in IPv6 notation (RFC 4291, 2.5.5.2).
  private static let mapped = Block(0, 0, 0, 0, 0, 0xFFFF, bits: 96)
  /// What NAT64 translates (RFC 6052).
  private static let translated = Block(0x64, 0xFF9B, bits: 96)
  /// All that is given out for the public; outside lie ::1, unique local, link-local and multicast.
  private static let global = Block(0x2000, bits: 3)
  private static let special6: [Block<UInt128>] = [
    Block(0x2001, 0, bits: 23),  // protocol assignments (RFC 2928), Teredo among them
    Block(0x2001, 0xDB8, bits: 32),  // documentation (RFC 3849)
    Block(0x2002, bits: 16),  // 6to4 (RFC 3056), which can carry any IPv4 address and which nobody serves from
    Block(0x3FFF, bits: 20),  // documentation (RFC 9637)
  ]
}

/// The addresses that share their first bits.
private struct Block<Value: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  let first: Value
  let bits: Int

  func contains(_ value: Value) -> Bool {
    (value ^ first) >> (Value.bitWidth - bits) == 0
  }
}

extension Block<UInt32> {
  init(_ first: UInt32, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, bits: Int) {
    self.init(first: first << 24 | second << 16 | third << 8 | fourth, bits: bits)
  }
}

extension Block<UInt128> {
  /// - Parameter groups: its first groups of 16 bits; the others are 0.
  init(_ groups: UInt128..., bits: Int) {
    let value = groups.enumerated().reduce(UInt128(0)) { $0 | $1.element << (112 - 16 * $1.offset) }
    self.init(first: value, bits: bits)
  }
}
