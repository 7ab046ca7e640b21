/// Fonts that the visitor's system has, by their character.
enum Stacks {
  static let system: StaticString = """
    system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",sans-serif
    """
  static let bookish: StaticString = """
    ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Charter,"Bitstream Charter",Georgia,serif
    """
  static let grotesque: StaticString = """
    "Helvetica Neue",Inter,"Segoe UI Variable Display","Segoe UI",Arimo,"Liberation Sans",Arial,sans-serif
    """
  static let humanist: StaticString = """
    Seravek,"Gill Sans Nova",Optima,Candara,Ubuntu,Calibri,"Open Sans","Noto Sans",sans-serif
    """
  static let slab: StaticString = """
    Rockwell,"Rockwell Nova","Roboto Slab","Sitka Small","DejaVu Serif",Georgia,serif
    """
  static let rounded: StaticString = """
    ui-rounded,"SF Pro Rounded",Quicksand,Nunito,"Varela Round","Arial Rounded MT Bold",Ubuntu,"Noto Sans",sans-serif
    """
  static let mono: StaticString = """
    ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace
    """
}
