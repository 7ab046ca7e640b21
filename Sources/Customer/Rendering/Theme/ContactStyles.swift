/// The rules of blocks by which visitors get in touch, and find the legal pages.
extension BlockStyles {
  static let social: StaticString = """
    .social>h2,.social>h3{margin-bottom:1rem}

    """

  static let form: StaticString = """
    .write>h2,.write>h3{margin-bottom:.75rem}
    .write form{display:grid;gap:1.125rem;margin-top:1rem;padding:1.5rem var(--inset);border:1px solid var(--line);
    border-radius:var(--radius);background:var(--surface);box-shadow:var(--shadow)}
    .write label>span{display:block;margin-bottom:.3rem;font-size:.9375rem;font-weight:600;line-height:1.4}
    .write input,.write textarea{display:block;width:100%;min-height:3rem;padding:.65rem .875rem;
    border:1px solid var(--muted);border-radius:min(var(--radius),.75rem);background:var(--ground);color:var(--ink);
    font:inherit;line-height:1.5}
    .write input[type=hidden]{display:none}
    .write textarea{resize:vertical}
    .write .trap{position:absolute;left:-100rem;width:1px;height:1px;overflow:hidden}
    .write .note{color:var(--muted);font-size:.875rem;line-height:1.5}
    @media(min-width:44rem){.write .button{justify-self:start}}
    @media print{.write form{display:none}}

    """

  static let legal: StaticString = """
    .legal-links ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;padding:0;list-style:none}
    .legal-links a{display:inline-block;padding-block:.5rem}

    """
}
