/// The rules of blocks that show pictures.
extension BlockStyles {
  static let hero: StaticString = """
    .hero{display:grid;gap:2rem}
    .hero>div>*+*{margin-top:1rem}
    .hero>div>p:not(.button){color:var(--muted);font-size:1.1875rem;line-height:1.5;text-wrap:pretty}
    .hero>div>.button{margin-top:1.75rem}
    .hero img{display:block;width:100%;height:auto;max-height:30rem;object-fit:cover;border-radius:var(--radius)}

    """

  static let image: StaticString = """
    figure{margin:0}
    .image img{display:block;width:100%;height:auto;border-radius:var(--radius)}
    .image>a{display:block}
    .image>a:hover img{outline:3px solid var(--accent);outline-offset:3px}
    figcaption{margin-top:.625rem;color:var(--muted);font-size:.9375rem;line-height:1.5}
    @media print{.image{break-inside:avoid}}

    """

  static let gallery: StaticString = """
    figure{margin:0}
    .gallery>h2,.gallery>h3{margin-bottom:1rem}
    .gallery ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(9.5rem,42vw),1fr));gap:.75rem;padding:0;
    list-style:none}
    .gallery img{display:block;width:100%;height:auto;aspect-ratio:1;object-fit:cover;border-radius:var(--radius)}
    .gallery a{display:block}
    .gallery a:hover img{outline:3px solid var(--accent);outline-offset:2px}
    .gallery figcaption{margin-top:.4rem;color:var(--muted);font-size:.875rem;line-height:1.4}
    @media print{.gallery li{break-inside:avoid}}

    """

  static let testimonial: StaticString = """
    .testimonial{margin:0;padding:1.5rem var(--inset);border:var(--edge);border-radius:var(--radius);
    background:var(--surface);box-shadow:var(--shadow)}
    .testimonial blockquote{padding:0;border:0;color:var(--ink);font:500 1.25rem/1.5 var(--display)}
    .testimonial blockquote::before{content:"\u{201C}";display:block;height:2.25rem;color:var(--accent);
    font:var(--weight) 4rem/1 var(--display)}
    .testimonial figcaption{display:flex;align-items:center;gap:.875rem;margin-top:1.125rem;color:var(--ink);
    font-size:1rem;line-height:1.35}
    .testimonial img{display:block;flex:none;width:3.5rem;height:3.5rem;object-fit:cover;border-radius:50%}
    .testimonial b{display:block;font-weight:600}
    .testimonial small{color:var(--muted);font-size:.9375rem}
    @media print{.testimonial{break-inside:avoid}}

    """

  static let embed: StaticString = """
    .embed{display:grid;align-content:center;min-height:18rem;overflow:hidden;border:1px solid var(--line);
    border-radius:var(--radius);background:var(--tint)}
    .embed>picture,.embed>img{display:block}
    .embed>img,.embed>picture>img{display:block;width:100%;height:auto;aspect-ratio:16/9;object-fit:cover}
    .embed>div{padding:1.5rem max(var(--inset),1.25rem);font-size:.9375rem;line-height:1.55}
    .embed .title{font:var(--weight) 1.25rem/1.3 var(--display)}
    .embed>div>*+*{margin-top:.75rem}
    .flow>*+.embed,.flow>.embed+*{margin-top:2.5rem}
    .embed>div>.button{margin-top:1.125rem}
    .embed p:has(>[hidden]){display:none}
    .embed iframe{display:block;width:100%;height:100%;aspect-ratio:16/9;border:0}
    .embed.map iframe{aspect-ratio:4/3}
    .more a{display:inline-block;padding-block:.375rem}
    @media print{.embed .button{display:none}}

    """
}
