package import FoundationEssentials

/// A Swift type that can be interpolated into `SQL`.
package protocol SQLConvertible {
  /// The type that NULL takes in place of a value, so that a statement's text keeps one set of parameter types.
  static var sqlType: SQLType { get }
  var sqlValue: SQLValue { get }
}

extension String: SQLConvertible {
  package static var sqlType: SQLType { .inferred }
  package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLConvertible {
  package static var sqlType: SQLType { .int8 }
  package var sqlValue: SQLValue { .int64(Int64(self)) }
}

extension Int64: SQLConvertible {
  package static var sqlType: SQLType { .int8 }
  package var sqlValue: SQLValue { .int64(self) }
}

extension Bool: SQLConvertible {
  package static var sqlType: SQLType { .bool }
  package var sqlValue: SQLValue { .bool(self) }
}

extension Double: SQLConvertible {
  package static var sqlType: SQLType { .float8 }
  package var sqlValue: SQLValue { .double(self) }
}

extension UUID: SQLConvertible {
  package static var sqlType: SQLType { .uuid }
  package var sqlValue: SQLValue { .uuid(self) }
}

extension Timestamp: SQLConvertible {
  package static var sqlType: SQLType { .timestamptz }
  package var sqlValue: SQLValue { .timestamp(self) }
}

/// An element of an array that can be bound; bytes are an element whose array is `bytea`.
package protocol SQLArrayElement {
  static var sqlArrayType: SQLType { get }
  static func sqlArray(_ elements: [Self]) -> SQLValue
}

extension Array: SQLConvertible where Element: SQLArrayElement {
  package static var sqlType: SQLType { Element.sqlArrayType }
  package var sqlValue: SQLValue { Element.sqlArray(self) }
}

extension UInt8: SQLArrayElement {
  package static var sqlArrayType: SQLType { .bytea }
  package static func sqlArray(_ elements: [UInt8]) -> SQLValue { .bytes(elements) }
}

extension String: SQLArrayElement {
  package static var sqlArrayType: SQLType { .textArray }
  package static func sqlArray(_ elements: [String]) -> SQLValue { .textArray(elements) }
}

extension UUID: SQLArrayElement {
  package static var sqlArrayType: SQLType { .uuidArray }
  package static func sqlArray(_ elements: [UUID]) -> SQLValue { .uuidArray(elements) }
}

extension Int64: SQLArrayElement {
  package static var sqlArrayType: SQLType { .int8Array }
  package static func sqlArray(_ elements: [Int64]) -> SQLValue { .int64Array(elements) }
}

extension Int: SQLArrayElement {
  package static var sqlArrayType: SQLType { .int8Array }
  package static func sqlArray(_ elements: [Int]) -> SQLValue { .int64Array(elements.map(Int64.init)) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
  package static var sqlType: SQLType { Wrapped.sqlType }
  package var sqlValue: SQLValue { self?.sqlValue ?? .null(Wrapped.sqlType) }
}
