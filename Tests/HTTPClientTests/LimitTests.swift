import Foundation
import Support
import Testing

@testable import HTTPClient

@Suite struct LimitTests {
  @Test func `a server that never answers costs no more than the time allowed`() throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.hold()
    }
    let client = HTTPClient { $0.totalMilliseconds = 200 }
    let url = server.origin + "/"
    let usual = milliseconds { #expect(client.failure(url) == .timeout) }
    #expect((190..<1500).contains(usual))
    let own = milliseconds { #expect(client.failure(Request("GET", url, totalMilliseconds: 50)) == .timeout) }
    #expect((45..<1000).contains(own))
  }

  @Test(arguments: ["head", "body"])
  func `a slow drip costs no more than the time allowed`(_ part: String) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      if part == "body" { connection.write("Content-Length: 100000\r\n\r\n") }
      while connection.write("x") { usleep(5000) }
    }
    let client = HTTPClient { $0.totalMilliseconds = 250 }
    let spent = milliseconds { #expect(client.failure(server.origin + "/") == .timeout) }
    #expect((240..<1500).contains(spent))
  }

  @Test func `the time allowed is for all hops together`() throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        usleep(60_000)
        connection.write("HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\n\r\n")
      }
    }
    let client = HTTPClient { configuration in
      configuration.totalMilliseconds = 250
      configuration.redirects = 100
    }
    let spent = milliseconds { #expect(client.failure(server.origin + "/") == .timeout) }
    #expect((190..<1500).contains(spent))
  }

  @Test(arguments: [false, true])
  func `an answer longer than allowed is not taken`(_ isAnnounced: Bool) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n" + (isAnnounced ? "Content-Length: 1000000000\r\n\r\n" : "\r\n"))
      let part = [UInt8](repeating: 65, count: 1000)
      while connection.write(part) {}
    }
    let client = HTTPClient { $0.responseLimit = 100_000 }
    #expect(client.failure(server.origin + "/") == .tooLarge)
  }

  @Test func `an answer as long as allowed is taken`() throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      connection.write([UInt8](repeating: 65, count: 100_000))
    }
    #expect(
      try HTTPClient { $0.responseLimit = 100_000 }.get(server.origin + "/").body.count == 100_000)
    #expect(
      HTTPClient { $0.responseLimit = 99_999 }.failure(server.origin + "/") == .tooLarge)
  }

  @Test func `the limit holds for what comes out of a compressed answer`() throws {
    let nginx = try NginxServer(
      http: "gzip on; gzip_types *; gzip_comp_level 9;", server: "root \(try Self.zeros(8 << 20)); location / {}")
    let response = try HTTPClient { $0.responseLimit = 8 << 20 }.get(nginx.origin + "/zeros")
    #expect(response.header("content-encoding") == "gzip")
    #expect(response.body.count == 8 << 20)
    #expect(HTTPClient { $0.responseLimit = (8 << 20) - 1 }.failure(nginx.origin + "/zeros") == .tooLarge)
    // The compressed answer is not a hundredth of that.
    #expect(HTTPClient { $0.responseLimit = 100_000 }.failure(nginx.origin + "/zeros") == .tooLarge)
    try? FileManager.default.removeItem(atPath: Self.folder)
  }

  private static let folder = FileManager.default.temporaryDirectory.path + "/zeros-\(UUID().uuidString.prefix(8))"

  /// A folder with a file of so many zeros.
  private static func zeros(_ count: Int) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(count: count).write(to: URL(filePath: folder + "/zeros"))
    return folder
  }

  @Test(arguments: ["many fields", "a long line", "endless line", "many interim answers", "a long trailer"])
  func `a header section longer than allowed is not taken`(_ how: String) throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.write(how == "many interim answers" ? "" : "HTTP/1.1 200 OK\r\n")
      switch how {
      case "many fields": while connection.write("X-Field: something\r\n") {}
      case "a long line": connection.write("X-Field: \(String(repeating: "x", count: 70_000))\r\n\r\n")
      case "endless line": while connection.write(String(repeating: "x", count: 1000)) {}
      case "many interim answers": while connection.write("HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n") {}
      default:
        connection.write("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n")
        while connection.write("X-Field: something\r\n") {}
      }
    }
    let client = HTTPClient { $0.totalMilliseconds = 5000 }
    #expect(client.failure(server.origin + "/") == .tooLarge)
  }
}
