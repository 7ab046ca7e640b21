import Database
import HTTP
import Services

/// What the profile and the legal texts share: one JSON content that is replaced as a whole, and that stands for
/// itself as version 0 before the first write.
enum ContentRecord {
  /// Replaces the content when the condition holds for the present version. The customer's row is the lock: before the
  /// first write there is no other.
  static func replace(
    _ change: Change, _ transaction: Transaction, current: SQL, insert: SQL, answer: (Row?) throws -> Resource
  ) throws -> Resource {
    let customer = change.caller.customer.uuid
    _ = try transaction.query("SELECT 1 FROM customer.customers WHERE id = \(customer) FOR NO KEY UPDATE")
    if let wanted = change.condition.versions {
      let version = try transaction.query(current).first.map { Int64(try $0.int("version")) } ?? 0
      guard wanted.contains(version) else { throw Problem(.stale) }
    }
    return try answer(transaction.query(insert).first)
  }

  /// A row of `content`, `version` and `updated_at` as a resource.
  static func resource(_ row: Row, _ more: [JSON.Member] = []) throws -> Resource {
    try resource(
      JSONParser.parse(row.bytes("content")), version: Int64(row.int("version")), updatedAt: row.string("updated_at"),
      more)
  }

  /// Content with its version, the moment of its last change, and what is derived from it.
  static func resource(
    _ content: JSON, version: Int64, updatedAt: String?, _ more: [JSON.Member] = []
  ) throws -> Resource {
    guard case .object(let members) = content else { throw Problem(.internalError) }
    let all =
      members + more + [.init("version", .integer(version)), .init("updated_at", JSON(updatedAt))]
    return Resource(json: JSON.object(all).bytes, version: version)
  }
}
