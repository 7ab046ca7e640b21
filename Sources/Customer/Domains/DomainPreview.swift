import DNS
import Database
import DomainNames
import HTTP
import HTTPClient
import Locks
package import Services

extension CustomerModule {
  package func previewDomain(_ change: Change) throws -> [UInt8] {
    var reader = try ObjectReader(change.body)
    let host = reader.domainHost(own: ownHosts)
    try reader.finish()
    guard let ours = settings.domains else { throw Problem(.domainsOff) }
    guard let host else { throw Problem(invalid: [FieldError("/host", .invalidDomain)]) }
    let labels = try database.query(
      "SELECT label FROM customer.domains WHERE customer_id = \(change.caller.customer.uuid) ORDER BY id LIMIT 1")
    let preview = DomainPreview(
      host: host, dns: dns.bounded(milliseconds: DomainPreview.milliseconds), client: previewClient,
      ours: ours, sitesHost: settings.sitesHost,
      target: try labels.first.map { target(try $0.string("label")) }, authorities: ours.certificateAuthorities,
      words: PreviewWords(change.caller.language))
    guard let document = previews.run(for: change.caller.customer, { preview.json }) else {
      throw Problem(.overloaded, retryAfterSeconds: 5)
    }
    return document.bytes
  }
}

/// What is under a host now, and what leading it here would change.
struct DomainPreview {
  /// So long all of it may take: what is not known by then counts as not asked.
  static let milliseconds = 10_000
  private static let pageMilliseconds = 4000

  let host: DomainHost
  let dns: DNSClient
  /// Nil: nobody looks at what is served there.
  let client: HTTPClient?
  let ours: DomainSettings
  let sitesHost: String
  let target: String?
  /// As CAA records name the certificate authority.
  let authorities: [String]
  let words: PreviewWords
  private let end = ContinuousClock.now + .milliseconds(DomainPreview.milliseconds)

  /// What one host leads to.
  private struct Place {
    let name: String
    var addresses: [String] = []
    var chain: [String] = []
    var ttl: Int?
    var isKnown = true
    var page: (status: Int?, title: String?)?

    func isOurs(_ ours: DomainSettings) -> Bool {
      !addresses.isEmpty && addresses.allSatisfy(ours.addresses.contains)
    }
  }

  var json: JSON {
    let names = [host.name] + (host.www.map { [$0.name] } ?? [])
    let servers = nameServers
    // Somebody waits for this: where nobody answers, one try is enough.
    var places = names.map { servers == nil ? Place(name: $0, isKnown: false) : place($0) }
    let mail = servers == nil ? nil : mailHosts
    let caa = servers == nil ? nil : authorityRecords
    let security = servers == nil ? "unknown" : dnssec
    // What is ours already needs no look, and nothing is there without an address.
    for index in places.indices where !places[index].addresses.isEmpty && !places[index].isOurs(ours) {
      places[index].page = page(places[index].name)
    }
    return [
      "host": .string(host.name), "name": .string(DomainNames.unicodeDomain(host.name)),
      "registrable": .string(host.registrable), "hosts": .array(places.map(json)),
      "mx": Self.list(mail ?? []), "caa": Self.list((caa ?? []).map(\.text)),
      "caa_allows": caa.map { .bool(allows($0)) } ?? .null, "dnssec": .string(security),
      "nameservers": Self.list(servers ?? []), "warnings": .array(warnings(places, mail ?? [], caa)),
      "records": .array(places.flatMap(records).map(\.json)),
    ]
  }

  // MARK: - What is there

  private func place(_ name: String) -> Place {
    var place = Place(name: name)
    do throws(DNSFailure) {
      for type in [DNSRecordType.a, .aaaa] {
        let answer = try dns.query(name, type)
        if place.chain.isEmpty { place.chain = answer.chain }
        place.addresses += answer.addresses
        place.ttl = (answer.records.map(\.ttl) + (place.ttl.map { [$0] } ?? [])).max()
      }
    } catch {
      place.isKnown = false
    }
    return place
  }

  /// What a visitor gets there now, by the client that connects to public addresses only.
  private func page(_ name: String) -> (status: Int?, title: String?)? {
    guard let client else { return nil }
    for scheme in ["https", "http"] {
      let remaining = Int((end - .now) / .milliseconds(1))
      guard remaining > 0 else { return nil }
      do throws(HTTPClientError) {
        let accept = (name: "Accept", value: "text/html,*/*;q=0.8")
        let response = try client.send(
          .init(
            "GET", "\(scheme)://\(name)/", headers: [accept],
            totalMilliseconds: min(remaining, Self.pageMilliseconds)))
        return (response.status, PageTitle.find(response.body))
      } catch {
        continue
      }
    }
    return (nil, nil)
  }

  private var mailHosts: [String]? {
    do throws(DNSFailure) {
      return try dns.query(host.name, .mx).records.compactMap { record in
        if case .mx(_, let host) = record.value { host.isEmpty ? nil : host } else { nil }
      }.sorted()
    } catch {
      return nil
    }
  }

  private struct AuthorityRecord {
    let tag: String
    let value: String
    var text: String { "\(tag) \(value)" }
  }

  /// The nearest set at the host or above it decides (RFC 8659, section 3); nil: it could not be asked.
  private var authorityRecords: [AuthorityRecord]? {
    var labels = host.name.split(separator: ".")[...]
    do throws(DNSFailure) {
      while labels.count > 1 {
        let found = try dns.query(labels.joined(separator: "."), .caa).records.compactMap { record in
          if case .caa(_, let tag, let value) = record.value { AuthorityRecord(tag: tag, value: value) } else { nil }
        }
        if !found.isEmpty { return found }
        labels = labels.dropFirst()
      }
      return []
    } catch {
      return nil
    }
  }

  /// Without a record `issue` nothing is forbidden.
  private func allows(_ records: [AuthorityRecord]) -> Bool {
    let issuers = records.filter { $0.tag == "issue" }.map {
      String($0.value.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
    }
    return issuers.isEmpty || issuers.contains(where: authorities.contains)
  }

  private var dnssec: String {
    do throws(DNSFailure) {
      return try dns.query(host.registrable, .ds).records.isEmpty ? "unsigned" : "signed"
    } catch {
      return "unknown"
    }
  }

  /// Nil: nobody answers in time.
  private var nameServers: [String]? {
    do throws(DNSFailure) {
      return try dns.query(host.registrable, .ns).records.compactMap { record in
        if case .name(let name) = record.value { name } else { nil }
      }.sorted()
    } catch {
      return error == .timeout ? nil : []
    }
  }

  // MARK: - What it means

  private func json(_ place: Place) -> JSON {
    [
      "host": .string(place.name), "addresses": Self.list(place.addresses), "cname": JSON(place.chain.first),
      "ttl": place.ttl.map { .integer(Int64($0)) } ?? .null,
      "serves": place.page.map {
        ["status": $0.status.map { .integer(Int64($0)) } ?? .null, "title": JSON($0.title)]
      } ?? .null,
      "points_here": .bool(place.isOurs(ours)),
    ]
  }

  private func warnings(_ places: [Place], _ mail: [String], _ caa: [AuthorityRecord]?) -> [JSON] {
    var found: [PreviewWords.Warning] = []
    if places.contains(where: { !$0.isKnown }) || caa == nil { found.append(.notAsked) }
    for place in places where (place.page?.status).map({ (200..<400).contains($0) }) == true {
      found.append(.liveSite(place.name, place.page?.title))
    }
    if !mail.isEmpty { found.append(.mail) }
    if let caa, !allows(caa) { found.append(.certificates(authorities.joined(separator: ", "))) }
    let foreign6 = places.contains { $0.addresses.contains { $0.contains(":") && !ours.addresses.contains($0) } }
    if foreign6 { found.append(.foreignIPv6) }
    if let ttl = places.compactMap(\.ttl).max(), ttl > 3600 { found.append(.slow(hours: (ttl + 3599) / 3600)) }
    return found.map(words.json)
  }

  private func records(_ place: Place) -> [DomainRecord] {
    var seen = DomainSeen()
    (seen.chain, seen.addresses) = (place.chain, place.addresses)
    let isDone = place.chain.contains { $0 == target } || (place.isOurs(ours) && place.chain.isEmpty)
    seen.address =
      !place.isKnown ? .unknown : isDone ? .ok : place.addresses.isEmpty && place.chain.isEmpty ? .missing : .wrong
    return DomainRecords(host: place.name, registrable: host.registrable, addresses: ours, target: target)
      .addresses(seen)
  }

  private static func list(_ texts: [String]) -> JSON { .array(texts.prefix(32).map { .string($0) }) }
}
