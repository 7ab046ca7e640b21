/// The colours of a page in one scheme, light or dark.
struct Palette: Sendable, Equatable {
  var ground: Color
  /// Of cards.
  var surface: Color
  var ink: Color
  /// Of what is said by the way.
  var muted: Color
  /// Of borders that only please the eye.
  var line: Color
  /// Behind what stands out a little: code, what the pointer is on.
  var tint: Color
  /// Of links and buttons.
  var accent: Color
  /// Of text on the accent.
  var onAccent: Color
  /// What the backdrop fades into; nil: the ground is plain.
  var glow: Color?

  /// All that text may stand on, the accent apart.
  var grounds: [Color] { [ground, surface, tint] + (glow.map { [$0] } ?? []) }

  /// Each pair of a text and what it stands on that the style sheet knows.
  var pairs: [(text: Color, ground: Color)] {
    grounds.flatMap { ground in [ink, muted, accent].map { ($0, ground) } } + [(onAccent, accent)]
  }

  /// With a colour that the customer chose for links and buttons, in the lightness that can be read here.
  func with(accent chosen: Color) -> Palette {
    var palette = self
    palette.accent = readable(chosen)
    palette.onAccent = Self.text(on: palette.accent)
    return palette
  }

  /// The colour itself when it can be read on every ground of this palette, else the nearest that can.
  func readable(_ color: Color) -> Color {
    let grounds = grounds
    return color.nearest { $0.isReadable(on: grounds) } ?? ink
  }

  /// White where it can be read, else a dark shade of the colour itself. One of the two always can: the contrasts of a
  /// colour to white and to black multiply to 21.
  static func text(on color: Color) -> Color {
    if Color.white.isReadable(on: [color]) { return .white }
    var shade = Shade(color)
    shade.lightness = 0.24
    shade.greenRed *= 0.4
    shade.blueYellow *= 0.4
    let dark = shade.color
    return dark.isReadable(on: [color]) ? dark : .black
  }
}

extension Palette {
  /// What ink needs on a ground that a customer chose: enough that muted text, cards and tints find room below it.
  private static let inkContrast = 8.0

  /// The colours that go with a ground that the customer chose, and a wish for the accent, which is made readable.
  init(ground: Color, accent: Color) {
    let shade = Shade(ground)
    let isLight = Self.isLight(ground)
    let ink = Self.ink(on: ground)
    let inkShade = Shade(ink)
    self.ground = ground
    self.ink = ink
    surface =
      isLight ? shade.lit(shade.lightness + (1 - shade.lightness) * 0.6).color : shade.lit(shade.lightness + 0.03).color
    tint = shade.mixed(isLight ? 0.05 : 0.04, of: inkShade).color
    line = shade.mixed(0.18, of: inkShade).color
    muted = ink
    self.accent = ink
    onAccent = ground
    let grounds = grounds
    // The softest that can be read everywhere.
    let soft = inkShade.mixed(0.38, of: shade).color
    muted = soft.nearest { $0.isReadable(on: grounds) } ?? ink
    self = with(accent: accent)
  }

  /// Whether dark text stands out more on the ground than light text.
  static func isLight(_ ground: Color) -> Bool {
    ground.contrast(to: .black) >= ground.contrast(to: .white)
  }

  /// The ground itself when ink can stand out enough on it, else the nearest on which it can.
  static func usable(ground: Color) -> Color {
    ground.nearest { max($0.contrast(to: .black), $0.contrast(to: .white)) >= inkContrast } ?? .white
  }

  private static func ink(on ground: Color) -> Color {
    let isLight = isLight(ground)
    var shade = Shade(ground)
    shade.lightness = isLight ? 0.25 : 0.95
    shade.greenRed *= 0.3
    shade.blueYellow *= 0.3
    let ink = shade.color
    return ink.contrast(to: ground) >= inkContrast ? ink : isLight ? .black : .white
  }
}
