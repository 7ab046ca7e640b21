import HTTP
import Services

/// The redirects of a site as they are put: all of them.
struct RedirectsInput {
  static let limit = 100
  let redirects: [SiteRedirect]

  init(_ body: JSON) throws {
    var reader = try ObjectReader(body)
    if !reader.has("items") { reader.refuse("items", .required) }
    let items = try reader.optionalList("items", maximum: Self.limit) { item, pointer in
      var reader = try ObjectReader(item, pointer: pointer)
      let redirect = Self.redirect(&reader)
      try reader.finish()
      return redirect
    }
    try reader.finish()
    redirects = items ?? []
    let errors = Self.contradictions(redirects)
    if !errors.isEmpty { throw Problem(invalid: errors) }
  }

  /// What it gives counts only when nothing was refused.
  private static func redirect(_ reader: inout ObjectReader) -> SiteRedirect {
    let fromText = reader.string("from", minimum: 1, maximum: 300)
    let from = SiteRedirect.path(fromText)
    if !fromText.isEmpty, from.map(SiteRedirect.isWellKnown) ?? true { reader.refuse("from", .invalid) }
    let toText = reader.string("to", minimum: 1, maximum: WebLink.maximumLength)
    let to = SiteRedirect.target(toText)
    if !toText.isEmpty, to == nil { reader.refuse("to", toText.hasPrefix("/") ? .invalid : .invalidURL) }
    let status = reader.value("status").map { $0.integerValue } ?? 301
    if status == nil { reader.refuse("status", .wrongType) }
    if let status, !SiteRedirect.statuses.contains(status) { reader.refuse("status", .invalid) }
    return SiteRedirect(from: from ?? "", to: to ?? "", status: Int(status ?? 301))
  }

  /// A path that is there twice, and those that lead back to themselves.
  private static func contradictions(_ redirects: [SiteRedirect]) -> [FieldError] {
    var errors: [FieldError] = []
    var next: [String: String] = [:]
    for (index, redirect) in redirects.enumerated() {
      if next[redirect.from] != nil { errors.append(FieldError("/items/\(index)/from", .taken)) }
      next[redirect.from] = SiteRedirect.ownPath(redirect.to) ?? ""
    }
    for (index, redirect) in redirects.enumerated() {
      var path = next[redirect.from]
      var steps = 0
      while let place = path, place != redirect.from, steps <= redirects.count {
        path = next[place]
        steps += 1
      }
      if path == redirect.from { errors.append(FieldError("/items/\(index)/to", .notAllowed)) }
    }
    return errors
  }
}
