import Database
import FoundationEssentials
import HTTP
import Services

extension Rows {
  /// The one resource of a statement that selects `json` and `version`.
  ///
  /// - Throws: ``Problem`` of 404 when there is no row.
  func resource(location: String? = nil) throws -> Resource {
    guard let row = first else { throw Problem(.notFound) }
    return Resource(json: try row.bytes("json"), version: try Int64(row.int("version")), location: location)
  }

  /// The list of a statement that selects `json` and `cursor`, with one row more than the page when more follow.
  ///
  /// - Parameter cursor: where a row stands in the order of the list; a number unless said otherwise.
  func list(
    _ page: ListPage, cursor: (Row) throws -> String = { String(try $0.int("cursor")) }
  ) throws -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(4096)
    output.append(contentsOf: #"{"items":["#.utf8)
    var next: String?
    for (index, row) in enumerated() {
      if index == page.limit { break }
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: try row.bytes("json"))
      if index + 1 == page.limit, count > page.limit { next = try cursor(row) }
    }
    output.append(contentsOf: #"],"next":"#.utf8)
    JSON(next).write(to: &output)
    output.append(UInt8(ascii: "}"))
    return output
  }
}

extension ListPage {
  /// The cursor as the id that it was made of; the lowest of all on the first page.
  ///
  /// - Throws: ``Problem`` of 422 when it is none of ours.
  func identifier<Kind>(_: Identifier<Kind>.Type) throws -> Identifier<Kind> {
    guard let after else { return Identifier(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))) }
    guard let id = Identifier<Kind>(after) else { throw Problem(.unknownParameter) }
    return id
  }

  /// The cursor as the number that it was made of; `start` on the first page.
  ///
  /// - Throws: ``Problem`` of 422 when it is none of ours.
  func number(start: Int64) throws -> Int64 {
    guard let after else { return start }
    guard let number = Int64(after) else { throw Problem(.unknownParameter) }
    return number
  }
}
