import HTTP
package import Services

extension BillingModule {
  package func checkout(_ change: Change) throws -> [UInt8] {
    let choice = try CheckoutChoice(change.body, plans)
    try refuseReusedKey(change)
    let step = try nextStep(choice, change.caller.customer)
    if case .ready(let url, let expiresAt) = step { return Self.checkoutAnswer(url, expiresAt) }
    return try waitingOutside { try walk(step, choice, change.caller) }
  }

  /// Takes one step after the other until a page is there. Each leaves a state from which the next call goes on, here
  /// or in another process, whenever this one ends.
  private func walk(_ first: CheckoutStep, _ choice: CheckoutChoice, _ caller: Caller) throws -> [UInt8] {
    var step = first
    for _ in 0..<8 {
      switch step {
      case .ready(let url, let expiresAt): return Self.checkoutAnswer(url, expiresAt)
      case .verify(let record):
        if let answer = try verify(record) { return answer }
      case .send(let record): try send(record, choice, caller)
      case .find(let record): try find(record)
      case .close(let record): try close(record)
      }
      step = try nextStep(choice, caller.customer)
    }
    throw Problem(.overloaded, retryAfterSeconds: 1)
  }

  /// The answer when the session can still be paid; nil when it is over.
  private func verify(_ record: CheckoutRecord) throws -> [UInt8]? {
    guard let session = record.session, let url = record.url, let expiresAt = record.expiresAt else { return nil }
    switch try sessionStatus(session) {
    case .open: return Self.checkoutAnswer(url, expiresAt)
    case .complete: try completed(record)
    case .over: try end(record, as: .expired)
    }
    return nil
  }

  /// Makes the session unpayable. One that was paid meanwhile is no checkout any more but a subscription.
  private func close(_ record: CheckoutRecord) throws {
    guard let session = record.session else { return }
    do {
      _ = try stripe.post(
        "/v1/checkout/sessions/\(session)/expire", [:], idempotencyKey: "\(record.text):expire")
    } catch {
      guard error.isFinal else { throw error }
      switch try sessionStatus(session) {
      case .open: throw error
      case .complete: return try completed(record)
      case .over: break
      }
    }
    try end(record, as: .expired)
  }

  private func completed(_ record: CheckoutRecord) throws {
    try synchronize(record.customer, patiently: true)
    try end(record, as: .completed)
  }

  private static func checkoutAnswer(_ url: String, _ expiresAt: Instant) -> [UInt8] {
    JSON.object([.init("url", .string(url)), .init("expires_at", .string(expiresAt.rfc3339))]).bytes
  }
}
