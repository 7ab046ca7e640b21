import Testing

@testable import Customer

@Suite("Markdown")
struct RenderingMarkdownTests {
  private static func render(_ text: String, _ headings: Markdown.Headings = .subsection) -> String {
    var outline = HeadingOutline()
    let html = Markdown.render(text, headings, outline: &outline)
    return String(decoding: html.bytes, as: UTF8.self)
  }

  @Test(
    "becomes the elements it stands for",
    arguments: [
      ("", ""), (" \n\n \t", ""),
      ("Hallo", "<p>Hallo</p>\n"),
      ("a\nb", "<p>a<br>\nb</p>\n"), ("a\r\nb\rc", "<p>a<br>\nb<br>\nc</p>\n"), ("a  \n  b", "<p>a<br>\nb</p>\n"),
      ("a\n\n\nb", "<p>a</p>\n<p>b</p>\n"),
      ("**a**", "<p><strong>a</strong></p>\n"), ("*a*", "<p><em>a</em></p>\n"),
      ("***a***", "<p><strong><em>a</em></strong></p>\n"),
      ("***a** b*", "<p><em><strong>a</strong> b</em></p>\n"),
      ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>\n"),
      ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>\n"),
      ("**a *b** c", "<p><strong>a *b</strong> c</p>\n"),
      ("*a **b* c", "<p><em>a **b</em> c</p>\n"),
      ("*foo**bar*", "<p><em>foo**bar</em></p>\n"),
      ("* a *", "<ul>\n<li>a *</li>\n</ul>\n"), ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"), ("**a", "<p>**a</p>\n"),
      ("a**", "<p>a**</p>\n"), ("****", "<p>****</p>\n"), ("****a****", "<p>****a****</p>\n"),
      ("*a\nb*", "<p><em>a<br>\nb</em></p>\n"),
      ("`a*b*`", "<p><code>a*b*</code></p>\n"), ("``a`b``", "<p><code>a`b</code></p>\n"), ("`a", "<p>`a</p>\n"),
      ("`` ` ``", "<p><code>`</code></p>\n"), ("`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
      ("*a `b*` c*", "<p><em>a <code>b*</code> c</em></p>\n"),
      (#"\*a\* \\ \[b\](c) \x"#, "<p>*a* \\ [b](c) \\x</p>\n"), (#"\`a\`"#, "<p>`a`</p>\n"),
      (#"1\. Januar"#, "<p>1. Januar</p>\n"),
      ("[a](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">a</a></p>\n"),
      (
        "[a](https://b.example)",
        "<p><a href=\"https://b.example\" rel=\"noopener noreferrer\">a</a></p>\n"
      ),
      (
        "[a](https://b.example/x_(y))",
        "<p><a href=\"https://b.example/x_(y)\" rel=\"noopener noreferrer\">a</a></p>\n"
      ),
      ("[**a** `b`](tel:12)", "<p><a href=\"tel:12\"><strong>a</strong> <code>b</code></a></p>\n"),
      ("*[a*](tel:12)*", "<p><em><a href=\"tel:12\">a*</a></em></p>\n"),
      ("[a [b](tel:1) c](tel:2)", "<p>[a <a href=\"tel:1\">b</a> c](tel:2)</p>\n"),
      ("[[a]](tel:1)", "<p><a href=\"tel:1\">[a]</a></p>\n"),
      ("[](tel:12)", "<p><a href=\"tel:12\">tel:12</a></p>\n"), ("![a](tel:12)", "<p>!<a href=\"tel:12\">a</a></p>\n"),
      ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"), ("[a](/x)", "<p>[a](/x)</p>\n"),
      ("[a] (tel:1)", "<p>[a] (tel:1)</p>\n"), ("[a](tel:1", "<p>[a](tel:1</p>\n"), ("]](", "<p>]](</p>\n"),
      ("[a](<tel:1>)", "<p>[a](&lt;tel:1&gt;)</p>\n"),
      ("[a](tel:1 \"x\")", "<p>[a](tel:1 &quot;x&quot;)</p>\n"),
      ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"), ("* a\n* b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
      ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"), ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
      ("- a\n  b\nc", "<ul>\n<li>a<br>\nb<br>\nc</li>\n</ul>\n"),
      ("- a\n  - b\n  - c\n- d", "<ul>\n<li>a<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n"),
      ("- a\n\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
      ("- a\n\n  b", "<ul>\n<li><p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
      ("- a\n\nb", "<ul>\n<li>a</li>\n</ul>\n<p>b</p>\n"),
      ("- a\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>\n"),
      ("a\n- b", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n"), ("a\n12. b", "<p>a<br>\n12. b</p>\n"),
      ("-a", "<p>-a</p>\n"), ("1.a", "<p>1.a</p>\n"), ("---", "<p>---</p>\n"),
      ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>\n"),
      ("> - a\n\nb", "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n<p>b</p>\n"),
      (">> a", "<blockquote>\n<blockquote>\n<p>a</p>\n</blockquote>\n</blockquote>\n"),
      ("### a", "<h2>a</h2>\n"), ("### a\n# b", "<h2>a</h2>\n<h2>b</h2>\n"), ("###a", "<p>###a</p>\n"),
      ("# ", "<p>#</p>\n"), ("####### a", "<p>####### a</p>\n"),
      ("<b>a</b> & \"b\" 'c'", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &quot;b&quot; &#39;c&#39;</p>\n"),
      ("&lt;script&gt;", "<p>&amp;lt;script&amp;gt;</p>\n"),
      ("a\u{0}\u{1B}\u{7F}\u{9B}b", "<p>ab</p>\n"), ("Ünïcödé 🙂", "<p>Ünïcödé 🙂</p>\n"),
    ])
  func elements(_ text: String, _ markup: String) {
    #expect(Self.render(text) == markup)
  }

  @Test("of a document has headings below the page's title that skip no level")
  func documentHeadings() {
    #expect(Self.render("# a\n## b\n### c\n## d", .document) == "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h3>d</h3>\n")
    #expect(Self.render("## a\n## b\n###### c", .document) == "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n")
  }

  @Test(
    "of any shape takes time in proportion to its length, and gives elements that nest",
    arguments: [
      "[", "]", "*", "**", "***", "`", "``", "[[", "[](", "[a](", "[a](b", "![", "*a ", "**a ", "*a**b ", "a* b** ",
      "`a``b```", "\\", "\\[", "> ", ">", "- ", "-\n", "- a\n\n", "- a\n  ", "1. ", "1. a\n", "# ", "# a\n", "\n", "\r",
      " ", "\t", "(", "[a](tel:1)", "[a](tel:1)*", "*[a](tel:1)*", "[*a](tel:1)", "[`](tel:1)`", "  - a\n", "    a\n",
      "- - - - - - ", "> - > - ", "a\n", "a\n\n", "<b>", "&", "\u{0}", "\u{1F642}", "[a](https://a.example/(",
      "*a **b ***c ", "- a\n\n\n\n\n",
    ])
  func linear(_ unit: String) {
    let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
    var markup = ""
    let milliseconds = Work.milliseconds { markup = Self.render(text) }
    #expect(milliseconds < Work.bound(50))
    #expect(throws: Never.self) { try StrictTokenizer.tags(markup) }
  }

  @Test("nests no deeper than a few levels")
  func bounded() throws {
    for unit in ["> ", "- ", "1. ", "> - "] {
      let tags = try StrictTokenizer.tags(Self.render(String(repeating: unit, count: 1000) + "a"))
      #expect(tags.count < 40)
    }
  }
}
