import Foundation
import Support
import Testing

@testable import HTTPClient

/// What is only seen in a process of its own.
@Suite struct ProcessTests {
  @Test func `memory does not grow with the number of requests`() async throws {
    let nginx = try NginxServer.echo(
      """
      location /large { return 200 "\(String(repeating: "x", count: 3000))"; }
      location /closing { keepalive_requests 1; return 200 "hello"; }
      """)
    await #expect(processExitsWith: .success) { [origin = nginx.origin as String] in
      let client = HTTPClient { $0.connections = 4 }
      let failing = HTTPClient { $0.publicAddressesOnly = true }
      let round = {
        for _ in 0..<500 {
          let headers = (0..<10).map { (name: "x-\($0)", value: String(repeating: "v", count: 100)) }
          guard try client.get(origin + "/large", headers: headers).status == 200,
            try client.send(Request("POST", origin + "/", body: [UInt8](repeating: 1, count: 8000))).status == 200,
            failing.failure(origin)?.kind == "refusedAddress",
            try client.get(origin + "/closing").status == 200
          else { exit(2) }
        }
      }
      try round()
      let before = residentKilobytes()
      for _ in 0..<4 { try round() }
      let grown = residentKilobytes() - before
      // A hundred bytes a request.
      exit(grown < 800 ? 0 : 1)
    }
  }

  @Test func `a write to a broken connection does not end the process`() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.reset()
    }
    await #expect(processExitsWith: .success) { [port = server.port as UInt16] in
      signal(SIGPIPE, SIG_DFL)
      for _ in 0..<5 {
        let body = [UInt8](repeating: 1, count: 1 << 20)
        _ = HTTPClient().failure(Request("POST", "http://127.0.0.1:\(port)/", body: body))
      }
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      close(ends[0])
      let written = BrokenPipe.withoutSignal { write(ends[1], "x", 1) }
      var pending = sigset_t()
      sigpending(&pending)
      exit(written == -1 && sigismember(&pending, SIGPIPE) == 0 ? 0 : 1)
    }
  }

  @Test func `nothing is taken from the environment`() async throws {
    let nginx = try NginxServer.echo()
    await #expect(processExitsWith: .success) { [origin = nginx.origin as String] in
      let folder = FileManager.default.temporaryDirectory.path + "/home-\(getpid())"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try "machine 127.0.0.1 login a password b\n".write(toFile: folder + "/.netrc", atomically: true, encoding: .utf8)
      for (name, value) in [
        ("http_proxy", "http://127.0.0.1:1"), ("all_proxy", "http://127.0.0.1:1"), ("HOME", folder),
        ("NETRC", folder + "/.netrc"),
      ] {
        setenv(name, value, 1)
      }
      guard try HTTPClient().get(origin + "/").header("x-seen") == "GET / //" else { exit(1) }
    }
  }

  @Test func `a proxy that is configured is used, but not for loopback nor for a user's URL`() throws {
    let proxy = try RawServer { connection in
      guard let request = connection.readRequest() else { return }
      connection.write(
        request.hasPrefix("CONNECT")
          ? "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }
    let nginx = try NginxServer.echo()
    let client = HTTPClient { $0.proxy = "http://127.0.0.1:\(proxy.port)" }
    #expect(try client.get("http://shop.invalid/a").text == "ok")
    #expect(proxy.requests.first?.hasPrefix("GET http://shop.invalid/a HTTP/1.1\r\n") == true)
    let refused = client.failure(
      Request("POST", "https://shop.invalid/a", headers: [("Authorization", "Bearer secret")], body: [1]))
    #expect(refused?.kind == "connect")
    #expect(!proxy.requests.contains { $0.contains("secret") })
    #expect(try client.get(nginx.origin).text == "hello")
    let guarded = HTTPClient { configuration in
      configuration.proxy = "http://127.0.0.1:\(proxy.port)"
      configuration.publicAddressesOnly = true
    }
    #expect(guarded.failure("http://shop.invalid/")?.kind == "connect")
    #expect(proxy.requests.count == 2)
  }
}

/// This process's memory.
func residentKilobytes() -> Int {
  let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
  return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4 : 0
}
