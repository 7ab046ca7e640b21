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
  }

  package let site: SiteID
  /// The one name under which the site wants to be known.
  package let canonical: HostName
  package let state: State

  package init(site: SiteID, canonical: HostName, state: State) {
    self.site = site
    self.canonical = canonical
    self.state = state
  }

  private static let header = "smartpages-host 1"

  /// The record as it is stored: four lines.
  var text: String { "\(Self.header)\nsite \(site)\ncanonical \(canonical)\nstate \(state.rawValue)\n" }

  /// Reads a stored record; nil for anything that `text` would not have written.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[1].hasPrefix("site "), lines[2].hasPrefix("canonical "), lines[3].hasPrefix("state "),
      let site = SiteID(String(lines[1].dropFirst(5))), let canonical = HostName(String(lines[2].dropFirst(10))),
      let state = State(rawValue: String(lines[3].dropFirst(6)))
    else { return nil }
    self.init(site: site, canonical: canonical, state: state)
    guard text == self.text else { return nil }
  }
}
