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
  func permission(for due: DueCertificate) -> CertificatePermission {
    let ours = settings.domains?.certificateAuthorities ?? []
    var name = due.host[...]
    while true {
      do throws(DNSFailure) {
        let records = try dns.query(String(name), .caa).records
        if !records.isEmpty { return CertificatePermission(records, ours, at: String(name)) }
      } catch {
        return .refused(.caaUnclear, detail: "\(name): \(error)")
      }
      guard name != due.registrable, let dot = name.firstIndex(of: ".") else { return .given }
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
