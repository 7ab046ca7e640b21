/// Reads what a server sent, byte by byte within its bounds: whatever it holds, the end is a value or `.malformed`.
struct PacketReader {
  let bytes: [UInt8]
  /// Where the next value begins.
  private(set) var position: Int
  /// Where what may be read ends; names may point anywhere before.
  private let end: Int

  init(_ bytes: [UInt8]) {
    (self.bytes, position, end) = (bytes, 0, bytes.count)
  }

  /// Of a part of a packet: a record's data.
  init(_ bytes: [UInt8], _ part: Range<Int>) {
    (self.bytes, position, end) = (bytes, part.lowerBound, part.upperBound)
  }

  var isAtEnd: Bool { position == end }

  mutating func byte() throws(DNSFailure) -> UInt8 {
    guard position < end else { throw .malformed }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func number16() throws(DNSFailure) -> UInt16 {
    UInt16(try byte()) << 8 | UInt16(try byte())
  }

  mutating func number32() throws(DNSFailure) -> UInt32 {
    UInt32(try number16()) << 16 | UInt32(try number16())
  }

  mutating func skip(_ count: Int) throws(DNSFailure) -> Range<Int> {
    guard count <= end - position else { throw .malformed }
    defer { position += count }
    return position..<position + count
  }

  mutating func rest() -> ArraySlice<UInt8> {
    defer { position = end }
    return bytes[position..<end]
  }

  mutating func part(_ count: Int) throws(DNSFailure) -> ArraySlice<UInt8> {
    bytes[try skip(count)]
  }

  /// A name, of which a part may stand earlier in the packet (RFC 1035, section 4.1.4). Each pointer must lead to
  /// before all that was read of the name, so that none can lead round in a circle.
  mutating func name() throws(DNSFailure) -> String {
    var text: [UInt8] = []
    var length = 1
    var place = position
    var first = position
    var isElsewhere = false
    while true {
      let limit = isElsewhere ? bytes.count : end
      guard place < limit else { throw .malformed }
      let head = Int(bytes[place])
      switch head {
      case 0:
        if !isElsewhere { position = place + 1 }
        return String(decoding: text, as: UTF8.self)
      case 1...63:
        length += head + 1
        guard length <= 255, place + head < limit else { throw .malformed }
        if !text.isEmpty { text.append(UInt8(ascii: ".")) }
        for byte in bytes[place + 1...place + head] { Self.write(byte, to: &text) }
        place += head + 1
      case 0xC0...:
        guard place + 1 < limit else { throw .malformed }
        let target = (head & 0x3F) << 8 | Int(bytes[place + 1])
        guard target < first else { throw .malformed }
        if !isElsewhere { position = place + 2 }
        (isElsewhere, place, first) = (true, target, target)
      default: throw .malformed
      }
    }
  }

  /// As in a zone file (RFC 1035, section 5.1), so that a dot within a label does not part it.
  private static func write(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.append(byte | 0x20)
    case UInt8(ascii: "."), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
    case 0x21...0x7E: text.append(byte)
    default:
      text.append(UInt8(ascii: "\\"))
      text += [byte / 100, byte / 10 % 10, byte % 10].map { UInt8(ascii: "0") + $0 }
    }
  }
}
