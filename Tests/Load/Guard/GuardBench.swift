import Billing
import Bucket
import Configuration
import Core
import Customer
import Database
import HTTP
import HTTPClient
import Jobs
import KV
import Mailer
import Services

/// What the guard costs a write: the same writes with it and without, by turns, so that what else the machine does
/// falls on both alike.
///
/// With it, each write first has Core find the caller's standing and hold the entitlements against the route's, as in
/// each request: from the real ``StandingCache`` over the real Redis, which asks Billing once a minute. Then Customer
/// asks Billing inside the writing transaction wherever it does. All of the standing's finding counts as the guard's,
/// though a request needs user and customer anyway. Without it, nothing is found or held against anything, and
/// Customer has a Billing that answers from memory; what is counted against a limit is counted all the same.
///
/// Prints a line of JSON: for each kind of write the microseconds of one, in each round, guarded and not.
struct GuardBench {
  private let guarded: CustomerModule
  private let unguarded: CustomerModule
  private let billing: any BillingService
  private let standings: StandingCache
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
    unguarded = module(
      ConstantBilling(real: billing, entitlements: try billing.entitlements(of: caller.customer)))
    guard let redis = KVConfiguration.Address(try settings.text("SMARTPAGES_REDIS")) else {
      throw Problem(.internalError)
    }
    standings = StandingCache(
      KV(KVConfiguration(address: redis)) { _ in },
      BoundServices(customer: guarded, billing: billing, mailer: mailer))
    site = try Self.id(of: guarded.createSite(Self.change(caller, ["slug": "bench-guard", "title": "Guard"])))
    link = try Self.id(of: guarded.createLink(in: site, Self.change(caller, Self.newLink)))
  }

  func run(rounds: Int, writes: Int) throws {
    _ = try round(writes, patch)  // connections made, statements prepared
    let patches = try compare(rounds, writes, patch)
    let creations = try compare(rounds, writes / 2, createAndDelete)
    print(#"{"patch": \#(patches), "create and delete": \#(creations)}"#)
    try guarded.deleteSite(site, Self.change(caller, [:]))  // so that a next run finds the name free
  }

  private typealias Write = (CustomerModule, Int) throws -> Void

  /// A list of `[guarded, unguarded]`, one pair a round.
  private func compare(_ rounds: Int, _ writes: Int, _ write: Write) throws -> String {
    let pairs = try (0..<rounds).map { _ in
      let (guarded, unguarded) = try round(writes, write)
      return "[\(guarded), \(unguarded)]"
    }
    return "[" + pairs.joined(separator: ", ") + "]"
  }

  /// Microseconds for one write, guarded and not. They take turns write by write, as what a commit waits for the disk
  /// drifts; and who goes first changes, for the second finds a warmer machine.
  private func round(_ writes: Int, _ write: Write) throws -> (guarded: Double, unguarded: Double) {
    var guarded = Duration.zero
    var unguarded = Duration.zero
    for number in 0..<writes {
      let guardedIsFirst = number.isMultiple(of: 2)
      if guardedIsFirst { guarded += try measure(number, isGuarded: true, write) }
      unguarded += try measure(number, isGuarded: false, write)
      if !guardedIsFirst { guarded += try measure(number, isGuarded: true, write) }
    }
    return (guarded / .microseconds(writes), unguarded / .microseconds(writes))
  }

  private func measure(_ number: Int, isGuarded: Bool, _ write: Write) throws -> Duration {
    try ContinuousClock().measure {
      if isGuarded { try admit() }
      try write(isGuarded ? guarded : unguarded, number)
    }
  }

  /// What Core does before it hands a write on.
  private func admit() throws {
    guard let found = try standings.find(caller.user, for: caller.customer, atLeast: 0),
      let entitlements = found.entitlements
    else { throw Problem(.unauthenticated) }
    try Guard.require(.write, of: entitlements, at: .now, cheapestPlan: billing.cheapestPlan)
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
