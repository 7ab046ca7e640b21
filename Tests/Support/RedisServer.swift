package import Foundation

/// A real Redis of a test's own: durable as in production, on a UNIX socket in a temporary folder, gone with the
/// object.
package final class RedisServer: @unchecked Sendable {
  /// What went wrong while starting it.
  package struct StartError: Error {
    package let log: String
  }

  /// The folder of its socket and data.
  package let folder: URL
  package var socket: String { folder.appendingPathComponent("redis.sock").path }
  private let options: [String]
  /// Changed only by `start`; a test that restarts the server does so from one thread.
  private var process: Process?

  /// Starts a server and waits until it answers.
  /// - Parameter options: more of its options, such as `["--maxmemory", "4mb"]`.
  package init(_ options: [String] = []) throws {
    self.options = options
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("redis-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try start()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Starts it again on its old data.
  package func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/redis-server")
    process.arguments =
      [
        "--port", "0", "--unixsocket", socket, "--dir", folder.path, "--logfile", folder.path + "/log", "--save", "",
        "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
      ] + options
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    let deadline = Date().addingTimeInterval(10)
    while !["PONG", "NOAUTH"].contains(where: cli("PING").hasPrefix) {
      guard process.isRunning, Date() < deadline else {
        throw StartError(log: (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? "no log")
      }
      usleep(5_000)
    }
  }

  /// Ends it as an operator would. Not by SIGTERM, which a child of a test's thread inherits blocked.
  package func stop() {
    cli("SHUTDOWN")
    process?.waitUntilExit()
  }

  /// Ends it as a power cut would.
  package func kill() { signal(SIGKILL, thenWait: true) }

  /// Halts it; it keeps its connections and answers nothing.
  package func suspend() { signal(SIGSTOP, thenWait: false) }

  /// Lets it go on.
  package func resume() { signal(SIGCONT, thenWait: false) }

  /// Runs redis-cli as another client and returns what it prints, trimmed; empty if there is no server.
  @discardableResult
  package func cli(_ arguments: String...) -> String {
    let client = Process()
    client.executableURL = URL(fileURLWithPath: "/usr/bin/redis-cli")
    client.arguments = ["-s", socket] + arguments
    let output = Pipe()
    client.standardOutput = output
    client.standardError = FileHandle.nullDevice
    do { try client.run() } catch { return "" }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    client.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func signal(_ number: Int32, thenWait: Bool) {
    guard let process, process.isRunning else { return }
    Foundation.kill(process.processIdentifier, number)
    if thenWait { process.waitUntilExit() }
  }
}
