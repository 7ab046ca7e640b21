import Crypto
import DomainNames
import Services

/// The mailbox that an address leads to, as far as its provider's rules are known: two addresses of one mailbox are
/// one person's.
///
/// What follows a plus sign is a tag with nearly every provider, and taken off for all; the other rules are those that
/// a provider documents. It is used to tell persons apart only, never to send to.
struct Mailbox: Equatable {
  let text: String

  init(_ address: EmailAddress) {
    let at = address.text.lastIndex(of: "@") ?? address.text.endIndex
    var local = String(address.text[..<at])
    var domain = String(address.text[at...].dropFirst())
    // One domain has many spellings: letters beyond ASCII, their punycode, full width.
    domain = DomainNames.asciiDomain(domain) ?? domain
    if let tag = local.firstIndex(of: "+"), tag != local.startIndex { local = String(local[..<tag]) }
    Self.applyRules(&local, &domain)
    text = "\(local)@\(domain)"
  }

  /// SHA-256, under which a trial is remembered: nobody's address outlives the account.
  var digest: [UInt8] {
    Array(SHA256.hash(data: Array(text.utf8)))
  }

  private static func applyRules(_ local: inout String, _ domain: inout String) {
    // Fastmail delivers anything@name.fastmail.com to name@fastmail.com.
    for host in fastmail where domain.hasSuffix(".\(host)") {
      local = String(domain.dropLast(host.utf8.count + 1).split(separator: ".").last ?? "")
      domain = host
    }
    if gmail.contains(domain) {
      local.removeAll { $0 == "." }
      domain = "gmail.com"
    } else if proton.contains(domain) {
      local.removeAll { $0 == "." || $0 == "-" || $0 == "_" }
      domain = "proton.me"
    } else if apple.contains(domain) {
      domain = "icloud.com"
    } else if yandex.contains(domain) {
      local = String(local.map { $0 == "." ? "-" : $0 })
      domain = "yandex.ru"
    } else if isYahoo(domain) {
      // Disposable addresses are name-keyword; names themselves hold no hyphen.
      if let hyphen = local.firstIndex(of: "-"), hyphen != local.startIndex { local = String(local[..<hyphen]) }
    }
  }

  /// Dots do not matter in Gmail addresses: support.google.com/mail/answer/7436150; both names are one.
  private static let gmail: Set = ["gmail.com", "googlemail.com"]
  /// Dots, hyphens and underscores do not matter, and a name is the same person's in each of these domains.
  private static let proton: Set = ["proton.me", "protonmail.com", "protonmail.ch", "pm.me"]
  /// An address of one is an alias in the others.
  private static let apple: Set = ["icloud.com", "me.com", "mac.com"]
  /// Dot and hyphen are the same sign, and all national names are one.
  private static let yandex: Set = [
    "yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "yandex.com.tr",
  ]
  private static let fastmail = ["fastmail.com", "fastmail.fm"]

  private static func isYahoo(_ domain: String) -> Bool {
    ["yahoo.", "ymail.", "rocketmail."].contains { domain.hasPrefix($0) }
  }
}
