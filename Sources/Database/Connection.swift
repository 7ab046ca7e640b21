internal import CPostgreSQL
internal import Glibc

/// One connection to the server, always in libpq's pipeline mode, so that BEGIN, PREPARE and the statement itself
/// share one round trip. Safe: the handle stays inside, and `close`, called once by the pool, is its last use.
@safe final class Connection: @unchecked Sendable {
  // Safe to hand from thread to thread: the pool gives it to one thread at a time, under its lock.
  private let handle: OpaquePointer
  private let socket: Int32
  private let notices: NoticeReceiver
  private let timeoutMilliseconds: Int
  private var statements: StatementCache
  private var parameters = ParameterBuffer()
  /// When it was last given back.
  var lastUse = Deadline.now
  /// Whether it can be used no more: lost, or in an unknown state.
  private(set) var isBroken = false
  /// Whether the server left a question unanswered.
  private(set) var isSilent = false

  /// Connects; the caller's thread waits for at most the connect time-out a host.
  init(_ configuration: Database.Configuration, log: @escaping @Sendable (DatabaseEvent) -> Void) throws(DatabaseError)
  {
    unsafe handle = try unsafe ConnectionParameters(configuration).connect()
    socket = unsafe PQsocket(handle)
    timeoutMilliseconds = configuration.statementTimeoutMilliseconds + configuration.graceMilliseconds
    statements = StatementCache(limit: configuration.statementLimit)
    notices = unsafe NoticeReceiver(handle, log)
    guard unsafe PQsetnonblocking(handle, 1) == 0, unsafe PQenterPipelineMode(handle) == 1 else {
      unsafe PQfinish(handle)
      throw .unavailable(reason: "the connection refused pipeline mode")
    }
  }

  /// Closes at once: a server that reads nothing must not hold up its caller in libpq's farewell.
  func close() {
    isBroken = true
    shutdown(socket, Int32(SHUT_RDWR))
    unsafe PQfinish(handle)
  }

  /// Whether the server has closed or spoken while the connection was idle; one look, without waiting. What it says
  /// unasked is mostly its farewell.
  var isDead: Bool {
    var byte: UInt8 = 0
    let count = unsafe recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count >= 0 || (errno != EAGAIN && errno != EINTR)
  }

  /// Runs a statement, after `begin` if one is given, in one round trip.
  func run(_ sql: SQL, begin: String? = nil) throws(DatabaseError) -> Rows {
    parameters.encode(sql)
    let types = parameters.types
    let prepared = statements.name(text: sql.text, types: types)
    let name = prepared ?? statements.freshName()
    var sent = begin.map(send) ?? true
    if sent, prepared == nil {
      sent = unsafe PQsendPrepare(handle, name, sql.text, Int32(types.count), types) == 1
    }
    if sent {
      sent = unsafe parameters.withPointers { count, values, lengths, formats in
        unsafe PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
      }
    }
    let outcome = try finish(sent: sent)
    if prepared == nil, outcome.succeeded > (begin == nil ? 0 : 1) {
      statements.insert(text: sql.text, types: types, name: name)
    }
    if let failure = outcome.failure {
      // Schema changes and DISCARD concern every statement, so all are prepared anew.
      if failure.isStalePlan { forgetStatements() }
      throw failure
    }
    guard let rows = outcome.rows else { throw lost("no result") }
    return rows
  }

  /// Runs BEGIN, COMMIT, ROLLBACK and the like; returns the server's command tag, which names what was done.
  func command(_ text: String) throws(DatabaseError) -> String {
    let outcome = try finish(sent: send(command: text))
    if let failure = outcome.failure { throw failure }
    return outcome.rows?.commandTag ?? ""
  }

  /// Has the server forget statements beyond the limit. For a connection that is in no transaction.
  func trimStatements() {
    deallocate(statements.evict())
  }

  private func forgetStatements() {
    let names = statements.removeAll()
    // Within a failed transaction the server refuses DEALLOCATE; the few names that stay cost it a little memory.
    if unsafe PQtransactionStatus(handle) == PQTRANS_IDLE { deallocate(names) }
  }

  private func deallocate(_ names: [String]) {
    for name in names where !isBroken { _ = try? command("DEALLOCATE \(name)") }
  }

  private func send(command: String) -> Bool {
    unsafe PQsendQueryParams(handle, command, 0, nil, nil, nil, nil, 1) == 1
  }

  /// What a round trip brought: how many commands succeeded before the first failure, and the last one's rows.
  private struct Outcome {
    var succeeded = 0
    var failure: DatabaseError?
    var rows: Rows?
  }

  /// Sends what is queued and reads the answers up to the end of the pipeline.
  private func finish(sent: Bool) throws(DatabaseError) -> Outcome {
    guard sent, unsafe PQpipelineSync(handle) == 1 else { throw lost(errorMessage) }
    let deadline = timeoutMilliseconds > 0 ? Deadline.after(milliseconds: timeoutMilliseconds) : .never
    try flush(until: deadline)
    var outcome = Outcome()
    while true {
      while unsafe PQisBusy(handle) == 1 {
        try wait(POLLIN, until: deadline)
        guard unsafe PQconsumeInput(handle) == 1 else { throw lost(errorMessage) }
      }
      guard let result = unsafe PQgetResult(handle) else {
        // Only a separator between two commands' results, unless the connection is gone.
        if unsafe PQstatus(handle) == CONNECTION_BAD { throw outcome.failure ?? lost(errorMessage) }
        continue
      }
      let rows = unsafe Rows(adopting: result)
      switch rows.status {
      case PGRES_PIPELINE_SYNC: return outcome
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
        outcome.rows = rows
        outcome.succeeded += 1
      case PGRES_PIPELINE_ABORTED: break
      default:
        if outcome.failure == nil { outcome.failure = rows.failure }
        if unsafe PQstatus(handle) == CONNECTION_BAD { throw lost(errorMessage) }
      }
    }
  }

  private func flush(until deadline: Deadline) throws(DatabaseError) {
    while true {
      switch unsafe PQflush(handle) {
      case 0: return
      case 1:
        // The server may wait for us to read before it reads on.
        if try wait(POLLIN | POLLOUT, until: deadline) & POLLIN != 0, unsafe PQconsumeInput(handle) != 1 {
          throw lost(errorMessage)
        }
      default: throw lost(errorMessage)
      }
    }
  }

  @discardableResult
  private func wait(_ events: Int32, until deadline: Deadline) throws(DatabaseError) -> Int32 {
    var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
    while true {
      let timeout = deadline == .never ? -1 : Int32(clamping: deadline.remainingMilliseconds)
      let ready = unsafe poll(&descriptor, 1, timeout)
      if ready > 0 { return Int32(descriptor.revents) }
      if ready == 0 {
        isSilent = true
        throw lost("no answer within \(timeoutMilliseconds) ms")
      }
      if errno != EINTR { throw lost("poll: error \(errno)") }
    }
  }

  private func lost(_ reason: String) -> DatabaseError {
    isBroken = true
    return .unavailable(reason: reason)
  }

  private var errorMessage: String {
    unsafe ConnectionParameters.message(of: handle)
  }
}
