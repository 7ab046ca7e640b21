import HTTP

/// Whether the process runs, and whether what it needs can be used.
package struct Health: Sendable {
  /// A dependency's name in the answer, and whether it answers within its time limit.
  package struct Probe: Sendable {
    let name: String
    let isUp: @Sendable () -> Bool

    package init(_ name: String, isUp: @escaping @Sendable () -> Bool) {
      self.name = name
      self.isUp = isUp
    }
  }

  private let probes: [Probe]

  package init(_ probes: [Probe]) {
    self.probes = probes
  }

  func live() -> Response {
    .json(Self.alive)
  }

  func ready() -> Response {
    let states = probes.map { (name: $0.name, isUp: $0.isUp()) }
    let isReady = states.allSatisfy(\.isUp)
    let members =
      [JSON.Member("status", isReady ? "ok" : "unavailable")]
      + states.map { .init($0.name, $0.isUp ? "up" : "down") }
    var response = Response.json(isReady ? .ok : .serviceUnavailable, JSON.object(members).bytes)
    if !isReady { response.headers.append("Retry-After", "2") }
    return response
  }

  private static let alive = Array(#"{"status":"ok"}"#.utf8)
}
