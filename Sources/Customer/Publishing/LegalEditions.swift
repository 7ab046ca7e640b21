import Database
import Services

extension CustomerModule {
  /// Begins a new edition of the site's legal pages if they say something else than when it was last published: other
  /// answers, or, in the privacy policy, forms or embedded contents that came or went.
  func noteLegalEditions(of site: SiteID, _ customer: CustomerID, _ transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      WITH used AS (
        SELECT
          (SELECT count(*) > 0 FROM customer.pages
            WHERE site_id = \(site.uuid) AND NOT paused AND blocks @> '[{"kind": "form"}]') AS forms,
          (SELECT string_agg(DISTINCT block ->> 'provider', ' ' ORDER BY block ->> 'provider')
            FROM customer.pages p, jsonb_array_elements(p.blocks) block
            WHERE p.site_id = \(site.uuid) AND NOT p.paused AND p.blocks @> '[{"kind": "embed"}]'
              AND block ->> 'kind' = 'embed') AS embeds
      ), pages AS (
        SELECT l.kind, md5(l.content::text || CASE WHEN l.kind = 'privacy' THEN used::text ELSE '' END) AS digest
        FROM customer.legal_texts l, used WHERE l.customer_id = \(customer.uuid)
      )
      INSERT INTO customer.legal_editions AS e (site_id, kind, digest, since)
      SELECT \(site.uuid), kind, digest, clock_timestamp() FROM pages
      ON CONFLICT (site_id, kind) DO UPDATE
      SET digest = excluded.digest, number = e.number + 1, since = excluded.since
      WHERE e.digest <> excluded.digest
      """)
  }
}
