import Testing

@testable import Customer

@Suite("What agents tell")
struct AgentTests {
  @Test(
    "Browsers and their devices",
    arguments: [
      ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", .desktop),
      ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15", .desktop),
      ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", .desktop),
      ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", .phone),
      ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", .phone),
      ("Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", .phone),
      ("Opera/9.80 (J2ME/MIDP; Opera Mini/9.80/191.308; U; de) Presto/2.5.25 Version/10.54", .phone),
      ("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1", .tablet),
      ("Mozilla/5.0 (Android 14; Tablet; rv:140.0) Gecko/140.0 Firefox/140.0", .tablet),
      ("Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", .tablet),
      ("Mozilla/5.0 (PlayStation; PlayStation 5/10.00) AppleWebKit/605.1.15", .other),
      ("Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 Chrome/94 Safari/537.36", .other),
      ("Mozilla/5.0", .other),
    ] as [(String, Agent.Device)])
  func devices(_ agent: String, _ device: Agent.Device) {
    #expect(Agent(agent) == .browser(device))
  }

  @Test(
    "Programs",
    arguments: [
      "", "-", "curl/8.10.1", "Wget/1.21", "python-requests/2.32.3", "Go-http-client/2.0", "Java/21", "WhatsApp/2.24 A",
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
      "Mozilla/5.0 (Linux; Android 6.0.1) Chrome/140 Mobile Safari/537.36 (compatible; Googlebot/2.1)",
      "Mozilla/5.0 (compatible; bingbot/2.0)", "facebookexternalhit/1.1", "LinkedInBot/1.0",
      "TelegramBot (like TwitterBot)",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36",
      "Mozilla/5.0 (compatible; YandexBot/3.0)", "Mozilla/5.0 (compatible; Baiduspider/2.0)",
      "Mozilla/5.0 (compatible; UptimeRobot/2.0)", "Mozilla/5.0 (Windows NT 10.0) BingPreview/1.0b",
      "Mozilla/5.0 Chrome-Lighthouse", "SAMSUNG-SGH-E250/1.0", "<script>alert(1)</script>", "\u{1F600}",
    ])
  func bots(_ agent: String) {
    #expect(Agent(agent) == .bot)
  }

  @Test(
    "Referrers are hosts, and nothing that could be a visitor's own",
    arguments: [
      ("https://www.Instagram.com/ada?x=1", "instagram.com"), ("http://example.org:8080/#a", "example.org"),
      ("https://example.org?x", "example.org"), ("android-app://com.example.reader", "com.example.reader"),
      ("https://www.de/", "www.de"), ("", nil), ("-", nil), ("https://192.0.2.1/", nil),
      ("https://[2001:db8::1]/", nil),
      ("https://localhost/", nil), ("javascript:alert(1)", nil), ("https://user@example.org/", nil),
      ("https://exa mple.org/", nil), ("https://-a.example/", nil),
      ("https://\(String(repeating: "a.", count: 200))b/", nil), ("https:///x", nil), ("HTTPS://example.org/", nil),
    ] as [(String, String?)])
  func referrers(_ text: String, _ host: String?) {
    #expect(Referrer.host(text) == host)
  }

  @Test(
    "Texts that a spreadsheet would take for formulas are marked",
    arguments: [
      ("plain", "plain"), ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@a", "\"'@a\""),
      ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("a\"b", "\"a\"\"b\""), ("a,b", "\"a,b\""), ("a;b", "\"a;b\""),
      ("a\nb", "\"a\nb\""), ("a=1", "a=1"), ("", ""),
    ])
  func table(_ field: String, _ written: String) {
    var table = CSV(header: ["a"])
    table.append([field, "1"])
    #expect(String(decoding: table.bytes, as: UTF8.self) == "a\r\n\(written),1\r\n")
  }
}
