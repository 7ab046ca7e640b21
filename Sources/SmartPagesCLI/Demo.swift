import ArgumentParser
import Billing
import Bucket
import Configuration
import Customer
import Database
import HTTP
import Jobs
import Mailer
import Services

/// `smartpages demo`: a customer with a published site, so that there is something to look at at once.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Creates a demo customer with a published site.")

  func run() throws {
    let settings = Settings()
    let database = Database(.init(conninfo: try settings.text("SMARTPAGES_DATABASE_URL"))) { _ in }
    defer { database.close() }
    let customer = try Self.module(settings, database)
    guard let email = EmailAddress(DemoContent.email) else { throw ValidationError("The demo's address is broken.") }
    let caller = try customer.signIn(email, language: .german, browser: "").caller()
    let sites = try JSONParser.parse(customer.sites(ListPage(), caller))["items"]?.arrayValue ?? []
    let site: JSON
    if let present = sites.first(where: { $0["slug"]?.stringValue == DemoContent.slug }) {
      site = present
    } else {
      site = try DemoContent(customer, caller).create()
    }
    print("The demo site is at \(site["url"]?.stringValue ?? "").")
    print("Log in as \(DemoContent.email); the code is in the newest mail.")
  }

  private static func module(_ settings: Settings, _ database: Database) throws -> CustomerModule {
    let jobs = JobQueue(database: database)
    let days = try settings.integer("SMARTPAGES_TRIAL_DAYS", default: 7, in: 0...3650)
    let dashboard = try settings.text("SMARTPAGES_APP_URL")
    let mailer = MailerModule(
      jobs: jobs, sender: try settings.text("SMARTPAGES_MAIL_FROM", default: "SmartPages <hello@smartpages.example>"),
      transport: .folder(FolderTransport(folder: "")), webhookSecrets: [])
    return CustomerModule(
      jobs: jobs, bucket: try BucketWriter(root: settings.text("SMARTPAGES_BUCKET")),
      billing: try BillingTool.module(settings, jobs, mailer), mailer: mailer,
      settings: CustomerSettings(
        sitesHost: try settings.text("SMARTPAGES_SITES_HOST"),
        sitesScheme: try settings.text("SMARTPAGES_SITES_SCHEME", default: "https"),
        sitesPort: try settings.optionalText("SMARTPAGES_SITES_PORT").flatMap { Int($0) }.flatMap {
          $0 == 0 ? nil : $0
        },
        dashboard: dashboard, trialDays: days))
  }
}
