import Synchronization
import Testing

@testable import HTTPClient

/// Who names a host also decides what its name means, and may decide otherwise a moment later. One address of loopback
/// stands for a public one here.
@Suite struct RebindingTests {
  private static func server() throws -> RawServer {
    try RawServer(host: "0.0.0.0") { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }
  }

  private final class Names: Sendable {
    let addresses: Mutex<String>
    let asked = Mutex<[String]>([])

    init(_ addresses: String) { self.addresses = Mutex(addresses) }

    /// For the connections to a name; each address that is about to be connected to is noted.
    func client(port: UInt16) throws -> HTTPClient {
      let standIn = try NetworkAddress("127.0.0.3")
      var configuration = HTTPClient.Configuration()
      configuration.redirects = 3
      return HTTPClient(
        configuration,
        admits: { [self] address in
          asked.withLock { $0.append("\(address)") }
          return address == standIn || address.isPublic
        },
        names: { [self] in ["rebound.example:\(port):\(addresses.withLock { $0 })"] })
    }
  }

  @Test func `a name that was public a moment ago and is this machine now is not connected to`() throws {
    let server = try Self.server()
    let names = Names("127.0.0.3")
    let client = try names.client(port: server.port)
    let url = "http://rebound.example:\(server.port)/"
    #expect(try client.get(url).status == 200)
    names.addresses.withLock { $0 = "127.0.0.1" }
    #expect(client.failure(url)?.kind == "refusedAddress")
    #expect(names.asked.withLock { $0 } == ["127.0.0.3", "127.0.0.1"])
    #expect(server.accepted == 1)
  }

  @Test(arguments: ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[fd00::1]"])
  func `of several addresses none is connected to that is not public`(_ other: String) throws {
    let server = try Self.server()
    for order in ["\(other),127.0.0.3", "127.0.0.3,\(other)"] {
      let names = Names(order)
      let client = try names.client(port: server.port)
      // The public one answers, whatever stands beside it.
      #expect(try client.get("http://rebound.example:\(server.port)/").status == 200)
      #expect(names.asked.withLock { $0 }.contains("127.0.0.3"))
    }
    #expect(server.accepted == 2)
    let alone = try Names(other).client(port: server.port)
    #expect(alone.failure("http://rebound.example:\(server.port)/")?.kind == "refusedAddress")
    #expect(server.accepted == 2)
  }

  @Test func `nor behind a redirect to the same name, which means another by then`() throws {
    let names = Names("127.0.0.3")
    let server = try RawServer(host: "0.0.0.0") { connection in
      connection.readRequest()
      names.addresses.withLock { $0 = "127.0.0.1" }
      connection.write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }
    let client = try names.client(port: server.port)
    #expect(client.failure("http://rebound.example:\(server.port)/")?.kind == "refusedAddress")
    #expect(server.accepted == 1)
  }
}
