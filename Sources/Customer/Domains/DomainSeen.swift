import HTTP

/// How a record stands to what is expected of it; the names are the API's.
enum RecordState: String, Sendable {
  case ok, missing, wrong
  /// Nobody could be asked, or not all say the same yet.
  case unknown
}

/// What the last look at a domain's records found, as it is stored.
struct DomainSeen: Equatable, Sendable {
  var proof = RecordState.unknown
  /// The texts where the proof is to stand.
  var texts: [String] = []
  var address = RecordState.unknown
  /// The names that the host leads to, in order.
  var chain: [String] = []
  var addresses: [String] = []
  var trouble: Trouble?

  /// Why something is not known.
  enum Trouble: String, Sendable {
    /// Nobody answered in time.
    case timeout
    /// Whoever was asked could not say.
    case refused
    case malformed
    /// Names lead to each other.
    case loop
    /// The zone's own servers, or they and the resolvers, say different things.
    case spreading
  }

  init() {}

  /// Reads what was stored.
  init(stored json: JSON) {
    proof = RecordState(rawValue: json.text("proof")) ?? .unknown
    texts = json.items("texts").compactMap(\.stringValue)
    address = RecordState(rawValue: json.text("address")) ?? .unknown
    chain = json.items("chain").compactMap(\.stringValue)
    addresses = json.items("addresses").compactMap(\.stringValue)
    trouble = Trouble(rawValue: json.text("trouble"))
  }

  var json: JSON {
    [
      "proof": .string(proof.rawValue), "texts": Self.list(texts), "address": .string(address.rawValue),
      "chain": Self.list(chain), "addresses": Self.list(addresses), "trouble": JSON(trouble?.rawValue),
    ]
  }

  /// Somebody's zone may hold anything; what is kept and shown of it is bounded.
  private static func list(_ texts: [String]) -> JSON {
    .array(
      texts.prefix(16).map { text in
        .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }.prefix(255))))
      })
  }
}
