import HTTP
import Services
import Testing

@testable import Core

@Suite("Routes")
struct RouteTests {
  struct Described: CustomTestStringConvertible {
    let path: String
    let method: String
    let access: String
    let entitlement: String?
    let isProved: Bool

    var testDescription: String { "\(method) \(path)" }
  }

  /// Every operation of the OpenAPI document: its path with the variables filled, its method, and whom it admits.
  static let operations: [Described] = {
    guard case .object(let paths)? = try? JSONParser.parse(OpenAPI.document)["paths"] else { return [] }
    return paths.flatMap { path -> [Described] in
      guard case .object(let item) = path.value else { return [] }
      return item.filter { ["get", "post", "put", "patch", "delete"].contains($0.name) }.map {
        Described(
          path: path.name, method: $0.name.uppercased(), access: $0.value["x-access"]?.stringValue ?? "",
          entitlement: $0.value["x-entitlement"]?.stringValue, isProved: $0.value["x-proof"]?.boolValue == true)
      }
    }
  }()

  private static func filled(_ path: String) -> String {
    let id = "01939c8e-7a3b-7c1d-8e2f-001122334455"
    return path.split(separator: "/").reduce("") { sum, part in
      switch part {
      case "{kind}": sum.hasSuffix("/qr") ? "\(sum)/page" : "\(sum)/imprint"
      case "{file}": "\(sum)/640"
      case "{qr_file}": "\(sum)/\(id).svg"
      case "{number}": "\(sum)/3"
      case "{from}", "{to}": "\(sum)/2026-11-21"
      case "{to}.csv": "\(sum)/2026-11-21.csv"
      case _ where part.hasPrefix("{"): "\(sum)/\(id)"
      default: "\(sum)/\(part)"
      }
    }
  }

  @Test("The description has operations at all")
  func described() {
    #expect(Self.operations.count > 30)
  }

  @Test("Each described operation has its route, for those whom it is described for", arguments: operations)
  func documented(_ described: Described) throws {
    let inside = described.path.hasPrefix("/api") ? described.path : "/api\(described.path)"
    let route = try Route.match(RequestTable.request(described.method, Self.filled(inside)))
    // The description says for each legal text what it holds; to the router they are one.
    #expect(route.template == inside.replacing(/legal\/(imprint|privacy)/, with: "legal/{kind}"))
    let expected: (String, String?)
    var access = route.access
    var isProved = false
    if case .proved(let inner) = access { (access, isProved) = (inner, true) }
    switch access {
    case .proved: throw Problem(.internalError)
    case .everyone, .visitor: expected = ("public", nil)
    case .user: expected = ("user", nil)
    case .member(let role, let product): expected = (role.rawValue, product?.rawValue)
    case .signature: expected = ("signature", nil)
    case .internalListener: expected = ("internal", nil)
    }
    #expect(described.access == expected.0)
    #expect(described.entitlement == expected.1)
    #expect(described.isProved == isProved)
  }

  @Test("A method that a path does not have is told which it has")
  func allow() {
    let problem = #expect(throws: Problem.self) { try Route.match(RequestTable.request("PUT", "/api/session")) }
    #expect(problem?.allow == "GET, PATCH, DELETE")
    #expect(problem?.code == .methodNotAllowed)
  }

  @Test(
    "Anything else is not found",
    arguments: [
      "/", "/api", "/api/", "/api//session", "/api/session/", "/api/Session", "/api/sites/1", "/api/sites//pages",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/", "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/pages/x",
      "/api/customer/legal", "/api/customer/legal/other", "/metrics", "/api/../metrics", "/api/%73ession", "x", "",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/versions/0/restore",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/statistics/2026-11-21",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/statistics/2026-11-21/2026-11-31",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/statistics/2026-11-21/2026-11-21.txt",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/statistics/2026-11-21/2026-11-21/x",
      "/api/sites/01939c8e-7a3b-7c1d-8e2f-001122334455/versions/99999999999999999999/restore",
    ])
  func unknown(_ path: String) {
    let problem = #expect(throws: Problem.self) { try Route.match(RequestTable.request("GET", path)) }
    #expect(problem?.code == .notFound)
  }

  @Test("Metrics are for the internal listener, which alone sets that parameter")
  func metrics() throws {
    let request = RequestTable.request("GET", "/metrics", ["SMARTPAGES_LISTENER": "internal"])
    #expect(try Route.match(request).template == "/metrics")
  }
}
