import HTTP

/// A record that is to stand in the customer's zone, and what stands there.
struct DomainRecord {
  enum Purpose: String { case proof, address }
  enum Kind: String {
    case text = "TXT"
    case cname = "CNAME"
    case a = "A"
    case aaaa = "AAAA"
  }

  let purpose: Purpose
  let kind: Kind
  let name: String
  let zone: String
  let expected: [String]
  let seen: [String]
  let state: RecordState
  /// Whether it works without this one too.
  var isOptional = false

  var json: JSON {
    [
      "purpose": .string(purpose.rawValue), "type": .string(kind.rawValue), "name": .string(name),
      "label": .string(label), "zone": .string(zone), "expected": .array(expected.map { .string($0) }),
      "seen": .array(seen.map { .string($0) }), "state": .string(state.rawValue), "optional": .bool(isOptional),
    ]
  }

  /// As registrars ask for it: without the domain that they know, `@` for that itself.
  private var label: String {
    name == zone ? "@" : name.hasSuffix(".\(zone)") ? String(name.dropLast(zone.utf8.count + 1)) : name
  }
}

/// The records that a host needs.
struct DomainRecords {
  let host: String
  let registrable: String
  let addresses: DomainSettings
  /// The customer's own target; nil when there is none yet.
  let target: String?

  /// Where the host is to lead: a name of its own takes a CNAME, which the top of a zone may not have.
  func addresses(_ seen: DomainSeen) -> [DomainRecord] {
    guard host == registrable else {
      return [
        DomainRecord(
          purpose: .address, kind: .cname, name: host, zone: registrable, expected: target.map { [$0] } ?? [],
          seen: seen.chain.first.map { [$0] } ?? seen.addresses, state: seen.address)
      ]
    }
    return [(DomainRecord.Kind.a, addresses.addresses4), (.aaaa, addresses.addresses6)].compactMap { kind, expected in
      let found = seen.addresses.filter { $0.contains(":") == (kind == .aaaa) }
      // What must not stay as it is has to be seen, even where there is nothing to put in its place.
      guard !expected.isEmpty || !found.isEmpty else { return nil }
      return DomainRecord(
        purpose: .address, kind: kind, name: host, zone: registrable, expected: expected, seen: found,
        state: state(found, expected, seen), isOptional: kind == .aaaa && !addresses.addresses4.isEmpty)
    }
  }

  private func state(_ found: [String], _ expected: [String], _ seen: DomainSeen) -> RecordState {
    if seen.address == .unknown { return .unknown }
    if found.isEmpty { return seen.address == .ok && expected.isEmpty ? .ok : .missing }
    return found.allSatisfy(expected.contains) || (seen.address == .ok && !seen.chain.isEmpty) ? .ok : .wrong
  }
}
