import Testing

@testable import Domain

@Suite("A path becomes a key of the manifest")
struct SitePathTests {
  @Test(
    "when it is a plain one",
    arguments: [
      ("/", "/"), ("", "/"), ("/about/", "/about/"), ("/style.css", "/style.css"), ("/%61bout", "/about"),
      ("/caf%C3%A9", "/café"),
      ("/a%20b", "/a b"), ("/a/b-c_d~e", "/a/b-c_d~e"),
    ])
  func plain(_ path: String, _ expected: String) {
    #expect(SitePath.decode(path[...]) == expected)
  }

  @Test(
    "and is refused when it could mean anything else",
    arguments: [
      "about", "/about%2F", "/%2fabout", "//", "//evil.example", "/a//b", "/..", "/../etc/passwd", "/a/../b",
      "/%2e%2e/etc/passwd",
      "/%2e%2e%2fetc", "/.", "/./a", "/a/.", "/%", "/%4", "/%zz", "/%00", "/a%00.html", "/a%0d%0aX: y", "/%ff",
      "/%c0%ae%c0%ae/", "/a\\b", "/%5c..%5c", "/a%7f", "/" + String(repeating: "a", count: 3000),
    ])
  func refused(_ path: String) {
    #expect(SitePath.decode(path[...]) == nil)
  }
}
