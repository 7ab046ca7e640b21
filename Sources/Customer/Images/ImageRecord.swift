import Bucket
import Database
import HTTP
import ImageCoding
package import Services

extension CustomerModule {
  /// An image as the API shows it, from `customer.images i`.
  private static let imageJSON: SQL = """
    json_build_object('id', i.id, 'name', i.name, 'alt', i.alt, 'width', i.width, 'height', i.height, 'bytes', i.bytes,
      'variants', (
        SELECT json_agg(json_build_object('width', v->'width', 'height', v->'height', 'format', v->'format',
          'size', v->'size',
          'url', '/api/images/' || i.id || '/file/' || (v->>'width') || '.' || (v->>'format')) ORDER BY place)
        FROM jsonb_array_elements(i.variants) WITH ORDINALITY AS each (v, place)),
      'used_by', (SELECT count(*) FROM used WHERE used.image = i.id::text),
      'version', i.version, 'created_at', customer.rfc3339(i.created_at),
      'updated_at', customer.rfc3339(i.updated_at))::text AS json, i.version
    """

  package func images(_ page: ListPage, _ caller: Caller) throws -> [UInt8] {
    let last = "ffffffff-ffff-ffff-ffff-ffffffffffff"
    guard let before = ImageID(page.after ?? last) else { throw Problem(.unknownParameter) }
    return try database.query(
      """
      WITH used AS MATERIALIZED (\(Self.imageUses(of: caller.customer)))
      SELECT \(Self.imageJSON), i.id AS cursor FROM customer.images i
      WHERE i.customer_id = \(caller.customer.uuid) AND i.id < \(before.uuid)
      ORDER BY i.id DESC LIMIT \(page.limit + 1)
      """
    ).list(page) { try ImageID($0.uuid("cursor")).text }
  }

  package func image(_ image: ImageID, _ caller: Caller) throws -> Resource {
    try database.query(Self.oneImage(image, caller)).resource()
  }

  /// The same as the change in this transaction made it.
  func image(
    _ image: ImageID, _ caller: Caller, _ transaction: Transaction, location: String? = nil
  ) throws -> Resource {
    try transaction.query(Self.oneImage(image, caller)).resource(location: location)
  }

  private static func oneImage(_ image: ImageID, _ caller: Caller) -> SQL {
    """
    WITH used AS MATERIALIZED (\(imageUses(of: caller.customer)))
    SELECT \(imageJSON) FROM customer.images i
    WHERE i.id = \(image.uuid) AND i.customer_id = \(caller.customer.uuid)
    """
  }

  package func updateImage(_ image: ImageID, _ change: Change) throws -> Resource {
    var reader = try ObjectReader(change.body)
    let name = reader.optionalString("name", minimum: 1, maximum: 200)
    let alt = reader.nullableString("alt", maximum: 500)
    try reader.finish()
    return try write(change) { transaction in
      let changed = try transaction.execute(
        """
        UPDATE customer.images SET name = coalesce(\(name), name),
          alt = CASE WHEN \(alt != nil) THEN \(alt ?? nil) ELSE alt END,
          version = version + 1, updated_at = clock_timestamp()
        WHERE id = \(image.uuid) AND customer_id = \(change.caller.customer.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        """)
      let resource = try self.image(image, change.caller, transaction)
      guard changed == 1 else { throw Problem(.stale) }
      if alt != nil { try noteEdit(ofSitesUsing: image, change.caller, transaction) }
      return resource
    }
  }

  /// Deletes a picture that nothing names any more. Published versions keep showing it: its files go with the last
  /// version that names them.
  package func deleteImage(_ image: ImageID, _ change: Change) throws {
    var reader = try ObjectReader(change.body)
    try reader.finish()
    try database.transaction { transaction in
      // Whoever puts a picture somewhere holds one of these locks while it is checked to be there.
      try lockSites(of: change.caller.customer, transaction)
      _ = try self.image(image, change.caller, transaction)
      try refuseUsed(image, change.caller, transaction)
      let deleted = try transaction.execute(
        """
        DELETE FROM customer.images
        WHERE id = \(image.uuid) AND customer_id = \(change.caller.customer.uuid)
          AND (\(change.condition.versions)::bigint[] IS NULL OR version = ANY(\(change.condition.versions)))
        """)
      guard deleted == 1 else { throw Problem(.stale) }
    }
  }

  package func imageFile(_ file: ImageFileName, of image: ImageID, _ caller: Caller) throws -> ImageFile {
    let rows = try database.query(
      """
      SELECT v->>'blob' AS blob, v->>'format' AS format
      FROM customer.images i, jsonb_array_elements(i.variants) v
      WHERE i.id = \(image.uuid) AND i.customer_id = \(caller.customer.uuid)
        AND (v->>'width')::int = \(file.width) AND v->>'format' = \(file.format)
      """)
    guard let row = rows.first, let blob = BlobID(try row.string("blob")),
      let format = EncodedImage.Format(rawValue: try row.string("format"))
    else { throw Problem(.notFound) }
    guard let bytes = try bucket.content(of: blob, limit: ImageLimits.reportBytes) else {
      throw BucketError.corrupt("blob \(blob) of image \(image.text) is missing")
    }
    return ImageFile(bytes: bytes, mediaType: format.mediaType, tag: String(blob.description.prefix(32)))
  }
}
