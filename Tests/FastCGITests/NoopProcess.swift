import Foundation

/// The program `LoadNoop` as a process of its own, on a socket of its own or one that is held for it.
final class NoopProcess {
  struct StartError: Error {
    let output: String
  }

  let socket: String
  private let process = Process()
  private let output = Pipe()
  private let folder: URL?

  enum Listener {
    /// A listening socket that others hold, given as standard input.
    case inherited(Int32, path: String)
    case path(String)
    /// In a folder of its own.
    case fresh
  }

  init(_ listener: Listener = .fresh) throws {
    var environment = ["NOOP_DRAIN_SECONDS": "10"]
    switch listener {
    case .inherited(let descriptor, let path):
      folder = nil
      socket = path
      process.standardInput = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    case .path(let path):
      folder = nil
      socket = path
      environment["NOOP_SOCKET"] = path
    case .fresh:
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("noop-\(UUID().uuidString.prefix(8))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      socket = folder.path + "/noop.sock"
      environment["NOOP_SOCKET"] = socket
    }
    process.executableURL = Self.program
    process.environment = environment
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard line == "listening\n" else {
      process.waitUntilExit()
      throw StartError(output: line)
    }
  }

  var isRunning: Bool { process.isRunning }

  /// Ends it by SIGTERM.
  ///
  /// - Returns: how many requests it says to have answered; nil when it ended in any other way than by itself.
  func stop() -> Int? {
    kill(process.processIdentifier, SIGTERM)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { return nil }
    return text.split(separator: "\n").last.flatMap { Int($0) }
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }

  /// Beside the test bundle.
  private static var program: URL {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }?.drop { $0 != "/" }
    return URL(fileURLWithPath: String(bundle ?? "")).deletingLastPathComponent().appendingPathComponent("LoadNoop")
  }
}
