import Bucket
import Database
import HTTP
package import Services

extension CustomerModule {
  /// How long a preview can be looked at: long enough for somebody to come back from a holiday.
  private static let previewSeconds: Int64 = 7 * 24 * 3600
  /// The most previews of a site at a time; beyond them the oldest goes.
  private static let previewLimit = 5

  /// Puts the draft under a host of its own that is hard to guess and not listed by anybody, for a week.
  ///
  /// The host's record says when it ends, so that it does so whatever runs then; the sweep takes the files later.
  package func createPreview(of site: SiteID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    var surplus: [String] = []
    let resource = try write(change) { transaction in
      try lockForPublishing(site, change.caller.customer, transaction)
      let name = PreviewName()
      let (source, now) = try snapshot(of: site, change.caller.customer, transaction)
      let expiry = now.adding(seconds: Self.previewSeconds)
      var content = try content(source, of: site, change.caller.customer, at: now, transaction)
      content.site.origin = settings.origin(host: settings.host(slug: name.text))
      content.site.isPreview = true
      try show(SiteRenderer.render(content, at: now), as: name, until: expiry, at: now)
      _ = try transaction.execute(
        """
        INSERT INTO customer.previews (name, site_id, created_at, expires_at)
        VALUES (\(name.text), \(site.uuid), \(Timestamp(now)), \(Timestamp(expiry)))
        """)
      surplus = try forgetPreviews(of: site, beyond: Self.previewLimit, transaction)
      let json: JSON = ["url": .string("\(content.site.origin)/"), "expires_at": .string(expiry.rfc3339)]
      return Resource(json: json.bytes, version: 0)
    }
    // Committed already; what cannot be removed now ends by itself.
    for name in surplus { try? removePreview(name) }
    return resource
  }

  /// The host's record comes first, so that whatever is left of a preview is found by it.
  private func show(
    _ rendered: RenderedSite, as name: PreviewName, until expiry: Instant, at now: Instant
  ) throws {
    let host = try host(name.text)
    let place = try Self.previewPlace(name.text)
    try bucket.writeHost(
      host, HostRecord(site: place, canonical: host, state: .preview, expires: Int(expiry.seconds)))
    let deploy = DeployName()
    try store(rendered, at: place, deploy, at: now)
    try bucket.activate(place, deploy.onVolume())
  }

  /// Forgets the oldest previews beyond so many.
  ///
  /// - Returns: their names; they are to be removed from the volume after the transaction.
  func forgetPreviews(of site: SiteID, beyond count: Int, _ transaction: Transaction) throws -> [String] {
    try transaction.query(
      """
      DELETE FROM customer.previews WHERE name IN (
        SELECT name FROM customer.previews WHERE site_id = \(site.uuid)
        ORDER BY created_at DESC, name OFFSET \(count))
      RETURNING name
      """
    ).map { try $0.string("name") }
  }

  /// Takes a preview from the volume.
  func removePreview(_ name: String) throws {
    try bucket.removeHost(host(name))
    try bucket.removeSite(Self.previewPlace(name))
  }

  /// Forgets the previews whose time is over; the volume's own sweep takes their files.
  func sweepPreviews() throws {
    _ = try database.execute("DELETE FROM customer.previews WHERE expires_at < now()")
  }

  private static func previewPlace(_ name: String) throws -> Bucket.SiteID {
    guard let place = Bucket.SiteID(name) else { throw Problem(.internalError) }
    return place
  }
}

/// The first label of a preview's host: `preview-` and 130 random bits. Sites cannot have such names.
struct PreviewName {
  let text: String

  /// A new name.
  init() {
    text = "preview-" + String((0..<26).map { _ in Self.digits.randomElement() ?? "a" })
  }

  /// Base 32 (RFC 4648) in small letters, as hosts are written.
  private static let digits = Array("abcdefghijklmnopqrstuvwxyz234567")
}
