import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// The most codes that one link may have had: all of them stay in force, and stand in the site's manifest.
  private static let codeLimit = 20
  /// The most codes in force of one site. With targets of the usual length they take half of what a manifest may have.
  private static let siteCodeLimit = 10_000

  /// Refuses one more code for a link that has had many, or for a site that has very many; called after the write, with
  /// the site's row locked.
  func admitCodes(of target: UUID, in site: SiteID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT count(*) FILTER (WHERE target = \(target)), count(*) FROM customer.short_codes
      WHERE site_id = \(site.uuid)
      """)
    guard try rows[0].int(0) <= Self.codeLimit else {
      throw Problem(invalid: [FieldError("/code", .tooMany(Self.codeLimit))])
    }
    guard try rows[0].int(1) > Self.siteCodeLimit else { return }
    // Those of what was deleted lead nowhere, and are in no manifest.
    let inForce = try transaction.query(
      """
      SELECT count(*) FROM customer.short_codes c WHERE c.site_id = \(site.uuid)
        AND (EXISTS (SELECT FROM customer.links WHERE id = c.target)
          OR EXISTS (SELECT FROM customer.short_links WHERE id = c.target))
      """)
    guard try inForce[0].int(0) <= Self.siteCodeLimit else { throw Problem(.siteTooLarge) }
  }

  /// What an UPDATE sets besides when it names a URL: what was found out about the one before says nothing of it.
  static func checkAnew(_ url: WebLink?) -> SQL {
    """
    check_state = CASE WHEN \(url?.text) <> url THEN NULL ELSE check_state END,
    check_status = CASE WHEN \(url?.text) <> url THEN NULL ELSE check_status END,
    checked_at = CASE WHEN \(url?.text) <> url THEN NULL ELSE checked_at END,
    broken_at = CASE WHEN \(url?.text) <> url THEN NULL ELSE broken_at END,
    failing_since = CASE WHEN \(url?.text) <> url THEN NULL ELSE failing_since END,
    check_due_at = CASE WHEN \(url?.text) <> url THEN clock_timestamp() + interval '10 minutes' ELSE check_due_at END
    """
  }
}
