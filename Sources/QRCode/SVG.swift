extension QRCode {
  /// The code as an SVG document, sharp at any size: one path, black on white.
  package var svg: [UInt8] {
    let size = side + 2 * Self.quietZone
    var path = ""
    for row in 0..<side {
      var column = 0
      while column < side {
        guard isDark(row, column) else {
          column += 1
          continue
        }
        let start = column
        while column < side, isDark(row, column) { column += 1 }
        path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
      }
    }
    return Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" width="1024" height="1024" \
      shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(size)v\(size)H0z"/><path d="\(path)"/></svg>

      """.utf8)
  }
}
