/// How a site shall look: a theme, and what of it the customer chose otherwise. What is nil is as in the theme.
package struct Design: Sendable, Equatable {
  package var theme: Theme.Name
  /// Of links and buttons.
  package var accent: Color?
  /// Of the page; the theme is neither light nor dark by the visitor's wish then, but as this colour is.
  package var ground: Color?
  package var font: SiteFont?
  package var radius: Radius?
  package var layout: Layout?

  package init(theme: Theme.Name = .warm) {
    self.theme = theme
  }

  /// How round corners are.
  package enum Radius: String, Sendable, CaseIterable {
    case none, small, large, round
  }

  /// How a page is laid out.
  package enum Layout: String, Sendable, CaseIterable {
    /// The profile beside the content where there is room.
    case wide
    /// One column, its words in the middle.
    case centered
    /// One column, its words at the left.
    case left
    /// One column on a card.
    case card
  }
}
