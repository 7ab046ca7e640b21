"""Publishing: what is edited is private until it is published, and then it is all there, at once."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta, timezone

import pytest
from client import Client, at_once, expect, new_slug, rfc3339
from markup import Document
from test_customer import IMPRINT, IMPRINT_FORM, PRIVACY, PRIVACY_FORM, PROFILE
from visitor import page, visit


class Published:
    """A published site with everything that a site can have."""

    def __init__(self, stack, locale="en"):
        self.stack = stack
        self.client = Client(stack).log_in(locale=locale)
        expect(self.client.put("/api/profile", json=PROFILE), 200)
        expect(self.client.put(IMPRINT, json={"mode": "form", "form": IMPRINT_FORM}), 200)
        expect(self.client.put(PRIVACY, json={"mode": "form", "form": PRIVACY_FORM}), 200)
        self.site = self.client.new_site(title="Ada’s engines", description="Programs & poetry <for> engines")
        self.slug = self.site["slug"]
        self.client.new_page(self.site, "about", title="About & more", description="Who I am", blocks=[
            {"kind": "heading", "text": "Where I work", "level": 2},
            {"kind": "text", "markdown": "Some *words* and **more**, [a link](https://example.com/in-text)."},
            {"kind": "button", "label": "Write to me", "url": "mailto:write@example.com"},
            {"kind": "divider"},
            {"kind": "contact", "heading": "Reach me"},
        ])
        now = datetime.now(timezone.utc)
        hour = timedelta(hours=1)
        for title, more in {
            "Shown": {"url": "https://example.com/shown", "group": "Work"},
            "Hidden": {"hidden": True},
            "Too early": {"from": rfc3339(now + hour)},
            "Too late": {"until": rfc3339(now - hour)},
            "In time": {"from": rfc3339(now - hour), "until": rfc3339(now + hour)},
        }.items():
            self.client.new_link(self.site, title, **more)
        self.version = self.client.publish(self.site, note="First")

    def document(self, path="/") -> Document:
        return Document(page(self.stack, self.slug, path))


@pytest.fixture(scope="module")
def published(stack):
    return Published(stack)


@pytest.fixture(scope="module")
def german(stack):
    return Published(stack, "de")


# --- What is published

def test_publishing_gives_a_version_and_the_site_tells_it(published):
    assert published.version["number"] == 1 and published.version["note"] == "First" and published.version["active"]
    assert published.version["created_by"] == published.client.email
    site = expect(published.client.get(f"/api/sites/{published.site['id']}"), 200)
    assert site["published_version"] == 1 and site["published_at"] == published.version["created_at"]
    assert not site["changed"]


def test_the_address_that_the_api_tells_is_where_it_is(published):
    assert published.site["url"] == published.stack.sites_url(published.slug) + "/"
    assert visit(published.stack, published.slug).status_code == 200


def test_the_home_page_shows_the_profile(published):
    document = published.document()
    for text in ("Ada Lovelace", "Poetical science", "I write programs.", "Mastodon"):
        assert text in document.text
    assert "https://mastodon.example/@ada" in document.links
    assert "<strong>programs</strong>" in document.html


def test_links_are_shown_in_time_unless_hidden(published):
    document = published.document()
    for title in ("Shown", "In time", "Work"):
        assert title in document.text
    for title in ("Hidden", "Too early", "Too late"):
        assert title not in document.text
    counted = [visit(published.stack, published.slug, link) for link in document.links if link.startswith("/l/")]
    assert {answer.headers["Location"] for answer in counted} == {"https://example.com/shown", "https://example.com/"}


def test_the_contact_block_shows_how_to_reach_one(published):
    document = published.document()
    for text in ("hello@example.com", "+49 30 123456", "Marktstraße 1", "10115", "Berlin"):
        assert text in document.text
    assert "mailto:hello@example.com" in document.links and "https://example.com/" in document.links
    assert any(link.startswith("tel:+4930123456") for link in document.links)


def test_a_page_shows_its_blocks(published):
    document = published.document("/about/")
    assert "Where I work" in document.texts("h2") and "Reach me" in document.texts("h2")
    assert "Some words and more, a link." in document.text
    assert document.texts("em") == ["words"] and "more" in document.texts("strong")
    assert "https://example.com/in-text" in document.links and "mailto:write@example.com" in document.links
    assert document.all("hr")


def test_pages_lead_to_each_other_and_to_the_legal_pages(published):
    for path in ("/", "/about/", "/imprint/", "/privacy/"):
        links = published.document(path).links
        assert {"/about/", "/imprint/", "/privacy/"} <= set(links), path
        for link in links:
            if link.startswith("/"):
                # What is below /l/ leads away, and is counted on its way.
                expected = 302 if link.startswith("/l/") else 200
                assert visit(published.stack, published.slug, link).status_code == expected, link


def test_legal_pages_hold_what_the_forms_say(published):
    imprint = published.document("/imprint/").text
    for text in ("Ada Lovelace", "GmbH", "Marktstraße 1", "10115 Berlin", "Deutschland", "ada@example.com",
                 "Charlottenburg", "HRB 1", "DE123456789"):
        assert text in imprint
    privacy = published.document("/privacy/").text
    for text in ("Ada Lovelace", "Hoster", "Ring 1", "BlnBDI"):
        assert text in privacy


def test_german_sites_have_german_words_and_addresses(german):
    home = german.document()
    assert home.all("html")[0]["lang"] == "de"
    assert {"/impressum/", "/datenschutz/"} <= set(home.links)
    assert "Impressum" in home.text and "Datenschutz" in home.text and "Kontakt" in home.text
    assert "Impressum" in german.document("/impressum/").title
    assert visit(german.stack, german.slug, "/imprint/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/about/", "/imprint/", "/privacy/"])
def test_each_page_is_well_made(published, path):
    document = published.document(path)
    assert document.html.lower().startswith("<!doctype html>")
    assert document.all("html")[0]["lang"] == "en"
    assert len(document.texts("h1")) == 1 and document.texts("h1")[0]
    assert len(document.texts("title")) == 1 and "Ada’s engines" in document.title
    assert "width=device-width" in document.meta("viewport")
    assert len(document.all("main")) == 1
    levels = [int(name[1]) for name, _, _ in document.elements() if re.fullmatch("h[1-6]", name)]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), levels
    identifiers = [attributes["id"] for _, attributes, _ in document.elements() if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert document.dangers() == []
    assert len(document.html.encode()) < 60_000


@pytest.mark.parametrize(("path", "title", "description"), [
    ("/", "Ada’s engines", "Programs & poetry <for> engines"),
    ("/about/", "About & more", "Who I am"),
])
def test_search_engines_and_previews_are_told_what_it_is(published, path, title, description):
    document = published.document(path)
    address = published.stack.sites_url(published.slug) + path
    assert document.meta("description") == description == document.meta("og:description")
    assert title in document.meta("og:title") and document.meta("og:url") == address
    assert [link["href"] for link in document.all("link") if link["rel"] == "canonical"] == [address]


def test_a_page_asks_nobody_else_for_anything(published):
    for path in ("/", "/about/", "/imprint/"):
        document = published.document(path)
        assert not document.scripts and not document.all("iframe")
        for name, attributes, _ in document.elements():
            if name not in ("a", "link") or (name == "link" and attributes.get("rel") not in ("canonical", "alternate")):
                for attribute in ("src", "href", "srcset", "data", "poster"):
                    assert not re.match(r"(https?:)?//", attributes.get(attribute, "")), (name, attributes)
        assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", " ".join(document.styles))


def test_the_sitemap_lists_the_pages_and_not_the_legal_ones(published):
    answer = visit(published.stack, published.slug, "/sitemap.xml")
    assert answer.status_code == 200 and "xml" in answer.headers["Content-Type"]
    places = [element.text for element in ElementTree.fromstring(answer.content).iter() if element.tag.endswith("}loc")]
    base = published.stack.sites_url(published.slug)
    assert places == [f"{base}/", f"{base}/about/"]


def test_robots_are_let_in_and_led_to_the_sitemap(published):
    answer = visit(published.stack, published.slug, "/robots.txt")
    assert answer.status_code == 200 and answer.headers["Content-Type"].lower().startswith("text/plain")
    assert f"Sitemap: {published.stack.sites_url(published.slug)}/sitemap.xml" in answer.text
    assert "User-agent: *" in answer.text


def test_there_is_an_icon(published):
    icons = [link["href"] for link in published.document().all("link") if link["rel"] == "icon"]
    assert len(icons) == 1
    answer = visit(published.stack, published.slug, icons[0])
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/")
    assert visit(published.stack, published.slug, "/favicon.ico").status_code in (200, 301, 302, 308)


@pytest.mark.parametrize("path", ["/missing", "/missing/", "/about/missing", "/missing.css", "/%F0%9F%92%A9"])
def test_an_unknown_address_has_the_sites_own_404_page(published, path):
    answer = visit(published.stack, published.slug, path)
    assert answer.status_code == 404
    document = Document(answer.content.decode())
    assert "Ada’s engines" in document.title and "/" in document.links
    assert "noindex" in document.meta("robots")


def test_a_folder_without_its_slash_leads_to_it(published):
    answer = visit(published.stack, published.slug, "/about")
    assert answer.status_code in (301, 308)
    assert re.sub(r"^https?://[^/]+", "", answer.headers["Location"]) == "/about/"


# --- When it is published

def test_nothing_is_public_before_publishing(stack, ada):
    site = ada.new_site()
    assert visit(stack, site["slug"]).status_code == 404


def test_drafts_are_not_public(stack, ada):
    site = ada.new_site(title="Public title")
    ada.publish(site)
    expect(ada.patch(f"/api/sites/{site['id']}", json={"title": "Draft title"}), 200)
    ada.new_page(site, "secret")
    ada.new_link(site, "Draft link")
    seen = page(stack, site["slug"])
    assert "Public title" in seen and "Draft" not in seen
    assert visit(stack, site["slug"], "/secret/").status_code == 404
    assert expect(ada.get(f"/api/sites/{site['id']}"), 200)["changed"]
    ada.publish(site)
    seen = page(stack, site["slug"])
    assert "Draft title" in seen and "Draft link" in seen
    assert visit(stack, site["slug"], "/secret/").status_code == 200


def test_what_is_published_is_seen_at_once_every_time(stack, ada, site):
    for number in range(20):
        expect(ada.patch(f"/api/sites/{site['id']}", json={"title": f"Title {number}"}), 200)
        ada.publish(site)
        assert Document(page(stack, site["slug"])).title == f"Title {number}"


def test_publishing_needs_no_body(stack, ada, site):
    base = f"/api/sites/{site['id']}/publish"
    for options in ({}, {"json": {}}, {"json": {"note": ""}}):
        expect(ada.post(base, **options), 201)
    expect(ada.post(base, json={"note": "x" * 201}), 422, "invalid_body")
    expect(ada.post(base, json={"notes": "x"}), 422, "invalid_body")
    expect(ada.post(base, raw=b"{"), 400, "malformed_json")


def test_a_business_needs_an_imprint_first(stack, ada, site):
    expect(ada.patch("/api/customer", json={"kind": "business"}), 200)
    base = f"/api/sites/{site['id']}/publish"
    expect(ada.post(base), 409, "imprint_missing")
    expect(ada.put(IMPRINT, json={"mode": "form", "form": {"name": "Only a name"}}), 200)
    expect(ada.post(base), 409, "imprint_missing")
    assert visit(stack, site["slug"]).status_code == 404
    expect(ada.put(IMPRINT, json={"mode": "form", "form": IMPRINT_FORM}), 200)
    expect(ada.post(base), 201)
    assert "/imprint/" in Document(page(stack, site["slug"])).links


def test_a_private_site_without_legal_pages_has_no_links_to_them(stack, ada, site):
    ada.publish(site)
    assert not {"/imprint/", "/privacy/"} & set(Document(page(stack, site["slug"])).links)
    assert visit(stack, site["slug"], "/imprint/").status_code == 404


def test_own_legal_text_is_published(stack, ada, site):
    expect(ada.put(IMPRINT, json={"mode": "text", "text": {"en": "My **own** imprint"}}), 200)
    ada.publish(site)
    assert "<strong>own</strong>" in page(stack, site["slug"], "/imprint/")


def test_a_new_name_moves_the_published_site(stack, ada, site):
    ada.publish(site)
    slug = new_slug()
    expect(ada.patch(f"/api/sites/{site['id']}", json={"slug": slug}), 200)
    ada.publish(site)
    assert visit(stack, slug).status_code == 200
    assert visit(stack, site["slug"]).status_code in (301, 308, 404, 410)


def test_a_deleted_site_is_no_longer_public(stack, ada, site):
    ada.publish(site)
    assert visit(stack, site["slug"]).status_code == 200
    expect(ada.delete(f"/api/sites/{site['id']}"), 204)
    assert visit(stack, site["slug"]).status_code in (404, 410)


def test_publishing_at_the_same_time_gives_whole_versions_one_after_the_other(stack, ada, site):
    clients = [ada.clone() for _ in range(8)]
    answers = at_once(8, lambda index: clients[index].post(f"/api/sites/{site['id']}/publish"))
    made = [answer.json()["number"] for answer in answers if answer.status_code == 201]
    assert made and len(made) == len(set(made))
    assert {answer.status_code for answer in answers} <= {201, 409, 503}
    versions = ada.all_items(f"/api/sites/{site['id']}/versions")
    assert sorted(version["number"] for version in versions) == sorted(made)
    assert [version["number"] for version in versions if version["active"]] == [max(made)]


def test_sites_are_apart(stack, ada, bob):
    one, two = ada.new_site(title="Ada’s"), bob.new_site(title="Bob’s")
    ada.publish(one)
    bob.publish(two)
    assert "Bob’s" not in page(stack, one["slug"]) and "Ada’s" not in page(stack, two["slug"])


def test_legal_pages_tell_their_edition_which_changes_with_what_they_say(stack, ada, site):
    def edition():
        found = re.search(r'<p class="edition">As of (\d+ \w+ \d{4}) \(edition (\d+)\)</p>',
                          page(stack, site["slug"], "/privacy/"))
        assert found
        return int(found[2])
    expect(ada.put(PRIVACY, json={"mode": "form", "form": PRIVACY_FORM}), 200)
    ada.publish(site)
    assert edition() == 1
    ada.new_page(site, "news")
    ada.publish(site)
    assert edition() == 1
    expect(ada.put(PRIVACY, json={"mode": "form", "form": PRIVACY_FORM | {"phone": "+49 30 99"}}), 200)
    assert edition() == 1
    ada.publish(site)
    assert edition() == 2
