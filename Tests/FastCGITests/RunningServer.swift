import FastCGI
import Foundation
import HTTP
import Synchronization

/// A server of a test's own on a socket in a temporary folder; stopped with the object.
final class RunningServer: Sendable {
  let server: Server
  let folder: URL
  let socket: String
  let events: Events

  /// Collects what the server tells its observer.
  final class Events: Sendable {
    private let list = Mutex<[ServerEvent]>([])
    func append(_ event: ServerEvent) { list.withLock { $0.append(event) } }
    var all: [ServerEvent] { list.withLock { $0 } }
  }

  init(
    workers: Int = 4,
    configure: (inout ServerConfiguration) -> Void = { _ in },
    overloaded: @escaping @Sendable (Request) -> Response = { _ in Response(.serviceUnavailable) },
    handler: @escaping @Sendable (Request) -> Response
  ) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("fastcgi-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    socket = folder.appendingPathComponent("server.sock").path
    events = Events()
    var configuration = ServerConfiguration()
    configuration.workers = workers
    configuration.drainSeconds = 5
    configure(&configuration)
    server = Server(
      configuration: configuration, listener: .path(socket), overloaded: overloaded,
      observer: { [events] in events.append($0) }, handler: handler)
    try server.start()
  }

  func stop() {
    server.stop()
    server.wait()
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// A server that tells what it was asked: method, path and the body's length.
  static func echo(workers: Int = 4, _ configure: (inout ServerConfiguration) -> Void = { _ in }) throws
    -> RunningServer
  {
    try RunningServer(
      workers: workers, configure: configure,
      handler: { request in
        do {
          let body = try request.body(limit: 1 << 20)
          return Response(.ok, body: .text("\(request.method.rawValue) \(request.path) \(body.count)"))
        } catch let problem as Problem {
          return Response(problem.code.status)
        } catch {
          return Response(.badRequest)
        }
      })
  }
}

/// Waits for a condition; false when it does not come true in time.
func eventually(seconds: Double = 10, _ condition: () -> Bool) -> Bool {
  let deadline = Date().addingTimeInterval(seconds)
  while !condition() {
    if Date() > deadline { return false }
    usleep(2_000)
  }
  return true
}
