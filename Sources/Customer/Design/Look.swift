/// What becomes of a design: all that a style sheet is made of.
struct Look: Sendable, Equatable {
  /// The colours where the visitor asks for a light or a dark page. One is nil when the site is always the other.
  let light: Palette?
  let dark: Palette?
  let theme: Theme
  let font: SiteFont?
  let radius: Design.Radius
  let layout: Design.Layout

  /// The colours that come first: those of the page unless the visitor wants it dark.
  var primary: Palette { light ?? dark ?? Theme.warm.primary }

  /// The look of a design whose colours were accepted. A colour that was not is made readable all the same: no page
  /// is published that cannot be read, whatever is stored.
  init(_ design: Design) {
    let theme = Theme.named(design.theme)
    self.theme = theme
    font = design.font
    radius = design.radius ?? theme.radius
    layout = design.layout ?? theme.layout
    if let ground = design.ground.map(Palette.usable) {
      let palette = Palette(ground: ground, accent: design.accent ?? theme.primary.accent)
      light = Palette.isLight(ground) ? palette : nil
      dark = Palette.isLight(ground) ? nil : palette
    } else if let accent = design.accent {
      light = theme.light?.with(accent: accent)
      dark = theme.dark?.with(accent: accent)
    } else {
      light = theme.light
      dark = theme.dark
    }
  }
}
