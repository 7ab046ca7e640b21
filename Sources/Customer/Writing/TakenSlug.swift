import Database
import HTTP

extension CustomerModule {
  /// Runs a write that may hit a slug which somebody else has: a site's among all, or a page's within its site.
  ///
  /// - Throws: ``Problem`` of 409 that names the field.
  func tellingTakenSlugs<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch DatabaseError.uniqueViolation(let constraint)
      where ["sites_slug_taken", "pages_slug_taken"].contains(constraint)
    {
      throw Self.slugTaken
    }
  }

  /// A slug that somebody else has.
  static var slugTaken: Problem {
    var problem = Problem(.slugTaken)
    problem.errors = [FieldError("/slug", .taken)]
    return problem
  }
}
