import ACME
import Billing
import Configuration
import Core
import Countries
import Customer
import DNS
import HTTPClient
import KV
import LogFiles
import Services
import Telemetry

/// All that Core can be told by its environment, with the defaults. README's table of settings names the same.
struct CoreSettings {
  let databaseURL: String
  let databasePool: Int
  let redis: KVConfiguration.Address
  let bucket: String
  let mail: MailSettings
  let payment: PaymentSettings
  /// Nil: the listening socket is inherited as standard input.
  let socket: String?
  let workers: Int
  let jobWorkers: Int
  let queueMilliseconds: Int
  let appURL: String
  let appOrigins: [String]
  let allowedOrigins: [String]
  let customer: CustomerSettings
  let linkClient: HTTPClient?
  let pageClient: HTTPClient
  let previewClient: HTTPClient?
  let dns: DNSConfiguration
  let loginRates: LoginLimits.Rates
  let formRates: FormLimits.Rates
  let sqlFolder: String
  let logLevel: Log.Level

  init(_ settings: Settings) throws {
    databaseURL = try settings.text("SMARTPAGES_DATABASE_URL")
    let workers = try settings.integer("SMARTPAGES_WORKERS", default: 16, in: 1...256)
    self.workers = workers
    jobWorkers = try settings.integer("SMARTPAGES_JOB_WORKERS", default: 4, in: 1...64)
    databasePool = try settings.integer("SMARTPAGES_DATABASE_POOL", default: workers + jobWorkers + 1, in: 2...512)
    redis = try settings.value("SMARTPAGES_REDIS", expected: "unix:/path or host:port") { .init($0) }
    bucket = try settings.text("SMARTPAGES_BUCKET")
    let client = try OutgoingSettings.client(settings)
    mail = try MailSettings(settings, client)
    socket = try settings.optionalText("SMARTPAGES_CORE_SOCKET")
    queueMilliseconds = try settings.integer("SMARTPAGES_QUEUE_MS", default: 5000, in: 0...60_000)
    appURL = try settings.value("SMARTPAGES_APP_URL", expected: "an address like https://app.example", Self.origin)
    appOrigins = try settings.value(
      "SMARTPAGES_APP_ORIGINS", default: appURL, expected: "addresses like https://app.example, parted by commas",
      Self.origins)
    allowedOrigins = try settings.value(
      "SMARTPAGES_ALLOWED_ORIGINS", default: "", expected: "addresses like https://other.example, parted by commas",
      Self.origins)
    payment = try PaymentSettings(settings, client, dashboard: appURL, workers: workers)
    customer = CustomerSettings(
      sitesHost: try settings.value(
        "SMARTPAGES_SITES_HOST", expected: "a host name in lower case",
        { $0.contains("/") || $0 != $0.lowercased() ? nil : $0 }),
      sitesScheme: try settings.value("SMARTPAGES_SITES_SCHEME", default: "https", expected: "http or https") {
        ["http", "https"].contains($0) ? $0 : nil
      },
      sitesPort: try settings.value("SMARTPAGES_SITES_PORT", default: "0", expected: "a port, or 0 for the usual one") {
        text -> Int?? in
        guard let port = Int(text), (0...65_535).contains(port) else { return .none }
        return .some(port == 0 ? nil : port)
      },
      dashboard: appURL,
      trialDays: payment.billing.trialDays, statistics: try Self.statistics(settings),
      pictureEncoder: PictureEncoder.Settings(
        program: try settings.text("SMARTPAGES_IMAGE_ENCODER", default: Self.neighbour("smartpages-image")),
        atOnce: try settings.integer("SMARTPAGES_IMAGE_ENCODERS", default: 2, in: 1...64),
        drawsCards: try settings.value("SMARTPAGES_SHARE_CARDS", default: "on", expected: "on or off") {
          ["on": true, "off": false][$0]
        }),
      abuseContact: try settings.value(
        "SMARTPAGES_ABUSE_CONTACT", default: "", expected: "an address like mailto:abuse@example.org"
      ) { text -> WebLink?? in text.isEmpty ? .some(nil) : WebLink(text).map { .some($0) } },
      domains: try Self.domains(settings), certificates: try Self.certificates(settings))
    linkClient = try OutgoingSettings.linkClient(settings, dashboard: appURL)
    pageClient = try OutgoingSettings.pageClient(settings, dashboard: appURL)
    previewClient = try OutgoingSettings.previewClient(settings, dashboard: appURL)
    dns = try Self.dns(settings)
    loginRates = LoginLimits.Rates(
      perAddress: try settings.integer("SMARTPAGES_LOGIN_LIMIT_ADDRESS", default: 10, in: 1...1_000_000),
      perNetwork: try settings.integer("SMARTPAGES_LOGIN_LIMIT_NETWORK", default: 300, in: 1...1_000_000),
      inAll: try settings.integer("SMARTPAGES_LOGIN_LIMIT_ALL", default: 3000, in: 1...10_000_000))
    formRates = FormLimits.Rates(
      perNetwork: try settings.integer("SMARTPAGES_FORM_LIMIT_NETWORK", default: 20, in: 1...1_000_000),
      perForm: try settings.integer("SMARTPAGES_FORM_LIMIT_FORM", default: 120, in: 1...1_000_000))
    sqlFolder = try settings.text("SMARTPAGES_SQL_FOLDER")
    logLevel = try settings.value(
      "SMARTPAGES_LOG_LEVEL", default: "info", expected: "debug, info, warning or error"
    ) { Log.Level(rawValue: $0) }
  }

  /// Without an address of our own nobody could be led here.
  private static func domains(_ settings: Settings) throws -> DomainSettings? {
    let addresses = try settings.value(
      "SMARTPAGES_ADDRESSES", default: "", expected: "IPv4 or IPv6 addresses, parted by commas"
    ) { text -> [String]? in
      let addresses = list(text).map { InternetAddress.canonical($0) }
      return addresses.contains(nil) ? nil : addresses.compactMap(\.self)
    }
    let authorities = list(try settings.text("SMARTPAGES_ACME_CAA", default: "letsencrypt.org").lowercased())
    return addresses.isEmpty ? nil : DomainSettings(addresses: addresses, certificateAuthorities: authorities)
  }

  /// The folders must be there: who reads them is the operator's to say.
  private static func certificates(_ settings: Settings) throws -> CertificateSettings? {
    guard let acme = try ACMESettings.read(settings) else { return nil }
    let folder = try settings.value(
      "SMARTPAGES_CERTIFICATES", expected: "a folder where files can be put and removed"
    ) { CertificateFolder(path: $0).isUsable ? $0 : nil }
    return CertificateSettings(acme, folder: folder)
  }

  private static func dns(_ settings: Settings) throws -> DNSConfiguration {
    var configuration = DNSConfiguration()
    configuration.resolvers = try settings.value(
      "SMARTPAGES_DNS", default: "", expected: "addresses of resolvers, with or without a port, parted by commas"
    ) { text -> [DNSServer]? in
      let servers = list(text).map { DNSServer($0) }
      return servers.contains(nil) ? nil : servers.compactMap(\.self)
    }
    configuration.authoritativePort = try settings.integer("SMARTPAGES_DNS_PORT", default: 53, in: 1...65_535)
    // A look at a domain asks up to eight times, within the lease of its job.
    configuration.deadlineMilliseconds = 6000
    return configuration
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
  }

  /// Without the log there is nothing to count.
  private static func statistics(_ settings: Settings) throws -> StatisticsSettings? {
    guard try settings.optionalText("SMARTPAGES_SITES_LOG") != nil else { return nil }
    return StatisticsSettings(
      logs: try settings.value("SMARTPAGES_SITES_LOG", expected: "a folder where files can be read and removed") {
        LogFolder(path: $0).isUsable ? $0 : nil
      },
      countries: try settings.value(
        "SMARTPAGES_COUNTRIES", default: "", expected: "a database of countries in MaxMind's format"
      ) { path -> String?? in
        if path.isEmpty { return .some(nil) }
        return (try? CountryDatabase(path: path)).map { _ in path }
      })
  }

  /// The path of a program in the folder of this one.
  private static func neighbour(_ name: String) -> String {
    let own = CommandLine.arguments.first ?? ""
    return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/" + name
  }

  private static func origin(_ text: String) -> String? {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty, !parts[2].isEmpty,
      !parts[2].contains("/")
    else { return nil }
    return text
  }

  private static func origins(_ text: String) -> [String]? {
    let parts = text.split(separator: ",").map { String($0.filter { $0 != " " }) }
    return parts.allSatisfy { origin($0) != nil } ? parts : nil
  }
}
