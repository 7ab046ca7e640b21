import Foundation
import HTTP
import KV
import Services
import Support
import Synchronization
import Testing

@testable import Core

@Suite("A login is confirmed once, by whom it was meant for", .serialized)
struct LoginAttemptsTests {
  private let server: RedisServer
  private let attempts: LoginAttempts
  private let email: EmailAddress

  init() throws {
    server = try RedisServer()
    let address = try #require(KVConfiguration.Address("unix:\(server.socket)"))
    attempts = LoginAttempts(KV(KVConfiguration(address: address, poolSize: 32)) { _ in })
    email = try #require(EmailAddress("anna@example.com"))
    try attempts.start(email: email, language: .german, token: "token", code: "123456", nonce: "nonce")
  }

  private var proof: LoginAttempts.Outcome { .proved(.init(email: "anna@example.com", language: .german)) }

  @Test("The link works in the browser that asked, once")
  func link() throws {
    #expect(try attempts.confirm(token: "token", nonce: "nonce") == proof)
    #expect(try attempts.confirm(token: "token", nonce: "nonce") == .refused(remainingTries: 0))
    #expect(try attempts.confirm(email: email, code: "123456", nonce: "nonce") == .refused(remainingTries: 0))
  }

  @Test("In another browser the link is not used up")
  func foreignLink() throws {
    #expect(try attempts.confirm(token: "token", nonce: nil) == .foreignBrowser)
    #expect(try attempts.confirm(token: "token", nonce: "other") == .foreignBrowser)
    #expect(try attempts.confirm(token: "token", nonce: "nonce") == proof)
  }

  @Test("The code works anywhere, once", arguments: ["nonce", "other", nil])
  func code(_ nonce: String?) throws {
    #expect(try attempts.confirm(email: email, code: "123456", nonce: nonce) == proof)
    #expect(try attempts.confirm(email: email, code: "123456", nonce: nonce) == .refused(remainingTries: 0))
    #expect(try attempts.confirm(token: "token", nonce: "nonce") == .refused(remainingTries: 0))
  }

  @Test("Five wrong codes void it")
  func tries() throws {
    for left in [4, 3, 2, 1, 0] {
      #expect(try attempts.confirm(email: email, code: "000000", nonce: "nonce") == .refused(remainingTries: left))
    }
    #expect(try attempts.confirm(email: email, code: "123456", nonce: "nonce") == .refused(remainingTries: 0))
  }

  @Test("A stranger's wrong codes lock out the stranger, not the browser that asked")
  func strangersTries() throws {
    for _ in 1...6 { _ = try attempts.confirm(email: email, code: "000000", nonce: nil) }
    #expect(try attempts.confirm(email: email, code: "123456", nonce: nil) == .refused(remainingTries: 0))
    #expect(try attempts.confirm(email: email, code: "123456", nonce: "nonce") == proof)
  }

  @Test("A new mail voids the code before it")
  func restart() throws {
    try attempts.start(email: email, language: .english, token: "second", code: "654321", nonce: "nonce")
    #expect(try attempts.confirm(email: email, code: "123456", nonce: "nonce") == .refused(remainingTries: 4))
    #expect(
      try attempts.confirm(email: email, code: "654321", nonce: "nonce")
        == .proved(.init(email: "anna@example.com", language: .english)))
  }

  @Test("Another address's code is worth nothing")
  func otherAddress() throws {
    let other = try #require(EmailAddress("eve@example.com"))
    #expect(try attempts.confirm(email: other, code: "123456", nonce: "nonce") == .refused(remainingTries: 0))
  }

  @Test("Of 100 parallel uses one wins", arguments: [true, false])
  func parallel(_ byLink: Bool) {
    let wins = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 100) { _ in
      let outcome =
        byLink
        ? try? attempts.confirm(token: "token", nonce: "nonce")
        : try? attempts.confirm(email: email, code: "123456", nonce: "nonce")
      if outcome == proof { wins.withLock { $0 += 1 } }
    }
    #expect(wins.withLock { $0 } == 1)
  }

  @Test("Nothing secret is stored as it is")
  func storedAsDigests() {
    let keys = server.cli("KEYS", "*")
    #expect(!keys.contains("token\n") && !keys.contains("anna"))
    for key in keys.split(separator: "\n") where key.hasPrefix("login:attempt") {
      let values = server.cli("HVALS", String(key))
      #expect(!values.contains("123456") && !values.contains("nonce"))
    }
  }
}
