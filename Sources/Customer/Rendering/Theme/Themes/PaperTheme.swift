extension Theme {
  /// A printed page: serifs throughout, rules instead of boxes.
  static let paper = Theme(
    .paper,
    light: Palette(
      ground: Color(0xFCFAF5), surface: Color(0xFCFAF5), ink: Color(0x1C1A17), muted: Color(0x5F5A51),
      line: Color(0xD8D2C4), tint: Color(0xF2ECE0), accent: Color(0x8F1D22), onAccent: Color(0xFFFFFF)),
    dark: Palette(
      ground: Color(0x1A1917), surface: Color(0x1A1917), ink: Color(0xECE6D9), muted: Color(0xABA595),
      line: Color(0x3D3A34), tint: Color(0x27251F), accent: Color(0xF2A593), onAccent: Color(0x33100A)),
    text: Stacks.bookish, display: Stacks.bookish, weight: "500", tracking: "-.02em",
    radius: .none, layout: .left, edge: "0 solid", inset: ".125rem", shadow: "0 1px 0 var(--line)",
    darkShadow: "0 1px 0 var(--line)")
}
