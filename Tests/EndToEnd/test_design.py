"""How a site looks: themes are offered, a design is stored with the site, and what cannot be read is refused."""

import re

import pytest
from client import Client, expect, expect_fields
from visitor import encoded, page, visit

PLAIN = {"theme": "warm", "accent": None, "ground": None, "font": None, "radius": None, "layout": None}


@pytest.mark.parametrize("language, name", [("de", "Werkstatt"), ("en", "Workshop")])
def test_themes_are_offered_to_everyone_in_their_language(stack, language, name):
    answer = expect(Client(stack).get("/api/themes", headers={"Accept-Language": language}), 200)
    themes = {theme["id"]: theme for theme in answer["themes"]}
    assert len(themes) >= 8
    assert themes["craft"]["name"] == name
    assert themes["night"]["look"]["light"] is None and themes["poster"]["look"]["dark"] is None
    for part in ("fonts", "radii", "layouts"):
        names = [entry["name"] for entry in answer[part]]
        assert len(names) >= 4 and len(set(names)) == len(names)


def test_a_new_site_wears_the_first_theme_unless_told(ada):
    assert ada.new_site()["design"] == PLAIN
    assert ada.new_site(design={"theme": "sea", "radius": "none"})["design"] == PLAIN | {
        "theme": "sea", "radius": "none"}


def test_a_design_is_changed_as_a_whole_and_other_changes_leave_it(ada, site):
    path = f"/api/sites/{site['id']}"
    wish = {"theme": "garden", "accent": "#2F6A2C", "font": "round", "layout": "card"}
    changed = expect(ada.patch(path, json={"design": wish}, if_match=site["version"]), 200)
    assert changed["design"] == PLAIN | wish | {"accent": "#2f6a2c"}
    assert expect(ada.patch(path, json={"title": "Other"}), 200)["design"] == changed["design"]
    assert expect(ada.patch(path, json={"design": {"theme": "paper"}}), 200)["design"] == PLAIN | {"theme": "paper"}
    expect(ada.patch(path, json={"design": wish}, if_match=site["version"]), 412, "stale")


@pytest.mark.parametrize("wish, field, code", [
    ({}, "theme", "required"), ({"theme": "mine"}, "theme", "invalid"), ({"theme": None}, "theme", "wrong_type"),
    ({"theme": "sea", "accent": "red"}, "accent", "invalid_color"),
    ({"theme": "sea", "accent": "#fff;}*{}"}, "accent", "too_long"),
    ({"theme": "sea", "accent": "#ff0"}, "accent", "invalid_color"),
    ({"theme": "sea", "font": "Comic Sans"}, "font", "invalid"),
    ({"theme": "sea", "layout": ["card"]}, "layout", "wrong_type"),
    ({"theme": "sea", "css": "*{}"}, "css", "unknown_field"),
])
def test_what_no_design_can_be(ada, site, wish, field, code):
    expect_fields(ada.patch(f"/api/sites/{site['id']}", json={"design": wish}), (f"/design/{field}", code))
    expect_fields(ada.post("/api/themes/preview", json=wish), (f"/{field}", code))


@pytest.mark.parametrize("field, color", [("accent", "#ffe14d"), ("ground", "#808080"), ("accent", "#ff8800")])
@pytest.mark.parametrize("theme", ["warm", "night", "poster", "contrast"])
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(ada, site, theme, field, color):
    path = f"/api/sites/{site['id']}"
    answer = ada.patch(path, json={"design": {"theme": theme, field: color}})
    if answer.status_code == 200:
        return  # yellow can be read on black
    (error,) = expect(answer, 422, "invalid_body")["errors"]
    assert (error["pointer"], error["code"]) == (f"/design/{field}", "low_contrast")
    assert error["nearest"] in error["detail"]
    wish = {"theme": theme, field: error["nearest"]}
    assert expect(ada.patch(path, json={"design": wish}), 200)["design"][field] == error["nearest"]


def test_a_design_is_published_with_its_colours_and_fonts(stack, ada, site):
    design = {"theme": "sea", "accent": "#7a1f5c", "font": "book", "layout": "centered"}
    expect(ada.patch(f"/api/sites/{site['id']}", json={"design": design}), 200)
    ada.publish(site)
    home = page(stack, site["slug"])
    assert "--accent:#7a1f5c" in home
    fonts = re.findall(r"url\((/media/[0-9a-f]{32}\.woff2)\)", home)
    assert len(fonts) == 4
    policy = visit(stack, site["slug"]).headers["Content-Security-Policy"]
    assert "font-src 'self'" in policy and "style-src 'sha256-" in policy
    for path in fonts:
        answer, body = encoded(stack, site["slug"], path, "br, gzip")
        assert answer.headers["Content-Type"] == "font/woff2"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Content-Encoding" not in answer.headers
        assert body.startswith(b"wOF2") and len(body) <= 25_000


def test_a_version_keeps_the_design_that_it_had(stack, ada, site):
    ada.publish(site)
    expect(ada.patch(f"/api/sites/{site['id']}", json={"design": {"theme": "night"}}), 200)
    assert "#faf8f4" in page(stack, site["slug"])
    ada.publish(site)
    assert "#0d0f1c" in page(stack, site["slug"])
    expect(ada.post(f"/api/sites/{site['id']}/versions/1/restore"), 200)
    assert "#faf8f4" in page(stack, site["slug"])
