import Database
import Services

extension CustomerModule {
  /// Lets members beyond the plan's number read only, and gives back what their role allows when there is room again.
  /// Nobody is removed. The first owner always stays able to act; then the other owners, then who joined first.
  /// Open invitations do not count here: who is there already goes before who may come.
  func fitMembers(of customer: CustomerID, _ limits: Entitlements.Limits, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE customer.memberships m SET paused = r.rank > greatest(\(limits.members), 1)
      FROM (
        SELECT user_id, row_number() OVER (
          ORDER BY role = 'owner' DESC, coalesce(owner_since, created_at), user_id) AS rank
        FROM customer.memberships WHERE customer_id = \(customer.uuid)
      ) r
      WHERE m.customer_id = \(customer.uuid) AND m.user_id = r.user_id
        AND m.paused <> (r.rank > greatest(\(limits.members), 1))
      """)
  }
}
