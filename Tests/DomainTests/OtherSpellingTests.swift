import Bucket
import Testing

@testable import Domain

private let file = Manifest.File(
  blob: BlobID(of: []), size: 0, mediaType: "text/html", cache: .revalidate, lastModified: 0)

private func manifest(_ paths: String...) -> Manifest {
  Manifest(files: Dictionary(uniqueKeysWithValues: paths.map { ($0, file) }), notFoundPath: "/404.html")
}

private let site = manifest(
  "/", "/about/", "/about/team/", "/robots.txt", "/.well-known/security.txt", "/404.html", "/fr/", "/fr/404.html",
  "/plain", "/both", "/both/", "/Case/")

@Suite("Another way to write an address")
struct OtherSpellingTests {
  @Test(
    "leads to the one address",
    arguments: [
      ("/about", "/about/"), ("/about.html", "/about/"), ("/about.htm", "/about/"), ("/about/index.html", "/about/"),
      ("/about/index.htm", "/about/"), ("/index.html", "/"), ("/About", "/about/"), ("/ABOUT/", "/about/"),
      ("/About/Index.HTML", "/about/"), ("/about/team.html", "/about/team/"), ("/robots.txt/", "/robots.txt"),
      ("/ROBOTS.TXT", "/robots.txt"), ("/plain.html", "/plain"), ("/plain/", "/plain"), ("/both.html", "/both/"),
      ("/Case", "/Case/"), ("/fr/index.html", "/fr/"), ("/fr", "/fr/"),
    ])
  func leads(_ path: String, _ address: String) {
    #expect(OtherSpelling.file(path, site) == address)
  }

  @Test(
    "leads nowhere when nothing is meant, and never to what is said where nothing is",
    arguments: [
      "/", "/404", "/404.html", "/fr/404", "/FR/404.HTML", "/404.html/", "/about.html/", "/about.php", "/abou",
      "/.html", "/about/.html", "/about/index", "/about/x/index.html", "/case", "/robots.txt.html.html",
    ])
  func nowhere(_ path: String) {
    #expect(OtherSpelling.file(path, site) == nil)
  }

  @Test("never leads in a circle, whatever files there are")
  func noCircle() {
    let names = [
      "/", "/a", "/a/", "/a.html", "/A", "/A/", "/a/index.html", "/index.html", "/a.html.html", "/a.HTML",
    ]
    for set in 0..<(1 << names.count) {
      let there = names.enumerated().filter { set >> $0.offset & 1 == 1 }.map(\.element)
      let made = Manifest(files: Dictionary(uniqueKeysWithValues: there.map { ($0, file) }))
      for name in names where made.files[name] == nil {
        guard let next = OtherSpelling.file(name, made) else { continue }
        #expect(made.files[next] != nil && next != name)
      }
    }
  }
}

@Suite("The page of what is not there")
struct NotFoundPageTests {
  private let folders = manifest("/", "/404.html", "/fr/404.html", "/fr/a/b/404.html")

  @Test(
    "is that of the nearest folder",
    arguments: [
      ("/x", "/404.html"), ("/fr/x", "/fr/404.html"), ("/fr/", "/fr/404.html"), ("/fr", "/404.html"),
      ("/fr/a/x", "/fr/404.html"), ("/fr/a/b/x", "/fr/a/b/404.html"), ("/fr/a/b/c/d/", "/fr/a/b/404.html"),
      ("/de/fr/x", "/404.html"), (nil, "/404.html"), ("/fr/a/b", "/fr/404.html"),
      ("/fr" + String(repeating: "/x", count: 500), "/fr/404.html"),
    ] as [(String?, String)])
  func nearest(_ path: String?, _ expected: String) {
    var manifest = folders
    for (number, name) in manifest.files.keys.sorted().enumerated() {
      manifest.files[name] = Manifest.File(
        blob: BlobID(of: []), size: number, mediaType: "text/html", cache: .revalidate, lastModified: 0)
    }
    #expect(NotFoundPage.nearest(path, manifest) == manifest.files[expected])
  }

  @Test func `a site without one has none in its folders`() {
    let bare = Manifest(files: ["/fr/404.html": file])
    #expect(NotFoundPage.nearest("/fr/x", bare) == nil && !NotFoundPage.isOne("/fr/404.html", bare))
  }

  @Test(arguments: ["/404.html", "/fr/404.html"])
  func `has no address of its own`(_ path: String) { #expect(NotFoundPage.isOne(path, folders)) }
}
