import HTTP

/// Where something is, perhaps with a way to a map.
package struct AddressBlock: Sendable, Equatable {
  package var heading: String?
  package var address: PostalAddress
  /// Whether a link leads to a map of the place.
  package var hasMap: Bool

  package init(heading: String? = nil, address: PostalAddress, hasMap: Bool = false) {
    self.heading = heading
    self.address = address
    self.hasMap = hasMap
  }
}

extension AddressBlock {
  init(_ reader: inout ObjectReader) {
    heading = reader.text("heading", maximum: 200)
    address = PostalAddress(
      street: reader.string("street", minimum: 1, maximum: 200),
      postalCode: reader.optionalString("postal_code", maximum: 20) ?? "",
      city: reader.string("city", minimum: 1, maximum: 100),
      country: reader.optionalString("country", maximum: 100) ?? "")
    hasMap = reader.optionalBool("map") ?? false
  }

  var members: [(String, JSON?)] {
    [
      ("heading", .text(heading)), ("street", .string(address.street)), ("postal_code", .string(address.postalCode)),
      ("city", .string(address.city)), ("country", .string(address.country)), ("map", .bool(hasMap)),
    ]
  }
}
