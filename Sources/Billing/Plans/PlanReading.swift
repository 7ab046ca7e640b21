import HTTP
import Services

/// Reads one plan of the file.
enum PlanReading {
  static func plan(_ reader: inout ObjectReader, isLive: Bool, _ notes: PlansNotes) throws -> Plan {
    let id = reader.string("id", minimum: 1, maximum: 40)
    if !id.isEmpty, !isName(id) {
      notes.add(reader.pointer(to: "id"), "must be lower-case letters, digits and hyphens")
    } else if [Entitlements.trialPlan, Entitlements.noPlan].contains(id) {
      notes.add(reader.pointer(to: "id"), "is the name of a state that is no plan")
    }
    let names = try texts(&reader, "name", maximum: 60)
    let descriptions = try texts(&reader, "description", maximum: 300)
    if !reader.has("prices") { reader.refuse("prices", .required) }
    let pricesPointer = reader.pointer(to: "prices")
    let prices = try reader.optionalList("prices", maximum: Period.allCases.count) { item, pointer in
      var reader = try ObjectReader(item, pointer: pointer)
      let price = Self.price(&reader, isLive: isLive, notes)
      try reader.finish()
      return price
    }
    if prices?.isEmpty == true { notes.add(pricesPointer, "must hold one price at least") }
    if !reader.has("entitlements") { reader.refuse("entitlements", .required) }
    let limits = try reader.optionalObject("entitlements") { Self.limits(&$0, notes) }
    return Plan(
      id: id, names: names, descriptions: descriptions, prices: (prices ?? []).compactMap { $0 },
      limits: limits ?? Plans.usualTrial)
  }

  /// What a plan or the trial allows.
  static func limits(_ reader: inout ObjectReader, _ notes: PlansNotes) -> Entitlements.Limits {
    let badge = reader.optionalBool("badge")
    if !reader.has("badge") { reader.refuse("badge", .required) }
    return Entitlements.Limits(
      sites: notes.integer(&reader, "sites", in: 1...10_000), pages: notes.integer(&reader, "pages", in: 1...10_000),
      links: notes.integer(&reader, "links", in: 0...100_000),
      versions: notes.integer(&reader, "versions", in: 1...1000),
      domains: notes.integer(&reader, "domains", in: 0...10_000),
      members: notes.integer(&reader, "members", in: 1...10_000),
      statisticsDays: notes.integer(&reader, "statistics_days", in: 0...3650), badge: badge ?? true)
  }

  private static func texts(_ reader: inout ObjectReader, _ name: String, maximum: Int) throws -> [Language: String] {
    if !reader.has(name) { reader.refuse(name, .required) }
    let texts = try reader.optionalObject(name) { reader in
      var texts: [Language: String] = [:]
      for language in Language.allCases {
        texts[language] = reader.string(language.rawValue, minimum: 1, maximum: maximum)
      }
      return texts
    }
    return texts ?? [:]
  }

  private static func price(_ reader: inout ObjectReader, isLive: Bool, _ notes: PlansNotes) -> Price? {
    if !reader.has("interval") { reader.refuse("interval", .required) }
    let period = reader.optionalCase("interval", Period.self)
    let amount = notes.integer(&reader, "amount", in: 0...99_999_999)
    let ids = ["test", "live"].map { mode -> String? in
      let id = reader.nullableString(mode, maximum: 255) ?? nil
      if let id, !isPrice(id) { notes.add(reader.pointer(to: mode), "must be the id of a price: price_…") }
      return id
    }
    let earlier =
      reader.optionalList("earlier", maximum: 50) { item, pointer -> String in
        let id = item.stringValue ?? ""
        if !isPrice(id) { notes.add(pointer, "must be the id of a price: price_…") }
        return id
      } ?? []
    guard let id = ids[isLive ? 1 : 0] else {
      let mode = isLive ? "live" : "test"
      notes.add(reader.pointer(to: mode), "must hold the price's id, as the key is one of \(mode) mode")
      return nil
    }
    guard let period else { return nil }
    return Price(period: period, amount: Int64(amount), id: id, earlier: earlier)
  }

  private static func isName(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isPrice(_ text: String) -> Bool {
    text.hasPrefix("price_") && text.utf8.count > 6
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
      }
  }
}
