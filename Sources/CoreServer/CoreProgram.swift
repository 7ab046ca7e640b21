import Billing
import Bucket
import Configuration
import Core
import Customer
import DNS
import Database
import FastCGI
import HTTP
import Jobs
import KV
import Mailer
import Services
import Telemetry

/// The composition root of Core: the one place that knows all parts.
struct CoreProgram {
  private let settings: CoreSettings
  private let log: Log
  private let metrics = Metrics()
  private let database: Database
  private let kv: KV
  private let customer: CustomerModule
  private let billing: BillingModule
  private let mailer: MailerModule
  private let jobs: JobQueue
  private let gateway: Gateway

  init(_ settings: CoreSettings) throws {
    self.settings = settings
    let log = Log(level: settings.logLevel)
    self.log = log

    var configuration = Database.Configuration(conninfo: settings.databaseURL)
    configuration.poolSize = settings.databasePool
    let database = Database(configuration) { DependencyLog.write($0, log) }
    self.database = database
    let kv = KV(KVConfiguration(address: settings.redis, poolSize: settings.workers + 2)) {
      DependencyLog.write($0, log)
    }
    self.kv = kv
    let bucket = try BucketWriter(root: settings.bucket)

    jobs = JobQueue(database: database)
    mailer = MailerModule(
      jobs: jobs, sender: settings.mail.sender, transport: settings.mail.transport,
      webhookSecrets: settings.mail.webhookSecrets, log: { DependencyLog.write($0, log) })
    billing = BillingModule(
      jobs: jobs, mailer: mailer, stripe: settings.payment.stripe, plans: settings.payment.plans,
      settings: settings.payment.billing,
      log: { BillingReport.write($0, log) })
    customer = CustomerModule(
      jobs: jobs, bucket: bucket, billing: billing, mailer: mailer, settings: settings.customer,
      linkClient: settings.linkClient, pageClient: settings.pageClient, previewClient: settings.previewClient,
      dns: DNSClient(settings.dns))

    let services = BoundServices(customer: customer, billing: billing, mailer: mailer)
    let sessions = SessionStore(kv: kv, standings: StandingCache(kv, services), services: services)
    let limits = LoginLimits(kv, settings.loginRates)
    gateway = Gateway(
      services: services, sessions: sessions,
      login: Login(
        attempts: LoginAttempts(kv), limits: limits, sessions: sessions,
        browsers: KnownBrowsers(kv, mailer, appURL: settings.appURL), services: services, appURL: settings.appURL),
      proof: Proof(
        attempts: LoginAttempts(kv, for: .proof), limits: limits, sessions: sessions, services: services),
      addressChange: AddressChange(
        attempts: LoginAttempts(kv, for: .address), limits: limits, sessions: sessions, services: services),
      limits: limits, formLimits: FormLimits(kv, settings.formRates),
      originPolicy: OriginPolicy(appOrigins: settings.appOrigins, allowedOrigins: settings.allowedOrigins),
      health: Health([
        .init("database") { (try? database.query("SELECT 1")) != nil },
        .init("kv") { (try? kv.ping()) != nil },
        .init("bucket") { bucket.isUsable },
      ]),
      metrics: metrics, log: log)
  }

  /// Serves until SIGTERM or SIGINT, then finishes what was begun.
  func run() throws {
    let signal = TerminationSignal()
    let systemd = SystemdNotifier.fromEnvironment()
    try refuseForeignSchema()
    try billing.admitMode()
    let server = Server(
      configuration: serverConfiguration, listener: settings.socket.map { .path($0) } ?? .inherited,
      overloaded: { [gateway] in gateway.refuseLate($0) },
      observer: { [log] in
        log.write($0.isFailure ? .warning : .info, "server", [("state", .text("\($0)"))])
      },
      handler: { [gateway] in gateway.respond(to: $0) })
    CoreMetrics.register(metrics, server: server, database: database, kv: kv, jobs: jobs, mailer: mailer)
    BillingReport.register(metrics, billing)
    StatisticsMetrics.register(metrics, customer)
    CertificateMetrics.register(metrics, customer)
    let runner = JobRunner(
      queue: jobs, workers: settings.jobWorkers,
      handlers: handlers, periodic: customer.periodic + billing.periodic + mailer.periodic,
      log: { [log] in DependencyLog.write($0, log) })
    runner.start()
    try server.start()
    log.write(.info, "started", [("workers", .integer(Int64(settings.workers)))])
    log.flush()
    systemd.tell(.ready)

    signal.wait()
    log.write(.info, "stopping")
    systemd.tell(.stopping)
    // Jobs first: requests are answered while the last ones finish. Where the next process begins only after the end of
    // this one, requests wait from `server.stop()` until then, and no longer than for those that are under way.
    runner.stop(deadline: .after(milliseconds: 10_000))
    server.stop()
    server.wait()
    database.close()
    log.write(.info, "stopped")
    log.flush()
  }

  /// What jobs do, by kind; no two modules name the same.
  private var handlers: [String: JobHandler] {
    let own: [String: JobHandler] = [
      EntitlementsChanged.jobKind: { [customer, gateway] job, _ in
        try gateway.forgetStandings(of: customer.fitToPlan(job.payload))
      },
      CustomerModule.removalJob: { [customer, gateway] job, context in
        try gateway.forgetStandings(of: customer.removeCustomer(job.payload, context))
      },
    ]
    return [customer.handlers, billing.handlers, mailer.handlers].reduce(into: own) { all, handlers in
      all.merge(handlers) { _, _ in preconditionFailure("two modules handle the same kind of job") }
    }
  }

  private var serverConfiguration: ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.workers = settings.workers
    configuration.maximumQueueMilliseconds = Int64(settings.queueMilliseconds)
    // A picture that came while all encoders are busy is read away, and its connection stays.
    configuration.maximumUnreadBodyBytes = ImageUpload.maximumBytes
    return configuration
  }

  /// A program and a schema that do not fit would damage data; both directions stop the start.
  private func refuseForeignSchema() throws {
    let expected = try Migrator.files(in: settings.sqlFolder).count
    let current = try Migrator.currentVersion(database)
    guard current == expected else {
      throw SchemaMismatch(current: current, expected: expected)
    }
  }
}

/// The database's schema is not the one that this program was written for.
struct SchemaMismatch: Error, CustomStringConvertible {
  let current: Int
  let expected: Int

  var description: String {
    current < expected
      ? "the database is at migration \(current) and \(expected) is needed: run `smartpages migrate` first"
      : "the database is at migration \(current), newer than this program's \(expected): start the newer program"
  }
}
