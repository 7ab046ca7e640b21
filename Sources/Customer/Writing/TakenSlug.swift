import Database
import HTTP

extension CustomerModule {
  /// Runs a write that may hit a name which is somebody else's: a site's slug among all, a page's within its site, or a
  /// short link's code, also one that was another's before.
  ///
  /// - Throws: ``Problem`` of 409 that names the field.
  func tellingTakenSlugs<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch DatabaseError.uniqueViolation(let constraint) {
      guard let field = Self.fields[constraint] else { throw DatabaseError.uniqueViolation(constraint: constraint) }
      throw Self.taken(field)
    }
  }

  /// A slug that somebody else has.
  static var slugTaken: Problem { taken("/slug") }

  private static func taken(_ field: String) -> Problem {
    var problem = Problem(.slugTaken)
    problem.errors = [FieldError(field, .taken)]
    return problem
  }

  /// What a constraint is about.
  private static let fields = [
    "sites_slug_taken": "/slug", "pages_slug_taken": "/slug", "short_codes_taken": "/code",
  ]
}
