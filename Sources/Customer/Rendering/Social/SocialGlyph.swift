/// Small drawings for accounts elsewhere: what one does there, in one common style, and nobody's mark.
enum SocialGlyph: String, CaseIterable {
  case link, bubble, letters, camera, chat, cross, play, note, code, branch, mountain, cloud, at, pin, film, bars
  case headphones, handset, plane, lock, controller, waves, palette, ball, pen, envelope, bag, heart, cup, question
  case badge, flask, book, track, star, place, house, calendar, letterF, letterT, slashes

  /// The lines of a drawing of 24 by 24, two wide.
  var path: StaticString {
    switch self {
    case .link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"
    case .bubble: "M4 4h16v12h-8l-5 4v-4H4zM8 12V9.5a2 2 0 0 1 4 0V12M12 9.5a2 2 0 0 1 4 0V12"
    case .letters: "M6 10v8M6 6v.01M11 18v-8M11 14a3.5 3.5 0 0 1 7 0v4"
    case .camera: "M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z"
    case .chat: "M4 4h16v12h-8l-5 4v-4H4zM8 9h8M8 12h5"
    case .cross: "M5 5l14 14M19 5L5 19"
    case .play: "M3 5h18v14H3zM10 9l5 3-5 3z"
    case .note: "M9 17V6l10-2v11M9 17a3 3 0 1 1-3-3h3M19 15a3 3 0 1 1-3-3h3"
    case .code: "M8 7l-5 5 5 5M16 7l5 5-5 5M13 5l-2 14"
    case .branch: "M7 9v6M7 5a2 2 0 1 0 0 4 2 2 0 1 0 0-4zM7 15a2 2 0 1 0 0 4 2 2 0 1 0 0-4zM17 5v2c0 5-10 3-10 8"
    case .mountain: "M2 19l7-13 4 7 2-3 7 9z"
    case .cloud: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1.4A4.7 4.7 0 0 1 17 18z"
    case .at: "M16 12a4 4 0 1 0-8 0 4 4 0 0 0 8 0zM16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-4 7.5"
    case .pin: "M9 3h6l-1 7 3 3H7l3-3zM12 13v8"
    case .film: "M3 5h18v14H3zM7 5v14M17 5v14M3 12h4M17 12h4"
    case .bars: "M4 14v4M8 10v8M12 6v12M16 10v8M20 13v5"
    case .headphones: "M4 15v-3a8 8 0 0 1 16 0v3M4 14h3v6H4zM20 14h-3v6h3z"
    case .handset: "M6 3h3l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"
    case .plane: "M21 4L3 11l6 2.5 2.5 6.5zM21 4L9 13.5"
    case .lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v1"
    case .controller:
      "M7 7h10a4 4 0 0 1 4 4v4a3 3 0 0 1-5.5 1.5h-7A3 3 0 0 1 3 15v-4a4 4 0 0 1 4-4zM8 10v4M6 12h4M16 12v.01"
    case .waves: "M12 12v.01M8 8a6 6 0 0 0 0 8M16 8a6 6 0 0 1 0 8M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14"
    case .palette:
      "M12 3a9 9 0 1 0 0 18 2 2 0 0 0 2-2c0-2 1-3 3-3h2a2 2 0 0 0 2-2 9 9 0 0 0-9-11zM8 11v.01M12 7.5v.01M16 10v.01"
    case .ball: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18"
    case .pen: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"
    case .envelope: "M3 6h18v12H3zM3 7l9 7 9-7"
    case .bag: "M5 8h14l1 12H4zM9 8V7a3 3 0 0 1 6 0v1"
    case .heart: "M12 20S4 15 4 9a4 4 0 0 1 8-1.5A4 4 0 0 1 20 9c0 6-8 11-8 11z"
    case .cup: "M4 8h13v7a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zM17 9h1a3 3 0 0 1 0 6h-1"
    case .question: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01"
    case .badge: "M4 5h16v14H4zM10 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 16h6M16 10v4"
    case .flask: "M10 3v6L4 20h16L14 9V3M8 3h8M7 15h10"
    case .book: "M4 5a9 9 0 0 1 8 2 9 9 0 0 1 8-2v13a9 9 0 0 0-8 2 9 9 0 0 0-8-2zM12 7v13"
    case .track: "M3 17l5-9 4 7 3-5 6 9"
    case .star:
      "M12 3l2.7 5.8 6.3.7-4.7 4.3 1.3 6.2-5.6-3.2L6.4 20l1.3-6.2L3 9.5l6.3-.7z"
    case .place: "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
    case .house: "M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6"
    case .calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"
    case .letterF: "M16 5h-1a4 4 0 0 0-4 4v11M7 12h8"
    case .letterT: "M11 4v12a3 3 0 0 0 3 3h2M7 9h8"
    case .slashes: "M5 8l3 4-4 6M17 4l-6 9 4 7"
    }
  }

  /// The drawing, of no meaning to a screen reader: a name stands beside it.
  var html: HTML {
    """
    <svg class="glyph" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">\
    <path d="\(HTML(stringLiteral: path))"/></svg>
    """
  }
}
