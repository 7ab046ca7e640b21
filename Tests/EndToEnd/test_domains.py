"""A domain of a customer's own: from its first record to its removal, each state in plain words."""

import pytest
from client import Client, age_proofs, expect, expect_fields, wait_for_mail
from domains import Shop, at, new_zone, seconds_until, stack_with
from names import NameServer
from stack import Stack, wait_until
from visitor import visit
from visits import AGENTS, count_visits, today


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def stack(names):
    with stack_with(names) as running:
        yield running


@pytest.fixture
def shop(stack, names):
    return Shop(stack, names)


def test_the_whole_way_of_a_domain(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"shop.{zone}")
    assert domain["state"] == "pending" and not domain["live"] and domain["primary"]
    proof, address = domain["records"]
    assert (proof["type"], proof["label"], proof["zone"]) == ("TXT", "_smartpages-challenge.shop", zone)
    assert (address["type"], address["label"]) == ("CNAME", "shop")
    assert address["expected"][0].startswith("d-") and address["expected"][0].endswith(".sites.localhost")
    assert at(stack, domain["host"]).status_code == 421

    names.set(proof["name"], "TXT", "smartpages-verification=something-else")
    names.set(domain["host"], "A", "192.0.2.7")
    wrong = shop.check(domain)
    assert [record["state"] for record in wrong["records"]] == ["wrong", "wrong"]
    assert wrong["records"][0]["seen"] == ["smartpages-verification=something-else"]
    assert wrong["records"][1]["seen"] == ["192.0.2.7"]
    assert wrong["state"] == "pending" and wrong["checked_at"] and 0 < seconds_until(wrong["next_check_at"]) < 3600
    assert "another value" in wrong["explanation"]

    shop.prove(domain)
    half = shop.check(domain)
    assert [record["state"] for record in half["records"]] == ["ok", "wrong"]
    assert half["state"] == "pending" and at(stack, domain["host"]).status_code == 421

    names.remove(domain["host"], "A")
    shop.point(domain)
    verified = shop.check(domain)
    assert verified["state"] == "active" and verified["live"], verified
    assert verified["verified_at"] and verified["expires_at"] is None
    assert verified["certificate"]["state"] == "off"
    page = at(stack, domain["host"])
    assert page.status_code == 200 and "Corner shop" in page.text
    assert domain["host"] in wait_for_mail(stack, shop.client.email, "domain_verified")["text"]

    # It is the primary one: the other host leads there, and the pages name it.
    origin = f"http://{domain['host']}:{stack.http_port}"
    wait_until(lambda: f'rel="canonical" href="{origin}/"' in at(stack, domain["host"]).text, what="the canonical host")
    moved = visit(stack, shop.site["slug"], "/?a=b")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{origin}/?a=b")
    assert expect(shop.client.get(f"/api/sites/{shop.site['id']}"), 200)["url"] == f"{origin}/"
    assert f"<loc>{origin}/</loc>" in at(stack, domain["host"], "/sitemap.xml").text

    names.remove(proof["name"])
    for _ in range(2):
        shop.pass_hours(domain, 1)
        assert shop.check(domain)["state"] == "active"
    shop.pass_hours(domain, 1)
    failing = shop.check(domain)
    assert failing["state"] == "failing" and failing["live"]
    assert 71 * 3600 < seconds_until(failing["pauses_at"]) < 72 * 3600
    assert at(stack, domain["host"]).status_code == 200, "served for three days yet"
    assert domain["host"] in wait_for_mail(stack, shop.client.email, "domain_broken")["text"]

    shop.pass_hours(domain, 73)
    paused = shop.check(domain)
    assert paused["state"] == "paused" and not paused["live"] and paused["failing_since"] is None
    assert at(stack, domain["host"]).status_code == 421
    wait_for_mail(stack, shop.client.email, "domain_broken", after=1)
    own = f"http://{shop.site['slug']}.sites.localhost:{stack.http_port}"
    wait_until(lambda: f'rel="canonical" href="{own}/"' in visit(stack, shop.site["slug"]).text, what="its own host")

    shop.prove(domain)
    assert shop.check(domain)["state"] == "active"
    assert at(stack, domain["host"]).status_code == 200

    shop.remove(domain)
    assert at(stack, domain["host"]).status_code == 421
    expect(shop.client.get(f"/api/domains/{domain['id']}"), 404, "not_found")
    wait_until(lambda: visit(stack, shop.site["slug"]).status_code == 200, what="its own host")

    again = shop.add(domain["host"])
    assert again["records"][0]["expected"] != proof["expected"], "coming back needs a new token"
    assert shop.check(again)["state"] == "pending"

    other = Shop(stack, names)
    taken = other.connect(domain["host"])
    assert taken["live"] and at(stack, domain["host"]).status_code == 200
    assert {"domain_added", "domain_verified", "domain_failing", "domain_paused",
            "domain_removed"} <= set(shop.activity())


def test_a_registered_domain_comes_with_its_www(stack, names, shop):
    zone = new_zone(names)
    apex = shop.add(zone)
    www = shop.www(apex)
    assert (www["host"], www["www_of"], apex["www_of"]) == (f"www.{zone}", apex["id"], None)
    assert [record["type"] for record in apex["records"]] == ["TXT", "A", "AAAA"]
    assert [record["label"] for record in apex["records"]] == ["_smartpages-challenge", "@", "@"]
    assert [record["expected"] for record in apex["records"][1:]] == [["127.0.0.1"], ["::1"]]
    assert apex["records"][2]["optional"] and not apex["records"][1]["optional"]
    assert www["records"][0] == apex["records"][0], "one proof is enough for both"
    shop.prove(apex)
    names.set(zone, "A", "127.0.0.1")
    names.set(www["host"], "CNAME", zone)
    found = shop.check(apex)
    assert found["state"] == "active"
    assert [record["state"] for record in found["records"]] == ["ok", "ok", "missing"]
    assert shop.check(www)["state"] == "active", "by way of the apex"
    wait_until(lambda: at(stack, zone).status_code == 200)
    moved = at(stack, www["host"], "/about/")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"http://{zone}:{stack.http_port}/about/")

    shop.patch(www, primary=True)
    assert [each["primary"] for each in shop.all()] == [False, True]
    moved = at(stack, zone)
    assert (moved.status_code, moved.headers["Location"]) == (308, f"http://{www['host']}:{stack.http_port}/")
    wait_until(lambda: f'rel="canonical" href="http://{www["host"]}:{stack.http_port}/"' in at(stack, www["host"]).text)

    # Both count as one, lead to one site, and go together.
    second = shop.new_site("Second")
    shop.patch(www, site_id=second["id"])
    assert {each["site_id"] for each in shop.all()} == {second["id"]}
    assert [each["primary"] for each in shop.all()] == [False, True]
    assert visit(stack, shop.site["slug"]).status_code == 200
    assert "Second" in at(stack, www["host"]).text and at(stack, zone).status_code == 308
    shop.remove(apex)
    assert shop.all() == []
    assert [at(stack, host).status_code for host in (zone, www["host"])] == [421, 421]


def test_foreign_addresses_beside_ours_do_not_count(names, shop):
    zone = new_zone(names)
    domain = shop.add(zone, www=False)
    shop.prove(domain)
    names.set(zone, "A", "127.0.0.1", "192.0.2.9")
    assert shop.check(domain)["records"][1]["state"] == "wrong"
    names.set(zone, "A", "127.0.0.1")
    names.set(zone, "AAAA", "2001:db8::9")
    found = shop.check(domain)
    assert [record["state"] for record in found["records"]] == ["ok", "ok", "wrong"] and found["state"] == "pending"
    names.set(zone, "AAAA", "0:0:0:0:0:0:0:1")
    assert shop.check(domain)["state"] == "active"


def test_without_a_proof_nothing_is_served(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    shop.point(domain)
    found = shop.check(domain)
    assert found["state"] == "pending" and "TXT" in found["explanation"]
    assert at(stack, domain["host"]).status_code == 421


@pytest.mark.parametrize("host, code", [
    ("", "required"), ("   ", "too_short"), ("https://shop.de", "invalid_domain"), ("shop.de/path", "invalid_domain"),
    ("shop", "invalid_domain"), ("*.shop.de", "invalid_domain"), ("-a.shop.de", "invalid_domain"),
    ("a..shop.de", "invalid_domain"), ("a_b.shop.de", "invalid_domain"), ("xn--a.shop.de", "invalid_domain"),
    ("a" * 64 + ".shop.de", "invalid_domain"), ("shop.de..", "invalid_domain"), ("shop de", "invalid_domain"),
    ("de", "invalid_domain"), ("co.uk", "public_suffix"), ("github.io", "public_suffix"), ("CO.UK.", "public_suffix"),
    ("shop.nosuchending", "public_suffix"), ("a.localhost", "own_host|reserved_name"),
    ("shop.internal", "reserved_name"),
    ("shop.test", "reserved_name"), ("shop.example", "reserved_name"), ("shop.invalid", "reserved_name"),
    ("abc.onion", "reserved_name"), ("printer.local", "reserved_name"), ("1.168.192.in-addr.arpa", "reserved_name"),
    ("app.localhost", "own_host|reserved_name"), ("ada.sites.localhost", "own_host|reserved_name"),
    ("192.0.2.1", "ip_address"), ("2001:db8::1", "ip_address"), ("[::1]", "ip_address"), ("1.2.3.0x7f", "ip_address"),
    ("127.1", "ip_address"), ("ftp.shop.1", "ip_address"), ("shop.de\u202e", "invalid_domain"),
])
@pytest.mark.parametrize("path", ["/api/domains", "/api/domains/preflight"])
def test_hosts_that_are_nobodys(shared, path, host, code):
    body = {"host": host, **({"site_id": shared.site["id"]} if path == "/api/domains" else {})}
    problem = expect(shared.client.post(path, json=body), 422, "invalid_body")
    refused = [(error["pointer"], error["code"] in code.split("|")) for error in problem["errors"]]
    assert refused == [("/host", True)], problem


@pytest.fixture(scope="module")
def shared(stack, names):
    """For tests that leave nothing behind."""
    return Shop(stack, names)


@pytest.mark.parametrize("typed, host, shown", [
    ("  WWW.Shop-{0}.DE. ", "www.shop-{0}.de", "www.shop-{0}.de"),
    ("bücher{0}.de", "xn--bcher{0}-75a.de", None),
    ("BU\u0308CHER-{0}.de。", None, "bücher-{0}.de"),
    ("ｓｈｏｐ{0}.de", "shop{0}.de", None),
    ("straße{0}.de", None, "straße{0}.de"),
])
def test_all_spellings_of_a_host_are_one(shared, typed, host, shown):
    key = shared.client.new_site()["slug"][2:10]
    domain = shared.add(typed.format(key), www=False)
    try:
        if host and "xn--" not in host:
            assert domain["host"] == host.format(key)
        assert domain["host"].isascii() and domain["host"] == domain["host"].lower()
        if shown:
            assert domain["name"] == shown.format(key)
        spellings = [domain["host"], domain["name"], domain["host"].upper() + "."]
        # Of the one letter Python makes two.
        spellings += [] if "ß" in domain["name"] else [domain["name"].upper()]
        for spelling in spellings:
            body = {"host": spelling, "site_id": shared.site["id"], "www": False}
            expect_fields(shared.client.post("/api/domains", json=body), ("/host", "taken"))
    finally:
        shared.remove(domain)


def test_bodies(shared, bob):
    path = "/api/domains"
    expect_fields(shared.client.post(path, json={}), ("/host", "required"), ("/site_id", "required"))
    foreign = bob.new_site()["id"]
    expect_fields(shared.client.post(path, json={"host": "x.shop.de", "site_id": foreign}), ("/site_id", "invalid"))
    expect_fields(shared.client.post(path, json={"host": "x.shop.de", "site_id": "7", "token": "mine"}),
                  ("/site_id", "invalid"), ("/token", "unknown_field"))
    expect_fields(shared.client.post(path, json={"host": "x.shop.de", "site_id": shared.site["id"], "www": True}),
                  ("/www", "not_allowed"))
    domain = shared.add("patched.shop.de")
    own = f"{path}/{domain['id']}"
    expect_fields(shared.client.patch(own, json={"site_id": foreign}), ("/site_id", "invalid"))
    expect_fields(shared.client.patch(own, json={"host": "y.shop.de"}), ("/host", "unknown_field"))
    shared.patch(domain, site_id=None)
    expect(shared.client.patch(own, json={"primary": True}), 409, "conflict")
    age_proofs(shared.stack, shared.client)
    expect(shared.client.delete(own), 403, "proof_required")
    shared.client.prove()
    shared.remove(domain)


def test_a_repeated_wish_makes_one_domain(shared):
    body = {"host": "twice.shop.de", "site_id": shared.site["id"]}
    first, second = (expect(shared.client.post("/api/domains", json=body, key="twice"), 201) for _ in range(2))
    assert first == second
    shared.remove(first)


def test_asking_often_asks_once(stack, names, shop):
    zone = new_zone(names)
    domain = shop.add(f"a.{zone}")
    names.forget()
    answers = [expect(shop.client.post(f"/api/domains/{domain['id']}/check", json={}), 202) for _ in range(5)]
    assert seconds_until(answers[-1]["next_check_at"]) <= 5
    wait_until(lambda: shop.get(domain)["checked_at"], 30, "a look")
    asked = [question for question in names.questions(f"_smartpages-challenge.a.{zone}") if question.type == "TXT"]
    assert len(asked) <= 4, "one look, by resolver and own server, or two"


def test_a_new_domain_is_looked_at_by_itself_until_it_expires(stack, names, shop):
    zone = new_zone(names)
    domain = shop.client.new_domain(shop.site, f"a.{zone}")
    assert 0 < seconds_until(domain["next_check_at"]) <= 15
    assert 6.9 * 86_400 < seconds_until(domain["expires_at"]) <= 7 * 86_400
    found = wait_until(lambda: (lambda now: now if now["checked_at"] else None)(shop.get(domain)), 60, "the first look")
    assert found["state"] == "pending" and seconds_until(found["next_check_at"]) <= 30
    shop.pass_hours(domain, 7 * 24)
    expired = shop.check(domain)
    assert (expired["state"], expired["next_check_at"], expired["expires_at"]) == ("expired", None, None)
    assert not stack.sql("SELECT 1 FROM jobs.jobs WHERE state = 'available' AND "
                         f"key = 'customer.check_domain:{domain['id']}'")
    shop.prove(domain)
    shop.point(domain)
    assert shop.check(domain)["state"] == "active", "asking begins anew"


def test_a_lost_job_is_made_up_for(stack, names, shop):
    domain = shop.add(f"a.{new_zone(names)}")
    stack.sql(f"DELETE FROM jobs.jobs WHERE key = 'customer.check_domain:{domain['id']}'")
    shop.pass_hours(domain, 1)
    stack.sql("UPDATE jobs.jobs SET run_at = now() WHERE kind = 'customer.check_domains' AND state = 'available'")
    stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.check_domains')")
    wait_until(lambda: shop.get(domain)["checked_at"], 60, "a look")


def test_a_deleted_site_says_so_at_its_domain_and_comes_back_with_it(stack, names, shop):
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    expect(shop.client.delete(f"/api/sites/{shop.site['id']}"), 204)
    assert at(stack, domain["host"]).status_code == 410
    left = shop.get(domain)
    assert left["site_id"] is None and left["state"] == "active" and not left["live"]
    expect(shop.client.post(f"/api/trash/{shop.site['id']}/restore", json={}), 200)
    assert shop.get(domain)["site_id"] == shop.site["id"]
    shop.client.publish(shop.site)
    assert at(stack, domain["host"]).status_code in (200, 308)
    other = shop.new_site("Another")
    shop.patch(domain, site_id=other["id"], primary=True)
    assert "Another" in at(stack, domain["host"]).text


def test_a_paused_or_unpublished_site_is_not_shown_at_its_domain(stack, names, shop):
    zone = new_zone(names)
    domain = shop.connect(f"a.{zone}")
    expect(shop.client.post(f"/api/sites/{shop.site['id']}/unpublish", json={}), 200)
    assert at(stack, domain["host"]).status_code == 421
    shop.client.publish(shop.site)
    assert at(stack, domain["host"]).status_code == 200


def test_what_is_there_before(stack, names, shop):
    zone = new_zone(names, {
        "@": {"A": "192.0.2.5", "AAAA": "2001:db8::5", "MX": "10 mail.example.net",
              "CAA": '0 issue "other-ca.example"'},
        "www": {"CNAME": "old-host.example.net"},
    }, ttl=86_400)
    found = expect(shop.client.post("/api/domains/preflight", json={"host": zone.upper()}), 200)
    assert (found["host"], found["registrable"], found["caa_allows"]) == (zone, zone, False)
    assert [each["host"] for each in found["hosts"]] == [zone, f"www.{zone}"]
    assert found["hosts"][0]["addresses"] == ["192.0.2.5", "2001:db8::5"] and found["hosts"][0]["ttl"] == 86_400
    assert found["hosts"][1]["cname"] == "old-host.example.net"
    assert not any(each["points_here"] for each in found["hosts"])
    assert found["mx"] == ["mail.example.net"] and found["caa"] == ["issue other-ca.example"]
    assert found["dnssec"] == "unsigned" and found["nameservers"] == [f"ns1.{zone}"]
    assert {"mail", "caa", "foreign_ipv6", "slow"} <= {warning["code"] for warning in found["warnings"]}
    assert {(record["type"], record["state"]) for record in found["records"]} == {
        ("A", "wrong"), ("AAAA", "wrong"), ("CNAME", "wrong")}

    names.treat(zone, "servfail")
    unknown = expect(shop.client.post("/api/domains/preflight", json={"host": zone}), 200)
    names.treat(zone, None)
    assert (unknown["caa_allows"], unknown["dnssec"]) == (None, "unknown")
    assert "not_asked" in {warning["code"] for warning in unknown["warnings"]}
    german = Client(stack)
    german.cookies.update(shop.client.cookies)
    expect(german.patch("/api/session", json={"locale": "de"}), 200)
    warnings = expect(german.post("/api/domains/preflight", json={"host": zone}), 200)["warnings"]
    assert any("MX-Einträge" in warning["detail"] for warning in warnings)


def test_without_addresses_there_are_no_domains(own_off):
    client = Client(own_off).log_in()
    own_off.subscribe(client, "agency")
    site = client.new_site()
    expect(client.post("/api/domains", json={"host": "shop.de", "site_id": site["id"]}), 409, "domains_off")
    expect(client.post("/api/domains/preflight", json={"host": "shop.de"}), 409, "domains_off")
    assert client.all_items("/api/domains") == []


@pytest.fixture(scope="module")
def own_off():
    with Stack(ADDRESSES="") as running:
        yield running



def test_browsers_are_told_to_keep_to_https_once_it_has_lasted(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")

    def record() -> str:
        return next((stack.bucket / "hosts").glob(f"*/{domain['host']}")).read_text()

    assert "hsts" not in record()
    stack.sql(f"UPDATE customer.domains SET https_since = now() - interval '6 days' WHERE id = '{domain['id']}'")
    shop.check(domain)
    assert "hsts" not in record()
    stack.sql(f"UPDATE customer.domains SET https_since = now() - interval '8 days' WHERE id = '{domain['id']}'")
    shop.check(domain)
    wait_until(lambda: "\nhsts\n" in record(), what="the record")


def test_visits_of_a_domain_count_for_its_site(stack, names, shop):
    domain = shop.connect(f"a.{new_zone(names)}")
    for _ in range(3):
        assert at(stack, domain["host"], **{"User-Agent": AGENTS["desktop"]}).status_code == 200
    count_visits(stack)
    found = expect(shop.client.get(f"/api/sites/{shop.site['id']}/statistics/{today()}/{today()}"), 200)
    assert found["totals"]["views"] == 3, found
