/// A statement with its values. What is interpolated is bound as a parameter, never pasted into the text:
///
///     try database.query("SELECT title FROM customer.links WHERE id = \(id)")
///
/// - `\(value)` binds a value (see `SQLConvertible`), `\(SQLValue.json(bytes))` binds JSON.
/// - `\(raw: "ORDER BY position")` pastes a fragment that is fixed at compile time.
/// - `\(fragment)` pastes another `SQL`, its parameters renumbered.
///
/// Texts must be few and fixed: each becomes one prepared statement a connection. For lists bind an array
/// (`id = ANY(\(ids))`).
package struct SQL: ExpressibleByStringInterpolation, Sendable {
  /// The text with `$1`, `$2` … where values were interpolated.
  package private(set) var text: String
  fileprivate(set) var binds: [Bind]

  /// The bound values in the order of their numbers.
  package var values: [SQLValue] { binds.map(\.value) }

  /// A value and where in the text (in UTF-8 bytes) its `$n` stands, so that nesting can renumber exactly.
  struct Bind: Sendable {
    let value: SQLValue
    let offset: Int
  }

  package init(stringLiteral text: String) {
    self.text = text
    binds = []
  }

  package init(stringInterpolation interpolation: StringInterpolation) {
    self = interpolation.sql
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql: SQL

    package init(literalCapacity: Int, interpolationCount: Int) {
      sql = SQL(stringLiteral: "")
      sql.text.reserveCapacity(literalCapacity + 3 * interpolationCount)
      sql.binds.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) {
      sql.text.append(literal)
    }

    package mutating func appendInterpolation(_ value: SQLValue) {
      sql.bind(value)
    }

    package mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value) {
      sql.bind(value.sqlValue)
    }

    /// nil binds NULL.
    package mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
      sql.bind(value.sqlValue)
    }

    package mutating func appendInterpolation(raw fragment: StaticString) {
      sql.text.append(fragment.description)
    }

    package mutating func appendInterpolation(_ fragment: SQL) {
      sql.append(fragment)
    }
  }

  fileprivate mutating func bind(_ value: SQLValue) {
    binds.append(Bind(value: value, offset: text.utf8.count))
    text.append("$")
    text.append(String(binds.count))
  }

  private mutating func append(_ fragment: SQL) {
    let source = fragment.text.utf8
    var start = source.startIndex
    for (index, bind) in fragment.binds.enumerated() {
      let mark = source.index(source.startIndex, offsetBy: bind.offset)
      text.append(String(fragment.text[start..<mark]))
      self.bind(bind.value)
      start = source.index(mark, offsetBy: 1 + String(index + 1).utf8.count)
    }
    text.append(String(fragment.text[start...]))
  }
}
