"""Pages and their blocks."""

import pytest
from client import expect, expect_fields

BLOCKS = [
    {"kind": "profile"},
    {"kind": "heading", "text": "About", "level": 2},
    {"kind": "heading", "text": "More", "level": 3},
    {"kind": "text", "markdown": "Some *words* and **more**.\n\n- one\n- two\n\n[A link](https://example.com/)"},
    {"kind": "text", "markdown": ""},
    {"kind": "button", "label": "Write", "url": "mailto:ada@example.com"},
    {"kind": "button", "label": "Call", "url": "tel:+4930123456"},
    {"kind": "links", "heading": "Elsewhere"},
    {"kind": "links"},
    {"kind": "contact", "heading": "Reach me"},
    {"kind": "contact"},
    {"kind": "divider"},
]


def pages(site):
    return f"/api/sites/{site['id']}/pages"


def test_a_page_is_kept_as_it_was_sent(ada, site):
    body = {"slug": "about", "title": "About", "description": "Who I am", "blocks": BLOCKS}
    answer = ada.post(pages(site), json=body)
    page = expect(answer, 201)
    assert {name: page[name] for name in body} == body
    assert page["site_id"] == site["id"] and not page["home"]
    assert answer.headers["Location"] == f"{pages(site)}/{page['id']}"
    assert expect(ada.get(answer.headers["Location"]), 200) == page
    assert [p["id"] for p in ada.all_items(pages(site))][-1] == page["id"]


def test_a_page_is_changed_field_by_field(ada, site):
    page = ada.new_page(site)
    path = f"{pages(site)}/{page['id']}"
    for change in ({"title": "New"}, {"slug": "new"}, {"description": "Words"}, {"blocks": BLOCKS}, {"blocks": []}):
        page |= change
        seen = expect(ada.patch(path, json=change), 200)
        assert {k: v for k, v in seen.items() if k not in ("version", "updated_at")} == \
            {k: v for k, v in page.items() if k not in ("version", "updated_at")}


def test_a_deleted_page_is_gone(ada, site):
    path = f"{pages(site)}/{ada.new_page(site)['id']}"
    expect(ada.delete(path), 204)
    expect(ada.get(path), 404, "not_found")
    ada.new_page(site)  # its name is free again


def test_the_home_page_stays_where_it_is(ada, site):
    home = ada.home_page(site)
    path = f"{pages(site)}/{home['id']}"
    expect(ada.delete(path), 409, "conflict")
    expect(ada.patch(path, json={"slug": "start"}), (409, 422))
    expect(ada.patch(path, json={"title": "Start", "blocks": []}), 200)
    assert ada.home_page(site)["id"] == home["id"]


def test_a_name_is_given_once_in_a_site(ada, site):
    ada.new_page(site, "about")
    other = ada.new_page(site, "other")
    expect(ada.post(pages(site), json={"slug": "about", "title": "About"}), 409, "slug_taken")
    expect(ada.patch(f"{pages(site)}/{other['id']}", json={"slug": "about"}), 409, "slug_taken")
    ada.new_page(ada.new_site(), "about")


def test_there_is_no_second_home_page(ada, site):
    expect(ada.post(pages(site), json={"slug": "", "title": "Second"}), (409, 422))
    other = ada.new_page(site)
    expect(ada.patch(f"{pages(site)}/{other['id']}", json={"slug": ""}), (409, 422))


@pytest.mark.parametrize("slug", [
    "-a", "a-", "a--b", "A", "a b", "a/b", "..", ".", "a.html", "ä", "a_b", "a" * 41, "imprint", "impressum", "privacy",
    "datenschutz", "a?", "a#", "%2e", "a\\b", "<b>",
])
def test_names_that_no_page_may_have(reader, page_site, slug):
    problem = expect(reader.post(pages(page_site), json={"slug": slug, "title": "A page"}), (409, 422))
    if problem["status"] == 422:
        assert [error["pointer"] for error in problem["errors"]] == ["/slug"]


@pytest.fixture(scope="module")
def page_site(reader):
    return reader.new_site()


HEADING = {"kind": "heading", "text": "x", "level": 2}
BUTTON = {"kind": "button", "label": "x", "url": "https://example.com/"}


@pytest.mark.parametrize(("blocks", "field"), [
    ([{}], ("/blocks/0/kind", "required")),
    ([{"kind": "html", "html": "<b>"}], ("/blocks/0/kind", "invalid")),
    ([{"kind": 1}], ("/blocks/0/kind", "wrong_type")),
    (["text"], ("/blocks/0", "wrong_type")),
    ([None], ("/blocks/0", "wrong_type")),
    ([[HEADING]], ("/blocks/0", "wrong_type")),
    ({"0": HEADING}, ("/blocks", "wrong_type")),
    ([HEADING, {**HEADING, "level": 1}], ("/blocks/1/level", "invalid")),
    ([{**HEADING, "level": 4}], ("/blocks/0/level", "invalid")),
    ([{**HEADING, "level": "2"}], ("/blocks/0/level", "wrong_type")),
    ([{**HEADING, "level": 2.5}], ("/blocks/0/level", "wrong_type")),
    ([{"kind": "heading", "text": "x"}], ("/blocks/0/level", "required")),
    ([{"kind": "heading", "level": 2}], ("/blocks/0/text", "required")),
    ([{**HEADING, "text": ""}], ("/blocks/0/text", "required")),
    ([{**HEADING, "text": "x" * 201}], ("/blocks/0/text", "too_long")),
    ([{**HEADING, "id": "x"}], ("/blocks/0/id", "unknown_field")),
    ([{"kind": "text"}], ("/blocks/0/markdown", "required")),
    ([{"kind": "text", "markdown": "x" * 10_001}], ("/blocks/0/markdown", "too_long")),
    ([{"kind": "text", "markdown": None}], ("/blocks/0/markdown", "wrong_type")),
    ([{**BUTTON, "label": ""}], ("/blocks/0/label", "required")),
    ([{**BUTTON, "label": "x" * 81}], ("/blocks/0/label", "too_long")),
    ([{**BUTTON, "url": "javascript:alert(1)"}], ("/blocks/0/url", "invalid_url")),
    ([{**BUTTON, "url": "//example.com"}], ("/blocks/0/url", "invalid_url")),
    ([{**BUTTON, "url": ""}], ("/blocks/0/url", "required")),
    ([{**BUTTON, "onclick": "x"}], ("/blocks/0/onclick", "unknown_field")),
    ([{"kind": "links", "heading": "x" * 201}], ("/blocks/0/heading", "too_long")),
    ([{"kind": "links", "heading": 1}], ("/blocks/0/heading", "wrong_type")),
    ([{"kind": "divider", "text": "x"}], ("/blocks/0/text", "unknown_field")),
    ([{"kind": "profile", "name": "x"}], ("/blocks/0/name", "unknown_field")),
    ([{"kind": "divider"}] * 101, ("/blocks", "too_many")),
    ("text", ("/blocks", "wrong_type")),
], ids=lambda value: repr(value)[:60])
def test_what_a_block_cannot_be(reader, page_site, blocks, field):
    path = pages(page_site)
    expect_fields(reader.post(path, json={"slug": "never", "title": "x", "blocks": blocks}), field)
    home = reader.home_page(page_site)
    expect_fields(reader.patch(f"{path}/{home['id']}", json={"blocks": blocks}), field)
    assert reader.home_page(page_site) == home


def test_a_hundred_blocks_fit(ada, site):
    assert len(ada.new_page(site, blocks=[{"kind": "divider"}] * 100)["blocks"]) == 100


def test_all_faults_of_all_blocks_are_told_at_once(reader, page_site):
    blocks = [{"kind": "x"}, HEADING, {**BUTTON, "url": "data:,"}, {"kind": "divider", "a": 1}]
    expect_fields(reader.post(pages(page_site), json={"slug": "never", "title": "", "blocks": blocks}),
                  ("/title", "required"), ("/blocks/0/kind", "invalid"), ("/blocks/2/url", "invalid_url"),
                  ("/blocks/3/a", "unknown_field"))


def test_there_are_as_many_pages_as_the_plan_allows(ada, site):
    limit = ada.identity["entitlements"]["pages"]
    for number in range(limit - 1):
        ada.new_page(site, f"page-{number}")
    expect(ada.post(pages(site), json={"slug": "one-more", "title": "x"}), 402, "limit_reached")
    assert len(ada.all_items(pages(site))) == limit
