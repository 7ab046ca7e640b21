internal import CPostgreSQL
package import FoundationEssentials
internal import Glibc

/// One row. Each accessor throws `DatabaseError.column`, naming the column, when it is missing, NULL or of a type
/// that does not fit; `optional…` gives nil for NULL. Values come in binary form: other types than those below
/// (`numeric`, `date`, `interval`) are read by a cast in the statement (`::bigint`, `::text`).
package struct Row: Sendable {
  let storage: Rows.Storage
  let index: Int32

  package func isNull(_ column: Column) throws(DatabaseError) -> Bool {
    try cell(column) == nil
  }

  package func string(_ column: Column) throws(DatabaseError) -> String { try required(column, \.asString) }
  package func optionalString(_ column: Column) throws(DatabaseError) -> String? { try optional(column, \.asString) }

  package func int(_ column: Column) throws(DatabaseError) -> Int { try required(column, \.asInt) }
  package func optionalInt(_ column: Column) throws(DatabaseError) -> Int? { try optional(column, \.asInt) }

  package func bool(_ column: Column) throws(DatabaseError) -> Bool { try required(column, \.asBool) }
  package func optionalBool(_ column: Column) throws(DatabaseError) -> Bool? { try optional(column, \.asBool) }

  package func double(_ column: Column) throws(DatabaseError) -> Double { try required(column, \.asDouble) }
  package func optionalDouble(_ column: Column) throws(DatabaseError) -> Double? { try optional(column, \.asDouble) }

  package func uuid(_ column: Column) throws(DatabaseError) -> UUID { try required(column, \.asUUID) }
  package func optionalUUID(_ column: Column) throws(DatabaseError) -> UUID? { try optional(column, \.asUUID) }

  /// Bytes of `bytea`, or the UTF-8 of text and JSON as PostgreSQL built it, ready to be answered.
  package func bytes(_ column: Column) throws(DatabaseError) -> [UInt8] { try required(column, \.asBytes) }
  package func optionalBytes(_ column: Column) throws(DatabaseError) -> [UInt8]? { try optional(column, \.asBytes) }

  package func timestamp(_ column: Column) throws(DatabaseError) -> Timestamp { try required(column, \.asTimestamp) }
  package func optionalTimestamp(_ column: Column) throws(DatabaseError) -> Timestamp? {
    try optional(column, \.asTimestamp)
  }

  package func strings(_ column: Column) throws(DatabaseError) -> [String] { try required(column, \.asStrings) }
  package func uuids(_ column: Column) throws(DatabaseError) -> [UUID] { try required(column, \.asUUIDs) }
  package func ints(_ column: Column) throws(DatabaseError) -> [Int] { try required(column, \.asInts) }

  private func required<Value>(
    _ column: Column, _ read: (Cell) -> Value?
  ) throws(DatabaseError) -> Value {
    guard let value = try optional(column, read) else {
      throw .column(name: column.description, problem: "is NULL")
    }
    return value
  }

  private func optional<Value>(
    _ column: Column, _ read: (Cell) -> Value?
  ) throws(DatabaseError) -> Value? {
    guard let cell = try cell(column) else { return nil }
    guard let value = read(cell) else {
      throw .column(name: column.description, problem: "has a type (\(cell.type)) that is no \(Value.self)")
    }
    return value
  }

  /// The column's value; nil for NULL.
  private func cell(_ column: Column) throws(DatabaseError) -> Cell? {
    let result = unsafe storage.result
    let number: Int32
    switch column {
    case .index(let place):
      guard place >= 0, unsafe place < Int(PQnfields(result)) else {
        throw .column(name: column.description, problem: "is missing")
      }
      number = Int32(place)
    case .name(let name):
      guard let found = find(name) else { throw .column(name: name, problem: "is missing") }
      number = found
    }
    guard unsafe PQgetisnull(result, index, number) == 0 else { return nil }
    return unsafe Cell(
      type: PQftype(result, number),
      bytes: UnsafeRawBufferPointer(
        start: PQgetvalue(result, index, number), count: Int(PQgetlength(result, index, number))),
      owner: storage)
  }

  /// `PQfnumber` would allocate and fold the name's case at each call.
  private func find(_ name: String) -> Int32? {
    let result = unsafe storage.result
    for number in unsafe 0..<PQnfields(result) where unsafe strcmp(PQfname(result, number), name) == 0 {
      return number
    }
    return nil
  }
}
