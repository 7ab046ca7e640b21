import Database
import HTTP
import Services

extension CustomerModule {
  /// Refuses the ids of forms that stand on other pages of the customer's already, or that were ever another customer's:
  /// what is sent must have one place, and an id can be read in each published page.
  ///
  /// - Parameter forms: each with its pointer in the body.
  func requireFreeForms(
    _ forms: [(pointer: String, id: FormID)], for page: PageID, _ customer: CustomerID, _ transaction: Transaction
  ) throws {
    guard !forms.isEmpty else { return }
    let ids = forms.map(\.id.uuid)
    try transaction.execute(
      """
      INSERT INTO customer.form_owners (id, customer_id) SELECT unnest(\(ids)), \(customer.uuid)
      ON CONFLICT DO NOTHING
      """)
    let rows = try transaction.query(
      """
      SELECT DISTINCT block->>'id' AS id
      FROM customer.sites s JOIN customer.pages p ON p.site_id = s.id, jsonb_array_elements(p.blocks) AS block
      WHERE s.customer_id = \(customer.uuid) AND p.id <> \(page.uuid) AND block->>'kind' = 'form'
        AND block->>'id' = ANY(\(forms.map(\.id.text)))
      UNION ALL
      SELECT id::text FROM customer.form_owners WHERE id = ANY(\(ids)) AND customer_id <> \(customer.uuid)
      """)
    let taken = Set(try rows.map { try $0.string("id") })
    let errors = forms.filter { taken.contains($0.id.text) }.map { FieldError($0.pointer, .taken) }
    guard errors.isEmpty else { throw Problem(invalid: errors) }
  }
}
