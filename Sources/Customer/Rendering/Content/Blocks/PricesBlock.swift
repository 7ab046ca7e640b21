import HTTP

/// What things cost.
package struct PricesBlock: Sendable, Equatable {
  package var heading: String?
  package var items: [Item]

  /// A thing and its price, as its seller writes it: `ab 25 €`, `nach Aufwand`.
  package struct Item: Sendable, Equatable {
    package var title: String
    package var text: String?
    package var price: String

    package init(title: String, text: String? = nil, price: String) {
      self.title = title
      self.text = text
      self.price = price
    }
  }

  package init(heading: String? = nil, items: [Item]) {
    self.heading = heading
    self.items = items
  }
}

extension PricesBlock {
  private static let maximum = 50

  init(_ reader: inout ObjectReader) throws {
    heading = reader.text("heading", maximum: 200)
    items = try reader.items("items", maximum: Self.maximum) { reader in
      Item(
        title: reader.string("title", minimum: 1, maximum: 120), text: reader.text("text", maximum: 300),
        price: reader.string("price", minimum: 1, maximum: 40))
    }
  }

  var members: [(String, JSON?)] {
    let items = items.map { item -> JSON in
      .object(present: [("title", .string(item.title)), ("text", .text(item.text)), ("price", .string(item.price))])
    }
    return [("heading", .text(heading)), ("items", .array(items))]
  }
}
