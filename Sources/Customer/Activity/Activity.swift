import Database
import HTTP
import Services

/// What a customer's owner can look up later: who did what, and when. The names are the API's.
enum Activity: String {
  case loggedIn = "login"
  case addressChanged = "address_changed"
  case memberInvited = "member_invited"
  case invitationWithdrawn = "invitation_withdrawn"
  case memberJoined = "member_joined"
  case roleChanged = "role_changed"
  case memberRemoved = "member_removed"
  case memberLeft = "member_left"
  case ownershipTransferred = "ownership_transferred"
  case siteCreated = "site_created"
  case siteDeleted = "site_deleted"
  case sitePublished = "site_published"
  case versionRestored = "version_restored"
  case legalTextChanged = "legal_text_changed"
  case planChanged = "plan_changed"
  case exportRequested = "export_requested"
  case imported = "imported"
  case deletionScheduled = "deletion_scheduled"
  case domainAdded = "domain_added"
  case domainChanged = "domain_changed"
  case domainVerified = "domain_verified"
  case domainFailing = "domain_failing"
  case domainPaused = "domain_paused"
  case domainLost = "domain_lost"
  case domainRemoved = "domain_removed"
  case deletionCalledOff = "deletion_called_off"
}

extension CustomerModule {
  /// Writes a line of the customer's activity; it stands there exactly when the transaction commits.
  ///
  /// - Parameters:
  ///   - subject: what it was done to, as people call it: a site's title, an address.
  ///   - details: an object of texts and numbers that say more; nothing secret, no address of a network.
  func note(
    _ action: Activity, by caller: Caller, subject: String? = nil, details: JSON = [:], in transaction: Transaction
  ) throws {
    try note(action, of: caller.customer, by: caller.user, subject: subject, details: details, in: transaction)
  }

  /// The same for what nobody did in person.
  func note(
    _ action: Activity, of customer: CustomerID, by user: UserID? = nil, subject: String? = nil, details: JSON = [:],
    in transaction: Transaction
  ) throws {
    _ = try transaction.execute(
      """
      INSERT INTO customer.activity (customer_id, user_id, action, subject, details)
      VALUES (\(customer.uuid), \(user?.uuid), \(action.rawValue), \(subject), \(.json(details.bytes)))
      """)
  }
}
