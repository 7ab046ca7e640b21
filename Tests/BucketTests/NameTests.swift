import Bucket
import Testing

extension BucketTests {
  @Suite struct NameTests {
    @Test(arguments: ["a", "0", "a-b", "019a2f6e-7c11-7b3e-9a55-d1f2c3b4a596", String(repeating: "x", count: 64)])
    func `a site or version may be called so`(_ text: String) {
      #expect(SiteID(text)?.description == text)
      #expect(VersionName(text)?.description == text)
    }

    @Test(arguments: [
      "", ".", "..", "../x", "/", "a/b", "/etc", "a\0", "\0", "A", "a.b", "a_b", "-a", "a-", "ä", "a b", "a\n", "%2e",
      String(repeating: "x", count: 65),
    ])
    func `a site or version may not be called so`(_ text: String) {
      #expect(SiteID(text) == nil)
      #expect(VersionName(text) == nil)
    }

    @Test(arguments: ["localhost", "a.b", "xn--mller-kva.example", "1.2.3.4", "my-shop.sites.localhost"])
    func `a host may be called so`(_ text: String) {
      #expect(HostName(text)?.description == text)
    }

    @Test func `a host's name is one in upper and lower case`() {
      #expect(HostName("WWW.Example.ORG")?.description == "www.example.org")
    }

    @Test(arguments: [
      "", ".", "..", "a..b", ".a", "a.", "../../etc/passwd", "a/b", "a:80", "a\0b", "[::1]", "ä.de", "\u{212a}.de",
      "A\u{212a}.de", "a b",
      "a_b.c",
      "-a.b", "a-.b", String(repeating: "x", count: 64) + ".de", String(repeating: "a.", count: 126) + "ab",
    ])
    func `a host may not be called so`(_ text: String) {
      #expect(HostName(text) == nil)
    }

    @Test func `a blob is named by the SHA-256 of its content`() {
      let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      #expect(BlobID(of: []).description == empty)
      #expect(BlobID(empty) == BlobID(of: []))
      #expect(BucketLayout.blob(BlobID(of: []), .brotli) == "blob/e3/b0/\(empty).br")
    }

    @Test(arguments: [
      "", "e3", String(repeating: "E", count: 64), String(repeating: "g", count: 64),
      "../" + String(repeating: "0", count: 61),
    ])
    func `a blob may not be called so`(_ text: String) {
      #expect(BlobID(text) == nil)
    }
  }
}
