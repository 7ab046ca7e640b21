"""Published sites in every theme: nobody is kept out, nothing foreign is asked for, and the first paint needs one
request."""

import pytest
from client import Client, expect
from dashboard import check_accessible, check_width
from markup import Document
from visitor import encoded, page

THEMES = ["warm", "paper", "night", "craft", "studio", "garden", "sea", "pastel", "poster", "contrast"]
LIMIT = 14 * 1024
TEXT = """A paragraph with **strong** words, *soft* ones, `code`, and [a link](https://example.com/).

> Something that was said.

- One
- Two

1. First
2. Second"""


@pytest.fixture(scope="module")
def owner(stack):
    """Somebody with a site that has one of each block."""
    client = Client(stack).log_in()
    profile = {
        "name": "Änne Sommerfeld", "headline": "Ceramics and courses", "bio": TEXT, "email": "hello@example.com",
        "phone": "+49 341 123456", "website": "https://example.com/",
        "address": {"street": "Hauptstraße 1", "postal_code": "04109", "city": "Leipzig", "country": "Deutschland"},
        "social": [{"label": name, "url": f"https://{name.lower()}.example/anne"} for name in ("Mastodon", "Pixelfed")],
    }
    expect(client.put("/api/profile", json=profile), 200)
    client.site = client.new_site(title="Sommerfeld")
    for number in range(20):
        client.new_link(client.site, f"Link {number}", group=[None, "Shop", "Dates"][number % 3])
    blocks = [
        {"kind": "heading", "text": "About the workshop", "level": 2}, {"kind": "text", "markdown": TEXT},
        {"kind": "heading", "text": "Where", "level": 3}, {"kind": "button", "label": "Book", "url": "mailto:a@b.example"},
        {"kind": "divider"}, {"kind": "links"}, {"kind": "contact"},
    ]
    client.new_page(client.site, "workshop", blocks=blocks)
    home = client.home_page(client.site)
    blocks = [{"kind": "profile"}, {"kind": "links"}, {"kind": "button", "label": "Book", "url": "https://example.com/"}]
    expect(client.patch(f"/api/sites/{client.site['id']}/pages/{home['id']}", json={"blocks": blocks}), 200)
    return client


def wear(owner, **design) -> str:
    """Publishes the site in a design; its slug."""
    expect(owner.patch(f"/api/sites/{owner.site['id']}", json={"design": design}), 200)
    owner.publish(owner.site)
    return owner.site["slug"]


@pytest.fixture
def look(browser, stack):
    """look(path, **media) opens a published page; its requests are noted in `page.asked`."""
    contexts = []

    def open_page(url, **media):
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **media)
        contexts.append(context)
        opened = context.new_page()
        opened.asked, opened.complaints = [], []
        opened.on("request", lambda request: opened.asked.append(request.url))
        opened.on("console", lambda message: opened.complaints.append(message.text))
        opened.goto(url)
        return opened

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_kept_out_in_any_theme_by_day_or_by_night(stack, owner, look, theme):
    url = stack.sites_url(wear(owner, theme=theme))
    for path in ("/", "/workshop/"):
        opened = look(url + path)
        for scheme in ("light", "dark"):
            opened.emulate_media(color_scheme=scheme)
            check_accessible(opened)
        check_width(opened)
        assert opened.complaints == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_first_paint_needs_one_small_request(stack, owner, look, theme):
    slug = wear(owner, theme=theme)
    for path in ("/", "/workshop/"):
        _, body = encoded(stack, slug, path, "br")
        assert len(body) <= LIMIT, f"{path} has {len(body)} bytes"
        _, body = encoded(stack, slug, path, "gzip")
        assert len(body) <= LIMIT, f"{path} has {len(body)} bytes"
        document = Document(page(stack, slug, path))
        assert not document.all("script") and len(document.all("style")) == 1
    opened = look(stack.sites_url(slug) + "/", java_script_enabled=False)
    opened.wait_for_load_state("networkidle")
    # The icon is the browser's own wish, for its tab.
    assert [url for url in opened.asked if not url.endswith("/favicon.svg")] == [stack.sites_url(slug) + "/"]


@pytest.mark.parametrize("layout", ["wide", "centered", "left", "card"])
@pytest.mark.parametrize("radius", ["none", "round"])
def test_nobody_is_kept_out_in_any_layout(stack, owner, look, layout, radius):
    url = stack.sites_url(wear(owner, theme="garden", layout=layout, radius=radius, accent="#7a1f5c"))
    for path in ("/", "/workshop/"):
        opened = look(url + path)
        check_accessible(opened)
        check_width(opened)


@pytest.mark.parametrize("ground", ["#ffb703", "#2d1b69", "#fde2e4", "#0b3d2e"])
def test_nobody_is_kept_out_on_any_ground(stack, owner, look, ground):
    url = stack.sites_url(wear(owner, theme="studio", ground=ground))
    for path in ("/", "/workshop/"):
        check_accessible(look(url + path))


def test_a_font_comes_after_the_page_and_from_the_site_itself(stack, owner, look):
    slug = wear(owner, theme="paper", font="book")
    opened = look(stack.sites_url(slug) + "/")
    opened.evaluate("document.fonts.ready")
    first, *rest = [url for url in opened.asked if not url.endswith("/favicon.svg")]
    assert first == stack.sites_url(slug) + "/"
    # Two weights of one part of the alphabet: nothing else is on this page.
    assert len(rest) == 2
    assert all(url.startswith(stack.sites_url(slug) + "/media/") and url.endswith(".woff2") for url in rest)
    assert opened.evaluate("document.fonts.check('700 16px Site')")
    assert opened.complaints == []
    _, body = encoded(stack, slug, "/", "br")
    assert len(body) <= LIMIT


@pytest.mark.parametrize("theme", ["night", "poster", "pastel"])
def test_forced_colours_and_paper_show_everything(stack, owner, look, theme):
    url = stack.sites_url(wear(owner, theme=theme)) + "/workshop/"
    forced = look(url, forced_colors="active")
    check_accessible(forced)
    # A gradient would stay, and the system's text colour would stand on it.
    assert forced.evaluate("getComputedStyle(document.body).backgroundImage") == "none"
    assert forced.locator(".button a").evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    printed = look(url)
    printed.emulate_media(media="print")
    assert printed.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert printed.evaluate("getComputedStyle(document.body).backgroundImage") == "none"
    assert printed.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not printed.locator(".top nav").is_visible()
