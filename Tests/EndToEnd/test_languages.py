"""Pages in several languages: each below its code, and each tells of the others."""

import pytest
from client import expect, expect_fields
from markup import Document
from visitor import page, visit


def create(client, site, **body):
    return client.post(f"/api/sites/{site['id']}/pages", json={"title": "A page", **body})


def test_a_language_gets_its_home_page_and_its_pages(stack, ada, site):
    about = ada.new_page(site, "about")
    home = expect(create(ada, site, slug="", language="fr", title="Accueil"), 201)
    assert home["home"] and home["language"] == "fr"
    assert about["language"] is None and about["translation_of"] is None
    cours = expect(create(ada, site, slug="about", language="fr", translation_of=about["id"]), 201)
    assert cours["translation_of"] == about["id"]
    ada.publish(site)
    assert 'lang="fr"' in page(stack, site["slug"], "/fr/")
    assert 'hreflang="fr"' in page(stack, site["slug"], "/about/")
    assert visit(stack, site["slug"], "/fr").headers["Location"].endswith("/fr/")
    assert Document(page(stack, site["slug"], "/fr/about/")).title


def test_the_sites_own_language_is_said_by_saying_nothing(ada, site):
    assert expect(create(ada, site, slug="about", language=site["locale"]), 201)["language"] is None


@pytest.mark.parametrize(("body", "field"), [
    ({"slug": "a", "language": "xx"}, ("/language", "invalid")),
    ({"slug": "a", "language": 1}, ("/language", "wrong_type")),
    ({"slug": ""}, ("/slug", "invalid_slug")),
    ({"slug": "fr"}, ("/slug", "invalid_slug")),
    ({"slug": "a", "language": "fr", "translation_of": "x"}, ("/translation_of", "invalid")),
])
def test_what_a_page_of_a_language_cannot_be(ada, site, body, field):
    expect_fields(create(ada, site, **body), field)


def test_only_a_page_of_the_sites_own_language_is_translated(ada, bob, site):
    about = ada.new_page(site, "about")
    french = expect(create(ada, site, slug="x", language="fr"), 201)
    foreign = bob.new_page(bob.new_site(), "about")
    for other in (french, foreign):
        answer = create(ada, site, slug="y", language="fr", translation_of=other["id"])
        expect_fields(answer, ("/translation_of", "invalid"))
    expect_fields(create(ada, site, slug="y", translation_of=about["id"]), ("/translation_of", "invalid"))
    path = f"/api/sites/{site['id']}/pages/{french['id']}"
    assert expect(ada.patch(path, json={"translation_of": about["id"]}), 200)["translation_of"] == about["id"]
    assert expect(ada.patch(path, json={"title": "Other"}), 200)["translation_of"] == about["id"]
    assert expect(ada.patch(path, json={"translation_of": None}), 200)["translation_of"] is None


def test_a_translation_outlives_its_original(ada, site):
    about = ada.new_page(site, "about")
    french = expect(create(ada, site, slug="x", language="fr", translation_of=about["id"]), 201)
    expect(ada.delete(f"/api/sites/{site['id']}/pages/{about['id']}"), 204)
    seen = expect(ada.get(f"/api/sites/{site['id']}/pages/{french['id']}"), 200)
    assert seen["translation_of"] is None


def test_a_home_page_of_another_language_can_go(ada, site):
    home = expect(create(ada, site, slug="", language="fr"), 201)
    expect(ada.delete(f"/api/sites/{site['id']}/pages/{home['id']}"), 204)
    expect(ada.delete(f"/api/sites/{site['id']}/pages/{ada.home_page(site)['id']}"), 409, "conflict")


def test_the_sites_language_does_not_become_one_that_pages_have_already(ada, site):
    expect(create(ada, site, slug="", language="de"), 201)
    expect(ada.patch(f"/api/sites/{site['id']}", json={"locale": "de"}), 409, "conflict")
    assert expect(ada.get(f"/api/sites/{site['id']}"), 200)["locale"] == "en"
