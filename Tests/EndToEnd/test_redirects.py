"""Redirects of a site: paths of its owner's choice that lead elsewhere once they are published."""

import pytest
from client import expect
from visitor import visit


def put(client, site, *items, status=200, **options):
    rows = [dict(zip(("from", "to", "status"), item)) for item in items]
    return expect(client.put(f"/api/sites/{site['id']}/redirects", json={"items": rows}, **options), status)


def where(stack, site, path):
    answer = visit(stack, site["slug"], path)
    return answer.status_code, answer.headers.get("Location")


def test_they_lead_there_with_the_next_publishing(stack, ada, site):
    ada.new_page(site, "about")
    kept = put(ada, site, ("/old", "/about/"), ("/f\u00fcr-jetzt/", "/about/?a=1#x", 302),
               ("/shop", "https://example.org/x", 308),
               ("/about", "/elsewhere"), ("/a%20b", "/\u00fcber"))
    assert kept["items"] == [
        {"from": "/old", "to": "/about/", "status": 301},
        {"from": "/f\u00fcr-jetzt", "to": "/about/?a=1#x", "status": 302},
        {"from": "/shop", "to": "https://example.org/x", "status": 308},
        {"from": "/about", "to": "/elsewhere", "status": 301},
        {"from": "/a b", "to": "/%C3%BCber", "status": 301}]
    assert expect(ada.get(f"/api/sites/{site['id']}/redirects"), 200) == kept
    ada.publish(site)
    assert where(stack, site, "/old") == where(stack, site, "/old/") == (301, "/about/")
    assert where(stack, site, "/f%C3%BCr-jetzt?b=2") == (302, "/about/?a=1&b=2#x")
    assert where(stack, site, "/shop?b=2") == (308, "https://example.org/x")
    assert where(stack, site, "/a%20b") == (301, "/%C3%BCber")
    assert where(stack, site, "/about") == (308, "/about/"), "a page of the site comes first"
    put(ada, site)
    assert where(stack, site, "/old")[0] == 301, "not yet published"
    ada.publish(site)
    assert where(stack, site, "/old")[0] == 404


@pytest.mark.parametrize(("items", "pointer", "code"), [
    ([("old", "/about/")], "/items/0/from", "invalid"), ([("/", "/about/")], "/items/0/from", "invalid"),
    ([("", "/about/")], "/items/0/from", "required"), ([("/a?b", "/x")], "/items/0/from", "invalid"),
    ([("/a#b", "/x")], "/items/0/from", "invalid"), ([("//evil.example", "/x")], "/items/0/from", "invalid"),
    ([("/a/../b", "/x")], "/items/0/from", "invalid"), ([("/%2e%2e/b", "/x")], "/items/0/from", "invalid"),
    ([("/a\\b", "/x")], "/items/0/from", "invalid"), ([("/a%zz", "/x")], "/items/0/from", "invalid"),
    ([("/a%0d%0ab", "/x")], "/items/0/from", "invalid"), ([("/" + "a" * 300, "/x")], "/items/0/from", "too_long"),
    ([("/.well-known", "/x")], "/items/0/from", "invalid"), ([("/%2EWell-Known/x", "/x")], "/items/0/from", "invalid"),
    ([("/a", "b")], "/items/0/to", "invalid_url"), ([("/a", "//evil.example")], "/items/0/to", "invalid"),
    ([("/a", "/\\evil.example")], "/items/0/to", "invalid"),
    ([("/a", "javascript:alert(1)")], "/items/0/to", "invalid_url"),
    ([("/a", "mailto:a@example.org")], "/items/0/to", "invalid_url"),
    ([("/a", "data:,x")], "/items/0/to", "invalid_url"),
    ([("/a", "https://u:p@example.org/")], "/items/0/to", "invalid_url"),
    ([("/a", "/b\r\nX: y")], "/items/0/to", "invalid"),
    ([("/a", "/b", 200)], "/items/0/status", "invalid"), ([("/a", "/b", 303)], "/items/0/status", "invalid"),
    ([("/a", "/b", "301")], "/items/0/status", "wrong_type"),
    ([("/a", "/b"), ("/a/", "/c")], "/items/1/from", "taken"),
    ([("/a", "/b"), ("/%61", "/c")], "/items/1/from", "taken"),
    ([("/a", "/a")], "/items/0/to", "not_allowed"), ([("/a", "/a/?x")], "/items/0/to", "not_allowed"),
    ([("/a", "/b"), ("/b/", "/c"), ("/c", "/%61#x")], "/items/0/to", "not_allowed"),
    ([(f"/p{number}", "/") for number in range(101)], "/items", "too_many"),
])
def test_what_leads_nowhere_or_in_a_circle_is_refused(reader, items, pointer, code):
    site = reader.all_items("/api/sites")[0] if reader.all_items("/api/sites") else reader.new_site()
    refused = put(reader, site, *items, status=422)
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in refused["errors"]]


def test_two_people_do_not_undo_each_other(ada, site):
    path = f"/api/sites/{site['id']}/redirects"
    first = expect(ada.get(path), 200)
    second = put(ada, site, ("/a", "/b"), if_match=first["version"])
    assert second["version"] != first["version"]
    put(ada, site, ("/c", "/d"), if_match=first["version"], status=412)
    assert expect(ada.get(path), 200) == second


def test_they_are_told_among_the_changes_and_come_back_with_a_version(stack, ada, site):
    path = f"/api/sites/{site['id']}"
    put(ada, site, ("/old", "/one"))
    ada.publish(site)
    put(ada, site, ("/old", "/two"))
    changes = expect(ada.get(f"{path}/changes"), 200)["items"]
    assert [change["what"] for change in changes] == ["site"] and "redirects" in changes[0]["text"]
    ada.publish(site)
    assert where(stack, site, "/old") == (301, "/two")
    expect(ada.post(f"{path}/versions/1/restore", json={}), 200)
    assert where(stack, site, "/old") == (301, "/one")
    expect(ada.post(f"{path}/versions/1/draft", json={}), 200)
    assert expect(ada.get(f"{path}/redirects"), 200)["items"] == [{"from": "/old", "to": "/one", "status": 301}]


def test_a_site_takes_them_to_the_trash_and_back(ada, site):
    put(ada, site, ("/old", "/one"))
    ada.prove()
    expect(ada.delete(f"/api/sites/{site['id']}"), 204)
    item = ada.all_items("/api/trash")[0]
    expect(ada.post(f"/api/trash/{item['id']}/restore", json={}), 200)
    assert expect(ada.get(f"/api/sites/{site['id']}/redirects"), 200)["items"][0]["to"] == "/one"


def test_others_see_none_of_them(ada, bob, site):
    path = f"/api/sites/{site['id']}/redirects"
    assert bob.get(path).status_code == 404
    assert bob.put(path, json={"items": []}).status_code == 404
