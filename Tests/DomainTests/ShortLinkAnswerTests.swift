import Bucket
import HTTP
import Testing

@testable import Domain

@Suite("A short link")
struct ShortLinkAnswerTests {
  private let manifest = Manifest(links: [
    "/l/a": Manifest.ShortLink(
      location: "https://a.example/", isPermanent: true, until: 100_000, fallback: "https://b.example/"),
    "/l/b": Manifest.ShortLink(location: "https://a.example/", from: 100_000),
  ])

  private func field(_ name: String, _ response: Response?) -> String? {
    response?.headers.fields.first { $0.name.description == name }?.value
  }

  @Test(
    "leads where it should at each moment",
    arguments: [
      ("/l/a", 0, 308, "https://a.example/", "public, max-age=100, s-maxage=0"),
      ("/l/a", 99, 308, "https://a.example/", "public, max-age=1, s-maxage=0"),
      ("/l/A", 100, 302, "https://b.example/", "no-store"),
      ("/l/b", 100, 302, "https://a.example/", "no-store"),
    ] as [(String, Int64, Int, String, String)])
  func leads(_ path: String, _ seconds: Int64, _ status: Int, _ location: String, _ caching: String) throws {
    let response = ShortLinkAnswer.find(path, manifest, at: Instant(seconds: seconds))
    #expect(response?.status.code == status)
    #expect(field("Location", response) == location)
    #expect(field("Cache-Control", response) == caching)
  }

  @Test(
    "leads nowhere before its time, and under no other address", arguments: ["/l/b", "/l/c", "/L/a", "/l/a/", "/a"])
  func nowhere(_ path: String) {
    #expect(ShortLinkAnswer.find(path, manifest, at: Instant(seconds: 0)) == nil)
  }
}
