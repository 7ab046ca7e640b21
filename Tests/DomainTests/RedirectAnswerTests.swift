import Bucket
import HTTP
import Testing

@testable import Domain

/// A request by its parameters.
private final class Asked: RequestSource {
  private let parameters: [String: String]
  init(_ parameters: [String: String]) { self.parameters = parameters }
  func parameter(_ name: StaticString) -> String? { parameters[name.description] }
  func readBody(limit: Int) throws(BodyReadError) -> [UInt8]? { [] }
}

@Suite("A redirect of a site")
struct RedirectAnswerTests {
  private let manifest = Manifest(
    files: [
      "/caf\u{E9}/": Manifest.File(
        blob: BlobID(of: []), size: 0, mediaType: "text/html", cache: .revalidate, lastModified: 0)
    ],
    redirects: [
      "/old": Manifest.Redirect(location: "/new/", status: 301),
      "/part": Manifest.Redirect(location: "/new/?a=1#part", status: 302),
      "/away": Manifest.Redirect(location: "https://example.org/?a=1", status: 307),
    ])

  @Test(
    "leads where it should, with the visitor's query within the site only",
    arguments: [
      ("/old", 301, "/new/"), ("/old/", 301, "/new/"), ("/old?x=1", 301, "/new/?x=1"),
      ("/part?x=1", 302, "/new/?a=1&x=1#part"), ("/part", 302, "/new/?a=1#part"),
      ("/away?x=1", 307, "https://example.org/?a=1"), ("/caf%C3%A9?x=%20", 308, "/caf%C3%A9/?x=%20"),
    ])
  func leads(_ target: String, _ status: Int, _ location: String) throws {
    let request = Request(source: Asked(["REQUEST_URI": target]), startedAt: .now)
    let path = try #require(SitePath.decode(request.path))
    let response = try #require(RedirectAnswer.find(path, manifest, request))
    #expect(response.status.code == status)
    #expect(response.headers.fields.first { $0.name.description == "Location" }?.value == location)
  }

  @Test("is not there for others", arguments: ["/", "/older", "/old//", "/old/x"])
  func nowhere(_ path: String) {
    let request = Request(source: Asked(["REQUEST_URI": path]), startedAt: .now)
    #expect(RedirectAnswer.find(path, manifest, request) == nil)
  }
}

@Suite("What a request makes its answer depend on (RFC 9110, section 13.2.2)")
struct PreconditionsTests {
  private let tag = "\"abc\""
  private let modified = Instant(seconds: 784_111_777)
  private static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
  private static let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
  private static let later = "Sun, 06 Nov 1994 08:49:38 GMT"

  private func result(_ fields: [String: String]) -> Preconditions {
    let request = Request(source: Asked(fields), startedAt: .now)
    return Preconditions(request, entityTag: tag, lastModified: modified)
  }

  @Test(
    arguments: [
      ([:], .passed), (["HTTP_IF_MATCH": "\"abc\""], .passed), (["HTTP_IF_MATCH": "*"], .passed),
      (["HTTP_IF_MATCH": "W/\"abc\""], .failed), (["HTTP_IF_MATCH": "\"x\", \"abc\""], .passed),
      (["HTTP_IF_MATCH": "\"x\""], .failed), (["HTTP_IF_MATCH": ""], .failed),
      (["HTTP_IF_UNMODIFIED_SINCE": same], .passed), (["HTTP_IF_UNMODIFIED_SINCE": later], .passed),
      (["HTTP_IF_UNMODIFIED_SINCE": earlier], .failed), (["HTTP_IF_UNMODIFIED_SINCE": "never"], .passed),
      (["HTTP_IF_MATCH": "\"abc\"", "HTTP_IF_UNMODIFIED_SINCE": earlier], .passed),
      (["HTTP_IF_NONE_MATCH": "W/\"abc\""], .notModified), (["HTTP_IF_NONE_MATCH": "\"x\""], .passed),
      (["HTTP_IF_NONE_MATCH": "\"x\"", "HTTP_IF_MODIFIED_SINCE": same], .passed),
      (["HTTP_IF_MODIFIED_SINCE": same], .notModified), (["HTTP_IF_MODIFIED_SINCE": earlier], .passed),
      (["HTTP_IF_MODIFIED_SINCE": "Sunday, 06-Nov-94 08:49:37 GMT"], .notModified),
      (["HTTP_IF_MODIFIED_SINCE": "x"], .passed),
      (["HTTP_IF_MATCH": "\"abc\"", "HTTP_IF_NONE_MATCH": "\"abc\""], .notModified),
      (["HTTP_IF_MATCH": "\"x\"", "HTTP_IF_NONE_MATCH": "\"abc\""], .failed),
    ] as [([String: String], Preconditions)])
  func cases(_ fields: [String: String], _ expected: Preconditions) { #expect(result(fields) == expected) }
}
