package import Services

/// A part of a page.
package enum Block: Sendable, Equatable {
  /// Name, headline, bio and accounts of the customer.
  case profile
  case heading(text: String, level: HeadingLevel)
  /// Text in the Markdown subset.
  case text(markdown: String)
  case button(label: String, url: WebLink)
  /// The site's links, by group.
  case links(heading: String?)
  /// The customer's contact data.
  case contact(heading: String?)
  case divider

  /// The levels below a page's title that a customer may use.
  package enum HeadingLevel: Int, Sendable {
    case section = 2
    case subsection = 3
  }

  /// What a block is, by its name in the API; in the order in which the kinds' rules stand in a style sheet.
  package enum Kind: String, Sendable, CaseIterable {
    case profile, heading, text, button, links, contact, divider
  }

  package var kind: Kind {
    switch self {
    case .profile: .profile
    case .heading: .heading
    case .text: .text
    case .button: .button
    case .links: .links
    case .contact: .contact
    case .divider: .divider
    }
  }
}
