import Foundation

/// An authority of the tests' own, and what it signed, in a temporary folder that goes with the process.
struct Certificates {
  /// Made once: it takes a dozen runs of openssl.
  static let shared = Result { try Certificates() }

  let folder: URL
  /// The authority's certificate.
  var authority: String { path("authority.pem") }

  private init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit {
      if case .success(let made) = Certificates.shared { try? FileManager.default.removeItem(at: made.folder) }
    }
    try run(
      """
      authority() {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
          -keyout $1.key -out $1.pem
      }
      signed() {
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server -keyout $1.key \
          -addext "subjectAltName=$2" -out $1.csr
        openssl x509 -req -in $1.csr -CA $4.pem -CAkey $4.key -CAcreateserial -copy_extensions copy -days $3 -out $1.pem
      }
      authority authority; authority stranger
      signed good DNS:localhost,IP:127.0.0.1 2 authority
      signed elsewhere DNS:elsewhere.example 2 authority
      signed expired DNS:localhost,IP:127.0.0.1 -1 authority
      signed unknown DNS:localhost,IP:127.0.0.1 2 stranger
      """)
  }

  /// The lines of nginx's configuration that name a certificate.
  func lines(_ name: String) -> String {
    "ssl_certificate \(path(name + ".pem")); ssl_certificate_key \(path(name + ".key"));"
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func run(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }
}
