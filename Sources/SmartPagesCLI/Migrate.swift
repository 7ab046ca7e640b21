import ArgumentParser
import Configuration
import Database

/// `smartpages migrate`: brings the schema up to date. Safe to repeat, and to run by several machines at once.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Brings the database's schema up to date.")

  func run() throws {
    let settings = Settings()
    let migrator = Migrator(
      Database.Configuration(conninfo: try settings.text("SMARTPAGES_DATABASE_URL")),
      folder: try settings.text("SMARTPAGES_SQL_FOLDER")
    ) { event in
      if case .notice(let severity, let message) = event { print("\(severity): \(message)") }
    }
    let applied = try migrator.run()
    for file in applied { print("applied \(file.number) \(file.name)") }
    if applied.isEmpty { print("the schema is up to date") }
  }
}
