/// The rules of blocks that tell facts: hours, places, prices, questions, days that are left.
extension BlockStyles {
  static let hours: StaticString = """
    .hours>h2,.hours>h3{margin-bottom:1rem}
    .hours dl{padding:.5rem var(--inset);border:var(--edge);border-radius:var(--radius);background:var(--surface);
    box-shadow:var(--shadow)}
    .hours dl>div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.125rem 1.5rem;padding-block:.75rem}
    .hours dl>div+div{border-top:1px solid var(--line)}
    .hours dt{font-weight:600}
    .hours dd{font-variant-numeric:tabular-nums;text-align:end}
    .hours>p{margin-top:.875rem;color:var(--muted);font-size:.9375rem}
    @media print{.hours dl{break-inside:avoid}}

    """

  static let address: StaticString = """
    .place>h2,.place>h3{margin-bottom:.75rem}
    .place address{padding-inline-start:1.25rem;border-inline-start:3px solid var(--accent)}
    .place .more{margin-top:.75rem}
    .more a{display:inline-block;padding-block:.375rem}

    """

  static let questions: StaticString = """
    .faq>h2,.faq>h3{margin-bottom:1rem}
    .faq details{border:var(--edge);border-radius:var(--radius);background:var(--surface);
    box-shadow:var(--shadow)}
    .faq details+details{margin-top:.75rem}
    .faq summary{display:flex;align-items:center;justify-content:space-between;gap:1rem;min-height:3.5rem;
    padding:.75rem var(--inset);border-radius:var(--radius);cursor:pointer;list-style:none}
    .faq summary::-webkit-details-marker{display:none}
    .faq summary>*{font:600 1.0625rem/1.4 var(--text);letter-spacing:0}
    .faq summary::after{content:"";flex:none;width:.55rem;height:.55rem;margin-top:-.25rem;border:solid var(--accent);
    border-width:0 2px 2px 0;transform:rotate(45deg);transition:transform .15s}
    .faq [open]>summary::after{margin-top:.25rem;transform:rotate(-135deg)}
    .faq summary:hover>*{color:var(--accent)}
    .faq details>.text{padding:.125rem var(--inset) 1.25rem}
    @media print{.faq details{break-inside:avoid}.faq summary::after{display:none}}

    """

  static let prices: StaticString = """
    .prices>h2,.prices>h3{margin-bottom:.75rem}
    .prices dl>div{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem 1.5rem;padding-block:.875rem;
    border-bottom:1px solid var(--line)}
    .prices dl>div:last-child{border:0}
    .prices dt{font-weight:600}
    .prices .price{color:var(--accent);font-weight:600;font-variant-numeric:tabular-nums;text-align:end}
    .prices .note{grid-column:1/-1;max-width:34rem;color:var(--muted);font-size:.9375rem;line-height:1.5}
    @media print{.prices dl>div{break-inside:avoid}}

    """

  static let countdown: StaticString = """
    .countdown{padding:1.75rem 1.625rem;border-radius:var(--radius);background:var(--tint);text-align:center}
    .countdown>h2,.countdown>h3{font-size:1.3125rem}
    .countdown .left{margin-top:.625rem;font:var(--weight) 1.25rem/1.3 var(--display);color:var(--accent)}
    .countdown .left b{display:block;font-size:3.5rem;line-height:1.1;font-variant-numeric:tabular-nums}
    .countdown time{display:block;margin-top:.625rem;color:var(--muted)}
    @media print{.countdown{border:1px solid #bbb;break-inside:avoid}}

    """
}
