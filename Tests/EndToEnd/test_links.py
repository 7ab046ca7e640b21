"""Links and their order."""

import pytest
from client import at_once, expect, expect_fields


def links(site):
    return f"/api/sites/{site['id']}/links"


def titles(client, site):
    return [link["title"] for link in client.all_items(links(site))]


def test_a_link_is_kept_as_it_was_sent(ada, site):
    body = {"title": "Shop", "url": "https://example.com/shop?a=b&c=d#e", "group": "Work", "hidden": True,
            "from": "2026-12-01T08:00:00.000Z", "until": "2027-01-01T00:00:00.000Z"}
    answer = ada.post(links(site), json=body)
    link = expect(answer, 201)
    assert {name: link[name] for name in body} == body
    assert link["site_id"] == site["id"]
    assert answer.headers["Location"] == f"{links(site)}/{link['id']}"
    assert expect(ada.get(answer.headers["Location"]), 200) == link


def test_a_link_needs_only_title_and_address(ada, site):
    link = ada.new_link(site)
    assert (link["group"], link["hidden"], link["from"], link["until"]) == (None, False, None, None)


def test_a_link_is_changed_field_by_field(ada, site):
    link = ada.new_link(site)
    path = f"{links(site)}/{link['id']}"
    for change in ({"title": "New"}, {"url": "tel:+4930123"}, {"group": "Work"}, {"hidden": True},
                   {"from": "2026-12-01T08:00:00.000Z"}, {"until": "2027-12-01T08:00:00.000Z"},
                   {"group": None}, {"from": None, "until": None}, {"hidden": False}):
        link |= change
        seen = expect(ada.patch(path, json=change), 200)
        assert {k: v for k, v in seen.items() if k not in ("version", "updated_at")} == \
            {k: v for k, v in link.items() if k not in ("version", "updated_at")}


def test_a_deleted_link_is_gone(ada, site):
    path = f"{links(site)}/{ada.new_link(site)['id']}"
    expect(ada.delete(path), 204)
    expect(ada.get(path), 404, "not_found")
    expect(ada.patch(path, json={"title": "x"}), 404, "not_found")


@pytest.mark.parametrize(("sent", "given"), [
    ("2026-12-01T08:00:00Z", "2026-12-01T08:00:00.000Z"),
    ("2026-12-01T09:00:00+01:00", "2026-12-01T08:00:00.000Z"),
    ("2026-12-01T08:00:00.123456Z", "2026-12-01T08:00:00.123Z"),
    ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"),
])
def test_times_are_given_back_in_utc(ada, site, sent, given):
    assert ada.new_link(site, **{"from": sent})["from"] == given


GOOD = {"title": "x", "url": "https://example.com/"}


@pytest.mark.parametrize(("change", "field"), [
    ({"title": ""}, ("/title", "required")),
    ({"title": "x" * 201}, ("/title", "too_long")),
    ({"title": 1}, ("/title", "wrong_type")),
    ({"url": ""}, ("/url", "required")),
    ({"url": None}, ("/url", "wrong_type")),
    ({"url": "example.com"}, ("/url", "invalid_url")),
    ({"url": "/about"}, ("/url", "invalid_url")),
    ({"url": "https://"}, ("/url", "invalid_url")),
    ({"url": "https://example.com/" + "x" * 2048}, ("/url", "too_long")),
    ({"group": "x" * 81}, ("/group", "too_long")),
    ({"group": 1}, ("/group", "wrong_type")),
    ({"hidden": "true"}, ("/hidden", "wrong_type")),
    ({"hidden": 1}, ("/hidden", "wrong_type")),
    ({"from": "tomorrow"}, ("/from", "invalid_time")),
    ({"from": "2026-12-01"}, ("/from", "invalid_time")),
    ({"from": "2026-13-01T00:00:00Z"}, ("/from", "invalid_time")),
    ({"from": "2026-02-30T00:00:00Z"}, ("/from", "invalid_time")),
    ({"from": "2026-12-01T08:00:00"}, ("/from", "invalid_time")),
    ({"until": 1764576000}, ("/until", "wrong_type")),
    ({"position": 0}, ("/position", "unknown_field")),
    ({"id": "x"}, ("/id", "unknown_field")),
], ids=lambda value: repr(value)[:60])
def test_what_a_link_cannot_be(reader, link_site, change, field):
    expect_fields(reader.post(links(link_site), json={**GOOD, **change}), field)
    kept = reader.all_items(links(link_site))[0]
    expect_fields(reader.patch(f"{links(link_site)}/{kept['id']}", json=change), field)
    assert reader.all_items(links(link_site)) == [kept]


@pytest.fixture(scope="module")
def link_site(reader):
    site = reader.new_site()
    reader.new_link(site)
    return site


def test_new_links_come_last(ada, site):
    for title in ("A", "B", "C"):
        ada.new_link(site, title)
    assert titles(ada, site) == ["A", "B", "C"]


@pytest.mark.parametrize("order", ["CBA", "BAC", "ABC", "CAB"])
def test_links_are_put_in_order(ada, site, order):
    made = {title: ada.new_link(site, title)["id"] for title in "ABC"}
    answer = expect(ada.put(f"{links(site)}/order", json={"ids": [made[title] for title in order]}), 200)
    assert [link["title"] for link in answer["items"]] == list(order) and answer["next"] is None
    assert titles(ada, site) == list(order)
    positions = [link["position"] for link in ada.all_items(links(site))]
    assert positions == sorted(set(positions))
    ada.new_link(site, "D")
    assert titles(ada, site) == [*order, "D"]


def test_an_order_names_each_link_once(ada, site):
    a, b, c = (ada.new_link(site, title)["id"] for title in "ABC")
    foreign = ada.new_link(ada.new_site())["id"]
    for ids in ([a, b], [], [a, b, c, a], [a, a, b], [a, b, c, foreign], [a, b, foreign], [a, b, "x"], [a, b, 1],
                [a, b, None], "abc", None, [a, b, "0199a6c2-7d1e-7a40-8c55-3f0e9b1d2a60"]):
        problem = expect(ada.put(f"{links(site)}/order", json={"ids": ids}), 422, "invalid_body")
        assert all(error["pointer"].startswith("/ids") for error in problem["errors"]), problem
    expect_fields(ada.put(f"{links(site)}/order", json={}), ("/ids", "required"))
    assert titles(ada, site) == ["A", "B", "C"]


def test_orders_at_the_same_time_lose_no_link(ada, site):
    ids = [ada.new_link(site, title)["id"] for title in "ABCDEF"]
    clients = [ada.clone() for _ in range(10)]
    orders = [ids[index % 6:] + ids[:index % 6] for index in range(10)]
    answers = at_once(10, lambda index: clients[index].put(f"{links(site)}/order", json={"ids": orders[index]}))
    assert all(answer.status_code in (200, 409, 503) for answer in answers)
    assert [link["id"] for link in ada.all_items(links(site))] in orders


def test_there_are_as_many_links_as_the_plan_allows(ada, site):
    limit = ada.identity["entitlements"]["links"]
    clients = [ada.clone() for _ in range(4)]

    def add(index):
        for number in range(index, limit, 4):
            clients[index].new_link(site, f"Link {number}")

    at_once(4, add)
    expect(ada.post(links(site), json=GOOD), 402, "limit_reached")
    assert len(ada.all_items(links(site), 100)) == limit
    positions = [link["position"] for link in ada.all_items(links(site), 100)]
    assert positions == sorted(set(positions)), "two links in one place"
    ids = [link["id"] for link in ada.all_items(links(site), 100)][::-1]
    answer = expect(ada.put(f"{links(site)}/order", json={"ids": ids}), 200)
    assert [link["id"] for link in answer["items"]] == ids and answer["next"] is None
