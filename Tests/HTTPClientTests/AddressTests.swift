import Foundation
import Support
import Testing

@testable import HTTPClient

@Suite struct AddressTests {
  @Test(arguments: [
    // IPv4: first and last addresses of each range.
    "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "100.100.100.200",
    "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0", "169.254.169.254", "169.254.255.255",
    "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.0",
    "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    // IPv6.
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "100::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1",
    "fec0::1", "ff02::1", "ff0e::1", "2001::1", "2001:0:1::1", "2001:10::1", "2001:20::1", "2001:1ff::1",
    "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "3fff:fff::1", "5f00::1", "4000::1", "64:ff9b:1::1",
    // IPv4 within IPv6.
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::10.1.2.3", "64:ff9b::169.254.169.254",
  ])
  func `an address that is not one of the public internet`(_ text: String) throws {
    #expect(try NetworkAddress(text).isPublic == false)
  }

  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255",
    "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.17",
    "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1111", "2a01:4f8::1", "3ffe::1",
    "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
  ])
  func `an address of the public internet`(_ text: String) throws {
    #expect(try NetworkAddress(text).isPublic)
  }

  @Test func `an address is told as people write it`() throws {
    #expect("\(try NetworkAddress("169.254.169.254"))" == "169.254.169.254")
    #expect("\(try NetworkAddress("fd00::1"))" == "fd00:0:0:0:0:0:0:1")
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost.",
  ])
  func `a user's URL does not reach this machine, however it is written`(_ host: String) throws {
    let server = try RawServer(host: "0.0.0.0") { $0.hold() }
    let client = HTTPClient { $0.publicAddressesOnly = true }
    for scheme in ["http", "https"] {
      let failure = client.failure("\(scheme)://\(host):\(server.port)/")
      #expect(failure?.kind == "refusedAddress" || host == "localhost." && failure?.kind == "connect")
    }
    #expect(server.accepted == 0)
  }

  @Test(arguments: [
    "10.0.0.1", "169.254.169.254", "100.100.100.200", "[fd00:ec2::254]", "[fe80::1]", "[64:ff9b::a00:1]",
  ])
  func `a user's URL does not reach other private addresses`(_ host: String) throws {
    #expect(HTTPClient { $0.publicAddressesOnly = true }.failure("http://\(host)/")?.kind == "refusedAddress")
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1", "0.0.0.0",
  ])
  func `nor behind a redirect, where one address of loopback stands for a public one`(_ host: String) throws {
    let inner = try RawServer(host: "0.0.0.0") { $0.hold() }
    let outer = try RawServer(host: "127.0.0.3") { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 302 Found\r\nLocation: http://\(host):\(inner.port)/\r\nContent-Length: 0\r\n\r\n")
    }
    let standIn = try NetworkAddress("127.0.0.3")
    let client = HTTPClient(admits: { $0 == standIn || $0.isPublic }, { $0.redirects = 3 })
    #expect(client.failure("http://127.0.0.3:\(outer.port)/")?.kind == "refusedAddress")
    #expect(outer.accepted == 1)
    #expect(inner.accepted == 0)
  }
}

extension NetworkAddress {
  /// From its usual notation.
  init(_ text: String) throws {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      self = .v4(UInt32(bigEndian: four.s_addr))
    } else {
      try #require(inet_pton(AF_INET6, text, &six) == 1)
      self = .v6(UInt128(bigEndian: unsafeBitCast(six, to: UInt128.self)))
    }
  }
}
