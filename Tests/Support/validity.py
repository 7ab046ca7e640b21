"""Whether a page is valid HTML: parsed without a single error (html5lib), and each element where the standard lets it be,
with attributes that it has (WHATWG HTML, sections 3.2.5, 4.2 to 4.11). Knows what our pages use; the rest is a fault."""

import re

import html5lib

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SECTIONING = frozenset("article aside nav section".split())
PHRASING = frozenset(
    "a abbr b bdi br button code em i img input label mark picture q s small span strong sub sup svg textarea time u wbr"
    .split())
FLOW = PHRASING | HEADINGS | SECTIONING | frozenset(
    "address blockquote details div dl figure footer form header hr main ol p pre script table ul".split())
INTERACTIVE = frozenset("button details input label textarea iframe select".split())

# What may be a child. `a` takes what its parent takes.
CHILDREN = {
    "html": {"head", "body"}, "head": {"meta", "title", "link", "style", "script"}, "body": FLOW,
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "picture": {"source", "img"},
    "summary": PHRASING | HEADINGS, "details": FLOW | {"summary"}, "figure": FLOW | {"figcaption"},
    "dt": FLOW - SECTIONING - HEADINGS - {"header", "footer"},
    "address": FLOW - SECTIONING - HEADINGS - {"header", "footer", "address"},
    **dict.fromkeys("main div section nav header footer li dd blockquote figcaption form article aside".split(), FLOW),
    **dict.fromkeys("p span b small strong em code time button label pre i s u".split(), PHRASING),
    **dict.fromkeys(HEADINGS, PHRASING),
    **dict.fromkeys("meta link title style script br hr img input textarea source".split(), frozenset()),
}
GLOBAL = frozenset("class id lang hidden tabindex aria-label aria-hidden aria-current aria-describedby".split())
ATTRIBUTES = {
    "a": "href rel hreflang download type", "meta": "charset name content property media",
    "link": "rel type href hreflang sizes", "script": "type",
    "img": "src srcset sizes width height alt loading decoding fetchpriority", "source": "type srcset sizes",
    "time": "datetime", "form": "method action", "button": "type", "ol": "start",
    "input": "type name value autocomplete maxlength required", "textarea": "name rows maxlength required",
}
REQUIRED = {"a": "href", "img": "src alt width height", "form": "action", "button": "type", "html": "lang"}
SVG = {"svg": "viewbox width height", "circle": "cx cy r", "rect": "x y width height rx fill", "path": "d",
       "text": "x y text-anchor dominant-baseline font-size fill"}


def faults(markup: str) -> list[str]:
    """All that is not as the standard says."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root = parser.parse(markup)
    found = [f"parse error at {position}: {code}" for position, code, _ in parser.errors]
    walk(root, (), found)
    ids = [element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")]
    found += [f"id {one!r} twice" for one in set(ids) if ids.count(one) > 1]
    names = [name_of(element) for element in root.iter() if isinstance(element.tag, str)]
    for name in ("title", "main", "h1"):
        if names.count(name) != 1:
            found.append(f"{names.count(name)} of <{name}>")
    levels = [int(name[1]) for name in names if name in HEADINGS]
    found += [f"h{after} after h{before}" for before, after in zip(levels, levels[1:]) if after > before + 1]
    if not re.search(r"<meta charset=\"utf-8\">", markup[:1024]):
        found.append("no charset at the start")
    return found


def name_of(element) -> str:
    return element.tag.split("}")[-1].lower()


def walk(element, above: tuple, found: list) -> None:
    name = name_of(element)
    found += [f"<{name}>: {fault}" for fault in own_faults(name, attributes_of(element), above)]
    children = [child for child in element if isinstance(child.tag, str)]
    found += order_faults(name, [name_of(child) for child in children])
    for child in children:
        if name in SVG:
            if name_of(child) not in SVG:
                found.append(f"<{name_of(child)}> in <{name}>")
        elif name_of(child) not in allowed(name, above):
            found.append(f"<{name_of(child)}> in <{name}>")
        walk(child, (*above, name), found)


def allowed(name: str, above: tuple) -> frozenset | set:
    if name == "a":
        return allowed(above[-1], above[:-1])
    if name == "div" and above and above[-1] == "dl":
        return {"dt", "dd"}
    return CHILDREN.get(name, frozenset())


def attributes_of(element) -> dict:
    return {str(key).split("}")[-1].lower(): value for key, value in element.attrib.items()}


def own_faults(name: str, attributes: dict, above: tuple):
    known = SVG.get(name, "").split() if name in SVG and (name == "svg" or "svg" in above) \
        else ATTRIBUTES.get(name, "").split()
    for attribute in attributes:
        if attribute not in GLOBAL and attribute not in known and not attribute.startswith("data-"):
            yield f"attribute {attribute}"
    for attribute in REQUIRED.get(name, "").split():
        if attribute not in attributes:
            yield f"no {attribute}"
    if name in INTERACTIVE | {"a"} and {"a", "button"} & set(above):
        yield "inside of something to click"
    if name in ("form", "label", "main", "address") and name in above:
        yield "inside of itself"
    if "summary" in above and name in INTERACTIVE | {"a"}:
        yield "inside of a summary"
    if name == "time" and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", attributes.get("datetime", "")):
        yield "datetime"
    if name == "img" and attributes.get("loading") not in (None, "lazy", "eager"):
        yield "loading"


def order_faults(name: str, children: list) -> list[str]:
    if name == "details" and children[:1] != ["summary"]:
        return ["<details> does not begin with its summary"]
    if name == "figure" and "figcaption" in children[1:-1]:
        return ["<figcaption> in the middle of a figure"]
    if name == "picture" and (children[-1:] != ["img"] or children.count("img") != 1):
        return ["<picture> does not end with its img"]
    if name == "dl" and not children:
        return ["<dl> is empty"]
    return []
