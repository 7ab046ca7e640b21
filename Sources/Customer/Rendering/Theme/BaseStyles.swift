/// What every page needs whatever is on it: type, frame, the flow of its parts, text and rows of accounts. One column
/// on a phone, the profile beside the content on a wide screen.
enum BaseStyles {
  static let rules: CSS = """
    *,::before,::after{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;background:var(--backdrop) var(--ground);
    color:var(--ink);font:400 1.0625rem/1.65 var(--text);overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
    h1,h2,h3,h4,h5,h6{margin:0;font-family:var(--display);font-weight:var(--weight);line-height:1.2;text-wrap:balance;
    letter-spacing:var(--tracking)}
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
    .skip{position:absolute;left:1rem;top:-6rem;z-index:1;padding:.75rem 1.25rem;border-radius:var(--radius);
    background:var(--accent);color:var(--on-accent);font-weight:600}
    .skip:focus{top:1rem}
    .top,.foot{width:100%;max-width:68rem;margin-inline:auto;padding-inline:clamp(1.25rem,4vw,2.5rem)}
    .top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 1.5rem;
    padding-block:1.125rem}
    .brand{display:inline-flex;align-items:center;min-height:2.75rem;color:var(--ink);
    font:var(--weight) 1.1875rem/1.3 var(--display);letter-spacing:var(--tracking);text-decoration:none}
    .brand:hover{color:var(--accent)}
    .top ul{display:flex;flex-wrap:wrap;gap:.125rem;margin-inline:-.875rem;padding:0;list-style:none}
    .top li a{display:flex;align-items:center;min-height:2.75rem;padding:.25rem .875rem;border-radius:var(--pill);
    color:var(--muted);font-size:1rem;text-decoration:none}
    .top li a:hover{color:var(--ink);background:var(--tint)}
    .top li a[aria-current]{color:var(--accent);font-weight:600;text-decoration:underline;
    text-decoration-thickness:2px;text-underline-offset:.4em}
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
    .flow>.edition{margin-top:2.5rem;color:var(--muted);font-size:.9375rem}
    .accounts ul{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}
    .accounts a{display:flex;align-items:center;min-height:2.75rem;padding:.25rem 1.05rem;border:var(--edge);
    border-radius:var(--pill);background:var(--surface);box-shadow:var(--shadow);color:var(--ink);font-size:.9375rem;text-decoration:none}
    .accounts a:hover{border-color:var(--accent);color:var(--accent)}
    .lost{padding-block:clamp(2rem,12vh,8rem)}
    .lost>.code{color:var(--accent);font:600 1.0625rem/1 var(--text);letter-spacing:.08em}
    .lost>.code+h1{margin-top:.75rem}
    @media(prefers-reduced-motion:reduce){*,::before,::after{transition:none!important;scroll-behavior:auto!important}}
    @media(forced-colors:active){:root{--backdrop:none}}
    @media print{:root{--ground:#fff;--surface:#fff;--ink:#000;--muted:#444;--line:#bbb;--accent:#000;--on-accent:#fff;
    --shadow:none;--backdrop:none}
    body{font-size:11pt}.top nav,.skip{display:none}h2,h3{break-after:avoid}
    .text a[href^=http]::after{content:" (" attr(href) ")";font-weight:400}}

    """
}
