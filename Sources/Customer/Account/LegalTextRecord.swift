import Database
import HTTP
package import Services

extension CustomerModule {
  package func legalText(_ kind: LegalKind, _ caller: Caller) throws -> Resource {
    let rows = try database.query(
      """
      SELECT content::text AS content, version, customer.rfc3339(updated_at) AS updated_at
      FROM customer.legal_texts WHERE customer_id = \(caller.customer.uuid) AND kind = \(kind.rawValue)
      """)
    return try LegalTextInput.resource(rows.first, kind)
  }

  package func replaceLegalText(_ kind: LegalKind, _ change: Change) throws -> Resource {
    let input = try LegalTextInput(change.body, kind)
    let customer = change.caller.customer.uuid
    return try write(change) { transaction in
      let resource = try ContentRecord.replace(
        change, transaction,
        current: """
          SELECT version FROM customer.legal_texts
          WHERE customer_id = \(customer) AND kind = \(kind.rawValue)
          """,
        insert: """
          INSERT INTO customer.legal_texts AS l (customer_id, kind, content, updated_at)
          VALUES (\(customer), \(kind.rawValue), \(.json(input.whole(kind).bytes)), clock_timestamp())
          ON CONFLICT (customer_id, kind) DO UPDATE
          SET content = l.content || \(.json(input.named.bytes)), version = l.version + 1, updated_at = excluded.updated_at
          RETURNING content::text AS content, version, customer.rfc3339(updated_at) AS updated_at
          """
      ) { try LegalTextInput.resource($0, kind) }
      try note(
        .legalTextChanged, by: change.caller, details: ["kind": .string(kind.rawValue)], in: transaction)
      return resource
    }
  }
}

/// An imprint or a privacy policy as it is put: a guided form or own text. Form and text are kept side by side, and
/// the one that a body does not name stays as it was: choosing the other must not cost what was typed.
struct LegalTextInput {
  /// What the body names.
  let named: JSON

  init(_ body: JSON, _ kind: LegalKind) throws {
    var reader = try ObjectReader(body)
    if !reader.has("mode") { reader.refuse("mode", .required) }
    let mode = reader.optionalCase("mode", LegalMode.self) ?? .form
    if let named = reader.optionalCase("kind", LegalKind.self), named != kind { reader.refuse("kind", .invalid) }
    let form = try reader.optionalObject("form") { reader -> JSON in
      .object(kind.formFields.map { .init($0, .string(Self.answer($0, &reader))) })
    }
    let text = try reader.optionalObject("text") { reader -> JSON in
      .object(
        Language.allCases.map {
          .init($0.rawValue, JSON(reader.nullableString($0.rawValue, maximum: 50_000) ?? nil))
        })
    }
    try reader.finish()
    let parts: [JSON.Member?] = [
      .init("kind", .string(kind.rawValue)), .init("mode", .string(mode.rawValue)), form.map { .init("form", $0) },
      text.map { .init("text", $0) },
    ]
    named = .object(parts.compactMap { $0 })
  }

  /// One answer of the form; empty when the body does not give it.
  private static func answer(_ field: String, _ reader: inout ObjectReader) -> String {
    let answer = reader.optionalString(field, maximum: 300) ?? ""
    let isKnown =
      switch field {
      case "provider": answer.isEmpty || Provider(rawValue: answer) != nil
      case "dispute_resolution": answer.isEmpty || DisputeResolution(rawValue: answer) != nil
      default: true
      }
    if !isKnown { reader.refuse(field, .invalid) }
    return answer
  }

  /// The content when nothing stood there before.
  func whole(_ kind: LegalKind) -> JSON {
    [
      "kind": .string(kind.rawValue), "mode": named["mode"] ?? "form", "form": named["form"] ?? kind.emptyForm,
      "text": named["text"] ?? ["de": nil, "en": nil],
    ]
  }

  /// The text of a row, or the empty form of version 0 before the first write.
  static func resource(_ row: Row?, _ kind: LegalKind) throws -> Resource {
    guard let row else {
      let empty: JSON = [
        "kind": .string(kind.rawValue), "mode": "form", "form": kind.emptyForm, "text": ["de": nil, "en": nil],
      ]
      return try ContentRecord.resource(
        empty, version: 0, updatedAt: nil, [.init("complete", false)])
    }
    let content = try JSONParser.parse(row.bytes("content"))
    return try ContentRecord.resource(row, [.init("complete", .bool(isComplete(content, kind)))])
  }

  /// Whether a page can be made of it.
  static func isComplete(_ content: JSON, _ kind: LegalKind) -> Bool {
    switch kind {
    case .imprint: LegalText(stored: content, ImprintForm.init(stored:)).isComplete
    case .privacy: LegalText(stored: content, PrivacyForm.init(stored:)).isComplete
    }
  }
}

/// Where a legal text comes from.
enum LegalMode: String {
  case form, text
}

extension LegalKind {
  /// The fields of the guided form.
  var formFields: [String] {
    switch self {
    case .imprint:
      [
        "provider", "name", "legal_form", "street", "postal_code", "city", "country", "email", "phone",
        "represented_by",
        "register_court", "register_number", "vat_id", "business_id", "profession", "chamber", "professional_rules",
        "dispute_resolution", "dispute_body", "responsible",
      ]
    case .privacy:
      [
        "controller", "street", "postal_code", "city", "country", "email", "phone", "hosting_provider",
        "hosting_address", "supervisory_authority", "data_protection_officer",
      ]
    }
  }

  var emptyForm: JSON {
    .object(formFields.map { .init($0, "") })
  }
}
