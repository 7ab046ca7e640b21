package import HTTP

/// What a caller may know of a failure at Stripe.
extension StripeError: ProblemConvertible {
  package var problem: Problem? {
    switch self {
    case .unreachable, .unreadable: return Problem(.paymentUnavailable, retryAfterSeconds: 5)
    case .unexpected: return nil
    case .refused(let refusal):
      if refusal.isOurs { return Problem(.paymentUnavailable, retryAfterSeconds: 60) }
      if refusal.type == "card_error" || refusal.status == 402 { return Problem(.paymentFailed) }
      if refusal.isFinal { return Problem(.paymentRefused) }
      return Problem(.paymentUnavailable, retryAfterSeconds: refusal.status == 429 ? 2 : 5)
    }
  }

  /// What nobody's input has caused, and no repeat will mend.
  package var needsAttention: Bool { refusal?.isOurs == true || problem?.code == .paymentRefused }
}

extension StripeError {
  /// The refusal, when that is what it is.
  var refusal: StripeRefusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }

  /// Whether a repeat of the same request can never succeed.
  var isFinal: Bool { refusal?.isFinal == true }

  /// Whether Stripe does not know what the request names.
  var isMissing: Bool { refusal?.isMissing == true }

  /// Whether Stripe has failed and will repeat that for this key: what came of the request must be looked for.
  var isKeptFailure: Bool { refusal.map { $0.status >= 500 && $0.shouldRetry == false } ?? false }
}

extension StripeRefusal {
  /// Whether the key is wrong or may not do this: the operator must see to it.
  var isOurs: Bool { status == 401 || status == 403 }

  /// Whether a repeat of the same request can never succeed.
  var isFinal: Bool { (400..<500).contains(status) && status != 409 && status != 429 && !isOurs }

  /// Whether Stripe does not know what the request names.
  var isMissing: Bool { code == "resource_missing" }
}
