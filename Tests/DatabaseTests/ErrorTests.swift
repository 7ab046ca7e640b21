import Foundation
import Testing

@testable import Database

private let shared = Result {
  let database = try makeDatabase()
  try database.execute("CREATE TABLE parent (id int PRIMARY KEY)")
  try database.execute(
    """
    CREATE TABLE child (
      id int CONSTRAINT child_one UNIQUE,
      parent int CONSTRAINT child_parent REFERENCES parent,
      size int NOT NULL DEFAULT 1 CONSTRAINT child_size CHECK (size > 0)
    )
    """)
  try database.execute("INSERT INTO child (id) VALUES (1)")
  return database
}

@Suite struct ErrorTests {
  static let cases: [(SQL, DatabaseError)] = [
    ("INSERT INTO child (id) VALUES (\(1))", .uniqueViolation(constraint: "child_one")),
    ("INSERT INTO child (parent) VALUES (\(9))", .foreignKeyViolation(constraint: "child_parent")),
    ("INSERT INTO child (size) VALUES (\(0))", .checkViolation(constraint: "child_size")),
    ("INSERT INTO child (size) VALUES (\(Int?.none))", .notNullViolation(column: "size")),
    ("SELEC 1", .other(sqlState: "42601", message: "syntax error at or near \"SELEC\"")),
    ("SELECT * FROM nowhere", .other(sqlState: "42P01", message: "relation \"nowhere\" does not exist")),
    ("SELECT 1/\(0)", .other(sqlState: "22012", message: "division by zero")),
    ("SELECT \("x\u{0}y")::text || 'z', 1/0", .other(sqlState: "22012", message: "division by zero")),
  ]

  @Test(arguments: cases.indices) func anErrorOfTheServerIsAValue(_ index: Int) throws {
    let database = try shared.get()
    let (sql, error) = Self.cases[index]
    #expect(throws: error) { try database.query(sql) }
    #expect(throws: error) { try database.transaction { try $0.query(sql) } }
    #expect(try database.query("SELECT \(1)")[0].int(0) == 1)
  }

  @Test func aStatementIsPreparedAgainAfterTheSchemaChanged() throws {
    let database = try makeDatabase { $0.poolSize = 1 }
    try database.execute("CREATE TABLE growing (a int)")
    try database.execute("INSERT INTO growing VALUES (1)")
    let read: SQL = "SELECT * FROM growing"
    #expect(try database.query(read)[0].int("a") == 1)
    try database.execute("ALTER TABLE growing ADD b int DEFAULT 2")
    #expect(try database.query(read)[0].int("b") == 2)
    try database.execute("ALTER TABLE growing ADD c int DEFAULT 3")
    #expect(try database.transaction { try $0.query(read)[0].int("c") } == 3)
    try database.execute("DISCARD ALL")
    #expect(try database.query(read)[0].int("c") == 3)
    try database.execute("DISCARD ALL")
    #expect(try database.transaction { try $0.query(read)[0].int("c") } == 3)
  }

  @Test func preparedStatementsAreBounded() throws {
    let database = try makeDatabase {
      $0.poolSize = 1
      $0.statementLimit = 8
    }
    for number in 0..<100 {
      #expect(try database.query(SQL(stringLiteral: "SELECT \(number)"))[0].int(0) == number)
    }
    #expect(try database.query("SELECT count(*) FROM pg_prepared_statements")[0].int(0) <= 9)
  }

  @Test func aStatementThatIsUsedAgainIsPreparedOnce() throws {
    let database = try makeDatabase { $0.poolSize = 1 }
    for number in 0..<5 { #expect(try database.query("SELECT \(number) AS n")[0].int("n") == number) }
    #expect(
      try database.query("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS n'")[0].int(0) == 1)
  }

  @Test func aNoticeReachesTheLog() throws {
    let log = EventLog()
    let database = try makeDatabase(log: log)
    try database.execute("DO $$ BEGIN RAISE WARNING 'mind %', 'this'; END $$")
    #expect(log.events == [.up, .notice(severity: "WARNING", message: "mind this")])
  }

  @Test func theOperatorsOptionsComeBeforeOurs() throws {
    let base = try makeDatabase().configuration.conninfo
    let database = try makeDatabase(
      on: base + " options='-c statement_timeout=1234 -c work_mem=5MB' application_name=theirs")
    let row = try database.query(
      """
      SELECT current_setting('statement_timeout') AS s, current_setting('work_mem') AS w,
        current_setting('lock_timeout') AS l, current_setting('application_name') AS a, current_setting('TimeZone') AS z
      """)[0]
    #expect(try row.string("s") == "1234ms")
    #expect(try row.string("w") == "5MB")
    #expect(try row.string("l") == "2s")
    #expect(try row.string("a") == "theirs")
    #expect(try row.string("z") == "UTC")
  }

  @Test func aListOfHostsIsTriedInOrder() throws {
    let base = try makeDatabase().configuration.conninfo
    let parts = base.split(separator: " ")
    let host = parts[0].dropFirst("host=".count)
    let database = try makeDatabase(
      on: "host=/nonexistent,\(host) target_session_attrs=read-write \(parts.dropFirst().joined(separator: " "))")
    #expect(try database.query("SELECT 1")[0].int(0) == 1)
  }
}
