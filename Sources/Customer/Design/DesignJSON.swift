package import HTTP

extension Design {
  /// Reads the design of the API.
  ///
  /// - Throws: ``Problem`` of 422 with a pointer for each fault; a colour that cannot be read is told with the nearest
  ///   one that can.
  package init(_ reader: inout ObjectReader) {
    self.init(theme: .warm)
    if let name = reader.optionalCase("theme", Theme.Name.self) {
      theme = name
    } else if !reader.has("theme") {
      reader.refuse("theme", .required)
    }
    accent = Self.color("accent", &reader)
    ground = Self.color("ground", &reader)
    font = Self.choice("font", SiteFont.self, &reader)
    radius = Self.choice("radius", Radius.self, &reader)
    layout = Self.choice("layout", Layout.self, &reader)
    guard reader.errors.isEmpty else { return }
    if let ground, Palette.usable(ground: ground) != ground {
      reader.refuse("ground", .lowContrast(nearest: Palette.usable(ground: ground).text))
    } else if let accent {
      // Light and dark differ too much for one lightness to suit both: the chosen one holds where the theme is light,
      // and its neighbour that can be read there where it is dark.
      let readable = Look(self).primary.accent
      if readable != accent { reader.refuse("accent", .lowContrast(nearest: readable.text)) }
    }
  }

  /// Reads what was stored. What is unknown by now is as in the theme.
  package init(stored json: JSON) {
    self.init(theme: json["theme"]?.stringValue.flatMap(Theme.Name.init) ?? .warm)
    accent = json["accent"]?.stringValue.flatMap { Color($0) }
    ground = json["ground"]?.stringValue.flatMap { Color($0) }
    font = json["font"]?.stringValue.flatMap(SiteFont.init)
    radius = json["radius"]?.stringValue.flatMap(Radius.init)
    layout = json["layout"]?.stringValue.flatMap(Layout.init)
  }

  /// The design as the API gives it, and as it is stored; what the theme decides is null.
  package var json: JSON {
    [
      "theme": .string(theme.rawValue), "accent": JSON(accent?.text), "ground": JSON(ground?.text),
      "font": JSON(font?.rawValue), "radius": JSON(radius?.rawValue), "layout": JSON(layout?.rawValue),
    ]
  }

  private static func color(_ name: String, _ reader: inout ObjectReader) -> Color? {
    guard let text = reader.nullableString(name, maximum: 7) ?? nil else { return nil }
    guard let color = Color(text) else {
      reader.refuse(name, .invalidColor)
      return nil
    }
    return color
  }

  private static func choice<Choice: RawRepresentable<String>>(
    _ name: String, _ type: Choice.Type, _ reader: inout ObjectReader
  ) -> Choice? {
    if case .null? = reader.value(name) { return nil }
    return reader.optionalCase(name, type)
  }
}
