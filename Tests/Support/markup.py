"""A published page as a browser understands it, and what must never be found in it."""

import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"

# What the theme uses. Everything that loads, runs, embeds, submits or refreshes is absent.
ALLOWED = frozenset("""
    html head title meta link style body a abbr address article aside b blockquote br code div dd dl dt em figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr i li main nav ol p picture pre s section small span strong sub sup time
    ul table thead tbody tr th td svg circle path rect g text line polygon polyline
""".split())
URL_ATTRIBUTES = frozenset("href src action formaction poster data cite background longdesc manifest ping srcset".split())
SCHEMES = frozenset(["https", "http", "mailto", "tel"])
ROBOTS = frozenset(["viewport", "description", "robots", "color-scheme", "theme-color", "format-detection",
                    "twitter:card", "generator"])


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

    def dangers(self, styles: list[str] | None = None) -> list[str]:
        """All that could run, load, or mislead. `styles`: the style sheets of a page with harmless content."""
        found = []
        for name, attributes, _ in self.elements():
            if name not in ALLOWED:
                found.append(f"element <{name}>")
            for attribute, value in attributes.items():
                if attribute.startswith("on") or attribute in ("style", "srcdoc", "http-equiv", "xlink:href", "is"):
                    found.append(f"{name}: attribute {attribute}={value[:60]!r}")
                elif not re.fullmatch(r"[a-z][a-z0-9:_-]*", attribute):
                    found.append(f"{name}: attribute of an odd name {attribute!r}")
                if attribute in URL_ATTRIBUTES and not is_harmless(value):
                    found.append(f"{name}: {attribute}={value[:80]!r}")
            if name == "link" and attributes.get("rel") not in ("icon", "canonical", "alternate"):
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
