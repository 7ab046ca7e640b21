import Testing

@testable import Core

@Suite("A browser's name")
struct BrowserNameTests {
  @Test(
    "is what people call it, made of known words only",
    arguments: [
      ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux"),
      (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
          + "Safari/537.36 Edg/142.0.0.0", "Edge, Windows"
      ),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
          + "Version/18.1 Mobile/15E148 Safari/604.1", "Safari, iPhone"
      ),
      ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
      ("<script>curl</script>", ""), (nil, ""),
    ])
  func names(_ agent: String?, _ name: String) {
    #expect(BrowserName.of(agent) == name)
  }
}
