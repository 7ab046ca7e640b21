import HTTP
import Services

/// What KV holds of a session, under the digest of its cookie's value.
struct SessionRecord: Sendable, Equatable {
  /// The public id, for the list of sessions and the log; it opens nothing.
  let id: String
  let user: UserID
  /// The user's epoch when the session was opened.
  var epoch: Int64
  private(set) var createdAt: Instant
  var lastSeenAt: Instant
  /// When its person last proved the address: at login, or by a code since.
  var provedAt: Instant
  /// For whom the person acts; nil: for nobody yet.
  var customer: CustomerID?
  let userAgent: String

  /// A session ends after this time without a request.
  static let idleSeconds: Int64 = 12 * 3600
  /// A session ends at this age, however busy it is.
  static let absoluteSeconds: Int64 = 30 * 86_400
  /// A usual request must not write to KV: the last use is noted this often only.
  static let touchSeconds: Int64 = 300

  /// A proof is good for this time.
  static let proofSeconds: Int64 = 600
  /// What a session's cookie is replaced by may still be asked for by requests that are under way.
  static let replacedSeconds: Int64 = 10

  /// Whether the person has proved the address lately, so that it is still them.
  func isProved(at now: Instant) -> Bool {
    now < provedAt.adding(seconds: Self.proofSeconds)
  }

  /// The moment after which the session is void.
  var expiresAt: Instant { createdAt.adding(seconds: Self.absoluteSeconds) }

  /// How long KV shall keep the record, in milliseconds.
  func lifetimeMilliseconds(at now: Instant) -> Int {
    Int(max(1, min(Self.idleSeconds * 1000, expiresAt.milliseconds(since: now))))
  }

  func isValid(at now: Instant) -> Bool {
    now < expiresAt && now < lastSeenAt.adding(seconds: Self.idleSeconds + Self.touchSeconds)
  }

  /// Has the session end soon. By its age, so that whatever is still written of it cannot prolong it.
  mutating func end(within seconds: Int64, at now: Instant) {
    createdAt = min(createdAt, now.adding(seconds: seconds - Self.absoluteSeconds))
  }

  /// One line of fields; short, as it is read on every request.
  var bytes: [UInt8] {
    Array(
      """
      \(id)
      \(user.text)
      \(epoch)
      \(createdAt.microseconds)
      \(lastSeenAt.microseconds)
      \(provedAt.microseconds)
      \(customer?.text ?? "")
      \(userAgent)
      """.utf8)
  }

  init(id: String, user: UserID, epoch: Int64, createdAt: Instant, customer: CustomerID?, userAgent: String) {
    self.id = id
    self.user = user
    self.epoch = epoch
    self.createdAt = createdAt
    lastSeenAt = createdAt
    provedAt = createdAt
    self.customer = customer
    self.userAgent = userAgent
  }

  init?(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x0A, maxSplits: 7, omittingEmptySubsequences: false)
    guard parts.count == 8, let user = UserID(String(decoding: parts[1], as: UTF8.self)),
      let epoch = Int64(String(decoding: parts[2], as: UTF8.self)),
      let createdAt = Int64(String(decoding: parts[3], as: UTF8.self)),
      let lastSeenAt = Int64(String(decoding: parts[4], as: UTF8.self)),
      let provedAt = Int64(String(decoding: parts[5], as: UTF8.self))
    else { return nil }
    id = String(decoding: parts[0], as: UTF8.self)
    self.user = user
    self.epoch = epoch
    self.createdAt = Instant(microseconds: createdAt)
    self.lastSeenAt = Instant(microseconds: lastSeenAt)
    self.provedAt = Instant(microseconds: provedAt)
    customer = CustomerID(String(decoding: parts[6], as: UTF8.self))
    userAgent = String(decoding: parts[7], as: UTF8.self)
  }
}

/// A session that was found valid, with all that the pipeline needs of its user.
struct ActiveSession: Sendable {
  let record: SessionRecord
  /// The key under which KV holds the record.
  let key: String
  let standing: Standing
  /// What the customer may do for whom the person acts; nil without one.
  let entitlements: Entitlements?
}
