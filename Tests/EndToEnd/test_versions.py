"""Versions: each is whole and never changes, and going back to one is seen at once."""

from datetime import UTC, datetime, timedelta

import pytest
from client import at_once, expect, rfc3339
from markup import Document
from stack import wait_until
from visitor import page, visit


@pytest.fixture
def three(ada, site):
    """A site published three times, with another title and another page each time."""
    for number in (1, 2, 3):
        expect(ada.patch(f"/api/sites/{site['id']}", json={"title": f"Title {number}"}), 200)
        ada.new_page(site, f"page-{number}")
        ada.publish(site, note=f"Note {number}")
    return site


def versions(client, site):
    return client.all_items(f"/api/sites/{site['id']}/versions")


def restore(client, site, number):
    return client.post(f"/api/sites/{site['id']}/versions/{number}/restore")


def test_versions_are_listed_newest_first_with_who_and_what(ada, three):
    seen = versions(ada, three)
    assert [(v["number"], v["note"], v["active"]) for v in seen] == [
        (3, "Note 3", True), (2, "Note 2", False), (1, "Note 1", False)]
    assert {version["created_by"] for version in seen} == {ada.email}


def test_going_back_is_seen_at_once_and_whole(stack, ada, three):
    for number in (1, 3, 2, 1, 3):
        version = expect(restore(ada, three, number), 200)
        assert version["number"] == number and version["active"]
        assert Document(page(stack, three["slug"])).title == f"Title {number}"
        for other in (1, 2, 3):
            status = visit(stack, three["slug"], f"/page-{other}/").status_code
            assert status == (200 if other <= number else 404)
        assert [v["number"] for v in versions(ada, three) if v["active"]] == [number]
        assert expect(ada.get(f"/api/sites/{three['id']}"), 200)["published_version"] == number


def test_going_back_to_what_is_shown_is_fine(ada, three):
    expect(restore(ada, three, 3), 200)


def test_going_back_leaves_the_draft_and_the_next_publishing_counts_on(stack, ada, three):
    expect(restore(ada, three, 1), 200)
    assert expect(ada.get(f"/api/sites/{three['id']}"), 200)["title"] == "Title 3"
    assert ada.publish(three)["number"] == 4
    assert Document(page(stack, three["slug"])).title == "Title 3"


def test_an_old_version_comes_back_byte_by_byte(stack, ada, three):
    before = {path: visit(stack, three["slug"], path).content for path in ("/", "/page-1/", "/sitemap.xml")}
    expect(ada.patch(f"/api/sites/{three['id']}", json={"title": "Another"}), 200)
    ada.publish(three)
    expect(restore(ada, three, 3), 200)
    assert {path: visit(stack, three["slug"], path).content for path in before} == before


def test_as_many_versions_are_kept_as_the_plan_says(stack, ada, site):
    kept = ada.identity["entitlements"]["versions"]
    for _ in range(kept + 3):
        last = ada.publish(site)["number"]
    numbers = [version["number"] for version in ada.all_items(f"/api/sites/{site['id']}/versions")]
    assert numbers[:kept] == list(range(last, last - kept, -1))
    expect(restore(ada, site, last - kept + 1), 200)
    assert visit(stack, site["slug"]).status_code == 200


def test_a_link_comes_and_goes_at_its_time_without_publishing(stack, ada, site):
    ada.new_link(site, title="Stays")
    soon = datetime.now(UTC) + timedelta(seconds=3)
    ada.new_link(site, title="Comes", **{"from": rfc3339(soon)})
    ada.new_link(site, title="Goes", until=rfc3339(soon))
    number = ada.publish(site)["number"]
    shown = page(stack, site["slug"])
    assert "Stays" in shown and "Goes" in shown and "Comes" not in shown

    def has_changed():
        shown = page(stack, site["slug"])
        return "Stays" in shown and "Goes" not in shown and "Comes" in shown
    wait_until(has_changed, what="the links to change")
    assert [v["number"] for v in versions(ada, site) if v["active"]] == [number]
    assert expect(ada.get(f"/api/sites/{site['id']}"), 200)["changed"] is False


def test_an_old_version_shows_what_is_due_when_it_comes_back(stack, ada, site):
    until = datetime.now(UTC) + timedelta(seconds=2)
    ada.new_link(site, title="Goes", until=rfc3339(until))
    ada.publish(site)
    assert "Goes" in page(stack, site["slug"])
    ada.publish(site)
    wait_until(lambda: datetime.now(UTC) > until, what="the link's end")
    expect(restore(ada, site, 1), 200)
    assert "Goes" not in page(stack, site["slug"])


def test_twenty_publishings_at_once_are_whole_and_in_order(stack, ada, site):
    """Each version is what the draft was when it got its number; the last one is what visitors see."""
    about = ada.new_page(site, "about")
    clients = [ada.clone() for _ in range(20)]

    def change_and_publish(index):
        client, title = clients[index], f"State {index}"
        expect(client.patch(f"/api/sites/{site['id']}", json={"title": title}), 200)
        blocks = [{"kind": "heading", "text": title, "level": 2}]
        expect(client.patch(f"/api/sites/{site['id']}/pages/{about['id']}", json={"blocks": blocks}), 200)
        return client.publish(site, note=title)["number"]
    numbers = at_once(20, change_and_publish)
    assert sorted(numbers) == list(range(1, 21))
    listed = versions(ada, site)
    assert [version["number"] for version in listed] == sorted((v["number"] for v in listed), reverse=True)
    times = [version["created_at"] for version in reversed(listed)]
    assert times == sorted(times)
    sources = {int(number): (site_title, heading) for number, site_title, heading in stack.sql(
        "SELECT number, source::jsonb #>> '{site,title}', source::jsonb #>> '{pages,1,blocks,0,text}' "
        f"FROM customer.versions WHERE site_id = '{site['id']}'")}
    kept = [version["number"] for version in listed]
    for number in kept:
        expect(restore(ada, site, number), 200)
        shown = Document(page(stack, site["slug"], "/about/"))
        title, heading = sources[number]
        assert title in shown.title and heading in shown.texts("h2"), number
    last = expect(ada.get(f"/api/sites/{site['id']}"), 200)["title"]
    assert ada.publish(site)["number"] == 21
    assert Document(page(stack, site["slug"])).title == last


def test_an_old_version_shows_no_more_than_the_plan_allows(stack, ada, site):
    limit = ada.identity["entitlements"]["pages"]
    stack.sql("INSERT INTO customer.pages (id, site_id, slug, title, blocks, position) SELECT gen_random_uuid(), "
              f"'{site['id']}', 'p-' || n, 'P' || n, '[]', n FROM generate_series(1, {limit + 2}) n")
    ada.publish(site)
    assert visit(stack, site["slug"], f"/p-{limit + 2}/").status_code == 200
    expect(restore(ada, site, 1), 200)
    page(stack, site["slug"])
    seen = [visit(stack, site["slug"], f"/p-{number}/").status_code for number in (1, limit - 1, limit, limit + 2)]
    assert seen == [200, 200, 404, 404]


def test_times_before_1970_are_times_as_well(stack, ada, site):
    ada.new_link(site, title="Long since", **{"from": "1960-01-01T00:00:00.000Z"})
    ada.new_link(site, title="Over", until="1960-01-01T00:00:00.000Z")
    ada.publish(site)
    shown = page(stack, site["slug"])
    assert "Long since" in shown and "Over" not in shown
