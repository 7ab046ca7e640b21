import Database
import DomainNames
import HTTP
package import Services

extension CustomerModule {
  /// The first label and the sites' host: where the customer's CNAME records are to lead.
  func target(_ label: String) -> String { settings.host(slug: label) }

  /// The records of a domain, the proof first.
  func records(of row: DomainRow) -> [DomainRecord] {
    guard let addresses = settings.domains else { return [] }
    let proof = row.proofs[0]
    let text = DomainRecord(
      purpose: .proof, kind: .text, name: proof.name, zone: row.registrable,
      expected: [DomainSecret.value(proof.token)], seen: row.seen.texts, state: row.seen.proof)
    let needed = DomainRecords(
      host: row.host, registrable: row.registrable, addresses: addresses, target: target(row.label))
    return [text] + needed.addresses(row.seen)
  }

  /// A domain as the API shows it.
  func json(of row: DomainRow, _ certificate: CertificateState, _ language: Language) -> JSON {
    let pausesAt = row.failingSince.map { $0.adding(seconds: DomainRow.failingSeconds) }
    return [
      "id": .string(row.id.text), "host": .string(row.host), "name": .string(DomainNames.unicodeDomain(row.host)),
      "site_id": JSON(row.site?.text), "primary": .bool(row.isPrimary), "www_of": JSON(row.wwwOf?.text),
      "state": .string(row.state.rawValue), "paused": .bool(row.isPausedByPlan), "live": .bool(row.isLive),
      "explanation": .string(DomainWords(language).explanation(of: row, certificate)),
      "conflict": .bool(row.hasConflict), "records": .array(records(of: row).map(\.json)),
      "checked_at": JSON(row.checkedAt?.rfc3339),
      "next_check_at": JSON(row.state == .expired ? nil : row.nextCheckAt.rfc3339),
      "expires_at": JSON(row.expiresAt?.rfc3339), "verified_at": JSON(row.verifiedAt?.rfc3339),
      "failing_since": JSON(row.failingSince?.rfc3339), "pauses_at": JSON(pausesAt?.rfc3339),
      "certificate": certificate.json(language), "created_at": .string(row.createdAt.rfc3339),
    ]
  }

  /// Whether a domain is served, as an expression over `customer.domains d`.
  var isLive: SQL {
    "(d.state IN ('active', 'failing') AND NOT d.paused_by_plan AND d.site_id IS NOT NULL AND \(hasCertificate))"
  }

  /// - Parameter rest: what follows `FROM customer.domains d`.
  func domainRows(_ rest: SQL, _ transaction: Transaction) throws -> [DomainRow] {
    try transaction.query("SELECT \(DomainRow.columns(isLive: isLive)) FROM customer.domains d \(rest)")
      .map { try DomainRow($0) }
  }

  /// The domains of a statement as the API shows them.
  func domainDocuments(_ rest: SQL, _ language: Language, _ transaction: Transaction) throws -> [JSON] {
    let rows = try domainRows(rest, transaction)
    let certificates = try certificateStates(of: rows.map(\.id), transaction)
    return rows.map { json(of: $0, certificates[$0.id] ?? CertificateState(.waiting), language) }
  }

  package func domains(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let after = try page.identifier(DomainID.self)
    // One moment for both statements: a domain is not live without a certificate, nor waiting for one that it has.
    var items = try database.transaction(.repeatableRead, readOnly: true) { transaction in
      try domainDocuments(
        """
        WHERE d.customer_id = \(caller.customer.uuid) AND d.id > \(after.uuid) ORDER BY d.id LIMIT \(page.limit + 1)
        """, caller.language, transaction)
    }
    var next: String?
    if items.count > page.limit {
      items.removeLast()
      next = items.last?.text("id")
    }
    let list: JSON = ["items": .array(items), "next": JSON(next)]
    return list.bytes
  }

  package func domain(_ domain: DomainID, _ caller: Caller) throws -> [UInt8] {
    try database.transaction(.repeatableRead, readOnly: true) { try self.document(domain, caller, $0).bytes }
  }

  /// - Throws: ``Problem`` of 404 when the domain is not the caller's.
  func document(_ domain: DomainID, _ caller: Caller, _ transaction: Transaction) throws -> JSON {
    let found = try domainDocuments(
      "WHERE d.id = \(domain.uuid) AND d.customer_id = \(caller.customer.uuid)", caller.language, transaction)
    guard let document = found.first else { throw Problem(.notFound) }
    return document
  }
}
