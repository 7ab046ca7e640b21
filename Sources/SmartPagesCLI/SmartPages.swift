import ArgumentParser

/// The operator's command line. Its settings come from the environment, as for the servers.
@main
struct SmartPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smartpages", abstract: "Looks after a SmartPages installation.",
    subcommands: [
      Migrate.self, Demo.self, JobsCommand.self, BillingCommand.self, MailCommand.self, DomainsCommand.self,
    ])
}
