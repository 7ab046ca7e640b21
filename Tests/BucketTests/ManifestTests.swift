import Foundation
import Testing

@testable import Bucket

extension BucketTests {
  @Suite struct ManifestTests {
    private static let sample = Manifest(
      files: [
        "/": file("home", brotli: 3, gzip: 4), "/404.html": file("none"), "/a b/ü.css": file("css", gzip: 9),
        "/about/": file("about"),
      ],
      redirects: [
        "/old": Manifest.Redirect(location: "https://example.org/?a=b&c", status: 302),
        "/go": Manifest.Redirect(location: "/", status: 308),
      ],
      links: [
        "/l/plain": Manifest.ShortLink(location: "https://example.org/?a=b"),
        "/l/rich": Manifest.ShortLink(
          location: "tel:+49", isPermanent: true, from: 0, until: 1_800_000_000_123, fallback: "https://example.org/-"),
      ],
      notFoundPath: "/404.html", contentSecurityPolicy: "default-src 'none'; style-src 'sha256-abc='")

    private static func file(_ text: String, brotli: Int? = nil, gzip: Int? = nil) -> Manifest.File {
      Manifest.File(
        blob: BlobID(of: Array(text.utf8)), size: text.utf8.count, brotliSize: brotli, gzipSize: gzip,
        mediaType: "text/html; charset=utf-8", cache: .revalidate, lastModified: 1_700_000_000)
    }

    private static let text = String(decoding: try! sample.encoded(), as: UTF8.self)

    private func error(_ text: String) -> ManifestError? {
      do throws(ManifestError) {
        _ = try Manifest(encoded: Array(text.utf8))
        return nil
      } catch {
        return error
      }
    }

    @Test(arguments: [sample, Manifest()])
    func `a manifest comes back as it was, and is always written alike`(_ manifest: Manifest) throws {
      let bytes = try manifest.encoded()
      #expect(try Manifest(encoded: bytes) == manifest)
      #expect(try Manifest(encoded: bytes).encoded() == bytes)
    }

    @Test func `a manifest cut short anywhere is refused`() throws {
      let bytes = try Self.sample.encoded()
      for count in 0..<bytes.count {
        #expect(throws: ManifestError.self) { try Manifest(encoded: Array(bytes.prefix(count))) }
      }
    }

    @Test(arguments: [
      ("smartpages-manifest 1", "smartpages-manifest 2"), ("/go", "/\u{1}go"), ("308", "200"), ("308", "0308"),
      ("revalidate", "sometimes"), ("\t1700000000\t", "\t-1\t"), ("\t1700000000\t", "\t+1700000000\t"),
      ("file\t/\t", "file\t\t"), ("file\t/\t", "file\t/../x\t"), ("file\t/\t", "file\tx\t"),
      ("file\t/\t", "file\t//x\t"), ("file\t/about/\t", "file\t/\t"), ("notfound\t/404.html", "notfound\t/absent"),
      ("csp\t", "csp\t\t"), ("redirect\t/go", "redirect\t/z"), ("end\t", "end\t1"), ("\tend", "\nend"),
      ("notfound", "unknown"), ("\n", "\r\n"), ("text/html; charset=utf-8\n", "\n"), ("end", "\nend"),
      ("/l/plain\t302", "/l/plain\t301"), ("/l/plain", "l/plain"), ("/l/plain", "/l/../plain"), ("tel:+49", "tel"),
      ("tel:+49", "tel: +49"), ("tel:+49", "tel:ü"), ("\t0\t", "\t-1\t"), ("\t0\t", "\t00\t"),
      ("\t1800000000123\t", "\t\t"), ("https://example.org/-", "\t"), ("link\t/l/plain", "link\t/l/z"),
    ])
    func `a manifest with one thing wrong is refused`(_ right: String, _ wrong: String) throws {
      let range = try #require(right == "\tend" ? Self.text.range(of: "end") : Self.text.range(of: right))
      var text = Self.text
      text.replaceSubrange(range, with: wrong)
      #expect(error(text) != nil, "\(wrong)")
    }

    @Test func `bytes that are no text are refused`() {
      #expect(error("") == .unknownFormat)
      #expect(throws: ManifestError.notUTF8) { try Manifest(encoded: [0xff, 0xfe]) }
      #expect(error(Self.text + "x") == .truncated)
      #expect(error(Self.text + Self.text) != nil)
    }

    @Test(arguments: ["a\nb", "a\tb", "", "a\u{7f}"])
    func `a value that would break the format is refused when it is written`(_ value: String) {
      var csp = Self.sample
      csp.contentSecurityPolicy = value
      #expect(throws: ManifestError.self) { try csp.encoded() }
      var redirect = Self.sample
      redirect.redirects["/x"] = Manifest.Redirect(location: value, status: 302)
      #expect(throws: ManifestError.self) { try redirect.encoded() }
      var path = Self.sample
      path.files[value] = path.files["/"]
      #expect(throws: ManifestError.self) { try path.encoded() }
    }

    @Test func `a manifest from before there were short links is read`() throws {
      let lines = Self.text.split(separator: "\n").filter { !$0.hasPrefix("link\t") }.dropLast()
      let old = lines.joined(separator: "\n") + "\nend\t\(lines.count)\n"
      var expected = Self.sample
      expected.links = [:]
      #expect(try Manifest(encoded: Array(old.utf8)) == expected)
    }

    @Test(
      arguments: [
        (999, "b:"), (1000, "a:"), (1999, "a:"), (2000, "b:"),
      ] as [(Int64, String)])
    func `a short link leads elsewhere outside of its time`(_ now: Int64, _ location: String) {
      let link = Manifest.ShortLink(location: "a:", from: 1000, until: 2000, fallback: "b:")
      #expect(link.location(at: now) == location)
      let lonely = Manifest.ShortLink(location: "a:", from: 1000, until: 2000)
      #expect(lonely.location(at: now) == (location == "a:" ? "a:" : nil))
    }

    @Test(arguments: HostRecord.State.allCases)
    func `a host's record comes back as it was`(_ state: HostRecord.State) {
      let record = HostRecord(site: SiteID("s")!, canonical: HostName("www.example.org")!, state: state)
      #expect(HostRecord(record.text) == record)
      let ending = HostRecord(site: record.site, canonical: record.canonical, state: state, expires: 1_795_269_900)
      #expect(HostRecord(ending.text) == ending)
      #expect(!ending.hasExpired(at: 1_795_269_899) && ending.hasExpired(at: 1_795_269_900))
      #expect(!record.hasExpired(at: .max))
      for expires in [nil, 1_795_269_900] {
        let kept = HostRecord(
          site: record.site, canonical: record.canonical, state: state, expires: expires, hsts: true)
        #expect(HostRecord(kept.text) == kept && kept.text.hasPrefix("smartpages-host 3\n"))
      }
    }

    @Test func `records from before there were ends are read`() {
      let text = "smartpages-host 1\nsite s\ncanonical a.b\nstate active\n"
      #expect(HostRecord(text)?.expires == nil && HostRecord(text)?.text == text)
    }

    @Test(arguments: [
      "", "smartpages-host 1\n", "smartpages-host 2\nsite s\ncanonical a.b\nstate active\n",
      "smartpages-host 1\nsite ../s\ncanonical a.b\nstate active\n",
      "smartpages-host 1\nsite s\ncanonical A.b\nstate active\n",
      "smartpages-host 1\nsite s\ncanonical a/b\nstate active\n", "smartpages-host 1\nsite s\ncanonical a.b\nstate x\n",
      "smartpages-host 1\nsite s\ncanonical a.b\nstate active",
      "smartpages-host 1\nsite s\ncanonical a.b\nstate active\n\n",
      "smartpages-host 1\nsite s\ncanonical a.b\nstate active\nexpires 1\n",
      "smartpages-host 2\nsite s\ncanonical a.b\nstate preview\nexpires 01\n",
      "smartpages-host 2\nsite s\ncanonical a.b\nstate preview\nexpires \n",
      "smartpages-host 3\nsite s\ncanonical a.b\nstate active\n",
      "smartpages-host 1\nsite s\ncanonical a.b\nstate active\nhsts\n",
      "smartpages-host 3\nsite s\ncanonical a.b\nstate active\nhsts\nhsts\n",
      "smartpages-host 3\nsite s\ncanonical a.b\nstate active\nhsts\nexpires 1\n",
    ])
    func `a host's record with one thing wrong is refused`(_ text: String) {
      #expect(HostRecord(text) == nil)
    }
  }
}
