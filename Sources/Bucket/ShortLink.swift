extension Manifest {
  /// A short address of a site: where it leads, and from when until when. The reader of the manifest looks at the
  /// clock, so that it changes at the moment even while nobody can publish.
  package struct ShortLink: Sendable, Equatable {
    /// A URL in ASCII, as it goes into the Location header.
    package let location: String
    /// Whether others may remember where it leads.
    package let isPermanent: Bool
    /// Milliseconds since 1970; it leads to `location` from then on. Nil: no bound.
    package let from: Int64?
    /// Milliseconds since 1970; from then on it does not lead there any more. Nil: no bound.
    package let until: Int64?
    /// Where it leads at all other times; nil: nowhere.
    package let fallback: String?

    package init(
      location: String, isPermanent: Bool = false, from: Int64? = nil, until: Int64? = nil, fallback: String? = nil
    ) {
      self.location = location
      self.isPermanent = isPermanent
      self.from = from
      self.until = until
      self.fallback = fallback
    }

    /// Where it leads at a moment in milliseconds since 1970; nil: nowhere.
    package func location(at now: Int64) -> String? {
      isDue(at: now) ? location : fallback
    }

    /// Whether it leads to its `location` at that moment.
    package func isDue(at now: Int64) -> Bool {
      (from.map { $0 <= now } ?? true) && (until.map { now < $0 } ?? true)
    }
  }
}
