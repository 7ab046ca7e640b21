/// What is served under a host's name.
package struct HostRecord: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case active
    /// Not served for now.
    case suspended
    /// Given up for good.
    case gone
    /// Served under the canonical host's name only.
    case moved
    /// A draft that somebody shows to others: served, but neither kept nor listed by anybody.
    case preview
  }

  package let site: SiteID
  /// The one name under which the site wants to be known.
  package let canonical: HostName
  package let state: State
  /// From when on nothing is served, in seconds since 1970; nil: without an end. A site with such a host has no other,
  /// and goes with it.
  package let expires: Int?

  package init(site: SiteID, canonical: HostName, state: State, expires: Int? = nil) {
    self.site = site
    self.canonical = canonical
    self.state = state
    self.expires = expires
  }

  /// Whether the time is over.
  ///
  /// - Parameter now: seconds since 1970.
  package func hasExpired(at now: Int) -> Bool {
    expires.map { $0 <= now } ?? false
  }

  private static let header = "smartpages-host"

  /// The record as it is stored: the format's version, then one fact a line. A record without an end is of version 1,
  /// which had none.
  var text: String {
    let facts = "site \(site)\ncanonical \(canonical)\nstate \(state.rawValue)\n"
    guard let expires else { return "\(Self.header) 1\n\(facts)" }
    return "\(Self.header) 2\n\(facts)expires \(expires)\n"
  }

  /// Reads a stored record; nil for anything that `text` would not have written.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard (5...6).contains(lines.count), lines[1].hasPrefix("site "), lines[2].hasPrefix("canonical "),
      lines[3].hasPrefix("state "), let site = SiteID(String(lines[1].dropFirst(5))),
      let canonical = HostName(String(lines[2].dropFirst(10))),
      let state = State(rawValue: String(lines[3].dropFirst(6)))
    else { return nil }
    let expires = lines[4].hasPrefix("expires ") ? Int(lines[4].dropFirst(8)) : nil
    self.init(site: site, canonical: canonical, state: state, expires: expires)
    guard text == self.text else { return nil }
  }
}
