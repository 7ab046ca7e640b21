import HTTP
package import KV
import Services

/// How often login may be tried: per address, per network and in all.
///
/// Counted in KV by one atomic script; while KV is away, by this process alone, so that login is never unlimited.
package final class LoginLimits: Sendable {
  private let kv: KV
  private let local = LocalLimiter()
  private let rates: Rates

  /// Tries within ten minutes.
  package struct Rates: Sendable {
    package let perAddress: Int
    package let perNetwork: Int
    package let inAll: Int

    package init(perAddress: Int, perNetwork: Int, inAll: Int) {
      self.perAddress = perAddress
      self.perNetwork = perNetwork
      self.inAll = inAll
    }
  }

  package init(_ kv: KV, _ rates: Rates) {
    self.kv = kv
    self.rates = rates
  }

  /// Counts a mail that is asked for.
  ///
  /// - Throws: ``Problem`` of 429 when one of the limits is reached.
  func admitStart(address: String, client: String) throws {
    try admit([
      demand("start:address:\(Secret.digest(address))", rates.perAddress),
      demand("start:network:\(Self.network(client))", rates.perNetwork),
      demand("start:all", rates.inAll),
    ])
  }

  /// Counts a code or link that is tried.
  ///
  /// - Parameter address: the address that a code is tried for: six digits bear few tries a day, whoever asks for the
  ///   mails. Links need no such bound.
  func admitConfirm(address: String?, client: String) throws {
    var demands = [
      demand("confirm:network:\(Self.network(client))", rates.perNetwork * 2),
      demand("confirm:all", rates.inAll * 2),
    ]
    if let address {
      demands.append(
        RateDemand(
          "limit:confirm:address:\(Secret.digest(address))",
          RateLimit(count: Self.codesPerDay, windowMs: 86_400_000)))
    }
    try admit(demands)
  }

  /// Counts an invitation, which is a mail to somebody who did not ask for it.
  func admitInvitation(address: String, customer: CustomerID) throws {
    try admit([
      demand("start:address:\(Secret.digest(address))", rates.perAddress),
      RateDemand(
        "limit:invite:customer:\(customer.text)", RateLimit(count: Self.invitationsPerDay, windowMs: 86_400_000)),
    ])
  }

  /// Invitations that one customer may send within a day.
  private static let invitationsPerDay = 100
  /// Codes that may be tried for one address within a day.
  private static let codesPerDay = 50

  private func demand(_ name: String, _ count: Int) -> RateDemand {
    RateDemand("limit:\(name)", RateLimit(count: count, windowMs: 600_000))
  }

  private func admit(_ demands: [RateDemand]) throws {
    let decision: RateDecision
    do {
      decision = try kv.limits(demands)
    } catch {
      decision = local.limits(demands)
    }
    guard decision.allowed else {
      throw Problem(.rateLimited, retryAfterSeconds: max(1, (decision.retryAfterMs + 999) / 1000))
    }
  }

  /// The part of an address that one customer of a provider usually has: all of IPv4, the first 64 bits of IPv6.
  static func network(_ address: String) -> String {
    // IPv4 on a socket that takes both.
    if address.hasPrefix("::ffff:"), address.contains(".") { return String(address.dropFirst(7)) }
    guard address.contains(":") else { return address }
    var groups: [Substring] = []
    let halves = address.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    groups = halves[0].split(separator: ":")
    if halves.count == 2 {
      let tail = halves[1].split(separator: ":").count
      groups += [Substring](repeating: "0", count: max(0, 8 - groups.count - tail))
      groups += halves[1].split(separator: ":")
    }
    return groups.prefix(4).joined(separator: ":")
  }
}
