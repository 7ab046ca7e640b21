/// One page of a site, made of blocks in order.
package struct Page: Sendable, Equatable {
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
