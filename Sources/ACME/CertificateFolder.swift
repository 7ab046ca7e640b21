internal import Glibc

/// The folder from which the web server takes certificates: `<host>.pem` holds key and chain, so that one rename
/// changes both.
package struct CertificateFolder: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// Whether files can be put here.
  package var isUsable: Bool { unsafe access(path, R_OK | W_OK | X_OK) == 0 }

  /// Puts a host's key and chain in place. The folder's group may read them when it may look into the folder: that is
  /// the web server's, and nobody else's.
  package func put(_ host: String, _ material: KeyAndCertificate) throws(ACMEFileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw ACMEFileError("look at \(path)") }
    let mode: mode_t = status.st_mode & S_IXGRP != 0 ? 0o640 : 0o600
    try FolderFiles.replace(path, Self.name(host), material.pem, mode: mode)
  }

  /// Removes a host's file; from now on handshakes for it are refused.
  package func remove(_ host: String) throws(ACMEFileError) {
    try FolderFiles.remove(path, Self.name(host))
  }

  /// Removes what was begun and not put in place before a moment (seconds since 1970): keys are in it.
  package func removeLeftovers(before moment: Int64) {
    FolderFiles.removeTemporary(path, before: moment)
  }

  /// What lies there for a host.
  package func facts(_ host: String) -> CertificateFacts? {
    FolderFiles.read("\(path)/\(Self.name(host))").flatMap { CertificateFacts(pem: $0) }
  }

  /// The hosts that have a file.
  package func hosts() -> [String] {
    FolderFiles.names(path).filter { $0.hasSuffix(".pem") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }
  }

  /// A host is a name of letters, digits, hyphens and dots: it leads nowhere else.
  private static func name(_ host: String) -> String {
    precondition(!host.contains("/") && !host.hasPrefix("."), "a host's name")
    return "\(host).pem"
  }
}

/// A host's key with the chain of its certificate.
package struct KeyAndCertificate: Sendable {
  package let facts: CertificateFacts
  let pem: String

  /// - Returns: nil unless the certificate is for this host and this key.
  init?(host: String, key: String, chain: String) {
    guard let facts = CertificateFacts(pem: chain), let own = ECKey(pem: key), facts.point == own.point,
      facts.hosts.contains(host)
    else { return nil }
    self.facts = facts
    pem = key + (key.hasSuffix("\n") ? "" : "\n") + chain
  }
}
