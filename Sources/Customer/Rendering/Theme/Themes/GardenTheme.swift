extension Theme {
  /// Soft and green: round shapes, light between leaves.
  static let garden = Theme(
    .garden,
    light: Palette(
      ground: Color(0xF3F7EC), surface: Color(0xFDFFF9), ink: Color(0x1E2B1B), muted: Color(0x52604D),
      line: Color(0xD5E0C9), tint: Color(0xE6EFD9), accent: Color(0x2F6A2C), onAccent: Color(0xFFFFFF),
      glow: Color(0xDCEBC2)),
    dark: Palette(
      ground: Color(0x111811), surface: Color(0x1A241A), ink: Color(0xE7F0E1), muted: Color(0xA4B39D),
      line: Color(0x304030), tint: Color(0x223122), accent: Color(0xA8D98C), onAccent: Color(0x12260D),
      glow: Color(0x1F3520)),
    display: Stacks.rounded, weight: "700", radius: .round, layout: .centered,
    shadow: "0 6px 24px #1e3a1412",
    backdrop: "radial-gradient(50rem 40rem at 0 100%,var(--glow),var(--ground)) fixed")
}
