import Configuration
import Telemetry

/// All that Domain can be told by its environment, with the defaults.
struct DomainSettings {
  let bucket: String
  /// Nil: the listening socket is inherited as standard input.
  let socket: String?
  let workers: Int
  let queueMilliseconds: Int
  let sitesHost: String
  /// The port in public addresses, or nil when it is the scheme's own.
  let sitesPort: Int?
  /// Whether that port speaks TLS.
  let isPortSecure: Bool
  let cacheBytes: Int
  let logLevel: Log.Level

  init(_ settings: Settings) throws {
    bucket = try settings.text("SMARTPAGES_BUCKET")
    socket = try settings.optionalText("SMARTPAGES_DOMAIN_SOCKET")
    workers = try settings.integer("SMARTPAGES_WORKERS", default: 16, in: 1...256)
    queueMilliseconds = try settings.integer("SMARTPAGES_QUEUE_MS", default: 5000, in: 0...60_000)
    sitesHost = try settings.text("SMARTPAGES_SITES_HOST")
    let port = try settings.integer("SMARTPAGES_SITES_PORT", default: 0, in: 0...65_535)
    sitesPort = port == 0 ? nil : port
    isPortSecure = try settings.text("SMARTPAGES_SITES_SCHEME", default: "https") == "https"
    cacheBytes = try settings.integer("SMARTPAGES_DOMAIN_CACHE_MB", default: 8, in: 1...4096) << 20
    logLevel = try settings.value(
      "SMARTPAGES_LOG_LEVEL", default: "info", expected: "debug, info, warning or error"
    ) { Log.Level(rawValue: $0) }
  }
}
