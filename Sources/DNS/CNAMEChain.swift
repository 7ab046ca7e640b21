/// The way from a name along its CNAMEs.
struct CNAMEChain {
  /// What real names have is two or three.
  private static let longest = 8

  private let first: String
  /// The names that were come to, in order.
  private(set) var names: [String] = []

  init(from name: String) {
    first = name
  }

  var end: String { names.last ?? first }

  /// As far as a packet tells.
  mutating func follow(_ packet: Packet) throws(DNSFailure) {
    while let target = try packet.alias(of: end) { try append(target) }
  }

  mutating func append(_ name: String) throws(DNSFailure) {
    guard names.count < Self.longest, name != first, !names.contains(name) else { throw .loop }
    names.append(name)
  }
}
