"""A published page as a browser understands it, and what must never be found in it."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"

# What themes and blocks use. What loads, runs or submits is looked at below; what embeds or refreshes is absent.
ALLOWED = frozenset("""
    html head title meta link style body a abbr address article aside b blockquote br code div dd dl dt em figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr i li main nav ol p picture pre s section small span strong sub sup time
    ul table thead tbody tr th td svg circle path rect g text line polygon polyline
    details summary time img source script form input label textarea button
""".split())
URL_ATTRIBUTES = frozenset("href src action formaction poster data cite background longdesc manifest ping srcset".split())
SCHEMES = frozenset(["https", "http", "mailto", "tel"])
ROBOTS = frozenset(["viewport", "description", "robots", "color-scheme", "theme-color", "format-detection",
                    "twitter:card", "generator"])
FORM = re.compile(r"https?://[a-z0-9.:-]+/api/forms/[0-9a-f-]{36}")
MEDIUM = re.compile(r"/media/[0-9a-f]{32}\.(webp|jpg|png)")
FRAME = re.compile(
    r"https://(www\.youtube-nocookie\.com|player\.vimeo\.com|www\.openstreetmap\.org)/[A-Za-z0-9/_.?=&,%-]+")


class Document:
    """A parsed page."""

    def __init__(self, html: str):
        self.html = html
        self.root = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=True)

    def elements(self):
        """All elements as (name, attributes, element); names without their namespace, in lower case."""
        for element in self.root.iter():
            if isinstance(element.tag, str):
                attributes = {str(name).split("}")[-1].lower(): value for name, value in element.attrib.items()}
                yield element.tag.split("}")[-1].lower(), attributes, element

    def all(self, name: str) -> list[dict]:
        """The attributes of all elements of a name."""
        return [attributes for found, attributes, _ in self.elements() if found == name]

    def texts(self, name: str) -> list[str]:
        """The text of all elements of a name, white space run together."""
        return [squeeze("".join(element.itertext())) for found, _, element in self.elements() if found == name]

    @property
    def text(self) -> str:
        """What a visitor reads: the text of the body, white space run together."""
        return squeeze(" ".join("".join(element.itertext()) for name, _, element in self.elements() if name == "body"))

    @property
    def title(self) -> str:
        return self.texts("title")[0]

    def meta(self, name: str) -> str | None:
        """The content of a meta element by its name or property."""
        for attributes in self.all("meta"):
            if name in (attributes.get("name"), attributes.get("property")):
                return attributes.get("content")
        return None

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a")]

    @property
    def styles(self) -> list[str]:
        return ["".join(element.itertext()) for name, _, element in self.elements() if name == "style"]

    def shape(self) -> Counter:
        """How many elements of each name there are, with the names of their attributes."""
        return Counter((name, *sorted(attributes)) for name, attributes, _ in self.elements())

    @property
    def scripts(self) -> list[str]:
        """What a browser would run, not the data that stands in script elements too."""
        return ["".join(element.itertext()) for name, attributes, element in self.elements()
                if name == "script" and attributes != {"type": "application/ld+json"}]

    @property
    def data(self) -> list:
        """What search engines read."""
        return [json.loads("".join(element.itertext())) for name, attributes, element in self.elements()
                if name == "script" and attributes == {"type": "application/ld+json"}]

    def dangers(self, styles: list[str] | None = None, scripts: list[str] | None = None) -> list[str]:
        """All that could run, load, or mislead. `styles`, `scripts`: those of a page with harmless content."""
        found = []
        if self.scripts != (scripts or []):
            found.append("the scripts differ from those of a harmless page")
        for name, attributes, _ in self.elements():
            if name not in ALLOWED:
                found.append(f"element <{name}>")
            found += [f"<{name}>: {fault}" for fault in faults_of(name, attributes)]
            for attribute, value in attributes.items():
                if attribute.startswith("on") or attribute in ("style", "srcdoc", "http-equiv", "xlink:href", "is"):
                    found.append(f"{name}: attribute {attribute}={value[:60]!r}")
                elif not re.fullmatch(r"[a-z][a-z0-9:_-]*", attribute):
                    found.append(f"{name}: attribute of an odd name {attribute!r}")
                if attribute in URL_ATTRIBUTES and not is_harmless(value):
                    found.append(f"{name}: {attribute}={value[:80]!r}")
            if name == "link" and attributes.get("rel") not in ("icon", "canonical", "alternate", "manifest"):
                found.append(f"link: rel={attributes.get('rel')!r}")
            if name == "link" and attributes.get("rel") == "stylesheet":
                found.append("a style sheet from elsewhere")
            if name == "meta" and "name" in attributes and attributes["name"] not in ROBOTS:
                found.append(f"meta: name={attributes['name']!r}")
            if name == "a" and attributes.get("target"):
                found.append("a: target")
        if styles is not None and self.styles != styles:
            found.append("the style sheet differs from that of a harmless page")
        if not self.html.rstrip().endswith("</html>"):
            found.append("the page does not end")
        return found


def faults_of(name: str, attributes: dict) -> list[str]:
    """What an element may not have that sends, loads or waits for a click."""
    wrong = []
    if name == "form" and (attributes.get("method") != "post" or not FORM.fullmatch(attributes.get("action", ""))):
        wrong.append("sends elsewhere")
    if name == "img" and not MEDIUM.fullmatch(attributes.get("src", "")):
        wrong.append("is not of this site")
    if "srcset" in attributes:
        candidates = [candidate.split(" ")[0] for candidate in attributes["srcset"].split(", ")]
        wrong += ["is not of this site" for candidate in candidates if not MEDIUM.fullmatch(candidate)]
    if name == "button" and (attributes.get("type") not in ("button", "submit") or "formaction" in attributes):
        wrong.append("sends elsewhere")
    if name == "input" and attributes.get("type", "text") not in ("text", "email", "hidden"):
        wrong.append(f"type {attributes['type']}")
    if "data-frame" in attributes and (name != "button" or not FRAME.fullmatch(attributes["data-frame"])):
        wrong.append("frames something else")
    if name == "script" and "src" in attributes:
        wrong.append("loads a script")
    return wrong


def is_harmless(url: str) -> bool:
    """Whether a browser would stay with https, http, mailto or tel, or with this site, when it follows the address."""
    # What browsers do before they look at the scheme: white space and control characters at the ends go, and tabs and
    # line breaks everywhere (WHATWG URL, 4.4).
    seen = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(0x21)))))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    if scheme:
        if scheme[1].lower() in ("http", "https"):
            return bool(re.match(r"https?://[^/\\@]+($|[/?#])", seen, re.I)) and bool(urlsplit(seen).hostname)
        return scheme[1].lower() in SCHEMES
    # Relative, within the site: `//host` and `/\host` lead elsewhere.
    return not re.match(r"[\\/]{2}", seen) and ":" not in seen.split("/")[0]


def squeeze(text: str) -> str:
    return " ".join(text.split())
