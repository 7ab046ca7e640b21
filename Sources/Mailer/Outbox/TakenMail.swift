import Database
import FoundationEssentials
import HTTP
import Services

/// A mail that this process may send until its lease ends.
struct TakenMail: Sendable {
  let id: UUID
  let template: String
  let lane: MailLane
  /// The frozen body of the request.
  let body: [UInt8]
  /// 1 at the first try; with the id it names this sender.
  let attempt: Int
  let acceptedAt: Instant
  let takenAt: Timestamp
  /// Whether an earlier request for it may have had its effect.
  let wasMaybeSent: Bool

  /// Whether nothing of it may stay once it is sent.
  var isSecret: Bool { Mail.secretTemplates.contains(template) }
  /// Whether its secret is void after minutes.
  var isCode: Bool { Mail.codeTemplates.contains(template) }

  /// Towards the transport: a repeat has the same one.
  var idempotencyKey: String { id.uuidString.lowercased() }
}
