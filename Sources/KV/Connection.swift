import CHiredis
import Glibc

/// Why an exchange broke; the connection is of no more use.
struct ConnectionFailure: Error {
  let reason: String
  /// Whether Redis may have seen a part of the commands. False means that it has done nothing.
  let sent: Bool
  /// Whether the time ran out; a second try would only double the wait.
  let timedOut: Bool
}

/// One connection over hiredis. hiredis opens it and parses answers; sending is our own, because hiredis writes
/// without MSG_NOSIGNAL and does not tell whether anything left.
///
/// `@unchecked Sendable`: it is used by one thread at a time, the one to which the pool has lent it.
/// `@safe`: the context is its own from `init` to `deinit`.
@safe final class Connection: @unchecked Sendable {
  private let context: UnsafeMutablePointer<redisContext>
  private let timeoutMs: Int
  /// Kept between exchanges so that its storage is allocated once.
  private var output: [UInt8] = []
  /// Whether an exchange has gone well on it before, so that a failure may only mean a restart of Redis.
  private(set) var isReused = false
  /// The generation of the invalidation connection to which Redis reports the keys read here; 0 for none.
  var trackingGeneration = 0

  init(_ configuration: KVConfiguration) throws(ConnectionFailure) {
    let limit = timeval(
      tv_sec: configuration.timeoutMs / 1000, tv_usec: suseconds_t(configuration.timeoutMs % 1000 * 1000))
    let opened: UnsafeMutablePointer<redisContext>? =
      switch configuration.address {
      case .unix(let path): unsafe redisConnectUnixWithTimeout(path, limit)
      case .tcp(let host, let port): unsafe redisConnectWithTimeout(host, Int32(port), limit)
      }
    guard let opened = unsafe opened else {
      throw ConnectionFailure(reason: "no memory for a connection", sent: false, timedOut: false)
    }
    unsafe context = opened
    timeoutMs = configuration.timeoutMs
    guard unsafe context.pointee.err == 0, unsafe redisSetTimeout(context, limit) == REDIS_OK else {
      throw failure(sent: false)
    }
    // Children (the image converter, say) must not inherit it.
    _ = unsafe fcntl(context.pointee.fd, F_SETFD, FD_CLOEXEC)
    if case .tcp = configuration.address { unsafe redisEnableKeepAlive(context) }
    var greeting: [Command] = []
    if let password = configuration.password { greeting.append(Command("AUTH", .text(password))) }
    if configuration.database != 0 { greeting.append(Command("SELECT", .integer(configuration.database))) }
    guard !greeting.isEmpty else { return }
    for case .error(let text) in try exchange(greeting) {
      throw ConnectionFailure(reason: text, sent: false, timedOut: false)
    }
    isReused = false
  }

  deinit {
    unsafe redisFree(context)
  }

  var descriptor: Int32 { unsafe context.pointee.fd }

  /// Whether the server has closed the connection since its last use, or said something unasked. A look costs one
  /// system call; worth it over TCP before a command that must not be sent twice.
  var isStale: Bool {
    guard unsafe context.pointee.connection_type == REDIS_CONN_TCP else { return false }
    var byte: UInt8 = 0
    let count = unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    return !(count == -1 && errno == EAGAIN)
  }

  func exchange(_ command: Command) throws(ConnectionFailure) -> Reply {
    try send([command])
    let reply = try receive(deadlineMs: MonotonicClock.nowMs + timeoutMs)
    isReused = true
    return reply
  }

  func exchange(_ commands: [Command]) throws(ConnectionFailure) -> [Reply] {
    try send(commands)
    let deadlineMs = MonotonicClock.nowMs + timeoutMs
    var replies: [Reply] = []
    replies.reserveCapacity(commands.count)
    for _ in commands { replies.append(try receive(deadlineMs: deadlineMs)) }
    isReused = true
    return replies
  }

  func send(_ commands: [Command]) throws(ConnectionFailure) {
    output.removeAll(keepingCapacity: true)
    for command in commands { command.encode(into: &output) }
    var sent = 0
    while sent < output.count {
      let count = unsafe output.withUnsafeBytes { bytes in
        unsafe Glibc.send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR {
        let timedOut = errno == EAGAIN
        let reason = timedOut ? "Redis takes nothing for \(timeoutMs) ms" : unsafe String(cString: strerror(errno))
        throw ConnectionFailure(reason: reason, sent: sent > 0, timedOut: timedOut)
      }
    }
    // One big value must not hold its memory for as long as the connection lives.
    if output.capacity > 256 << 10 { output = [] }
  }

  private func receive(deadlineMs: Int) throws(ConnectionFailure) -> Reply {
    while true {
      if let reply = try nextReply() {
        if case .error(let text) = reply, Self.meansUnavailable(text) {
          throw ConnectionFailure(reason: text, sent: true, timedOut: false)
        }
        return reply
      }
      if MonotonicClock.nowMs > deadlineMs {
        throw ConnectionFailure(reason: "no answer within \(timeoutMs) ms", sent: true, timedOut: true)
      }
      try readAvailable()
    }
  }

  /// Waits for bytes, no longer than the time-out, and hands them to the parser.
  func readAvailable() throws(ConnectionFailure) {
    guard unsafe redisBufferRead(context) == REDIS_OK else { throw failure(sent: true) }
  }

  /// The next answer that has been read whole, or nil.
  func nextReply() throws(ConnectionFailure) -> Reply? {
    var raw: UnsafeMutableRawPointer?
    guard unsafe redisGetReplyFromReader(context, &raw) == REDIS_OK else { throw failure(sent: true) }
    guard let raw = unsafe raw else { return nil }
    defer { unsafe freeReplyObject(raw) }
    return unsafe Reply(raw.assumingMemoryBound(to: redisReply.self))
  }

  /// Errors that speak of the server's state or of our login, not of the command.
  private static func meansUnavailable(_ text: String) -> Bool {
    ["LOADING ", "MASTERDOWN ", "READONLY ", "NOAUTH ", "WRONGPASS ", "NOPERM ", "BUSY ", "TRYAGAIN "]
      .contains { text.hasPrefix($0) }
  }

  private func failure(sent: Bool) -> ConnectionFailure {
    let code = errno
    let timedOut = unsafe context.pointee.err == REDIS_ERR_IO && (code == EAGAIN || code == ETIMEDOUT)
    if timedOut { return ConnectionFailure(reason: "no answer within \(timeoutMs) ms", sent: sent, timedOut: true) }
    let reason = unsafe withUnsafeBytes(of: &context.pointee.errstr) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return ConnectionFailure(reason: reason, sent: sent, timedOut: false)
  }
}

extension Reply {
  /// Copies an answer of hiredis.
  fileprivate init(_ raw: UnsafeMutablePointer<redisReply>) {
    let reply = unsafe raw.pointee
    switch unsafe reply.type {
    case REDIS_REPLY_INTEGER:
      self = unsafe .integer(Int(reply.integer))
    case REDIS_REPLY_STATUS:
      self = unsafe .status(String(decoding: reply.bytes, as: UTF8.self))
    case REDIS_REPLY_ERROR:
      self = unsafe .error(String(decoding: reply.bytes, as: UTF8.self))
    case REDIS_REPLY_STRING:
      self = unsafe .string(Array(reply.bytes))
    case REDIS_REPLY_ARRAY:
      var elements: [Reply] = []
      unsafe elements.reserveCapacity(reply.elements)
      for index in unsafe 0..<reply.elements {
        unsafe elements.append(Reply(reply.element[index]!))
      }
      self = .array(elements)
    default:
      self = .null
    }
  }
}

extension redisReply {
  fileprivate var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: str, count: len) }
}
