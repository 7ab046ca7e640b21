import Database
import FoundationEssentials
import HTTP
import HTTPClient
import Jobs
import Services

/// One target to be looked at.
private struct DueLink {
  let table: SQL
  let id: UUID
  let site: SiteID
  let url: WebLink
}

extension CustomerModule {
  /// The most targets of one run, half of them of each kind.
  private static let perRun = 100
  /// A run ends after this, whatever is left: the next one comes soon.
  private static let secondsPerRun: Int64 = 240

  /// Looks at targets that are due, one after the other; what was found of each is written at once. Run by a periodic
  /// job. What a run takes and does not come to is due again in an hour.
  func checkLinks(_ context: JobContext) throws {
    guard let linkClient else { return }
    let begin = Instant.now
    var unreachable: [DueLink] = []
    var hasReached = false
    let links = try takeDue(
      "customer.links", "NOT l.hidden AND NOT l.paused AND coalesce(l.visible_until > now(), true)")
    for link in try links + takeDue("customer.short_links", "coalesce(l.expires_at > now(), true)") {
      guard !context.isStopping, Instant.now < begin.adding(seconds: Self.secondsPerRun) else { break }
      try context.extendLease()
      let outcome = linkClient.look(at: link.url)
      if outcome == .unreachable {
        unreachable.append(link)
      } else {
        hasReached = hasReached || outcome.status != nil
        note(outcome, of: link)
      }
    }
    // Several hosts and none of them there: then it is us who are not.
    let isAlone = Set(unreachable.compactMap(\.url.host)).count > 1 && !hasReached
    for link in unreachable { note(isAlone ? .unclear(status: nil) : .unreachable, of: link) }
    try tellOfBrokenLinks()
  }

  /// Takes targets that are due, so that nobody else does. What is not shown, or is no web address, is passed over.
  private func takeDue(_ table: SQL, _ isShown: SQL) throws -> [DueLink] {
    let rows = try database.query(
      """
      UPDATE \(table) t
      SET check_due_at = now() + CASE WHEN d.is_due THEN interval '1 hour' ELSE interval '1 day' END
      FROM (
        SELECT l.id, l.url LIKE 'http%' AND NOT s.paused AND \(isShown) AS is_due
        FROM \(table) l JOIN customer.sites s ON s.id = l.site_id
        WHERE l.check_due_at <= now()
        ORDER BY l.check_due_at LIMIT \(Self.perRun / 2)
        FOR UPDATE OF l SKIP LOCKED
      ) d
      WHERE t.id = d.id
      RETURNING t.id, t.site_id, t.url, d.is_due
      """)
    return try rows.compactMap { row in
      guard try row.bool("is_due"), let url = WebLink(try row.string("url")) else { return nil }
      return DueLink(table: table, id: try row.uuid("id"), site: SiteID(try row.uuid("site_id")), url: url)
    }
  }

  /// Writes what was found. A site for which that fails keeps nobody else's links from being looked at; it is due again
  /// in an hour.
  private func note(_ outcome: LinkOutcome, of link: DueLink) {
    try? record(outcome, of: link)
  }

  /// Writes what was found, unless the address is another one by now. A target that fails a second time on another day
  /// is broken; when that changes, its short address leads elsewhere at once.
  private func record(_ outcome: LinkOutcome, of link: DueLink) throws {
    let hasChanged = try database.transaction { transaction in
      let site = try transaction.query("SELECT 1 FROM customer.sites WHERE id = \(link.site.uuid) FOR UPDATE")
      guard !site.isEmpty else { return false }
      let before = try transaction.query("SELECT check_state FROM \(link.table) WHERE id = \(link.id)")
      let after = try transaction.query(
        """
        UPDATE \(link.table) SET \(Self.finding(outcome)), check_status = \(outcome.status)::int, checked_at = now()
        WHERE id = \(link.id) AND url = \(link.url.text)
        RETURNING check_state
        """)
      guard let old = before.first, let new = after.first else { return false }
      let wasBroken = try old.optionalString("check_state") == "broken"
      guard try (new.optionalString("check_state") == "broken") != wasBroken else { return false }
      try relink(link.site, isRelease: true, transaction)
      return true
    }
    if hasChanged { activateNow(link.site) }
  }

  /// State and the next look: after about a week, spread over two days, or after a day when something is wrong.
  private static func finding(_ outcome: LinkOutcome) -> SQL {
    let week: SQL = "check_due_at = now() + interval '6 days' + random() * interval '2 days'"
    let day: SQL = "check_due_at = now() + interval '22 hours' + random() * interval '4 hours'"
    switch outcome {
    case .works: return "check_state = 'ok', failing_since = NULL, broken_at = NULL, \(week)"
    case .unclear(.some): return "check_state = 'unknown', failing_since = NULL, broken_at = NULL, \(week)"
    case .unclear(nil): return "check_state = CASE check_state WHEN 'broken' THEN 'broken' ELSE 'unknown' END, \(day)"
    case .fails, .unreachable:
      let isBroken: SQL = "(check_state IS NOT DISTINCT FROM 'broken' OR failing_since < now() - interval '20 hours')"
      return """
        check_state = CASE WHEN \(isBroken) THEN 'broken' ELSE 'unknown' END,
        broken_at = CASE WHEN \(isBroken) THEN coalesce(broken_at, now()) END,
        failing_since = coalesce(failing_since, now()), \(day)
        """
    }
  }
}
