package import Foundation

/// A real PostgreSQL cluster of a test's own, on a UNIX socket in a short temporary folder. A guard process ends the
/// server and deletes the folder once this process is gone, however it ended.
package final class PostgresServer: @unchecked Sendable {
  /// What went wrong while starting it or running a client.
  package struct Failure: Error {
    package let message: String
  }

  /// One cluster for all suites of this process; each takes a database of its own.
  package static let shared: Result<PostgresServer, any Error> = Result { try PostgresServer() }

  package let folder: URL
  private let programs: String
  /// Root cannot run PostgreSQL: then everything runs as `postgres`. setpriv, unlike runuser, leaves no process of its
  /// own in between, so that signals reach the server.
  private let prefix: [String]
  /// Its closing tells the guard that this process is gone.
  private let guardPipe = Pipe()
  /// Changed only by `start` and `stop`; a test that restarts a server has one of its own.
  private var process: Process?

  package init() throws {
    folder = URL(fileURLWithPath: "/tmp/pg-\(UUID().uuidString.prefix(8))")
    let root = "/usr/lib/postgresql"
    let versions = try FileManager.default.contentsOfDirectory(atPath: root)
    guard let newest = versions.compactMap(Int.init).max() else { throw Failure(message: "no PostgreSQL in \(root)") }
    programs = "\(root)/\(newest)/bin"
    prefix =
      getuid() == 0 ? ["/usr/bin/setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] : []
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if getuid() == 0 {
      try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: folder.path)
    }
    try startGuard()
    try run(
      prefix + [
        "\(programs)/initdb", "--pgdata", "\(folder.path)/data", "--username", "postgres", "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions",
      ])
    try start()
  }

  deinit {
    if process?.isRunning == true { try? stop() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// A connection string for one of its databases.
  package func conninfo(database: String = "postgres") -> String {
    "host=\(folder.path) user=postgres dbname=\(database)"
  }

  /// Makes an empty database and returns its connection string.
  package func createDatabase() throws -> String {
    let name = "test_" + UUID().uuidString.prefix(8).lowercased()
    try psql("CREATE DATABASE \(name)")
    return conninfo(database: name)
  }

  /// Starts it again on its old data and waits until it answers.
  package func start() throws {
    let log = folder.appendingPathComponent("log").path
    let command =
      prefix + [
        "\(programs)/postgres", "-D", "\(folder.path)/data", "-k", folder.path, "-h", "", "-c", "fsync=off",
        "-c", "max_connections=200", "-c", "shared_buffers=32MB",
      ]
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    self.process = process
    let deadline = Date().addingTimeInterval(20)
    while (try? psql("SELECT 1")) == nil {
      guard process.isRunning, Date() < deadline else {
        throw Failure(message: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "no log")
      }
      usleep(20_000)
    }
  }

  /// Stops it as a crash would: no checkpoint, connections cut.
  package func stop() throws {
    signal(SIGCONT)
    signal(SIGQUIT)
    process?.waitUntilExit()
  }

  package func restart() throws {
    try stop()
    try start()
  }

  /// Halts the server and its sessions; they keep their connections and answer nothing.
  package func suspend() throws { try signalAll(SIGSTOP) }

  /// Lets them go on.
  package func resume() throws { try signalAll(SIGCONT) }

  /// Runs psql as another client; returns what it prints, trimmed.
  @discardableResult
  package func psql(_ statement: String, database: String = "postgres") throws -> String {
    try run([
      "\(programs)/psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1",
      "-d", conninfo(database: database), "-c", statement,
    ])
  }

  private func signal(_ number: Int32) {
    guard let process, process.isRunning else { return }
    kill(process.processIdentifier, number)
  }

  private func signalAll(_ number: Int32) throws {
    guard let process else { return }
    let server = process.processIdentifier
    let children = try String(contentsOfFile: "/proc/\(server)/task/\(server)/children", encoding: .utf8)
    for child in children.split(separator: " ").compactMap({ pid_t($0) }) + [server] { kill(child, number) }
  }

  private func startGuard() throws {
    let script = """
      cat > /dev/null
      if read -r pid < "$0/data/postmaster.pid"; then
        kill -CONT "$pid" && kill -QUIT "$pid"
        while kill -0 "$pid"; do sleep 0.05; done
      fi
      rm -rf "$0"
      """
    // No other child may hold the pipe open, or the guard would outlive us.
    _ = fcntl(guardPipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, folder.path]
    process.standardInput = guardPipe.fileHandleForReading
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  @discardableResult
  private func run(_ command: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(message: "\(command[0]): \(text)") }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
