package import Foundation

/// A real nginx of a test's own on a free port of loopback, in a temporary folder, gone with the object.
package final class NginxServer: @unchecked Sendable {
  /// What went wrong while starting it.
  package struct StartError: Error {
    package let log: String
  }

  /// The folder of its configuration, logs and temporary files.
  package let folder: URL
  /// Where it listens.
  package let port: UInt16
  /// Changed by `init` only.
  private let process = Process()

  /// Passes everything to a FastCGI server on a UNIX socket, with kept connections, as in production.
  package convenience init(fastCGI socket: String, keptConnections: Int = 64) throws {
    try self.init(
      http: """
        upstream application { server unix:\(socket); keepalive \(keptConnections); }
        """,
      server: """
        client_max_body_size 64m;
        location / {
          fastcgi_pass application;
          fastcgi_keep_conn on;
          fastcgi_param REQUEST_METHOD $request_method;
          fastcgi_param REQUEST_URI $request_uri;
          fastcgi_param REQUEST_SCHEME $scheme;
          fastcgi_param REQUEST_ID $request_id;
          fastcgi_param REQUEST_RECEIVED_MSEC $msec;
          fastcgi_param REMOTE_ADDR $remote_addr;
          fastcgi_param CONTENT_TYPE $content_type;
          fastcgi_param CONTENT_LENGTH $content_length;
        }
        """)
  }

  /// Starts it and waits until it accepts connections.
  ///
  /// - Parameters:
  ///   - http: further lines of the `http` block.
  ///   - server: the lines of the only `server` block, without `listen`.
  package init(http: String, server: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("nginx-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    port = try freePort()
    let path = folder.path
    // As root its workers would be of another user, who may not use a test's sockets.
    let user = geteuid() == 0 ? "user root;" : ""
    let configuration = """
      \(user)
      daemon off; worker_processes 2; pid \(path)/pid; error_log \(path)/error.log warn;
      events { worker_connections 8192; }
      http {
        access_log off; keepalive_requests 1000000;
        client_body_temp_path \(path)/body; fastcgi_temp_path \(path)/fastcgi; proxy_temp_path \(path)/proxy;
        uwsgi_temp_path \(path)/uwsgi; scgi_temp_path \(path)/scgi;
        \(http)
        server {
          listen 127.0.0.1:\(port) backlog=4096;
          \(server)
        }
      }
      """
    try configuration.write(toFile: path + "/nginx.conf", atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/nginx")
    process.arguments = ["-p", path, "-c", path + "/nginx.conf", "-e", path + "/error.log"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = Date().addingTimeInterval(10)
    while !accepts(port) {
      guard process.isRunning, Date() < deadline else { throw StartError(log: errors) }
      usleep(5_000)
    }
  }

  deinit {
    // Its master passes SIGTERM on to the workers, whatever signals a test's thread blocks.
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Its log of warnings and errors.
  package var errors: String {
    (try? String(contentsOfFile: folder.path + "/error.log", encoding: .utf8)) ?? ""
  }
}

/// A port of loopback that nobody listens on now.
package func freePort() throws -> UInt16 {
  try withLoopbackSocket(port: 0) { descriptor, address, length in
    guard bind(descriptor, address, length) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    var bound = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &bound) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return UInt16(bigEndian: bound.sin_port)
  }
}

/// Whether something accepts connections on that port of loopback.
package func accepts(_ port: UInt16) -> Bool {
  (try? withLoopbackSocket(port: port) { connect($0, $1, $2) == 0 }) ?? false
}

private func withLoopbackSocket<Result>(
  port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Result
) throws -> Result {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  return try withUnsafePointer(to: &address) { pointer in
    try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      try body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}
