import Database
import FoundationEssentials
import HTTP
package import Jobs
package import Services

extension CustomerModule {
  /// The kind of the jobs that remove customers.
  package static let removalJob = "customer.remove"

  static func removalKey(_ customer: CustomerID) -> String { "\(removalJob):\(customer.text)" }

  func enqueueRemoval(of customer: CustomerID, at moment: Timestamp?, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.removalJob, key: Self.removalKey(customer),
        payload: JSON.object([.init("customer", .string(customer.text))]).bytes, priority: 2, runAt: moment),
      in: transaction)
  }

  /// Runs a removal job: everything of a customer whose time has come goes, for good.
  ///
  /// What the database holds goes in one transaction, together with the jobs that take the sites from the volume: killed
  /// at any moment, either nothing has happened or everything will. Large tables are emptied before, in small steps.
  ///
  /// What is left: that the sites' hosts are gone (the names alone), what ``BillingService/closeAccount(of:in:)`` keeps,
  /// and what belongs to others: their own activity, and mails to them, each for its time.
  ///
  /// - Returns: who belonged to it.
  package func removeCustomer(_ payload: [UInt8], _ context: JobContext) throws -> [UserID] {
    guard let customer = try JSONParser.parse(payload)["customer"]?.stringValue.flatMap({ CustomerID($0) }) else {
      throw Problem(.internalError)
    }
    let due = try database.query(
      "SELECT 1 FROM customer.customers WHERE id = \(customer.uuid) AND deletion_at <= clock_timestamp()")
    if due.isEmpty { return [] }
    try thinOut(customer) { try context.extendLease() }
    let removed = try database.transaction { try removeRows(of: customer, $0) }
    for site in removed.sites { activateNow(site) }
    for host in removed.hosts { settleNow(host) }
    return removed.users
  }

  private func removeRows(
    of customer: CustomerID, _ transaction: Transaction
  ) throws -> (users: [UserID], sites: [SiteID], hosts: [String]) {
    try lockSites(of: customer, transaction)
    let members = try users(of: customer, transaction)
    // Who is joining another customer at this moment is waited for; the next statement sees it.
    _ = try transaction.query(
      "SELECT 1 FROM customer.users WHERE id = ANY(\(members.map(\.uuid))) ORDER BY id FOR UPDATE")
    try forgetExports(of: customer, beyond: 0, transaction)
    let sites = try retireSites(of: customer, transaction)
    let hosts = try releaseDomains("d.customer_id = \(customer.uuid)", transaction)
    try billing.closeAccount(of: customer, in: transaction)
    let strangers = try invitedStrangers(of: customer, transaction)
    try transaction.execute("DELETE FROM customer.customers WHERE id = \(customer.uuid)")
    for address in strangers + (try removeUsers(members, transaction)) {
      if let email = EmailAddress(address) { try mailer.forget(email, in: transaction) }
    }
    return (members, sites, hosts)
  }

  /// Has overdue removals done whose job was lost; run each day.
  func sweepDeletions() throws {
    let rows = try database.query(
      "SELECT id FROM customer.customers WHERE deletion_at < now() - interval '1 hour' LIMIT 1000")
    for row in rows {
      let customer = CustomerID(try row.uuid("id"))
      try database.transaction { try enqueueRemoval(of: customer, at: nil, $0) }
    }
  }

  /// Deletes by thousands what may be hundreds of thousands of rows, of which nobody needs one without the others.
  private func thinOut(_ customer: CustomerID, _ progress: () throws -> Void) throws {
    let sites: SQL = "(SELECT id FROM customer.sites WHERE customer_id = \(customer.uuid))"
    let tables: [SQL] = [
      "customer.site_counts WHERE ctid IN (SELECT ctid FROM customer.site_counts WHERE site_id IN \(sites) LIMIT 5000)",
      "customer.site_days WHERE ctid IN (SELECT ctid FROM customer.site_days WHERE site_id IN \(sites) LIMIT 5000)",
      "customer.trash WHERE ctid IN (SELECT ctid FROM customer.trash WHERE customer_id = \(customer.uuid) LIMIT 50)",
    ]
    for rows in tables {
      while try database.execute("DELETE FROM \(rows)") > 0 { try progress() }
    }
  }

  /// The hosts say that nothing is there any more, as they do when one site is deleted.
  private func retireSites(of customer: CustomerID, _ transaction: Transaction) throws -> [SiteID] {
    let rows = try transaction.query(
      """
      INSERT INTO customer.retired_hosts (slug, site_id)
      SELECT slug, id FROM customer.sites WHERE customer_id = \(customer.uuid)
      ON CONFLICT (slug) DO UPDATE SET site_id = excluded.site_id, retired_at = now()
      RETURNING site_id
      """)
    let sites = try rows.map { SiteID(try $0.uuid("site_id")) }
    try transaction.execute("DELETE FROM customer.visitors WHERE site_id = ANY(\(sites.map(\.uuid)))")
    for site in sites {
      try scheduleRefresh(of: site, at: nil, transaction)
      try enqueueActivation(of: site, transaction)
    }
    return sites
  }

  /// The addresses of those who were invited and have nothing to do with us but that.
  private func invitedStrangers(of customer: CustomerID, _ transaction: Transaction) throws -> [String] {
    try transaction.query(
      """
      SELECT i.email FROM customer.invitations i
      WHERE i.customer_id = \(customer.uuid)
        AND NOT EXISTS (SELECT 1 FROM customer.users u WHERE u.email = i.email)
        AND NOT EXISTS (
          SELECT 1 FROM customer.invitations o WHERE o.email = i.email AND o.customer_id <> i.customer_id)
      """
    ).map { try $0.string("email") }
  }

  /// Removes those who belong to no customer any more; without their row no session of theirs is one.
  ///
  /// - Returns: their addresses.
  private func removeUsers(_ users: [UserID], _ transaction: Transaction) throws -> [String] {
    try transaction.query(
      """
      DELETE FROM customer.users u WHERE u.id = ANY(\(users.map(\.uuid)))
        AND NOT EXISTS (SELECT 1 FROM customer.memberships m WHERE m.user_id = u.id)
      RETURNING u.email
      """
    ).map { try $0.string("email") }
  }
}
