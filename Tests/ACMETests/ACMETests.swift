import Glibc
import Testing

@testable import ACME

@Suite("Keys and certificates of an authority")
struct ACMETests {
  @Test("The account's thumbprint is that of RFC 7638")
  func thumbprint() throws {
    #expect(try #require(ECKey(pem: Self.key)).thumbprint == "zBsYruEzbkOoIiwd38290_ZfzdShIuc12xD5HAHi_-A")
  }

  @Test("A private key with a zero byte in front, as GnuTLS writes half of them, is read too")
  func longKey() {
    #expect(ECKey(pem: Self.longKey) != nil)
  }

  @Test("A certificate says who issued it, until when, and for which hosts")
  func facts() throws {
    let facts = try #require(CertificateFacts(pem: Self.certificate))
    #expect(facts.issuer == "Example Trust (E5)")
    #expect(facts.serial == "f1a2b3c4d5e6f708")
    #expect(facts.notBefore == 1_795_298_352)
    #expect(facts.notAfter == 1_803_074_352)
    #expect(facts.hosts == ["shop.example.com", "www.shop.example.com"])
  }

  @Test("A certificate goes with its own key and its own hosts only")
  func fit() {
    #expect(KeyAndCertificate(host: "shop.example.com", key: Self.key, chain: Self.certificate) != nil)
    #expect(KeyAndCertificate(host: "other.example.com", key: Self.key, chain: Self.certificate) == nil)
    #expect(KeyAndCertificate(host: "shop.example.com", key: Self.longKey, chain: Self.certificate) == nil)
  }

  @Test("What is cut off or changed anywhere is read or refused, but never harms")
  func broken() {
    let text = Self.certificate
    for length in stride(from: 0, to: text.utf8.count, by: 7) {
      _ = CertificateFacts(pem: String(text.prefix(length)) + "\n-----END CERTIFICATE-----\n")
      var bytes = Array(text.utf8)
      bytes[length] = bytes[length] == 65 ? 66 : 65
      _ = CertificateFacts(pem: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test(
    "What the client says is understood",
    arguments: [
      ("urn:ietf:params:acme:error:rateLimited", ACMEFailure.Kind.rateLimited),
      ("urn:ietf:params:acme:error:caa", .caa), ("urn:ietf:params:acme:error:connection", .unreachable),
      ("urn:ietf:params:acme:error:unauthorized", .wrongAnswer), ("urn:ietf:params:acme:error:dns", .dns),
      ("urn:ietf:params:acme:error:serverInternal", .broken), ("urn:ietf:params:acme:error:malformed", .client),
      ("urn:ietf:params:acme:error:rejectedIdentifier", .refused),
      ("urn:ietf:params:acme:error:accountDoesNotExist", .account),
    ])
  func failures(_ type: String, _ kind: ACMEFailure.Kind) {
    let failure = ACMEFailure(
      message: """
        uacme: failed to create new order at https://ca.example/order
        uacme: the server reported the following error:
        {
            "type": "\(type)",
            "detail": "Said \\"so\\", and why",
            "status": 400
        }
        """)
    #expect(failure.kind == kind)
    #expect(failure.description == "Said \"so\", and why")
  }

  @Test("Files that were begun long ago are removed from the folder, and no others")
  func leftovers() throws {
    var template = Array("/tmp/smartpages-test-acme-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { FolderFiles.removeTree(path) }
    for name in [".old.de.pem.1-a", ".new.de.pem.1-a", "old.de.pem"] {
      try FolderFiles.replace(path, name, "key", mode: 0o600)
      var times = [timeval(tv_sec: name.contains("old") ? 1000 : 3000, tv_usec: 0)]
      times.append(times[0])
      #expect(utimes("\(path)/\(name)", times) == 0)
    }
    let folder = CertificateFolder(path: path)
    folder.removeLeftovers(before: 2000)
    #expect(Set(FolderFiles.names(path)) == [".new.de.pem.1-a", "old.de.pem"])
    #expect(folder.hosts() == ["old.de"])
  }

  @Test("A name that is too long for a file is not there, which is no error")
  func longName() throws {
    try CertificateFolder(path: "/tmp").remove(String(repeating: "a", count: 253))
  }

  @Test("No connection is told from a refusal")
  func away() {
    let text = "uacme: acme_get: curl_get failed\nuacme: failed to fetch directory at https://ca.example/dir\n"
    #expect(ACMEFailure(message: text).kind == .away)
    #expect(ACMEFailure(message: "uacme: something else\n").kind == .client)
  }

  private static let key = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIKYuDyiURKx7PoE77aP87q5ZABJCsRdrOdiDg+x51fvkoAoGCCqGSM49
    AwEHoUQDQgAETKQM3wCfMBolICs94C8tSwGeDfgSnXi97ztKAnrxRZIvWO2/9tIW
    DGGKDqydah/fu8EvWSH1Bv8csiI0xYDu9g==
    -----END EC PRIVATE KEY-----
    """

  private static let longKey = """
    -----BEGIN EC PRIVATE KEY-----
    MHgCAQEEIQD57LcHULI0SGJOvopp/LflskoGHRsMksuPikKaOd61qaAKBggqhkjO
    PQMBB6FEA0IABDyqgxDaYiJ3qCFe/qbbVt8q36zSpX6SDdEsX6/C+UweaO0B+7Jq
    0McTl6Or423tQgjjKSjWZy2ek5r/KQYmY0M=
    -----END EC PRIVATE KEY-----
    """

  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIICjDCCAXSgAwIBAgIJAPGis8TV5vcIMA0GCSqGSIb3DQEBCwUAMDIxCzAJBgNV
    BAYTAlVTMRYwFAYDVQQKDA1FeGFtcGxlIFRydXN0MQswCQYDVQQDDAJFNTAeFw0y
    NjExMjEyMTU5MTJaFw0yNzAyMTkyMTU5MTJaMBsxGTAXBgNVBAMMEHNob3AuZXhh
    bXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARMpAzfAJ8wGiUgKz3g
    Ly1LAZ4N+BKdeL3vO0oCevFFki9Y7b/20hYMYYoOrJ1qH9+7wS9ZIfUG/xyyIjTF
    gO72o4GGMIGDMDEGA1UdEQQqMCiCEFNob3AuZXhhbXBsZS5jb22CFHd3dy5zaG9w
    LmV4YW1wbGUuY29tMA4GA1UdDwEB/wQEAwIHgDAdBgNVHQ4EFgQUdOEfvpSqvxJG
    /FvCojOugQ3h79owHwYDVR0jBBgwFoAUiEpH/pSyYFd1z4QJwp+fI5+gy1gwDQYJ
    KoZIhvcNAQELBQADggEBACFWm9RXBcAgeBALPSEB97oQFr3q6TCcjx+80MRJUaEI
    /5btNEcueGeCpgM0XtlbM1An/4eDyjis+ShqHsiOUe94ttakPWtG5YY2V/L3uUag
    AsOz4EfCbwbLhA4LW3cAC/9vWj+qGDBdF0mDxAkkJVP271mC64slQoCkxQlh0mYh
    1Lg9J1JNygpTUvYI2/5rKvwWVjCl2zQ2CvBOBtStOyHfSt7qMsQwOsk2VX3ZfyZp
    AC6xeX87h6SZfXZCj2tyT53aCcLafIqYZaYEwNWWBVGJJtC2A6V9xqt6jvZ/cx0K
    JgrW+zBRnzc5aSunOLTZTMnjGxOydu1cgb7LTotmWqA=
    -----END CERTIFICATE-----
    """
}
