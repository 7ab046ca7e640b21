"""How many domains a plan allows, and what becomes of them when it or the customer goes."""

import pytest
from client import Client, age_proofs, at_once, expect, expect_fields, forget_standings, lay_domain
from domains import Shop, at, new_zone, stack_with
from names import NameServer
from stack import wait_until
from visitor import visit


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def stack(names):
    with stack_with(names) as running:
        yield running


def change_plan(client, plan: str) -> None:
    body = {"plan": plan, "interval": "month"}
    preview = expect(client.post("/api/billing/change/preview", json=body), 200)
    expect(client.post("/api/billing/change", json={"preview": preview["preview"]}), 200)


def paused(shop: Shop) -> dict[str, bool]:
    return {domain["host"]: domain["paused"] for domain in shop.all()}


def test_a_trial_has_none_and_says_which_plan_has(stack):
    client = Client(stack).log_in()
    site = client.new_site()
    answer = client.post("/api/domains", json={"host": "shop.de", "site_id": site["id"]})
    problem = expect(answer, 402, "limit_reached")
    assert (problem["entitlement"], problem["limit"], problem["plan"]) == ("domains", 0, "business")


def test_a_domain_with_its_www_counts_once(stack, names):
    shop = Shop(stack, names, "business")
    for _ in range(3):
        shop.add(new_zone(names))
    assert len(shop.all()) == 6
    answer = shop.client.post("/api/domains", json={"host": new_zone(names), "site_id": shop.site["id"]})
    problem = expect(answer, 402, "limit_reached")
    assert (problem["entitlement"], problem["limit"], problem["plan"]) == ("domains", 3, "agency")


def test_parallel_wishes_do_not_exceed_the_plan(stack, names):
    shop = Shop(stack, names, "business")
    clones = [shop.client.clone() for _ in range(8)]
    hosts = [f"h{number}.{new_zone(names)}" for number in range(8)]
    answers = at_once(8, lambda index: clones[index].post(
        "/api/domains", json={"host": hosts[index], "site_id": shop.site["id"]}))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [402] * 5
    assert len(shop.all()) == 3


def test_a_smaller_plan_pauses_the_newest(stack, names):
    shop = Shop(stack, names, "agency")
    zones = [new_zone(names) for _ in range(4)]
    domains = [shop.connect(zone) for zone in zones]
    www = shop.www(domains[3])
    names.set(www["host"], "CNAME", zones[3])
    assert shop.check(www)["live"]
    shop.patch(domains[3], primary=True)
    assert at(stack, zones[3]).status_code == 200

    change_plan(shop.client, "business")
    wait_until(lambda: paused(shop)[zones[3]], what="the pause")
    assert [host for host, is_paused in paused(shop).items() if is_paused] == [zones[3], www["host"]]
    wait_until(lambda: [at(stack, host).status_code for host in (zones[3], www["host"])] == [421, 421], what="the edge")
    left = shop.get(domains[3])
    assert (left["state"], left["live"]) == ("active", False) and "plan" in left["explanation"]
    assert visit(stack, shop.site["slug"]).status_code == 200, "the primary domain is not served"

    items = expect(shop.client.put("/api/domains/active", json={"ids": [domains[3]["id"]]}), 200)["items"]
    assert {item["host"] for item in items if item["paused"]} == {zones[2], f"www.{zones[2]}"}
    assert at(stack, zones[3]).status_code == 200 and at(stack, zones[2]).status_code == 421
    expect_fields(shop.client.put("/api/domains/active", json={"ids": [www["id"]]}), ("/ids", "invalid"))

    shop.remove(domains[0])
    assert not any(paused(shop).values()), "there is room again"
    assert at(stack, zones[2]).status_code == 308


def test_a_larger_plan_brings_them_back(stack, names):
    shop = Shop(stack, names, "agency")
    domains = [shop.connect(f"a.{new_zone(names)}") for _ in range(4)]
    change_plan(shop.client, "business")
    wait_until(lambda: shop.get(domains[3])["paused"])
    change_plan(shop.client, "agency")
    wait_until(lambda: not shop.get(domains[3])["paused"])
    wait_until(lambda: at(stack, domains[3]["host"]).status_code == 308, what="the edge")


def test_what_is_there_can_be_seen_to_without_a_plan(stack):
    client = Client(stack).log_in()
    site = client.new_site()
    domain = f"/api/domains/{lay_domain(client, site)}"
    stack.sql("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 minute' "
              f"WHERE customer_id = '{client.identity['customer']['id']}'")
    forget_standings(stack)
    expect(client.patch(domain, json={"primary": True}), 402, "trial_ended")
    expect(client.post(f"{domain}/check", json={}), 202)
    expect(client.delete(domain), 204)


def test_roles(stack, names):
    shop = Shop(stack, names)
    domain = shop.connect(f"a.{new_zone(names)}")
    editor, viewer = shop.client.new_member("editor"), shop.client.new_member("viewer")
    path = f"/api/domains/{domain['id']}"
    assert expect(viewer.get(path), 200)["host"] == domain["host"]
    expect(viewer.post(f"{path}/check", json={}), 403, "forbidden")
    expect(viewer.patch(path, json={"primary": True}), 403, "forbidden")
    expect(editor.patch(path, json={"primary": True}), 200)
    expect(editor.delete(path), 403, "forbidden")
    age_proofs(stack, shop.client)
    expect(shop.client.delete(path), 403, "proof_required")
    assert at(stack, domain["host"]).status_code == 200


def test_with_the_customer_go_the_domains(stack, names):
    shop = Shop(stack, names)
    domain = shop.connect(new_zone(names))
    customer = shop.client.identity["customer"]
    expect(shop.client.delete("/api/customer", json={"confirm": customer["name"]}), 200)
    stack.sql(f"UPDATE customer.customers SET deletion_at = now() WHERE id = '{customer['id']}'")
    stack.sql(f"UPDATE jobs.jobs SET run_at = now() WHERE key = 'customer.remove:{customer['id']}'")
    wait_until(lambda: not stack.sql(f"SELECT 1 FROM customer.customers WHERE id = '{customer['id']}'"), 60, "the end")
    wait_until(lambda: at(stack, domain["host"]).status_code == 421)
    assert not stack.sql(f"SELECT 1 FROM customer.domains WHERE customer_id = '{customer['id']}'")
    other = Shop(stack, names)
    theirs = other.add(domain["host"])
    names.set(domain["records"][0]["name"], "TXT", *domain["records"][0]["expected"], *theirs["records"][0]["expected"])
    assert other.check(theirs)["conflict"], "held back for three days"
    other.prove(theirs)
    assert other.check(theirs)["state"] == "active"
