extension Theme {
  /// Clear and airy: light falls from above into the blue.
  static let sea = Theme(
    .sea,
    light: Palette(
      ground: Color(0xF2F8FC), surface: Color(0xFFFFFF), ink: Color(0x0F2433), muted: Color(0x4A6171),
      line: Color(0xCFDFE9), tint: Color(0xE0EEF6), accent: Color(0x0A5C8F), onAccent: Color(0xFFFFFF),
      glow: Color(0xCFE6F5)),
    dark: Palette(
      ground: Color(0x08151F), surface: Color(0x102331), ink: Color(0xE4F0F7), muted: Color(0x9BB4C4),
      line: Color(0x23394A), tint: Color(0x173142), accent: Color(0x7FCAF4), onAccent: Color(0x05222F),
      glow: Color(0x12374F)),
    display: Stacks.humanist, tracking: "-.015em", radius: .large, layout: .wide,
    shadow: "0 2px 4px #0c3a5a0d,0 12px 32px -12px #0c3a5a26",
    backdrop: "linear-gradient(var(--glow),var(--ground) 26rem)")
}
