import HTTP
import Services

/// The sums of some lines of the log.
struct Tally {
  /// What one site's sums of one day are kept under.
  struct SiteDay: Hashable {
    let site: SiteID
    let day: CivilDay
  }

  struct Totals {
    var views = 0
    var visitors = 0
    var clicks = 0
    var scans = 0
  }

  /// The parts that a day's sums are split into.
  enum Kind: String {
    case page, link, referrer, country, device
    case leftOut = "left_out"
  }

  struct Item: Hashable {
    let place: SiteDay
    let kind: Kind
    let name: String
  }

  /// Somebody on a site on a day: nobody can tell who, and after the day nobody can tell that it is the same.
  struct Visitor: Hashable {
    let place: SiteDay
    /// In hexadecimal digits.
    let hash: String
  }

  struct Traits {
    let device: Agent.Device
    let country: String?
  }

  var totals: [SiteDay: Totals] = [:]
  var items: [Item: Int] = [:]
  var visitors: [Visitor: Traits] = [:]
  /// Those who came from the dashboard.
  var owners: Set<Visitor> = []
  var lines = 0
  var broken = 0

  mutating func add(_ kind: Kind, _ name: String, at place: SiteDay, count: Int = 1) {
    items[Item(place: place, kind: kind, name: name), default: 0] += count
  }
}
