import HTTP
import Services

@testable import Customer

/// Blocks of every kind, as people use them.
extension SampleSite {
  /// A site with pictures, and with pages that hold every kind.
  static func full(_ language: Language = .german) -> SiteContent {
    var content = german()
    content.site.language = language
    content.site.isBusiness = true
    content.site.formsOrigin = "https://app.smartpages.example"
    content.moment = instant
    content.images = [picture: image("Schalen auf einem Holztisch"), portrait: image("Portrait")]
    content.pages.append(
      Page(slug: slug("alles"), title: "Alles", description: "Von jedem etwas.", blocks: everyKind))
    content.pages.append(
      Page(slug: slug("auftakt"), title: "Auftakt", description: "", blocks: [.hero(hero), .questions(questions)]))
    return content
  }

  static let picture = id(1)
  static let portrait = id(2)
  static let form = FormBlock(
    id: formID, heading: "Schreib mir", text: "Ich antworte innerhalb von zwei Tagen.", button: "Abschicken",
    thanks: "Danke!")

  static let formID: FormID = {
    guard let id = FormID("0199a6c2-7d1e-7a40-8c55-3f0e9b1d2aff") else { fatalError("no id") }
    return id
  }()

  private static func id(_ number: Int) -> ImageID {
    guard let id = ImageID("0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a0\(number)") else { fatalError("no id") }
    return id
  }

  private static func image(_ alternative: String) -> SiteImage {
    let blob = String(repeating: "ab12", count: 16)
    return SiteImage(
      alternative: alternative,
      variants: [
        .init(width: 480, height: 320, format: .webp, blob: blob, size: 9000),
        .init(width: 480, height: 320, format: .jpeg, blob: String(blob.reversed()), size: 12_000),
      ])
  }

  static var hero: HeroBlock {
    HeroBlock(
      heading: "Geschirr, das bleibt", text: "Von Hand gedreht in Leipzig.\nJedes Stück ist anders.", image: picture,
      button: .init(label: "Zum Laden", url: link("https://laden.example/")))
  }

  static var hours: HoursBlock {
    var spans: [HoursBlock.Span] = []
    for day in [HoursBlock.Day.tuesday, .wednesday, .thursday, .friday] {
      spans.append(.init(day: day, open: time("14:00"), close: time("18:30")))
      spans.append(.init(day: day, open: time("09:00"), close: time("12:30")))
    }
    spans.append(.init(day: .saturday, open: time("10:00"), close: time("24:00")))
    return HoursBlock(heading: nil, spans: spans, note: "An Feiertagen geschlossen.")
  }

  static func time(_ text: String) -> HoursBlock.Time {
    guard let time = HoursBlock.Time(text) else { fatalError("not a time: \(text)") }
    return time
  }

  static var questions: QuestionsBlock {
    QuestionsBlock(
      heading: "Häufige Fragen",
      items: [
        .init(question: "Darf es in die Spülmaschine?", answer: "Ja, bis **60 Grad**."),
        .init(question: "Gibt es Gutscheine?", answer: "### Ja\n\nIm Laden und [im Netz](https://laden.example/)."),
      ])
  }

  static func embed(_ provider: EmbedProvider, _ url: String, image: ImageID? = nil) -> Block {
    guard let block = EmbedBlock(provider: provider, url: link(url), title: "Ein Blick in die Werkstatt", image: image)
    else { fatalError("not recognised: \(url)") }
    return .embed(block)
  }

  /// At least one block of each kind.
  static var everyKind: [Block] {
    [
      .profile, .divider, .hero(hero), .heading(text: "Was es gibt", level: .section),
      .text(markdown: "Vieles, und jedes **anders**."),
      .image(ImageBlock(shot: .init(image: picture, caption: "Frisch gebrannt"), url: link("https://laden.example/"))),
      .gallery(
        GalleryBlock(
          heading: "Aus dem Ofen",
          images: [
            .init(image: picture), .init(image: picture, alternative: "Becher", caption: "Becher"),
            .init(image: portrait, alternative: ""),
          ])),
      .button(label: "Zum Laden", url: link("https://laden.example/")), .links(heading: "Links"),
      .social(heading: "Folgen"), .contact(heading: "Kontakt", hasCard: true), .hours(hours),
      .address(
        AddressBlock(
          heading: "So finden Sie uns",
          address: PostalAddress(
            street: "Karl-Heine-Straße 12", postalCode: "04229", city: "Leipzig", country: "Deutschland"),
          hasMap: true)),
      .questions(questions),
      .testimonial(
        TestimonialBlock(
          quote: "Der schönste Becher, den ich habe.", author: "Ida Muster", role: "Köchin", image: portrait)),
      .prices(
        PricesBlock(
          heading: "Preise",
          items: [
            .init(title: "Becher", text: "0,3 Liter, in vier Glasuren", price: "28 €"),
            .init(title: "Drehkurs", price: "ab 120 €"),
          ])),
      .countdown(
        CountdownBlock(heading: "Werkstattverkauf", moment: Instant(seconds: 1_796_202_000), done: "Die Tür ist auf.")),
      embed(.youTube, "https://www.youtube.com/watch?v=abcDEF_-123", image: picture),
      embed(.vimeo, "https://vimeo.com/123456789/abcdef0123"),
      embed(.openStreetMap, "https://www.openstreetmap.org/?mlat=51.33&mlon=12.33#map=17/51.33/12.33"), .form(form),
      .legal,
    ]
  }
}
