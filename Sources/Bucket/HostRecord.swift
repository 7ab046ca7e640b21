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
  /// Whether browsers are told to come by HTTPS only (HSTS). They keep to it for a year, whatever is said later, so it
  /// is for hosts whose HTTPS has proved to last.
  package let hsts: Bool

  package init(site: SiteID, canonical: HostName, state: State, expires: Int? = nil, hsts: Bool = false) {
    self.site = site
    self.canonical = canonical
    self.state = state
    self.expires = expires
    self.hsts = hsts
  }

  /// Whether the time is over.
  ///
  /// - Parameter now: seconds since 1970.
  package func hasExpired(at now: Int) -> Bool {
    expires.map { $0 <= now } ?? false
  }

  private static let header = "smartpages-host"

  /// The record as it is stored: the format's version, then one fact a line. It is of the earliest version that can say
  /// it, so that an older Domain reads what it knows: 2 brought the end, 3 brought HSTS.
  var text: String {
    let version = hsts ? 3 : expires == nil ? 1 : 2
    var text = "\(Self.header) \(version)\nsite \(site)\ncanonical \(canonical)\nstate \(state.rawValue)\n"
    if let expires { text += "expires \(expires)\n" }
    if hsts { text += "hsts\n" }
    return text
  }

  /// Reads a stored record; nil for anything that `text` would not have written.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard (5...7).contains(lines.count), lines[1].hasPrefix("site "), lines[2].hasPrefix("canonical "),
      lines[3].hasPrefix("state "), let site = SiteID(String(lines[1].dropFirst(5))),
      let canonical = HostName(String(lines[2].dropFirst(10))),
      let state = State(rawValue: String(lines[3].dropFirst(6)))
    else { return nil }
    let expires = lines[4].hasPrefix("expires ") ? Int(lines[4].dropFirst(8)) : nil
    self.init(
      site: site, canonical: canonical, state: state, expires: expires,
      hsts: lines[lines.count - 2] == "hsts")
    guard text == self.text else { return nil }
  }
}
