extension Theme {
  /// Handmade: brown paper, stitched edges, a sturdy slab serif.
  static let craft = Theme(
    .craft,
    light: Palette(
      ground: Color(0xF1E6D2), surface: Color(0xFAF3E5), ink: Color(0x33261A), muted: Color(0x66523D),
      line: Color(0xB89C74), tint: Color(0xE9DBC0), accent: Color(0x8A3B12), onAccent: Color(0xFFFFFF)),
    dark: Palette(
      ground: Color(0x221A12), surface: Color(0x2C2218), ink: Color(0xF3E6D0), muted: Color(0xC2AE90),
      line: Color(0x6D583B), tint: Color(0x392D1F), accent: Color(0xF0A870), onAccent: Color(0x2F1705)),
    display: Stacks.slab, weight: "700", radius: .small, layout: .wide,
    edge: "2px dashed var(--line)")
}
