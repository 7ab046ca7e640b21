import Database
import HTTP
import Services

extension CustomerModule {
  /// Tells the owners that a domain works.
  func mailVerified(_ row: DomainRow, _ transaction: Transaction) throws {
    try mailOwners(
      of: row, .domainVerified(domain: row.id.text, host: row.host, dashboard: domainPage(row)), transaction)
  }

  /// Tells the owners that a domain does not lead here any more, or that it is not served any more for that.
  ///
  /// - Parameter since: tells one outage from the next.
  func mailBroken(_ row: DomainRow, since: Instant, _ transaction: Transaction) throws {
    try mailOwners(
      of: row, .domainBroken(domain: row.id.text, host: row.host, since: since, dashboard: domainPage(row)), transaction
    )
  }

  private func domainPage(_ row: DomainRow) -> String { "\(settings.dashboard)/domains/\(row.id.text)" }

  private func mailOwners(of row: DomainRow, _ mail: Mail, _ transaction: Transaction) throws {
    for owner in try owners(of: row.customer.uuid, transaction) {
      try mailer.enqueue(mail, to: owner.email, language: owner.language, in: transaction)
    }
  }
}
