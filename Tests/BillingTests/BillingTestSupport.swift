import Database
import Foundation
import HTTP
import HTTPClient
import Jobs
import Services
import Support
import Synchronization

@testable import Billing

/// A mailer that notes what it was given.
final class NotingMailer: MailerService {
  private let stored = Mutex<[Mail]>([])
  var mails: [Mail] { stored.withLock { $0 } }

  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction) throws {
    stored.withLock { $0.append(mail) }
  }
  func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language) throws {
    stored.withLock { $0.append(mail) }
  }
  func cancel(matter: String, in transaction: Transaction) throws {}
  func forget(_ recipient: EmailAddress, in transaction: Transaction) throws {}
  func receive(_ body: [UInt8], signature: MailWebhookSignature) throws {}
}

/// A module on a database of its own, made by the real migrations; Stripe is not reachable.
struct TestBilling {
  let module: BillingModule
  let mailer: NotingMailer
  var database: Database { module.database }

  init(trialDays: Int = 7, plans: Plans = .sample()) throws {
    let configuration = Database.Configuration(conninfo: try PostgresServer.shared.get().createDatabase())
    let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../sql").standardizedFileURL.path
    try Migrator(configuration, folder: folder) { _ in }.run()
    var patient = configuration
    patient.acquireTimeoutMilliseconds = 5000
    patient.poolSize = 8
    mailer = NotingMailer()
    module = BillingModule(
      jobs: JobQueue(database: Database(patient) { _ in }), mailer: mailer,
      stripe: StripeAPI(client: HTTPClient(), origin: "http://127.0.0.1:9", key: "sk_test_1"), plans: plans,
      settings: BillingSettings(
        dashboard: "https://app.example", trialDays: trialDays, graceDays: 14, webhookSecrets: [],
        automaticTax: false, outsideCalls: 4))
  }

  /// A new customer with an account.
  func open(_ email: String = "anna@example.org") throws -> CustomerID {
    let customer = CustomerID.new()
    try database.execute(
      "INSERT INTO customer.customers (id, name, language) VALUES (\(customer.uuid), 'Anna', 'de')")
    guard let address = EmailAddress(email) else { throw Problem(.internalError) }
    try database.transaction {
      try module.openAccount(
        of: customer, contact: Contact(email: address, language: .german, name: "Anna"), in: $0)
    }
    return customer
  }

  func set(_ change: SQL, of customer: CustomerID) throws {
    try database.execute("UPDATE billing.accounts SET \(change) WHERE customer_id = \(customer.uuid)")
  }

  func caller(_ customer: CustomerID, _ language: Language = .english) -> Caller {
    Caller(user: .new(), customer: customer, role: .owner, language: language)
  }

  func change(_ customer: CustomerID, _ body: JSON, key: String? = nil) -> Change {
    Change(
      caller: caller(customer), body: body, condition: .any,
      idempotency: key.map { Idempotency(key: $0, digest: body.bytes) })
  }

  func account(_ customer: CustomerID) throws -> JSON {
    try JSONParser.parse(module.account(caller(customer)))
  }
}

extension Plans {
  /// Two plans, the smaller one first by price though not in the file.
  static func sample(needsCard: Bool = false) -> Plans {
    func limits(_ sites: Int) -> Entitlements.Limits {
      .init(
        sites: sites, pages: 10, links: 50, versions: 10, domains: sites - 1, members: 1, statisticsDays: 30,
        badge: sites == 1)
    }
    func plan(_ id: String, _ amount: Int64, sites: Int) -> Plan {
      Plan(
        id: id, names: [.german: id.uppercased(), .english: id.capitalized], descriptions: [:],
        prices: [
          Price(period: .month, amount: amount, id: "price_\(id)_month", earlier: ["price_\(id)_old"]),
          Price(period: .year, amount: amount * 10, id: "price_\(id)_year", earlier: []),
        ], limits: limits(sites))
    }
    return Plans(
      currency: "eur", trial: Plans.usualTrial, trialNeedsCard: needsCard, trialDays: nil,
      all: [plan("large", 1200, sites: 3), plan("small", 500, sites: 1)])
  }
}

/// The problem that a body throws, if any.
func problem(_ body: () throws -> Void) -> Problem? {
  do {
    try body()
    return nil
  } catch {
    return error as? Problem ?? (error as? any ProblemConvertible)?.problem ?? Problem(.internalError)
  }
}

/// Runs `body` on `count` threads at once and waits for all.
func onThreads<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
) -> [Result<Value, any Error>] {
  let results = Mutex<[Result<Value, any Error>]>([])
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread {
      let result = Result { try body(number) }
      results.withLock { $0.append(result) }
      group.leave()
    }.start()
  }
  group.wait()
  return results.withLock { $0 }
}
