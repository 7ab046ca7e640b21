import HTTP
import Services
import Testing

@Suite("An address that may be linked")
struct RenderingWebLinkTests {
  @Test(
    "is taken as it will be linked",
    arguments: [
      ("https://example.com", "https://example.com"),
      ("https://example.com/", "https://example.com/"),
      ("HTTPS://Example.COM/Path", "https://example.com/Path"),
      ("http://example.com", "http://example.com"),
      ("https://example.com:8443/x", "https://example.com:8443/x"),
      ("https://example.com:65535", "https://example.com:65535"),
      ("https://example.com./", "https://example.com./"),
      ("https://sub.domain.example.com/a/b/c?d=e&f=g#h", "https://sub.domain.example.com/a/b/c?d=e&f=g#h"),
      ("https://example.com?q=1", "https://example.com?q=1"),
      ("https://example.com#top", "https://example.com#top"),
      ("https://example.com/a%20b", "https://example.com/a%20b"),
      ("https://example.com/100%", "https://example.com/100%"),
      ("https://example.com/~user/(a)_b,c;d!$&'*+=:@", "https://example.com/~user/(a)_b,c;d!$&'*+=:@"),
      ("https://example.com/@name", "https://example.com/@name"),
      ("https://example.com/\"><b>", "https://example.com/%22%3E%3Cb%3E"),
      ("https://example.com/`{|}^", "https://example.com/%60%7B%7C%7D%5E"),
      ("https://example.com/?next=javascript:alert(1)", "https://example.com/?next=javascript:alert(1)"),
      ("https://example.com//double//slash", "https://example.com//double//slash"),
      ("https://my_host.example.com", "https://my_host.example.com"),
      ("https://xn--mller-kva.example", "https://xn--mller-kva.example"),
      ("https://müller.example/straße", "https://müller.example/straße"),
      ("https://例え.テスト/パス", "https://例え.テスト/パス"),
      ("https://пример.рф", "https://пример.рф"),
      ("https://مثال.إختبار", "https://مثال.إختبار"),
      ("https://उदाहरण.परीक्षा", "https://उदाहरण.परीक्षा"),
      ("https://localhost:8080/x", "https://localhost:8080/x"),
      ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
      ("http://[::1]/", "http://[::1]/"),
      ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
      ("http://[::ffff:192.0.2.1]/", "http://[::ffff:192.0.2.1]/"),
      ("http://[1:2:3:4:5:6:7:8]", "http://[1:2:3:4:5:6:7:8]"),
      ("https://example.com/🙂", "https://example.com/🙂"),
      ("mailto:anna@example.com", "mailto:anna@example.com"),
      ("MAILTO:Anna.Maria+x@Example.com", "mailto:Anna.Maria+x@Example.com"),
      ("mailto:a@b.example?subject=Hallo%20du&body=x", "mailto:a@b.example?subject=Hallo%20du&body=x"),
      ("mailto:a@b.example,c@d.example", "mailto:a@b.example,c@d.example"),
      ("mailto:jörg@müller.example", "mailto:jörg@müller.example"),
      ("tel:+493411234567", "tel:+493411234567"),
      ("TEL:+49-341-123.4567", "tel:+49-341-123.4567"),
      ("tel:112", "tel:112"),
      ("tel:(0341)1234", "tel:(0341)1234"),
      ("tel:+1-201-555-0123;ext=12", "tel:+1-201-555-0123;ext=12"),
    ])
  func taken(_ input: String, _ text: String) {
    #expect(WebLink(input)?.text == text)
  }

  @Test("is stored once and for all: reading it again changes nothing")
  func idempotent() {
    for input in ["HTTPS://Example.COM/\"<x>", "http://[2001:DB8::1]/", "MAILTO:a@b.example?x=`"] {
      let once = WebLink(input)
      #expect(once != nil)
      #expect(once.flatMap { WebLink($0.text) } == once)
    }
  }

  @Test(
    "is refused when a browser could read it otherwise, or run it",
    arguments: [
      // Scripts in all spellings.
      "javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)",
      "java\nscript:alert(1)", "java\rscript:alert(1)", "\u{1}javascript:alert(1)", " javascript:alert(1)",
      "\u{0}javascript:alert(1)", "javascript\u{0}:alert(1)", "javascript :alert(1)", "javascript\t:alert(1)",
      "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)",
      "java&#10;script:alert(1)", "%6Aavascript:alert(1)", "javascript%3Aalert(1)", "\\javascript:alert(1)",
      "javascript://example.com/%0Aalert(1)", "javascript:https://example.com", "jav\u{AD}ascript:alert(1)",
      "ja\u{200B}vascript:alert(1)", "\u{FEFF}javascript:alert(1)", "ｊａｖａｓｃｒｉｐｔ:alert(1)", "jaVaſcript:alert(1)",
      "vbscript:msgbox(1)", "VbScRiPt:x", "livescript:x", "mocha:x", "data:text/html,<script>alert(1)</script>",
      "data:text/html;base64,PHNjcmlwdD4=", "DATA:image/svg+xml,<svg/onload=alert(1)>", "blob:https://example.com/x",
      "file:///etc/passwd", "ftp://example.com/", "ws://example.com", "wss://example.com", "about:blank",
      "view-source:https://example.com", "filesystem:https://example.com/", "intent://x#Intent;end", "sms:+49123",
      "jar:https://example.com!/", "feed:https://example.com", "chrome://settings", "urn:isbn:1",
      // No scheme, or none that is whole.
      "", ":", "//example.com", "/path", "example.com", "www.example.com", "#", "?x", "http", "https:", "https:/",
      "https:/example.com", "https:example.com", "httpss://example.com", "http s://example.com", "ｈttps://example.com",
      "httpſ://example.com",
      // No host, or none that is a name.
      "https://", "https:///", "https:///example.com", "https://?x", "https://#x", "https://.", "https://..",
      "https://.example.com", "https://a..example", "https://-a.example", "https://a-.example", "https://a%2Eb",
      "https://exa mple.com", "https://exa\u{A0}mple.com", "https://example.com\u{3000}", "https://ex!mple.com",
      "https://<b>.example", "https://\"x\".example", "https://a'b.example", "https://a,b.example", "https://a;b",
      "https://ex\u{2100}mple.example", "https://⒈example.example", "https://a\u{FF0F}b.example",
      "https://a\u{3002}b.example", "https://a\u{202E}b.example", "https://a\u{200D}b.example", "https://☃.example",
      "https://\(String(repeating: "a", count: 64)).example",
      // Users, odd numbers, odd ports, odd brackets.
      "https://user@example.com", "https://user:pass@example.com", "https://:@example.com", "https://@example.com",
      "https://bank.example@evil.example/", "https://bank.example%40evil.example", "http://2130706433",
      "http://0x7f000001", "http://0x7f.1", "http://0177.0.0.1", "http://127.1", "http://1.2.3.256", "http://1.2.3.4.5",
      "http://1.2.3.4.", "http://example.123", "https://example.com:", "https://example.com:0",
      "https://example.com:65536", "https://example.com:99999999999", "https://example.com:8a",
      "https://example.com:-1",
      "https://example.com:+80", "https://example.com:80:80", "http://[::1", "http://::1", "http://[]", "http://[:]",
      "http://[:::]", "http://[1:2:3:4:5:6:7]", "http://[1:2:3:4:5:6:7:8:9]", "http://[::1%25eth0]", "http://[12345::]",
      "http://[::g]", "http://[::1]x", "http://[::1.2.3]", "http://x[::1]",
      // Backslashes, white space and what is not seen.
      "https:\\\\example.com", "https://example.com\\@evil.example", "https://example.com\\", "https://example.com/a b",
      "https://example.com/\u{9}", "https://example.com/\u{A}x", "https://example.com/\u{7F}",
      "https://example.com/\u{85}", "https://example.com/\u{2028}", "https://example.com/\u{202E}gpj.exe",
      "https://example.com/\u{2066}", "https://example.com/\u{200B}", "https://example.com/\u{E000}",
      " https://example.com", "https://example.com ", "\nhttps://example.com",
      // Letters and calls.
      "mailto:", "mailto:x", "mailto:@example.com", "mailto:a@", "mailto:a@b@c.example", "mailto://a@b.example",
      "mailto:a b@c.example", "mailto:a@b.example,", "mailto:a@b.example%0d%0aBcc:x@y.example", "mailto:a@1.2.3.4",
      "mailto:\"a\"@b.example", "mailto:a@b.example:25", "mailto:?subject=x", "mailto:a@b.example#x",
      "mailto:<a@b.example>",
      "tel:", "tel:+", "tel:abc", "tel:12 34", "tel:+49;", "tel:12/34", "tel:1?x", "tel:javascript:alert(1)", "tel:--",
      "tel:++49", "tel:#31#",
    ])
  func refused(_ input: String) {
    #expect(WebLink(input) == nil)
  }

  @Test("has at most 2,048 bytes, before and after normalising")
  func length() {
    let base = "https://example.com/"
    let room = WebLink.maximumLength - base.utf8.count
    #expect(WebLink(base + String(repeating: "a", count: room)) != nil)
    #expect(WebLink(base + String(repeating: "a", count: room + 1)) == nil)
    #expect(WebLink(base + String(repeating: "<", count: room)) == nil)
  }

  @Test("tells its host")
  func host() {
    #expect(WebLink("https://Example.com:8443/x")?.host == "example.com")
    #expect(WebLink("http://[::1]:80/")?.host == "[::1]")
    #expect(WebLink("mailto:a@b.example")?.host == nil)
  }

  @Test(
    "is refused in a body with the field's pointer",
    arguments: [
      (#"{"url": "javascript:alert(1)"}"#, FieldErrorCode.invalidURL), (#"{"url": ""}"#, .required),
      (#"{}"#, .required),
      (#"{"url": 1}"#, .wrongType), (#"{"url": null}"#, .wrongType),
    ])
  func field(_ body: String, _ code: FieldErrorCode) throws {
    var reader = try ObjectReader(JSONParser.parse(Array(body.utf8)), pointer: "/blocks/2")
    #expect(reader.link("url") == nil)
    #expect(reader.errors == [FieldError("/blocks/2/url", code)])
  }
}
