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
  /// Whoever that one admits, if they have proved their address within the last minutes: for what must not be done at
  /// a screen that was left open. The dashboard asks for the code by itself.
  indirect case proved(Access)
}
