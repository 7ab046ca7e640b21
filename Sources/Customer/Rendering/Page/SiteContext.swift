import HTTP

/// What every page of one site shares, worked out once.
struct SiteContext {
  let content: SiteContent
  let words: Words
  let imprintPath: SitePath?
  let privacyPath: SitePath?
  let look: Look
  /// One for all pages, because the policy that admits it is the site's.
  let stylesheet: Stylesheet

  init(_ content: SiteContent) {
    self.content = content
    words = Words(content.site.language)
    imprintPath = content.imprint?.isComplete == true ? .imprint(content.site.language) : nil
    look = Look(content.site.design)
    stylesheet = Stylesheet(look, blocks: Set(content.pages.flatMap { $0.blocks.map(\.kind) }))
    privacyPath = content.privacy?.isComplete == true ? .privacy(content.site.language) : nil
  }

  /// The site's name; its owner's when it has none.
  var title: String {
    content.site.title.isBlank ? content.profile.name : content.site.title
  }

  /// The owner's name; the site's when there is none.
  var ownerName: String {
    content.profile.name.isBlank ? content.site.title : content.profile.name
  }

  /// What a page is called where it is linked from.
  func label(of page: Page) -> String {
    if page.slug == .home { return words.home }
    return page.title.isBlank ? page.slug.text : page.title
  }

  /// What a page tells of itself to search engines and previews.
  func description(of page: Page) -> String {
    let fallbacks = [page.description, content.site.description, content.profile.headline]
    return fallbacks.first { !$0.isBlank } ?? ""
  }
}
