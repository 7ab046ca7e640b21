/// A part of a legal page: a heading and what stands below it.
struct LegalSection {
  let heading: String
  let body: HTML

  init(_ heading: String, _ body: HTML) {
    self.heading = heading
    self.body = body
  }

  /// The sections one after the other, below the page's title.
  static func render(_ sections: [LegalSection], outline: inout HeadingOutline) -> HTML {
    var output = HTML()
    for section in sections {
      output += outline.heading(2, "\(text: section.heading)")
      output += section.body
    }
    return output
  }
}

extension HTML {
  /// A name and address as on a letter, in one paragraph; empty lines are left out.
  static func lines(_ lines: [String]) -> HTML {
    "<p>\(brokenLines(lines))</p>\n"
  }

  /// The lines that hold something, with a break between each two.
  static func brokenLines(_ lines: [String]) -> HTML {
    var output = HTML()
    for (index, line) in lines.filter({ !$0.isBlank }).enumerated() {
      if index > 0 { output.append(literal: "<br>\n") }
      output += "\(text: line)"
    }
    return output
  }

  /// A paragraph for each line of a text.
  static func paragraphs(_ texts: [String]) -> HTML {
    var output = HTML()
    for text in texts where !text.isBlank { output += "<p>\(text: text)</p>\n" }
    return output
  }
}
