import HTTP
import Services

extension EnglishMails {
  static func deletionAnnounced(_ moment: Instant, _ customer: String, _ by: String) -> MailDraft {
    MailDraft(
      subject: "A SmartPages account that you work for will be deleted",
      parts: [
        .paragraph("Hello,"),
        .paragraph("\(name(by)) is going to delete the account of \(name(customer)), with all its sites."),
        .paragraph("It happens on \(date(moment)). Until then you can work as before."),
        .small("If that should not be: an owner of the account can call it off until then, in the dashboard."),
      ])
  }

  static func proof(_ code: String, _ minutes: Int) -> MailDraft {
    MailDraft(
      subject: "\(code) confirms that it is you",
      parts: [
        .paragraph("Hello,"), .paragraph("with this code you confirm that it is you:"), .code(code),
        .small("Enter it where you were asked for it. It is valid for \(minutes) minutes and can be used once."),
        .small("You did not ask for this? Then somebody else uses your account: log out everywhere, in the settings."),
      ])
  }

  static func invitation(
    _ customer: String, _ inviter: String, _ role: Role, _ link: String, _ days: Int
  ) -> MailDraft {
    let may =
      switch role {
      case .owner: "As an owner you may do everything, also pay and invite others."
      case .editor: "As an editor you may change and publish pages."
      case .viewer: "As a viewer you may look at everything, and change nothing."
      }
    return MailDraft(
      subject: "You are invited to SmartPages",
      parts: [
        .paragraph("Hello,"),
        .paragraph("\(name(inviter)) invites you to work on the pages of \(name(customer)) at SmartPages."),
        .paragraph(may),
        .action(label: "Look at the invitation", url: link),
        .small("The invitation is valid for \(days) days and for this address only."),
        .small("You do not know who this is? Then you need do nothing: without you nothing happens."),
      ])
  }
}
