import Database
import FoundationEssentials
import HTTP
import Services

/// A webhook of Resend's (https://resend.com/docs/webhooks/event-types), as far as it is of use and may be kept:
/// addresses are looked at only where they are to be suppressed, subjects never, since a login mail's holds its code.
struct MailWebhook {
  let type: String
  let occurredAt: Timestamp?
  /// Resend's id of the mail.
  let providerID: String?
  /// Ours, from the mail's tag.
  let mail: UUID?
  /// The kind of bounce or failure.
  let detail: String?
  /// Who shall get no mail any more.
  let suppressed: [String]

  init(_ body: [UInt8]) {
    let json = try? JSONParser.parse(body)
    let data = json?["data"]
    let type = json?["type"]?.stringValue.map { String($0.prefix(100)) } ?? "unreadable"
    self.type = type
    occurredAt = json?["created_at"]?.stringValue.flatMap { Instant(rfc3339: $0) }
      .map { Timestamp(microseconds: $0.microseconds) }
    providerID = data?["email_id"]?.stringValue.map { String($0.prefix(100)) }
    mail = data.flatMap { Self.tag("mail", $0) }.flatMap { UUID(uuidString: $0) }
    let bounce = data?["bounce"]?["type"]?.stringValue
    switch type {
    case "email.bounced":
      detail = [bounce, data?["bounce"]?["subType"]?.stringValue].compactMap { $0?.prefix(100) }.joined(separator: "/")
    case "email.failed": detail = data?["failed"]?["reason"]?.stringValue.map { String($0.prefix(100)) }
    case "email.suppressed": detail = data?["suppressed"]?["type"]?.stringValue.map { String($0.prefix(100)) }
    default: detail = nil
    }
    let suppresses =
      type == "email.complained" || type == "email.suppressed" || (type == "email.bounced" && bounce == "Permanent")
    suppressed = suppresses ? data.map(Self.recipients) ?? [] : []
  }

  /// Why ``suppressed`` are, as the table knows it.
  var suppressionReason: String { String(type.dropFirst("email.".count)) }

  /// Bare addresses, in one order, so that two transactions cannot wait for each other.
  private static func recipients(_ data: JSON) -> [String] {
    let texts = data["to"]?.arrayValue?.compactMap(\.stringValue) ?? data["to"]?.stringValue.map { [$0] } ?? []
    let addresses = texts.prefix(50).compactMap { text in
      let bare = text.lastIndex(of: "<").map { text[text.index(after: $0)...].prefix { $0 != ">" } } ?? text[...]
      return EmailAddress(String(bare))?.text
    }
    return Set(addresses).sorted()
  }

  /// A tag's value. Webhooks have tags as an object; what was sent is a list.
  private static func tag(_ name: String, _ data: JSON) -> String? {
    guard let tags = data["tags"] else { return nil }
    return tags[name]?.stringValue
      ?? tags.arrayValue?.first { $0["name"]?.stringValue == name }?["value"]?.stringValue
  }
}
