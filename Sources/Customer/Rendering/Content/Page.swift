package import Services

/// One page of a site, made of blocks in order.
package struct Page: Sendable, Equatable {
  /// Nil for a page that was never stored.
  package var id: PageID?
  /// Nil: the site's own.
  package var language: SiteLanguage?
  /// The page of the site's own language that this one translates.
  package var translationOf: PageID?
  package var slug: PageSlug
  package var title: String
  package var description: String
  package var blocks: [Block]

  package init(slug: PageSlug, title: String, description: String, blocks: [Block]) {
    self.slug = slug
    self.title = title
    self.description = description
    self.blocks = blocks
  }
}
