import Bucket
import Configuration
import Domain
import FastCGI
import HTTP
import Telemetry

/// The composition root of Domain: a reader of the volume behind a FastCGI server, and nothing else.
struct DomainProgram {
  private let settings: DomainSettings
  private let log: Log
  private let metrics = Metrics()
  private let edge: Edge

  init(_ settings: DomainSettings) throws {
    self.settings = settings
    let log = Log(level: settings.logLevel)
    self.log = log
    let limits = BucketReader.Limits(
      hostBytes: settings.cacheBytes / 8, siteBytes: settings.cacheBytes * 3 / 8, blobBytes: settings.cacheBytes / 2)
    edge = Edge(
      bucket: try BucketReader(root: settings.bucket, limits: limits),
      settings: EdgeSettings(
        sitesHost: settings.sitesHost, port: settings.sitesPort, isPortSecure: settings.isPortSecure)
    ) { error, request in
      log.write(
        .error, "volume failed",
        [("request_id", .text(request.id)), ("host", .text(request.host)), ("error", .text("\(error)"))])
    }
  }

  /// Serves until SIGTERM or SIGINT, then finishes what was begun.
  func run() throws {
    let signal = TerminationSignal()
    let systemd = SystemdNotifier.fromEnvironment()
    var configuration = ServerConfiguration()
    configuration.workers = settings.workers
    configuration.maximumQueueMilliseconds = Int64(settings.queueMilliseconds)
    let server = Server(
      configuration: configuration, listener: settings.socket.map { .path($0) } ?? .inherited,
      overloaded: { [edge] in edge.refuseLate($0) },
      observer: { [log] in
        log.write($0.isFailure ? .warning : .info, "server", [("state", .text("\($0)"))])
      },
      handler: { [self] in respond(to: $0) })
    register(server)
    try server.start()
    log.write(.info, "started", [("workers", .integer(Int64(settings.workers)))])
    log.flush()
    systemd.tell(.ready)

    signal.wait()
    log.write(.info, "stopping")
    systemd.tell(.stopping)
    server.stop()
    server.wait()
    log.write(.info, "stopped")
    log.flush()
  }

  /// The edge's answer, counted. What visitors ask for stands in nginx's access log alone.
  private func respond(to request: Request) -> Response {
    if request.parameter("SMARTPAGES_LISTENER") == "internal" {
      return Response(
        .ok, headers: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8"], body: .text(metrics.text()))
    }
    let response = edge.respond(to: request)
    metrics.record(
      route: "/{path}", method: request.method.rawValue, status: response.status.code,
      microseconds: Instant.now.microseconds - request.startedAt.microseconds)
    return response
  }

  private func register(_ server: Server) {
    metrics.gauge("smartpages_workers_busy", "Workers that handle a request now.") {
      [.init("", Double(server.statistics.busyWorkers))]
    }
    metrics.gauge("smartpages_connections", "Connections from nginx.") {
      [.init("", Double(server.statistics.connections))]
    }
    metrics.counter("smartpages_overloaded_total", "Requests refused because they had waited too long.") {
      [.init("", Double(server.statistics.overloaded))]
    }
  }
}
