import Bucket
import Database
import FoundationEssentials
import HTTP
import Services

extension CustomerModule {
  /// Gives the active version the short links as they are now, under a new name on the volume: its files stay as they
  /// are, so this costs the same whatever the size of the site. The site's row is locked.
  ///
  /// - Parameter isRelease: whether it takes something away, or nobody waits who could: then codes for which there is no
  ///   room wait for the next publishing instead.
  func relink(_ site: SiteID, isRelease: Bool = false, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT v.number, v.deploy, v.source FROM customer.versions v JOIN customer.sites s ON s.id = v.site_id
      WHERE s.id = \(site.uuid) AND v.number = s.published_version
      """)
    // Not published yet: publishing brings them.
    guard let row = rows.first else { return }
    let name = try DeployName(stored: row.string("deploy")).onVolume()
    guard var manifest = try bucket.manifest(site.onVolume(), name) else { throw Problem(.internalError) }
    let source = try row.optionalBytes("source").map { try JSONParser.parse($0) } ?? [:]
    let links = Self.links(try shortLinks(of: site, snapshot: source, transaction))
    guard manifest.links != links else { return }
    let known = manifest.links
    manifest.links = links
    let deploy = DeployName()
    do {
      try stage(manifest, at: site.onVolume(), deploy)
    } catch let problem as Problem where problem.code == .siteTooLarge && isRelease {
      manifest.links = links.filter { known[$0.key] != nil }
      try stage(manifest, at: site.onVolume(), deploy)
    }
    _ = try transaction.execute(
      """
      UPDATE customer.versions SET deploy = \(deploy.text)
      WHERE site_id = \(site.uuid) AND number = \(Int64(row.int("number")))
      """)
    try enqueueActivation(of: site, transaction)
  }

  /// What is below `/l/` of a site: of the links of a snapshot, by all codes that they ever had, and of the short links
  /// as they are now. Those beyond the plan, the newest, lead to their fallback, or else to where the site begins.
  func shortLinks(of site: SiteID, snapshot: JSON, _ transaction: Transaction) throws -> [ShortLink] {
    let sites = try transaction.query("SELECT customer_id FROM customer.sites WHERE id = \(site.uuid)")
    guard let owner = sites.first else { throw Problem(.notFound) }
    let limits = try billing.entitlements(of: CustomerID(owner.uuid("customer_id")), in: transaction).limits
    let start = WebLink(try origin(of: site, transaction) + "/")
    let rows = try transaction.query(
      """
      SELECT c.code, c.target, l.url, l.permanent, l.utm::text AS utm, l.expires_at, l.fallback_url,
        coalesce(l.check_state, k.check_state) = 'broken' AS is_broken, k.url AS checked_url,
        coalesce(l.id >= (
          SELECT id FROM customer.short_links WHERE site_id = \(site.uuid) ORDER BY id OFFSET \(limits.links) LIMIT 1
        ), false) AS is_paused
      FROM customer.short_codes c
      LEFT JOIN customer.short_links l ON l.id = c.target
      LEFT JOIN customer.links k ON k.id = c.target
      WHERE c.site_id = \(site.uuid) ORDER BY c.code
      """)
    var links: [UUID: JSON] = [:]
    for link in snapshot.items("links") {
      if let id = LinkID(link.text("id")) { links[id.uuid] = link }
    }
    return try rows.compactMap { row in
      guard let code = ShortCode(try row.string("code")) else { return nil }
      let isBroken = try row.optionalBool("is_broken") == true
      if let url = try row.optionalString("url").flatMap({ WebLink($0) }) {
        var link = try ShortLink(code, url, row, isBroken: isBroken)
        if try row.bool("is_paused") { link.stepAside(to: link.fallback ?? start) }
        return link
      }
      guard let link = links[try row.uuid("target")] else { return nil }
      // What was found out is about the draft's address; the published one may be another.
      let isSame = try row.optionalString("checked_url") == link.text("url")
      return ShortLink(code, snapshot: link, isBroken: isBroken && isSame)
    }
  }

  /// As the manifest holds them.
  static func links(_ links: [ShortLink]) -> [String: Manifest.ShortLink] {
    var output: [String: Manifest.ShortLink] = [:]
    for link in links {
      // The manifest counts from 1970: what was due before is due since then, and is over since then.
      output[SitePath.short(link.code).text] = Manifest.ShortLink(
        location: link.target.ascii, isPermanent: link.isPermanent, from: link.from.map { max(0, $0.milliseconds) },
        until: link.until.map { max(0, $0.milliseconds) }, fallback: link.fallback?.ascii)
    }
    return output
  }
}

extension ShortLink {
  /// One that stands for itself; the UTM values come into its target's query.
  fileprivate init(_ code: ShortCode, _ url: WebLink, _ row: Row, isBroken: Bool) throws {
    let utm = try row.optionalBytes("utm").map { UTM(stored: try JSONParser.parse($0)) }
    self.init(code: code, target: utm?.added(to: url) ?? url)
    isPermanent = try row.bool("permanent")
    until = try row.optionalTimestamp("expires_at").map { Instant($0) }
    fallback = try row.optionalString("fallback_url").flatMap { WebLink($0) }
    if isBroken { stepAside(to: fallback) }
  }

  /// That of a link.
  ///
  /// - Returns: nil when it leads nowhere.
  fileprivate init?(_ code: ShortCode, snapshot link: JSON, isBroken: Bool) {
    guard let url = WebLink(link.text("url")) else { return nil }
    self.init(code: code, target: url)
    from = Instant(rfc3339: link.text("from"))
    until = Instant(rfc3339: link.text("until"))
    fallback = WebLink(link.text("fallback_url"))
    if link["hidden"]?.boolValue == true {
      guard fallback != nil else { return nil }
      stepAside(to: fallback)
    } else if isBroken {
      stepAside(to: fallback)
    }
  }

  /// Leads there instead, at all times; nil: it stays as it is.
  fileprivate mutating func stepAside(to place: WebLink?) {
    guard let place else { return }
    target = place
    (isPermanent, from, until) = (false, nil, nil)
  }
}
