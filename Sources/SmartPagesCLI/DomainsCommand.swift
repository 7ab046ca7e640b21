import ACME
import ArgumentParser
import Configuration
import Customer
import Database
import Glibc
import Jobs

/// `smartpages domains`: looks after customers' own domains and their certificates.
struct DomainsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "domains", abstract: "Looks after customers' own domains and their certificates.",
    subcommands: [DomainsList.self, DomainsCheck.self, DomainsRenew.self, DomainsAccount.self])

  /// Runs a body with what the operator can do.
  static func operate(_ body: (DomainOperation) throws -> Void) throws {
    let database = Database(.init(conninfo: try Settings().text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    try body(DomainOperation(JobQueue(database: database)))
  }
}

/// `smartpages domains list`
struct DomainsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists domains: state, certificate, its end, what is wrong.")

  @Flag(help: "Only those with something wrong.")
  var failing = false

  func run() throws {
    try DomainsCommand.operate { operation in
      var count = 0
      try operation.list(failingOnly: failing) { line in
        print(line)
        count += 1
      }
      if count == 0 { print(failing ? "Nothing is wrong." : "There are no domains.") }
    }
  }
}

/// `smartpages domains check HOST`
struct DomainsCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Has a running Core look at a domain's records now.")

  @Argument(help: "As the DNS knows it.")
  var host: String

  func run() throws {
    try DomainsCommand.operate { operation in
      guard try operation.check(host) else { throw ValidationError("There is no domain \(host).") }
      print("\(host) is looked at; `smartpages domains list` shows what is found")
    }
  }
}

/// `smartpages domains renew HOST`
struct DomainsRenew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Has a running Core fetch a new certificate now, whatever pause there is.")

  @Argument(help: "As the DNS knows it.")
  var host: String

  func run() throws {
    try DomainsCommand.operate { operation in
      guard try operation.renew(host) else { throw ValidationError("\(host) is no domain that gets a certificate.") }
      print("a certificate for \(host) is fetched; `smartpages domains list` shows how it went")
    }
  }
}

/// `smartpages domains account`
struct DomainsAccount: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Registers at the certificate authority if need be, and prints the account's thumbprint for nginx.")

  @Flag(help: "Only print; the authority is not asked.")
  var known = false

  func run() throws {
    guard let settings = try ACMESettings.read(Settings()) else {
      throw ValidationError("SMARTPAGES_ACME_DIRECTORY is not set.")
    }
    let client = ACMEClient(settings)
    if !known {
      do {
        try client.register()
      } catch  where client.thumbprint != nil {
        // nginx can start with the key alone; Core registers as soon as the authority answers.
        let line = Array("The registration is not confirmed: \(error)\n".utf8)
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
      }
    }
    guard let thumbprint = client.thumbprint else { throw ValidationError("There is no account yet.") }
    print(thumbprint)
  }
}
