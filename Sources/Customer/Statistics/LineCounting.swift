import Countries
import Database
import FoundationEssentials
import HTTP
import LogFiles
import Services

extension CustomerModule {
  /// Older lines come from a clock that was wrong.
  private static let oldestDays: Int64 = 40

  /// Sums up some lines. Changes nothing but that a new day gets its salt.
  func count(_ part: LogPart, _ countries: CountryDatabase?, at now: Instant) throws -> Tally {
    var tally = Tally()
    let today = CivilDay(now)
    let all = part.lines.compactMap { AccessLine($0) }.filter {
      (today.adding(days: -Self.oldestDays)...today.adding(days: 1)).contains($0.day)
    }
    tally.lines = part.lines.count + part.tooLong
    tally.broken = tally.lines - all.count
    let sites = try sites(of: Set(all.map(\.host)))
    var agents: [String: Agent] = [:]
    var hits: [(line: AccessLine, site: SiteID, agent: Agent, hit: Hit)] = []
    for line in all {
      guard let site = sites[line.host] else { continue }
      let agent = agents[line.agent] ?? Agent(line.agent)
      agents[line.agent] = agent
      hits.append((line, site, agent, Hit(line, agent)))
    }
    let lookup = try lookUp(
      pages: Set(
        hits.compactMap { if case .view(let path) = $0.hit { SiteSlug(site: $0.site, text: path) } else { nil } }),
      links: Set(
        hits.compactMap { if case .click(let code) = $0.hit { SiteSlug(site: $0.site, text: code) } else { nil } }),
      in: sites)
    let hash = VisitorHash(salts: try visitorSalts(Set(hits.map(\.line.day)), at: now))
    tally.owners = try owners(Set(hits.map { Tally.SiteDay(site: $0.site, day: $0.line.day) }))
    var counter = HitCounter(lookup: lookup, hash: hash, countries: countries, dashboard: dashboardHost)
    for (line, site, agent, hit) in hits { counter.count(line, site, agent, hit, &tally) }
    return tally
  }

  /// Those who were seen coming from the dashboard.
  private func owners(_ places: Set<Tally.SiteDay>) throws -> Set<Tally.Visitor> {
    let rows = try database.query(
      """
      SELECT day::text, site_id, encode(hash, 'hex') FROM customer.visitors
      WHERE own AND site_id = ANY(\(Set(places.map(\.site.uuid)).map { $0 }))
        AND day = ANY(\(Set(places.map(\.day.text)).sorted())::date[])
      """)
    return Set(
      try rows.compactMap { row in
        guard let day = CivilDay(try row.string(0)) else { return nil }
        return Tally.Visitor(place: .init(site: SiteID(try row.uuid(1)), day: day), hash: try row.string(2))
      })
  }

  private var dashboardHost: String {
    Referrer.host(settings.dashboard) ?? ""
  }
}

/// Counts one hit after the other.
struct HitCounter {
  let lookup: SiteLookup
  let hash: VisitorHash
  let countries: CountryDatabase?
  /// The host of the dashboard: who comes from there is the customer.
  let dashboard: String

  mutating func count(_ line: AccessLine, _ site: SiteID, _ agent: Agent, _ hit: Hit, _ tally: inout Tally) {
    let place = Tally.SiteDay(site: site, day: line.day)
    let referrer = Referrer.host(line.referrer)
    if case .leftOut(let reason) = hit {
      tally.add(.leftOut, reason.rawValue, at: place)
      return
    }
    let visitor = hash.text(line, site: site).map { Tally.Visitor(place: place, hash: $0) }
    if referrer == dashboard, let visitor { tally.owners.insert(visitor) }
    if referrer == dashboard || visitor.map(tally.owners.contains) == true {
      tally.add(.leftOut, LeftOut.own.rawValue, at: place)
      return
    }
    switch hit {
    case .view(let path):
      tally.totals[place, default: .init()].views += 1
      if let page = lookup.page(path, of: site) { tally.add(.page, page, at: place) }
    case .click(let code):
      tally.totals[place, default: .init()].clicks += 1
      if let link = lookup.link(code, of: site) { tally.add(.link, link, at: place) }
    case .scan, .leftOut: break
    }
    if line.isScan { tally.totals[place, default: .init()].scans += 1 }
    if let referrer, lookup.sites[referrer] != site, referrer != line.host { tally.add(.referrer, referrer, at: place) }
    if let visitor, tally.visitors[visitor] == nil, case .browser(let device) = agent {
      tally.visitors[visitor] = .init(device: device, country: countries?.country(of: line.address))
    }
  }
}
