import HTTP

/// A request made of a table, for tests of what needs no server.
final class RequestTable: RequestSource {
  private let parameters: [String: String]
  private let body: [UInt8]

  init(_ parameters: [String: String], body: [UInt8] = []) {
    self.parameters = parameters
    self.body = body
  }

  func parameter(_ name: StaticString) -> String? {
    parameters[name.description]
  }

  func readBody(limit: Int) -> [UInt8]? {
    body.count > limit ? nil : body
  }

  static func request(_ method: String, _ target: String, _ more: [String: String] = [:]) -> Request {
    let parameters = ["REQUEST_METHOD": method, "REQUEST_URI": target].merging(more) { $1 }
    return Request(source: RequestTable(parameters), startedAt: Instant(seconds: 1_000_000))
  }
}
