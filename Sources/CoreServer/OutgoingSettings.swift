import Billing
import Configuration
import HTTPClient
import Mailer

/// Where Core sends requests to, and how it proves who it is.
enum OutgoingSettings {
  /// The one client for all requests to outside.
  static func client(_ settings: Settings) throws -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.certificateAuthorities = try settings.optionalText("SMARTPAGES_CA_FILE")
    return HTTPClient(configuration)
  }

  /// The client that looks at the targets of links, which anybody may have named; nil when it is switched off.
  static func linkClient(_ settings: Settings, dashboard: String) throws -> HTTPClient? {
    let isOn = try settings.value("SMARTPAGES_LINK_CHECK", default: "on", expected: "on or off") {
      ["on": true, "off": false][$0]
    }
    guard isOn else { return nil }
    var configuration = try guarded(settings)
    configuration.totalMilliseconds = 15_000
    configuration.responseLimit = 256 << 10
    configuration.userAgent = "SmartPages-LinkCheck/1.0 (+\(dashboard))"
    return HTTPClient(configuration)
  }

  /// The client that fetches the pages that people want to import from.
  static func pageClient(_ settings: Settings, dashboard: String) throws -> HTTPClient {
    var configuration = try guarded(settings)
    // Below nginx's patience for the route by far, for a person waits.
    configuration.totalMilliseconds = 12_000
    configuration.responseLimit = 2 << 20
    configuration.userAgent = "SmartPages-Import/1.0 (+\(dashboard))"
    return HTTPClient(configuration)
  }

  /// What holds for all fetches of what anybody may have named.
  private static func guarded(_ settings: Settings) throws -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.publicAddressesOnly = true
    configuration.furtherAddresses = Set(
      try settings.text("SMARTPAGES_FETCH_ALSO", default: "").split(separator: ",").map { $0.filter { $0 != " " } })
    configuration.certificateAuthorities = try settings.optionalText("SMARTPAGES_CA_FILE")
    configuration.redirects = 5
    configuration.hostGapMilliseconds = 1000
    configuration.connectMilliseconds = 5000
    configuration.connections = 4
    configuration.idleMilliseconds = 2000
    return configuration
  }

  /// The client that looks at what is under a host before a customer leads it here.
  static func previewClient(_ settings: Settings, dashboard: String) throws -> HTTPClient {
    var configuration = try guarded(settings)
    configuration.redirects = 3
    configuration.connectMilliseconds = 2000
    configuration.totalMilliseconds = 4000
    configuration.responseLimit = 1 << 20
    configuration.connections = 4
    configuration.idleMilliseconds = 1000
    configuration.userAgent = "SmartPages-Preview/1.0 (+\(dashboard))"
    return HTTPClient(configuration)
  }

  /// An https origin; plain http only to this machine, for stand-ins.
  static func origin(_ text: String) -> String? {
    let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
    let isLoopback = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].contains { trimmed.hasPrefix($0) }
    return isLoopback || (trimmed.hasPrefix("https://") && trimmed.utf8.count > 8) ? trimmed : nil
  }

  /// Webhook secrets, parted by commas; none is no list.
  static func secrets(_ text: String) -> [String]? {
    let parts = text.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }
    return parts.isEmpty || !parts.allSatisfy { $0.hasPrefix("whsec_") && $0.utf8.count >= 16 } ? nil : parts
  }
}

/// How mails leave.
struct MailSettings {
  let sender: String
  let transport: MailTransport
  let webhookSecrets: [String]

  init(_ settings: Settings, _ client: HTTPClient) throws {
    sender = try settings.text("SMARTPAGES_MAIL_FROM", default: "SmartPages <hello@smartpages.example>")
    guard let key = try settings.optionalText("SMARTPAGES_RESEND_KEY") else {
      transport = .folder(FolderTransport(folder: try settings.text("SMARTPAGES_MAIL_FOLDER")))
      webhookSecrets = []
      return
    }
    let origin = try settings.value(
      "SMARTPAGES_RESEND_URL", default: "https://api.resend.com", expected: "an https address", OutgoingSettings.origin)
    transport = .resend(ResendAPI(client: client, origin: origin, key: key))
    webhookSecrets = try settings.value(
      "SMARTPAGES_RESEND_WEBHOOK_SECRETS", expected: "whsec_ and base64 each, parted by commas"
    ) { text in
      OutgoingSettings.secrets(text).flatMap { $0.allSatisfy(SvixVerifier.isSecret) ? $0 : nil }
    }
  }
}

/// How customers pay.
struct PaymentSettings {
  let stripe: StripeAPI
  let plans: Plans
  let billing: BillingSettings

  init(_ settings: Settings, _ client: HTTPClient, dashboard: String, workers: Int) throws {
    let key = try settings.value("SMARTPAGES_STRIPE_KEY", expected: "a secret key: sk_test_…, sk_live_… or rk_…") {
      text in
      ["sk_test_", "sk_live_", "rk_test_", "rk_live_"].contains { text.hasPrefix($0) } ? text : nil
    }
    let origin = try settings.value(
      "SMARTPAGES_STRIPE_URL", default: "https://api.stripe.com", expected: "an https address", OutgoingSettings.origin)
    stripe = StripeAPI(client: client, origin: origin, key: key)
    plans = try Plans(path: settings.text("SMARTPAGES_PLANS"), isLive: stripe.isLive)
    billing = BillingSettings(
      dashboard: dashboard,
      trialDays: try settings.integer("SMARTPAGES_TRIAL_DAYS", default: plans.trialDays ?? 7, in: 0...3650),
      graceDays: try settings.integer("SMARTPAGES_GRACE_DAYS", default: 14, in: 0...365),
      webhookSecrets: try settings.value(
        "SMARTPAGES_STRIPE_WEBHOOK_SECRETS", expected: "whsec_ secrets, parted by commas", OutgoingSettings.secrets),
      automaticTax: try settings.value("SMARTPAGES_AUTOMATIC_TAX", default: "off", expected: "on or off") {
        ["on": true, "off": false][$0]
      },
      // Half of those who answer: the others go on while the payment provider is slow.
      outsideCalls: try settings.integer("SMARTPAGES_OUTSIDE_CALLS", default: max(1, workers / 2), in: 1...256),
      roundSeconds: try settings.integer("SMARTPAGES_RECONCILE_HOURS", default: 24, in: 1...720) * 3600)
  }
}
