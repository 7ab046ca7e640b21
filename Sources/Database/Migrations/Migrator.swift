/// Brings the schema up to date from the files of a folder, each applied once, in its own transaction, by one process
/// at a time. What was applied stands in `public.schema_migrations`.
package struct Migrator: Sendable {
  /// Which of the files the database has.
  package struct Status: Equatable, Sendable {
    /// The highest number applied; 0 for an empty database.
    package let current: Int
    /// The highest number among the files.
    package let expected: Int
    /// Files yet to be applied.
    package var pending: Int { expected - current }
  }

  /// "SMARTPAG" as a number: the advisory lock that all processes agree on.
  private static let lock: Int64 = 0x534D_4152_5450_4147
  private let configuration: Database.Configuration
  private let folder: String
  private let log: @Sendable (DatabaseEvent) -> Void

  /// - Parameter configuration: of it only the connection string and the connect time-out count; migrations take
  ///   the time they need.
  package init(
    _ configuration: Database.Configuration, folder: String, log: @escaping @Sendable (DatabaseEvent) -> Void
  ) {
    self.configuration = configuration
    self.folder = folder
    self.log = log
  }

  /// The files of a folder in the order of their numbers.
  package static func files(in folder: String) throws(MigrationError) -> [MigrationFile] {
    try MigrationFile.all(in: folder)
  }

  /// The highest number applied; 0 for a database without any.
  package static func currentVersion(_ database: Database) throws(DatabaseError) -> Int {
    do {
      return try database.query("SELECT coalesce(max(number), 0) FROM public.schema_migrations")[0].int(0)
    } catch .other("42P01", _) {
      return 0
    }
  }

  /// Compares files and database without changing anything.
  package func status() throws(MigrationError) -> Status {
    let files = try MigrationFile.all(in: folder)
    do throws(DatabaseError) {
      let connection = try MigrationConnection(configuration, log: log)
      let exists = try connection.run("SELECT to_regclass('public.schema_migrations') IS NOT NULL" as SQL)[0].bool(0)
      guard exists else { return Status(current: 0, expected: files.count) }
      let applied = try Self.applied(connection)
      return Status(current: applied.last?.number ?? 0, expected: files.count)
    } catch {
      throw .database(error)
    }
  }

  /// Applies what is missing; returns it. Waits while another process migrates.
  @discardableResult
  package func run() throws(MigrationError) -> [MigrationFile] {
    let files = try MigrationFile.all(in: folder)
    let applied: [Applied]
    let connection: MigrationConnection
    do throws(DatabaseError) {
      connection = try MigrationConnection(configuration, log: log)
      // Held until the connection ends.
      try connection.run("SELECT pg_advisory_lock(\(Self.lock))")
      try connection.run(script: Self.table)
      applied = try Self.applied(connection)
    } catch {
      throw .database(error)
    }
    try Self.compare(applied, files)
    let missing = Array(files.dropFirst(applied.count))
    for file in missing { try Self.apply(file, connection) }
    return missing
  }

  private struct Applied {
    let number: Int
    let name: String
    let checksum: String
  }

  private static let table = """
    SET client_min_messages = warning;
    CREATE TABLE IF NOT EXISTS public.schema_migrations (
      number int PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON TABLE public.schema_migrations IS 'Which files of sql/ this database has';
    COMMENT ON COLUMN public.schema_migrations.checksum IS 'SHA-256 of the file as it was applied';
    RESET client_min_messages;
    """

  private static func applied(_ connection: MigrationConnection) throws(DatabaseError) -> [Applied] {
    let rows = try connection.run("SELECT number, name, checksum FROM public.schema_migrations ORDER BY number" as SQL)
    var applied: [Applied] = []
    for row in rows {
      applied.append(Applied(number: try row.int(0), name: try row.string(1), checksum: try row.string(2)))
    }
    return applied
  }

  /// What was applied must be the beginning of the files, unchanged.
  private static func compare(_ applied: [Applied], _ files: [MigrationFile]) throws(MigrationError) {
    for (index, record) in applied.enumerated() {
      guard index < files.count, files[index].number == record.number else {
        if index < files.count, record.number > files[index].number {
          throw .gap(expected: files[index].number, found: "\(record.number) in the database")
        }
        throw .unknown(number: record.number, name: record.name)
      }
      guard files[index].checksum == record.checksum else {
        throw .changed(number: record.number, name: record.name)
      }
    }
  }

  private static func apply(_ file: MigrationFile, _ connection: MigrationConnection) throws(MigrationError) {
    let isWhole: Bool
    do throws(DatabaseError) {
      try connection.run(script: "BEGIN")
      try connection.run(script: file.text)
      isWhole = connection.isInTransaction
      if isWhole {
        try connection.run(
          """
          INSERT INTO public.schema_migrations (number, name, checksum)
          VALUES (\(file.number), \(file.name), \(file.checksum))
          """)
        try connection.run(script: "COMMIT")
      }
    } catch {
      throw .failed(number: file.number, name: file.name, error)
    }
    guard isWhole else { throw .endsTransaction(number: file.number, name: file.name) }
  }
}
