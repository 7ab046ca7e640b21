import ArgumentParser
import HTTP
import Mailer
import Services

/// `smartpages mail preview`: a mail as a customer would get it.
struct MailPreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows a mail with made-up contents, or lists all templates.")

  @Argument(help: "The template; without one all are listed.")
  var template: String?

  @Option(help: "de or en.")
  var language = "de"

  @Flag(help: "The HTML form instead of the text.")
  var html = false

  func run() throws {
    guard let language = Language(rawValue: language) else { throw ValidationError("--language is de or en.") }
    let mails = MailSamples().all
    guard let template else {
      var listed: Set<String> = []
      for mail in mails where listed.insert(mail.template).inserted {
        print("\(mail.template): \(mail.message(language).subject)")
      }
      return
    }
    let chosen = mails.filter { $0.template == template }
    guard !chosen.isEmpty else {
      throw ValidationError("There is no template \(template); `smartpages mail preview` lists them.")
    }
    if html {
      // A file for a browser holds one page.
      print(chosen[0].message(language).html)
      return
    }
    for (index, mail) in chosen.enumerated() {
      let message = mail.message(language)
      if index > 0 { print(String(repeating: "-", count: 72)) }
      print("Subject: \(message.subject)\n\n\(message.text)", terminator: "")
    }
  }
}
