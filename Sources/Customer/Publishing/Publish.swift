import Bucket
import Compression
import Database
import HTTP
package import Services

extension CustomerModule {
  /// Makes the draft public, now or at a moment to come.
  package func publish(_ site: SiteID, _ change: Change) throws -> Publication {
    var reader = try ObjectReader(change.body)
    let note = reader.optionalString("note", maximum: 200) ?? ""
    let moment = reader.plannedMoment("at") ?? nil
    try reader.finish()
    if let moment { return .planned(try planPublishing(of: site, at: moment, note: note, change)) }
    let resource = try write(change) { transaction in
      try lockForPublishing(site, change.caller.customer, transaction)
      return try publishDraft(of: site, change.caller.customer, by: change.caller.user, note: note, transaction)
    }
    try activate(site)
    return .published(resource)
  }

  /// Renders the draft, stores the version on the volume, records it, and has the pointer flipped; the site's row is
  /// locked.
  ///
  /// The database decides which version is active, in one transaction with its record; the pointer follows. Killed at
  /// any moment, the site shows one whole version, and a job brings the pointer to what was committed.
  ///
  /// - Parameter user: whose version it is; nil when that person is gone.
  func publishDraft(
    of site: SiteID, _ customer: CustomerID, by user: UserID?, note: String, _ transaction: Transaction
  ) throws -> Resource {
    try refuseWithoutImprint(customer, transaction)
    try noteLegalEditions(of: site, customer, transaction)
    let (source, now) = try snapshot(of: site, customer, transaction)
    let content = try content(source, of: site, customer, at: now, transaction)
    let deploy = DeployName()
    try store(SiteRenderer.render(content, at: now), at: site.onVolume(), deploy, at: now)
    let rows = try transaction.query(
      """
      WITH added AS (
        INSERT INTO customer.versions (site_id, number, deploy, note, created_by, created_at, source, origin)
        SELECT \(site.uuid), coalesce(max(number), 0) + 1, \(deploy.text), \(note), \(user?.uuid),
          \(Timestamp(now)), \(String(decoding: source, as: UTF8.self)), \(content.site.origin)
        FROM customer.versions WHERE site_id = \(site.uuid)
        RETURNING *
      ), flipped AS (
        UPDATE customer.sites s SET published_version = added.number, published_at = added.created_at,
          schedule_failure = NULL, schedule_failed_at = NULL
        FROM added WHERE s.id = added.site_id
      )
      SELECT \(Self.versionJSON(active: "true")) FROM added v
      """)
    let resource = try rows.resource()
    try noteVersion(.sitePublished, resource.version, of: site, customer, by: user, transaction)
    try noteForms(source, of: site, transaction)
    try keepNewest(of: site, customer, transaction)
    try tellOthers(of: site, customer, changedBy: user, version: resource.version, note: note, transaction)
    try scheduleRefresh(of: site, at: content.nextChange, transaction)
    try orderCards(of: site, content, transaction)
    try enqueueActivation(of: site, transaction)
    return resource
  }

  /// Publishing reads the draft and numbers the version while nobody else writes to the site.
  ///
  /// - Throws: ``Problem`` of 402 when the site is paused.
  func lockForPublishing(_ site: SiteID, _ customer: CustomerID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      "SELECT paused FROM customer.sites WHERE id = \(site.uuid) AND customer_id = \(customer.uuid) FOR UPDATE")
    guard let row = rows.first else { throw Problem(.notFound) }
    guard try row.bool("paused") else { return }
    let limit = try billing.entitlements(of: customer, in: transaction).limits.sites
    throw limitReached("sites", \.sites, limit)
  }

  func noteVersion(
    _ action: Activity, _ number: Int64, of site: SiteID, _ customer: CustomerID, by user: UserID?,
    _ transaction: Transaction
  ) throws {
    let title = try transaction.query("SELECT title FROM customer.sites WHERE id = \(site.uuid)").first?.string("title")
    try note(
      action, of: customer, by: user, subject: title, details: ["version": .integer(number)], in: transaction)
  }

  /// § 5 DDG: who acts in business is named on the site.
  private func refuseWithoutImprint(_ customer: CustomerID, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT c.kind, l.content::text AS content FROM customer.customers c
      LEFT JOIN customer.legal_texts l ON l.customer_id = c.id AND l.kind = 'imprint'
      WHERE c.id = \(customer.uuid)
      """)
    guard let row = rows.first else { throw Problem(.notFound) }
    guard try row.string("kind") == CustomerNature.business.rawValue else { return }
    let content = try row.optionalBytes("content").map { try JSONParser.parse($0) }
    guard let content, LegalTextInput.isComplete(content, .imprint) else { throw Problem(.imprintMissing) }
  }

  /// Writes the files in all their encodings, and the manifest that names them; durable when it returns. What the
  /// active version has under the same address is neither encoded nor written again.
  func store(_ rendered: RenderedSite, at place: Bucket.SiteID, _ deploy: DeployName, at now: Instant) throws {
    let active = try bucket.activeManifest(place)
    var manifest = Manifest(
      notFoundPath: rendered.notFoundPath, contentSecurityPolicy: rendered.contentSecurityPolicy)
    var blobs: [StagedBlob] = []
    for file in rendered.files {
      let content = StagedBlob(content: file.bytes)
      if let known = active?.files[file.path], known.blob == content.blob, known.mediaType == file.mediaType {
        manifest.files[file.path] = known
        continue
      }
      // WOFF2 is Brotli inside.
      let isDense = file.mediaType == "font/woff2"
      let brotli = isDense ? nil : Compression.brotli(file.bytes, quality: 5)
      let gzip = isDense ? nil : Compression.gzip(file.bytes)
      blobs.append(content)
      if let brotli { blobs.append(StagedBlob(encoded: brotli, .brotli, of: content.blob)) }
      if let gzip { blobs.append(StagedBlob(encoded: gzip, .gzip, of: content.blob)) }
      manifest.files[file.path] = Manifest.File(
        blob: content.blob, size: file.bytes.count, brotliSize: brotli?.count, gzipSize: gzip?.count,
        mediaType: file.mediaType, cache: file.caching == .immutable ? .immutable : .revalidate,
        lastModified: Int(now.seconds))
    }
    for medium in rendered.media {
      guard let blob = BlobID(medium.blob) else { throw Problem(.internalError) }
      manifest.files[medium.path] = Manifest.File(
        blob: blob, size: medium.size, mediaType: medium.mediaType, cache: .immutable, lastModified: 0)
    }
    for redirect in rendered.redirects {
      manifest.redirects[redirect.from] = Manifest.Redirect(location: redirect.to, status: redirect.status)
    }
    manifest.links = Self.links(rendered.shortLinks)
    try stage(manifest, blobs: blobs, at: place, deploy)
  }

  /// Stores a version on the volume without making it active.
  ///
  /// - Throws: ``Problem`` of 409 when its paths and short links are more than the edge reads of one site: something that
  ///   its owner can change, for jobs as for who waits.
  func stage(
    _ manifest: Manifest, blobs: [StagedBlob] = [], at place: Bucket.SiteID, _ deploy: DeployName
  ) throws {
    let name = try deploy.onVolume()
    do {
      try bucket.stage(place, name, manifest, blobs: blobs)
    } catch .manifestTooLarge {
      throw Problem(.siteTooLarge)
    }
  }
}

/// A version's name on the volume: never used twice, so that what it names never changes.
struct DeployName {
  let text: String

  /// A new name.
  init() {
    text = Identifier<DeployName>.new().text
  }

  init(stored text: String) {
    self.text = text
  }

  func onVolume() throws -> VersionName {
    guard let name = VersionName(text) else { throw Problem(.internalError) }
    return name
  }
}
