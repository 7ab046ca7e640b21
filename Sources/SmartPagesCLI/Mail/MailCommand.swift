import ArgumentParser

/// `smartpages mail`: looks after the outbox.
struct MailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Shows mails, the outbox and suppressed addresses.",
    subcommands: [MailPreviewCommand.self, MailQueueCommand.self, MailSuppressionsCommand.self])
}
