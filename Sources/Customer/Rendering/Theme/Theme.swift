/// A character that a site can have, made of nothing but the values of the style sheet's custom properties.
///
/// Each colour of text has a contrast of 4.5 or more on all that it may stand on (WCAG 2.2, 1.4.3), and fonts are those
/// that the visitor's system has, because a page asks nobody for anything unless its owner chose a font.
package struct Theme: Sendable {
  /// The themes by their names in the API, in the order in which they are offered.
  package enum Name: String, Sendable, CaseIterable {
    case warm, paper, night, craft, studio, garden, sea, pastel, poster, contrast
  }

  let name: Name
  /// Nil: the theme is always dark.
  let light: Palette?
  /// Nil: the theme is always light.
  let dark: Palette?
  /// Fonts of text and of headings.
  let text: StaticString
  let display: StaticString
  /// Weight and letter spacing of headings.
  let weight: StaticString
  let tracking: StaticString
  let radius: Design.Radius
  let layout: Design.Layout
  /// The border of cards, whole.
  let edge: StaticString
  /// The room between a card's side and its words.
  let inset: StaticString
  /// Of cards, in light and in dark.
  let shadow: StaticString
  let darkShadow: StaticString
  /// An image behind the page that fades from `--glow` to `--ground`, or `none`.
  let backdrop: StaticString

  init(
    _ name: Name, light: Palette?, dark: Palette?, text: StaticString = Stacks.system, display: StaticString,
    weight: StaticString = "600", tracking: StaticString = "-.012em", radius: Design.Radius, layout: Design.Layout,
    edge: StaticString = "1px solid var(--line)", inset: StaticString = "1.25rem", shadow: StaticString = "none",
    darkShadow: StaticString = "none", backdrop: StaticString = "none"
  ) {
    self.name = name
    self.light = light
    self.dark = dark
    self.text = text
    self.display = display
    self.weight = weight
    self.tracking = tracking
    self.radius = radius
    self.layout = layout
    self.edge = edge
    self.inset = inset
    self.shadow = shadow
    self.darkShadow = darkShadow
    self.backdrop = backdrop
  }

  /// The colours that come first: those of the page unless the visitor wants it dark.
  var primary: Palette { light ?? dark ?? Theme.warm.primary }

  static func named(_ name: Name) -> Theme {
    switch name {
    case .warm: warm
    case .paper: paper
    case .night: night
    case .craft: craft
    case .studio: studio
    case .garden: garden
    case .sea: sea
    case .pastel: pastel
    case .poster: poster
    case .contrast: contrast
    }
  }
}

extension Theme: Equatable {
  package static func == (left: Theme, right: Theme) -> Bool {
    left.name == right.name
  }
}
