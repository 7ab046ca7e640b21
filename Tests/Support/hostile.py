"""Texts that have run as scripts, broken out of their place or misled on pages that did not take care: a list of our
own and families of variations, each short enough for the shorter fields."""

from pathlib import Path

LONGEST = 80

LISTED = [line for line in Path(__file__).with_name("hostile_texts.txt").read_text("utf-8").split("\n") if line]

# Ways out of a place in which a text may stand.
BREAKOUTS = ["", "\">", "'>", "</title>", "</style>", "</script>", "</textarea>", "-->", "]]>", "\" ", "' ", "</a>",
             "</p>", "</svg>", "</h2>", "\\\">", "&quot;>", "%22%3E"]
RUNNING = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
           "<iframe src=javascript:alert(1)>", "<details open ontoggle=alert(1)>"]
HANDLERS = ["onload", "onerror", "onclick", "onfocus", "ontoggle", "onpointerover", "onanimationend", "ontransitionend",
            "onbeforeinput", "onscrollend", "onwheel", "oncopy"]
ELEMENTS = ["svg", "img", "body", "video", "x-y"]
# What parsers take for white space, or for nothing, inside of a tag.
GAPS = ["\t", "\n", "\f", "/", "//", " / ", "\u00a0", "\u2003", "\u3000", "\ufeff", "\u200b", "\u2028",
        "\u00ad", "\u180e"]
SCHEMES = ["javascript:", "JAVASCRIPT:", "java\tscript:", "java\nscript:", " javascript:", "javascript\t:", "vbscript:",
           "data:text/html,", "&#106;avascript:", "javascript&colon;", "\u0001javascript:", "%6aavascript:",
           "\\javascript:", "jav\u00adascript:", "blob:", "file:///", "livescript:"]
MARKDOWN = ["[x]({})", "[x](<{}>)", "![x]({})", "<{}>", "[x]: {}", "[{}](https://e.example)", "# {}", "- {}", "> {}",
            "`{}`", "**{}**", "*{}*", "1. {}", "[x](https://e.example \"{}\")"]


def families():
    for breakout in BREAKOUTS:
        for running in RUNNING:
            yield breakout + running
    for element in ELEMENTS:
        for handler in HANDLERS:
            yield f"<{element} {handler}=alert(1)>"
    for gap in GAPS:
        yield f"<img{gap}src=x{gap}onerror=alert(1)>"
        yield f"<{gap}script>alert(1)</script>"
        yield f"\"{gap}onclick={gap}\"alert(1)"
        yield f"<script{gap}>alert(1)</script>"
    for scheme in SCHEMES:
        yield f"{scheme}alert(1)"
        yield f"<a href=\"{scheme}alert(1)\">x</a>"
        yield f"[x]({scheme}alert(1))"
    for form in MARKDOWN:
        for text in ("javascript:alert(1)", "<script>alert(1)</script>", "\" onclick=\"alert(1)", "</script><svg onload=1"):
            yield form.format(text)


def corpus() -> list[str]:
    """All of them, each once, in a fixed order."""
    return list(dict.fromkeys(text for text in [*LISTED, *families()] if len(text) <= LONGEST))
