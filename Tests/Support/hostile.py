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
        for text in ("javascript:alert(1)", "<script>alert(1)</script>", "\" onclick=\"alert(1)", "</script><svg>"):
            yield form.format(text)


def corpus() -> list[str]:
    """All of them, each once, in a fixed order."""
    return list(dict.fromkeys(text for text in [*LISTED, *families()] if len(text) <= LONGEST))


PLAIN = "Plain words"


def every_kind(text):
    """Blocks of every kind that has texts, each of them this one as far as it fits; the profile and questions' answers,
    which hold Markdown, stand elsewhere."""
    price, code = text[:40], text[:20]
    # Where lines are kept, there is one.
    line = " ".join(text.splitlines())
    return [
        {"kind": "hero", "heading": text, "text": line, "button": {"label": text, "url": "https://example.com/"}},
        {"kind": "social", "heading": text}, {"kind": "contact", "heading": text, "vcard": True},
        {"kind": "hours", "heading": text, "note": text, "days": [{"day": "mon", "open": "09:00", "close": "17:00"}]},
        {"kind": "address", "heading": text, "street": text, "postal_code": code, "city": text, "country": text,
         "map": True},
        {"kind": "faq", "heading": text, "items": [{"question": text, "answer": PLAIN}] * 2},
        {"kind": "testimonial", "quote": line, "author": text, "role": text},
        {"kind": "prices", "heading": text, "items": [{"title": text, "text": text, "price": price}] * 2},
        {"kind": "countdown", "heading": text, "at": "2999-01-01T00:00:00Z"},
        {"kind": "countdown", "heading": text, "at": "2020-01-01T00:00:00Z", "done": text},
        {"kind": "embed", "provider": "youtube", "url": "https://youtu.be/abcdefghijk", "title": text},
        {"kind": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "title": text},
        {"kind": "embed", "provider": "openstreetmap", "url": "https://openstreetmap.org/#map=9/1/2", "title": text},
        {"kind": "form", "heading": text, "text": line, "button": text, "thanks": text},
        {"kind": "legal"},
    ]
