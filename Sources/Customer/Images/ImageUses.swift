import Bucket
import Database
import FoundationEssentials
import HTTP
import Services

/// Where pictures stand: in the blocks of pages, and in the profile.
extension CustomerModule {
  /// A row of `image` (its id as text), `site` and `page` (null for the profile) for each place of a customer.
  static func imageUses(of customer: CustomerID) -> SQL {
    """
    SELECT named.image, s.id AS site, p.id AS page
    FROM customer.sites s
    JOIN customer.pages p ON p.site_id = s.id
    CROSS JOIN LATERAL customer.named_images(p.blocks) AS named (image)
    WHERE s.customer_id = \(customer.uuid)
    UNION ALL
    SELECT content->>'picture', NULL, NULL FROM customer.profiles
    WHERE customer_id = \(customer.uuid) AND content->>'picture' IS NOT NULL
    """
  }

  /// - Throws: ``Problem`` of 409 that names up to ten places where the picture is used.
  func refuseUsed(_ image: ImageID, _ caller: Caller, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      WITH used AS (\(Self.imageUses(of: caller.customer)))
      SELECT used.site, used.page, s.title AS site_title, p.title AS page_title
      FROM used LEFT JOIN customer.sites s ON s.id = used.site LEFT JOIN customer.pages p ON p.id = used.page
      WHERE used.image = \(image.text)
      ORDER BY s.title NULLS FIRST, p.position LIMIT 10
      """)
    if rows.isEmpty { return }
    let places = try rows.map { row -> JSON in
      guard let site = try row.optionalUUID("site"), let page = try row.optionalUUID("page") else {
        return ["what": "profile"]
      }
      return [
        "what": "page", "site_id": .string(SiteID(site).text), "page_id": .string(PageID(page).text),
        "site": .string(try row.string("site_title")), "page": .string(try row.string("page_title")),
      ]
    }
    throw Problem(.inUse, members: [.init("used_by", .array(places))])
  }

  /// Refuses what a body names and what is no picture of the caller's. The lock that deleting a picture takes as well
  /// (the site's or the customer's row) must be held.
  ///
  /// - Parameter named: pictures by the place in the body where each is named.
  func refuseUnknownImages(
    _ named: [(pointer: String, image: ImageID)], _ caller: Caller, _ transaction: Transaction
  ) throws {
    if named.isEmpty { return }
    let rows = try transaction.query(
      """
      SELECT id FROM customer.images
      WHERE customer_id = \(caller.customer.uuid) AND id = ANY(\(named.map(\.image.uuid)))
      """)
    let known = Set(try rows.map { ImageID(try $0.uuid("id")) })
    let unknown = named.filter { !known.contains($0.image) }
    if !unknown.isEmpty { throw Problem(invalid: unknown.map { FieldError($0.pointer, .invalid) }) }
  }

  /// A picture's text stands on published pages: their sites have unpublished changes now.
  func noteEdit(ofSitesUsing image: ImageID, _ caller: Caller, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      WITH used AS (\(Self.imageUses(of: caller.customer)))
      UPDATE customer.sites s SET edited_at = clock_timestamp()
      WHERE s.customer_id = \(caller.customer.uuid) AND EXISTS (
        SELECT 1 FROM used WHERE used.image = \(image.text) AND (used.site = s.id OR used.site IS NULL))
      """)
  }

  /// Names the blobs of all pictures that are there; asked by the sweep.
  func blobsOfImages(_ keep: (BlobID) -> Void) throws {
    var after = ImageID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    while true {
      let rows = try database.query(
        "SELECT id, variants::text AS variants FROM customer.images WHERE id > \(after.uuid) ORDER BY id LIMIT 500")
      guard !rows.isEmpty else { return }
      for row in rows {
        for variant in try JSONParser.parse(row.bytes("variants")).arrayValue ?? [] {
          if let blob = BlobID(variant.text("blob")) { keep(blob) }
        }
        after = ImageID(try row.uuid("id"))
      }
    }
  }

  /// The pictures that a site's pages and the profile name, as a snapshot keeps them; from `customer.sites s`.
  static let snapshotImages: SQL = """
    SELECT coalesce(json_object_agg(i.id, json_build_object(
      'alt', coalesce(i.alt, ''), 'width', i.width, 'height', i.height, 'variants', i.variants)), '{}')
    FROM customer.images i
    WHERE i.customer_id = s.customer_id AND i.id::text IN (
      SELECT customer.named_images(p.blocks) FROM customer.pages p WHERE p.site_id = s.id AND NOT p.paused
      UNION ALL
      SELECT content->>'picture' FROM customer.profiles WHERE customer_id = s.customer_id)
    """
}
