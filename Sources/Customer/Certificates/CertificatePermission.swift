import DNS

/// Whether the domain's owner lets our authority issue for it (CAA, RFC 8659).
enum CertificatePermission {
  case given
  case refused(CertificateProblem, detail: String)
}

extension CustomerModule {
  /// Asks before the authority does: what it refuses counts against us.
  ///
  /// The nearest records up the tree count, up to the registrable domain; what stands above that is no customer's.
  ///
  /// - Returns: nil when the heartbeat said that it should end.
  func permission(for due: DueCertificate, heartbeat: () -> Bool) -> CertificatePermission? {
    let begin = ContinuousClock.now
    let tree = CAATree(
      host: due.host, registrable: due.registrable, authorities: settings.domains?.certificateAuthorities ?? [])
    return tree.permission(
      isLate: { begin.duration(to: .now) > CAATree.patience }, heartbeat: heartbeat,
      ask: { name throws(DNSFailure) in try dns.query(name, .caa).records })
  }
}

/// The names whose CAA records count for a host.
struct CAATree {
  let host: String
  let registrable: String
  /// The names of our authority, in lower case.
  let authorities: [String]

  /// How long names are gone through; the last question may take its own time beyond it. Slow name servers of one
  /// customer are not to hold up the certificates of others.
  static let patience: Duration = .seconds(10)

  /// - Parameters:
  ///   - isLate: whether no further question is begun.
  ///   - heartbeat: called before each question; false ends this.
  ///   - ask: for the CAA records of a name.
  /// - Returns: nil when the heartbeat said that it should end.
  func permission(
    isLate: () -> Bool, heartbeat: () -> Bool, ask: (String) throws(DNSFailure) -> [DNSRecord]
  ) -> CertificatePermission? {
    var name = host[...]
    while true {
      guard heartbeat() else { return nil }
      if isLate() { return .refused(.caaUnclear, detail: "\(name): the answers took too long") }
      do throws(DNSFailure) {
        let records = try ask(String(name))
        if !records.isEmpty { return CertificatePermission(records, authorities, at: String(name)) }
      } catch {
        return .refused(.caaUnclear, detail: "\(name): \(error)")
      }
      guard name != registrable, let dot = name.firstIndex(of: ".") else { return .given }
      name = name[name.index(after: dot)...]
    }
  }
}

extension CertificatePermission {
  /// - Parameters:
  ///   - ours: the names of our authority, in lower case.
  ///   - name: where the records stand.
  init(_ records: [DNSRecord], _ ours: [String], at name: String) {
    var issuers: [String] = []
    var isBounded = false
    for case .caa(let flags, let tag, let value) in records.map(\.value) {
      switch tag {
      case "issue":
        isBounded = true
        issuers.append(Self.issuer(value))
      case "issuewild", "iodef", "issuemail", "issuevmc", "contactemail", "contactphone": break
      // Whoever does not know what a critical record asks for must not issue.
      default:
        guard flags & 128 == 0 else {
          self = .refused(.caaForbids, detail: "\(name): critical \(tag)")
          return
        }
      }
    }
    let named = issuers.filter { !$0.isEmpty }.joined(separator: ", ")
    let isGiven = !isBounded || issuers.contains(where: ours.contains)
    self = isGiven ? .given : .refused(.caaForbids, detail: "\(name): \(named.isEmpty ? "nobody" : named)")
  }

  /// The authority's name alone: parameters may follow it.
  private static func issuer(_ value: String) -> String {
    String((value.split(separator: ";", omittingEmptySubsequences: false).first ?? "").filter { !$0.isWhitespace })
      .lowercased()
  }
}
