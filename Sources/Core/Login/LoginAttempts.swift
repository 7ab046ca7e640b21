import HTTP
package import KV
import Services

/// Logins that wait for their confirmation, for ten minutes, in KV.
///
/// An attempt is bound to the browser that asked by a nonce in a cookie. Its link works in that browser only; its
/// code works in any, as whoever types it has the mail, but strangers' tries are counted apart, so that they cannot
/// use up those of the browser that asked. Each step is one script: of many parallel uses one wins.
package struct LoginAttempts: Sendable {
  static let lifetimeSeconds = 600
  static let tries = 5

  private let kv: KV
  private let space: String

  /// - Parameter purpose: what is confirmed; a code for one purpose is none for another.
  package init(_ kv: KV, for purpose: Purpose = .login) {
    self.kv = kv
    space = purpose.rawValue
  }

  /// What is confirmed by a mailed code.
  package enum Purpose: String {
    case login
    /// That the person at a session is still the one who logged in.
    case proof
    /// That another address is the person's as well.
    case address
  }

  /// What is answered to who has asked for a mail.
  static let startedAnswer = JSON.object([
    .init("expires_in", .integer(Int64(lifetimeSeconds))), .init("resend_after", 30),
  ]).bytes

  /// What a confirmed attempt proves.
  struct Proof: Equatable {
    let email: String
    let language: Language
  }

  /// How a confirmation ended.
  enum Outcome: Equatable {
    case proved(Proof)
    /// The link belongs to another browser; nothing was used up.
    case foreignBrowser
    case refused(remainingTries: Int)
  }

  /// Stores a new attempt; an earlier one of the same address or browser loses its code.
  func start(email: EmailAddress, language: Language, token: String, code: String, nonce: String) throws {
    let id = Secret.digest(token)
    _ = try kv.run(
      Self.startScript,
      keys: [
        "\(space):attempt:\(id)", "\(space):browser:\(Secret.digest(nonce))",
        "\(space):address:\(Secret.digest(email.text))",
      ],
      arguments: [
        .text(email.text), .text(language.rawValue), .text(Secret.digest("\(id)\(code)")),
        .text(Secret.digest(nonce)), .text(id), .integer(Self.lifetimeSeconds * 1000),
      ])
  }

  /// Uses the token of a link.
  func confirm(token: String, nonce: String?) throws -> Outcome {
    let reply = try kv.run(
      Self.tokenScript, keys: ["\(space):attempt:\(Secret.digest(token))"],
      arguments: [.text(nonce.map(Secret.digest) ?? "")])
    return Self.outcome(reply)
  }

  /// Uses a typed code.
  func confirm(email: EmailAddress, code: String, nonce: String?) throws -> Outcome {
    let reply = try kv.run(
      Self.findScript,
      keys: ["\(space):browser:\(nonce.map(Secret.digest) ?? "-")", "\(space):address:\(Secret.digest(email.text))"],
      arguments: [.text(email.text), .text("\(space):attempt:")])
    guard let found = reply.texts, found.count == 2 else { return .refused(remainingTries: 0) }
    return Self.outcome(
      try kv.run(
        Self.codeScript, keys: ["\(space):attempt:\(found[0])"],
        arguments: [.text(Secret.digest("\(found[0])\(code)")), .text(found[1]), .integer(Self.tries)]))
  }

  private static func outcome(_ reply: Reply) -> Outcome {
    guard let texts = reply.texts, let word = texts.first else { return .refused(remainingTries: 0) }
    switch word {
    case "proved" where texts.count == 3:
      return .proved(Proof(email: texts[1], language: Language(rawValue: texts[2]) ?? .english))
    case "foreign": return .foreignBrowser
    default: return .refused(remainingTries: texts.count > 1 ? Int(texts[1]) ?? 0 : 0)
    }
  }

  private static let startScript = Script(
    """
    local ttl = ARGV[6]
    redis.call('HSET', KEYS[1], 'email', ARGV[1], 'language', ARGV[2], 'code', ARGV[3], 'browser', ARGV[4])
    redis.call('PEXPIRE', KEYS[1], ttl)
    redis.call('SET', KEYS[2], ARGV[5], 'PX', ttl)
    redis.call('SET', KEYS[3], ARGV[5], 'PX', ttl)
    return 1
    """)

  private static let tokenScript = Script(
    """
    local attempt = redis.call('HMGET', KEYS[1], 'browser', 'email', 'language')
    if not attempt[1] then return {'refused', '0'} end
    if attempt[1] ~= ARGV[1] then return {'foreign'} end
    redis.call('DEL', KEYS[1])
    return {'proved', attempt[2], attempt[3]}
    """)

  /// The attempt that a code may belong to, and whose tries it counts against.
  private static let findScript = Script(
    """
    local own = redis.call('GET', KEYS[1])
    if own and redis.call('HGET', ARGV[2] .. own, 'email') == ARGV[1] then return {own, 'tries'} end
    local latest = redis.call('GET', KEYS[2])
    if latest then return {latest, 'foreign_tries'} end
    return {}
    """)

  private static let codeScript = Script(
    """
    local attempt = redis.call('HMGET', KEYS[1], 'code', 'email', 'language')
    if not attempt[1] then return {'refused', '0'} end
    local used = redis.call('HINCRBY', KEYS[1], ARGV[2], 1)
    local left = tonumber(ARGV[3]) - used
    if left < 0 then return {'refused', '0'} end
    if attempt[1] == ARGV[1] then
      redis.call('DEL', KEYS[1])
      return {'proved', attempt[2], attempt[3]}
    end
    if left == 0 and ARGV[2] == 'tries' then redis.call('DEL', KEYS[1]) end
    return {'refused', tostring(left)}
    """)
}
