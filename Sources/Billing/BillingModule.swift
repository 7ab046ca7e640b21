import Database
import HTTP
package import Jobs
import Locks
package import Services

/// Subscriptions and what they allow: the module behind ``BillingService``.
///
/// Its methods stand in folders by what they are about; each holds its SQL next to itself. Stripe is the truth of a
/// subscription: what stands here is what was last fetched from it.
package final class BillingModule: BillingService {
  let database: Database
  let jobs: JobQueue
  let mailer: any MailerService
  let stripe: StripeAPI
  let plans: Plans
  let settings: BillingSettings
  let table: EntitlementTable
  /// The answer to `GET /plans` in each language.
  let priceLists: [Language: [UInt8]]
  /// Bounds the requests that wait for Stripe while a person waits for them.
  let outside: Bulkhead
  /// Guards who waits for a fetch of their own account: one request each, so that nobody holds all workers.
  let waiting = Locked<Set<CustomerID>>([])
  let webhookSignature: WebhookSignature
  let inbox: InboxWriter
  let counters = BillingCounters()
  let log: @Sendable (BillingEvent) -> Void

  package init(
    jobs: JobQueue, mailer: any MailerService, stripe: StripeAPI, plans: Plans, settings: BillingSettings,
    log: @escaping @Sendable (BillingEvent) -> Void = { _ in }
  ) {
    database = jobs.database
    self.jobs = jobs
    self.mailer = mailer
    self.stripe = stripe
    self.plans = plans
    self.settings = settings
    table = EntitlementTable(plans: plans, graceDays: settings.graceDays)
    priceLists = PriceList.render(plans, trialDays: settings.trialDays)
    outside = Bulkhead(limit: settings.outsideCalls)
    webhookSignature = WebhookSignature(secrets: settings.webhookSecrets)
    inbox = InboxWriter(jobs.database)
    self.log = log
  }

  /// The jobs of this module, by kind.
  package var handlers: [String: JobHandler] {
    [
      Self.syncJobKind: { [self] job, context in try synchronize(for: job, context) },
      Self.leavingJobKind: { [self] job, _ in try followLeaving(job.payload) },
      Self.endingJobKind: { [self] job, _ in try endSubscription(job.payload) },
    ]
  }

  /// What this module does by itself.
  package var periodic: [PeriodicJob] {
    [
      PeriodicJob(name: "billing.inbox", everySeconds: 60) { [self] _, _ in try tendInbox() },
      PeriodicJob(name: "billing.missed_events", everySeconds: 300) { [self] _, context in
        try collectMissedEvents(context)
      },
      PeriodicJob(name: "billing.comparison", everySeconds: 60) { [self] _, context in
        try compareCustomers(context)
      },
      trialMails,
    ]
  }
}

/// What Billing must know of the installation.
package struct BillingSettings: Sendable {
  /// Where the dashboard is: `https://app.smartpages.example`.
  package let dashboard: String
  /// How long a new customer may use everything without paying; 0 ends the trial at once.
  package let trialDays: Int
  /// How long one may go on after a payment has failed.
  package let graceDays: Int
  /// The secrets that webhooks may be signed with; several while one is being replaced.
  package let webhookSecrets: [String]
  /// Whether Stripe computes taxes.
  package let automaticTax: Bool
  /// The most requests that wait for Stripe at once.
  package let outsideCalls: Int
  /// How often all customers are compared with Stripe's.
  package let roundSeconds: Int

  package init(
    dashboard: String, trialDays: Int, graceDays: Int, webhookSecrets: [String], automaticTax: Bool,
    outsideCalls: Int, roundSeconds: Int = 86_400
  ) {
    self.dashboard = dashboard
    self.trialDays = trialDays
    self.graceDays = graceDays
    self.webhookSecrets = webhookSecrets
    self.automaticTax = automaticTax
    self.outsideCalls = outsideCalls
    self.roundSeconds = roundSeconds
  }
}
