import Database
import HTTP
package import Services

extension CustomerModule {
  package func profile(_ caller: Caller) throws -> Resource {
    let rows = try database.query(
      """
      SELECT content::text AS content, version, customer.rfc3339(updated_at) AS updated_at
      FROM customer.profiles WHERE customer_id = \(caller.customer.uuid)
      """)
    return try ProfileInput.resource(rows.first)
  }

  package func replaceProfile(_ change: Change) throws -> Resource {
    let input = try ProfileInput(change.body)
    let content = input.json.bytes
    return try write(change) { transaction in
      // The lock that deleting a picture takes too, so that it stays until the profile names it.
      _ = try transaction.query(
        "SELECT 1 FROM customer.customers WHERE id = \(change.caller.customer.uuid) FOR NO KEY UPDATE")
      try refuseUnknownImages(input.picture.map { [("/picture", $0)] } ?? [], change.caller, transaction)
      return try ContentRecord.replace(
        change, transaction,
        current: "SELECT version FROM customer.profiles WHERE customer_id = \(change.caller.customer.uuid)",
        insert: """
          INSERT INTO customer.profiles AS p (customer_id, content, updated_at)
          VALUES (\(change.caller.customer.uuid), \(.json(content)), clock_timestamp())
          ON CONFLICT (customer_id) DO UPDATE
          SET content = excluded.content, version = p.version + 1, updated_at = excluded.updated_at
          RETURNING content::text AS content, version, customer.rfc3339(updated_at) AS updated_at
          """,
        answer: ProfileInput.resource)
    }
  }
}

/// A profile as it is put: every field has a value, a missing one is empty.
struct ProfileInput {
  let json: JSON
  let picture: ImageID?

  init(_ body: JSON) throws {
    var reader = try ObjectReader(body)
    let name = reader.string("name", maximum: 100)
    let headline = reader.optionalString("headline", maximum: 160) ?? ""
    let bio = reader.optionalString("bio", maximum: 2000) ?? ""
    let email = reader.optionalString("email", maximum: 254) ?? ""
    if !email.isEmpty, EmailAddress(email) == nil { reader.refuse("email", .invalidEmail) }
    let phone = reader.optionalString("phone", maximum: 40) ?? ""
    if !phone.isEmpty, !Self.isPhone(phone) { reader.refuse("phone", .invalid) }
    let website = reader.optionalString("website", maximum: 2048) ?? ""
    let link = website.isEmpty ? nil : WebLink(website)
    if !website.isEmpty, link?.host == nil { reader.refuse("website", .invalidURL) }
    let address = try reader.optionalObject("address") { reader -> JSON in
      .object(
        ["street", "postal_code", "city", "country"].map { name in
          .init(name, .string(reader.optionalString(name, maximum: 120) ?? ""))
        })
    }
    let pictureText = reader.nullableString("picture", maximum: 36) ?? nil
    picture = pictureText.flatMap { ImageID($0) }
    if pictureText != nil, picture == nil { reader.refuse("picture", .invalid) }
    let social = try reader.optionalList("social", maximum: 20) { item, pointer -> JSON in
      var reader = try ObjectReader(item, pointer: pointer)
      let label = reader.string("label", minimum: 1, maximum: 80)
      let link = reader.link("url")
      try reader.finish()
      return ["label": .string(label), "url": .string(link?.text ?? "")]
    }
    try reader.finish()
    json = [
      "name": .string(name), "headline": .string(headline), "bio": .string(bio), "email": .string(email),
      "phone": .string(phone), "website": .string(link?.text ?? ""),
      "address": address ?? Self.emptyAddress, "social": .array(social ?? []), "picture": JSON(picture?.text),
    ]
  }

  private static let emptyAddress: JSON = ["street": "", "postal_code": "", "city": "", "country": ""]

  private static func isPhone(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || " +-/().".unicodeScalars.contains($0) }
      && text.contains { $0.isNumber }
  }

  /// The profile of a row, or the empty one of version 0 before the first write.
  static func resource(_ row: Row?) throws -> Resource {
    guard let row else {
      let empty: JSON = [
        "name": "", "headline": "", "bio": "", "email": "", "phone": "", "website": "", "address": emptyAddress,
        "social": [], "picture": nil,
      ]
      return try ContentRecord.resource(empty, version: 0, updatedAt: nil)
    }
    return try ContentRecord.resource(row)
  }
}
