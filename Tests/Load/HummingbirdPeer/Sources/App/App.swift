import Hummingbird
import Logging

/// Hummingbird with a constant answer of 220 bytes on loopback. Usage: LoadHummingbird PORT
@main
struct App {
  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8090
    let body = String(repeating: "x", count: 220)
    let router = Router()
    router.get("**") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: ByteBuffer(string: body)))
    }
    var logger = Logger(label: "load")
    logger.logLevel = .critical
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    try await application.runService()
  }
}
