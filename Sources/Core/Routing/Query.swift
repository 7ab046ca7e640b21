import HTTP
import Services

/// The query parameters, of which the API knows only those of lists.
enum Query {
  /// Refuses parameters that a route does not have.
  ///
  /// - Throws: ``Problem`` of 422 when there is any, except on lists, which read theirs by ``page(_:)``.
  static func admit(_ request: Request, to route: Route) throws {
    guard request.query.isEmpty || route.isList else { throw Problem(.unknownParameter) }
  }

  /// `limit` (1 to 100, 50 unless given) and `after`.
  static func page(_ request: Request) throws -> ListPage {
    if request.query.isEmpty { return ListPage() }
    var limit = 50
    var after: String?
    var seen: Set<Substring> = []
    for pair in request.query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, seen.insert(parts[0]).inserted else { throw Problem(.unknownParameter) }
      switch parts[0] {
      case "limit":
        guard let number = Int(parts[1]), (1...100).contains(number) else { throw Problem(.unknownParameter) }
        limit = number
      case "after": after = String(parts[1])
      default: throw Problem(.unknownParameter)
      }
    }
    return ListPage(limit: limit, after: after)
  }
}
