package import Database

/// The addresses that get no mail: hard bounces, complaints, and those that the transport itself suppresses.
package struct Suppressions: Sendable {
  private let database: Database

  /// One of them.
  package struct Entry: Sendable {
    package let address: String
    /// bounced, complained or suppressed.
    package let reason: String
    package let since: Timestamp
  }

  package init(_ database: Database) {
    self.database = database
  }

  /// The newest first.
  package func list(limit: Int) throws -> [Entry] {
    try database.query(
      "SELECT address, reason, created_at FROM mailer.suppressions ORDER BY created_at DESC, address LIMIT \(limit)"
    ).map { Entry(address: try $0.string(0), reason: try $0.string(1), since: try $0.timestamp(2)) }
  }

  /// Lets an address have mails again: an operator's decision only.
  /// - Returns: false when it was not suppressed.
  package func lift(_ address: String) throws -> Bool {
    try database.execute("DELETE FROM mailer.suppressions WHERE address = \(address)") == 1
  }

  /// - Returns: 1 when the address was not suppressed before.
  static func add(_ address: String, reason: String, in transaction: Transaction) throws -> Int {
    try transaction.execute(
      """
      INSERT INTO mailer.suppressions (address, reason) VALUES (\(address), \(reason))
      ON CONFLICT (address) DO NOTHING
      """)
  }
}
