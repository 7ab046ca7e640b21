import HTTP
import Testing

@testable import Customer

@Suite("A design")
struct DesignTests {
  private static let designs: [Design] =
    Theme.Name.allCases.map { Design(theme: $0) }
    + Colors.some(40, seed: 7).flatMap { accent in
      Theme.Name.allCases.map { theme in
        var design = Design(theme: theme)
        design.accent = accent
        return design
      }
    }
    + zip(Colors.some(2_000, seed: 3), Colors.some(2_000, seed: 5)).map { ground, accent in
      var design = Design()
      design.ground = ground
      design.accent = accent
      return design
    }

  @Test("of any theme, ground and accent has text of contrast 4.5 on all that it may stand on, in light and in dark")
  func readable() {
    for design in Self.designs {
      let look = Look(design)
      #expect(look.light != nil || look.dark != nil)
      for palette in [look.light, look.dark].compactMap(\.self) {
        for (text, ground) in palette.pairs where text.contrast(to: ground) < Color.textContrast {
          Issue.record("\(design): \(text.text) on \(ground.text)")
        }
      }
    }
  }

  @Test("of the theme for people who see little has a contrast of 7 everywhere")
  func strong() {
    for palette in [Theme.contrast.light, Theme.contrast.dark].compactMap(\.self) {
      #expect(palette.pairs.allSatisfy { $0.text.contrast(to: $0.ground) >= 7 })
    }
  }

  @Test("whose colour is refused is accepted with the nearest one, which is refused no more")
  func fixedPoint() throws {
    var refused = 0
    for theme in Theme.Name.allCases {
      for color in Colors.some(100, seed: 11) {
        for field in ["accent", "ground"] {
          let wish = Self.wish(theme, field, color.text)
          guard let (pointer, nearest) = refusal(wish) else { continue }
          refused += 1
          #expect(pointer == "/design/\(field)")
          #expect(refusal(Self.wish(theme, field, nearest)) == nil)
        }
      }
    }
    #expect(refused > 300)
  }

  @Test("without a choice of colours is never refused, and each theme has a name of its own")
  func themes() {
    for theme in Theme.Name.allCases {
      #expect(Theme.named(theme).name == theme)
      #expect(refusal(["theme": .string(theme.rawValue)]) == nil)
    }
    #expect(Theme.Name.allCases.count >= 8)
  }

  @Test("is the same once it was written and read")
  func storing() throws {
    var design = Design(theme: .sea)
    design.accent = Color(0x0A5C8F)
    design.font = .book
    design.radius = Design.Radius.none
    design.layout = .card
    #expect(Design(stored: design.json) == design)
    #expect(try read(design.json) == design)
    #expect(Design(stored: ["theme": "gone", "font": "gone", "accent": "url(x)"]) == Design())
  }

  @Test(
    "says at each field what is wrong",
    arguments: [
      ("{}", "/design/theme", "required"), (##"{"theme":"none"}"##, "/design/theme", "invalid"),
      (##"{"theme":1}"##, "/design/theme", "wrong_type"), (##"{"theme":null}"##, "/design/theme", "wrong_type"),
      (##"{"theme":"sea","accent":"red"}"##, "/design/accent", "invalid_color"),
      (##"{"theme":"sea","accent":5}"##, "/design/accent", "wrong_type"),
      (##"{"theme":"sea","ground":"#0000"}"##, "/design/ground", "invalid_color"),
      (##"{"theme":"sea","font":"Comic"}"##, "/design/font", "invalid"),
      (##"{"theme":"sea","radius":"4px"}"##, "/design/radius", "invalid"),
      (##"{"theme":"sea","layout":"grid"}"##, "/design/layout", "invalid"),
      (##"{"theme":"sea","css":"x"}"##, "/design/css", "unknown_field"),
      (##"{"theme":"sea","accent":"#ffff00"}"##, "/design/accent", "low_contrast"),
      (##"{"theme":"sea","ground":"#808080","accent":"#ffff00"}"##, "/design/ground", "low_contrast"),
    ])
  func faults(_ text: String, _ pointer: String, _ code: String) throws {
    let error = try #require(throws: Problem.self) { try read(try JSONParser.parse(Array(text.utf8))) }
    #expect(error.errors.map(\.pointer) == [pointer])
    #expect(error.errors.map(\.code.name) == [code])
  }

  @Test("tells the nearest colour in the answer")
  func answer() throws {
    let problem = try #require(throws: Problem.self) { try read(["theme": "warm", "accent": "#ffff00"]) }
    guard case .bytes(let body) = problem.response(.german, requestID: "1").body else {
      Issue.record("no body")
      return
    }
    let error = try #require(JSONParser.parse(body)["errors"]?.arrayValue?.first)
    #expect(error["code"] == "low_contrast")
    #expect(error["nearest"]?.stringValue.flatMap { Color($0) } != nil)
  }

  private static func wish(_ theme: Theme.Name, _ field: String, _ color: String) -> JSON {
    .object([.init("theme", .string(theme.rawValue)), .init(field, .string(color))])
  }

  private func read(_ json: JSON) throws -> Design {
    var reader = try ObjectReader(["design": json])
    let design = try reader.optionalObject("design") { Design(&$0) }
    try reader.finish()
    return try #require(design)
  }

  private func refusal(_ json: JSON) -> (pointer: String, nearest: String)? {
    do {
      _ = try read(json)
      return nil
    } catch let problem as Problem {
      guard case .lowContrast(let nearest)? = problem.errors.first?.code else { return nil }
      return (problem.errors[0].pointer, nearest)
    } catch {
      return nil
    }
  }
}
