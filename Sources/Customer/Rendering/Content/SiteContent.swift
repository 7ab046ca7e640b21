package import HTTP
package import Services

/// All that one version of a site is made of. What is hidden or not due is left out already; lists are in order.
package struct SiteContent: Sendable, Equatable {
  /// What belongs to the site as a whole.
  package struct Site: Sendable, Equatable {
    package var title: String
    package var description: String
    package var language: Language
    /// Scheme and host without a trailing slash, for example `https://anna.sites.example`.
    package var origin: String
    /// Where the badge in the footer leads to; nil: the plan is without a badge.
    package var badge: WebLink?
    package var design: Design
    /// Whether only those shall see it who were given its address.
    package var isPreview = false
    /// Whether it is made to be taken away: short links are ours to serve, so it leads to their targets directly.
    package var isExport = false
    /// Whether its owner acts in business.
    package var isBusiness = false
    /// The origin that forms are sent to; nil: nobody takes them, and they are left out.
    package var formsOrigin: String?
    /// Whom to tell of abuse; nil: nobody is named.
    package var abuseContact: WebLink?

    package init(
      title: String, description: String, language: Language, origin: String, badge: WebLink? = nil,
      design: Design = Design()
    ) {
      self.title = title
      self.description = description
      self.language = language
      self.origin = origin
      self.badge = badge
      self.design = design
    }
  }

  package var site: Site
  package var profile: Profile
  package var pages: [Page]
  package var links: [Link]
  /// What is below `/l/`: of the links, shown now or not, and those that stand for themselves.
  package var shortLinks: [ShortLink] = []
  package var redirects: [SiteRedirect] = []
  package var imprint: LegalText<ImprintForm>?
  package var privacy: LegalText<PrivacyForm>?
  package var imprintEdition: Edition?
  package var privacyEdition: Edition?
  package var processing = Processing()
  /// The pictures that the pages name.
  package var images: [ImageID: SiteImage] = [:]
  /// When it is shown: what depends on the day is as on that day.
  package var moment = Instant(seconds: 0)
  /// What was drawn already for the site, by the keys of ``drawings``: cards of pages, and icons.
  package var cards: [String: SiteImage.Variant] = [:]
  /// The earliest moment at which the same draft looks otherwise by itself; nil: it stays.
  package var nextChange: Instant?

  package init(
    site: Site, profile: Profile, pages: [Page], links: [Link], imprint: LegalText<ImprintForm>?,
    privacy: LegalText<PrivacyForm>?
  ) {
    self.site = site
    self.profile = profile
    self.pages = pages
    self.links = links
    self.imprint = imprint
    self.privacy = privacy
  }

  /// Leaves out what is beyond so many pages and links, the last first, but never the home page; nil keeps all.
  package mutating func keep(pages pageLimit: Int?, links linkLimit: Int?) {
    if let pageLimit, pages.count > pageLimit {
      var left = max(pageLimit - (pages.contains { $0.slug == .home } ? 1 : 0), 0)
      pages = pages.filter { page in
        if page.slug == .home { return true }
        left -= 1
        return left >= 0
      }
    }
    if let linkLimit { links = Array(links.prefix(linkLimit)) }
  }
}
