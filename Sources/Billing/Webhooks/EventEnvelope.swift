import HTTP

/// What an event says of itself and whom it concerns (https://docs.stripe.com/api/events/object). The rest of it is
/// not read: the event is a hint, and Stripe is asked for what holds.
struct EventEnvelope: Equatable {
  let id: String
  let type: String
  let livemode: Bool
  let apiVersion: String?
  /// Seconds since 1970.
  let created: Int64
  /// The Stripe customer that it concerns, if any.
  let customer: String?

  /// Reads an event's bytes; nil when they are none. All but the few members needed is skipped unread: a webhook's
  /// answer must not wait for kilobytes to become objects.
  init?(_ body: [UInt8]) {
    var scanner = EnvelopeScanner(body)
    guard let fields = scanner.event() else { return nil }
    self.init(fields)
  }

  /// Reads an event from Stripe's list of events.
  init?(_ json: JSON) {
    var fields = EnvelopeScanner.Fields()
    fields.id = json["id"]?.stringValue
    fields.type = json["type"]?.stringValue
    fields.livemode = json["livemode"]?.boolValue
    fields.apiVersion = json["api_version"]?.stringValue
    fields.created = json["created"]?.integerValue
    let object = json["data"]?["object"]
    fields.objectKind = object?["object"]?.stringValue
    fields.objectID = object?["id"]?.stringValue
    fields.objectCustomer = object?["customer"]?.stringValue ?? object?["customer"]?["id"]?.stringValue
    self.init(fields)
  }

  private init?(_ fields: EnvelopeScanner.Fields) {
    guard let id = fields.id, Self.isName(id), let type = fields.type, Self.isName(type, also: UInt8(ascii: ".")),
      let created = fields.created, (0...253_402_300_799).contains(created)
    else { return nil }
    self.id = id
    self.type = type
    self.created = created
    // An event that does not say that it is live moves no money.
    livemode = fields.livemode ?? false
    apiVersion = fields.apiVersion
    let customer = fields.objectKind == "customer" ? fields.objectID : fields.objectCustomer
    self.customer = customer.flatMap { Self.isName($0) ? $0 : nil }
  }

  /// Whether a text looks like an id of Stripe's.
  static func isName(_ text: String, also other: UInt8? = nil) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == other
      }
  }
}
