"""Previews: the draft under an address of its own, for those who know it, for a while."""

import re

import pytest
from client import expect, expect_fields, new_slug
from markup import Document
from visitor import page, visit

HOST = re.compile(r"preview-[a-z2-7]{26}")


def preview(client, site) -> str:
    """The slug under which the draft can be seen."""
    answer = expect(client.post(f"/api/sites/{site['id']}/preview", json={}), 201)
    return HOST.search(answer["url"])[0]


@pytest.fixture
def draft(ada, site):
    expect(ada.patch(f"/api/sites/{site['id']}", json={"title": "Not yet public"}), 200)
    ada.new_page(site, "about")
    return site


def test_the_draft_can_be_seen_and_stays_private(stack, ada, draft):
    answer = expect(ada.post(f"/api/sites/{draft['id']}/preview", json={}), 201)
    slug = HOST.search(answer["url"])[0]
    assert answer["url"] == stack.sites_url(slug) + "/"
    assert Document(page(stack, slug)).title == "Not yet public"
    assert visit(stack, slug, "/about/").status_code == 200
    assert visit(stack, draft["slug"]).status_code == 404
    assert expect(ada.get(f"/api/sites/{draft['id']}"), 200)["published_version"] is None


@pytest.mark.parametrize("path", ["/", "/about/", "/about", "/missing", "/favicon.svg", "/robots.txt"])
def test_nobody_lists_or_keeps_it_or_learns_of_it(stack, ada, draft, path):
    answer = visit(stack, preview(ada, draft), path)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    if "text/html" in answer.headers.get("Content-Type", ""):
        document = Document(answer.content.decode())
        assert "noindex" in document.meta("robots") and document.meta("referrer") == "no-referrer"
        assert not [link for link in document.all("link") if link.get("rel") == "canonical"]


def test_it_is_a_picture_of_its_moment(stack, ada, draft):
    slug = preview(ada, draft)
    expect(ada.patch(f"/api/sites/{draft['id']}", json={"title": "Later"}), 200)
    assert Document(page(stack, slug)).title == "Not yet public"
    assert Document(page(stack, preview(ada, draft))).title == "Later"


def test_five_are_open_at_a_time_and_the_oldest_goes(stack, ada, draft):
    slugs = [preview(ada, draft) for _ in range(7)]
    assert [visit(stack, slug).status_code for slug in slugs] == [404, 404] + [200] * 5


def test_it_ends_by_itself_without_core(stack, ada, draft):
    slug = preview(ada, draft)
    record = next((stack.home / "bucket").glob(f"hosts/*/{slug}.*"))
    text = record.read_text()
    assert "state preview" in text
    record.write_text(re.sub(r"expires \d+", "expires 1700000000", text))
    answer = visit(stack, slug)
    assert answer.status_code == 410 and "noindex" in answer.headers["X-Robots-Tag"]


def test_it_goes_with_its_site(stack, ada, draft):
    slug = preview(ada, draft)
    expect(ada.delete(f"/api/sites/{draft['id']}"), 204)
    assert visit(stack, slug).status_code == 404


def test_a_repeat_with_the_same_key_is_the_same_preview(ada, draft):
    path = f"/api/sites/{draft['id']}/preview"
    first, second = (expect(ada.post(path, json={}, key="once"), 201) for _ in range(2))
    assert first == second


def test_no_site_can_be_called_like_a_preview(ada, site):
    for body in ({"slug": "preview-mine", "title": "A"}, {"slug": f"preview-{'a' * 26}", "title": "A"}):
        expect_fields(ada.post("/api/sites", json=body), ("/slug", "invalid_slug"))
    expect_fields(ada.patch(f"/api/sites/{site['id']}", json={"slug": "preview-mine"}), ("/slug", "invalid_slug"))
    expect(ada.patch(f"/api/sites/{site['id']}", json={"slug": new_slug()}), 200)
