package import Services

/// A part of a page.
package enum Block: Sendable, Equatable {
  /// Name, headline, bio and accounts of the customer.
  case profile
  case hero(HeroBlock)
  case heading(text: String, level: HeadingLevel)
  /// Text in the Markdown subset.
  case text(markdown: String)
  case image(ImageBlock)
  case gallery(GalleryBlock)
  case button(label: String, url: WebLink)
  /// The site's links, by group.
  case links(heading: String?)
  /// The customer's accounts elsewhere.
  case social(heading: String?)
  /// The customer's contact data, perhaps also as a card to save.
  case contact(heading: String?, hasCard: Bool = false)
  case hours(HoursBlock)
  case address(AddressBlock)
  case questions(QuestionsBlock)
  case testimonial(TestimonialBlock)
  case prices(PricesBlock)
  case countdown(CountdownBlock)
  case embed(EmbedBlock)
  case form(FormBlock)
  /// The ways to imprint and privacy policy.
  case legal
  case divider

  /// The levels below a page's title that a customer may use.
  package enum HeadingLevel: Int, Sendable {
    case section = 2
    case subsection = 3
  }

  /// What a block is, by its name in the API; in the order in which the kinds' rules stand in a style sheet.
  package enum Kind: String, Sendable, CaseIterable {
    case profile, heading, text, button, links, contact, divider
    case hero, image, gallery, social, hours, address
    case questions = "faq"
    case testimonial, prices, countdown, embed, form, legal
  }

  package var kind: Kind {
    switch self {
    case .profile: .profile
    case .hero: .hero
    case .heading: .heading
    case .text: .text
    case .image: .image
    case .gallery: .gallery
    case .button: .button
    case .links: .links
    case .social: .social
    case .contact: .contact
    case .hours: .hours
    case .address: .address
    case .questions: .questions
    case .testimonial: .testimonial
    case .prices: .prices
    case .countdown: .countdown
    case .embed: .embed
    case .form: .form
    case .legal: .legal
    case .divider: .divider
    }
  }
}
