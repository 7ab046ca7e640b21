package import HTTP
package import Services

/// A short address of a site and where it leads.
package struct ShortLink: Sendable, Equatable {
  package var code: ShortCode
  package var target: WebLink
  /// Whether browsers may remember where it leads.
  package var isPermanent = false
  /// It leads to the target from then on; nil: no bound.
  package var from: Instant?
  /// From then on it does not any more; nil: no bound.
  package var until: Instant?
  /// Where it leads at all other times; nil: nowhere.
  package var fallback: WebLink?

  package init(code: ShortCode, target: WebLink) {
    self.code = code
    self.target = target
  }
}
