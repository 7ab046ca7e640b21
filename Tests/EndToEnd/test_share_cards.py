"""The pictures of pages for previews elsewhere: drawn after publishing, once, whatever the title is made of."""

import io
import re

import pytest
import requests
from client import Client, expect
from pictures import png
from PIL import Image
from stack import wait_until

TITLES = [
    "Werkstatt Anna", "<b>bold</b> & 'quoted' \"x\" &amp; &#60;", "Donaudampfschifffahrtsgesellschaftskapitän" * 2,
    "👩‍👩‍👧‍👦 nur 🎉 Emoji 🇩🇪", "مرحبا بالعالم", "日本語", "%s %n ${7*7} `id`", "-font /etc/passwd", "א" * 100,
    "a\u0301\u0302\u0303" * 25,
]


def draw(stack, site: dict) -> None:
    """Has what is ordered for a little later done now, the showing of it too; the sites of other tests get none."""
    own = f"payload->>'site' = '{site['id']}'"
    stack.sql(f"DELETE FROM jobs.jobs WHERE kind = 'customer.cards' AND state = 'available' AND NOT {own}")

    def is_done():
        # One at a time is drawn: whoever comes in between puts this off.
        stack.sql(f"UPDATE jobs.jobs SET run_at = now() WHERE kind = 'customer.cards' AND state = 'available' AND {own}")
        return not stack.sql(
            f"SELECT 1 FROM jobs.jobs WHERE {own} AND state IN ('available', 'running') "
            "AND (kind = 'customer.cards' OR kind = 'customer.refresh' AND run_at <= now())")
    wait_until(is_done, 60, "the drawing")


def page_of(stack, site: dict, path: str = "/") -> dict[str, str]:
    answer = requests.get(stack.sites_url(site["slug"]) + path, timeout=10)
    assert answer.status_code == 200
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', answer.text))


def card_of(stack, site: dict, path: str = "/") -> Image.Image:
    def look():
        meta = page_of(stack, site, path)
        return meta if "og:image" in meta else None

    meta = wait_until(look, 20, "the card")
    assert meta["twitter:card"] == "summary_large_image" and meta["og:image:alt"]
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    address = stack.sites_url(site["slug"])
    assert re.fullmatch(re.escape(address) + r"/media/[0-9a-f]{32}\.jpg", meta["og:image"])
    answer = requests.get(meta["og:image"], timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"].endswith("immutable")
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (1200, 630) and len(answer.content) < 300_000
    return image.convert("RGB")


def test_pages_get_their_pictures_after_publishing_and_keep_them(stack, ada):
    site = ada.new_site(title="Werkstatt Anna")
    about = ada.new_page(site, "about", title="Über mich")
    ada.publish(site)
    assert page_of(stack, site)["twitter:card"] == "summary"
    draw(stack, site)
    plain = card_of(stack, site)
    card_of(stack, site, "/about/")
    first = page_of(stack, site)["og:image"], page_of(stack, site, "/about/")["og:image"]
    assert first[0] != first[1]
    assert len(expect(ada.get(f"/api/sites/{site['id']}/versions"), 200)["items"]) == 1, "it is the same version"

    # Another title is another card; the other page keeps its own, from the first moment on.
    expect(ada.patch(f"/api/sites/{site['id']}/pages/{about['id']}", json={"title": "Kontakt"}), 200)
    ada.publish(site)
    assert page_of(stack, site)["og:image"] == first[0]
    assert "og:image" not in page_of(stack, site, "/about/")
    draw(stack, site)
    card_of(stack, site, "/about/")
    assert page_of(stack, site, "/about/")["og:image"] != first[1]

    # A picture of the owner's stands on it.
    image = ada.new_image(png(800, 800, colour=0x10))
    expect(ada.put("/api/profile", json={"name": "Anna", "picture": image["id"]}), 200)
    ada.publish(site)
    draw(stack, site)
    with_picture = card_of(stack, site)
    assert all(value < 40 for value in with_picture.getpixel((1000, 300)))
    assert with_picture.getpixel((1000, 300)) != plain.getpixel((1000, 300))
    assert not stack.sql("SELECT 1 FROM jobs.jobs WHERE kind = 'customer.cards' AND state = 'available' "
                         f"AND payload->>'site' = '{site['id']}'"), "nothing is missing any more"


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_card(stack, reader, title):
    site = reader.new_site(title=title)
    reader.publish(site)
    draw(stack, site)
    card_of(stack, site)
    expect(reader.delete(f"/api/sites/{site['id']}"), 204)


def test_a_theme_gives_its_colours(stack, ada):
    site = ada.new_site(title="Nacht")
    expect(ada.patch(f"/api/sites/{site['id']}", json={"design": {"theme": "night"}}), 200)
    ada.publish(site)
    draw(stack, site)
    assert all(value < 90 for value in card_of(stack, site).getpixel((600, 20))), "a dark ground"


def icons_of(stack, site: dict) -> dict[int, Image.Image]:
    """By size: what pages and the manifest name."""
    base = stack.sites_url(site["slug"])
    found = {}
    touch = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', requests.get(base, timeout=10).text)
    manifest = requests.get(base + "/site.webmanifest", timeout=10).json()
    assert manifest["icons"][0]["type"] == "image/svg+xml"
    named = [(icon["src"], icon["sizes"]) for icon in manifest["icons"][1:]]
    for path, sizes in named + ([(touch[1], "180x180")] if touch else []):
        answer = requests.get(base + path, timeout=10)
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Cache-Control"].endswith("immutable")
        image = Image.open(io.BytesIO(answer.content))
        assert f"{image.width}x{image.height}" == sizes and image.format == "PNG" and "A" not in image.mode
        found[image.width] = image.convert("RGB")
    return found


def test_a_site_has_icons_for_home_screens(stack, ada):
    site = ada.new_site(title="Werkstatt Anna")
    expect(ada.put("/api/profile", json={"name": "Anna Berg"}), 200)
    ada.publish(site)
    assert icons_of(stack, site) == {}
    draw(stack, site)
    drawn = wait_until(lambda: icons_of(stack, site), 20, "the icons")
    assert set(drawn) == {180, 192, 512}
    for side, image in drawn.items():
        # Letters in the middle, and a plain ground of the theme's colour to the corners.
        ground = image.getpixel((0, 0))
        assert ground == image.getpixel((side - 1, side - 1)) == image.getpixel((side // 2, side // 10))
        assert len(image.getcolors(100_000)) > 1
    image = ada.new_image(png(800, 600, colour=0x10))
    expect(ada.put("/api/profile", json={"name": "Anna Berg", "picture": image["id"]}), 200)
    ada.publish(site)
    draw(stack, site)
    shown = wait_until(lambda: icons_of(stack, site), 20, "the icons")
    assert all(value < 40 for value in shown[512].getpixel((256, 256))), "the owner's picture"


@pytest.mark.parametrize("name", ["👩‍👩‍👧‍👦", "日本", "<b>&", "ﷺ", "ß", ""])
def test_any_name_makes_an_icon(stack, ada, name):
    site = ada.new_site(title="Test")
    expect(ada.put("/api/profile", json={"name": name}), 200)
    ada.publish(site)
    draw(stack, site)
    assert set(wait_until(lambda: icons_of(stack, site), 20, "the icons")) == {180, 192, 512}


def test_cards_go_with_the_site(stack):
    mine = Client(stack).log_in()
    site = mine.new_site()
    mine.publish(site)
    draw(stack, site)
    assert stack.sql(f"SELECT count(*) FROM customer.share_cards WHERE site_id = '{site['id']}'") == [["4"]], "icons too"
    expect(mine.delete(f"/api/sites/{site['id']}"), 204)
    assert stack.sql(f"SELECT count(*) FROM customer.share_cards WHERE site_id = '{site['id']}'") == [["0"]]
