import HTTP
import Services

@testable import Customer

/// A site as people have them: three pages, twenty links, both legal pages.
enum SampleSite {
  static let instant = Instant(seconds: 1_795_262_400)

  static func german() -> SiteContent {
    var profile = Profile()
    profile.name = "Änne Sommerfeld"
    profile.headline = "Keramik und Kurse in Leipzig-Plagwitz"
    profile.bio = """
      Ich drehe **Geschirr für jeden Tag** aus Steinzeug und gebe mein Handwerk weiter. \
      Was im Laden steht, findet sich auch [auf dem Wochenmarkt](https://markt.example/plagwitz).
      """
    profile.email = "hallo@sommerfeld.example"
    profile.phone = "+49 (0) 341 1234567"
    profile.website = WebLink("https://www.sommerfeld.example/")
    profile.address = PostalAddress(
      street: "Karl-Heine-Straße 12", postalCode: "04229", city: "Leipzig", country: "Deutschland")
    profile.social = [
      SocialAccount(label: "Instagram", url: link("https://instagram.example/sommerfeld")),
      SocialAccount(label: "Mastodon", url: link("https://social.example/@sommerfeld")),
      SocialAccount(label: "Pinterest", url: link("https://pins.example/sommerfeld")),
    ]
    return SiteContent(
      site: .init(
        title: "Sommerfeld Keramik", description: "Geschirr für jeden Tag, Kurse und Werkstattverkauf in Leipzig.",
        language: .german, origin: "https://sommerfeld.sites.example"),
      profile: profile, pages: pages, links: links, imprint: .form(imprint), privacy: .form(privacy))
  }

  static func english() -> SiteContent {
    var content = german()
    content.site.language = .english
    return content
  }

  static func link(_ text: String) -> WebLink {
    guard let link = WebLink(text) else { fatalError("not an address: \(text)") }
    return link
  }

  static func slug(_ text: String) -> PageSlug {
    guard let slug = PageSlug(text) else { fatalError("not a slug: \(text)") }
    return slug
  }

  private static var pages: [Page] {
    [
      Page(
        slug: .home, title: "Start", description: "",
        blocks: [.profile, .links(heading: nil), .contact(heading: nil)]),
      Page(
        slug: slug("kurse"), title: "Kurse", description: "Drehkurse für Anfänger und Fortgeschrittene.",
        blocks: [
          .text(
            markdown: """
              An der Scheibe lernt man langsam und dann plötzlich. Die Gruppen sind klein, höchstens **sechs Personen**.

              - Ton, Werkzeug und zwei Brände sind dabei
              - Anfänger sind *ausdrücklich* willkommen
              - Geschenkgutscheine gibt es im Laden

              > Nach drei Abenden stand meine erste Schale im Schrank. Sie ist schief, und ich liebe sie.
              """),
          .heading(text: "Termine im Winter", level: .section),
          .text(markdown: "1. Mittwochs, 18 bis 21 Uhr\n2. Samstags, 10 bis 14 Uhr\n3. Ferienkurs im Februar"),
          .heading(text: "Anmeldung", level: .subsection),
          .text(markdown: "Schreib mit `KURS` im Betreff. Du bekommst innerhalb von zwei Tagen Antwort."),
          .button(label: "Platz anfragen", url: link("mailto:hallo@sommerfeld.example?subject=KURS")),
          .divider, .contact(heading: "Fragen?"),
        ]),
      Page(
        slug: slug("werkstatt"), title: "Werkstatt", description: "",
        blocks: [
          .heading(text: "Zu Besuch", level: .subsection), .text(markdown: "Freitags ab 14 Uhr brennt Licht."),
          .links(heading: "Mehr davon"), .profile,
        ]),
    ]
  }

  private static var links: [Link] {
    var links = [
      Link(title: "Werkstattverkauf am Samstag", url: link("https://sommerfeld.example/verkauf")),
      Link(title: "Newsletter, vier Mal im Jahr", url: link("https://post.example/sommerfeld")),
      Link(title: "Teller und Schalen", url: link("https://www.laden.example/teller"), group: "Laden"),
      Link(
        title: "Becher, Kannen und alles, was man am Morgen braucht", url: link("https://www.laden.example/becher"),
        group: "Laden"),
      Link(title: "Anrufen", url: link("tel:+493411234567"), group: "Termine"),
    ]
    for number in links.count..<20 {
      links.append(
        Link(title: "Ausstellung \(number)", url: link("https://galerie.example/\(number)"), group: "Ausstellungen"))
    }
    return links
  }

  static var imprint: ImprintForm {
    var form = ImprintForm()
    form.name = "Sommerfeld Keramik GmbH"
    form.legalForm = "Gesellschaft mit beschränkter Haftung"
    form.address = PostalAddress(
      street: "Karl-Heine-Straße 12", postalCode: "04229", city: "Leipzig", country: "Deutschland")
    form.email = "hallo@sommerfeld.example"
    form.phone = "+49 341 1234567"
    form.representedBy = "Änne Sommerfeld (Geschäftsführerin)"
    form.registerCourt = "Amtsgericht Leipzig"
    form.registerNumber = "HRB 12345"
    form.vatID = "DE123456789"
    form.profession = "Keramikmeisterin (verliehen in Deutschland)"
    form.chamber = "Handwerkskammer zu Leipzig"
    form.responsible = "Änne Sommerfeld, Anschrift wie oben"
    return form
  }

  static var privacy: PrivacyForm {
    var form = PrivacyForm()
    form.controller = "Sommerfeld Keramik GmbH"
    form.address = imprint.address
    form.email = imprint.email
    form.phone = imprint.phone
    form.hostingProvider = "Beispiel Hosting AG"
    form.hostingAddress = "Serverweg 1, 10115 Berlin"
    form.supervisoryAuthority = "Sächsische Datenschutz- und Transparenzbeauftragte, Dresden"
    form.dataProtectionOfficer = "Dr. Ida Muster, datenschutz@sommerfeld.example"
    return form
  }
}

extension RenderedSite {
  /// The text of a file; empty when there is none.
  func text(_ path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }
}
