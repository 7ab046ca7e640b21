"""Published pages are valid HTML: in every theme, in both languages, with blocks of every kind."""

import pytest
from client import Client, expect
from hostile import every_kind
from test_customer import IMPRINT, IMPRINT_FORM, PRIVACY
from validity import faults
from visitor import page, visit

PAGES = ["/", "/everything/", "/imprint/", "/privacy/"]


@pytest.fixture(scope="module")
def owner(stack):
    """Somebody with a site that has all there is."""
    client = Client(stack).log_in()
    expect(client.put("/api/profile", json={
        "name": "Anne Sommer", "headline": "Potter", "bio": "Makes *things*.", "email": "a@example.com",
        "social": [{"label": "Mastodon", "url": "https://mastodon.social/@anne"}]}), 200)
    expect(client.put(IMPRINT, json={"mode": "form", "form": IMPRINT_FORM}), 200)
    expect(client.put(PRIVACY, json={"mode": "text", "text": {"en": "# Words\n\n- a\n- b", "de": "# Worte"}}), 200)
    client.site = client.new_site()
    client.new_link(client.site, group="Shop")
    picture = client.new_image()["id"]
    blocks = [
        *every_kind("Words"), {"kind": "image", "image": picture, "caption": "Words", "url": "https://example.com/"},
        {"kind": "gallery", "images": [{"image": picture, "alt": "A cup", "caption": "Words"}, {"image": picture}]},
        {"kind": "hero", "heading": "Words", "image": picture},
        {"kind": "heading", "text": "Words", "level": 3}, {"kind": "links", "heading": "Words"}, {"kind": "divider"},
        {"kind": "text", "markdown": "# A\n\n> b\n\n1. c\n2. d\n   - e\n\n`f` **g** [h](https://example.com/)"},
    ]
    client.new_page(client.site, "everything", blocks=blocks)
    return client


def check(stack, slug, paths):
    for path in paths:
        assert faults(page(stack, slug, path)) == [], path
    assert faults(visit(stack, slug, "/missing").content.decode()) == []


def test_pages_of_every_theme_are_valid(stack, owner):
    themes = expect(owner.get("/api/themes"), 200)
    names = [theme["id"] for theme in themes["themes"]]
    assert len(names) >= 8
    for name in names:
        expect(owner.patch(f"/api/sites/{owner.site['id']}", json={"design": {"theme": name}}), 200)
        owner.publish(owner.site)
        check(stack, owner.site["slug"], PAGES)


def test_pages_in_german_are_valid(stack, owner):
    expect(owner.patch(f"/api/sites/{owner.site['id']}", json={"locale": "de"}), 200)
    owner.publish(owner.site)
    check(stack, owner.site["slug"], ["/", "/everything/", "/impressum/", "/datenschutz/"])


@pytest.mark.parametrize("body", [
    "<p><div>x</div></p>", "<ul><p>x</p></ul>", "<a href=/x><button type=button>x</button></a>", "<img src=x>",
    "<p blah=x>y</p>", "<h3>x</h3>", "<p id=a></p><p id=a></p>", "<details><p>x</p></details>", "<b>x", "<p>x</i></p>",
    "<dl><p>x</p></dl>", "<iframe src=/></iframe>", "<address><h2>x</h2></address>",
])
def test_the_judge_of_pages_sees_faults(body):
    head = '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>x</title></head>'
    assert faults(f"{head}<body><main><h1>x</h1></main></body></html>") == []
    assert faults(f"{head}<body><main><h1>x</h1>{body}</main></body></html>")
