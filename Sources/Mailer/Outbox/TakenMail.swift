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

  var isLogin: Bool { template == Mail.loginTemplate }

  /// Towards the transport: a repeat has the same one.
  var idempotencyKey: String { id.uuidString.lowercased() }
}
