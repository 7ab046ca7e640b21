import Database
import Services

extension CustomerModule {
  /// Whether a domain may be served, as an expression over `customer.domains d`: without certificates at once.
  var hasCertificate: SQL { "true" }

  /// Has a certificate fetched for a domain that has just become the customer's.
  func requestCertificate(for domain: DomainID, _ transaction: Transaction) throws {}

  /// Has a domain's certificate forgotten, and revoked if it may be somebody else's by now.
  func releaseCertificate(of domain: DomainID, host: String, revoke: Bool, _ transaction: Transaction) throws {}

  /// The certificates of some domains.
  func certificateStates(of domains: [DomainID], _ transaction: Transaction) throws -> [DomainID: CertificateState] {
    Dictionary(domains.map { ($0, CertificateState(.off)) }) { first, _ in first }
  }
}
