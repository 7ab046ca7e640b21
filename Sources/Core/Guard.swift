package import HTTP
package import Services

/// Deny by default: a route says whom it admits, and this decides.
package enum Guard {
  /// - Throws: ``Problem`` of 401 without a session, 403 for a role too low or a proof too old, 402 without the
  ///   entitlement.
  static func admit(
    _ identity: Identity, to access: Access, at now: Instant, cheapestPlan: @autoclosure () -> String
  ) throws {
    switch access {
    case .everyone, .signature, .internalListener: return
    case .user:
      guard case .user = identity else { throw Problem(.unauthenticated) }
    case .member(let role, let product):
      guard case .user(let session) = identity else { throw Problem(.unauthenticated) }
      // Not for another customer than the session names, though the user may belong to one: what was meant for the
      // former must not be written there.
      guard let membership = session.standing.membership, membership.customer == session.record.customer,
        let entitlements = session.entitlements
      else { throw Problem(.noCustomer) }
      guard membership.role >= role else { throw Problem(.forbidden) }
      if let product { try require(product, of: entitlements, at: now, cheapestPlan: cheapestPlan()) }
    case .proved(let access):
      try admit(identity, to: access, at: now, cheapestPlan: cheapestPlan())
      guard case .user(let session) = identity, session.record.isProved(at: now) else {
        throw Problem(.proofRequired)
      }
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
