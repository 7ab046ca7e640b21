package import Bucket
package import DNS
import Database
package import HTTPClient
package import Jobs
import Locks
package import Services

/// Profiles, pages and links: the module behind ``CustomerService``.
///
/// Its methods stand in folders by what they are about; each holds its SQL next to itself.
package final class CustomerModule: CustomerService {
  let database: Database
  let jobs: JobQueue
  let bucket: BucketWriter
  let billing: any BillingService
  let mailer: any MailerService
  let settings: CustomerSettings
  let pictureEncoder: PictureEncoder
  /// Looks at the targets of links; nil: nobody does.
  let linkClient: HTTPClient?
  /// Guards what is counted of the edge's log.
  let logCounts = Locked(LogReadingCounts())
  /// Fetches the pages that people want to import from; nil: nobody does.
  let pageClient: HTTPClient?
  let pagesBeingFetched = Bulkhead(limit: 4)
  /// Exports in work: each takes its whole size in memory, and encoders.
  let exportsInWork = Bulkhead(limit: 1)
  /// Looks at what is under a host before it is led here; nil: nobody does.
  let previewClient: HTTPClient?
  let dns: DNSClient
  /// So many people may wait at once for what is outside, one of each customer.
  let previews = FairBulkhead<CustomerID>(limit: 4)
  /// So many jobs may: name servers that never answer, of which somebody may bring many, must not keep mails waiting.
  let checks = FairBulkhead<CustomerID>(limit: 2)

  package init(
    jobs: JobQueue, bucket: BucketWriter, billing: any BillingService, mailer: any MailerService,
    settings: CustomerSettings, linkClient: HTTPClient? = nil, pageClient: HTTPClient? = nil,
    previewClient: HTTPClient? = nil, dns: DNSClient = DNSClient()
  ) {
    database = jobs.database
    self.jobs = jobs
    self.bucket = bucket
    self.billing = billing
    self.mailer = mailer
    self.settings = settings
    pictureEncoder = PictureEncoder(settings.pictureEncoder)
    self.linkClient = linkClient
    self.pageClient = pageClient
    self.previewClient = previewClient
    self.dns = dns
  }

  /// The jobs of this module, by kind.
  package var handlers: [String: JobHandler] {
    [
      Self.activationJob: { [self] job, _ in try activate(job.payload) },
      Self.refreshJob: { [self] job, _ in try refresh(job.payload) },
      Self.scheduleJob: { [self] job, _ in try runSchedule(job) },
      Self.cardJob: { [self] job, context in try drawCards(job.payload, context) },
      Self.messagesJob: { [self] job, context in try mailDigest(job.payload, context) },
      Self.domainCheckJob: { [self] job, context in try checkDomain(job.payload, context) },
      Self.hostJob: { [self] job, _ in try settleHost(job.payload) },
      Self.certificateJob: { [self] _, context in try fetchCertificates(context) },
      Self.revocationJob: { [self] _, context in try revokeCertificates(context) },
      Self.exportJob: { [self] job, context in try runExport(job, context) },
    ]
  }

  /// What this module does by itself.
  package var periodic: [PeriodicJob] {
    [
      PeriodicJob(name: "customer.sweep", everySeconds: 86_400) { [self] _, context in
        try sweep { try context.extendLease() }
        try sweepStatistics { try context.extendLease() }
      },
      PeriodicJob(name: "customer.check_links", everySeconds: 300) { [self] _, context in try checkLinks(context) },
      PeriodicJob(name: "customer.check_domains", everySeconds: 300) { [self] _, _ in try checkOverdueDomains() },
    ] + certificatePeriodic + (settings.statistics == nil ? [] : [logReading])
  }

  /// Of those processes alone that are told of the log.
  private var logReading: PeriodicJob {
    PeriodicJob(name: "customer.statistics", everySeconds: 60) { [self] _, context in
      try readLogs {
        try context.extendLease()
        return !context.isStopping
      }
    }
  }
}

/// What Customer must know of the installation.
package struct CustomerSettings: Sendable {
  /// The host below which each site has a label of its own: `sites.localhost`.
  package let sitesHost: String
  /// `http` or `https`.
  package let sitesScheme: String
  /// The port in public addresses, or nil when it is the scheme's own.
  package let sitesPort: Int?
  /// Where the dashboard is: `https://app.smartpages.example`.
  package let dashboard: String
  /// The length of a trial, for the welcome mail.
  package let trialDays: Int
  /// Nil: there are no statistics.
  package let statistics: StatisticsSettings?
  package let pictureEncoder: PictureEncoder.Settings
  /// Whom visitors of sites tell of abuse; nil: nobody is named.
  package let abuseContact: WebLink?
  /// Nil: customers have no domains of their own here.
  package let domains: DomainSettings?
  /// Nil: no certificates are fetched.
  package let certificates: CertificateSettings?

  /// - Parameter pictureEncoder: a program that takes no pictures can do without.
  package init(
    sitesHost: String, sitesScheme: String, sitesPort: Int?, dashboard: String, trialDays: Int,
    statistics: StatisticsSettings? = nil,
    pictureEncoder: PictureEncoder.Settings = .init(program: "", atOnce: 0, drawsCards: false),
    abuseContact: WebLink? = nil, domains: DomainSettings? = nil, certificates: CertificateSettings? = nil
  ) {
    self.sitesHost = sitesHost
    self.sitesScheme = sitesScheme
    self.sitesPort = sitesPort
    self.dashboard = dashboard
    self.trialDays = trialDays
    self.statistics = statistics
    self.pictureEncoder = pictureEncoder
    self.abuseContact = abuseContact
    self.domains = domains
    self.certificates = certificates
  }

  /// The host of a site.
  func host(slug: String) -> String {
    "\(slug).\(sitesHost)"
  }

  /// The address of what is under a host, without a slash at its end.
  func origin(host: String) -> String {
    "\(sitesScheme)://\(host)\(sitesPort.map { ":\($0)" } ?? "")"
  }
}
