import Database
import HTTP
import HTTPClient
import Locks
package import Services

extension CustomerModule {
  package func previewImport(_ upload: ImportUpload) throws -> [UInt8] {
    if upload.kind == .export { return try previewExport(upload) }
    let found = try find(in: upload.read().bytes, upload.kind)
    return try database.transaction(readOnly: true) { transaction in
      try preview(of: found, upload.caller, transaction).bytes
    }
  }

  /// Reads what is sent, or what stands at the address that is sent.
  private func find(in bytes: [UInt8], _ kind: ImportUpload.Kind) throws -> FoundContent {
    switch kind {
    case .page, .export: return FoundContent(outline: try pictureEncoder.outline(ofPage: bytes), address: nil)
    case .table: return try FoundContent(table: bytes)
    case .document:
      let body = try importBody(bytes)
      guard body["url"] != nil else { return try FoundContent(document: body) }
      var reader = try ObjectReader(body)
      let address = reader.link("url")
      if let address, address.host == nil { reader.refuse("url", .invalidURL) }
      try reader.finish()
      guard let address else { throw Problem(.internalError) }
      return FoundContent(outline: try pictureEncoder.outline(ofPage: page(at: address)), address: address)
    }
  }

  func importBody(_ bytes: [UInt8]) throws -> JSON {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw Problem(.malformedJSON, members: [.init("offset", .integer(Int64(error.offset)))])
    }
  }

  /// Fetches a page of somebody else's, by the client that reaches public addresses only.
  ///
  /// - Throws: ``Problem`` of 422 for whatever is no page, without a word on why: what stands in private networks must
  ///   not be told from what does not.
  private func page(at address: WebLink) throws -> [UInt8] {
    guard let pageClient else { throw Problem(.importUnreachable) }
    let accept = (name: "Accept", value: "text/html,application/xhtml+xml;q=0.9")
    let answer: HTTPClient.Response
    do {
      // One host is asked once a second: who waits for that must not be many.
      let result = try pagesBeingFetched.run { () throws(HTTPClientError) in
        try pageClient.send(.init("GET", address.ascii, headers: [accept]))
      }
      guard let result else { throw HTTPClientError.busy }
      answer = result
    } catch HTTPClientError.busy {
      throw Problem(.overloaded, retryAfterSeconds: 5)
    } catch is HTTPClientError {
      throw Problem(.importUnreachable)
    }
    let type = answer.header("content-type")?.split(separator: ";").first?.filter { $0 != " " }.lowercased()
    guard answer.status == 200, ["text/html", "application/xhtml+xml"].contains(type), !answer.body.isEmpty else {
      throw Problem(.importUnreachable)
    }
    return answer.body
  }

  private func preview(of found: FoundContent, _ caller: Caller, _ transaction: Transaction) throws -> JSON {
    let present = try profileContent(of: caller.customer, transaction)
    let profile = try found.profile.map { field, value -> JSON in
      let isValid = try ProfileInput.checked(field, .string(value)) != nil
      let state = !isValid ? "invalid" : ProfileInput.isEmpty(present[field]) ? "new" : "kept"
      return ["field": .string(field), "value": .string(value), "state": .string(state)]
    }
    return try [
      "source": .string(found.source.rawValue), "profile": .array(profile),
      "links": .array(links(of: found, caller, transaction)), "legal": [], "sites": [], "images": 0,
      "room": room(caller, transaction), "left_out": found.omissions.json(caller.language),
    ]
  }

  /// Each link with what would become of it: made, passed over as one that is there already, or left out.
  private func links(of found: FoundContent, _ caller: Caller, _ transaction: Transaction) throws -> [JSON] {
    let checked = try found.links.map { try $0.checked() }
    let rows = try transaction.query(
      """
      SELECT DISTINCT l.url, l.site_id FROM customer.links l JOIN customer.sites s ON s.id = l.site_id
      WHERE s.customer_id = \(caller.customer.uuid) AND l.url = ANY(\(checked.compactMap { $0.link?.url?.text }))
      """)
    var places: [String: [JSON]] = [:]
    for row in rows { try places[row.string("url"), default: []].append(.string(SiteID(row.uuid("site_id")).text)) }
    var seen: Set<String> = []
    return zip(found.links, checked).map { link, check in
      let url = check.link?.url?.text
      let state = url.map { seen.insert($0).inserted ? "new" : "twice" } ?? "invalid"
      return [
        "title": .string(link.title), "url": .string(url ?? link.url), "group": JSON(link.group),
        "state": .string(state), "reason": JSON(check.fault?.detail(caller.language)),
        "sites": .array(url.flatMap { places[$0] } ?? []),
      ]
    }
  }

  /// How much more the plan allows: new sites with their pages and links, and links of each site.
  func room(_ caller: Caller, _ transaction: Transaction) throws -> JSON {
    let limits = try billing.entitlements(of: caller.customer, in: transaction).limits
    let rows = try transaction.query(
      """
      SELECT s.id, s.title, (SELECT count(*) FROM customer.links WHERE site_id = s.id) AS links
      FROM customer.sites s WHERE s.customer_id = \(caller.customer.uuid) ORDER BY s.id
      """)
    let sites = try rows.map { row -> JSON in
      let left = max(0, limits.links - Int(try row.int("links")))
      return [
        "id": .string(SiteID(try row.uuid("id")).text), "title": .string(try row.string("title")),
        "links": .integer(Int64(left)),
      ]
    }
    return [
      "new_sites": .integer(Int64(max(0, limits.sites - rows.count))), "pages": .integer(Int64(limits.pages)),
      "links": .integer(Int64(limits.links)), "sites": .array(sites),
    ]
  }
}
