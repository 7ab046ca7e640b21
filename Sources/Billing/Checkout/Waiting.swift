import HTTP
import Locks

extension BillingModule {
  /// Runs what waits for Stripe while a person waits, when there is room: a slow Stripe must not hold all threads.
  ///
  /// - Throws: ``Problem`` of 503 at once when there is none.
  func waitingOutside<Result>(_ body: () throws -> Result) throws -> Result {
    guard let result = try outside.run(body) else { throw Problem(.overloaded, retryAfterSeconds: 1) }
    return result
  }
}
