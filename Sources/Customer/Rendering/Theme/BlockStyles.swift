/// The rules that only pages with blocks of a kind need. They follow ``BaseStyles`` in the sheet, in the order of
/// ``Block/Kind``, and use its custom properties for every colour, radius and font.
enum BlockStyles {
  static func css(for kind: Block.Kind) -> StaticString {
    switch kind {
    case .profile: profile
    case .heading, .text: ""
    case .button: button
    case .links: links
    case .contact: contact
    case .divider: divider
    case .hero: hero
    case .image: image
    case .gallery: gallery
    case .social: social
    case .hours: hours
    case .address: address
    case .questions: questions
    case .testimonial: testimonial
    case .prices: prices
    case .countdown: countdown
    case .embed: embed
    case .form: form
    case .legal: legal
    }
  }

  private static let profile: StaticString = """
    .profile{display:grid;justify-items:start;gap:1.375rem}
    .avatar{display:block;width:5.5rem;height:5.5rem;border-radius:var(--pill);overflow:hidden;fill:var(--accent)}
    .avatar img{display:block;width:100%;height:100%;object-fit:cover}
    .avatar text{fill:var(--on-accent);font-family:var(--display);font-weight:var(--weight)}
    .name{font:var(--weight) 1.6rem/1.2 var(--display);letter-spacing:var(--tracking)}
    .headline{margin-top:.5rem;color:var(--muted);font-size:1.1875rem;line-height:1.45;text-wrap:balance}
    @media(forced-colors:active){.avatar{fill:CanvasText}.avatar text{fill:Canvas}}
    @media print{.avatar{print-color-adjust:exact}.profile{break-inside:avoid}}

    """

  private static let button: StaticString = """
    .flow>.button+.button{margin-top:.75rem}
    .button :is(a,button){display:inline-flex;align-items:center;justify-content:center;min-height:3.25rem;
    max-width:100%;padding:.7rem 1.75rem;border:2px solid transparent;border-radius:var(--pill);
    background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;line-height:1.3;text-align:center;
    text-decoration:none;cursor:pointer;transition:transform .15s}
    .button :is(a,button):hover{transform:translateY(-2px)}
    .button :is(a,button):active{transform:none}
    .button :is(a,button):focus-visible{border-radius:var(--pill)}
    @media(max-width:35.99rem){.button :is(a,button){display:flex}}
    @media(prefers-reduced-motion:reduce){.button :is(a,button):hover{transform:none}}
    @media(forced-colors:active){.button :is(a,button){border-color:LinkText}}
    @media print{.button :is(a,button){background:none;color:#000;border-color:#000}
    .button a::after{content:" (" attr(href) ")";font-weight:400}}

    """

  private static let links: StaticString = """
    .links>h2,.links>h3{margin-bottom:1rem}
    .links>ul{display:grid;gap:.75rem;padding:0;list-style:none}
    .links>.group{margin:2rem 0 .875rem;font:600 .8125rem/1.4 var(--text);letter-spacing:.08em;text-transform:uppercase;
    color:var(--muted)}
    .links>.group:first-child{margin-top:0}
    .card{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:4.25rem;
    padding:.8rem var(--inset);border:var(--edge);border-radius:var(--radius);background:var(--surface);
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
    .card.lead{border-color:var(--accent);background:var(--accent);color:var(--on-accent)}
    .card.lead small{color:inherit}
    .card.lead::after{border-color:var(--on-accent)}
    .card:focus-visible{border-radius:var(--radius)}
    @media(prefers-reduced-motion:reduce){.card:hover{transform:none}.card:hover::after{transform:rotate(45deg)}}
    @media print{.card::after{display:none}.card{break-inside:avoid}}

    """

  private static let contact: StaticString = """
    .contact h2,.contact h3{margin-bottom:1rem}
    .contact dl{display:grid;gap:1rem 1.5rem;padding:1.35rem var(--inset);border:var(--edge);
    border-radius:var(--radius);background:var(--surface);box-shadow:var(--shadow)}
    .contact dt{color:var(--muted);font-size:.875rem;line-height:1.4}
    .contact dd a{display:inline-block;padding-block:.15rem}
    .contact .accounts,.contact .more{margin-top:1.25rem}
    .more a{display:inline-block;padding-block:.375rem}
    @media(min-width:36rem){.contact dl{row-gap:.625rem}
    .contact dl>div{display:grid;grid-template-columns:6.5rem 1fr;align-items:baseline}}
    @media print{.contact dl{break-inside:avoid}}

    """

  private static let divider: StaticString = """
    hr{width:3.5rem;height:0;margin:3rem auto;border:0;border-top:2px solid var(--line)}
    .flow>*+hr,.flow>hr+*{margin-top:3rem}

    """
}
