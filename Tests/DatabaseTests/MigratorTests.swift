import Foundation
import Support
import Testing

@testable import Database

@Suite final class MigratorTests {
  private let folder: URL
  private let configuration: Database.Configuration
  private let database: Database

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("sql-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    database = try makeDatabase(on: PostgresServer.shared.get().createDatabase())
    configuration = database.configuration
    try write("0001_one.sql", "CREATE TABLE one (id int); INSERT INTO one VALUES (1);")
    try write("0002_two.sql", "-- 'quoted; $1\nCREATE TABLE two (id int);\n")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private var migrator: Migrator { Migrator(configuration, folder: folder.path) { _ in } }

  @Test func filesAreAppliedOnceInOrder() throws {
    #expect(try Migrator.currentVersion(database) == 0)
    #expect(try migrator.status() == Migrator.Status(current: 0, expected: 2))
    #expect(try migrator.run().map(\.number) == [1, 2])
    #expect(try migrator.run().isEmpty)
    try write("0003_three.sql", "CREATE TABLE three ()")
    #expect(try migrator.status().pending == 1)
    #expect(try migrator.run().map(\.name) == ["three"])
    #expect(try Migrator.currentVersion(database) == 3)
    #expect(try database.query("SELECT count(*) FROM one")[0].int(0) == 1)
  }

  @Test func onlyOneOfManyAppliesAFile() throws {
    let applied = try onThreads(4) { [migrator] _ in try migrator.run().count }
    #expect(applied.sorted() == [0, 0, 0, 2])
    #expect(try database.query("SELECT count(*) FROM one")[0].int(0) == 1)
  }

  @Test func aFailedFileLeavesNothingAndCanBeMended() throws {
    try write("0003_bad.sql", "CREATE TABLE three (); SELECT 1/0;")
    #expect(
      throws: MigrationError.failed(
        number: 3, name: "bad", .other(sqlState: "22012", message: "division by zero"))
    ) { try migrator.run() }
    #expect(try Migrator.currentVersion(database) == 2)
    try write("0003_bad.sql", "CREATE TABLE three ()")
    #expect(try migrator.run().count == 1)
  }

  @Test func aFileMustNotEndItsTransaction() throws {
    try write("0003_bad.sql", "COMMIT")
    #expect(throws: MigrationError.endsTransaction(number: 3, name: "bad")) { try migrator.run() }
  }

  @Test func aChangedFileIsRefused() throws {
    try migrator.run()
    try write("0001_one.sql", "CREATE TABLE one (id bigint)")
    #expect(throws: MigrationError.changed(number: 1, name: "one")) { try migrator.run() }
  }

  @Test func aGapIsRefused() throws {
    try write("0004_four.sql", "SELECT 1")
    #expect(throws: MigrationError.gap(expected: 3, found: "0004_four.sql")) { try migrator.run() }
  }

  @Test func aBadNameIsRefused() throws {
    for name in ["1_x.sql", "0003.sql", "000x_y.sql", "0003x_y.sql"] {
      try write(name, "SELECT 1")
      #expect(throws: MigrationError.badName(name)) { try Migrator.files(in: folder.path) }
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  @Test func aDatabaseThatIsTooNewIsRefused() throws {
    try migrator.run()
    try FileManager.default.removeItem(at: folder.appendingPathComponent("0002_two.sql"))
    #expect(throws: MigrationError.unknown(number: 2, name: "two")) { try migrator.run() }
    #expect(try migrator.status() == Migrator.Status(current: 2, expected: 1))
  }

  @Test func aMissingFolderIsNamed() {
    #expect(throws: MigrationError.unreadable(path: "/nonexistent")) { try Migrator.files(in: "/nonexistent") }
  }
}
