import Foundation
import Testing

@testable import Database

private let shared = Result { try makeDatabase() }

@Suite struct ValueTests {
  let database: Database

  init() throws { database = try shared.get() }

  @Test(arguments: [0, 1, -1, Int.max, Int.min]) func integers(_ number: Int) throws {
    #expect(try database.query("SELECT \(number)")[0].int(0) == number)
    #expect(try database.query("SELECT \(Int64(number))")[0].int(0) == number)
  }

  @Test func smallIntegersAreReadAndWritten() throws {
    try database.execute("CREATE TABLE small (a smallint, b integer)")
    try database.execute("INSERT INTO small VALUES (\(-7), \(70_000))")
    let row = try database.query("SELECT a, b FROM small WHERE a = \(-7) LIMIT \(1)")[0]
    #expect(try row.int("a") == -7)
    #expect(try row.int("b") == 70_000)
  }

  @Test(arguments: [0, -0.5, 1e300, .infinity, .leastNonzeroMagnitude]) func doubles(_ number: Double) throws {
    #expect(try database.query("SELECT \(number)")[0].double(0) == number)
  }

  @Test func otherValuesComeBack() throws {
    let id = UUID()
    let bytes: [UInt8] = [0, 1, 255, 0]
    let moment = Timestamp(microseconds: 1_795_262_400_123_456)
    let row = try database.query(
      """
      SELECT \(true) AS t, \(false) AS f, \(id) AS id, \(bytes) AS bytes, \([UInt8]()) AS empty, \(moment) AS moment,
        \(moment)::text AS text, \(SQLValue.json(Array(#"{"a": 1}"#.utf8))) AS json,
        \(SQLValue.json(Array(#"{"a": 1}"#.utf8)))::json AS plain
      """)[0]
    #expect(try row.bool("t"))
    #expect(try !row.bool("f"))
    #expect(try row.uuid("id") == id)
    #expect(try row.bytes("bytes") == bytes)
    #expect(try row.bytes("empty") == [])
    #expect(try row.timestamp("moment") == moment)
    #expect(try row.string("text") == "2026-11-21 12:00:00.123456+00")
    #expect(try row.bytes("json") == Array(#"{"a": 1}"#.utf8))
    #expect(try row.string("plain") == #"{"a": 1}"#)
  }

  @Test func arraysComeBack() throws {
    let ids = [UUID(), UUID()]
    let row = try database.query(
      """
      SELECT \(["a", "", "{\"x\",NULL}"]) AS texts, \(ids) AS ids, \([Int64.min, 5]) AS numbers, \([String]()) AS none,
        \(ids[1]) = ANY(\(ids)) AS found
      """)[0]
    #expect(try row.strings("texts") == ["a", "", "{\"x\",NULL}"])
    #expect(try row.uuids("ids") == ids)
    #expect(try row.ints("numbers") == [Int.min, 5])
    #expect(try row.strings("none") == [])
    #expect(try row.bool("found"))
  }

  @Test func nullIsBoundAndReadForEachType() throws {
    let row = try database.query(
      """
      SELECT \(String?.none)::text AS a, \(Int?.none) AS b, \(Bool?.none) AS c, \(UUID?.none) AS d,
        \([UInt8]?.none) AS e, \(Timestamp?.none) AS f, \(SQLValue.json(optional: nil)) AS g, \([String]?.none) AS h
      """)[0]
    #expect(try row.optionalString("a") == nil)
    #expect(try row.optionalInt("b") == nil)
    #expect(try row.optionalBool("c") == nil)
    #expect(try row.optionalUUID("d") == nil)
    #expect(try row.optionalBytes("e") == nil)
    #expect(try row.optionalTimestamp("f") == nil)
    #expect(try row.isNull("g"))
    #expect(try row.isNull("h"))
  }

  @Test func aStringFitsAnEnum() throws {
    try database.execute("CREATE TYPE color AS ENUM ('red', 'green')")
    #expect(
      try database.query("SELECT 'red'::color = \("red") AS same, \("green")::color AS c")[0].string("c") == "green")
  }

  @Test func aColumnThatDoesNotFitIsNamed() throws {
    let row = try database.query("SELECT NULL::text AS nothing, 5 AS number, 1.5::numeric AS exact")[0]
    #expect(throws: DatabaseError.column(name: "nothing", problem: "is NULL")) { try row.string("nothing") }
    #expect(throws: DatabaseError.column(name: "gone", problem: "is missing")) { try row.string("gone") }
    #expect(throws: DatabaseError.column(name: "#3", problem: "is missing")) { try row.string(3) }
    #expect(throws: DatabaseError.column(name: "number", problem: "has a type (23) that is no String")) {
      try row.string("number")
    }
    #expect(throws: DatabaseError.column(name: "exact", problem: "has a type (1700) that is no Int")) {
      try row.int("exact")
    }
  }

  @Test(arguments: [
    ("2026-11-21T12:00:00Z", 1_795_262_400_000_000), ("2026-11-21T12:00:00.123456Z", 1_795_262_400_123_456),
    ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1000),
    ("2000-02-29T00:00:00.5Z", 951_782_400_500_000),
  ])
  func aTimestampReadsRFC3339(_ text: String, _ microseconds: Int64) throws {
    let moment = try #require(Timestamp(rfc3339: text))
    #expect(moment.microseconds == microseconds)
    let milliseconds = Timestamp(microseconds: microseconds >= 0 ? microseconds / 1000 * 1000 : microseconds)
    #expect(Timestamp(rfc3339: moment.rfc3339) == milliseconds)
    #expect(try database.query("SELECT \(text)::timestamptz")[0].timestamp(0) == moment)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T12:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z",
    "2026-11-21T12:00:00+01:00", "2026-11-21T12:00:00.Z", "2026-11-21T12:00:00.1234567Z", "2026-11-21 12:00:00Z",
  ])
  func anythingElseIsNoTimestamp(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }
}
