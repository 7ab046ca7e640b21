import FastCGI
import Glibc
import HTTP
import Synchronization

/// A FastCGI server with a constant answer: what the server itself costs, as the floor for every other figure.
///
/// Environment: `NOOP_SOCKET` is the path to listen on (standard input without it), `NOOP_BYTES` the length of the
/// body, `NOOP_WORKERS` the number of threads, `NOOP_DRAIN_SECONDS` the time to finish at SIGTERM.
///
/// It says `listening` when it does, and at its end how many requests it answered.
enum Noop {
  private static let requests = Atomic<Int>(0)

  static func run() {
    var stopSignals = sigset_t()
    unsafe sigemptyset(&stopSignals)
    unsafe sigaddset(&stopSignals, SIGTERM)
    unsafe sigaddset(&stopSignals, SIGINT)
    // Blocked before any thread starts, so that only sigwait below takes them.
    unsafe pthread_sigmask(SIG_BLOCK, &stopSignals, nil)

    var configuration = ServerConfiguration()
    if let workers = variable("NOOP_WORKERS").flatMap({ Int($0) }) { configuration.workers = workers }
    if let seconds = variable("NOOP_DRAIN_SECONDS").flatMap({ Int64($0) }) { configuration.drainSeconds = seconds }
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: variable("NOOP_BYTES").flatMap { Int($0) } ?? 220)
    let server = Server(
      configuration: configuration, listener: variable("NOOP_SOCKET").map { .path($0) } ?? .inherited
    ) { _ in
      requests.add(1, ordering: .relaxed)
      return Response(.ok, headers: ["Content-Type": "text/plain"], body: .bytes(body))
    }
    do {
      try server.start()
    } catch {
      say("noop: \(error)", to: 2)
      exit(1)
    }
    say("listening", to: 1)
    var received: Int32 = 0
    unsafe sigwait(&stopSignals, &received)
    server.stop()
    server.wait()
    say(String(requests.load(ordering: .relaxed)), to: 1)
  }

  private static func say(_ line: String, to descriptor: Int32) {
    let line = line + "\n"
    unsafe _ = write(descriptor, line, line.utf8.count)
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
