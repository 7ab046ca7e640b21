/// What a certificate says of itself (RFC 5280), as far as it is shown and acted upon.
package struct CertificateFacts: Sendable, Equatable {
  /// Who issued it: organisation and name.
  package let issuer: String
  /// Hexadecimal.
  package let serial: String
  /// Seconds since 1970.
  package let notBefore: Int64
  /// Seconds since 1970.
  package let notAfter: Int64
  /// The hosts that it is for, in lower case.
  package let hosts: [String]
  /// The point of its key, without the leading 4; empty for keys of other kinds.
  let point: [UInt8]

  /// Reads the first certificate of a chain.
  ///
  /// - Returns: nil when there is none that can be understood.
  package init?(pem: String) {
    guard let bytes = PEM.blocks("CERTIFICATE", in: pem).first else { return nil }
    var outer = DER(bytes)
    guard var certificate = outer.next(DER.sequence)?.inside,
      var fields = certificate.next(DER.sequence)?.inside,
      fields.next(0xA0) != nil, let number = fields.next(DER.integer)?.content, fields.next(DER.sequence) != nil,
      let issuer = fields.next(DER.sequence), var validity = fields.next(DER.sequence)?.inside,
      let begin = validity.next().flatMap(Self.moment), let end = validity.next().flatMap(Self.moment),
      fields.next(DER.sequence) != nil, var key = fields.next(DER.sequence)?.inside
    else { return nil }
    self.issuer = Self.name(issuer)
    serial = number.drop { $0 == 0 }.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    (notBefore, notAfter) = (begin, end)
    hosts = fields.all().last { $0.tag == 0xA3 }.map(Self.alternativeNames) ?? []
    _ = key.next(DER.sequence)
    let bits = key.next(DER.bitString)?.content ?? []
    point = bits.count == 66 && bits.starts(with: [0, 4]) ? Array(bits.dropFirst(2)) : []
  }

  /// How long it is valid in all, in seconds.
  package var lifetime: Int64 { notAfter - notBefore }

  /// Organisation and common name: `Let's Encrypt (R11)`.
  private static func name(_ value: DER.Value) -> String {
    var parts: [UInt8: String] = [:]
    var names = value.inside
    for set in names.all() {
      var members = set.inside
      guard var pair = members.next(DER.sequence)?.inside, let kind = pair.next(DER.objectIdentifier)?.content,
        let text = pair.next()?.content, kind.count == 3, kind.starts(with: [0x55, 0x04]), let last = kind.last
      else { continue }
      // 2.5.4.3 and 2.5.4.10
      if last == 3 || last == 10 { parts[last] = String(decoding: text.prefix(200), as: UTF8.self) }
    }
    return switch (parts[10], parts[3]) {
    case (let organisation?, let name?): "\(organisation) (\(name))"
    case (let organisation?, nil): organisation
    case (nil, let name): name ?? ""
    }
  }

  /// The names of subjectAltName (2.5.29.17) that are hosts.
  private static func alternativeNames(_ extensions: DER.Value) -> [String] {
    var wrapper = extensions.inside
    guard var list = wrapper.next(DER.sequence)?.inside else { return [] }
    for entry in list.all() {
      var fields = entry.inside
      guard let kind = fields.next(DER.objectIdentifier)?.content, kind.elementsEqual([0x55, 0x1D, 0x11]),
        let value = fields.all().last, value.tag == DER.octetString
      else { continue }
      var octets = value.inside
      guard var names = octets.next(DER.sequence)?.inside else { return [] }
      return names.all().filter { $0.tag == 0x82 }.map { String(decoding: $0.content, as: UTF8.self).lowercased() }
    }
    return []
  }

  /// UTCTime `261121215439Z` or GeneralizedTime `20261121215439Z`, in seconds since 1970.
  private static func moment(_ value: DER.Value) -> Int64? {
    var digits = value.content.dropLast().map { Int64($0) - 48 }
    guard value.content.last == UInt8(ascii: "Z"), digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    // Two digits of the year: 1950 to 2049.
    if value.tag == 0x17, digits.count == 12 { digits = (digits[0] >= 5 ? [1, 9] : [2, 0]) + digits }
    guard digits.count == 14 else { return nil }
    func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
    let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
    // Days since 1970 by years that begin in March, so that a leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let days =
      365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day - 719_469
    return days * 86_400 + number(8..<10) * 3600 + number(10..<12) * 60 + number(12..<14)
  }
}
