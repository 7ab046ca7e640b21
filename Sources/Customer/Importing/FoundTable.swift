import HTTP
import Services

extension FoundContent {
  private static let rowLimit = 20_000
  private static let names: [String: [String]] = [
    "title": ["title", "titel", "name", "text", "label", "bezeichnung"],
    "url": ["url", "link", "href", "address", "adresse", "web", "website"],
    "group": ["group", "gruppe", "folder", "ordner", "category", "kategorie"],
  ]

  /// A table (RFC 4180) of titles and addresses, with commas, semicolons or tabs, with or without a line of names.
  ///
  /// - Throws: ``Problem`` of 422 when no column holds addresses.
  init(table bytes: [UInt8]) throws {
    self.init(.table)
    // What is no UTF-8 is from an office program of the west.
    var text = String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { .init($0) }))
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let rows = Self.rows(of: text)
    guard let first = rows.first else { throw Problem(.importBroken) }
    let named = first.map { FoundLink.words($0, maximum: 40).lowercased() }
    func column(_ field: String) -> Int? { named.firstIndex { Self.names[field, default: []].contains($0) } }
    var (title, url, group) = (column("title"), column("url"), column("group"))
    var body = rows[...]
    if url != nil {
      body = body.dropFirst()
    } else {
      url = first.firstIndex { WebLink(FoundLink(title: "-", url: $0).url) != nil }
      title = url == 0 ? (first.count > 1 ? 1 : nil) : 0
      group = nil
    }
    guard let url else { throw Problem(.importBroken) }
    for row in body where row.count > url && !row[url].allSatisfy(\.isWhitespace) {
      func cell(_ index: Int?) -> String? { index.flatMap { $0 < row.count ? row[$0] : nil } }
      add(FoundLink(title: cell(title) ?? "", url: row[url], group: cell(group)))
    }
  }

  private static func rows(of text: String) -> [[String]] {
    let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    let separator =
      ([";", "\t", ","] as [Unicode.Scalar]).max { one, other in
        line.count { $0 == one } < line.count { $0 == other }
      } ?? ","
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var pending: Unicode.Scalar?
    func isBlank(_ row: [String]) -> Bool { row.allSatisfy(\.isEmpty) }
    while rows.count < rowLimit, let scalar = pending.take() ?? scalars.next() {
      if isQuoted {
        guard scalar == "\"" else {
          cell.append(scalar)
          continue
        }
        pending = scalars.next()
        if pending == "\"" {
          cell.append("\"")
          pending = nil
        } else {
          isQuoted = false
        }
      } else if scalar == "\"", cell.isEmpty {
        isQuoted = true
      } else if scalar == separator || scalar == "\n" || scalar == "\r" {
        row.append(String(cell))
        cell = .init()
        guard scalar != separator else { continue }
        if !isBlank(row) { rows.append(row) }
        row = []
      } else {
        cell.append(scalar)
      }
    }
    row.append(String(cell))
    if !isBlank(row) { rows.append(row) }
    return rows
  }
}
