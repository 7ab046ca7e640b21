import Database
import HTTP

/// How far a part of reconciliation has come, kept so that any process goes on where another one stopped.
struct Cursor {
  let name: String
  private let database: Database
  /// As last read or written.
  private(set) var value: JSON
  private var stored: String?

  /// Reads it; an empty object when there is none.
  init(_ name: String, _ database: Database) throws {
    self.name = name
    self.database = database
    stored = try database.query("SELECT value FROM billing.cursors WHERE name = \(name)").first?.string(0)
    value = stored.flatMap { try? JSONParser.parse(Array($0.utf8)) } ?? .object([])
  }

  /// Moves it on, unless another process has moved it meanwhile.
  ///
  /// - Returns: whether it was moved.
  mutating func move(to value: JSON) throws -> Bool {
    let text = String(decoding: value.bytes, as: UTF8.self)
    let moved = try database.execute(
      """
      INSERT INTO billing.cursors AS c (name, value) VALUES (\(name), \(text))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
      WHERE c.value IS NOT DISTINCT FROM \(stored)::text
      """)
    guard moved == 1 else { return false }
    stored = text
    self.value = value
    return true
  }
}
