/// The one theme: calm, one column on a phone, profile beside content on a wide screen. System fonts only, because a
/// page asks nobody for anything. Each pair of text and ground has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
enum DefaultTheme {
  static let stylesheet = Stylesheet(source)

  /// The page's ground, for what the browser paints around it.
  static let groundLight = "#faf8f4"
  static let groundDark = "#161714"

  private static let source: StaticString = """
    /* Colours and type */
    :root{color-scheme:light dark;
    --ground:#faf8f4;--surface:#fff;--ink:#211f1b;--muted:#635e55;--line:#e5dfd4;--accent:#1f5c50;--on-accent:#fff;
    --tint:#eef3ef;--shadow:0 1px 2px #2b24140a,0 4px 16px #2b24140a;
    --text:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",sans-serif;
    --display:ui-serif,"Iowan Old Style","Palatino Linotype",Palatino,Charter,"Bitstream Charter",Georgia,serif;
    --mono:ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media(prefers-color-scheme:dark){:root{
    --ground:#161714;--surface:#1f211d;--ink:#eceae3;--muted:#aaa79c;--line:#33362f;--accent:#93d2bf;--on-accent:#0c241d;
    --tint:#22302b;--shadow:none}}
    *,::before,::after{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;background:var(--ground);
    color:var(--ink);font:400 1.0625rem/1.65 var(--text);overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
    h1,h2,h3,h4,h5,h6{margin:0;font-family:var(--display);font-weight:600;line-height:1.2;text-wrap:balance;
    letter-spacing:-.012em}
    h1{font-size:clamp(2.1rem,1.55rem + 2.4vw,3rem);line-height:1.1}
    h2{font-size:1.6rem}
    h3{font-size:1.25rem}
    h4,h5,h6{font-size:1.0625rem}
    p,ul,ol,dl,dd,blockquote,address{margin:0}
    p{text-wrap:pretty}
    address{font-style:normal}
    a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:from-font}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.375rem}
    ::selection{background:var(--accent);color:var(--on-accent)}
    /* Frame */
    .skip{position:absolute;left:1rem;top:-6rem;z-index:1;padding:.75rem 1.25rem;border-radius:.75rem;
    background:var(--accent);color:var(--on-accent);font-weight:600}
    .skip:focus{top:1rem}
    .top,.foot{width:100%;max-width:68rem;margin-inline:auto;padding-inline:clamp(1.25rem,4vw,2.5rem)}
    .top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 1.5rem;
    padding-block:1.125rem}
    .brand{display:inline-flex;align-items:center;min-height:2.75rem;color:var(--ink);
    font:600 1.1875rem/1.3 var(--display);letter-spacing:-.006em;text-decoration:none}
    .brand:hover{color:var(--accent)}
    .top ul{display:flex;flex-wrap:wrap;gap:.125rem;margin-inline:-.875rem;padding:0;list-style:none}
    .top li a{display:flex;align-items:center;min-height:2.75rem;padding:.25rem .875rem;border-radius:99rem;
    color:var(--muted);font-size:1rem;text-decoration:none}
    .top li a:hover{color:var(--ink);background:var(--tint)}
    .top li a[aria-current]{color:var(--accent);font-weight:600}
    main{flex:1;width:100%;max-width:44rem;margin-inline:auto;padding-inline:clamp(1.25rem,4vw,2.5rem);
    padding-block:clamp(1.75rem,6vw,4rem) clamp(3.5rem,9vw,6rem)}
    .foot{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 2rem;padding-block:1.25rem 1.75rem;
    color:var(--muted);font-size:.9375rem}
    .foot::before{content:"";flex:0 0 100%;height:1px;margin-bottom:.75rem;background:var(--line)}
    .foot p{padding-block:.5rem}
    .foot ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;padding:0;list-style:none}
    .foot a{display:inline-block;padding-block:.5rem;color:inherit}
    .foot a:hover{color:var(--accent)}
    /* Flow of a page's parts */
    .flow>*+*{margin-top:1.5rem}
    .flow>*+h2{margin-top:3rem}
    .flow>*+h3{margin-top:2.25rem}
    .flow>h1+*{margin-top:1.75rem}
    .flow>h2+*,.flow>h3+*{margin-top:.75rem}
    .flow>section+*,.flow>*+section{margin-top:2.75rem}
    .flow>.button+.button{margin-top:.75rem}
    hr{width:3.5rem;height:0;margin:3rem auto;border:0;border-top:2px solid var(--line)}
    .flow>*+hr,.flow>hr+*{margin-top:3rem}
    .text>*+*{margin-top:1rem}
    .text>*+h2{margin-top:2.5rem}
    .text>*+h3,.text>*+h4,.text>*+h5{margin-top:1.75rem}
    .text>h2+*,.text>h3+*,.text>h4+*{margin-top:.5rem}
    .text ul,.text ol{padding-inline-start:1.35em}
    .text li+li{margin-top:.35em}
    .text li::marker{color:var(--muted)}
    .text li>*+*{margin-top:.35em}
    blockquote{padding:.25rem 0 .25rem 1.25rem;border-inline-start:3px solid var(--accent);color:var(--muted)}
    blockquote>*+*{margin-top:.75rem}
    code{padding:.1em .35em;border-radius:.3em;background:var(--tint);font:.9em var(--mono);overflow-wrap:anywhere}
    .legal h2{font-size:1.3125rem}
    .legal h3{font-size:1.125rem}
    .legal>*+h2{margin-top:2.25rem}
    /* Profile */
    .profile{display:grid;justify-items:start;gap:1.375rem}
    .avatar{display:block;width:5.5rem;height:5.5rem;fill:var(--accent)}
    .avatar text{fill:var(--on-accent);font-family:var(--display);font-weight:600}
    .name{font:600 1.6rem/1.2 var(--display);letter-spacing:-.012em}
    .headline{margin-top:.5rem;color:var(--muted);font-size:1.1875rem;line-height:1.45;text-wrap:balance}
    .accounts ul{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}
    .accounts a{display:flex;align-items:center;min-height:2.75rem;padding:.25rem 1.05rem;border:1px solid var(--line);
    border-radius:99rem;background:var(--surface);color:var(--ink);font-size:.9375rem;text-decoration:none}
    .accounts a:hover{border-color:var(--accent);color:var(--accent)}
    /* Links, buttons, contact */
    .links>h2,.links>h3{margin-bottom:1rem}
    .links>ul{display:grid;gap:.75rem;padding:0;list-style:none}
    .links>.group{margin:2rem 0 .875rem;font:600 .8125rem/1.4 var(--text);letter-spacing:.08em;text-transform:uppercase;
    color:var(--muted)}
    .links>.group:first-child{margin-top:0}
    .card{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:4.25rem;
    padding:.8rem 1.25rem;border:1px solid var(--line);border-radius:1rem;background:var(--surface);
    box-shadow:var(--shadow);color:var(--ink);line-height:1.35;text-decoration:none;
    transition:border-color .15s,transform .15s}
    .card:hover{border-color:var(--accent);transform:translateY(-2px)}
    .card:active{transform:none}
    .card b{display:block;font-weight:600}
    .card small{display:block;margin-top:.15rem;color:var(--muted);font-size:.875rem}
    .card span{min-width:0;overflow-wrap:anywhere}
    .card::after{content:"";flex:none;width:.5rem;height:.5rem;border:solid var(--muted);border-width:2px 2px 0 0;
    transform:rotate(45deg);transition:transform .15s}
    .card:hover::after{border-color:var(--accent);transform:translateX(3px) rotate(45deg)}
    .card:focus-visible{border-radius:1rem}
    .card.lead{border-color:var(--accent);background:var(--accent);color:var(--on-accent)}
    .card.lead small{color:inherit}
    .card.lead::after,.card.lead:hover::after{border-color:var(--on-accent)}
    .button a{display:inline-flex;align-items:center;justify-content:center;min-height:3.25rem;max-width:100%;
    padding:.7rem 1.75rem;border:2px solid transparent;border-radius:99rem;background:var(--accent);
    color:var(--on-accent);font-weight:600;line-height:1.3;text-align:center;text-decoration:none;
    transition:transform .15s}
    .button a:hover{transform:translateY(-2px)}
    .button a:active{transform:none}
    .button a:focus-visible{border-radius:99rem}
    .contact h2,.contact h3{margin-bottom:1rem}
    .contact dl{display:grid;gap:1rem 1.5rem;padding:1.35rem 1.5rem;border:1px solid var(--line);border-radius:1rem;
    background:var(--surface);box-shadow:var(--shadow)}
    .contact dt{color:var(--muted);font-size:.875rem;line-height:1.4}
    .contact dd a{display:inline-block;padding-block:.15rem}
    .contact .accounts{margin-top:1.25rem}
    .lost{padding-block:clamp(2rem,12vh,8rem)}
    .lost>.code{color:var(--accent);font:600 1.0625rem/1 var(--text);letter-spacing:.08em}
    .lost>.code+h1{margin-top:.75rem}
    @media(min-width:36rem){.contact dl{row-gap:.625rem}.contact dl>div{display:grid;grid-template-columns:6.5rem 1fr;align-items:baseline}}
    @media(max-width:35.99rem){.button a{display:flex}}
    @media(min-width:60rem){
    main.wide{max-width:68rem;display:grid;grid-template-columns:minmax(0,19rem) minmax(0,1fr);
    gap:clamp(3.5rem,7vw,6.5rem);align-items:start}
    main.wide h1{font-size:2.75rem}
    main.wide .avatar{width:7rem;height:7rem}}
    @media(min-width:60rem) and (min-height:45rem){main.pinned .profile{position:sticky;top:3rem}}
    @media(max-width:59.99rem){main.wide>.flow{margin-top:2.5rem}}
    @media(prefers-reduced-motion:reduce){*,::before,::after{transition:none!important;scroll-behavior:auto!important}
    .card:hover,.button a:hover{transform:none}.card:hover::after{transform:rotate(45deg)}}
    @media(forced-colors:active){.avatar{fill:CanvasText}.avatar text{fill:Canvas}
    .button a{border-color:LinkText}}
    @media print{:root{--ground:#fff;--surface:#fff;--ink:#000;--muted:#444;--line:#bbb;--accent:#000;--on-accent:#fff;
    --shadow:none}
    body{font-size:11pt}.top nav,.skip,.card::after{display:none}.avatar{print-color-adjust:exact}
    .card,.contact dl,.profile{break-inside:avoid}h2,h3{break-after:avoid}
    .button a{background:none;color:#000;border-color:#000}
    .text a[href^=http]::after,.button a::after{content:" (" attr(href) ")";font-weight:400}}

    """
}
