import Foundation

/// A real name server (Knot DNS) of a test's own on a free port of 127.0.0.1, in a temporary folder, gone with the
/// object: a guard process ends it once this process is gone, however it ended. Names outside of its zones it refuses.
package final class KnotServer: @unchecked Sendable {
  /// What went wrong while starting it.
  package struct StartError: Error {
    package let log: String
  }

  /// Of UDP and TCP alike.
  package let port: UInt16
  private let folder: URL
  /// The guard. Changed by `init` only.
  private let process = Process()
  /// Its closing tells the guard to end the server and to delete the folder.
  private let guardPipe = Pipe()

  /// Starts it and waits until it has its zones.
  /// - Parameters:
  ///   - port: nil: a free one.
  ///   - address: another one of loopback than 127.0.0.1, for a second server on the same port.
  ///   - zones: the records of each zone as in zone files, without SOA and NS; `PORT` stands for the port.
  package init(_ zones: [String: String], address: String = "127.0.0.1", port: UInt16? = nil) throws {
    self.port = try port ?? Self.freePort()
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("knot-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (zone, records) in zones {
      let text = """
        $ORIGIN \(zone == "." ? zone : zone + ".")
        $TTL 60
        @ SOA ns hostmaster 1 3600 600 86400 30
        \(records)

        """
      try text.write(toFile: "\(folder.path)/\(zone)zone", atomically: true, encoding: .utf8)
    }
    let list = zones.keys.map { "  - domain: \($0)\n    file: \($0)zone" }.joined(separator: "\n")
    let path = folder.path
    let configuration = """
      server:
        rundir: \(path)
        listen: \(address)@\(self.port)
        udp-workers: 1
        tcp-workers: 1
        background-workers: 1
      log:
        - target: \(path)/log
          any: info
      template:
        - id: default
          storage: \(path)
          zonefile-sync: -1
          zonefile-load: whole
          journal-content: none
      zone:
      \(list)

      """
    try configuration.write(toFile: path + "/knot.conf", atomically: true, encoding: .utf8)
    let program = #"/usr/sbin/knotd -c "$1/knot.conf" & cat; kill -9 $!; rm -rf "$1""#
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", program, "guard", path]
    // No other child may hold the pipe open, or the guard would outlive us.
    _ = fcntl(guardPipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    process.standardInput = guardPipe.fileHandleForReading
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = Date().addingTimeInterval(20)
    while !zones.keys.allSatisfy({ log.contains("[\($0 == "." ? $0 : $0 + ".")] loaded") })
      || !log.contains("server started")
    {
      guard process.isRunning, Date() < deadline else { throw StartError(log: log) }
      usleep(5_000)
    }
  }

  /// Free for UDP and TCP, and below those that the kernel gives to what goes out, which would take it in between.
  private static func freePort() throws -> UInt16 {
    for _ in 0..<1000 {
      let port = UInt16.random(in: 10_000..<32_000)
      if canBind(port, SOCK_DGRAM), canBind(port, SOCK_STREAM) { return port }
    }
    throw StartError(log: "no port is free")
  }

  private static func canBind(_ port: UInt16, _ type: __socket_type) -> Bool {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  deinit {
    try? guardPipe.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// What it wrote.
  package var log: String {
    (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
  }
}
