"""The trash: what is deleted can come back for 30 days, as it was, and nobody else gets in between."""

import pytest
from client import Client, at_once, expect, expect_fields, new_slug
from test_schedule import member
from visitor import page, visit


def trash(client) -> list[dict]:
    return client.all_items("/api/trash")


def bring_back(client, item: str, **body):
    return client.post(f"/api/trash/{item}/restore", json=body)


def remove(client, path: str) -> None:
    expect(client.delete(path), 204)


def pages(client, site) -> list[dict]:
    return client.all_items(f"/api/sites/{site['id']}/pages")


def links(client, site) -> list[dict]:
    return client.all_items(f"/api/sites/{site['id']}/links")


def without(item: dict, *names) -> dict:
    return {name: value for name, value in item.items() if name not in names}


CHANGING = ("version", "updated_at", "position")


def test_a_page_comes_back_as_it_was(ada, site):
    about = ada.new_page(site, "about", description="Us", blocks=[{"kind": "heading", "text": "Hi", "level": 2}])
    ada.new_page(site, "contact")
    before = [page["slug"] for page in pages(ada, site)]
    remove(ada, f"/api/sites/{site['id']}/pages/{about['id']}")
    entry = trash(ada)[0]
    assert (entry["id"], entry["kind"], entry["title"], entry["slug"], entry["site_id"], entry["deleted_by"]) == (
        about["id"], "page", "About", "about", site["id"], ada.email)
    assert expect(bring_back(ada, about["id"]), 200)["slug"] == "about"
    back = expect(ada.get(f"/api/sites/{site['id']}/pages/{about['id']}"), 200)
    assert without(back, *CHANGING) == without(about, *CHANGING) and back["version"] > about["version"]
    assert [page["slug"] for page in pages(ada, site)] == before
    assert trash(ada) == []
    expect(bring_back(ada, about["id"]), 404)


def test_a_link_comes_back_to_its_place(ada, site):
    made = [ada.new_link(site, title, group="Work", hidden=title == "B") for title in "ABC"]
    remove(ada, f"/api/sites/{site['id']}/links/{made[1]['id']}")
    expect(bring_back(ada, made[1]["id"]), 200)
    assert [without(link, *CHANGING) for link in links(ada, site)] == [without(link, *CHANGING) for link in made]


def test_a_taken_address_is_told_and_another_one_offered(ada, site):
    first = ada.new_page(site, "about")
    remove(ada, f"/api/sites/{site['id']}/pages/{first['id']}")
    ada.new_page(site, "about")
    ada.new_page(site, "about-2")
    answer = bring_back(ada, first["id"])
    assert expect(answer, 409, "slug_taken")["errors"][0]["pointer"] == "/slug"
    assert expect(bring_back(ada, first["id"], rename=True), 200)["slug"] == "about-3"


def test_what_the_plan_does_not_allow_does_not_come_back(stack, ada, site):
    link = ada.new_link(site)
    remove(ada, f"/api/sites/{site['id']}/links/{link['id']}")
    limit = ada.identity["entitlements"]["links"]
    stack.sql("INSERT INTO customer.links (id, site_id, title, url, position) SELECT gen_random_uuid(), "
              f"'{site['id']}', 'x', 'https://example.com/', n FROM generate_series(1, {limit}) n")
    expect(bring_back(ada, link["id"]), 402, "limit_reached")
    assert len(trash(ada)) == 1


def test_a_site_comes_back_with_everything_as_a_draft(stack, ada, site):
    ada.new_page(site, "about")
    ada.new_link(site, "Shop")
    ada.publish(site, note="First")
    ada.publish(site, note="Second")
    path = f"/api/sites/{site['id']}"
    before = [pages(ada, site), links(ada, site)]
    site = expect(ada.get(path), 200)
    remove(ada, path)
    assert visit(stack, site["slug"]).status_code == 410
    expect(ada.get(path), 404)
    entry = trash(ada)[0]
    assert (entry["id"], entry["kind"], entry["slug"], entry["site_title"]) == (site["id"], "site", site["slug"], None)
    expect(bring_back(ada, site["id"]), 200)
    back = expect(ada.get(path), 200)
    changed = (*CHANGING, "published_version", "published_at", "changed")
    assert without(back, *changed) == without(site, *changed) and back["published_version"] is None
    assert [pages(ada, site), links(ada, site)] == before
    assert [v["note"] for v in ada.all_items(f"{path}/versions")] == ["Second", "First"]
    assert visit(stack, site["slug"]).status_code == 404
    expect(ada.post(f"{path}/versions/1/restore"), 200)
    assert visit(stack, site["slug"], "/about/").status_code == 200
    assert ada.publish(site)["number"] == 3


def test_a_deleted_sites_name_is_kept_for_its_owner(stack, ada, bob, site):
    ada.publish(site)
    remove(ada, f"/api/sites/{site['id']}")
    answer = bob.post("/api/sites", json={"slug": site["slug"], "title": "Mine now"})
    expect(answer, 409, "slug_taken")
    other = bob.new_site()
    expect(bob.patch(f"/api/sites/{other['id']}", json={"slug": site["slug"]}), 409, "slug_taken")
    assert visit(stack, site["slug"]).status_code == 410
    remove(ada, f"/api/trash/{site['id']}")
    taken = bob.new_site(slug=site["slug"]) if len(bob.all_items("/api/sites")) < 1 else expect(
        bob.patch(f"/api/sites/{other['id']}", json={"slug": site["slug"]}), 200)
    bob.publish(taken)
    page(stack, site["slug"])


def test_its_owner_may_use_the_name_at_once(stack, ada, site):
    remove(ada, f"/api/sites/{site['id']}")
    ada.new_site(slug=site["slug"])
    limit = ada.identity["entitlements"]["sites"]
    if limit == 1:
        expect(bring_back(ada, site["id"]), 402, "limit_reached")
        stack.sql(f"DELETE FROM customer.sites WHERE slug = '{site['slug']}'")
        expect(bring_back(ada, site["id"]), 200)
    else:
        expect(bring_back(ada, site["id"]), 409, "slug_taken")
        assert expect(bring_back(ada, site["id"], rename=True), 200)["slug"] == f"{site['slug']}-2"


def test_a_part_waits_for_its_site(ada, site):
    link = ada.new_link(site)
    remove(ada, f"/api/sites/{site['id']}/links/{link['id']}")
    remove(ada, f"/api/sites/{site['id']}")
    expect(bring_back(ada, link["id"]), 409, "conflict")
    expect(bring_back(ada, site["id"]), 200)
    expect(bring_back(ada, link["id"]), 200)
    assert [item["id"] for item in links(ada, site)] == [link["id"]]


def test_a_stale_deletion_leaves_everything(ada, site):
    about = ada.new_page(site, "about")
    expect(ada.patch(f"/api/sites/{site['id']}/pages/{about['id']}", json={"title": "New"}), 200)
    expect(ada.delete(f"/api/sites/{site['id']}/pages/{about['id']}", if_match=about["version"]), 412)
    expect(ada.delete(f"/api/sites/{site['id']}", if_match=99), 412)
    assert trash(ada) == []


def test_another_customers_trash_does_not_exist(ada, bob, site):
    link = ada.new_link(site)
    remove(ada, f"/api/sites/{site['id']}/links/{link['id']}")
    assert trash(bob) == []
    expect(bring_back(bob, link["id"]), 404)
    expect(bob.delete(f"/api/trash/{link['id']}"), 404)
    assert len(trash(ada)) == 1


def test_only_owners_bring_sites_back(stack, ada, site):
    editor = member(stack, ada, "editor")
    remove(ada, f"/api/sites/{site['id']}")
    expect(bring_back(editor, site["id"]), 403, "forbidden")
    expect(editor.delete(f"/api/trash/{site['id']}"), 403)
    expect(bring_back(ada, site["id"]), 200)


def test_the_list_is_read_in_parts_and_forgets_after_its_time(stack, ada, site):
    made = [ada.new_link(site, f"Link {number}") for number in range(5)]
    for link in made:
        remove(ada, f"/api/sites/{site['id']}/links/{link['id']}")
    assert [item["id"] for item in ada.all_items("/api/trash", limit=2)] == [link["id"] for link in reversed(made)]
    stack.sql(f"UPDATE customer.trash SET deleted_at = now() - interval '31 days' WHERE id = '{made[0]['id']}'")
    assert len(trash(ada)) == 4
    expect(ada.get("/api/trash?after=nothing"), 422, "unknown_parameter")
    expect_fields(bring_back(ada, made[1]["id"], rename="yes"), ("/rename", "wrong_type"))


def test_one_of_many_brings_it_back(ada, site):
    about = ada.new_page(site, "about")
    remove(ada, f"/api/sites/{site['id']}/pages/{about['id']}")
    clients = [ada.clone() for _ in range(8)]
    answers = at_once(8, lambda index: bring_back(clients[index], about["id"]).status_code)
    assert sorted(answers) == [200] + [404] * 7
    assert [item["slug"] for item in pages(ada, site)] == ["", "about"]


# --- The draft of an earlier version

@pytest.fixture
def rebuilt(ada, site):
    """A site that was published, and then changed all over."""
    kept, lost = ada.new_page(site, "kept", title="Kept"), ada.new_page(site, "lost", title="Lost")
    first, second = ada.new_link(site, "One", group="G"), ada.new_link(site, "Two")
    ada.publish(site)
    path = f"/api/sites/{site['id']}"
    remove(ada, f"{path}/pages/{lost['id']}")
    expect(ada.patch(f"{path}/pages/{kept['id']}", json={"slug": "lost", "title": "Moved in"}), 200)
    ada.new_page(site, "kept", title="Another")
    remove(ada, f"{path}/links/{first['id']}")
    expect(ada.put(f"{path}/links/order", json={"ids": [second["id"]]}), 200)
    ada.new_link(site, "Three")
    expect(ada.patch(path, json={"title": "Changed", "locale": "de"}), 200)
    return site


def draft(client, site) -> dict:
    """What a draft is made of, without what counts its changes."""
    seen = expect(client.get(f"/api/sites/{site['id']}"), 200)
    return {
        "title": seen["title"], "locale": seen["locale"],
        "pages": [(p["id"], p["slug"], p["title"], p["blocks"]) for p in pages(client, site)],
        "links": [(k["id"], k["title"], k["group"]) for k in links(client, site)],
    }


def test_a_versions_content_becomes_the_draft_and_back(stack, ada, rebuilt):
    site, path = rebuilt, f"/api/sites/{rebuilt['id']}"
    before = draft(ada, site)
    shown = page(stack, site["slug"])
    seen = expect(ada.post(f"{path}/versions/1/draft", json={}), 200)
    assert seen["title"] == site["title"] and seen["changed"]
    after = draft(ada, site)
    assert [page[1:3] for page in after["pages"]] == [("", site["title"]), ("kept", "Kept"), ("lost", "Lost")]
    assert [link[1:] for link in after["links"]] == [("One", "G"), ("Two", None)] and after["locale"] == "en"
    assert page(stack, site["slug"]) == shown, "nothing public changes"
    entry = trash(ada)[0]
    assert entry["kind"] == "draft"
    expect(bring_back(ada, entry["id"]), 200)
    assert draft(ada, site) == before
    again = trash(ada)[0]
    assert again["kind"] == "draft"
    expect(bring_back(ada, again["id"]), 200)
    assert draft(ada, site) == after


def test_what_did_not_change_keeps_its_version(ada, site):
    about = ada.new_page(site, "about")
    ada.publish(site)
    ada.new_page(site, "more")
    expect(ada.post(f"/api/sites/{site['id']}/versions/1/draft"), 200)
    assert expect(ada.get(f"/api/sites/{site['id']}/pages/{about['id']}"), 200)["version"] == about["version"]


def test_an_unknown_version_is_not_found(ada, rebuilt):
    expect(ada.post(f"/api/sites/{rebuilt['id']}/versions/99/draft"), 404)
    assert all(item["kind"] != "draft" for item in trash(ada))


def test_what_came_back_with_a_draft_can_be_deleted_again(ada, site):
    path = f"/api/sites/{site['id']}"
    page, link = ada.new_page(site, "about"), ada.new_link(site)
    ada.publish(site)
    for _ in range(2):
        remove(ada, f"{path}/pages/{page['id']}")
        remove(ada, f"{path}/links/{link['id']}")
        expect(ada.post(f"{path}/versions/1/draft", json={}), 200)
    remove(ada, f"{path}/pages/{page['id']}")
    expect(bring_back(ada, page["id"]), 200)


def test_a_translation_comes_back_with_the_draft_before_its_original(ada, site):
    path = f"/api/sites/{site['id']}"
    about = ada.new_page(site, "about")
    french = ada.new_page(site, "about", language="fr", translation_of=about["id"])
    ada.publish(site)
    remove(ada, f"{path}/pages/{about['id']}")
    expect(ada.post(f"{path}/versions/1/draft", json={}), 200)
    assert expect(ada.get(f"{path}/pages/{french['id']}"), 200)["translation_of"] == about["id"]


def test_pages_of_other_languages_come_back_with_what_they_translate(ada, site):
    path = f"/api/sites/{site['id']}/pages"
    about = ada.new_page(site, "about")
    home = ada.new_page(site, "", language="fr", title="Accueil")
    french = ada.new_page(site, "about", language="fr", translation_of=about["id"])
    ada.publish(site)
    remove(ada, f"{path}/{french['id']}")
    remove(ada, f"{path}/{about['id']}")
    expect(bring_back(ada, french["id"]), 200)
    assert expect(ada.get(f"{path}/{french['id']}"), 200)["translation_of"] is None, "that is still away"
    expect(bring_back(ada, about["id"]), 200)
    expect(ada.post(f"/api/sites/{site['id']}/versions/1/draft"), 200)
    seen = {page["id"]: (page["language"], page["slug"], page["translation_of"]) for page in pages(ada, site)}
    assert seen[about["id"]] == (None, "about", None)
    assert seen[french["id"]] == ("fr", "about", about["id"]) and seen[home["id"]] == ("fr", "", None)
    remove(ada, f"{path}/{home['id']}")
    ada.new_page(site, "", language="fr", title="Autre")
    expect(bring_back(ada, home["id"], rename=True), 409, "slug_taken")
