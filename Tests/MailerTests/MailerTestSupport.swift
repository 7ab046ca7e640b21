import Foundation
import HTTP
import Services
import Support
import Synchronization

@testable import Database
@testable import Jobs
@testable import Mailer

/// What the module has told the log.
final class MailLog: Sendable {
  private let stored = Mutex<[MailEvent]>([])
  var events: [MailEvent] { stored.withLock { $0 } }
  func append(_ event: MailEvent) { stored.withLock { $0.append(event) } }
}

/// A module with a folder for its mails, in a database of its own made by the real migrations.
struct MailerInstallation {
  let jobs: JobQueue
  let module: MailerModule
  let folder: URL
  let log = MailLog()

  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  init() throws {
    let configuration = Database.Configuration(conninfo: try PostgresServer.shared.get().createDatabase())
    let migrations = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../sql").standardizedFileURL.path
    try Migrator(configuration, folder: migrations) { _ in }.run()
    var patient = configuration
    patient.acquireTimeoutMilliseconds = 5000
    jobs = JobQueue(database: Database(patient) { _ in })
    folder = URL(fileURLWithPath: "/tmp/mailer-test-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    module = MailerModule(
      jobs: jobs, sender: "SmartPages <hello@smartpages.example>",
      transport: .folder(FolderTransport(folder: folder.path)), webhookSecrets: [Self.secret],
      log: { [log] in log.append($0) })
  }

  var database: Database { jobs.database }

  /// The mails in the folder, in the order of their acceptance.
  func files() throws -> [JSON] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
      .map { try JSONParser.parse(Array(Data(contentsOf: folder.appendingPathComponent($0)))) }
  }

  func count(_ condition: SQL) throws -> Int {
    try database.query("SELECT count(*) FROM mailer.mails WHERE \(condition)")[0].int(0)
  }

  func state(of matter: String) throws -> String? {
    try database.query("SELECT state FROM mailer.mails WHERE dedupe_key = \(matter)").first?.string(0)
  }

  func accept(_ mail: Mail, to address: String = "ada@example.com") throws {
    try module.enqueue(mail, to: EmailAddress(address)!, language: .english)
  }

  /// Takes the next mail as a sender does.
  func take() throws -> MailTaking.Result {
    try database.transaction { try MailTaking(transaction: $0, counters: module.counters).next() }
  }

  func takeMail() throws -> TakenMail? {
    if case .mail(let mail, _) = try take() { mail } else { nil }
  }

  func finish(_ mail: TakenMail, _ outcome: Outcome) throws {
    try database.transaction { _ = try MailFinishing(transaction: $0).record(outcome, of: mail) }
  }

  /// Runs `body` beside the processes that send, and stops them.
  func sending(processes: Int = 1, workers: Int = 2, _ body: () throws -> Void) throws {
    let runners = (0..<processes).map { _ in
      JobRunner(queue: jobs, workers: workers, handlers: module.handlers, log: { _ in })
    }
    for runner in runners { runner.start() }
    defer { for runner in runners { runner.stop(deadline: .after(milliseconds: 5000)) } }
    try body()
  }

  func login(_ number: Int = 1) -> Mail {
    .login(link: "https://app.example/login#token=\(number)", code: "123456", minutes: 10)
  }

  func receipt(_ number: Int) -> Mail {
    .receipt(
      invoice: "in_\(number)", number: "A-\(number)", amount: Money(amount: 500, currency: "eur"), plan: "Start",
      billing: "https://app.example/billing")
  }
}

/// Waits until `condition` holds; false after `seconds`.
func eventually(within seconds: Double = 15, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(seconds)
  while try !condition() {
    guard Date() < deadline else { return false }
    usleep(5000)
  }
  return true
}
