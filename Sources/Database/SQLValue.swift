package import FoundationEssentials

/// A value bound to a parameter. Each travels in the form that is cheapest for both sides: binary where its type is
/// certain; text without a type where the server should infer it, so that a `String` also fits an enum or `inet`.
package enum SQLValue: Sendable, Equatable {
  case text(String)
  case int64(Int64)
  case bool(Bool)
  case double(Double)
  case uuid(UUID)
  case bytes([UInt8])
  case timestamp(Timestamp)
  /// JSON as UTF-8, checked by the server, bound as `jsonb`.
  case json([UInt8])
  case textArray([String])
  case uuidArray([UUID])
  case int64Array([Int64])
  case null(SQLType)
}

/// The server's types that values are bound as, by object id (`pg_type.dat`, fixed for ever).
package enum SQLType: UInt32, Sendable {
  /// Left to the server to infer.
  case inferred = 0
  case bool = 16
  case bytea = 17
  case int8 = 20
  case float8 = 701
  case int8Array = 1016
  case textArray = 1009
  case timestamptz = 1184
  case uuid = 2950
  case uuidArray = 2951
  case jsonb = 3802
}

extension SQLValue {
  var type: SQLType {
    switch self {
    case .text: .inferred
    case .int64: .int8
    case .bool: .bool
    case .double: .float8
    case .uuid: .uuid
    case .bytes: .bytea
    case .timestamp: .timestamptz
    case .json: .jsonb
    case .textArray: .textArray
    case .uuidArray: .uuidArray
    case .int64Array: .int8Array
    case .null(let type): type
    }
  }

  /// Bytes as JSON, or NULL.
  package static func json(optional bytes: [UInt8]?) -> SQLValue {
    bytes.map(SQLValue.json) ?? .null(.jsonb)
  }
}
