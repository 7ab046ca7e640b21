"""What is different between two versions, and between the draft and what is public, is told in the reader's words."""

import pytest
from client import Client, expect


def changes(client, site, version=None) -> dict:
    part = "changes" if version is None else f"versions/{version}/changes"
    return expect(client.get(f"/api/sites/{site['id']}/{part}"), 200)


def told(client, site, version=None) -> list[str]:
    return [f"{item['what']} {item['change']} {item['title']}: {item['text']}"
            for item in changes(client, site, version)["items"]]


@pytest.fixture
def edited(ada, site):
    """A site with two versions, and changes after them."""
    about = ada.new_page(site, "about")
    link = ada.new_link(site, "Shop")
    ada.publish(site)
    path = f"/api/sites/{site['id']}"
    blocks = [{"kind": "heading", "text": "Hello", "level": 2}]
    expect(ada.patch(f"{path}/pages/{about['id']}", json={"title": "Us", "blocks": blocks}), 200)
    expect(ada.delete(f"{path}/links/{link['id']}"), 204)
    ada.publish(site)
    ada.new_link(site, "Menu")
    expect(ada.patch(path, json={"title": "Another"}), 200)
    return site


def test_a_version_is_compared_with_the_one_before(ada, edited):
    assert changes(ada, edited, 2)["against"] == 1
    assert told(ada, edited, 2) == [
        "page changed Us: Changed: title (before: “About”). Blocks: 1 added (heading).", "link removed Shop: Removed."]


def test_the_draft_is_compared_with_what_is_public(ada, edited):
    assert changes(ada, edited)["against"] == 2
    assert told(ada, edited) == ["site changed Site: Changed: title.", "link added Menu: New."]
    expect(ada.post(f"/api/sites/{edited['id']}/versions/1/restore"), 200)
    assert changes(ada, edited)["against"] == 1
    ada.publish(edited)
    assert told(ada, edited) == []


def test_without_something_before_there_is_nothing_to_tell(ada, edited):
    assert changes(ada, edited, 1) == {"against": None, "items": [], "left_out": 0}
    site = edited
    expect(ada.post(f"/api/sites/{site['id']}/unpublish"), 200)
    assert changes(ada, site)["against"] is None


def test_the_words_are_the_readers(stack):
    client = Client(stack).log_in(locale="de")
    site = client.new_site()
    client.publish(site)
    client.new_link(site, "Karte")
    assert told(client, site) == ["link added Karte: Neu."]


def test_one_version_can_be_read(ada, edited):
    listed = ada.all_items(f"/api/sites/{edited['id']}/versions")
    assert expect(ada.get(f"/api/sites/{edited['id']}/versions/1"), 200) == listed[-1]
    expect(ada.get(f"/api/sites/{edited['id']}/versions/99"), 404)
    expect(ada.get(f"/api/sites/{edited['id']}/versions/99/changes"), 404)
