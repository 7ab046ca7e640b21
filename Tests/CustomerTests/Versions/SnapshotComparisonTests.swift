import HTTP
import Testing

@testable import Customer

/// Two snapshots and what is told of them.
struct ComparisonCase: CustomTestStringConvertible, Sendable {
  let name: String
  let before: JSON
  let after: JSON
  /// `what change title: text`
  let german: [String]
  let english: [String]

  var testDescription: String { name }
}

@Suite struct SnapshotComparisonTests {
  static func page(_ id: String, _ blocks: JSON...) -> JSON { page(id, named: "About", blocks) }

  static func page(_ id: String, named title: String, slug: String = "about", _ blocks: [JSON] = []) -> JSON {
    ["id": .string(id), "slug": .string(slug), "title": .string(title), "description": "", "blocks": .array(blocks)]
  }

  static func link(_ id: String, _ title: String, url: String = "https://example.com/", hidden: JSON = false) -> JSON {
    ["id": .string(id), "title": .string(title), "url": .string(url), "group": nil, "hidden": hidden]
  }

  static func pages(_ pages: JSON...) -> JSON { ["pages": .array(pages)] }
  static func links(_ links: JSON...) -> JSON { ["links": .array(links)] }

  static let heading: JSON = ["kind": "heading", "text": "A", "level": 2]
  static let text: JSON = ["kind": "text", "markdown": "One"]
  static let otherText: JSON = ["kind": "text", "markdown": "Two"]
  static let divider: JSON = ["kind": "divider"]

  static let cases: [ComparisonCase] = [
    ComparisonCase(
      name: "nothing", before: pages(page("1", text, divider)), after: pages(page("1", text, divider)),
      german: [], english: []),
    ComparisonCase(
      name: "members in another order",
      before: ["profile": ["name": "A", "bio": "B"]], after: ["profile": ["bio": "B", "name": "A"]],
      german: [], english: []),
    ComparisonCase(
      name: "the address, which is no part of a version", before: ["site": ["slug": "a", "title": "T"]],
      after: ["site": ["slug": "b", "title": "T"]], german: [], english: []),
    ComparisonCase(
      name: "the site", before: ["site": ["title": "A", "description": "", "locale": "de"]],
      after: ["site": ["title": "B", "description": "C", "locale": "de"]],
      german: ["site changed Website: Geändert: Beschreibung, Titel."],
      english: ["site changed Site: Changed: description, title."]),
    ComparisonCase(
      name: "the design", before: ["site": ["design": ["theme": "a", "accent": "#111111"]]],
      after: ["site": ["design": ["theme": "b", "accent": "#222222"]]],
      german: ["design changed Gestaltung: Geändert: Farbe, Stil."],
      english: ["design changed Design: Changed: colour, theme."]),
    ComparisonCase(
      name: "the first design", before: ["site": ["title": "T"]],
      after: ["site": ["title": "T", "design": ["theme": "b"]]],
      german: ["design added Gestaltung: Neu."], english: ["design added Design: New."]),
    ComparisonCase(
      name: "a new page", before: pages(), after: pages(page("1", text), page("2", named: "More", [text, text])),
      german: ["page added About: Neu, mit einem Baustein.", "page added More: Neu, mit 2 Bausteinen."],
      english: ["page added About: New, with one block.", "page added More: New, with 2 blocks."]),
    ComparisonCase(
      name: "a page less", before: pages(page("1"), page("2", named: "More")), after: pages(page("1")),
      german: ["page removed More: Entfernt."], english: ["page removed More: Removed."]),
    ComparisonCase(
      name: "a page with another name and address", before: pages(page("1", named: "About")),
      after: pages(page("1", named: "Us", slug: "us")),
      german: ["page changed Us: Geändert: Adresse, Titel (vorher „About“)."],
      english: ["page changed Us: Changed: address, title (before: “About”)."]),
    ComparisonCase(
      name: "blocks added", before: pages(page("1", text)), after: pages(page("1", heading, text, divider, divider)),
      german: ["page changed About: Bausteine: 3 hinzugefügt (Überschrift, 2 × Trennlinie)."],
      english: ["page changed About: Blocks: 3 added (heading, 2 × divider)."]),
    ComparisonCase(
      name: "a block changed", before: pages(page("1", heading, text)), after: pages(page("1", heading, otherText)),
      german: ["page changed About: Bausteine: 1 geändert (Text)."],
      english: ["page changed About: Blocks: 1 changed (text)."]),
    ComparisonCase(
      name: "blocks in another order", before: pages(page("1", heading, text, divider)),
      after: pages(page("1", text, divider, heading)),
      german: ["page changed About: Bausteine: andere Reihenfolge."],
      english: ["page changed About: Blocks: another order."]),
    ComparisonCase(
      name: "a block removed and the title changed", before: pages(page("1", named: "A", [text, divider])),
      after: pages(page("1", named: "B", [text])),
      german: ["page changed B: Geändert: Titel (vorher „A“). Bausteine: 1 entfernt (Trennlinie)."],
      english: ["page changed B: Changed: title (before: “A”). Blocks: 1 removed (divider)."]),
    ComparisonCase(
      name: "a block of a kind that is not known", before: pages(page("1")),
      after: pages(page("1", ["kind": "hologram"])),
      german: ["page changed About: Bausteine: 1 hinzugefügt (Baustein)."],
      english: ["page changed About: Blocks: 1 added (block)."]),
    ComparisonCase(
      name: "one link moved, told once", before: links(link("1", "A"), link("2", "B"), link("3", "C")),
      after: links(link("3", "C"), link("1", "A"), link("2", "B")),
      german: ["link moved C: Steht jetzt an Stelle 1."], english: ["link moved C: Now at position 1."]),
    ComparisonCase(
      name: "a link that leads elsewhere and is hidden", before: links(link("1", "A", url: "https://a.example/")),
      after: links(link("1", "A", url: "https://b.example/", hidden: true)),
      german: ["link changed A: Geändert: Sichtbarkeit, Ziel (vorher „https://a.example/“)."],
      english: ["link changed A: Changed: visibility, target (before: “https://a.example/”)."]),
    ComparisonCase(
      name: "a link with a field that came later", before: links(link("1", "A")),
      after: links(["id": "1", "title": "A", "url": "https://example.com/", "hidden": false, "sparkle": 3]),
      german: ["link changed A: Geändert: weitere Einstellungen."],
      english: ["link changed A: Changed: other settings."]),
    ComparisonCase(
      name: "profile and legal texts", before: ["profile": ["name": "A"], "imprint": nil, "privacy": ["mode": "form"]],
      after: ["profile": ["name": "A", "phone": "1"], "imprint": ["mode": "form"], "privacy": nil],
      german: [
        "profile changed Profil: Geändert: Telefon.", "imprint added Impressum: Neu.",
        "privacy removed Datenschutzerklärung: Entfernt.",
      ],
      english: [
        "profile changed Profile: Changed: phone.", "imprint added Imprint: New.",
        "privacy removed Privacy policy: Removed.",
      ]),
    ComparisonCase(
      name: "an answer of the imprint", before: ["imprint": ["mode": "form", "form": ["name": "A"]]],
      after: ["imprint": ["mode": "form", "form": ["name": "B"]]],
      german: ["imprint changed Impressum: Geändert."], english: ["imprint changed Imprint: Changed."]),
    ComparisonCase(
      name: "a picture's description", before: ["images": ["1": ["alt": "A", "width": 1], "2": ["alt": "B"]]],
      after: ["images": ["1": ["alt": "C", "width": 1]]],
      german: ["image changed C: Geändert: Bildbeschreibung."], english: ["image changed C: Changed: description."]),
    ComparisonCase(
      name: "a list that came later", before: ["rooms": [["id": "1", "name": "Blue"]]],
      after: ["rooms": [["id": "1", "name": "Red"], ["id": "2", "name": "Green"]]],
      german: ["rooms added Green: Neu.", "rooms changed Red: Geändert: Name."],
      english: ["rooms added Green: New.", "rooms changed Red: Changed: name."]),
    ComparisonCase(
      name: "a part that came later", before: ["weather": ["sun": true]], after: ["weather": ["sun": false]],
      german: ["weather changed weather: Geändert."], english: ["weather changed weather: Changed."]),
  ]

  @Test("What differs is told in words", arguments: cases)
  func words(_ example: ComparisonCase) {
    for (language, expected) in [(Language.german, example.german), (.english, example.english)] {
      let told = SnapshotComparison.changes(from: example.before, to: example.after, language)
      #expect(told.map { "\($0.what) \($0.kind.rawValue) \($0.title): \($0.text)" } == expected)
    }
  }

  @Test("As few items as possible count as moved", arguments: [
    ([1, 2, 3, 4], 4), ([4, 1, 2, 3], 3), ([2, 1, 4, 3], 2), ([4, 3, 2, 1], 1), ([], 0), ([3, 1, 4, 2, 5], 3),
  ])
  func longestRuns(_ numbers: [Int], _ length: Int) {
    let run = ListComparison.longestRun(numbers)
    #expect(run.count == length)
    let inOrder = numbers.filter(run.contains)
    #expect(inOrder == inOrder.sorted())
  }

  @Test("A page of a hundred blocks turned round is compared at once, and nothing of it is lost")
  func largePages() {
    let blocks = (0..<100).map { ["kind": "text", "markdown": .string("\($0)")] as JSON }
    let comparison = BlockComparison(blocks, blocks.reversed())
    #expect(comparison.isReordered && comparison.added.isEmpty && comparison.removed.isEmpty)
    let replaced = BlockComparison(blocks, blocks.map { _ in Self.divider })
    #expect(replaced.added.count == 100 && replaced.removed.count == 100 && !replaced.isReordered)
  }
}
