import Countries
import Database
import HTTP
import Locks
import LogFiles

extension CustomerModule {
  /// A file younger than this may still get the last lines of a worker of nginx that has not changed over yet.
  private static let settledSeconds: Int64 = 5
  /// What is held in memory at a time.
  private static let partLines = 10_000
  private static let partBytes = 4 << 20
  /// nginx takes heads of 32 KB, and writes one byte as up to six.
  private static let lineLimit = 256 << 10

  /// Reads the finished files of the edge's log, oldest first, and removes them. Run every minute.
  ///
  /// The sums of a part and how far the file is read commit together, so a process that ends at any moment, and others
  /// at work on the same folder, count each line once. A file that cannot be read does not hold up the others.
  ///
  /// - Parameter goesOn: asked after each part; false ends the run early.
  func readLogs(_ goesOn: () throws -> Bool) throws {
    guard let source = settings.statistics else { return }
    let folder = source.folder
    // Opened anew each time: the operator replaces the file when a newer one comes out.
    let countries = source.countries.flatMap { try? CountryDatabase(path: $0) }
    var failure: (any Error)?
    for name in try folder.names() {
      do {
        guard let file = try folder.open(name) else { continue }
        guard Instant.now.seconds - (try file.changedAt()) >= Self.settledSeconds else { continue }
        guard try read(file, name, countries, goesOn) else { return }
        try folder.remove(name)
      } catch {
        failure = error
      }
    }
    try closeVisitorDays(at: .now)
    if let failure { throw failure }
    logCounts.withLock { $0.end(at: .now) }
  }

  /// - Returns: whether the file is read to its end.
  private func read(
    _ file: LogFile, _ name: String, _ countries: CountryDatabase?, _ goesOn: () throws -> Bool
  ) throws -> Bool {
    while true {
      let rows = try database.query("SELECT bytes FROM customer.read_logs WHERE name = \(name)")
      let start = try rows.first?.int("bytes") ?? 0
      let part = try file.part(
        from: start, lines: Self.partLines, bytes: Self.partBytes, lineLimit: Self.lineLimit)
      if part.end == start { return true }
      let tally = try count(part, countries, at: .now)
      if try add(tally, of: name, from: start, to: part.end) { logCounts.withLock { $0.add(tally) } }
      guard try goesOn() else { return false }
    }
  }
}
