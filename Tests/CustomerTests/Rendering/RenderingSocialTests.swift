import Testing

@testable import Customer

@Suite("An account elsewhere")
struct RenderingSocialTests {
  @Test(
    "is recognised by its host",
    arguments: [
      ("https://mastodon.social/@anna", "Mastodon"), ("https://own.example/@anna", "Mastodon"),
      ("https://own.example/@anna/1", "Website"), ("https://own.example/@", "Website"),
      ("https://www.linkedin.com/in/anna", "LinkedIn"), ("https://de.linkedin.com/in/anna", "LinkedIn"),
      ("https://www.xing.com/profile/A", "Xing"), ("https://instagram.com/a", "Instagram"),
      ("https://www.facebook.com/a", "Facebook"), ("https://x.com/a", "X"), ("https://twitter.com/a", "X"),
      ("https://notx.com/a", "Website"), ("https://x.com.evil.example/a", "Website"),
      ("https://www.youtube.com/@a", "YouTube"), ("https://www.tiktok.com/@a", "TikTok"),
      ("https://github.com/a", "GitHub"), ("https://gitlab.com/a", "GitLab"), ("https://bsky.app/profile/a", "Bluesky"),
      ("https://www.threads.net/@a", "Threads"), ("https://pinterest.de/a", "Pinterest"),
      ("https://vimeo.com/a", "Vimeo"),
      ("https://soundcloud.com/a", "SoundCloud"), ("https://open.spotify.com/artist/a", "Spotify"),
      ("https://wa.me/49", "WhatsApp"), ("https://t.me/a", "Telegram"), ("https://signal.me/#p/a", "Signal"),
      ("https://discord.gg/a", "Discord"), ("https://www.twitch.tv/a", "Twitch"),
      ("https://www.behance.net/a", "Behance"),
      ("https://dribbble.com/a", "Dribbble"), ("https://medium.com/@a", "Medium"),
      ("https://a.substack.com", "Substack"),
      ("https://www.etsy.com/shop/a", "Etsy"), ("https://a.bandcamp.com/", "Bandcamp"),
      ("mailto:a@b.example", "E-mail"),
      ("tel:+491", "Phone"), ("https://a.example/", "Website"), ("http://[::1]/", "Website"),
    ])
  func recognised(_ url: String, _ name: String) {
    #expect(SocialNetwork(SampleSite.link(url)).name == name)
  }

  @Test("has a drawing of its own kind, and many are known")
  func drawings() throws {
    #expect(SocialNetwork.count >= 60)
    for glyph in SocialGlyph.allCases {
      let tags = try StrictTokenizer.tags(String(decoding: glyph.html.bytes, as: UTF8.self))
      #expect(tags.map(\.name) == ["svg", "path"])
      #expect(tags.last?["d"]?.allSatisfy { "MmLlHhVvCcSsAaZz0123456789.- ".contains($0) } == true, "\(glyph)")
    }
  }
}
