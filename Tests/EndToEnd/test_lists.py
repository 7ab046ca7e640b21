"""Lists come in parts, in a stable order, with nothing twice and nothing lost."""

import pytest
from client import expect

TITLES = [f"Link {number}" for number in range(7)]


@pytest.fixture(scope="module")
def links(reader):
    site = reader.new_site()
    for title in TITLES:
        reader.new_link(site, title)
    return f"/api/sites/{site['id']}/links"


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 100, None])
def test_the_parts_make_up_the_whole(reader, links, limit):
    assert [link["title"] for link in reader.all_items(links, limit)] == TITLES


@pytest.mark.parametrize(("limit", "more"), [(6, True), (7, False), (8, False)])
def test_next_is_null_exactly_at_the_end(reader, links, limit, more):
    part = expect(reader.get(links, params={"limit": limit}), 200)
    assert len(part["items"]) == min(limit, 7)
    assert (part["next"] is not None) == more


@pytest.mark.parametrize("query", [
    "limit=0", "limit=101", "limit=-1", "limit=1.5", "limit=1e1", "limit=abc", "limit=", "limit=%201", "limit=0x1",
    "limit=99999999999999999999", "limit=1&limit=2", "limit", "after=", "after=x", "after=%00", "after=%ff", "after=*",
    "after=' OR 1=1--", "after=" + "A" * 2000, "offset=1", "sort=title", "limit[]=1", "LIMIT=1", "limit=1;after=2",
    "limit=1&after=x&limit=1", "&=", "=1",
])
def test_parameters_that_are_not_right_are_refused(reader, links, query):
    expect(reader.get(f"{links}?{query}"), (400, 422))


def test_an_empty_query_is_none(reader, links):
    expect(reader.get(links + "?"), 200)


def test_a_changed_cursor_is_refused_or_harmless(reader, links):
    cursor = expect(reader.get(links, params={"limit": 3}), 200)["next"]
    for changed in (cursor[:-1], cursor + "A", cursor[::-1], cursor.swapcase()):
        answer = reader.get(links, params={"after": changed})
        expect(answer, (200, 400, 422))


def test_what_is_added_or_removed_meanwhile_disturbs_nothing_else(ada, site):
    path = f"/api/sites/{site['id']}/links"
    made = [ada.new_link(site, title) for title in TITLES]
    part = expect(ada.get(path, params={"limit": 3}), 200)
    expect(ada.delete(f"{path}/{made[1]['id']}"), 204)
    expect(ada.delete(f"{path}/{made[4]['id']}"), 204)
    ada.new_link(site, "Later")
    rest = expect(ada.get(path, params={"limit": 100, "after": part["next"]}), 200)
    assert [link["title"] for link in rest["items"]] == ["Link 3", "Link 5", "Link 6", "Later"]


def test_each_list_comes_in_parts(ada):
    site = ada.new_site()
    ada.new_site()
    ada.new_page(site)
    ada.publish(site)
    ada.publish(site)
    base = f"/api/sites/{site['id']}"
    for path, key in (("/api/sites", "id"), (f"{base}/pages", "id"), (f"{base}/versions", "number")):
        whole = ada.all_items(path)
        assert len(whole) == 2
        assert ada.all_items(path, 1) == whole
        assert len({item[key] for item in whole}) == 2
    assert len(ada.all_items("/api/sessions", 1)) == 1


def test_an_empty_list_is_a_list(ada, site):
    assert expect(ada.get(f"/api/sites/{site['id']}/links"), 200) == {"items": [], "next": None}
    assert expect(ada.get(f"/api/sites/{site['id']}/versions"), 200) == {"items": [], "next": None}
