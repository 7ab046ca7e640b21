"""Pages and their blocks."""

import time
import uuid

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
    {"kind": "contact", "vcard": True},
    {"kind": "divider"},
    {"kind": "hero", "heading": "Hello", "text": "Come in", "button": {"label": "In", "url": "https://example.com/"}},
    {"kind": "hero", "heading": "Hello"},
    {"kind": "social", "heading": "Elsewhere"},
    {"kind": "hours", "heading": "Open", "note": "Ring twice", "days": [
        {"day": "mon", "open": "09:00", "close": "12:30"}, {"day": "mon", "open": "14:00", "close": "24:00"},
        {"day": "fri", "open": "18:00", "close": "02:00"}]},
    {"kind": "address", "street": "Hill 1", "postal_code": "04229", "city": "Leipzig", "country": "", "map": True},
    {"kind": "faq", "heading": "Asked", "items": [{"question": "Why?", "answer": "**Because**"}]},
    {"kind": "testimonial", "quote": "Good.", "author": "Bob", "role": "Cook"},
    {"kind": "prices", "items": [{"title": "Cup", "price": "28 €"}, {"title": "Bowl", "text": "Big", "price": "40 €"}]},
    {"kind": "countdown", "heading": "Sale", "at": "2999-12-01T10:00:00.000Z", "done": "Now"},
    {"kind": "embed", "provider": "youtube", "url": "https://youtu.be/abcdefghijk", "title": "A film"},
    {"kind": "embed", "provider": "vimeo", "url": "https://vimeo.com/123", "title": "A film"},
    {"kind": "embed", "provider": "openstreetmap", "url": "https://www.openstreetmap.org/#map=15/51.3/12.3",
     "title": "A map"},
    {"kind": "legal"},
]


def new_blocks() -> list[dict]:
    """A block of each kind; a form's id is its owner's for good."""
    form = f"0199a6c2-7d1e-7a40-8c55-{uuid.uuid4().hex[:12]}"
    return [*BLOCKS, {"kind": "form", "id": form, "heading": "Write", "button": "Go", "thanks": "Ta"}]


def pages(site):
    return f"/api/sites/{site['id']}/pages"


def test_a_page_is_kept_as_it_was_sent(ada, site):
    body = {"slug": "about", "title": "About", "description": "Who I am", "blocks": new_blocks()}
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
    blocks = new_blocks()
    for change in ({"title": "New"}, {"slug": "new"}, {"description": "Words"}, {"blocks": blocks}, {"blocks": []}):
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
SPAN = {"day": "mon", "open": "09:00", "close": "17:00"}
FILM = {"kind": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "title": "x"}
FORM = "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2afe"
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
    ([{"kind": "hero"}], ("/blocks/0/heading", "required")),
    ([{"kind": "hero", "heading": "x", "button": {"label": "x"}}], ("/blocks/0/button/url", "required")),
    ([{"kind": "hero", "heading": "x", "image": "x"}], ("/blocks/0/image", "invalid")),
    ([{"kind": "image"}], ("/blocks/0/image", "required")),
    ([{"kind": "image", "image": 1}], ("/blocks/0/image", "wrong_type")),
    ([{"kind": "gallery", "images": []}], ("/blocks/0/images", "required")),
    ([{"kind": "gallery", "images": [{}]}], ("/blocks/0/images/0/image", "required")),
    ([{"kind": "gallery", "images": [{}] * 25}], ("/blocks/0/images", "too_many")),
    ([{"kind": "hours", "days": []}], ("/blocks/0/days", "required")),
    ([{"kind": "hours", "days": [{**SPAN, "day": "mo"}]}], ("/blocks/0/days/0/day", "invalid")),
    ([{"kind": "hours", "days": [{**SPAN, "open": "9:00"}]}], ("/blocks/0/days/0/open", "invalid")),
    ([{"kind": "hours", "days": [{**SPAN, "open": "24:00"}]}], ("/blocks/0/days/0/open", "invalid")),
    ([{"kind": "hours", "days": [{**SPAN, "close": "24:01"}]}], ("/blocks/0/days/0/close", "invalid")),
    ([{"kind": "hours", "days": [{**SPAN, "close": "09:00"}]}], ("/blocks/0/days/0/close", "invalid")),
    ([{"kind": "hours", "days": [SPAN, {**SPAN, "open": "16:59"}]}], ("/blocks/0/days", "invalid")),
    ([{"kind": "address", "street": "x"}], ("/blocks/0/city", "required")),
    ([{"kind": "faq", "items": [{"question": "x", "answer": "x" * 5001}]}], ("/blocks/0/items/0/answer", "too_long")),
    ([{"kind": "testimonial", "quote": "x"}], ("/blocks/0/author", "required")),
    ([{"kind": "prices", "items": [{"title": "x", "price": 28}]}], ("/blocks/0/items/0/price", "wrong_type")),
    ([{"kind": "countdown", "heading": "x"}], ("/blocks/0/at", "required")),
    ([{"kind": "countdown", "heading": "x", "at": "tomorrow"}], ("/blocks/0/at", "invalid_time")),
    ([{**FILM, "provider": "other"}], ("/blocks/0/provider", "invalid")),
    ([{**FILM, "url": "https://example.com/"}], ("/blocks/0/url", "invalid")),
    ([{**FILM, "url": "javascript:alert(1)"}], ("/blocks/0/url", "invalid_url")),
    ([{**FILM, "title": ""}], ("/blocks/0/title", "required")),
    ([{"kind": "form", "id": "1"}], ("/blocks/0/id", "invalid")),
    ([{"kind": "form", "id": FORM}, {"kind": "form", "id": FORM}], ("/blocks/1/id", "taken")),
    ([{"kind": "legal", "x": 1}], ("/blocks/0/x", "unknown_field")),
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


def test_ten_thousand_blocks_are_refused_at_once(reader, page_site):
    path = f"{pages(page_site)}/{reader.home_page(page_site)['id']}"
    started = time.monotonic()
    expect_fields(reader.patch(path, json={"blocks": [{"kind": "divider"}] * 10_000}), ("/blocks", "too_many"))
    # A debug build on a busy machine; what is unbounded takes many times that.
    assert time.monotonic() - started < 5
    deep = {"kind": "faq", "items": [{"question": "x" * 60, "answer": "x" * 60}] * 4}
    expect(reader.patch(path, json={"blocks": [deep] * 10_000}), 413, "body_too_large")


def test_the_texts_of_a_page_have_a_limit_together(reader, page_site):
    path = f"{pages(page_site)}/{reader.home_page(page_site)['id']}"
    blocks = [{"kind": "text", "markdown": "x" * 10_000}] * 30
    expect_fields(reader.patch(path, json={"blocks": blocks}), ("/blocks", "too_long"))


def test_a_form_gets_an_id_that_no_other_page_of_the_customer_takes(ada, site):
    first = ada.new_page(site, "first", blocks=[{"kind": "form"}, {"kind": "form"}])
    ids = [block["id"] for block in first["blocks"]]
    assert len(set(ids)) == 2
    kept = expect(ada.patch(f"{pages(site)}/{first['id']}", json={"blocks": first["blocks"]}), 200)
    assert [block["id"] for block in kept["blocks"]] == ids
    second = ada.new_page(ada.new_site(), "second")
    path = f"/api/sites/{second['site_id']}/pages/{second['id']}"
    expect_fields(ada.patch(path, json={"blocks": [{"kind": "form", "id": ids[0]}]}), ("/blocks/0/id", "taken"))


def test_pictures_in_blocks_are_the_customers_own(ada, bob, site):
    path = f"{pages(site)}/{ada.new_page(site)['id']}"

    def blocks(image):
        return [
            {"kind": "hero", "heading": "x", "image": image}, {"kind": "image", "image": image, "caption": "x"},
            {"kind": "gallery", "images": [{"image": image, "alt": "y"}, {"image": image}]},
            {"kind": "testimonial", "quote": "x", "author": "x", "image": image}, {**FILM, "image": image},
        ]

    pointers = ["/blocks/0/image", "/blocks/1/image", "/blocks/2/images/0/image", "/blocks/2/images/1/image",
                "/blocks/3/image", "/blocks/4/image"]
    for image in (FORM, bob.new_image()["id"]):
        expect_fields(ada.patch(path, json={"blocks": blocks(image)}), *[(pointer, "invalid") for pointer in pointers])
    own = ada.new_image()["id"]
    kept = expect(ada.patch(path, json={"blocks": blocks(own)}), 200)
    assert kept["blocks"] == blocks(own)


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
