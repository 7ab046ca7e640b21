internal import CPostgreSQL

/// What a connection is opened with: the operator's string as it is, and our settings where it says nothing.
/// All settings travel in the startup packet, so that connecting takes no further round trip.
struct ConnectionParameters {
  private var keywords: [String] = []
  private var values: [String] = []

  init(_ configuration: Database.Configuration) throws(DatabaseError) {
    // libpq lets the last of two equal keywords win: what stands before `dbname` is a default.
    add("connect_timeout", String(configuration.connectTimeoutSeconds))
    add("fallback_application_name", configuration.applicationName)
    add("client_encoding", "UTF8")
    add("tcp_user_timeout", "10000")
    add("dbname", configuration.conninfo)
    // `options` must join ours with the operator's, so it stands after; of two equal settings the later one wins.
    let ours = [
      "statement_timeout=\(configuration.statementTimeoutMilliseconds)",
      "lock_timeout=\(configuration.lockTimeoutMilliseconds)",
      "idle_in_transaction_session_timeout=\(configuration.idleInTransactionTimeoutMilliseconds)",
      "timezone=UTC", "jit=off",
    ]
    let theirs = try Self.options(in: configuration.conninfo)
    add("options", (ours.map { "-c \($0)" } + [theirs]).joined(separator: " "))
  }

  private mutating func add(_ keyword: String, _ value: String) {
    keywords.append(keyword)
    values.append(value)
  }

  /// Opens a connection and waits for it.
  func connect() throws(DatabaseError) -> OpaquePointer {
    let handle = unsafe Self.withCStrings(keywords) { keywords in
      unsafe Self.withCStrings(values) { values in unsafe PQconnectdbParams(keywords, values, 1) }
    }
    guard let handle = unsafe handle else { throw .unavailable(reason: "out of memory") }
    guard unsafe PQstatus(handle) == CONNECTION_OK else {
      let reason = unsafe Self.message(of: handle)
      unsafe PQfinish(handle)
      throw .unavailable(reason: reason)
    }
    return unsafe handle
  }

  /// libpq's last error on a connection, in one line.
  static func message(of handle: OpaquePointer) -> String {
    guard let message = unsafe PQerrorMessage(handle) else { return "unknown" }
    let lines = unsafe String(cString: message).split(separator: "\n")
    return lines.isEmpty ? "the connection was lost" : lines.joined(separator: "; ")
  }

  /// The operator's own `options`, empty if there are none.
  private static func options(in conninfo: String) throws(DatabaseError) -> String {
    // A bare word is a database's name, as `PQconnectdbParams` takes it.
    guard conninfo.contains("=") || conninfo.contains("://") else { return "" }
    var problem: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(conninfo, &problem) else {
      defer { unsafe PQfreemem(problem) }
      let reason = if let problem = unsafe problem { unsafe String(cString: problem) } else { "out of memory" }
      throw .unavailable(reason: "the connection string is invalid: \(reason)")
    }
    defer { unsafe PQconninfoFree(options) }
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if unsafe String(cString: keyword) == "options" {
        guard let value = unsafe option.pointee.val else { return "" }
        return unsafe String(cString: value)
      }
      unsafe option += 1
    }
    return ""
  }

  /// Calls `body` with a NULL-terminated array of C strings that live as long as the call.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let bytes = strings.flatMap { Array($0.utf8CString) }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var pointers: [UnsafePointer<CChar>?] = unsafe []
      var offset = 0
      for string in strings {
        unsafe pointers.append(bytes.baseAddress.map { unsafe $0 + offset })
        offset += string.utf8.count + 1
      }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { pointers in
        // Never empty: it ends with the NULL above.
        unsafe body(pointers.baseAddress!)
      }
    }
  }
}
