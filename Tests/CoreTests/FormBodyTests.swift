import HTTP
import Services
import Testing

@testable import Core

@Suite("What a browser sends for a form")
struct FormBodyTests {
  private func entry(_ body: String) -> FormEntry? { FormBody.entry(Array(body.utf8)) }

  @Test("is read as it was typed")
  func fields() throws {
    let entry = try #require(
      self.entry("page=%2F&name=Gr%C3%A4ce+%26+Co&email=a%40b.de&text=1%2B1%3D2%0D%0A%25&website="))
    #expect(entry.name == "Gräce & Co" && entry.email == "a@b.de")
    #expect(entry.text == "1+1=2\r\n%" && entry.trap.isEmpty)
    #expect(self.entry("") == FormEntry() && self.entry("name=") == FormEntry())
    #expect(self.entry("&&name=a&")?.name == "a")
  }

  @Test(
    "is nothing else",
    arguments: [
      "name", "=", "name=a&name=b", "%6eame=a&name=b", "customer=1", "name=%", "name=%4", "name=%G0", "name=%FC",
      "name=%ED%A0%80", "name=%C0%AF", "name=a b", "name=ä", "name=\n",
    ])
  func refused(_ body: String) {
    #expect(entry(body) == nil)
  }

  @Test(
    "comes from any origin, without a session",
    arguments: [nil, "null", "https://elsewhere.example", "https://app.example"] as [String?])
  func origins(_ origin: String?) throws {
    let policy = OriginPolicy(appOrigins: ["https://app.example"], allowedOrigins: ["https://elsewhere.example"])
    var parameters = ["HTTP_SEC_FETCH_SITE": "cross-site"]
    parameters["HTTP_ORIGIN"] = origin
    let id = FormID.new()
    let request = RequestTable.request("POST", "/api/forms/\(id.text)", parameters)
    let route = try Route.match(request)
    try policy.admit(request, to: route)
    var response = Response(.ok)
    policy.addHeaders(to: &response, for: request, route)
    #expect(response.headers.fields.isEmpty)
  }
}
