extension Theme {
  /// Loud: black on yellow with hard shadows, day and night.
  static let poster = Theme(
    .poster,
    light: Palette(
      ground: Color(0xFFD84A), surface: Color(0xFFF1B8), ink: Color(0x14110A), muted: Color(0x4A3F14),
      line: Color(0x14110A), tint: Color(0xFFE88C), accent: Color(0x14110A), onAccent: Color(0xFFD84A)),
    dark: nil,
    text: Stacks.grotesque, display: Stacks.grotesque, weight: "800", tracking: "-.04em",
    radius: .small, layout: .wide, edge: "2px solid var(--line)", shadow: "4px 4px 0 var(--line)")
}
