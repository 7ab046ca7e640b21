/// The colours of mails: light ones inline, since some programs read nothing else, dark ones where they are asked for.
struct MailColors {
  let background: String
  let ink: String
  /// Of small print, on the same background.
  let quiet: String
  let button: String
  let buttonInk: String

  static let light = MailColors(
    background: "#ffffff", ink: "#1b2420", quiet: "#55605b", button: "#1f5f4f", buttonInk: "#ffffff")
  static let dark = MailColors(
    background: "#141917", ink: "#e8ecea", quiet: "#b3bdb8", button: "#8fd6c2", buttonInk: "#10231d")

  var page: String { "background:\(background);color:\(ink)" }
  var small: String { "color:\(quiet)" }
  var action: String { "background:\(button);color:\(buttonInk)" }

  static let style = """
    @media (prefers-color-scheme:dark){\
    body{background:\(dark.background)!important;color:\(dark.ink)!important}\
    .small{color:\(dark.quiet)!important}\
    .action{background:\(dark.button)!important;color:\(dark.buttonInk)!important}}
    """
}
