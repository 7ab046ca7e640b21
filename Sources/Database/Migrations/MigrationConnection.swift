internal import CPostgreSQL

/// A connection that takes whole files of SQL, each as long as it needs. Safe: the handle is made and closed here.
@safe final class MigrationConnection {
  private let handle: OpaquePointer
  private let notices: NoticeReceiver

  init(_ configuration: Database.Configuration, log: @escaping @Sendable (DatabaseEvent) -> Void) throws(DatabaseError)
  {
    var unlimited = configuration
    unlimited.statementTimeoutMilliseconds = 0
    unlimited.lockTimeoutMilliseconds = 0
    unlimited.idleInTransactionTimeoutMilliseconds = 0
    unsafe handle = try unsafe ConnectionParameters(unlimited).connect()
    notices = unsafe NoticeReceiver(handle, log)
  }

  deinit { unsafe PQfinish(handle) }

  var isInTransaction: Bool { unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS }

  /// Runs statements separated by semicolons; returns the last one's rows, in text form.
  @discardableResult
  func run(script: String) throws(DatabaseError) -> Rows {
    guard let result = unsafe PQexec(handle, script) else { throw .unavailable(reason: "out of memory") }
    let rows = unsafe Rows(adopting: result)
    switch rows.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return rows
    default:
      guard unsafe PQstatus(handle) == CONNECTION_OK else {
        throw .unavailable(reason: unsafe ConnectionParameters.message(of: handle))
      }
      throw rows.failure
    }
  }

  /// Runs one statement with its values.
  @discardableResult
  func run(_ sql: SQL) throws(DatabaseError) -> Rows {
    var parameters = ParameterBuffer()
    parameters.encode(sql)
    let types = parameters.types
    let result = unsafe parameters.withPointers { count, values, lengths, formats in
      unsafe PQexecParams(handle, sql.text, count, types, values, lengths, formats, 1)
    }
    guard let result = unsafe result else { throw .unavailable(reason: "out of memory") }
    let rows = unsafe Rows(adopting: result)
    guard rows.status == PGRES_COMMAND_OK || rows.status == PGRES_TUPLES_OK else { throw rows.failure }
    return rows
  }
}
