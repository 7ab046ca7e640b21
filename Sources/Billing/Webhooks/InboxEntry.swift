import Crypto
import HTTP

/// An event as it goes into the inbox.
struct InboxEntry {
  /// How far an event has come.
  enum State: String, CaseIterable {
    case received, processed, parked, dead
  }

  /// Why an event is parked or dead.
  enum Reason: String {
    /// A live event on an installation with a test key, or the other way round.
    case wrongMode = "wrong_mode"
    /// Rendered in a version that this code does not read; its customer is fetched all the same.
    case apiVersion = "api_version"
    /// No account has that customer; processed when one gets it.
    case unknownCustomer = "unknown_customer"
    /// It names no customer, and a person should look at it: a dispute, a refund.
    case noCustomer = "no_customer"
    /// Signed as it should be, but no event.
    case notAnEvent = "not_an_event"
  }

  let id: String
  let type: String
  let livemode: Bool
  let apiVersion: String?
  let created: Int64
  let customer: String?
  let payload: String
  let state: State
  let reason: Reason?

  /// - Parameter isLive: whether this installation moves real money.
  init(_ body: [UInt8], isLive: Bool) {
    guard let payload = String(validating: body, as: UTF8.self), let envelope = EventEnvelope(body) else {
      self.init(unreadable: body)
      return
    }
    self.init(envelope, payload: payload, isLive: isLive)
  }

  init(_ envelope: EventEnvelope, payload: String, isLive: Bool) {
    id = envelope.id
    type = envelope.type
    livemode = envelope.livemode
    apiVersion = envelope.apiVersion
    created = envelope.created
    customer = envelope.customer
    self.payload = payload
    (state, reason) = Self.verdict(envelope, isLive: isLive)
  }

  /// Stored all the same, so that a person can see what came: an answer of 4xx or 5xx would have it sent for days.
  private init(unreadable body: [UInt8]) {
    let digest = SHA256.hash(data: body).prefix(16)
    id = "unreadable_" + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    type = "unreadable"
    livemode = false
    apiVersion = nil
    created = Instant.now.seconds
    customer = nil
    // PostgreSQL's text holds neither broken UTF-8 nor NUL.
    payload = String(decoding: body.filter { $0 != 0 }, as: UTF8.self)
    (state, reason) = (.dead, .notAnEvent)
  }

  private static func verdict(_ envelope: EventEnvelope, isLive: Bool) -> (State, Reason?) {
    if envelope.livemode != isLive { return (.parked, .wrongMode) }
    if envelope.customer == nil {
      let isForPerson = envelope.type.hasPrefix("charge.dispute.") || envelope.type.hasPrefix("radar.")
      return isForPerson ? (.parked, .noCustomer) : (.processed, nil)
    }
    return envelope.apiVersion == StripeAPI.version ? (.received, nil) : (.parked, .apiVersion)
  }
}
