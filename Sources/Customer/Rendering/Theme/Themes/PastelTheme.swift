extension Theme {
  /// Sweet and light: rose and lilac, everything on one soft card.
  static let pastel = Theme(
    .pastel,
    light: Palette(
      ground: Color(0xF9EAF1), surface: Color(0xFFFAFC), ink: Color(0x35203A), muted: Color(0x6B5271),
      line: Color(0xEFD8E5), tint: Color(0xF5E4F2), accent: Color(0x86358C), onAccent: Color(0xFFFFFF),
      glow: Color(0xE5E2FB)),
    dark: Palette(
      ground: Color(0x1C1623), surface: Color(0x271E30), ink: Color(0xF5EAF6), muted: Color(0xBAA6C2),
      line: Color(0x3F324B), tint: Color(0x32263E), accent: Color(0xF2B6DF), onAccent: Color(0x381132),
      glow: Color(0x2D2548)),
    display: Stacks.rounded, weight: "700", radius: .round, layout: .card,
    edge: "0 solid", shadow: "0 10px 40px -12px #6a2f7333",
    backdrop: "linear-gradient(135deg,var(--ground),var(--glow)) fixed")
}
