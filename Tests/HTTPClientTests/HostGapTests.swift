import Support
import Testing

@testable import HTTPClient

@Suite struct HostGapTests {
  @Test func `requests to one host are kept apart, those to another are not`() {
    let gaps = HostGaps(milliseconds: 200)
    let begin = Deadline.now
    gaps.wait(for: "a.example")
    gaps.wait(for: "b.example")
    #expect(begin.remainingMilliseconds > -150)
    gaps.wait(for: "a.example")
    gaps.wait(for: "a.example")
    #expect(begin.remainingMilliseconds <= -400)
  }

  @Test func `an address that is named may be connected to, and no other`() throws {
    let server = try RawServer(host: "0.0.0.0") { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let client = HTTPClient {
      $0.publicAddressesOnly = true
      $0.furtherAddresses = ["127.0.0.4"]
    }
    #expect(client.failure("http://127.0.0.4:\(server.port)/") == nil)
    #expect(client.failure("http://127.0.0.5:\(server.port)/")?.kind == "refusedAddress")
    #expect(server.accepted == 1)
  }
}
