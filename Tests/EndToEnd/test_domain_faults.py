"""Name servers that are slow, broken or of two minds: "could not ask" never takes anything from anybody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from client import Client, expect
from domains import Shop, at, new_zone, seconds_until, stack_with
from names import NameServer
from stack import wait_until


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def second(names):
    """A further server of the same zones, which may say something else."""
    with NameServer(address="127.0.0.2", port=names.port) as server:
        yield server


@pytest.fixture(scope="module")
def stack(names):
    with stack_with(names) as running:
        yield running


@pytest.fixture(scope="module")
def shop(stack, names):
    return Shop(stack, names)


@pytest.mark.parametrize("treatment", ["servfail", "refused", "silent", "malformed"])
def test_who_cannot_be_asked_takes_nothing_away(stack, names, shop, treatment):
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    names.treat(zone, treatment)
    for _ in range(4):
        shop.pass_hours(domain, 1)
        found = shop.check(domain)
        if treatment == "silent":
            break  # each look takes its time
    assert found["state"] == "active" and found["live"], found
    assert "unknown" in {record["state"] for record in found["records"]}
    assert 1800 < seconds_until(found["next_check_at"]) <= 3600, "asked again soon"
    assert stack.sql(f"SELECT negatives FROM customer.domains WHERE id = '{domain['id']}'") == [["0"]]
    assert at(stack, domain["host"]).status_code in (200, 308)
    names.treat(zone, None)
    assert {record["state"] for record in shop.check(domain)["records"]} == {"ok"}


def test_failing_does_not_end_while_nobody_can_be_asked(stack, names, shop):
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    names.remove(domain["records"][0]["name"])
    assert shop.fail(domain)["state"] == "failing"
    names.treat(zone, "servfail")
    shop.pass_hours(domain, 100)
    assert shop.check(domain)["state"] == "failing"
    names.treat(zone, None)
    assert shop.check(domain)["state"] == "paused"


def test_a_new_domain_waits_for_servers_that_do_not_answer(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    shop.prove(domain)
    shop.point(domain)
    names.treat(zone, "servfail")
    found = shop.check(domain)
    assert found["state"] == "pending" and "did not answer" in found["explanation"]
    assert {record["state"] for record in found["records"]} == {"unknown"}
    names.treat(zone, None)
    assert shop.check(domain)["state"] == "active"


def test_asking_thrice_in_a_minute_is_asking_once(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")
    names.remove(domain["records"][0]["name"])
    for _ in range(4):
        found = shop.check(domain)
    assert found["state"] == "active"
    assert stack.sql(f"SELECT negatives FROM customer.domains WHERE id = '{domain['id']}'") == [["1"]]


def test_a_good_look_ends_the_count(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")
    for _ in range(3):
        names.remove(domain["records"][0]["name"])
        for _ in range(2):
            shop.pass_hours(domain, 1)
            shop.check(domain)
        shop.prove(domain)
        assert shop.check(domain)["state"] == "active"


def test_coming_good_while_failing(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")
    names.set(domain["host"], "CNAME", "elsewhere.example.net")
    assert shop.fail(domain)["state"] == "failing"
    shop.point(domain)
    found = shop.check(domain)
    assert (found["state"], found["failing_since"], found["pauses_at"]) == ("active", None, None)


def test_servers_of_two_minds(stack, names, second, shop):
    zone = new_zone(names, servers=["127.0.0.1", "127.0.0.2"])
    second.zone(zone, {}, servers=["127.0.0.1", "127.0.0.2"])
    domain = shop.add(f"a.{zone}")
    shop.prove(domain)
    shop.point(domain)
    found = shop.check(domain)
    assert found["state"] == "pending" and found["records"][0]["state"] == "unknown"
    assert "on its way" in found["explanation"]
    second.set(domain["records"][0]["name"], "TXT", *domain["records"][0]["expected"])
    assert shop.check(domain)["state"] == "active"

    # One of them forgets it: that is no "no".
    second.remove(domain["records"][0]["name"])
    assert shop.fail(domain)["state"] == "active"
    names.remove(domain["records"][0]["name"])
    assert shop.fail(domain)["state"] == "failing"


def test_one_of_two_servers_is_away(stack, names, second, shop):
    zone = new_zone(names, servers=["127.0.0.1", "127.0.0.2"])
    second.zone(zone, {}, servers=["127.0.0.1", "127.0.0.2"])
    second.treat(zone, "servfail")
    domain = shop.connect(f"a.{zone}")
    assert domain["state"] == "active", "who can be asked says yes"
    second.treat(zone, None)


def test_answers_cut_off_come_again_by_tcp(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    name = domain["records"][0]["name"]
    names.set(name, "TXT", *(f"v=spf1 {number} {'x' * 400}" for number in range(8)), *domain["records"][0]["expected"])
    shop.point(domain)
    names.treat(zone, "truncated")
    names.forget()
    assert shop.check(domain)["state"] == "active"
    assert any(question.is_tcp for question in names.questions(name))
    names.treat(zone, None)


@pytest.mark.parametrize("length", [1, 4])
def test_a_chain_to_our_target_leads_here(stack, names, shop, length):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    shop.prove(domain)
    links = [domain["host"]] + [f"link-{number}.{zone}" for number in range(length)]
    for link, following in zip(links, [*links[1:], domain["records"][1]["expected"][0]]):
        names.set(link, "CNAME", following)
    found = shop.check(domain)
    assert found["state"] == "active" and found["records"][1]["seen"] == [links[1]]


def test_a_chain_that_is_too_long_or_a_loop_leads_nowhere(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    shop.prove(domain)
    names.set(domain["host"], "CNAME", f"b.{zone}")
    names.set(f"b.{zone}", "CNAME", domain["host"])
    found = shop.check(domain)
    assert found["state"] == "pending" and found["records"][1]["state"] == "unknown"
    assert "circle" in found["explanation"]
    links = [domain["host"]] + [f"link-{number}.{zone}" for number in range(12)]
    for link, following in zip(links, [*links[1:], domain["records"][1]["expected"][0]]):
        names.set(link, "CNAME", following)
    assert shop.check(domain)["records"][1]["state"] == "unknown"
    # What was active before stays it.
    names.set(domain["host"], "CNAME", domain["records"][1]["expected"][0])
    assert shop.check(domain)["state"] == "active"
    names.set(domain["host"], "CNAME", f"b.{zone}")
    names.set(f"b.{zone}", "CNAME", domain["host"])
    assert shop.fail(domain)["state"] == "active"


def test_a_zone_that_is_gone_ends_in_a_pause(stack, names, shop):
    """The registration has ended: the name does not exist, and its servers cannot be found."""
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    names.drop_zone(zone)
    assert shop.fail(domain)["state"] in ("failing", "active")


def test_a_resolver_that_is_away(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")
    names.treat("", "silent")
    shop.pass_hours(domain, 1)
    found = shop.check(domain)
    names.heal()
    assert found["state"] == "active" and found["records"][0]["state"] == "unknown"


def test_asking_while_a_look_is_under_way_is_the_same_wish(stack, names, shop):
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    shop.pass_hours(domain, 1)
    names.treat(zone, "silent")
    path, running = f"/api/domains/{domain['id']}/check", "d.asked_at > now() + interval '6 seconds'"
    expect(shop.client.post(path, json={}), 202)
    wait_until(lambda: stack.sql(f"SELECT 1 FROM customer.domains d WHERE d.id = '{domain['id']}' AND {running}"), 60,
               "a look at the domain")
    expect(shop.client.post(path, json={}), 202)
    # None was added, unless the look has ended by now.
    due = ("SELECT count(j.id) FROM customer.domains d LEFT JOIN jobs.jobs j ON j.kind = 'customer.check_domain' "
           "AND j.payload ->> 'domain' = d.id::text AND j.state = 'available' "
           "AND j.run_at < now() + interval '1 minute' "
           f"WHERE d.id = '{domain['id']}' AND {running} GROUP BY d.id")
    assert stack.sql(due) in ([["0"]], [])
    names.treat(zone, None)
    wait_until(lambda: stack.sql(f"SELECT 1 FROM customer.domains WHERE id = '{domain['id']}' "
                                 "AND asked_at <= clock_timestamp()"), 60, "the end of the look")


def test_one_preview_at_a_time_and_not_for_long(stack, names, shop):
    zone, other = new_zone(names), new_zone(names)
    host = f"a.{zone}"
    stranger = Client(stack).log_in()
    stack.subscribe(stranger, "agency")
    names.treat(host, "silent")
    names.forget()
    path, clone = "/api/domains/preflight", shop.client.clone()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(lambda: shop.client.post(path, json={"host": host}))
        names.wait_for_question(host)
        expect(clone.post(path, json={"host": other}), 503, "overloaded")
        expect(stranger.post(path, json={"host": other}), 200)
        found = expect(slow.result(), 200)
    names.treat(host, None)
    # The zone itself would have answered: there was no time left to ask it.
    assert found["nameservers"] and (found["caa_allows"], found["dnssec"]) == (None, "unknown")
    assert "not_asked" in {warning["code"] for warning in found["warnings"]}
    assert expect(clone.post(path, json={"host": host}), 200)["dnssec"] == "unsigned"


def test_core_killed_while_it_asks(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    shop.prove(domain)
    shop.point(domain)
    names.treat(zone, "silent")
    names.forget()
    stack.sql(f"UPDATE jobs.jobs SET run_at = now() WHERE key = 'customer.check_domain:{domain['id']}'")
    names.wait_for_question(domain["records"][0]["name"])
    stack.crash_service("core")
    names.treat(zone, None)
    stack.wait_ready()
    stack.sql("UPDATE jobs.jobs SET locked_until = now() WHERE state = 'running' AND kind = 'customer.check_domain'")
    wait_until(lambda: shop.get(domain)["state"] == "active", 90, "the look after the restart")
