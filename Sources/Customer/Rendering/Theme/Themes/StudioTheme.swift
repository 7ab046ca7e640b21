extension Theme {
  /// A workbench for type: black, white, straight lines, letters of one width.
  static let studio = Theme(
    .studio,
    light: Palette(
      ground: Color(0xFFFFFF), surface: Color(0xFFFFFF), ink: Color(0x111111), muted: Color(0x575757),
      line: Color(0x111111), tint: Color(0xF0F0EE), accent: Color(0x111111), onAccent: Color(0xFFFFFF)),
    dark: Palette(
      ground: Color(0x0D0D0D), surface: Color(0x0D0D0D), ink: Color(0xF3F3F3), muted: Color(0xA8A8A8),
      line: Color(0xF3F3F3), tint: Color(0x222222), accent: Color(0xF3F3F3), onAccent: Color(0x0D0D0D)),
    text: Stacks.grotesque, display: Stacks.mono, weight: "600", tracking: "-.045em",
    radius: .none, layout: .wide, edge: "1px solid var(--line)")
}
