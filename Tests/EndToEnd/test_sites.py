"""Sites: made, changed, deleted; their names and how many there may be."""

import re
import uuid

import pytest
from client import Client, at_once, expect, expect_fields, new_slug


def test_a_new_site_has_a_home_page_and_is_not_public(ada):
    slug = new_slug()
    answer = ada.post("/api/sites", json={"slug": slug, "title": "Ada", "description": "Programs", "locale": "de"})
    site = expect(answer, 201)
    assert answer.headers["Location"] == f"/api/sites/{site['id']}"
    assert (site["slug"], site["title"], site["description"], site["locale"]) == (slug, "Ada", "Programs", "de")
    assert site["published_version"] is None and site["published_at"] is None
    assert site["url"] == ada.stack.sites_url(slug) + "/"
    assert expect(ada.get(answer.headers["Location"]), 200) == site
    pages = ada.all_items(f"/api/sites/{site['id']}/pages")
    assert [(page["slug"], page["home"]) for page in pages] == [("", True)]
    assert [block["kind"] for block in pages[0]["blocks"]] == ["profile", "links", "contact"]


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_site_speaks_the_customers_language_unless_told(stack, locale):
    client = Client(stack).log_in(locale=locale)
    assert client.new_site()["locale"] == locale


def test_a_site_is_changed_field_by_field(ada, site):
    path = f"/api/sites/{site['id']}"
    wanted = dict(site)
    for change in ({"title": "New"}, {"description": "Words"}, {"locale": "de"}, {"slug": new_slug()}, {"description": ""}):
        wanted |= change
        seen = expect(ada.patch(path, json=change), 200)
        assert {name: seen[name] for name in ("slug", "title", "description", "locale")} == \
            {name: wanted[name] for name in ("slug", "title", "description", "locale")}
    assert seen["url"] == ada.stack.sites_url(seen["slug"]) + "/"
    assert seen["created_at"] == site["created_at"] and seen["updated_at"] > site["updated_at"]


def test_a_deleted_site_is_gone_with_all_that_is_in_it(ada, site):
    page = ada.new_page(site)
    path = f"/api/sites/{site['id']}"
    expect(ada.delete(path), 204)
    for gone in (path, f"{path}/pages", f"{path}/pages/{page['id']}", f"{path}/links", f"{path}/versions"):
        expect(ada.get(gone), 404, "not_found")
    expect(ada.delete(path), 404, "not_found")
    assert ada.all_items("/api/sites") == []


@pytest.mark.parametrize("form", ["{3}", "{6}", "a-{6}", "a-b-c-{6}", "1{6}", "{6}2026", "a{39}", "{40}"])
def test_names_that_a_site_may_have(ada, form):
    slug = re.sub(r"\{(\d+)\}", lambda found: (uuid.uuid4().hex + uuid.uuid4().hex)[: int(found[1])], form)
    assert ada.new_site(slug=slug)["slug"] == slug


@pytest.mark.parametrize("slug", [
    "", "a", "ab", "a" * 41, "-abc", "abc-", "-", "---", "ab--cd", "xn--bcher-kva", "Abc", "ABC", "a_bc", "a.bc",
    "a bc",
    "äbc", "a/b", "../a", "abc\n", "abc%", "abc.", ".abc", "a\u200bbc", "ａｂｃ", "abc?", "<b>abc</b>",
])
def test_names_that_no_site_may_have(reader, slug):
    answer = reader.post("/api/sites", json={"slug": slug, "title": "A site"})
    problem = expect(answer, 422, "invalid_body")
    assert [error["pointer"] for error in problem["errors"]] == ["/slug"]


@pytest.mark.parametrize("slug", ["www", "app", "api", "admin", "mail", "smtp", "ftp", "status", "login",
                                  "support", "static", "autodiscover", "localhost"])
def test_names_that_are_reserved(reader, slug):
    problem = expect(reader.post("/api/sites", json={"slug": slug, "title": "A site"}), (409, 422))
    assert problem["code"] in ("slug_taken", "invalid_body")


def test_a_name_is_given_once(ada, bob):
    slug = ada.new_site()["slug"]
    for client in (ada, bob):
        expect(client.post("/api/sites", json={"slug": slug, "title": "Mine"}), 409, "slug_taken")
    other = bob.new_site()
    expect(bob.patch(f"/api/sites/{other['id']}", json={"slug": slug}), 409, "slug_taken")
    assert expect(bob.get(f"/api/sites/{other['id']}"), 200) == other


def test_of_many_who_want_a_name_at_once_one_gets_it(ada, bob):
    slug = new_slug()
    clients = [client.clone() for client in (ada, bob) for _ in range(6)]
    answers = at_once(12, lambda index: clients[index].post("/api/sites", json={"slug": slug, "title": "Mine"}))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11
    assert len(ada.all_items("/api/sites")) + len(bob.all_items("/api/sites")) == 1


def test_there_are_as_many_sites_as_the_plan_allows_even_at_once(ada):
    limit = ada.identity["entitlements"]["sites"]
    clients = [ada.clone() for _ in range(limit + 7)]
    bodies = [{"slug": new_slug(), "title": "Mine"} for _ in clients]
    answers = at_once(len(clients), lambda index: clients[index].post("/api/sites", json=bodies[index]))
    assert [answer.status_code for answer in answers].count(201) == limit
    problem = expect(ada.post("/api/sites", json={"slug": new_slug(), "title": "Mine"}), 402, "limit_reached")
    assert problem["detail"]
    first = ada.all_items("/api/sites")[0]
    expect(ada.delete(f"/api/sites/{first['id']}"), 204)
    ada.new_site()


@pytest.mark.parametrize(("body", "fields"), [
    ({}, [("/slug", "required"), ("/title", "required")]),
    ({"slug": "abc-def"}, [("/title", "required")]),
    ({"slug": "abc-def", "title": ""}, [("/title", "required")]),
    ({"slug": "abc-def", "title": "x" * 101}, [("/title", "too_long")]),
    ({"slug": "abc-def", "title": "x", "description": "x" * 301}, [("/description", "too_long")]),
    ({"slug": "abc-def", "title": "x", "locale": "fr"}, [("/locale", "invalid")]),
    ({"slug": "abc-def", "title": "x", "theme": "dark"}, [("/theme", "unknown_field")]),
    ({"slug": ["abc"], "title": "x"}, [("/slug", "wrong_type")]),
    ({"slug": "abc-def", "title": None}, [("/title", "wrong_type")]),
    ({"slug": "abc-def", "title": "x", "published_version": 1}, [("/published_version", "unknown_field")]),
], ids=lambda value: repr(value)[:60])
def test_what_a_site_cannot_be(reader, body, fields):
    expect_fields(reader.post("/api/sites", json=body), *fields)


def test_an_empty_change_is_no_change(ada, site):
    seen = expect(ada.patch(f"/api/sites/{site['id']}", json={}), 200)
    assert {k: v for k, v in seen.items() if k not in ("version", "updated_at")} == \
        {k: v for k, v in site.items() if k not in ("version", "updated_at")}
