"""A smaller plan pauses what it does not cover, at once for sites, and deletes nothing; a larger one brings it back."""

import pytest
from client import Client, expect, expect_fields, new_slug
from stack import wait_until
from visitor import page, visit


@pytest.fixture
def business(stack):
    """A customer with three published sites under a plan for three."""
    client = Client(stack).log_in()
    stack.subscribe(client, "business", "month")
    client.sites = [client.new_site(title=f"Site {number}") for number in range(3)]
    for site in client.sites:
        client.publish(site)
    return client


def change_plan(client, plan: str, interval: str = "month") -> None:
    preview = expect(client.post("/api/billing/change/preview", json={"plan": plan, "interval": interval}), 200)
    expect(client.post("/api/billing/change", json={"preview": preview["preview"]}), 200)


def paused(client) -> list[bool]:
    """Of the sites in the order of their making."""
    found = {site["id"]: site["paused"] for site in client.all_items("/api/sites")}
    return [found[site["id"]] for site in client.sites]


def is_shown(stack, site) -> bool:
    return visit(stack, site["slug"]).status_code == 200


def test_the_newest_sites_pause_and_come_back(stack, business):
    change_plan(business, "start")
    wait_until(lambda: paused(business) == [False, True, True], what="the pause")
    wait_until(lambda: [is_shown(stack, site) for site in business.sites] == [True, False, False], what="the edge")
    problem = expect(business.post(f"/api/sites/{business.sites[1]['id']}/publish", json={}), 402, "limit_reached")
    assert (problem["entitlement"], problem["limit"], problem["plan"]) == ("sites", 1, "business")
    # The draft can still be worked on, and nothing is lost.
    expect(business.patch(f"/api/sites/{business.sites[1]['id']}", json={"title": "Still mine"}), 200)

    change_plan(business, "business")
    wait_until(lambda: paused(business) == [False] * 3, what="the return")
    wait_until(lambda: all(is_shown(stack, site) for site in business.sites), what="the edge")


def test_the_customer_chooses_which_stay(stack, business):
    change_plan(business, "start")
    wait_until(lambda: paused(business) == [False, True, True], what="the pause")
    chosen = business.sites[2]
    items = expect(business.put("/api/sites/active", json={"ids": [chosen["id"]]}), 200)["items"]
    assert {site["id"]: site["paused"] for site in items} == {
        site["id"]: site["id"] != chosen["id"] for site in business.sites}
    assert [is_shown(stack, site) for site in business.sites] == [False, False, True]


def test_a_deleted_site_makes_room_for_a_paused_one(stack, business):
    change_plan(business, "start")
    wait_until(lambda: paused(business) == [False, True, True], what="the pause")
    expect(business.delete(f"/api/sites/{business.sites[0]['id']}"), 204)
    del business.sites[0]
    assert paused(business) == [False, True]
    assert is_shown(stack, business.sites[0])


def test_pages_and_links_beyond_the_plan_are_left_out_of_what_is_published(stack):
    client = Client(stack).log_in()
    stack.subscribe(client, "business", "month")
    site = client.new_site()
    path = f"/api/sites/{site['id']}"
    pages = [client.home_page(site)] + [client.new_page(site, f"page-{number}") for number in range(11)]
    links = [client.new_link(site, f"Link {number}") for number in range(52)]
    client.publish(site)
    change_plan(client, "start")
    wait_until(lambda: [entry["paused"] for entry in client.all_items(f"{path}/pages")] == [False] * 10 + [True] * 2)
    assert [entry["paused"] for entry in client.all_items(f"{path}/links")] == [False] * 50 + [True] * 2
    assert visit(stack, site["slug"], "/page-10/").status_code == 200, "what is public is changed by the customer only"
    assert expect(client.get(path), 200)["changed"]

    client.publish(site)
    assert visit(stack, site["slug"], "/page-10/").status_code == 404
    assert "Link 49" in page(stack, site["slug"]) and "Link 50" not in page(stack, site["slug"])

    # Chosen otherwise, the home page stays in any case.
    body = {"ids": [pages[11]["id"], pages[10]["id"]]}
    items = expect(client.put(f"{path}/pages/active", json=body), 200)["items"]
    assert [entry["paused"] for entry in items] == [False] * 8 + [True] * 2 + [False] * 2
    items = expect(client.put(f"{path}/links/active", json={"ids": [links[51]["id"]]}), 200)["items"]
    assert [number for number, entry in enumerate(items) if entry["paused"]] == [49, 50]
    # One less makes room for the next.
    expect(client.delete(f"{path}/links/{links[0]['id']}"), 204)
    assert sum(entry["paused"] for entry in client.all_items(f"{path}/links")) == 1


def test_the_newest_short_links_lead_elsewhere_and_come_back(stack):
    client = Client(stack).log_in()
    stack.subscribe(client, "business", "month")
    site = client.new_site()
    client.publish(site)
    links = [client.new_short_link(site, url=f"https://example.com/{number}") for number in range(51)]
    links.append(client.new_short_link(site, url="https://example.com/51", permanent=True,
                                       fallback_url="https://example.org/instead"))
    path = f"/api/sites/{site['id']}/short-links"

    def leads_to(link):
        answer = visit(stack, site["slug"], f"/l/{link['code']}")
        return answer.status_code, answer.headers["Location"]

    def paused():
        return [link["id"] for link in client.all_items(path) if link["paused"]]

    assert paused() == []
    change_plan(client, "start")
    wait_until(lambda: leads_to(links[51]) == (302, "https://example.org/instead"), what="the pause")
    status, start = leads_to(links[50])
    assert status == 302 and start.endswith("/") and site["slug"] in start
    assert leads_to(links[49]) == (302, "https://example.com/49")
    assert sorted(paused()) == sorted(link["id"] for link in links[50:])
    expect(client.post(path, json={"title": "One more", "url": "https://example.com/"}), 402, "limit_reached")
    # It can still be changed, and one less makes room for the next.
    assert expect(client.patch(f"{path}/{links[50]['id']}", json={"title": "Mine"}), 200)["paused"] is True
    expect(client.delete(f"{path}/{links[0]['id']}"), 204)
    assert leads_to(links[50]) == (302, "https://example.com/50") and paused() == [links[51]["id"]]
    client.publish(site)
    assert leads_to(links[51]) == (302, "https://example.org/instead")

    change_plan(client, "business")
    wait_until(lambda: leads_to(links[51]) == (308, "https://example.com/51"), what="the return")
    assert paused() == []


def test_a_choice_names_ones_own_things_only(business, bob):
    theirs = bob.new_site()
    for ids in ([theirs["id"]], [business.sites[0]["id"]] * 2, ["x"]):
        answer = business.put("/api/sites/active", json={"ids": ids})
        expect(answer, 422, "invalid_body")
    expect_fields(business.put("/api/sites/active", json={}), ("/ids", "required"))


def test_the_badge_goes_with_the_plan(stack):
    client = Client(stack).log_in()
    site = client.new_site(slug=new_slug(), locale="en")
    client.publish(site)
    assert "Made with SmartPages" in page(stack, site["slug"])
    stack.subscribe(client, "business", "month")
    client.publish(site)
    assert "SmartPages" not in page(stack, site["slug"])
