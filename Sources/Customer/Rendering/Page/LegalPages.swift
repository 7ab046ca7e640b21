import HTTP

/// The contents of the imprint and the privacy policy.
struct LegalPages {
  let context: SiteContext

  /// The imprint's `main` element; nil when there is no imprint.
  func imprint() -> HTML? {
    guard let imprint = context.content.imprint else { return nil }
    return main(imprint, context.content.imprintEdition, title: context.words.imprint) { form, language in
      ImprintPage(form: form, language: language).sections()
    }
  }

  /// The privacy policy's `main` element; nil when there is none.
  func privacy() -> HTML? {
    guard let privacy = context.content.privacy else { return nil }
    return main(privacy, context.content.privacyEdition, title: context.words.privacy) { form, language in
      PrivacyPage(form: form, processing: context.content.processing, hasLinks: hasLinks, language: language).sections()
    }
  }

  private func main<Form>(
    _ legal: LegalText<Form>, _ edition: Edition?, title: String, sections: (Form, Language) -> [LegalSection]
  ) -> HTML? {
    guard legal.isComplete else { return nil }
    var outline = HeadingOutline()
    let language = context.language.ofLegalTexts ?? context.content.site.language
    let body: HTML
    switch legal {
    case .form(let form):
      body = "<div class=\"text legal\">\n\(LegalSection.render(sections(form, language), outline: &outline))</div>\n"
    case .own:
      guard let own = legal.own(for: language) else { return nil }
      let markup = Markdown.render(own.text, .document, outline: &outline)
      body =
        own.language == language
        ? "<div class=\"text legal\">\n\(markup)</div>\n"
        : "<div class=\"text legal\"\(.language, own.language.rawValue)>\n\(markup)</div>\n"
    }
    let foot = edition.map { "<p class=\"edition\">\(text: context.words.edition($0))</p>\n" as HTML } ?? HTML()
    return "<main id=\"content\" class=\"flow\">\n<h1>\(text: title)</h1>\n\(body)\(foot)</main>\n"
  }

  /// Whether the site leads to others anywhere.
  private var hasLinks: Bool {
    let content = context.site
    let hasInPages = content.pages.contains { page in
      page.blocks.contains { block in
        switch block {
        case .button: true
        case .text(let markdown): markdown.contains("](")
        default: false
        }
      }
    }
    return hasInPages || !content.links.isEmpty || !content.profile.social.isEmpty || content.profile.website != nil
  }
}
