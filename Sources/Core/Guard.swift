import HTTP
import Services

/// Deny by default: a route says whom it admits, and this decides.
enum Guard {
  /// - Throws: ``Problem`` of 401 without a session, 403 for a role too low, 402 without the entitlement.
  static func admit(
    _ identity: Identity, to access: Access, at now: Instant, cheapestPlan: @autoclosure () -> String
  ) throws {
    switch access {
    case .everyone, .signature, .internalListener: return
    case .user:
      guard case .user = identity else { throw Problem(.unauthenticated) }
    case .member(let role, let product):
      guard case .user(let session) = identity else { throw Problem(.unauthenticated) }
      guard session.standing.role >= role else { throw Problem(.forbidden) }
      if let product, !session.entitlements.allow(product, at: now) {
        throw Problem(
          session.entitlements.at(now).status == .trialEnded ? .trialEnded : .subscriptionEnded,
          members: [.init("entitlement", .string(product.rawValue)), .init("plan", .string(cheapestPlan()))])
      }
    }
  }
}
