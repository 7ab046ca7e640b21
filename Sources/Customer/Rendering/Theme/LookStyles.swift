/// The values that a look gives to the custom properties, which all other rules are written with.
extension Look {
  var rules: CSS {
    var rules = font?.rules ?? CSS()
    rules += ":root{color-scheme:\(colorScheme);\(colors(primary, primaryShadow))"
    rules += "--text:\(fonts(theme.text));--display:\(fonts(theme.display));--mono:\(Stacks.mono);"
    rules += "--weight:\(theme.weight);--tracking:\(theme.tracking);"
    rules += "--edge:\(theme.edge);--inset:\(theme.inset);--backdrop:\(backdrop);\(radius.rules)}"
    if light != nil, let dark {
      rules += "@media(prefers-color-scheme:dark){:root{\(colors(dark, theme.darkShadow))}}"
    }
    return rules
  }

  /// What the site can be, for browsers' own parts of a page.
  var colorScheme: StaticString {
    dark == nil ? "light" : light == nil ? "dark" : "light dark"
  }

  private var primaryShadow: StaticString {
    light == nil ? theme.darkShadow : theme.shadow
  }

  /// A ground that the customer chose is plain: what the theme fades into would not go with it.
  private var backdrop: StaticString {
    primary.glow == nil ? "none" : theme.backdrop
  }

  private func colors(_ palette: Palette, _ shadow: StaticString) -> CSS {
    let glow: CSS = palette.glow.map { "--glow:\($0);" } ?? ""
    return """
      --ground:\(palette.ground);--surface:\(palette.surface);--ink:\(palette.ink);--muted:\(palette.muted);\
      --line:\(palette.line);--tint:\(palette.tint);--accent:\(palette.accent);--on-accent:\(palette.onAccent);\
      \(glow)--shadow:\(shadow);
      """
  }

  private func fonts(_ stack: StaticString) -> CSS {
    guard let font else { return "\(stack)" }
    return "Site,\(font.fallback)"
  }
}

extension Design.Radius {
  /// Of cards; and of what is as high as a line, which is a pill where cards are round.
  fileprivate var rules: CSS {
    switch self {
    case .none: "--radius:0;--pill:0"
    case .small: "--radius:.5rem;--pill:.5rem"
    case .large: "--radius:1rem;--pill:99rem"
    case .round: "--radius:1.75rem;--pill:99rem"
    }
  }
}
