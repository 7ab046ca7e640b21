package import HTTP
package import Services

/// Deny by default: a route says whom it admits, and this decides.
package enum Guard {
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
      if let product { try require(product, of: session.entitlements, at: now, cheapestPlan: cheapestPlan()) }
    }
  }

  /// - Throws: ``Problem`` of 402 when the entitlements do not allow the product now.
  package static func require(
    _ product: Entitlements.Product, of entitlements: Entitlements, at now: Instant,
    cheapestPlan: @autoclosure () -> String
  ) throws {
    if entitlements.allow(product, at: now) { return }
    throw Problem(
      entitlements.at(now).status == .trialEnded ? .trialEnded : .subscriptionEnded,
      members: [.init("entitlement", .string(product.rawValue)), .init("plan", .string(cheapestPlan()))])
  }
}
