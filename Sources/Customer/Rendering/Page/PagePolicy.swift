/// What a site's pages may load, run and send (Content Security Policy Level 3): no more than what is on them.
struct PagePolicy {
  let stylesheet: Stylesheet
  /// What is embedded anywhere on the site.
  let providers: Set<EmbedProvider>
  /// The origin that forms of the site are sent to; nil when it has none.
  let formsOrigin: String?

  init(_ context: SiteContext) {
    stylesheet = context.stylesheet
    var providers: Set<EmbedProvider> = []
    var hasForm = false
    for block in context.site.pages.flatMap(\.blocks) {
      switch block {
      case .embed(let embed): providers.insert(embed.source.provider)
      case .form: hasForm = true
      default: break
      }
    }
    self.providers = providers
    formsOrigin = hasForm ? context.content.site.formsOrigin : nil
  }

  var text: String {
    var rules = ["default-src 'none'", "style-src 'sha256-\(stylesheet.hash)'", "img-src 'self' data:"]
    if stylesheet.hasFonts { rules.append("font-src 'self'") }
    if !providers.isEmpty {
      let origins = EmbedProvider.allCases.filter(providers.contains).map(\.frameOrigin.description)
      rules += ["script-src 'sha256-\(EmbedScript().hash)'", "frame-src \(origins.joined(separator: " "))"]
    }
    rules += [
      "manifest-src 'self'", "base-uri 'none'", "form-action \(formsOrigin ?? "'none'")", "frame-ancestors 'none'",
    ]
    return rules.joined(separator: "; ")
  }
}
