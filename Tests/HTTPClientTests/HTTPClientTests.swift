import Foundation
import Support
import Synchronization

@testable import HTTPClient

typealias Request = HTTPClient.Request

extension HTTPClient {
  /// A client with other settings than usual.
  convenience init(admits: AddressRule? = nil, _ change: (inout Configuration) -> Void) {
    var configuration = Configuration()
    change(&configuration)
    if let admits {
      self.init(configuration, admits: admits)
    } else {
      self.init(configuration)
    }
  }

  func get(_ url: String, headers: [(name: String, value: String)] = []) throws(HTTPClientError) -> Response {
    try send(Request("GET", url, headers: headers))
  }

  /// The failure of a request that must fail.
  func failure(_ request: Request) -> HTTPClientError? {
    do {
      _ = try send(request)
      return nil
    } catch {
      return error
    }
  }

  func failure(_ url: String) -> HTTPClientError? { failure(Request("GET", url)) }
}

extension HTTPClient.Response {
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPClientError {
  /// The case, without its text.
  var kind: String { String("\(self)".prefix { $0 != "(" }) }
}

extension NginxServer {
  var origin: String { "http://127.0.0.1:\(port)" }

  /// A server that tells in header fields how it sees each request.
  static func echo(_ lines: String = "", http: String = "") throws -> NginxServer {
    try NginxServer(
      http: http,
      server: """
        \(echoLines)
        location / { return 200 "hello"; }
        \(lines)
        """)
  }

  static let echoLines = """
    add_header x-connection $connection always; add_header x-requests $connection_requests always;
    add_header x-protocol $server_protocol always;
    add_header x-seen "$request_method $uri $http_authorization/$content_type/$content_length" always;
    """
}

/// Runs a body on threads of its own, all at once, and returns what each returned.
func onThreads<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
  let results = Collected<Result>()
  let finished = DispatchGroup()
  for index in 0..<count {
    finished.enter()
    let thread = Thread {
      results.append(body(index))
      finished.leave()
    }
    thread.stackSize = 512 << 10
    thread.start()
  }
  finished.wait()
  return results.all
}

final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// How long something took, in milliseconds.
func milliseconds(_ body: () throws -> Void) rethrows -> Int {
  let start = ContinuousClock.now
  try body()
  let duration = (ContinuousClock.now - start).components
  return Int(duration.seconds) * 1000 + Int(duration.attoseconds / 1_000_000_000_000_000)
}
