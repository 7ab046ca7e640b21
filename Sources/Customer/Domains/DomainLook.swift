import DNS

/// What asking the DNS about one side of a domain, the proof or the address, came to.
enum DomainFinding: Equatable {
  case yes
  /// All who can know it say so.
  case no(RecordState)
  /// Nobody could be asked, or they differ. Never a "no".
  case unknown(DomainSeen.Trouble)

  var state: RecordState {
    switch self {
    case .yes: .ok
    case .no(let state): state
    case .unknown: .unknown
    }
  }
}

/// What a look at a domain found.
struct DomainFindings {
  var proof: DomainFinding
  var address: DomainFinding
  var seen: DomainSeen
  /// All texts with which anybody could prove the host, by the zone's own servers; nil: they could not all be asked.
  var tokens: Set<String>?
}

/// Asks the DNS about one domain, without a transaction: it may take many seconds.
struct DomainLook {
  let dns: DNSClient
  let ours: DomainSettings
  /// Below which all targets are.
  let sitesHost: String
  /// The customer's own.
  let targets: Set<String>

  func look(at row: DomainRow) -> DomainFindings {
    var seen = DomainSeen()
    let (proof, tokens) = proof(row, &seen)
    // Where nobody answers in time, one wait is enough.
    var address = proof == .unknown(.timeout) ? proof : address(row.host, &seen)
    // What is to be taken from somebody must be missing at the source, not only in a resolver's memory.
    if case .no = address, row.state.isOwned { address = confirm(address, row.host) }
    seen.proof = proof.state
    seen.address = address.state
    for case .unknown(let trouble) in [address, proof] { seen.trouble = trouble }
    return DomainFindings(proof: proof, address: address, seen: seen, tokens: tokens)
  }

  // MARK: - The proof

  private func proof(_ row: DomainRow, _ seen: inout DomainSeen) -> (DomainFinding, Set<String>?) {
    var findings: [DomainFinding] = []
    var tokens: Set<String>? = []
    var places = row.proofs.map { (name: $0.name, token: String?.some($0.token)) }
    // Somebody else may have proved this host by a token above it.
    if row.host.hasPrefix("www."), places.count == 1 {
      places.append((name: DomainSecret.challengeName(String(row.host.dropFirst(4))), token: nil))
    }
    for (index, place) in places.enumerated() {
      let (finding, texts, isComplete) = texts(at: place.name, place.token)
      if place.token != nil { findings.append(finding) }
      if index == 0 { seen.texts = texts }
      tokens = isComplete ? tokens?.union(texts.compactMap(DomainSecret.token(of:))) : nil
    }
    if findings.contains(.yes) { return (.yes, tokens) }
    for case .unknown(let trouble) in findings { return (.unknown(trouble), tokens) }
    return (findings.first ?? .no(.missing), tokens)
  }

  /// - Returns: besides, the texts that the zone's own servers hold, and whether those could be asked.
  private func texts(at name: String, _ token: String?) -> (DomainFinding, [String], Bool) {
    let answers: [DNSAnswer]
    do throws(DNSFailure) {
      switch try dns.queryAuthoritative(name, .txt) {
      case .agreed(let answer): answers = [answer]
      case .split(let different): answers = different
      }
    } catch {
      return (.unknown(.init(error)), [], false)
    }
    let texts = answers.map(\.ownTexts)
    let all = Array(Set(texts.joined())).sorted()
    guard let token else { return (.no(.missing), all, true) }
    let value = DomainSecret.value(token)
    let resolved: [String]
    do throws(DNSFailure) {
      resolved = try dns.query(name, .txt).ownTexts
    } catch {
      return (.unknown(.init(error)), all, true)
    }
    let holders = texts.filter { $0.contains(value) }.count
    if holders == texts.count, resolved.contains(value) { return (.yes, all, true) }
    if holders == 0, !resolved.contains(value) { return (.no(all.isEmpty ? .missing : .wrong), all, true) }
    return (.unknown(.spreading), all, true)
  }

  // MARK: - The address

  private func address(_ host: String, _ seen: inout DomainSeen) -> DomainFinding {
    var addresses: [String] = []
    do throws(DNSFailure) {
      for type in [DNSRecordType.a, .aaaa] {
        let answer = try dns.query(host, type)
        if seen.chain.isEmpty { seen.chain = answer.chain }
        addresses += answer.addresses
      }
    } catch {
      return .unknown(.init(error))
    }
    seen.addresses = addresses
    return verdict(chain: seen.chain, addresses)
  }

  /// A name below the sites' host that is not the customer's own target leads to somebody else, or used to.
  private func verdict(chain: [String], _ addresses: [String]) -> DomainFinding {
    if let target = chain.first(where: { $0 == sitesHost || $0.hasSuffix(".\(sitesHost)") }) {
      return targets.contains(target) ? .yes : .no(.wrong)
    }
    if addresses.isEmpty { return .no(chain.isEmpty ? .missing : .wrong) }
    return addresses.allSatisfy(ours.addresses.contains) ? .yes : .no(.wrong)
  }

  private func confirm(_ finding: DomainFinding, _ host: String) -> DomainFinding {
    do throws(DNSFailure) {
      var addresses: [[String]] = []
      var chains: [[String]] = []
      for type in [DNSRecordType.a, .aaaa] {
        switch try dns.queryAuthoritative(host, type) {
        case .split: return .unknown(.spreading)
        case .agreed(let answer):
          chains.append(answer.chain)
          addresses.append(answer.addresses)
        }
      }
      let chain = chains.first { !$0.isEmpty } ?? []
      return verdict(chain: chain, Array(addresses.joined())) == .yes ? .unknown(.spreading) : finding
    } catch {
      return .unknown(.init(error))
    }
  }
}

extension DNSAnswer {
  /// Texts that stand at the name itself: what another name lends it proves nothing.
  fileprivate var ownTexts: [String] {
    guard chain.isEmpty else { return [] }
    return records.compactMap { if case .text(let text) = $0.value { text } else { nil } }
  }

  var addresses: [String] {
    records.compactMap { if case .address(let address) = $0.value { address } else { nil } }
  }
}

extension DomainSeen.Trouble {
  init(_ failure: DNSFailure) {
    switch failure {
    case .timeout: self = .timeout
    case .refused: self = .refused
    case .malformed: self = .malformed
    case .loop: self = .loop
    }
  }
}
