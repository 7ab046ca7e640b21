import Archive
import Bucket
import Database
import FoundationEssentials
import HTTP
import Services

/// Writes `data.json`: what a customer has, named as in the API, part by part as it is read.
///
/// No secrets are among it: no digests of links that let somebody in, and nothing of the payment provider's.
struct ExportData {
  let database: Database
  let customer: CustomerID
  let module: CustomerModule
  let zip: ZipWriter
  let progress: () throws -> Void

  /// A picture's file in the ZIP.
  struct ImageFile {
    let path: String
    let blob: BlobID
  }

  /// How many rows are read at a time; pages may be large.
  private static let rows = 200
  private static let pages = 20

  /// - Returns: the pictures that are named in it.
  func write(now: Instant) throws -> [ImageFile] {
    try zip.begin("data.json")
    try append("{\"format\":\"smartpages-export\",\"format_version\":1,\"exported_at\":\"\(now.rfc3339)\"")
    try one("customer", "SELECT \(CustomerModule.customerJSON) FROM customer.customers c WHERE c.id = \(customer.uuid)")
    try members()
    try one(
      "profile", "SELECT content::text AS json FROM customer.profiles WHERE customer_id = \(customer.uuid)")
    for kind in LegalKind.allCases {
      try one(
        kind.rawValue,
        """
        SELECT content::text AS json FROM customer.legal_texts
        WHERE customer_id = \(customer.uuid) AND kind = \(kind.rawValue)
        """)
    }
    let images = try images()
    try sites()
    try trash()
    try domains()
    try activity()
    try append("}\n")
    try zip.end()
    return images
  }

  private func append(_ text: String) throws { try zip.append(Array(text.utf8)) }

  /// A member of the object that is open, with the one row of a statement; `null` without one.
  private func one(_ name: String, _ sql: SQL) throws {
    try append(",\n\"\(name)\":")
    try zip.append(database.query(sql).first?.bytes("json") ?? Array("null".utf8))
  }

  /// A member of the object that is open, with a list that is read in parts.
  ///
  /// - Parameters:
  ///   - isFirst: whether it is the object's first member.
  ///   - part: selects `json` and `cursor` (text) of the next rows after a cursor; nil: from the start.
  func list(
    _ name: String, isFirst: Bool = false, limit: Int = ExportData.rows, _ part: (String?) -> SQL
  ) throws {
    try append("\(isFirst ? "" : ",")\n\"\(name)\":[")
    var after: String?
    while true {
      let rows = try database.query(part(after))
      for (index, row) in rows.enumerated() {
        if after != nil || index > 0 { try append(",") }
        try append("\n")
        try zip.append(row.bytes("json"))
      }
      guard rows.count == limit, let last = rows.last else { break }
      after = try last.string("cursor")
      try progress()
    }
    try append("]")
  }

  static let lowest = "00000000-0000-0000-0000-000000000000"

  private func members() throws {
    try list("members") { after in
      """
      SELECT json_build_object('email', u.email, 'role', m.role, 'created_at', customer.rfc3339(m.created_at))::text
        AS json, u.id::text AS cursor
      FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
      WHERE m.customer_id = \(customer.uuid) AND u.id > \(after ?? Self.lowest)::uuid
      ORDER BY u.id LIMIT \(Self.rows)
      """
    }
  }

  /// Each picture in its largest form.
  private func images() throws -> [ImageFile] {
    var files: [ImageFile] = []
    let file: SQL = "'images/' || i.id || CASE v->>'format' WHEN 'jpeg' THEN '.jpg' ELSE '.' || (v->>'format') END"
    let largest: SQL = """
      FROM customer.images i CROSS JOIN LATERAL (
        SELECT v FROM jsonb_array_elements(i.variants) AS each (v)
        ORDER BY (v->>'width')::int DESC, v->>'format' = 'webp' LIMIT 1) AS chosen
      WHERE i.customer_id = \(customer.uuid)
      """
    for row in try database.query("SELECT \(file) AS path, v->>'blob' AS blob \(largest) ORDER BY i.id") {
      guard let blob = BlobID(try row.string("blob")) else { throw Problem(.internalError) }
      files.append(ImageFile(path: try row.string("path"), blob: blob))
    }
    // What comes meanwhile is not in this export: the files were counted before.
    let known = files.map(\.path)
    try list("images") { after in
      """
      SELECT json_build_object('id', i.id, 'name', i.name, 'alt', i.alt, 'width', i.width, 'height', i.height,
          'file', \(file), 'created_at', customer.rfc3339(i.created_at),
          'updated_at', customer.rfc3339(i.updated_at))::text AS json, i.id::text AS cursor
      \(largest) AND i.id > \(after ?? Self.lowest)::uuid AND \(file) = ANY(\(known))
      ORDER BY i.id LIMIT \(Self.rows)
      """
    }
    return files
  }

  private func sites() throws {
    let ids = try database.query(
      "SELECT id FROM customer.sites WHERE customer_id = \(customer.uuid) ORDER BY id"
    ).map { SiteID(try $0.uuid("id")) }
    try append(",\n\"sites\":[")
    for (index, site) in ids.enumerated() {
      if index > 0 { try append(",") }
      try append("\n{\"site\":")
      let rows = try database.query("SELECT \(module.siteJSON) FROM customer.sites s WHERE s.id = \(site.uuid)")
      try zip.append(rows.first?.bytes("json") ?? Array("null".utf8))
      try content(of: site)
      try statistics(of: site)
      try messages(of: site)
      try append("}")
      try progress()
    }
    try append("]")
  }

  private func domains() throws {
    try list("domains") { after in
      """
      SELECT json_build_object('id', d.id, 'host', d.host, 'site_id', d.site_id, 'state', d.state,
        'verified_at', customer.rfc3339(d.verified_at), 'created_at', customer.rfc3339(d.created_at))::text AS json,
        d.id::text AS cursor
      FROM customer.domains d
      WHERE d.customer_id = \(customer.uuid) AND d.id > \(after ?? Self.lowest)::uuid ORDER BY d.id LIMIT \(Self.rows)
      """
    }
  }

  private func content(of site: SiteID) throws {
    try one(
      "redirects", "SELECT redirects::text AS json FROM customer.sites WHERE id = \(site.uuid)")
    try list("pages", limit: Self.pages) { after in
      """
      SELECT document AS json, id::text AS cursor FROM customer.pages
      WHERE site_id = \(site.uuid) AND id > \(after ?? Self.lowest)::uuid ORDER BY id LIMIT \(Self.pages)
      """
    }
    try list("links") { after in
      """
      SELECT document AS json, id::text AS cursor FROM customer.links
      WHERE site_id = \(site.uuid) AND id > \(after ?? Self.lowest)::uuid ORDER BY id LIMIT \(Self.rows)
      """
    }
    let limit = try module.billing.entitlements(of: customer).limits.links
    try list("short_links") { after in
      """
      SELECT \(CustomerModule.shortLinkJSON(limit: limit)), l.id::text AS cursor FROM customer.short_links l
      WHERE l.site_id = \(site.uuid) AND l.id > \(after ?? Self.lowest)::uuid ORDER BY l.id LIMIT \(Self.rows)
      """
    }
    try list("versions") { after in
      """
      SELECT \(CustomerModule.versionJSON(active: "v.number IS NOT DISTINCT FROM s.published_version")),
        v.number::text AS cursor
      FROM customer.versions v JOIN customer.sites s ON s.id = v.site_id
      WHERE s.id = \(site.uuid) AND v.number > \(after ?? "0")::bigint ORDER BY v.number LIMIT \(Self.rows)
      """
    }
  }

  private func statistics(of site: SiteID) throws {
    try append(",\n\"statistics\":{")
    try list("days", isFirst: true) { after in
      """
      SELECT json_build_object('day', day, 'views', views, 'visitors', visitors, 'clicks', clicks, 'scans', scans)::text
        AS json, day::text AS cursor
      FROM customer.site_days
      WHERE site_id = \(site.uuid) AND day > \(after ?? "0001-01-01")::date ORDER BY day LIMIT \(Self.rows)
      """
    }
    // Days with their parts, as a day alone may have many.
    try list("counts") { after in
      """
      SELECT json_build_object('day', day, 'kind', kind, 'name', name, 'count', count)::text AS json,
        json_build_array(day, kind, name)::text AS cursor
      FROM customer.site_counts
      WHERE site_id = \(site.uuid) AND (\(after)::jsonb IS NULL OR (day, kind, name) > (
        (\(after)::jsonb ->> 0)::date, \(after)::jsonb ->> 1, \(after)::jsonb ->> 2))
      ORDER BY day, kind, name LIMIT \(Self.rows)
      """
    }
    try append("}")
  }

  /// From `customer.messages m`.
  static let messageJSON: SQL = """
    json_build_object('id', m.id, 'form_id', m.form_id, 'page_title', m.page_title, 'name', m.name, 'email', m.email,
      'text', m.text, 'spam', m.spam, 'read', m.read, 'created_at', customer.rfc3339(m.created_at))
    """

  private func messages(of site: SiteID) throws {
    try list("messages") { after in
      """
      SELECT \(Self.messageJSON)::text AS json, m.id::text AS cursor
      FROM customer.messages m
      WHERE m.site_id = \(site.uuid) AND m.id > \(after ?? Self.lowest)::uuid ORDER BY m.id LIMIT \(Self.rows)
      """
    }
  }

  private func activity() throws {
    try list("activity") { after in
      """
      SELECT json_build_object('at', customer.rfc3339(a.at), 'user', u.email, 'action', a.action,
        'subject', a.subject, 'details', a.details)::text AS json, a.id::text AS cursor
      FROM customer.activity a LEFT JOIN customer.users u ON u.id = a.user_id
      WHERE a.customer_id = \(customer.uuid) AND a.id > \(after ?? "0")::bigint ORDER BY a.id LIMIT \(Self.rows)
      """
    }
  }
}
