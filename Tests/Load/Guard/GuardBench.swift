import Billing
import Bucket
import Configuration
import Customer
import Database
import HTTP
import HTTPClient
import Jobs
import Mailer
import Services

/// What it costs a write that Billing is asked whether it may: the same writes with Billing and with one that answers
/// without looking, by turns, so that what else the machine does falls on both alike.
///
/// Prints a line of JSON: for each kind of write the microseconds of one, in each round, guarded and not.
struct GuardBench {
  private let guarded: CustomerModule
  private let unguarded: CustomerModule
  private let billing: any BillingService
  private let constant: any BillingService
  private let caller: Caller
  private let site: Services.SiteID
  private let link: LinkID

  /// Reads the settings of Core from the environment.
  init() throws {
    let settings = Settings()
    let database = Database(.init(conninfo: try settings.text("SMARTPAGES_DATABASE_URL"))) { _ in }
    let jobs = JobQueue(database: database)
    let mailer = MailerModule(
      jobs: jobs, sender: "SmartPages <hello@smartpages.example>", transport: .folder(FolderTransport(folder: "")),
      webhookSecrets: [])
    let dashboard = try settings.text("SMARTPAGES_APP_URL")
    let billing = BillingModule(
      jobs: jobs, mailer: mailer,
      stripe: StripeAPI(client: HTTPClient(), origin: "http://127.0.0.1:1", key: "sk_test_guard"),
      plans: try Plans(path: settings.text("SMARTPAGES_PLANS"), isLive: false),
      settings: BillingSettings(
        dashboard: dashboard, trialDays: 7, graceDays: 14, webhookSecrets: [], automaticTax: false, outsideCalls: 1))
    let bucket = try BucketWriter(root: settings.text("SMARTPAGES_BUCKET"))
    func module(_ billing: any BillingService) -> CustomerModule {
      CustomerModule(
        jobs: jobs, bucket: bucket, billing: billing, mailer: mailer,
        settings: CustomerSettings(
          sitesHost: "sites.localhost", sitesScheme: "http", sitesPort: nil, dashboard: dashboard, trialDays: 7))
    }
    guarded = module(billing)
    guard let email = EmailAddress("guard@example.com") else { throw Problem(.internalError) }
    caller = try guarded.signIn(email, language: .english, browser: "").caller()
    self.billing = billing
    constant = ConstantBilling(real: billing, entitlements: try billing.entitlements(of: caller.customer))
    unguarded = module(constant)
    site = try Self.id(of: guarded.createSite(Self.change(caller, ["slug": "bench-guard", "title": "Guard"])))
    link = try Self.id(of: guarded.createLink(in: site, Self.change(caller, Self.newLink)))
  }

  func run(rounds: Int, writes: Int) throws {
    _ = try measure(writes, billing, guarded, patch)  // connections made, statements prepared
    _ = try measure(writes, constant, unguarded, patch)
    let patches = try compare(rounds, writes, patch)
    let creations = try compare(rounds, writes / 2, createAndDelete)
    print(#"{"patch": \#(patches), "create and delete": \#(creations)}"#)
  }

  private typealias Write = (CustomerModule, Int) throws -> Void

  /// A list of `[guarded, unguarded]`, one pair a round.
  private func compare(_ rounds: Int, _ writes: Int, _ write: Write) throws -> String {
    let pairs = try (0..<rounds).map { round in
      // Who goes first changes, for the second finds a warmer machine.
      if round.isMultiple(of: 2) {
        let first = try measure(writes, billing, guarded, write)
        return "[\(first), \(try measure(writes, constant, unguarded, write))]"
      }
      let first = try measure(writes, constant, unguarded, write)
      return "[\(try measure(writes, billing, guarded, write)), \(first)]"
    }
    return "[" + pairs.joined(separator: ", ") + "]"
  }

  /// Microseconds for one write. What Core asks when it does not know a session's standing any more is asked too.
  private func measure(
    _ writes: Int, _ billing: any BillingService, _ customer: CustomerModule, _ write: Write
  ) throws -> Double {
    let took = try ContinuousClock().measure {
      for number in 0..<writes {
        guard try billing.entitlements(of: caller.customer).allow(.write, at: .now) else { throw Problem(.forbidden) }
        try write(customer, number)
      }
    }
    return took / .microseconds(writes)
  }

  private func patch(_ customer: CustomerModule, _ number: Int) throws {
    _ = try customer.updateLink(link, of: site, Self.change(caller, ["title": .string("Link \(number)")]))
  }

  private func createAndDelete(_ customer: CustomerModule, _ number: Int) throws {
    let made: LinkID = try Self.id(of: customer.createLink(in: site, Self.change(caller, Self.newLink)))
    try customer.deleteLink(made, of: site, Self.change(caller, [:]))
  }

  private static let newLink: JSON = ["title": "A link", "url": "https://example.com/"]

  private static func change(_ caller: Caller, _ body: JSON) -> Change {
    Change(caller: caller, body: body, condition: .any, idempotency: nil)
  }

  private static func id<Entity>(of resource: Resource) throws -> Identifier<Entity> {
    guard let id = try JSONParser.parse(resource.json)["id"]?.stringValue.flatMap({ Identifier<Entity>($0) }) else {
      throw Problem(.internalError)
    }
    return id
  }
}
