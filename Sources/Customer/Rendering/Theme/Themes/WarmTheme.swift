extension Theme {
  /// Calm and friendly: cream and fir green, a serif for what is large.
  static let warm = Theme(
    .warm,
    light: Palette(
      ground: Color(0xFAF8F4), surface: Color(0xFFFFFF), ink: Color(0x211F1B), muted: Color(0x635E55),
      line: Color(0xE5DFD4), tint: Color(0xEEF3EF), accent: Color(0x1F5C50), onAccent: Color(0xFFFFFF)),
    dark: Palette(
      ground: Color(0x161714), surface: Color(0x1F211D), ink: Color(0xECEAE3), muted: Color(0xAAA79C),
      line: Color(0x33362F), tint: Color(0x22302B), accent: Color(0x93D2BF), onAccent: Color(0x0C241D)),
    display: Stacks.bookish, radius: .large, layout: .wide,
    shadow: "0 1px 2px #2b24140a,0 4px 16px #2b24140a")
}
