extension Theme {
  /// As readable as can be: every text has a contrast of 7 or more (WCAG 2.2, 1.4.6), every box a strong edge.
  static let contrast = Theme(
    .contrast,
    light: Palette(
      ground: Color(0xFFFFFF), surface: Color(0xFFFFFF), ink: Color(0x000000), muted: Color(0x333333),
      line: Color(0x000000), tint: Color(0xFFF3A8), accent: Color(0x00308F), onAccent: Color(0xFFFFFF)),
    dark: Palette(
      ground: Color(0x000000), surface: Color(0x000000), ink: Color(0xFFFFFF), muted: Color(0xDCDCDC),
      line: Color(0xFFFFFF), tint: Color(0x33300A), accent: Color(0xFFE14D), onAccent: Color(0x000000)),
    display: Stacks.system, weight: "700", tracking: "0", radius: .small, layout: .left,
    edge: "2px solid var(--line)")
}
