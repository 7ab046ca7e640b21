package import HTTP

/// What a caller may know when Stripe does not do what is needed. What a person can mend, such as a refused card, is
/// told apart where it is expected.
extension StripeError: ProblemConvertible {
  package var problem: Problem? {
    switch self {
    case .unreachable, .unreadable: Problem(.paymentUnavailable, retryAfterSeconds: 5)
    case .refused(let refusal) where mayBeRepeated || refusal.status == 429 || refusal.status >= 500:
      Problem(.paymentUnavailable, retryAfterSeconds: 5)
    case .refused, .unexpected: nil
    }
  }
}
