import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// Brings something back from the trash, with the id that it had.
  ///
  /// Its address may have been taken since: then this is refused, unless the body says that another one will do.
  package func restoreFromTrash(_ item: TrashID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    let mayRename = reader.optionalBool("rename") ?? false
    try reader.finish()
    var changed: [SiteID] = []
    let resource = try tellingTakenSlugs {
      try write(change) { transaction in
        var item = try take(item, change.caller, transaction)
        switch item.kind {
        case .page: try restorePage(&item, mayRename: mayRename, change.caller, transaction)
        case .link: try restoreLink(item, change.caller, transaction)
        case .site: changed = try restoreSite(&item, mayRename: mayRename, change.caller, transaction)
        case .draft: try restoreDraft(item, change.caller, transaction)
        }
        return Resource(json: item.json.bytes, version: 0)
      }
    }
    for site in changed { activateNow(site) }
    return resource
  }

  /// Takes an entry out of the trash, after the locks that go before its row.
  private func take(_ item: TrashID, _ caller: Caller, _ transaction: Transaction) throws -> TrashItem {
    let rows = try transaction.query(
      "SELECT kind, site_id FROM customer.trash WHERE customer_id = \(caller.customer.uuid) AND id = \(item.uuid)")
    guard let row = rows.first else { throw Problem(.notFound) }
    let site = SiteID(try row.uuid("site_id"))
    if try row.string("kind") == TrashKind.site.rawValue {
      // As for deleting one.
      guard caller.role >= .owner else { throw Problem(.forbidden) }
      try lockSites(of: caller.customer, transaction)
    } else {
      do {
        try lockForEditing(site, caller, transaction)
      } catch let problem as Problem where problem.code == .notFound {
        // Its site is in the trash too, and has to come back first.
        throw Problem(.conflict)
      }
    }
    let taken = try transaction.query(
      """
      SELECT id, kind, site_id, title, slug FROM customer.trash
      WHERE customer_id = \(caller.customer.uuid) AND id = \(item.uuid) FOR UPDATE
      """)
    // Somebody else was faster.
    guard let row = taken.first else { throw Problem(.notFound) }
    return try TrashItem(row)
  }

  private func restorePage(
    _ item: inout TrashItem, mayRename: Bool, _ caller: Caller, _ transaction: Transaction
  ) throws {
    try admitBack("customer.pages", of: item.site, below: \.pages, "pages", caller, transaction)
    let site = item.site.uuid
    let rows = try transaction.query(
      """
      SELECT content ->> 'language' AS language,
        (SELECT id::text FROM customer.pages WHERE site_id = \(site) AND id = (content ->> 'translation_of')::uuid)
          AS original
      FROM customer.trash WHERE customer_id = \(caller.customer.uuid) AND id = \(item.id)
      """)
    let language = try rows.first?.optionalString("language") ?? ""
    let slug = try Self.freeSlug(item.slug ?? "", mayRename: mayRename) { slug in
      try !transaction.query(
        "SELECT 1 FROM customer.pages WHERE site_id = \(site) AND language = \(language) AND slug = \(slug)"
      ).isEmpty
    }
    item.slug = slug
    // What it translates may be gone.
    let original = try rows.first?.optionalString("original")
    try putBack(
      "customer.pages", item, ["slug": .string(slug), "translation_of": JSON(original)], caller, transaction)
    try refuseOversize(item.site, transaction)
    try fit(item.site, caller, transaction)
  }

  private func restoreLink(_ item: TrashItem, _ caller: Caller, _ transaction: Transaction) throws {
    try admitBack("customer.links", of: item.site, below: \.links, "links", caller, transaction)
    try putBack("customer.links", item, [:], caller, transaction)
    try fit(item.site, caller, transaction)
  }

  private func fit(_ site: SiteID, _ caller: Caller, _ transaction: Transaction) throws {
    try fitContents(of: site, billing.entitlements(of: caller.customer, in: transaction).limits, transaction)
  }

  private func admitBack(
    _ table: SQL, of site: SiteID, below limit: KeyPath<Entitlements.Limits, Int>, _ name: String, _ caller: Caller,
    _ transaction: Transaction
  ) throws {
    try admit(
      "SELECT count(*) FROM \(table) WHERE site_id = \(site.uuid)", below: limit, name, caller, transaction)
  }

  /// Puts one row back where it stood, as a change of its own, and forgets the entry.
  private func putBack(
    _ table: SQL, _ item: TrashItem, _ differences: JSON, _ caller: Caller, _ transaction: Transaction
  ) throws {
    _ = try transaction.execute(
      """
      UPDATE \(table) SET position = position + 1 WHERE site_id = \(item.site.uuid) AND position >= (
        SELECT (content ->> 'position')::int FROM customer.trash
        WHERE customer_id = \(caller.customer.uuid) AND id = \(item.id))
      """)
    _ = try transaction.query(
      """
      WITH taken AS (
        DELETE FROM customer.trash WHERE customer_id = \(caller.customer.uuid) AND id = \(item.id) RETURNING content
      )
      SELECT customer.put_back('\(table)', jsonb_build_array(content || \(.json(differences.bytes))
        || jsonb_build_object('version', (content ->> 'version')::bigint + 1, 'updated_at', clock_timestamp())))::text
      FROM taken
      """)
  }

  /// The slug itself or, when that is taken and another will do, the first free one of `-2`, `-3` …
  ///
  /// - Throws: ``Problem`` of 409 that names the field.
  static func freeSlug(_ wanted: String, mayRename: Bool, isTaken: (String) throws -> Bool) throws -> String {
    guard try isTaken(wanted) else { return wanted }
    // The empty one is a language's home page.
    for number in 2..<(mayRename && !wanted.isEmpty ? 100 : 2) {
      let suffix = "-\(number)"
      // Both kinds of slugs have at most 40 characters, and no hyphen beside another.
      var stem = wanted.prefix(40 - suffix.utf8.count)
      while stem.last == "-" { stem.removeLast() }
      let slug = "\(stem)\(suffix)"
      if try !isTaken(slug) { return slug }
    }
    throw Self.slugTaken
  }
}
