internal import CPostgreSQL

/// The rows of one answer, read in place from libpq's memory, which lives as long as any row of it.
package struct Rows: RandomAccessCollection, Sendable {
  let storage: Storage
  package let endIndex: Int
  package var startIndex: Int { 0 }

  /// Owner of libpq's result.
  @safe final class Storage: @unchecked Sendable {
    // Safe to share: a result is never changed after it was received, and is cleared only here.
    let result: OpaquePointer

    init(_ result: OpaquePointer) { unsafe self.result = result }
    deinit { unsafe PQclear(result) }
  }

  /// Takes over `result` and clears it in the end.
  init(adopting result: OpaquePointer) {
    storage = unsafe Storage(result)
    endIndex = unsafe Int(PQntuples(result))
  }

  package subscript(position: Int) -> Row {
    precondition(position >= 0 && position < endIndex, "row \(position) of \(endIndex)")
    return Row(storage: storage, index: Int32(position))
  }

  /// How many rows an INSERT, UPDATE, DELETE or SELECT concerned.
  package var affected: Int {
    guard let text = unsafe PQcmdTuples(storage.result) else { return 0 }
    return Int(unsafe String(cString: text)) ?? 0
  }

  var status: ExecStatusType { unsafe PQresultStatus(storage.result) }

  var commandTag: String {
    guard let text = unsafe PQcmdStatus(storage.result) else { return "" }
    return unsafe String(cString: text)
  }

  var failure: DatabaseError {
    let result = unsafe storage.result
    return unsafe DatabaseError(
      sqlState: ResultField.text(result, ResultField.sqlState),
      message: ResultField.text(result, ResultField.message),
      constraint: ResultField.text(result, ResultField.constraint),
      column: ResultField.text(result, ResultField.column))
  }
}
