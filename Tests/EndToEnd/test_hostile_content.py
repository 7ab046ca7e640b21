"""Script, markup and wrong addresses in every text and address of the API end up harmless in the published pages."""

import json
import xml.etree.ElementTree as ElementTree

import pytest
from client import Client, expect
from hostile import LONGEST, PLAIN, corpus, every_kind
from markup import Document, is_harmless, squeeze
from test_customer import IMPRINT, IMPRINT_FORM, PRIVACY
from visitor import page, visit

TEXTS = corpus()
# Characters that a field may refuse.
CONTROL = ["\x01", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\r\nSet-Cookie: a=b", "<scr\x0bipt>", "\ufffe", "\uffff",
           "\t", "a\nb", "jav\x1fascript:alert(1)"]


class HostileSite:
    """A site whose every text can be set to one string."""

    def __init__(self, stack):
        self.stack = stack
        self.client = Client(stack).log_in()
        site = self.client.new_site()
        self.slug, self.path = site["slug"], f"/api/sites/{site['id']}"
        self.pages = {"home": self.client.home_page(site)["id"]}
        for name in ("plain", "markdown", "blocks"):
            self.pages[name] = self.client.new_page(site, name)["id"]
        self.link = self.client.new_link(site)["id"]
        self.show(PLAIN)
        documents = {path: self.document(path) for path in self.paths}
        self.shapes = {path: documents[path].shape() for path in ("/plain/", "/blocks/")}
        self.styles = {path: document.styles for path, document in documents.items()}
        self.scripts = {path: document.scripts for path, document in documents.items()}
        assert [len(scripts) for scripts in self.scripts.values()] == [0, 0, 0, 1, 0, 0]

    paths = ["/", "/plain/", "/markdown/", "/blocks/", "/imprint/", "/privacy/"]

    def writes(self, text):
        """Every text of the API: how it is written."""
        form = {name: text for name in IMPRINT_FORM} | {"provider": "", "dispute_resolution": "willing"}
        address = {name: text for name in ("street", "postal_code", "city", "country")}
        plain = [
            {"kind": "heading", "text": text, "level": 2}, {"kind": "heading", "text": text, "level": 3},
            {"kind": "button", "label": text, "url": "https://example.com/"}, {"kind": "links", "heading": text},
            {"kind": "contact", "heading": text},
        ]
        forms = ["{0}", "*{0}*", "**{0}**", "[{0}](https://example.com/)", "[x]({0})", "[x](<{0}>)", "![{0}]({0})",
                 "# {0}", "- {0}\n- {0}", "1. {0}", "> {0}", "`{0}`", "{0}\n{0}", "{0}\n\n{0}", "<{0}>", "a {0} b",
                 "[x](https://example.com/{0})", "[x](https://example.com/ \"{0}\")", "[{0}]: {0}", "\\{0}"]
        markdown = [{"kind": "text", "markdown": form.replace("{0}", text)} for form in forms]
        markdown += [{"kind": "faq", "items": [{"question": text, "answer": text}]}]
        yield "PUT", "/api/profile", {
            "name": text, "headline": text, "bio": text, "address": address, "email": "a@example.com",
            "phone": "+49 30 1", "website": "https://example.com/",
            "social": [{"label": text, "url": "https://example.com/"}]}
        yield "PUT", IMPRINT, {"mode": "form", "form": form}
        yield "PUT", PRIVACY, {"mode": "text", "text": {"en": text, "de": text}}
        yield "PATCH", self.path, {"title": text, "description": text}
        yield "PATCH", f"{self.path}/pages/{self.pages['home']}", {"title": text, "description": text}
        yield "PATCH", f"{self.path}/pages/{self.pages['plain']}", {"title": text, "description": text, "blocks": plain}
        yield "PATCH", f"{self.path}/pages/{self.pages['markdown']}", {"title": text, "blocks": markdown}
        yield "PATCH", f"{self.path}/pages/{self.pages['blocks']}", {"title": text, "blocks": every_kind(text)}
        yield "PATCH", f"{self.path}/links/{self.link}", {"title": text, "group": text}

    def show(self, text, may_be_refused=False):
        """Writes a text everywhere and publishes. Whether all of it was taken."""
        taken = True
        for method, path, body in self.writes(text):
            answer = self.client.request(method, path, json=body)
            if may_be_refused and answer.status_code == 422:
                taken = False
                continue
            expect(answer, 200)
        expect(self.client.post(f"{self.path}/publish"), 201)
        # Pictures for previews elsewhere, drawn in the middle of a look, would be another shape.
        self.stack.sql("DELETE FROM jobs.jobs WHERE kind = 'customer.cards' AND state = 'available'")
        return taken

    def document(self, path) -> Document:
        return Document(page(self.stack, self.slug, path))

    def check(self) -> dict[str, Document]:
        """Looks for danger on all pages, and gives them."""
        documents = {}
        for path in self.paths:
            answer = visit(self.stack, self.slug, path)
            if path in ("/imprint/", "/privacy/") and answer.status_code == 404:
                continue  # a text that holds nothing makes no page
            assert answer.status_code == 200, path
            documents[path] = Document(answer.content.decode())
            assert documents[path].dangers(self.styles[path], self.scripts[path]) == [], path
            assert len(documents[path].data) == (0 if path in ("/imprint/", "/privacy/") else 1), path
        missing = visit(self.stack, self.slug, "/missing")
        assert missing.status_code == 404 and Document(missing.content.decode()).dangers() == []
        card = visit(self.stack, self.slug, "/contact.vcf").content.decode().split("\r\n")
        assert [line for line in card if line in ("BEGIN:VCARD", "END:VCARD")] == ["BEGIN:VCARD", "END:VCARD"]
        assert all(len(line.encode()) <= 75 for line in card)
        assert json.loads(visit(self.stack, self.slug, "/site.webmanifest").content)["start_url"] == "/"
        for path in ("/sitemap.xml", "/favicon.svg"):
            tree = ElementTree.fromstring(visit(self.stack, self.slug, path).content)
            for element in tree.iter():
                assert element.tag.split("}")[-1] not in ("script", "a", "image", "foreignObject", "use", "style")
                assert not [name for name in element.attrib if name.lower().startswith("on") or "href" in name]
        assert visit(self.stack, self.slug, "/robots.txt").text.count("\n") == 4
        return documents


@pytest.fixture(scope="module")
def site(stack):
    return HostileSite(stack)


def test_the_table_is_long_enough_and_fits():
    assert len(set(TEXTS)) == len(TEXTS) >= 500
    assert all(len(text) <= LONGEST for text in TEXTS)


@pytest.mark.parametrize("html", [
    "<script>1</script>", "<img src=x onerror=1>", "<p onclick=1>", "<p style=x>", "<a href=javascript:1>", "<iframe>",
    "<a href='java\tscript:1'>", "<a href=' \x01javascript:1'>", "<a href=data:,x>", "<a href=//evil.example>",
    "<base>",
    "<a href='\\\\evil.example'>", "<meta http-equiv=refresh content=0>", "<meta name=x>", "<form>",
    "<link rel=stylesheet>",
    "<style>x</style>", "<svg><script>1</script></svg>", "<svg onload=1>", "<math>", "<a target=_blank>", "<template>",
    "<svg><a xlink:href=javascript:1>", "<a href=https://a@b.example/>", "<p x'y=1>",
], ids=repr)
def test_the_judge_of_pages_sees_danger(html):
    assert Document(f"<!doctype html><html lang=en><body>{html}</body></html>").dangers([])


def test_the_judge_of_pages_lets_harmless_ones_pass():
    html = "<p id=x class=y><a href='/about/'>a</a><a href='mailto:a@b.de'>b</a><a href='https://c.example/?d=e:f'>g</a>"
    assert Document(f"<!doctype html><html lang=en><body>{html}</body></html>").dangers([]) == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[1:50])
def test_a_text_is_shown_as_it_was_typed_and_does_nothing(site, text):
    has_control = any(ord(character) < 0x20 and character not in "\t\n" for character in text)
    taken = site.show(text, may_be_refused=has_control)
    documents = site.check()
    document = documents["/plain/"]
    for path, shape in site.shapes.items():
        assert documents[path].shape() == shape, f"the text has become markup at {path}"
    if taken and not has_control:
        shown = squeeze(text)
        assert shown in document.title
        assert shown in document.texts("h2") and shown in document.texts("h3")
        assert document.meta("description") is not None and squeeze(document.meta("description")) == shown
        assert shown in document.text
        assert shown in documents["/imprint/"].text


@pytest.mark.parametrize("text", CONTROL, ids=ascii)
def test_control_characters_are_refused_or_do_nothing(site, text):
    site.show(f"a{text}b", may_be_refused=True)
    site.check()


# --- Addresses

BAD_ADDRESSES = [
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "JaVaScRiPt:alert(1)", "javascript://example.com/%0aalert(1)",
    "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "java\rscript:alert(1)", "java\r\nscript:alert(1)",
    "\x01javascript:alert(1)", "\x1fjavascript:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)",
    "\u00a0javascript:alert(1)", "\u3000javascript:alert(1)", "\ufeffjavascript:alert(1)", "\u200bjavascript:alert(1)",
    "javascript\x0b:alert(1)", "javascript :alert(1)", "javascript\t:alert(1)", "java\u00adscript:alert(1)",
    "ja\\vascript:alert(1)", "ｊavascript:alert(1)", "javascrıpt:alert(1)", "javaſcript:alert(1)", "javascript：alert(1)",
    "java%73cript:alert(1)", "javascript%3aalert(1)", "j\u0301avascript:alert(1)", "jscript:alert(1)",
    "livescript:alert(1)", "mocha:alert(1)", "vbscript:msgbox(1)", "VbScRiPt:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "DATA:text/html,x", "data:,x",
    "data:image/svg+xml,<svg onload=alert(1)>", "da\tta:text/html,x", "blob:https://example.com/x",
    "file:///etc/passwd", "filesystem:https://example.com/x", "ftp://example.com/", "about:blank",
    "view-source:https://e.de",
    "intent://example.com#Intent;scheme=http;end", "ms-word:x", "chrome://settings", "ws://example.com", "urn:x",
    "sms:123",
    "feed:javascript:alert(1)", "jar:javascript:alert(1)!/", "view-source:javascript:alert(1)", "x:y",
    "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example", "/about", "about", "./x", "../x",
    "?x", "#x", "",
    "http:", "http:/", "http://", "https://", "http:example.com", "https:/example.com", "https:\\\\example.com",
    "https://\\example.com", "http:///example.com", "https://?x", "https://#x", "https://:80", "https:// example.com",
    "https://exa mple.com", "https://example.com /x", "https://example.com\n", "https://example.com/\nx",
    "https://example.com/\x00", "https://example.com/\x7f", "https://user:pass@example.com/",
    "https://user@example.com/",
    "https://example.com@evil.example/", "https://example.com:443@evil.example/", "https://example.com\\@evil.example/",
    "https://example.com:99999/", "https://example.com:x/", "https://[::1", "https://[x]/",
    "https://exa%6dple.com\u202e/",
    "https://example.com/\u202egnp.exe", "https://exam\u200bple.com/", "https://<script>/",
    "https://\"onclick=alert(1)/",
    "mailto:", "mailto:x", "mailto:a@", "mailto:@b", "mailto:<script>@example.com", "mailto:a@b\nBcc:c@d",
    "mailto:\"onclick=alert(1)\"@example.com", "tel:", "tel:abc", "tel:javascript:alert(1)", "tel:1\n2",
    "https://example.com/" + "a" * 2048,
]
# Taken or refused, as long as nothing comes of it.
ODD_ADDRESSES = [
    "https://example.com/\"onclick=alert(1)", "https://example.com/'onclick=alert(1)", "https://example.com/<script>",
    "https://example.com/</a><script>alert(1)</script>", "https://example.com/`x`",
    "https://example.com/?q=\"><img src=x>",
    "https://example.com/#\"><svg/onload=alert(1)>", "https://example.com/&quot;onclick=alert(1)",
    "https://example.com/{{7*7}}",
    "https://example.com/javascript:alert(1)", "https://example.com/?u=javascript:alert(1)",
    "https://example.com/%22%3E",
    "https://example.com/%0d%0aSet-Cookie:x", "https://example.com/(x)[y]", "https://example.com/a|b^c",
    "HTTPS://EXAMPLE.COM/",
    "hTTp://example.com", "https://example.com.", "https://xn--mller-kva.example/", "https://müller.example/ü?ü#ü",
    "https://аpple.example/", "https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://localhost/",
    "http://a/",
    "mailto:a@example.com?subject=<script>alert(1)</script>", "mailto:a@example.com?body=%0d%0aBcc:x@y.z",
    "mailto:a@example.com,b@example.com",
    "mailto:a'onclick=alert(1)'@example.com", "tel:+49(30)123-4", "tel:+4930123;ext=1", "tel:*100#",
    "MAILTO:A@EXAMPLE.COM",
]


def into_each_field(client, site_path, page_path, url):
    """Writes an address into every field that takes one."""
    yield "/url", client.post(f"{site_path}/links", json={"title": "x", "url": url})
    button = {"kind": "button", "label": "x", "url": url}
    hero = {"kind": "hero", "heading": "x", "button": {"label": "x", "url": url}}
    yield "/blocks/0/url", client.patch(page_path, json={"blocks": [button]})
    yield "/blocks/1/button/url", client.patch(page_path, json={"blocks": [{"kind": "divider"}, hero]})
    for provider in ("youtube", "vimeo", "openstreetmap"):
        embed = {"kind": "embed", "provider": provider, "url": url, "title": "x"}
        yield "/blocks/0/url", client.patch(page_path, json={"blocks": [embed]})
    yield "/website", client.put("/api/profile", json={"name": "x", "website": url})
    yield "/social/0/url", client.put("/api/profile", json={"name": "x", "social": [{"label": "x", "url": url}]})


@pytest.mark.parametrize("url", BAD_ADDRESSES, ids=lambda url: ascii(url)[1:40])
def test_an_address_that_leads_astray_is_refused_everywhere(reader, address_site, url):
    path, page_path = address_site
    for pointer, answer in into_each_field(reader, path, page_path, url):
        if url == "" and pointer == "/website":
            continue
        if "\x00" in url:
            expect(answer, 400, "malformed_json")
            continue
        problem = expect(answer, 422, "invalid_body")
        assert [error["pointer"] for error in problem["errors"]] == [pointer]
        if url and len(url) < 2048:
            assert problem["errors"][0]["code"] == "invalid_url"
    assert reader.all_items(f"{path}/links") == []


@pytest.fixture(scope="module")
def address_site(reader):
    site = reader.new_site()
    path = f"/api/sites/{site['id']}"
    return path, f"{path}/pages/{reader.new_page(site)['id']}"


@pytest.mark.parametrize("url", ODD_ADDRESSES, ids=lambda url: ascii(url)[1:40])
def test_an_odd_address_is_refused_or_harmless(stack, odd_site, url):
    client, site, page_path = odd_site
    path = f"/api/sites/{site['id']}"
    for link in client.all_items(f"{path}/links"):
        expect(client.delete(f"{path}/links/{link['id']}"), 204)
    for _, answer in into_each_field(client, path, page_path, url):
        expect(answer, (200, 201, 422))
    expect(client.post(f"{path}/publish"), 201)
    for place in ("/", "/about/"):
        document = Document(page(stack, site["slug"], place))
        assert document.dangers() == []
        assert all(is_harmless(link) for link in document.links)


@pytest.fixture(scope="module")
def odd_site(stack):
    client = Client(stack).log_in()
    site = client.new_site()
    return client, site, f"/api/sites/{site['id']}/pages/{client.new_page(site)['id']}"


def test_no_address_leads_astray_from_markdown(stack, ada, site_of_ada):
    forms = ["[x]({0})", "[x](<{0}>)", "<{0}>", "![x]({0})", "[x][y]\n\n[y]: {0}", "{0}", "[x]( {0} \"t\")"]
    urls = [url for url in BAD_ADDRESSES + ODD_ADDRESSES if "\x00" not in url and len(url) < 500]
    for number, form in enumerate(forms):
        texts = [form.replace("{0}", url) for url in urls]
        blocks = [{"kind": "text", "markdown": "\n\n".join(texts[start:start + 20])} for start in range(0, len(texts), 20)]
        ada.new_page(site_of_ada, f"page-{number}", blocks=blocks)
    ada.publish(site_of_ada)
    for number in range(len(forms)):
        document = Document(page(stack, site_of_ada["slug"], f"/page-{number}/"))
        assert document.dangers() == []


@pytest.fixture
def site_of_ada(ada):
    return ada.new_site()


@pytest.mark.parametrize("url", [
    "https://example.com", "http://example.com/a/b?c=d&e=f#g", "https://example.com:8443/",
    "https://sub.example.co.uk/%C3%BC",
    "https://müller.example/", "mailto:ada@example.com", "mailto:ada@example.com?subject=Hello%20you",
    "tel:+4930123456",
])
def test_an_address_that_means_well_is_shown(stack, ada, site_of_ada, url):
    # As an account of one's own: other links lead to their short address.
    link = ada.new_link(site_of_ada, "Good", url=url, rel_me=True)
    ada.publish(site_of_ada)
    assert link["url"] in Document(page(stack, site_of_ada["slug"])).links


# --- Mails

def test_a_name_does_nothing_in_a_mail(stack, ada):
    for mail in stack.mails():
        document = Document(mail["html"]) if mail["html"].rstrip().endswith("</html>") else None
        if document:
            assert not document.all("script") and not document.all("iframe")
            assert all(is_harmless(link) for link in document.links)
