import Bucket
import Database
import FoundationEssentials
import HTTP
import ImageCoding
import Jobs
import Services

/// The pictures of pages for previews elsewhere, and the site's icons. Publishing does not wait for them: a job draws
/// those that are missing and then has the site shown again, with them.
extension CustomerModule {
  /// The kind of the jobs that draw cards.
  package static let cardJob = "customer.cards"

  /// A person often publishes again right away; and others' jobs come first.
  private static let cardDelaySeconds = 30.0
  private static let cardPriority = 3
  /// How many a job draws before it lets others in.
  private static let cardsAtOnce = 40

  /// The cards that were drawn before of those that a site needs now, by key.
  func drawnCards(
    of site: SiteID, _ content: SiteContent, _ transaction: Transaction
  ) throws -> [String: SiteImage.Variant] {
    let drawings = content.drawings
    let keys = Array(drawings.keys)
    let rows = try transaction.query(
      """
      SELECT key, blob, size FROM customer.share_cards
      WHERE site_id = \(site.uuid) AND key = ANY(\(keys)) AND blob IS NOT NULL
      """)
    var drawn: [String: SiteImage.Variant] = [:]
    for row in rows {
      let key = try row.string("key")
      let (blob, size) = (try row.string("blob"), try row.int("size"))
      switch drawings[key] {
      case .card:
        drawn[key] = .init(width: CardOrder.width, height: CardOrder.height, format: .jpeg, blob: blob, size: size)
      case .icon(_, let side): drawn[key] = .init(width: side, height: side, format: .png, blob: blob, size: size)
      case nil: break
      }
    }
    return drawn
  }

  /// Has the missing cards of what is public now drawn, soon.
  func orderCards(of site: SiteID, _ content: SiteContent, _ transaction: Transaction) throws {
    guard settings.pictureEncoder.drawsCards else { return }
    let keys = Array(content.drawings.keys)
    _ = try transaction.execute(
      """
      UPDATE customer.share_cards SET used_at = now()
      WHERE site_id = \(site.uuid) AND key = ANY(\(keys)) AND used_at < now() - interval '1 day'
      """)
    let rows = try transaction.query(
      "SELECT count(*) FROM customer.share_cards WHERE site_id = \(site.uuid) AND key = ANY(\(keys))")
    if try rows[0].int(0) < keys.count { try enqueueCards(of: site, after: Self.cardDelaySeconds, transaction) }
  }

  private func enqueueCards(of site: SiteID, after seconds: Double, _ transaction: Transaction) throws {
    try jobs.enqueue(
      NewJob(
        kind: Self.cardJob, key: "\(Self.cardJob):\(site.text)", keyUntilTaken: true,
        payload: JSON.object([.init("site", .string(site.text))]).bytes, priority: Self.cardPriority,
        runAt: Timestamp.now.adding(seconds: seconds)),
      in: transaction)
  }

  /// Runs a job of cards: draws some of those that are missing; if more are, another job goes on.
  func drawCards(_ payload: [UInt8], _ context: JobContext) throws {
    guard let site = try JSONParser.parse(payload)["site"]?.stringValue.flatMap({ SiteID($0) }) else {
      throw Problem(.internalError)
    }
    let missing = try missingCards(of: site)
    if missing.isEmpty { return }
    let isWhole = try pictureEncoder.admitCard {
      for (key, drawing) in missing.prefix(Self.cardsAtOnce) {
        if context.isStopping { return false }
        try draw(drawing, key, of: site)
        try context.extendLease()
      }
      return missing.count <= Self.cardsAtOnce
    }
    try database.transaction { transaction in
      if isWhole == true {
        try scheduleRefresh(of: site, at: Instant.now, transaction)
      } else {
        // Others' cards are drawn just now, or there are more of these: one at a time, and nobody's all at once.
        try enqueueCards(of: site, after: isWhole == nil ? 10 : 0, transaction)
      }
    }
  }

  /// Those of the active version.
  private func missingCards(of site: SiteID) throws -> [(key: String, drawing: SiteDrawing)] {
    try database.transaction { transaction in
      let rows = try transaction.query(
        """
        SELECT s.customer_id, v.source FROM customer.sites s
        JOIN customer.versions v ON v.site_id = s.id AND v.number = s.published_version
        WHERE s.id = \(site.uuid)
        """)
      guard let row = rows.first, let source = try row.optionalBytes("source") else { return [] }
      let customer = CustomerID(try row.uuid("customer_id"))
      let drawings = try content(source, of: site, customer, at: Instant.now, transaction).drawings
      let known = try transaction.query(
        "SELECT key FROM customer.share_cards WHERE site_id = \(site.uuid) AND key = ANY(\(Array(drawings.keys)))"
      ).map { try $0.string("key") }
      return drawings.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  private func draw(_ drawing: SiteDrawing, _ key: String, of site: SiteID) throws {
    let drawn: StoredVariant?
    do {
      drawn = try store(draw(drawing)).first
    } catch let problem as Problem where problem.retryAfterSeconds == nil {
      // It would fail each time; the page does without.
      drawn = nil
    }
    _ = try database.execute(
      """
      INSERT INTO customer.share_cards (site_id, key, blob, size)
      SELECT id, \(key), \(drawn?.blob.description), \(drawn?.size)::int FROM customer.sites WHERE id = \(site.uuid)
      ON CONFLICT DO NOTHING
      """)
  }

  private func draw(_ drawing: SiteDrawing) throws -> EncodedImage {
    switch drawing {
    case .card(let card):
      let colors = card.palette
      return try pictureEncoder.draw(
        CardOrder(
          title: card.title, site: card.site, ground: colors.ground.text, ink: colors.ink.text,
          accent: colors.accent.text, picture: content(of: card.picture)))
    case .icon(let icon, let side):
      return try pictureEncoder.draw(
        IconOrder(
          side: side, letters: icon.letters, ground: icon.ground, ink: icon.ink, picture: content(of: icon.picture)))
    }
  }

  private func content(of picture: SiteImage.Variant?) throws -> [UInt8]? {
    try picture.flatMap { BlobID($0.blob) }.flatMap { try bucket.content(of: $0, limit: ImageLimits.fileBytes) }
  }

  /// Names the blobs of all cards that are there; asked by the sweep.
  func blobsOfCards(_ keep: (BlobID) -> Void) throws {
    var site = SiteID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    var key = ""
    while true {
      let rows = try database.query(
        """
        SELECT site_id, key, blob FROM customer.share_cards
        WHERE (site_id, key) > (\(site.uuid), \(key)) ORDER BY site_id, key LIMIT 1000
        """)
      guard !rows.isEmpty else { return }
      for row in rows {
        if let blob = try row.optionalString("blob").flatMap({ BlobID($0) }) { keep(blob) }
        site = SiteID(try row.uuid("site_id"))
        key = try row.string("key")
      }
    }
  }

  /// Forgets cards that no version has named for a month; their files go with the next sweep of the volume.
  func sweepCards() throws {
    _ = try database.execute("DELETE FROM customer.share_cards WHERE used_at < now() - interval '30 days'")
  }
}
