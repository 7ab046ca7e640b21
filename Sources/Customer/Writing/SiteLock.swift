import Database
import HTTP
import Services

extension CustomerModule {
  /// Locks the caller's site until the transaction ends and notes that its draft changes.
  ///
  /// Everything that writes below a site does this first, so positions, limits and the content of a version are
  /// decided by one writer at a time. The clock is read after the lock was won: what waits here counts as later.
  ///
  /// - Throws: ``Problem`` of 404 when the site is not the caller's.
  func lockForEditing(_ site: SiteID, _ caller: Caller, _ transaction: Transaction) throws {
    let changed = try transaction.execute(
      """
      UPDATE customer.sites SET edited_at = clock_timestamp()
      WHERE id = \(site.uuid) AND customer_id = \(caller.customer.uuid)
      """)
    guard changed == 1 else { throw Problem(.notFound) }
  }

  /// Refuses one more of what the plan counts.
  ///
  /// - Parameter counting: selects how many there are. Its statement begins while the lock that guards the number is
  ///   held, so it sees what was committed while this one waited.
  func admit(
    _ counting: SQL, below limit: KeyPath<Entitlements.Limits, Int>, _ name: String, _ caller: Caller,
    _ transaction: Transaction
  ) throws {
    let (entitlements, count) = try billing.entitlements(of: caller.customer, counting: counting, in: transaction)
    guard count < entitlements.limits[keyPath: limit] else {
      throw limitReached(name, limit, entitlements.limits[keyPath: limit])
    }
  }

  /// Says which limit was reached, and which plan has more.
  func limitReached(_ name: String, _ limit: KeyPath<Entitlements.Limits, Int>, _ most: Int) -> Problem {
    Problem(
      .limitReached,
      members: [
        .init("entitlement", .string(name)), .init("limit", .integer(Int64(most))),
        .init("plan", JSON(billing.plan(allowing: limit, above: most))),
      ])
  }

  /// Tells a stale version from a missing row after a conditional write that hit nothing.
  func missed(exists: Bool) -> Problem {
    Problem(exists ? .stale : .notFound)
  }
}
