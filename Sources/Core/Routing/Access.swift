import Services

/// Whom a route admits.
enum Access {
  /// Anybody; a session is not even looked up.
  case everyone
  /// Whoever reaches the internal listener, which nginx opens on loopback only.
  case internalListener
  /// Whoever signs the body with a secret that we know; the module behind the route verifies it.
  case signature
  /// Any logged-in user.
  case user
  /// A member of the customer with at least this role and, when named, this entitlement.
  case member(Role, Entitlements.Product?)
}
