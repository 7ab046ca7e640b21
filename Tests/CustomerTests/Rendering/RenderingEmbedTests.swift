import Services
import Testing

@testable import Customer

@Suite("What is embedded")
struct RenderingEmbedTests {
  @Test(
    "is recognised by host and id",
    arguments: [
      ("youtube", "https://www.youtube.com/watch?v=abcDEF_-123&t=10s", "abcDEF_-123"),
      ("youtube", "https://youtube.com/watch?list=x&v=abcDEF_-123", "abcDEF_-123"),
      ("youtube", "https://youtu.be/abcDEF_-123?si=x", "abcDEF_-123"),
      ("youtube", "https://m.youtube.com/shorts/abcDEF_-123", "abcDEF_-123"),
      ("youtube", "https://www.youtube-nocookie.com/embed/abcDEF_-123", "abcDEF_-123"),
      ("youtube", "https://www.youtube.com/live/abcDEF_-123", "abcDEF_-123"),
      ("vimeo", "https://vimeo.com/76979871", "76979871"), ("vimeo", "https://vimeo.com/76979871/0a1b2c", "h=0a1b2c"),
      ("vimeo", "https://player.vimeo.com/video/76979871?h=0a1b2c", "h=0a1b2c"),
      ("openstreetmap", "https://www.openstreetmap.org/#map=15/52.5163/13.3777", "bbox=13.36672%2C52.51264"),
      ("openstreetmap", "https://openstreetmap.org/?mlat=-33.9&mlon=18.4#map=12/0/0", "marker=-33.90000%2C18.40000"),
    ])
  func recognised(_ provider: String, _ url: String, _ part: String) throws {
    let provider = try #require(EmbedProvider(rawValue: provider))
    let source = try #require(EmbedSource(provider, SampleSite.link(url)))
    #expect(source.frame.contains(part))
    #expect(source.frame.hasPrefix(provider.frameOrigin.description + "/"))
    #expect(source.page != nil)
  }

  @Test(
    "is nothing else",
    arguments: [
      ("youtube", "https://youtube.com.evil.example/watch?v=abcDEF_-123"),
      ("youtube", "https://evil.example/?youtube.com/watch?v=abcDEF_-123"),
      ("youtube", "https://www.youtube.com/watch?v=abcDEF_-12"),
      ("youtube", "https://www.youtube.com/watch?v=abc%22F_-123"),
      ("youtube", "https://www.youtube.com/@someone"), ("youtube", "https://www.youtube.com/redirect?q=abcDEF_-123"),
      ("youtube", "https://youtu.be/"), ("youtube", "https://vimeo.com/76979871"), ("youtube", "mailto:a@youtube.com"),
      ("vimeo", "https://vimeo.com/"), ("vimeo", "https://vimeo.com/about"), ("vimeo", "https://vimeo.com/1/../x"),
      ("vimeo", "https://vimeo.com/1234567890123"), ("vimeo", "https://vimeo.com.evil.example/1"),
      ("openstreetmap", "https://www.openstreetmap.org/"),
      ("openstreetmap", "https://www.openstreetmap.org/#map=15/91/1"),
      ("openstreetmap", "https://www.openstreetmap.org/#map=99/1/1"),
      ("openstreetmap", "https://www.openstreetmap.org/#map=15/nan/1"),
      ("openstreetmap", "https://evil.example/#map=15/1/1"),
      ("openstreetmap", "https://www.openstreetmap.org/?mlat=1e1&mlon=1"),
    ])
  func refused(_ provider: String, _ url: String) throws {
    #expect(EmbedSource(try #require(EmbedProvider(rawValue: provider)), SampleSite.link(url)) == nil)
  }

  @Test("is loaded by a script that could stand in any page")
  func script() {
    #expect(!EmbedScript().text.description.contains("<"))
    #expect(EmbedScript().text.description.contains(".sandbox="))
  }
}
