import Billing
import Configuration
import HTTPClient
import Jobs
import Services

/// Billing for the command line, with the same settings as Core's.
enum BillingTool {
  static func module(_ settings: Settings, _ jobs: JobQueue, _ mailer: any MailerService) throws -> BillingModule {
    let stripe = StripeAPI(
      client: HTTPClient(),
      origin: try settings.text("SMARTPAGES_STRIPE_URL", default: "https://api.stripe.com"),
      key: try settings.text("SMARTPAGES_STRIPE_KEY"))
    return BillingModule(
      jobs: jobs, mailer: mailer, stripe: stripe,
      plans: try Plans(path: settings.text("SMARTPAGES_PLANS"), isLive: stripe.isLive),
      settings: BillingSettings(
        dashboard: try settings.text("SMARTPAGES_APP_URL"),
        trialDays: try settings.integer("SMARTPAGES_TRIAL_DAYS", default: 7, in: 0...3650),
        graceDays: try settings.integer("SMARTPAGES_GRACE_DAYS", default: 14, in: 0...365), webhookSecrets: [],
        automaticTax: false, outsideCalls: 4))
  }
}
