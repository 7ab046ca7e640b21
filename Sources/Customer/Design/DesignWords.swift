import HTTP

/// What themes and their parts are called.
extension Theme.Name {
  func words(_ language: Language) -> (name: String, text: String) {
    switch language {
    case .german: german
    case .english: english
    }
  }

  private var german: (name: String, text: String) {
    switch self {
    case .warm: ("Warm", "Creme und Tannengrün, ruhig und freundlich.")
    case .paper: ("Papier", "Wie gedruckt: Serifen und feine Linien.")
    case .night: ("Nacht", "Immer dunkel, mit violettem Schein.")
    case .craft: ("Werkstatt", "Packpapier, gesteppte Kanten, kräftige Schrift.")
    case .studio: ("Atelier", "Schwarz, Weiß und gerade Linien.")
    case .garden: ("Garten", "Weich, rund und grün.")
    case .sea: ("Meer", "Klar und luftig, mit Licht von oben.")
    case .pastel: ("Pastell", "Rosé und Flieder auf einer sanften Karte.")
    case .poster: ("Plakat", "Laut: Schwarz auf Gelb mit harten Schatten.")
    case .contrast: ("Kontrast", "So gut lesbar wie möglich, für alle Augen.")
    }
  }

  private var english: (name: String, text: String) {
    switch self {
    case .warm: ("Warm", "Cream and fir green, calm and friendly.")
    case .paper: ("Paper", "As if printed: serifs and fine rules.")
    case .night: ("Night", "Always dark, with a violet glow.")
    case .craft: ("Workshop", "Brown paper, stitched edges, sturdy letters.")
    case .studio: ("Studio", "Black, white and straight lines.")
    case .garden: ("Garden", "Soft, round and green.")
    case .sea: ("Sea", "Clear and airy, lit from above.")
    case .pastel: ("Pastel", "Rose and lilac on one soft card.")
    case .poster: ("Poster", "Loud: black on yellow with hard shadows.")
    case .contrast: ("Contrast", "As readable as can be, for all eyes.")
    }
  }
}

extension SiteFont {
  func words(_ language: Language) -> String {
    switch (self, language) {
    case (.clear, .german): "Klar"
    case (.clear, .english): "Clear"
    case (.friendly, .german): "Freundlich"
    case (.friendly, .english): "Friendly"
    case (.geometric, .german): "Geometrisch"
    case (.geometric, .english): "Geometric"
    case (.round, .german): "Rund"
    case (.round, .english): "Round"
    case (.book, .german): "Buch"
    case (.book, .english): "Book"
    case (.slab, .german): "Kantig"
    case (.slab, .english): "Slab"
    case (.typewriter, .german): "Schreibmaschine"
    case (.typewriter, .english): "Typewriter"
    }
  }
}

extension Design.Radius {
  func words(_ language: Language) -> String {
    switch (self, language) {
    case (.none, .german): "Eckig"
    case (.none, .english): "Square"
    case (.small, .german): "Leicht gerundet"
    case (.small, .english): "Slightly rounded"
    case (.large, .german): "Gerundet"
    case (.large, .english): "Rounded"
    case (.round, .german): "Ganz rund"
    case (.round, .english): "Fully round"
    }
  }
}

extension Design.Layout {
  func words(_ language: Language) -> String {
    switch (self, language) {
    case (.wide, .german): "Profil neben dem Inhalt"
    case (.wide, .english): "Profile beside the content"
    case (.centered, .german): "Mittig"
    case (.centered, .english): "Centred"
    case (.left, .german): "Linksbündig"
    case (.left, .english): "Left-aligned"
    case (.card, .german): "Auf einer Karte"
    case (.card, .english): "On a card"
    }
  }
}
