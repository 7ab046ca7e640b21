import Bucket
import Database
import HTTP
import ImageCoding
package import Services

extension CustomerModule {
  /// Takes a picture: writes it anew, stores that on the volume, and then records it. What was sent itself is not kept.
  package func addImage(_ upload: ImageUpload) throws -> Resource {
    try pictureEncoder.admit {
      let (image, idempotency) = try encode(upload)
      let change = Change(caller: upload.caller, body: [:], condition: .any, idempotency: idempotency)
      let variants = try store(image)
      return try write(change) { try insert(variants, upload, $0) }
    }
  }

  /// Reads and encodes; what was sent is let go when this returns.
  private func encode(_ upload: ImageUpload) throws -> (EncodedImage, Idempotency?) {
    let (bytes, idempotency) = try upload.read()
    return (try pictureEncoder.encode(bytes), idempotency)
  }

  /// Puts all variants on the volume; durable when it returns. If no row follows, the sweep takes them later.
  func store(_ image: EncodedImage) throws -> [StoredVariant] {
    let blobs = image.variants.map { StagedBlob(content: $0.bytes) }
    try bucket.store(blobs)
    return zip(image.variants, blobs).map { StoredVariant($0, blob: $1.blob) }
  }

  private func insert(
    _ variants: [StoredVariant], _ upload: ImageUpload, _ transaction: Transaction
  ) throws -> Resource {
    let id = ImageID.new()
    // The customer's row is the lock for number and bytes.
    _ = try transaction.query(
      "SELECT 1 FROM customer.customers WHERE id = \(upload.caller.customer.uuid) FOR NO KEY UPDATE")
    try insert(
      ImportedPicture(id: id, name: upload.name ?? "", alt: nil, variants: variants), upload.caller, transaction)
    return try image(id, upload.caller, transaction, location: "/api/images/\(id.text)")
  }

  /// Records a picture that is on the volume; the customer's row must be locked.
  func insert(_ picture: ImportedPicture, _ caller: Caller, _ transaction: Transaction) throws {
    let variants = picture.variants
    let bytes = variants.reduce(0) { $0 + $1.size }
    try admitImage(of: caller, adding: bytes, transaction)
    guard let largest = variants.max(by: { $0.width < $1.width }) else { throw Problem(.internalError) }
    _ = try transaction.execute(
      """
      INSERT INTO customer.images (id, customer_id, name, alt, width, height, bytes, variants)
      VALUES (\(picture.id.uuid), \(caller.customer.uuid), \(Self.displayName(picture.name)), \(picture.alt),
        \(largest.width)::int, \(largest.height)::int, \(bytes), \(.json(JSON.array(variants.map(\.json)).bytes)))
      """)
  }

  /// The file's name without folders and what can't be seen, cut to what a person still reads.
  private static func displayName(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    let shown = last.unicodeScalars.filter { ![.control, .format].contains($0.properties.generalCategory) }
    let text = String(String.UnicodeScalarView(shown).prefix(200)).drop(while: \.isWhitespace)
    return text.isEmpty ? "image" : String(text)
  }

  /// What pictures a customer may have, whatever the plan: a bound against abuse, not a thing to buy.
  private enum Room {
    static let images = 500
    static let bytes = 1 << 30
  }

  /// - Throws: ``Problem`` of 409 when there is no room for one more picture of so many bytes.
  private func admitImage(of caller: Caller, adding bytes: Int, _ transaction: Transaction) throws {
    let rows = try transaction.query(
      """
      SELECT count(*) AS count, coalesce(sum(bytes), 0)::bigint AS bytes
      FROM customer.images WHERE customer_id = \(caller.customer.uuid)
      """)
    guard try rows[0].int("count") < Room.images, try rows[0].int("bytes") + bytes <= Room.bytes else {
      throw Problem(
        .imagesFull,
        members: [.init("limit", .integer(Int64(Room.images))), .init("limit_bytes", .integer(Int64(Room.bytes)))])
    }
  }
}

/// One form of a picture, as its row keeps it.
struct StoredVariant {
  let width: Int
  let height: Int
  let format: EncodedImage.Format
  let blob: BlobID
  /// Bytes.
  let size: Int

  init(_ variant: EncodedImage.Variant, blob: BlobID) {
    width = variant.width
    height = variant.height
    format = variant.format
    self.blob = blob
    size = variant.bytes.count
  }

  var json: JSON {
    [
      "width": .integer(Int64(width)), "height": .integer(Int64(height)), "format": .string(format.rawValue),
      "blob": .string(blob.description), "size": .integer(Int64(size)),
    ]
  }
}
