import FastCGI
import Foundation
import HTTP
import Support
import Testing

extension FastCGITests {
  @Suite struct MalformedRecords {
    static let cases: [(name: String, bytes: [UInt8])] = [
      ("nothing", []),
      ("half a header", [1, 1, 0]),
      ("another version", [2] + Records.begin().dropFirst() + Records.record(4, [])),
      ("text", Array("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".utf8)),
      ("parameters without a beginning", Records.record(4, Records.pair("A", "b"))),
      ("a beginning with id 0", Records.begin(id: 0)),
      ("a beginning that is too short", Records.record(1, [0, 1, 1])),
      ("an unknown role", Records.begin(role: 9) + Records.record(4, [])),
      ("an authorizer", Records.begin(role: 2) + Records.record(4, []) + Records.record(5, [])),
      (
        "a name that is longer than its stream",
        Records.begin() + Records.record(4, [200, 3, 65]) + Records.record(4, [])
      ),
      ("a length that is cut", Records.begin() + Records.record(4, [0x80, 0, 0]) + Records.record(4, [])),
      ("a value that is missing", Records.begin() + Records.record(4, [3, 5, 65, 66, 67]) + Records.record(4, [])),
      ("output from the client", Records.begin() + Records.record(6, [1, 2, 3])),
      ("a record that is cut", Records.begin() + Array(Records.record(4, Records.pair("A", "b")).dropLast(1))),
      ("a record of 65,535 bytes that never comes", Records.begin() + [1, 4, 0, 1, 0xFF, 0xFF, 0xFF, 0]),
    ]

    @Test(arguments: cases.indices)
    func costOnlyTheirConnection(index: Int) throws {
      let running = try RunningServer.echo(workers: 2)
      let other = try RawClient(running.socket)
      #expect(other.exchange(Records.request())?.body == "GET / 0")
      let client = try RawClient(running.socket)
      client.send(Self.cases[index].bytes)
      client.finishSending()
      #expect(client.isClosedByServer(), "\(Self.cases[index].name)")
      #expect(other.exchange(Records.request("GET", "/on"))?.body == "GET /on 0")
      #expect(eventually { running.server.statistics.connections == 1 })
    }

    @Test func anEndBetweenRequestsIsNoError() throws {
      let running = try RunningServer.echo()
      do {
        let client = try RawClient(running.socket)
        #expect(client.exchange(Records.request())?.body == "GET / 0")
      }
      #expect(eventually { running.server.statistics.connections == 0 })
      #expect(running.server.statistics.broken == 0)
    }

    @Test func aManagementRecordIsAnswered() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      client.send(Records.record(9, Records.pair("FCGI_MPXS_CONNS", ""), id: 0))
      #expect(client.exchange(Records.request())?.body == "GET / 0")
    }

    @Test func aSecondRequestInTheMiddleOfOneIsRefused() throws {
      let running = try RunningServer.echo()
      let client = try RawClient(running.socket)
      let answer = client.exchange(Records.begin() + Records.begin(id: 2) + Records.request().dropFirst(16))
      // FCGI_CANT_MPX_CONN for the second comes first.
      #expect(answer?.output == "")
      #expect(client.receive()?.body == "GET / 0")
    }
  }
}
