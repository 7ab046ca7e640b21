import Database
import HTTP
import Services

extension ProfileInput {
  /// The fields that hold one text.
  static let texts = ["name", "headline", "bio", "email", "phone", "website"]
  /// All fields.
  static let fields = texts + ["address", "social", "picture"]

  /// Whether a field's value says nothing.
  static func isEmpty(_ value: JSON?) -> Bool {
    switch value {
    case nil, .null: true
    case .string(let text): text.isEmpty
    case .array(let items): items.isEmpty
    case .object(let members): members.allSatisfy { isEmpty($0.value) }
    default: false
    }
  }

  /// One field by the rules of the API: the value as it would be stored, or nil when it is not valid.
  static func checked(_ field: String, _ value: JSON) throws -> JSON? {
    let name: JSON = field == "name" ? value : ""
    do {
      let body = JSON.object(field == "name" ? [.init("name", name)] : [.init("name", name), .init(field, value)])
      return try ProfileInput(body).json[field]
    } catch let problem as Problem where problem.code == .invalidBody {
      return nil
    }
  }
}

extension CustomerModule {
  /// The profile's content as it stands; every field is there.
  func profileContent(of customer: CustomerID, _ transaction: Transaction) throws -> JSON {
    let rows = try transaction.query(
      "SELECT content::text AS content FROM customer.profiles WHERE customer_id = \(customer.uuid)")
    guard let row = rows.first else { return try ProfileInput(["name": ""]).json }
    return try JSONParser.parse(row.bytes("content"))
  }

  /// Fills what is empty in the profile; what stands there stays. The customer's row must be locked.
  ///
  /// - Parameter found: values by field, each checked before.
  /// - Returns: the fields that were filled.
  func fillProfile(
    _ found: [(field: String, value: JSON)], _ caller: Caller, _ transaction: Transaction
  ) throws -> [String] {
    let present = try profileContent(of: caller.customer, transaction)
    let new = found.filter { ProfileInput.isEmpty(present[$0.field]) && !ProfileInput.isEmpty($0.value) }
    guard !new.isEmpty else { return [] }
    let members = ProfileInput.fields.map { field in
      JSON.Member(field, new.first { $0.field == field }?.value ?? present[field] ?? .null)
    }
    let input = try ProfileInput(.object(members.filter { $0.name == "picture" || $0.value != .null }))
    try refuseUnknownImages(input.picture.map { [("/profile/picture", $0)] } ?? [], caller, transaction)
    try transaction.execute(
      """
      INSERT INTO customer.profiles AS p (customer_id, content, updated_at)
      VALUES (\(caller.customer.uuid), \(.json(input.json.bytes)), clock_timestamp())
      ON CONFLICT (customer_id) DO UPDATE
      SET content = excluded.content, version = p.version + 1, updated_at = excluded.updated_at
      """)
    return new.map(\.field)
  }
}
