/// The rules of each layout. They come last, because they arrange what the others made.
enum LayoutStyles {
  static func css(for layout: Design.Layout) -> StaticString {
    switch layout {
    case .wide: wide
    case .centered: centered
    case .left: left
    case .card: card
    }
  }

  /// A profile that begins the home page stands beside the rest where there is room.
  private static let wide: StaticString = """
    @media(min-width:60rem){
    main.wide{max-width:68rem;display:grid;grid-template-columns:minmax(0,19rem) minmax(0,1fr);
    gap:clamp(3.5rem,7vw,6.5rem);align-items:start}
    main.wide h1{font-size:2.75rem}
    main.wide .avatar{width:7rem;height:7rem}}
    @media(min-width:60rem) and (min-height:45rem){main.pinned .profile{position:sticky;top:3rem}}
    @media(max-width:59.99rem){main.wide>.flow{margin-top:2.5rem}}

    """

  private static let centered: StaticString = """
    main{max-width:40rem}
    main.wide>.flow{margin-top:2.75rem}
    .profile{justify-items:center;text-align:center}
    .profile .accounts ul{justify-content:center}
    .avatar{width:7rem;height:7rem}
    .flow>h1,.flow>h2,.flow>h3,.flow>section>h2,.flow>section>h3,.flow>.button{text-align:center}
    .top,.foot{justify-content:center;max-width:40rem}
    .foot{text-align:center;gap:.25rem 1.5rem}
    .foot ul{justify-content:center}

    """

  private static let left: StaticString = """
    main,.top,.foot{max-width:44rem}
    main.wide>.flow{margin-top:3rem}
    @media(min-width:36rem){
    .profile{grid-template-columns:auto 1fr;column-gap:1.75rem;align-items:center}
    .profile>:nth-child(n+3){grid-column:1/-1}}

    """

  private static let card: StaticString = """
    main{flex:none;width:calc(100% - 2rem);max-width:38rem;margin-block:clamp(1rem,5vw,3.5rem);
    padding:clamp(1.75rem,6vw,3.5rem) clamp(1.25rem,6vw,3.25rem);border:var(--edge);border-radius:var(--radius);
    background:var(--surface);box-shadow:var(--shadow)}
    main>*{--surface:var(--ground);--shadow:none}
    main.wide>.flow{margin-top:2.5rem}
    .profile{justify-items:center;text-align:center}
    .profile .accounts ul{justify-content:center}
    .top,.foot{max-width:38rem;padding-inline:1.5rem}
    .foot{margin-top:auto}

    """
}
