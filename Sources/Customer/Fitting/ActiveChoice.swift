import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  package func chooseActiveSites(_ change: Change) throws -> [UInt8] {
    let ids = try Self.chosen(change.body)
    let customer = change.caller.customer
    let changed = try database.transaction { transaction in
      try lockSites(of: customer, transaction)
      try keep(ids, in: "customer.sites", owner: "customer_id = \(customer.uuid)", transaction)
      return try fitSites(of: customer, billing.entitlements(of: customer, in: transaction).limits, transaction)
    }
    for site in changed { activateNow(site) }
    return try sites(ListPage(limit: Self.choiceLimit), change.caller)
  }

  package func chooseActiveDomains(_ change: Change) throws -> [UInt8] {
    let ids = try Self.chosen(change.body)
    let customer = change.caller.customer
    let changed = try database.transaction { transaction in
      try lockSites(of: customer, transaction)
      // A `www` goes with the domain that it was made with.
      try keep(ids, in: "customer.domains", owner: "customer_id = \(customer.uuid) AND www_of IS NULL", transaction)
      return try fitDomains(of: customer, billing.entitlements(of: customer, in: transaction).limits, transaction)
    }
    for site in changed { activateNow(site) }
    return try domains(ListPage(limit: Self.choiceLimit), change.caller)
  }

  package func chooseActivePages(of site: SiteID, _ change: Change) throws -> [UInt8] {
    try choose("customer.pages", of: site, change)
    return try pages(of: site, ListPage(limit: Self.choiceLimit), change.caller)
  }

  package func chooseActiveLinks(of site: SiteID, _ change: Change) throws -> [UInt8] {
    try choose("customer.links", of: site, change)
    return try links(of: site, ListPage(limit: Self.choiceLimit), change.caller)
  }

  private static let choiceLimit = 10_000

  private func choose(_ table: SQL, of site: SiteID, _ change: Change) throws {
    let ids = try Self.chosen(change.body)
    try database.transaction { transaction in
      try lockForEditing(site, change.caller, transaction)
      try keep(ids, in: table, owner: "site_id = \(site.uuid)", transaction)
      try fitContents(
        of: site, billing.entitlements(of: change.caller.customer, in: transaction).limits, transaction)
    }
  }

  /// Notes the choice; what is not among the chosen comes after them.
  ///
  /// - Throws: ``Problem`` of 422 when an id is none of the owner's.
  private func keep(_ ids: [UUID], in table: SQL, owner: SQL, _ transaction: Transaction) throws {
    let present = try transaction.query("SELECT id FROM \(table) WHERE \(owner) AND id = ANY(\(ids))")
    guard present.count == Set(ids).count, present.count == ids.count else {
      throw Problem(invalid: [FieldError("/ids", .invalid)])
    }
    _ = try transaction.execute(
      """
      UPDATE \(table) t SET keep = c.position
      FROM (
        SELECT o.id, k.position FROM \(table) o
        LEFT JOIN unnest(\(ids)) WITH ORDINALITY AS k (id, position) ON k.id = o.id
        WHERE \(owner)
      ) c
      WHERE t.id = c.id AND t.keep IS DISTINCT FROM c.position
      """)
  }

  private static func chosen(_ body: JSON) throws -> [UUID] {
    var reader = try ObjectReader(body)
    if !reader.has("ids") { reader.refuse("ids", .required) }
    let ids =
      try reader.optionalList("ids", maximum: choiceLimit) { item, pointer -> UUID in
        guard let id = item.stringValue.flatMap({ SiteID($0) }) else {
          throw Problem(invalid: [FieldError(pointer, .invalid)])
        }
        return id.uuid
      } ?? []
    try reader.finish()
    return ids
  }
}
