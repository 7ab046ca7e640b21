extension Theme {
  /// Always dark: violet light over deep blue.
  static let night = Theme(
    .night,
    light: nil,
    dark: Palette(
      ground: Color(0x0D0F1C), surface: Color(0x181B2D), ink: Color(0xECEEFB), muted: Color(0xA5AAC6),
      line: Color(0x2D3350), tint: Color(0x1E2340), accent: Color(0xB9A8FF), onAccent: Color(0x1A1038),
      glow: Color(0x2A2458)),
    display: Stacks.grotesque, weight: "700", tracking: "-.025em", radius: .large,
    layout: .centered, darkShadow: "0 8px 32px #0006",
    backdrop: "radial-gradient(60rem 34rem at 50% -6rem,var(--glow),var(--ground))")
}
