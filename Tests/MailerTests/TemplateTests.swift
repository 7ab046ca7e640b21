import Foundation
import HTTP
import Services
import Testing

@testable import Mailer

@Suite("Templates")
struct TemplateTests {
  /// Each sample in each language.
  static let renderings = Language.allCases.flatMap { language in
    MailSamples().all.indices.map { (index: $0, language: language) }
  }

  /// Names that try what names can: markup, quotes, header fields, other directions, links, length.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE mails; --", "</title></style>",
    "A\r\nBcc: victim@example.org", "line\u{2028}separator\u{0}\u{7}", "\u{202E}gnp.exe\u{2066}", "{{7*7}} ${7*7} %s",
    "https://evil.example/login", "javascript:alert(1)", String(repeating: "Ä", count: 5000), "", "日本語 🏳️‍🌈 Ünïcödé",
  ]

  private func hostileSamples(_ name: String) -> MailSamples {
    var samples = MailSamples()
    samples.plan = name
    samples.otherPlan = name
    samples.host = name
    samples.browser = name
    samples.number = name
    samples.customerName = name
    samples.text = name.count > 100 ? String(name.prefix(1000)) : name
    samples.old = name
    samples.new = name
    samples.title = name
    samples.note = name
    return samples
  }

  /// The places where the HTML leads.
  private func links(_ html: String) -> [String] {
    html.components(separatedBy: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  /// The markup without what stands between it.
  private func markup(_ html: String) -> String {
    html.replacing(/>[^<]*</, with: "><").replacing(/<title>.*<\/title>/, with: "")
  }

  @Test("All mails have a template, and no two the same")
  func allTemplates() {
    #expect(Set(MailSamples().all.map(\.template)).count == 24)
    for mail in MailSamples().all { #expect(mail.template.allSatisfy { $0.isLowercase || $0 == "_" }) }
  }

  @Test("A mail has subject, text and HTML in its language", arguments: renderings)
  func complete(index: Int, language: Language) {
    let mail = MailSamples().all[index]
    let message = mail.message(language)
    #expect((10...80).contains(message.subject.count), "\(message.subject)")
    #expect(message.text.hasPrefix(language == .german ? "Guten Tag," : "Hello,"))
    #expect(message.html.hasPrefix("<!doctype html>\n<html lang=\"\(language.rawValue)\">"))
    #expect(!message.html.contains("<img") && !message.html.contains("<script") && !message.html.contains("<h1"))
    #expect(message.html.contains("<title>\(message.subject)</title>"))
    let other = mail.message(language == .german ? .english : .german)
    #expect(message.subject != other.subject && message.text != other.text)
  }

  @Test("Text and HTML say the same", arguments: renderings)
  func sameContent(index: Int, language: Language) {
    let message = MailSamples().all[index].message(language)
    let words = message.html.replacing(/<style>.*<\/style>/, with: "").replacing(/<title>.*<\/title>/, with: "")
      .replacing(/<[^>]+>/, with: " ")
    for line in message.text.split(separator: "\n") where !line.hasPrefix("https://") && line != "> " {
      // What others wrote has a sign before each line in the text, and a rule beside it in the HTML.
      let line = MailText.escaped((line.hasPrefix(">") ? line.dropFirst() : line).trimmingCharacters(in: .whitespaces))
      #expect(words.contains(line.hasSuffix(":") && !words.contains(line) ? String(line.dropLast()) : line), "\(line)")
    }
    #expect(links(message.html).allSatisfy { message.text.contains($0) })
  }

  @Test("Links lead to our own host only, whatever the names", arguments: renderings)
  func ownLinks(index: Int, language: Language) {
    for name in Self.hostile {
      let message = hostileSamples(name).all[index].message(language)
      for link in links(message.html) {
        #expect("\(link)/".hasPrefix("https://app.smartpages.example/"), "\(link)")
      }
      #expect(!message.text.contains("https://evil") && !message.html.contains("https://evil"))
    }
  }

  @Test("Hostile names change neither the markup nor the header", arguments: renderings)
  func hostileNames(index: Int, language: Language) {
    let usual = MailSamples().all[index].message(language)
    for name in Self.hostile {
      let message = hostileSamples(name).all[index].message(language)
      #expect(markup(message.html) == markup(usual.html), "\(name.prefix(40))")
      for text in [message.subject, message.html, message.text] {
        let bad = text.unicodeScalars.first {
          ($0.properties.generalCategory == .control && $0 != "\n") || [0x202E, 0x2066, 0x2028].contains($0.value)
        }
        #expect(bad == nil, "\(name.prefix(40))")
      }
      #expect(!message.subject.contains("\n") && message.subject.count <= 201)
      #expect(message.html.utf8.count < 10_000 && message.text.utf8.count < 5000)
    }
  }

  @Test("A subject is one line, whatever it is made of")
  func subjects() {
    let draft = MailDraft(subject: "Hi\r\nBcc: x@example.org\u{0}", parts: [])
    #expect(Message(draft, .english).subject == "Hi  Bcc: x@example.org ")
  }

  @Test("Only addresses of the web become links")
  func plainLinks() {
    #expect(MailText.link("https://app.example/a?b=c#d") == "https://app.example/a?b=c#d")
    #expect(MailText.link("javascript:alert(1)") == "")
    #expect(MailText.link("https://app.example/\r\nX") == "https://app.example/X")
  }

  @Test("Amounts and dates are written as the reader's language does")
  func localised() {
    let samples = MailSamples().all
    let failed = samples.first { $0.template == "payment_failed" }!
    #expect(failed.message(.german).text.contains("12,00\u{A0}€"))
    #expect(failed.message(.german).text.contains("24. November 2026, 14:05 Uhr (UTC)"))
    #expect(failed.message(.english).text.contains("€12.00"))
    #expect(failed.message(.english).text.contains("24 November 2026, 14:05 (UTC)"))
  }

  @Test("All text has a contrast of 4.5 at least, in light and dark", arguments: [MailColors.light, .dark])
  func contrast(colors: MailColors) {
    #expect(Self.contrast(colors.ink, colors.background) >= 4.5)
    #expect(Self.contrast(colors.quiet, colors.background) >= 4.5)
    #expect(Self.contrast(colors.buttonInk, colors.button) >= 4.5)
  }

  /// WCAG 2.2, "contrast ratio" and "relative luminance".
  private static func contrast(_ first: String, _ second: String) -> Double {
    func luminance(_ color: String) -> Double {
      let value = Int(color.dropFirst(), radix: 16)!
      let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
        let channel = Double(part) / 255
        return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (one, two) = (luminance(first), luminance(second))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }
}
