import Services
import Testing

@testable import Billing

@Suite("Mailboxes")
struct MailboxTests {
  @Test(
    "are one for all addresses that the provider takes for the same",
    arguments: [
      ("anna@example.org", "anna@example.org"),
      ("Anna@Example.ORG", "anna@example.org"),
      ("anna+shop@example.org", "anna@example.org"),
      ("anna+a+b@example.org", "anna@example.org"),
      ("a.nna@example.org", "a.nna@example.org"),
      ("an-na@example.org", "an-na@example.org"),
      ("a.n.n.a@gmail.com", "anna@gmail.com"),
      ("A.nna+x@GoogleMail.com", "anna@gmail.com"),
      ("an-na@gmail.com", "an-na@gmail.com"),
      ("a.n-n_a+x@proton.me", "anna@proton.me"),
      ("anna@protonmail.com", "anna@proton.me"),
      ("an.na@pm.me", "anna@proton.me"),
      ("a.nna+x@outlook.com", "a.nna@outlook.com"),
      ("a.nna+x@icloud.com", "a.nna@icloud.com"),
      ("anna@me.com", "anna@icloud.com"),
      ("anna-shop@yahoo.de", "anna@yahoo.de"),
      ("a.nna@yahoo.com", "a.nna@yahoo.com"),
      ("an.na@yandex.com", "an-na@yandex.ru"),
      ("an-na@ya.ru", "an-na@yandex.ru"),
      ("anna+x@fastmail.com", "anna@fastmail.com"),
      ("shop@anna.fastmail.com", "anna@fastmail.com"),
      ("a.nna@fastmail.com", "a.nna@fastmail.com"),
      ("anna@b\u{FC}cher.example", "anna@xn--bcher-kva.example"),
      ("anna+x@B\u{DC}CHER.example", "anna@xn--bcher-kva.example"),
      ("anna@XN--bcher-kva.example", "anna@xn--bcher-kva.example"),
      ("a.nna@\u{FF47}\u{FF4D}\u{FF41}\u{FF49}\u{FF4C}.com", "anna@gmail.com"),
      ("anna@\u{FF27}mail.\u{FF23}OM", "anna@gmail.com"),
      ("anna@fa\u{DF}.example", "anna@xn--fa-hia.example"),
      ("anna@notgmail.com", "anna@notgmail.com"),
      ("a.nna@mail.gmail.com", "a.nna@mail.gmail.com"),
    ])
  func canonical(_ typed: String, _ expected: String) throws {
    let address = try #require(EmailAddress(typed))
    #expect(Mailbox(address).text == expected)
  }

  @Test("never lose all of their name", arguments: ["+x@example.org", "-x@yahoo.com"])
  func names(_ typed: String) throws {
    let address = try #require(EmailAddress(typed))
    #expect(Mailbox(address).text == typed)
  }

  @Test("are remembered by a digest only")
  func digest() throws {
    let one = try #require(EmailAddress("a.nna+x@gmail.com"))
    let other = try #require(EmailAddress("anna@googlemail.com"))
    let stranger = try #require(EmailAddress("anne@gmail.com"))
    #expect(Mailbox(one).digest.count == 32)
    #expect(Mailbox(one).digest == Mailbox(other).digest)
    #expect(Mailbox(one).digest != Mailbox(stranger).digest)
  }
}
