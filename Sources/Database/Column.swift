/// A column of a row, by its name or, faster, by its place: `row.string("title")`, `row.string(0)`.
package enum Column: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, Sendable {
  case name(String)
  case index(Int)

  package init(stringLiteral name: String) { self = .name(name) }
  package init(integerLiteral index: Int) { self = .index(index) }

  var description: String {
    switch self {
    case .name(let name): name
    case .index(let index): "#\(index)"
    }
  }
}
