/// What a zone's own servers say, whatever the resolvers have kept from before.
extension DNSClient {
  /// The own servers of the zone that a name is in, by way of the resolvers; at most 4.
  ///
  /// Whoever has the zone names them, and may name this machine or its neighbours. They are asked one question of DNS,
  /// and only what they say for the zone counts (bit AA), which a resolver does not.
  package func authoritative(for name: String) throws(DNSFailure) -> [DNSServer] {
    try authoritative(for: Self.askable(name), until: newDeadline)
  }

  /// What each of them says; those that could not be asked are left out when at least one could. They are asked for the
  /// name itself only; the resolvers follow where its CNAME leads, which may be into another's zone.
  package func queryAuthoritative(_ name: String, _ type: DNSRecordType) throws(DNSFailure) -> DNSAgreement {
    let (name, deadline) = (try Self.askable(name), newDeadline)
    let servers = try authoritative(for: name, until: deadline)
    let packets = try askAuthoritative(servers, name, type, until: deadline)
    var followed: [String: DNSAnswer] = [:]
    var different: [DNSAnswer] = []
    for packet in packets {
      let answer = try self.answer(packet, name, type, &followed, until: deadline)
      if !different.contains(where: answer.agrees) { different.append(answer) }
    }
    return different.count == 1 ? .agreed(different[0]) : .split(different)
  }

  private static let mostServers = 4
  /// A name can have 127 labels; no usual one is as far below its zone.
  private static let mostSteps = 16

  private func authoritative(for name: String, until deadline: Deadline) throws(DNSFailure) -> [DNSServer] {
    let hosts = try nameServers(of: name, until: deadline).prefix(Self.mostServers)
    var addresses: [[String]] = []
    var failure: DNSFailure?
    for host in hosts {
      do throws(DNSFailure) {
        let found = try self.addresses(of: host, until: deadline)
        if !found.isEmpty { addresses.append(found) }
      } catch {
        failure = error
      }
    }
    // One of each host before the second of any: hosts are what is made to fail apart.
    var ordered: [String] = []
    for place in 0..<(addresses.map(\.count).max() ?? 0) {
      for list in addresses where place < list.count && !ordered.contains(list[place]) { ordered.append(list[place]) }
    }
    guard !ordered.isEmpty else { throw failure ?? .refused(code: 0) }
    return ordered.prefix(Self.mostServers).map {
      DNSServer(canonical: $0, port: configuration.authoritativePort)
    }
  }

  /// The hosts that serve the zone of a name: at the nearest name above it, or itself, that has NS.
  private func nameServers(of name: String, until deadline: Deadline) throws(DNSFailure) -> [String] {
    var candidate = name
    for _ in 0..<Self.mostSteps {
      let packet = try askResolvers(candidate, .ns, until: deadline)
      // A CNAME's own NS are its target's: the chain is not followed.
      let hosts = try packet.records(candidate, .ns).compactMap { record in
        if case .name(let host) = record.value { host } else { nil }
      }
      if !hosts.isEmpty { return hosts }
      let isAlias = try packet.alias(of: candidate) != nil
      if !isAlias, let zone = packet.zoneOfNo, DNSName.isBelow(candidate, zone) {
        candidate = zone
      } else if let parent = DNSName.parent(candidate) {
        candidate = parent
      } else {
        break
      }
    }
    throw .refused(code: 0)
  }

  /// IPv4 before IPv6, which this machine may not have; one kind is enough where the other cannot be asked.
  private func addresses(of host: String, until deadline: Deadline) throws(DNSFailure) -> [String] {
    var found: [String] = []
    var failure: DNSFailure?
    for type in [DNSRecordType.a, .aaaa] {
      do throws(DNSFailure) {
        for record in try resolve(host, type, until: deadline).records {
          if case .address(let address) = record.value { found.append(address) }
        }
      } catch {
        failure = error
      }
    }
    if found.isEmpty, let failure { throw failure }
    return found
  }

  /// The answers of those that could be asked; at least one.
  private func askAuthoritative(
    _ servers: [DNSServer], _ name: String, _ type: DNSRecordType, until deadline: Deadline
  ) throws(DNSFailure) -> [Packet] {
    let question = Question(name: name, type: type, isRecursive: false)
    var silent = servers
    var packets: [Packet] = []
    var failure = DNSFailure.timeout
    for attempt in 0..<max(1, configuration.tries) where !silent.isEmpty {
      let results = ask(silent, question, attempt, until: deadline)
      var stillSilent: [DNSServer] = []
      for (server, result) in zip(silent, results) {
        switch result {
        case .success(let packet) where packet.isAuthoritative: packets.append(packet)
        case .success: failure = .refused(code: 0)
        case .failure(.timeout): stillSilent.append(server)
        case .failure(let said): failure = said
        }
      }
      silent = stillSilent
    }
    guard !packets.isEmpty else { throw failure }
    return packets
  }

  /// - Parameter followed: what the resolvers said of where a CNAME leads, once for all servers.
  private func answer(
    _ packet: Packet, _ name: String, _ type: DNSRecordType, _ followed: inout [String: DNSAnswer],
    until deadline: Deadline
  ) throws(DNSFailure) -> DNSAnswer {
    guard type != .cname, let target = try packet.alias(of: name) else {
      let doesExist = packet.code != Packet.nameError
      return DNSAnswer(
        records: doesExist ? try packet.records(name, type) : [], chain: [], isAuthenticated: false,
        doesExist: doesExist)
    }
    let rest: DNSAnswer
    if let known = followed[target] { rest = known } else { rest = try resolve(target, type, until: deadline) }
    followed[target] = rest
    var chain = CNAMEChain(from: name)
    for next in [target] + rest.chain { try chain.append(next) }
    return DNSAnswer(
      records: rest.records, chain: chain.names, isAuthenticated: false, doesExist: rest.doesExist)
  }
}
