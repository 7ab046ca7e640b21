import HTTP
import Testing

@testable import Customer

@Suite("What parts of an export name")
struct ExportArchiveTests {
  private static let data: JSON = [
    "profile": ["picture": "p", "name": "n"],
    "sites": [
      ["pages": [["blocks": [["image": "a"], ["images": [["image": "b"]]]]]], "links": [["title": "l"]]],
      ["pages": [["blocks": [["image": "c"]]]]], "x",
    ],
  ]

  @Test(
    "is the profile's picture and all texts of the wanted sites' pages",
    arguments: [
      (["profile"], ["p"]), (["site-0"], ["a", "b"]), (["site-1", "profile"], ["c", "p"]), (["site-2", "site-9"], []),
      (["imprint"], []),
    ] as [(Set<String>, Set<String>)])
  func texts(_ parts: Set<String>, _ named: Set<String>) {
    #expect(ExportArchive.texts(of: parts, in: Self.data) == named)
  }
}
