import Foundation
import Testing

@testable import Database

@Suite struct SQLTests {
  static let hostile = [
    "'; DROP TABLE x; --", "$1", "\\", "\"", "é€😀", "", "a\u{0}".replacingOccurrences(of: "\u{0}", with: "?"), "%s",
    "' || (SELECT 1) || '", "$$x$$", "\u{202E}", String(repeating: "x", count: 100_000),
  ]

  @Test func anInterpolatedValueIsBoundAndNotPasted() {
    let title = "'; DROP TABLE x; --"
    let sql: SQL = "SELECT \(title), \(5), \(true) WHERE a = \(Optional<UUID>.none)"
    #expect(sql.text == "SELECT $1, $2, $3 WHERE a = $4")
    #expect(sql.values == [.text(title), .int64(5), .bool(true), .null(.uuid)])
  }

  @Test func aLiteralStaysAsItIs() {
    let sql: SQL = "SELECT '$1', 'x''y'"
    #expect(sql.text == "SELECT '$1', 'x''y'")
    #expect(sql.values.isEmpty)
  }

  @Test func aFragmentIsRenumberedAndItsQuotedDollarsStay() {
    let condition: SQL = "a = \(1) AND note <> '$1' AND b = \("two")"
    let both: SQL = "(\(condition)) OR (\(condition)) OR c = \(3)"
    let sql: SQL = "SELECT \("zero") WHERE \(both) \(raw: "ORDER BY a")"
    #expect(
      sql.text == "SELECT $1 WHERE (a = $2 AND note <> '$1' AND b = $3) OR "
        + "(a = $4 AND note <> '$1' AND b = $5) OR c = $6 ORDER BY a")
    #expect(sql.values == [.text("zero"), .int64(1), .text("two"), .int64(1), .text("two"), .int64(3)])
  }

  @Test func numbersOfSeveralDigitsAreRenumbered() {
    let ten: SQL = "\(1)\(2)\(3)\(4)\(5)\(6)\(7)\(8)\(9)\(10)é\(11)"
    let sql: SQL = "é\(0)\(ten)."
    #expect(sql.text == "é$1$2$3$4$5$6$7$8$9$10$11é$12.")
  }

  @Test(arguments: hostile) func hostileTextComesBackUnchanged(_ text: String) throws {
    let database = try sqlDatabase.get()
    let row = try database.query("SELECT \(text)::text AS a, octet_length(\(text)::text) AS n")[0]
    #expect(try row.string("a") == text)
    #expect(try row.int("n") == text.utf8.count)
  }
}

private let sqlDatabase = Result { try makeDatabase() }
