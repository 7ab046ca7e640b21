package import HTTP
import Services

extension CustomerModule {
  /// What sites can look like, with names in the caller's language.
  package func themes(_ language: Language) -> [UInt8] {
    let answer: JSON = [
      "themes": .array(
        Theme.Name.allCases.map { name in
          let words = name.words(language)
          return [
            "id": .string(name.rawValue), "name": .string(words.name), "text": .string(words.text),
            "look": Look(Design(theme: name)).json,
          ]
        }),
      "fonts": .array(
        SiteFont.allCases.map { font in
          [
            "id": .string(font.rawValue), "name": .string(font.words(language)),
            "fallback": .string(font.fallback.description),
          ]
        }),
      "radii": Self.choices(Design.Radius.allCases) { $0.words(language) },
      "layouts": Self.choices(Design.Layout.allCases) { $0.words(language) },
    ]
    return answer.bytes
  }

  /// What becomes of a design, without storing it.
  ///
  /// - Throws: ``Problem`` of 422 when it cannot be.
  package func previewDesign(_ body: JSON) throws -> [UInt8] {
    var reader = try ObjectReader(body)
    let design = Design(&reader)
    try reader.finish()
    return Look(design).json.bytes
  }

  private static func choices<Choice: RawRepresentable<String>>(
    _ choices: [Choice], _ words: (Choice) -> String
  ) -> JSON {
    .array(choices.map { ["id": .string($0.rawValue), "name": .string(words($0))] })
  }
}

extension Look {
  /// What a preview needs: colours for each scheme, and values of the style sheet.
  var json: JSON {
    [
      "light": light?.json ?? .null, "dark": dark?.json ?? .null, "font": JSON(font?.rawValue),
      "text": .string((font?.fallback ?? theme.text).description),
      "display": .string((font?.fallback ?? theme.display).description),
      "weight": .string(theme.weight.description), "edge": .string(theme.edge.description),
      "shadow": .string((light == nil ? theme.darkShadow : theme.shadow).description),
      "radius": .string(radius.rawValue), "layout": .string(layout.rawValue),
    ]
  }
}

extension Palette {
  fileprivate var json: JSON {
    [
      "ground": .string(ground.text), "surface": .string(surface.text), "ink": .string(ink.text),
      "muted": .string(muted.text), "line": .string(line.text), "tint": .string(tint.text),
      "accent": .string(accent.text), "on_accent": .string(onAccent.text), "glow": JSON(glow?.text),
    ]
  }
}
