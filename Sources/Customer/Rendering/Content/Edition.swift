package import HTTP

/// Which edition of a legal page it is, so that two can be told apart.
package struct Edition: Sendable, Equatable {
  /// 1 is the first.
  package var number: Int
  package var since: Instant

  package init(number: Int, since: Instant) {
    self.number = number
    self.since = since
  }
}
