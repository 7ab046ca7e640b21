extension PageBody {
  /// The owner's accounts elsewhere, each with a drawing and its name.
  var accounts: HTML {
    let social = context.content.profile.social
    guard !social.isEmpty else { return HTML() }
    let items = social.map { account -> HTML in
      "<li><a\(me: account.url)>\(SocialNetwork(account.url).glyph.html)\(text: account.label)</a></li>\n"
    }
    return "<div class=\"accounts\"><ul\(.label, context.words.accounts)>\n\(items)</ul></div>\n"
  }

  mutating func social(_ heading: String?) -> HTML {
    guard !context.content.profile.social.isEmpty else { return HTML() }
    return "<section class=\"social\">\n\(self.heading(heading))\(accounts)</section>\n"
  }
}
