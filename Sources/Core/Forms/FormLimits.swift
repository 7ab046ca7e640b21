import HTTP
package import KV
import Locks
import Services

/// How often visitors may write: from one network, and by one form.
///
/// Counted in KV; while KV is away, by this process alone. Of a network nothing is kept but a digest with a salt that
/// is thrown away each day.
package final class FormLimits: Sendable {
  private let kv: KV
  private let local = LocalLimiter()
  private let rates: Rates
  /// Guards the salt of the day.
  private let salt = Locked<Salt?>(nil)

  package struct Rates: Sendable {
    /// Within ten minutes, by all forms together.
    package let perNetwork: Int
    /// Within an hour.
    package let perForm: Int

    package init(perNetwork: Int, perForm: Int) {
      self.perNetwork = perNetwork
      self.perForm = perForm
    }
  }

  package init(_ kv: KV, _ rates: Rates) {
    self.kv = kv
    self.rates = rates
  }

  /// Counts a message.
  ///
  /// - Returns: the seconds to wait when it is one too many; nil when it may be sent.
  func refusal(of form: FormID, from client: String, at now: Instant) -> Int? {
    let network = LoginLimits.network(client)
    let byForm = RateDemand(
      "limit:form:\(form.text)", RateLimit(count: rates.perForm, windowMs: 3_600_000))
    let decision: RateDecision
    do {
      let salt = try saltOfDay(CivilDay(now))
      decision = try kv.limits([demand(network, salt), byForm])
    } catch {
      // In memory only, so no salt is needed.
      decision = local.limits([demand(network, ""), byForm])
    }
    return decision.allowed ? nil : max(1, (decision.retryAfterMs + 999) / 1000)
  }

  private func demand(_ network: String, _ salt: String) -> RateDemand {
    RateDemand(
      "limit:form:network:\(Secret.digest("\(salt)\n\(network)"))",
      RateLimit(count: rates.perNetwork, windowMs: 600_000))
  }

  private struct Salt {
    let day: CivilDay
    let text: String
  }

  /// The same in all processes.
  private func saltOfDay(_ day: CivilDay) throws -> String {
    if let known = salt.withLock({ $0 }), known.day == day { return known.text }
    let key = "form:salt:\(day.text)"
    _ = try kv.setIfAbsent(key, Array(Secret.token().utf8), ttlMs: 86_400_000)
    guard let bytes = try kv.get(key) else { throw KVError.reply("no salt") }
    let text = String(decoding: bytes, as: UTF8.self)
    salt.withLock { $0 = Salt(day: day, text: text) }
    return text
  }
}
