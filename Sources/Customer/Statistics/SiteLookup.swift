import Bucket
import Database
import FoundationEssentials
import HTTP
import Services

/// What the hosts, paths and codes of some lines stand for.
struct SiteLookup {
  /// By host.
  let sites: [String: SiteID]
  private(set) var pages: [SiteID: [String: String]] = [:]
  private(set) var links: [SiteID: [String: String]] = [:]

  init(sites: [String: SiteID]) {
    self.sites = sites
  }

  /// The page's id; nil for a legal page, and for what has been deleted since.
  func page(_ path: String, of site: SiteID) -> String? { pages[site]?[path] }

  /// The id of the link or the short link.
  func link(_ code: String, of site: SiteID) -> String? { links[site]?[code] }

  fileprivate mutating func learn(pages rows: Rows) throws {
    for row in rows { pages[SiteID(try row.uuid(0)), default: [:]][try row.string(1)] = try row.string(2) }
  }

  fileprivate mutating func learn(links rows: Rows) throws {
    for row in rows { links[SiteID(try row.uuid(0)), default: [:]][try row.string(1)] = try row.string(2) }
  }
}

extension CustomerModule {
  /// Finds the sites of hosts, those that have changed their name since among them.
  func sites(of hosts: Set<String>) throws -> [String: SiteID] {
    let slugs = labels(of: hosts).filter { Slug($0) != nil }
    let ofDomains = try sitesOfDomains(hosts)
    guard !slugs.isEmpty else { return ofDomains }
    return ofDomains.merging(
      try byHost(
        """
        SELECT slug, id FROM customer.sites WHERE slug = ANY(\(slugs))
        UNION ALL
        SELECT r.slug, s.id FROM customer.retired_hosts r JOIN customer.sites s ON s.id = r.site_id
        WHERE r.slug = ANY(\(slugs))
        """)
    ) { first, _ in first }
  }

  /// Finds the sites of hosts under which drafts are shown.
  func previewedSites(of hosts: Set<String>) throws -> [String: SiteID] {
    let names = labels(of: hosts)
    guard !names.isEmpty else { return [:] }
    return try byHost(
      """
      SELECT p.name AS slug, s.id FROM customer.previews p JOIN customer.sites s ON s.id = p.site_id
      WHERE p.name = ANY(\(names))
      """)
  }

  /// Of customers' own domains.
  private func sitesOfDomains(_ hosts: Set<String>) throws -> [String: SiteID] {
    let suffix = ".\(settings.sitesHost)"
    let names = hosts.filter { !$0.hasSuffix(suffix) && HostName($0) != nil }.sorted()
    guard settings.domains != nil, !names.isEmpty else { return [:] }
    let rows = try database.query(
      """
      SELECT host, site_id FROM customer.domains
      WHERE host = ANY(\(names)) AND site_id IS NOT NULL AND state IN ('active', 'failing')
      """)
    return Dictionary(
      uniqueKeysWithValues: try rows.map { (try $0.string("host"), SiteID(try $0.uuid("site_id"))) })
  }

  /// The labels directly below the sites' host.
  private func labels(of hosts: Set<String>) -> [String] {
    let suffix = ".\(settings.sitesHost)"
    return hosts.filter { $0.hasSuffix(suffix) && HostName($0) != nil }.map { String($0.dropLast(suffix.count)) }
  }

  private func byHost(_ statement: SQL) throws -> [String: SiteID] {
    Dictionary(
      try database.query(statement).map { (settings.host(slug: try $0.string("slug")), SiteID(try $0.uuid("id"))) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Finds what paths and codes stand for: as the version says that is public, else as the one before it, which a
  /// visitor of a minute ago has seen, else as the draft. A code stands for the same link for ever.
  func lookUp(
    pages: Set<SiteSlug>, links: Set<SiteSlug>, in sites: [String: SiteID]
  ) throws -> SiteLookup {
    var lookup = SiteLookup(sites: sites)
    let askedPages = pages.sorted()
    try lookup.learn(
      pages: database.query(
        """
        WITH asked AS (
          SELECT site, path
          FROM unnest(\(askedPages.map(\.site.uuid)), \(askedPages.map(\.text))) AS a (site, path)
        ), known AS MATERIALIZED (
          SELECT a.site, v.place, p.value ->> 'id' AS id,
            concat_ws('/', p.value ->> 'language', nullif(p.value ->> 'slug', '')) AS path
          FROM (SELECT DISTINCT site FROM asked) a
          JOIN customer.sites s ON s.id = a.site
          CROSS JOIN LATERAL (
            SELECT source, row_number() OVER (ORDER BY number = s.published_version DESC, number DESC) AS place
            FROM customer.versions WHERE site_id = a.site AND source IS NOT NULL
            ORDER BY place LIMIT 2
          ) v
          CROSS JOIN LATERAL json_array_elements(v.source::json -> 'pages') p
        )
        SELECT DISTINCT ON (a.site, a.path) a.site, a.path, coalesce(k.id, draft.id::text)
        FROM asked a
        LEFT JOIN known k ON k.site = a.site AND k.path = a.path
        LEFT JOIN customer.pages draft
          ON draft.site_id = a.site AND concat_ws('/', nullif(draft.language, ''), nullif(draft.slug, '')) = a.path
        WHERE coalesce(k.id, draft.id::text) IS NOT NULL
        ORDER BY a.site, a.path, k.place
        """))
    let askedLinks = links.sorted()
    try lookup.learn(
      links: database.query(
        """
        SELECT a.site, a.code, c.target::text
        FROM unnest(\(askedLinks.map(\.site.uuid)), \(askedLinks.map(\.text))) AS a (site, code)
        JOIN customer.short_codes c ON c.site_id = a.site AND c.code = a.code
        """))
    return lookup
  }
}

/// A page's path, without the slashes around it, or a link's code, on one site.
struct SiteSlug: Hashable, Comparable {
  let site: SiteID
  let text: String

  static func < (left: SiteSlug, right: SiteSlug) -> Bool {
    (left.site.text, left.text) < (right.site.text, right.text)
  }
}
