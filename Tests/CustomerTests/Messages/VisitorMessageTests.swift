import Services
import Testing

@testable import Customer

@Suite("What a visitor wrote")
struct VisitorMessageTests {
  private func message(_ text: String, name: String = "Grace", email: String = "grace@example.com") -> VisitorMessage {
    var entry = FormEntry()
    (entry.name, entry.email, entry.text) = (name, email, text)
    return VisitorMessage(entry)
  }

  private static let typed: [(String, String)] = [
    ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("\n a\n\n", "a"), ("a\tb", "a b"), ("a\u{0}b\u{7}", "ab"),
    ("\u{202E}abc", "abc"), ("a\u{2028}b", "a\nb"), ("👩‍👧", "👩‍👧"), ("Größe, Şükrü, Щука", "Größe, Şükrü, Щука"),
    ("\u{FEFF}", ""),
  ]

  @Test("keeps its lines and loses what nobody types", arguments: typed)
  func text(_ typed: String, _ kept: String) {
    #expect(message(typed).text == kept)
  }

  @Test("has a name of one line")
  func name() {
    #expect(message("x", name: " Eve \r\nBcc: a@example.com\u{2028}\u{0} ").name == "Eve Bcc: a@example.com")
  }

  @Test("is complete with a name, one address and a text that are not too long")
  func faults() {
    #expect(message("x").faults.isEmpty)
    #expect(message(" ", name: "\u{200B}", email: "").faults == [.nameMissing, .emailMissing, .textMissing])
    let long = message(
      String(repeating: "ä", count: 5001), name: String(repeating: "ё", count: 101), email: "a, b@c.de")
    #expect(long.faults == [.nameTooLong, .emailInvalid, .textTooLong])
    #expect(message(String(repeating: "ä", count: 5000), name: String(repeating: "ё", count: 100)).faults.isEmpty)
  }

  @Test("is the same again whatever its case, spaces and signs")
  func digest() {
    #expect(message("A table\nfor 4?").digest == message("a TABLE for 4!").digest)
    #expect(message("A table for 4?").digest != message("A table for 5?").digest)
    #expect(message("!!").digest != message("??").digest)
  }
}

@Suite("Advertising")
struct SpamScoreTests {
  private func isSpam(_ text: String, name: String = "Grace", isTrapped: Bool = false, copies: Int = 0) -> Bool {
    var entry = FormEntry()
    (entry.name, entry.email, entry.text) = (name, "grace@example.com", text)
    return SpamScore(VisitorMessage(entry), isTrapped: isTrapped, copies: copies).isSpam
  }

  @Test(
    "is not what people write in their languages",
    arguments: [
      "Grüße aus Köln, haben Sie geöffnet?", "Merhaba, pazar günü açık mısınız?", "Здравствуйте, вы открыты завтра?",
      "Καλημέρα, είστε ανοιχτά;", "ok", "👍", "مرحبا، هل أنتم مفتوحون؟", "שלום, האם אתם פתוחים מחר?",
      "明天下午三点你们有四个人的位子吗?谢谢。", "สวัสดีค่ะ พรุ่งนี้เปิดไหมคะ",
      "Our logo is at https://example.com/logo.svg and the old one at https://example.com/old.svg, can you print both?",
      "Ist 3 < 4 und a > b? <3",
    ])
  func wanted(_ text: String) {
    #expect(!isSpam(text))
  }

  @Test(
    "is links and little else, many links, markup, and both at once",
    arguments: [
      "https://a.example", "www.a.example www.b.example",
      "We sell: http://1.example http://2.example http://3.example http://4.example http://5.example http://6.example",
      "Look at this <a href=\"https://a.example\">great offer</a> for all of your friends",
      "Take this [url=https://a.example]great offer[/url] for all of your friends",
      "我们为您的网站提供优质的推广服务 http://a.example http://b.example http://c.example 请联系我们",
    ])
  func unwanted(_ text: String) {
    #expect(isSpam(text))
  }

  @Test("is what fills in the trap, and the same long words of many, but not a short greeting of many")
  func signs() {
    #expect(isSpam("Hello", isTrapped: true))
    let long = String(repeating: "many words ", count: 8)
    #expect(!isSpam(long, copies: 1) && isSpam(long, copies: 2))
    #expect(!isSpam("Hello, are you open on Sunday?", copies: 100))
  }
}
