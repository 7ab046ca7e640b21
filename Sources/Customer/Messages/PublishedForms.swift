import Database
import FoundationEssentials
import HTTP
package import Services

extension CustomerModule {
  /// Notes which forms visitors of a site can see, from the snapshot that is being published; the site's row is locked.
  ///
  /// - Throws: ``Problem`` of 409 when another customer's page has a form of the same id: what is sent must have one
  ///   place. A site of the same customer gives the form up.
  func noteForms(_ snapshot: [UInt8], of site: SiteID, _ transaction: Transaction) throws {
    let forms = try FormPlace.all(JSONParser.parse(snapshot))
    _ = try transaction.execute(
      "DELETE FROM customer.forms WHERE site_id = \(site.uuid) AND id <> ALL(\(forms.map(\.id.uuid)))")
    for form in forms {
      let written = try transaction.execute(
        """
        INSERT INTO customer.forms AS f (id, site_id, page_title, path, language, thanks)
        VALUES (
          \(form.id.uuid), \(site.uuid), \(form.pageTitle), \(form.path.text), \(form.language.rawValue), \(form.thanks))
        ON CONFLICT (id) DO UPDATE SET
          site_id = excluded.site_id, page_title = excluded.page_title, path = excluded.path,
          language = excluded.language, thanks = excluded.thanks
        WHERE EXISTS (
          SELECT FROM customer.sites mine JOIN customer.sites theirs ON theirs.customer_id = mine.customer_id
          WHERE mine.id = excluded.site_id AND theirs.id = f.site_id)
        """)
      guard written == 1 else { throw Problem(.conflict) }
    }
  }

  /// Forgets the forms of a site none of whose pages is known to have one.
  func forgetForms(of site: SiteID, _ transaction: Transaction) throws {
    _ = try transaction.execute("DELETE FROM customer.forms WHERE site_id = \(site.uuid)")
  }

  package func publishedForm(_ form: FormID) throws -> PublishedForm? {
    let rows = try database.query(
      """
      SELECT f.site_id, s.customer_id, \(canonicalHost) AS host, s.title, f.page_title, f.path, f.language, f.thanks
      FROM customer.forms f JOIN customer.sites s ON s.id = f.site_id
      WHERE f.id = \(form.uuid) AND s.published_version IS NOT NULL AND NOT s.paused
      """)
    guard let row = rows.first else { return nil }
    return PublishedForm(
      id: form, site: SiteID(try row.uuid("site_id")), customer: CustomerID(try row.uuid("customer_id")),
      page: settings.origin(host: try row.string("host")) + (try row.string("path")),
      pageTitle: try row.string("page_title"), siteTitle: try row.string("title"),
      language: Language(rawValue: try row.string("language")) ?? .english, thanks: try row.optionalString("thanks"))
  }
}

/// A form and where it stands.
private struct FormPlace {
  let id: FormID
  let pageTitle: String
  let path: SitePath
  let language: Language
  let thanks: String?

  /// The forms of a snapshot's pages, each id once.
  static func all(_ snapshot: JSON) -> [FormPlace] {
    let locale = Language(rawValue: snapshot["site"]?.text("locale") ?? "") ?? .english
    var seen: Set<FormID> = []
    return snapshot.items("pages").flatMap { page -> [FormPlace] in
      guard let slug = PageSlug(page.text("slug")) else { return [] }
      let written = SiteLanguage(rawValue: page.text("language"))
      return page.items("blocks").compactMap { block in
        guard block.text("kind") == "form", let id = FormID(block.text("id")), seen.insert(id).inserted else {
          return nil
        }
        let thanks = block.text("thanks")
        return FormPlace(
          id: id, pageTitle: page.text("title"), path: .page(slug, in: written),
          // Visitors of pages in other languages are answered in the site's own.
          language: written?.ofLegalTexts ?? locale, thanks: thanks.isBlank ? nil : thanks)
      }
    }
  }
}
