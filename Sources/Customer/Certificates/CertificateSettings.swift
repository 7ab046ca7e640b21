package import ACME
import Locks

/// What Customer must know to get certificates.
package struct CertificateSettings: Sendable {
  let client: ACMEClient
  /// Where the web server takes them from.
  let folder: CertificateFolder
  /// How many orders are under way at once in this process: the other workers have mails to send.
  let lanes = Bulkhead(limit: 2)

  /// - Parameter folder: of one file a host.
  package init(_ acme: ACMESettings, folder: String) {
    client = ACMEClient(acme)
    self.folder = CertificateFolder(path: folder)
  }
}
