package import Database
import FoundationEssentials
package import HTTP
package import Jobs
package import Services

/// The outbox: the module behind ``MailerService``.
///
/// A mail is rendered and frozen when it is accepted, in the transaction of what causes it, and sent by a job. Its id
/// is the key by which the transport knows a repeat.
package final class MailerModule: MailerService {
  /// What became of mails in this process.
  package let counters = MailCounters()
  private let jobs: JobQueue
  private let outbox: Outbox
  private let transport: MailTransport
  private let pump: MailPump
  private let verifier: SvixVerifier
  private let inbox: WebhookInbox
  private let log: @Sendable (MailEvent) -> Void

  /// - Parameters:
  ///   - sender: the From of all mails: `SmartPages <hello@smartpages.example>`.
  ///   - webhookSecrets: the secrets that webhooks may be signed with; several while one is being replaced.
  package init(
    jobs: JobQueue, sender: String, transport: MailTransport, webhookSecrets: [String],
    log: @escaping @Sendable (MailEvent) -> Void = { _ in }
  ) {
    self.jobs = jobs
    self.transport = transport
    self.log = log
    outbox = Outbox(jobs: jobs, sender: sender)
    pump = MailPump(jobs: jobs, transport: transport, counters: counters, log: log)
    verifier = SvixVerifier(secrets: webhookSecrets)
    inbox = WebhookInbox(database: jobs.database)
  }

  /// The jobs of this module, by kind.
  package var handlers: [String: JobHandler] {
    [
      Outbox.jobKind: { [pump] _, context in try pump.run(context, goesOn: false) },
      Wake.jobKind: { [pump] _, context in try pump.run(context, goesOn: true) },
    ]
  }

  /// What this module does by itself.
  package var periodic: [PeriodicJob] {
    var periodic = [
      PeriodicJob(name: "mailer.sweep", everySeconds: 3600) { [outbox] _, _ in try outbox.sweep() },
      // Whatever became of jobs, no mail waits longer than this for somebody to look.
      PeriodicJob(name: "mailer.watch", everySeconds: 30) { [pump] _, context in
        try pump.run(context, goesOn: true)
      },
    ]
    if case .resend(let resend) = transport {
      let lookup = DeliveryLookup(database: jobs.database, resend: resend)
      periodic.append(PeriodicJob(name: "mailer.look_up", everySeconds: 600) { _, context in try lookup.run(context) })
    }
    return periodic
  }

  /// The outbox's state, for metrics.
  package func statistics() throws(DatabaseError) -> MailStatistics { try MailOperation(jobs).statistics() }

  package func enqueue(_ mail: Mail, to recipient: EmailAddress, language: Language) throws {
    try jobs.database.transaction { try enqueue(mail, to: recipient, language: language, in: $0) }
  }

  package func enqueue(
    _ mail: Mail, to recipient: EmailAddress, language: Language, in transaction: Transaction
  ) throws {
    try outbox.accept(mail, to: recipient, language: language, in: transaction)
  }

  package func cancel(matter: String, in transaction: Transaction) throws {
    let count = try outbox.cancel(matter: matter, in: transaction)
    if count > 0 { transaction.afterCommit { [counters] in counters.count(.cancelled) } }
  }

  package func forget(_ recipient: EmailAddress, in transaction: Transaction) throws {
    try outbox.forget(recipient, in: transaction)
  }

  package func receive(_ body: [UInt8], signature: MailWebhookSignature) throws {
    let id = try verifier.verify(body, signature)
    let webhook = MailWebhook(body)
    if try inbox.take(webhook, id: id) > 0 { log(.suppressed(reason: webhook.suppressionReason)) }
  }
}
