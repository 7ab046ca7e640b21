import ArgumentParser
import Billing
import Configuration
import Database
import Jobs
import Mailer

/// `smartpages billing`: what the payment provider has told, and whether we agree with it.
struct BillingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "billing", abstract: "Looks after payment: events, reconciliation, plans.",
    subcommands: [
      BillingEvents.self, BillingReplay.self, BillingReconcile.self, BillingPlans.self, BillingShow.self,
      BillingForget.self,
    ])

  /// Runs `body` with Billing as Core has it.
  static func withBilling(_ body: (BillingModule) throws -> Void) throws {
    let settings = Settings()
    let database = Database(.init(conninfo: try settings.text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    let jobs = JobQueue(database: database)
    // Mails are accepted here and sent by Core.
    let mailer = MailerModule(
      jobs: jobs, sender: try settings.text("SMARTPAGES_MAIL_FROM", default: "SmartPages <hello@smartpages.example>"),
      transport: .folder(FolderTransport(folder: "")), webhookSecrets: [])
    try body(BillingTool.module(settings, jobs, mailer))
  }
}
