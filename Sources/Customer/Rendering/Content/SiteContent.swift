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
    /// Whether it is made to be taken away: short links are ours to serve, so it leads to their targets directly.
    package var isExport = false
    package var design: Design
    /// Whether only those shall see it who were given its address.
    package var isPreview = false

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
  package var imprint: LegalText<ImprintForm>?
  package var privacy: LegalText<PrivacyForm>?
  package var imprintEdition: Edition?
  package var privacyEdition: Edition?
  package var processing = Processing()
  /// The pictures that the pages name.
  package var images: [ImageID: SiteImage] = [:]
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
}
