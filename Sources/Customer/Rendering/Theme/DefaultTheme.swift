/// The one theme: calm, with system fonts only, because a page asks nobody for anything. Each pair of text and ground
/// has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
enum DefaultTheme {
  /// The page's ground, for what the browser paints around it.
  static let groundLight = "#faf8f4"
  static let groundDark = "#161714"

  static let tokens: CSS = """
    :root{color-scheme:light dark;
    --ground:#faf8f4;--surface:#fff;--ink:#211f1b;--muted:#635e55;--line:#e5dfd4;--accent:#1f5c50;--on-accent:#fff;
    --tint:#eef3ef;--shadow:0 1px 2px #2b24140a,0 4px 16px #2b24140a;
    --text:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",sans-serif;
    --display:ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Charter,"Bitstream Charter",Georgia,serif;
    --mono:ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
    --radius:1rem}
    @media(prefers-color-scheme:dark){:root{
    --ground:#161714;--surface:#1f211d;--ink:#eceae3;--muted:#aaa79c;--line:#33362f;--accent:#93d2bf;--on-accent:#0c241d;
    --tint:#22302b;--shadow:none}}

    """
}
