import Archive
import Bucket
import Database
import HTTP
import ImageCoding
import Services

/// Writes all that a customer has into a ZIP, one part after the other.
struct ExportWriting {
  let module: CustomerModule
  let customer: CustomerID
  let now: Instant
  let zip: ZipWriter
  /// Called between parts; may throw to end it.
  let progress: () throws -> Void

  func run() throws {
    try zip.add("README.txt", Array(ExportReadme.text.utf8))
    try progress()
    let data = ExportData(database: module.database, customer: customer, module: module, zip: zip, progress: progress)
    let images = try data.write(now: now)
    for image in images {
      try progress()
      try add(image.path, image.blob)
    }
    for site in try sites() {
      try progress()
      try addSite(site)
    }
  }

  /// A content that is on the volume; a picture is compressed already. One that is lost is left out: leaving must be
  /// possible all the same.
  private func add(_ path: String, _ blob: BlobID) throws {
    guard let bytes = try module.bucket.content(of: blob, limit: ImageLimits.reportBytes) else { return }
    try zip.add(path, bytes, isDense: true)
  }

  private func sites() throws -> [SiteID] {
    try module.database.query("SELECT id FROM customer.sites WHERE customer_id = \(customer.uuid) ORDER BY id")
      .map { SiteID(try $0.uuid("id")) }
  }

  /// The files of a site as any web server serves them: as visitors see it, or the draft of one that is not public.
  private func addSite(_ site: SiteID) throws {
    // Deleted meanwhile: not there any more.
    guard let (slug, content) = try module.exportedContent(of: site, customer, at: now) else { return }
    let rendered = SiteRenderer.render(content, at: now)
    let root = "site/\(slug)"
    for file in rendered.files {
      try zip.add(root + Self.fileName(file.path), file.bytes, isDense: file.mediaType == "font/woff2")
    }
    for medium in rendered.media {
      guard let blob = BlobID(medium.blob) else { throw Problem(.internalError) }
      try progress()
      try add(root + medium.path, blob)
    }
  }

  /// What servers answer an address with that ends in a slash.
  private static func fileName(_ path: String) -> String {
    path.hasSuffix("/") ? "\(path)index.html" : path
  }
}

extension CustomerModule {
  /// What of a site goes into an export; nil when there is no such site.
  fileprivate func exportedContent(
    of site: SiteID, _ customer: CustomerID, at now: Instant
  ) throws -> (slug: String, content: SiteContent)? {
    try database.transaction(readOnly: true) { transaction in
      let rows = try transaction.query(
        """
        SELECT s.slug, v.source FROM customer.sites s
        LEFT JOIN customer.versions v ON v.site_id = s.id AND v.number = s.published_version
        WHERE s.id = \(site.uuid) AND s.customer_id = \(customer.uuid)
        """)
      guard let row = rows.first else { return nil }
      let source = try row.optionalBytes("source") ?? snapshot(of: site, customer, transaction).source
      var content = try content(source, of: site, customer, at: now, transaction)
      content.site.isExport = true
      return (try row.string("slug"), content)
    }
  }
}
