import HTTP
import Testing

@testable import Core

@Suite("A change must come from the app itself")
struct OriginPolicyTests {
  private let policy = OriginPolicy(appOrigins: ["https://app.example"], allowedOrigins: ["https://ally.example"])

  @Test(
    arguments: [
      ("same-origin", "https://app.example", true), ("same-origin", nil, true), (nil, "https://app.example", true),
      (nil, "https://ally.example", true), ("cross-site", "https://ally.example", true), (nil, nil, false),
      ("same-site", "https://app.example", false), ("cross-site", nil, false), ("none", nil, false),
      ("same-site", nil, false), (nil, "https://evil.example", false), (nil, "null", false),
      (nil, "http://app.example", false), (nil, "https://app.example.evil.example", false),
      (nil, "https://app.example:8443", false), ("same-origin", "https://evil.example", false), ("", nil, false),
    ] as [(String?, String?, Bool)])
  func table(_ fetchSite: String?, _ origin: String?, _ isAdmitted: Bool) {
    var parameters: [String: String] = [:]
    parameters["HTTP_SEC_FETCH_SITE"] = fetchSite
    parameters["HTTP_ORIGIN"] = origin
    for method in ["POST", "PUT", "PATCH", "DELETE", "STRANGE"] {
      let request = RequestTable.request(method, "/api/profile", parameters)
      #expect(((try? policy.admit(request, to: .replaceProfile)) != nil) == isAdmitted)
    }
    #expect(throws: Never.self) {
      try policy.admit(RequestTable.request("GET", "/api/profile", parameters), to: .profile)
    }
  }
}
