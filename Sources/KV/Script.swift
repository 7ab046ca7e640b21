import Locks

/// A Lua script that Redis runs atomically. Redis names it by a digest, learned once and sent from then on instead
/// of the text.
package final class Script: Sendable {
  /// The Lua text. All keys it touches must come in by `KEYS`.
  package let text: String
  /// Guards the digest that Redis gave.
  private let digest = Locked<String?>(nil)

  package init(_ text: String) { self.text = text }

  func run(
    on connection: Connection, keys: [String], arguments: [Command.Argument]
  ) throws(ConnectionFailure) -> Reply {
    if let known = digest.withLock({ $0 }) {
      let reply = try connection.exchange(call(known, keys, arguments))
      // NOSCRIPT: Redis was restarted or its scripts were flushed. It has run nothing.
      guard case .error(let text) = reply, text.hasPrefix("NOSCRIPT ") else { return reply }
    }
    let loaded = try connection.exchange(Command("SCRIPT", "LOAD", .text(text)))
    guard case .string(let bytes) = loaded else { return loaded }
    let fresh = String(decoding: bytes, as: UTF8.self)
    digest.withLock { $0 = fresh }
    return try connection.exchange(call(fresh, keys, arguments))
  }

  private func call(_ digest: String, _ keys: [String], _ arguments: [Command.Argument]) -> Command {
    Command(["EVALSHA", .text(digest), .integer(keys.count)] + keys.map { .text($0) } + arguments)
  }
}
