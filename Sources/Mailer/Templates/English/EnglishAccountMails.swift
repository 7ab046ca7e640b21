import HTTP

extension EnglishMails {
  static func login(_ link: String, _ code: String, _ minutes: Int) -> MailDraft {
    MailDraft(
      subject: "\(code) is your SmartPages code",
      parts: [
        .paragraph("Hello,"), .paragraph("this is your code to log in to SmartPages:"), .code(code),
        .paragraph("Or open this link in the browser in which you asked for it:"),
        .action(label: "Log in", url: link),
        .small("Code and link are valid for \(minutes) minutes and can be used once."),
        .small("You did not ask for this? Then you need do nothing: nobody gets in without this mail."),
      ])
  }

  static func welcome(_ dashboard: String, _ days: Int) -> MailDraft {
    letter(
      "Welcome to SmartPages",
      .paragraph("welcome! It is good to have you with us."),
      .paragraph(
        "You are three steps from being online: fill in your profile, add your links, publish. You can try "
          + "everything for \(days) days; what is published stays online after that."),
      .action(label: "Open the dashboard", url: dashboard))
  }

  static func newLogin(_ moment: Instant, _ browser: String, _ sessions: String) -> MailDraft {
    letter(
      "New login to your SmartPages account",
      .paragraph("somebody logged in to your account from a browser that we had not seen before."),
      .paragraph("When: \(date(moment))"),
      .paragraph("Browser: \(name(browser))"),
      .paragraph("Was it you? Then all is well. If not, end this login now and check who can read your mails."),
      .action(label: "Look at all logins", url: sessions))
  }

  static func oldAddress(_ old: String, _ new: String, _ dashboard: String) -> MailDraft {
    letter(
      "Your SmartPages account has a new e-mail address",
      .paragraph("the address of your account was changed from \(name(old)) to \(name(new))."),
      .paragraph(
        "From now on you log in with the new address, and this one gets no more mails from us. If you did not change "
          + "it, please answer this mail at once."),
      .action(label: "Open the dashboard", url: dashboard))
  }

  static func newAddress(_ old: String, _ new: String, _ dashboard: String) -> MailDraft {
    letter(
      "This is now the address of your SmartPages account",
      .paragraph("the address of your account was changed from \(name(old)) to \(name(new))."),
      .paragraph("From now on you log in with the new address, and our mails come here."),
      .action(label: "Open the dashboard", url: dashboard))
  }

  static func exportReady(_ expiry: Instant, _ download: String) -> MailDraft {
    letter(
      "Your data is ready for download",
      .paragraph("the copy of your data that you asked for is ready."),
      .action(label: "Download", url: download),
      .small("You can fetch it until \(date(expiry)). You have to be logged in for that."))
  }

  static func deletionScheduled(_ moment: Instant, _ dashboard: String) -> MailDraft {
    letter(
      "Your SmartPages account will be deleted",
      .paragraph("as you asked, your account with all its sites will be deleted on \(date(moment))."),
      .paragraph(
        "Until then nothing is lost: if you change your mind, or did not ask for this, call it off in the dashboard."),
      .action(label: "Keep the account", url: dashboard))
  }
}
