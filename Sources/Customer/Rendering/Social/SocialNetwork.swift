import Services

/// Where an account is, recognised by the host of its address.
struct SocialNetwork: Equatable {
  let name: String
  let glyph: SocialGlyph

  /// The network of an address; what nobody knows is a site like any other.
  init(_ link: WebLink) {
    switch link.scheme {
    case .mailto: self = Self(name: "E-mail", glyph: .envelope)
    case .tel: self = Self(name: "Phone", glyph: .handset)
    case .http, .https: self = Self.known(link) ?? Self.fediverse(link) ?? Self(name: "Website", glyph: .link)
    }
  }

  private init(name: String, glyph: SocialGlyph) {
    self.name = name
    self.glyph = glyph
  }

  /// The longest tail of the host's labels that the table has: `de.linkedin.com` is `linkedin.com`.
  private static func known(_ link: WebLink) -> SocialNetwork? {
    var labels = (link.host ?? "").split(separator: ".")[...]
    while labels.count > 1 {
      if let network = byHost[labels.joined(separator: ".")] { return network }
      labels = labels.dropFirst()
    }
    return nil
  }

  /// Any host may be a server of the Fediverse: its accounts are at `/@name`.
  private static func fediverse(_ link: WebLink) -> SocialNetwork? {
    guard let path = EmbedAddress(link)?.path, path.count == 1, path[0].hasPrefix("@"), path[0].count > 1 else {
      return nil
    }
    return Self(name: "Mastodon", glyph: .bubble)
  }

  private static let byHost: [String: SocialNetwork] = {
    var networks: [String: SocialNetwork] = [:]
    for (name, glyph, hosts) in table {
      for host in hosts { networks[host] = SocialNetwork(name: name, glyph: glyph) }
    }
    return networks
  }()

  private static let table: [(name: String, glyph: SocialGlyph, hosts: [String])] = [
    (
      "Mastodon", .bubble,
      [
        "mastodon.social", "mastodon.online", "mstdn.social", "mas.to", "chaos.social", "fosstodon.org", "hachyderm.io",
        "norden.social", "troet.cafe", "ruhr.social", "social.tchncs.de", "mastodon.de", "muenchen.social",
        "berlin.social", "mastodon.green", "techhub.social", "infosec.exchange", "mastodon.art", "social.bund.de",
      ]
    ),
    ("LinkedIn", .letters, ["linkedin.com", "lnkd.in"]), ("Xing", .slashes, ["xing.com"]),
    ("Instagram", .camera, ["instagram.com", "instagr.am"]),
    ("Facebook", .letterF, ["facebook.com", "fb.com", "fb.me"]),
    ("Messenger", .chat, ["messenger.com", "m.me"]), ("X", .cross, ["x.com", "twitter.com"]),
    ("YouTube", .play, ["youtube.com", "youtu.be"]), ("TikTok", .note, ["tiktok.com"]),
    ("GitHub", .code, ["github.com"]), ("GitLab", .branch, ["gitlab.com"]),
    ("Codeberg", .mountain, ["codeberg.org"]), ("Bitbucket", .branch, ["bitbucket.org"]),
    ("Bluesky", .cloud, ["bsky.app", "bsky.social"]), ("Threads", .at, ["threads.net", "threads.com"]),
    ("Pinterest", .pin, ["pinterest.com", "pinterest.de", "pin.it"]), ("Vimeo", .film, ["vimeo.com"]),
    ("PeerTube", .play, ["peertube.tv", "tube.tchncs.de"]), ("Pixelfed", .camera, ["pixelfed.social", "pixelfed.de"]),
    ("SoundCloud", .bars, ["soundcloud.com"]), ("Spotify", .headphones, ["spotify.com", "spotify.link"]),
    ("Apple Music", .note, ["music.apple.com"]), ("Apple Podcasts", .headphones, ["podcasts.apple.com"]),
    ("Bandcamp", .note, ["bandcamp.com"]), ("Mixcloud", .bars, ["mixcloud.com"]), ("Deezer", .bars, ["deezer.com"]),
    ("WhatsApp", .handset, ["whatsapp.com", "wa.me"]), ("Telegram", .plane, ["t.me", "telegram.me"]),
    ("Signal", .lock, ["signal.me", "signal.group"]), ("Threema", .lock, ["threema.id"]),
    ("Matrix", .chat, ["matrix.to"]), ("Discord", .controller, ["discord.com", "discord.gg"]),
    ("Twitch", .waves, ["twitch.tv"]), ("Steam", .controller, ["steamcommunity.com"]),
    ("Behance", .palette, ["behance.net"]), ("Dribbble", .ball, ["dribbble.com"]),
    ("ArtStation", .palette, ["artstation.com"]), ("DeviantArt", .palette, ["deviantart.com"]),
    ("Flickr", .camera, ["flickr.com"]), ("500px", .camera, ["500px.com"]), ("Unsplash", .camera, ["unsplash.com"]),
    ("Medium", .pen, ["medium.com"]), ("Substack", .envelope, ["substack.com"]), ("WordPress", .pen, ["wordpress.com"]),
    ("Tumblr", .letterT, ["tumblr.com"]), ("Reddit", .chat, ["reddit.com"]), ("Quora", .question, ["quora.com"]),
    ("Stack Overflow", .question, ["stackoverflow.com"]), ("Etsy", .bag, ["etsy.com"]), ("eBay", .bag, ["ebay.de"]),
    ("Kleinanzeigen", .bag, ["kleinanzeigen.de"]), ("Patreon", .heart, ["patreon.com"]),
    ("Steady", .heart, ["steady.page", "steadyhq.com"]), ("Ko-fi", .cup, ["ko-fi.com"]),
    ("Buy Me a Coffee", .cup, ["buymeacoffee.com"]), ("PayPal", .heart, ["paypal.me", "paypal.com"]),
    ("ORCID", .badge, ["orcid.org"]), ("ResearchGate", .flask, ["researchgate.net"]),
    ("Google Scholar", .flask, ["scholar.google.com", "scholar.google.de"]), ("Goodreads", .book, ["goodreads.com"]),
    ("Strava", .track, ["strava.com"]), ("Komoot", .track, ["komoot.com", "komoot.de"]),
    ("Google Maps", .place, ["maps.google.com", "maps.app.goo.gl"]),
    ("Tripadvisor", .star, ["tripadvisor.com", "tripadvisor.de"]), ("Yelp", .star, ["yelp.com", "yelp.de"]),
    ("Trustpilot", .star, ["trustpilot.com"]), ("ProvenExpert", .star, ["provenexpert.com"]),
    ("Airbnb", .house, ["airbnb.com", "airbnb.de"]), ("Calendly", .calendar, ["calendly.com"]),
    ("Doctolib", .calendar, ["doctolib.de"]), ("Snapchat", .camera, ["snapchat.com"]),
  ]

  /// How many are known, for the tests.
  static var count: Int { table.count }
}
