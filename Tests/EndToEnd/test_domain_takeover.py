"""Nobody gets another's domain: each known way fails, and who has really bought it gets it."""

import pytest
from client import at_once, expect, expect_fields, wait_for_mail
from domains import Shop, at, new_zone, stack_with
from names import NameServer
from stack import wait_until


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def stack(names):
    with stack_with(names) as running:
        yield running


@pytest.fixture(scope="module")
def owner(stack, names):
    return Shop(stack, names)


@pytest.fixture(scope="module")
def thief(stack, names):
    return Shop(stack, names)


def is_shown(stack, host: str, shop: Shop) -> bool:
    """Whether visitors of a host see that customer's site."""
    answer = at(stack, host)
    return answer.status_code == 200 and shop.site["slug"] in stack.sql(
        f"SELECT s.slug FROM customer.domains d JOIN customer.sites s ON s.id = d.site_id "
        f"WHERE d.host = '{host}' AND d.state IN ('active', 'failing')")[0]


def test_a_claim_alone_changes_nothing(stack, names, owner, thief):
    host = f"a.{new_zone(names)}"
    mine = owner.connect(host)
    wait_until(lambda: is_shown(stack, host, owner))
    theirs = thief.add(host)
    assert theirs["conflict"] and "Another account" in theirs["explanation"]
    found = thief.check(theirs)
    assert (found["state"], found["conflict"]) == ("pending", True)
    assert owner.get(mine)["state"] == "active" and is_shown(stack, host, owner)


def test_an_old_token_proves_nothing(stack, names, owner, thief):
    """The record of a former customer of ours still stands, who adds the domain again."""
    host = f"a.{new_zone(names)}"
    first = owner.connect(host)
    owner.remove(first)
    again = owner.add(host)
    assert again["records"][0]["expected"] != first["records"][0]["expected"]
    found = owner.check(again)
    assert found["state"] == "pending" and found["records"][0]["state"] == "wrong"
    assert at(stack, host).status_code == 421
    # Nor is it of use to others.
    theirs = thief.check(thief.add(host))
    assert theirs["state"] == "pending"


def test_a_dangling_cname_is_of_no_use(stack, names, owner, thief):
    """It leads to the target of a customer who has given the domain up; even with a proof of one's own."""
    host = f"a.{new_zone(names)}"
    first = owner.connect(host)
    owner.remove(first)
    theirs = thief.add(host)
    assert theirs["records"][1]["expected"] != first["records"][1]["expected"]
    found = thief.check(theirs)
    assert [record["state"] for record in found["records"]] == ["wrong", "wrong"]
    names.set(theirs["records"][0]["name"], "TXT", *theirs["records"][0]["expected"])
    found = thief.check(theirs)
    assert found["state"] == "pending" and found["records"][1]["state"] == "wrong"
    assert at(stack, host).status_code == 421


@pytest.mark.parametrize("target", [
    "sites.localhost", "ada.sites.localhost", "d-aaaaaaaaaaaaaaaaaaaaaaaa.sites.localhost",
])
def test_names_of_ours_are_no_target(stack, names, thief, target):
    zone = new_zone(names)
    domain = thief.add(f"a.{zone}")
    thief.prove(domain)
    names.set(domain["host"], "CNAME", target)
    found = thief.check(domain)
    assert found["state"] == "pending" and found["records"][1] == {
        **domain["records"][1], "seen": [target], "state": "wrong"}


def test_a_wildcard_does_not_prove_names_below_it(stack, names, owner, thief):
    zone = new_zone(names)
    mine = owner.connect(zone, www=False)
    target = owner.add(f"shop.{zone}")["records"][1]["expected"][0]
    names.set(f"*.{zone}", "CNAME", target)
    theirs = thief.check(thief.add(f"new.{zone}"))
    assert theirs["state"] == "pending" and theirs["records"][0]["seen"] == []
    assert theirs["records"][1]["state"] == "wrong"
    # A wildcard of addresses leads here, but proves nothing; nor does a proof of the zone itself.
    names.remove(f"*.{zone}")
    names.set(f"*.{zone}", "A", "127.0.0.1")
    theirs = thief.check(theirs)
    assert (theirs["state"], theirs["records"][0]["state"]) == ("pending", "missing")
    assert owner.get(mine)["state"] == "active"
    assert at(stack, f"new.{zone}").status_code == 421


def test_a_proof_by_another_name_does_not_count(stack, names, thief):
    """Whoever may set a CNAME at the name of the proof could let any zone speak for it."""
    zone, elsewhere = new_zone(names), new_zone(names)
    domain = thief.add(f"a.{zone}")
    thief.point(domain)
    names.set(f"proof.{elsewhere}", "TXT", *domain["records"][0]["expected"])
    names.set(domain["records"][0]["name"], "CNAME", f"proof.{elsewhere}")
    found = thief.check(domain)
    assert found["state"] == "pending" and found["records"][0]["state"] == "missing"


def test_a_wildcard_cname_lends_no_proof_to_others(stack, names, owner, thief):
    """`*.zone` leads to a zone of the thief's, with all texts that it wants."""
    zone, elsewhere = new_zone(names), new_zone(names)
    domain = thief.add(f"a.{zone}")
    names.set(f"*.{elsewhere}", "TXT", *domain["records"][0]["expected"])
    names.set(f"any.{elsewhere}", "TXT", *domain["records"][0]["expected"])
    names.set(f"*.{zone}", "CNAME", f"any.{elsewhere}")
    found = thief.check(domain)
    assert found["state"] == "pending" and found["records"][0]["state"] != "ok"


def test_case_and_dots_make_no_second_host(stack, names, owner, thief):
    zone = new_zone(names)
    mine = owner.connect(f"shop.{zone}")
    for spelling in (f"SHOP.{zone}", f"shop.{zone.upper()}.", f" Shop.{zone} "):
        expect_fields(owner.client.post("/api/domains", json={"host": spelling, "site_id": owner.site["id"]}),
                      ("/host", "taken"))
        theirs = thief.add(spelling)
        assert theirs["host"] == mine["host"] and theirs["conflict"]
        thief.remove(theirs)
    for spelling in (f"SHOP.{zone}", f"shop.{zone}."):
        assert at(stack, spelling).status_code in (200, 308, 421)
    assert owner.get(mine)["state"] == "active"


def test_all_spellings_of_an_international_name_are_one_host(stack, names, owner, thief):
    zone = new_zone(names)
    mine = owner.connect(f"bücher.{zone}")
    assert mine["host"] == f"xn--bcher-kva.{zone}" and mine["name"] == f"bücher.{zone}"
    for spelling in (f"BÜCHER.{zone}", f"bu\u0308cher.{zone}", f"xn--bcher-kva.{zone}", f"XN--BCHER-KVA.{zone}",
                     f"ｂücher.{zone}"):
        theirs = thief.add(spelling)
        assert theirs["host"] == mine["host"] and theirs["conflict"], spelling
        assert thief.check(theirs)["state"] == "pending"
        thief.remove(theirs)


def test_a_name_below_anothers_needs_its_own_proof(stack, names, owner, thief):
    zone = new_zone(names)
    owner.connect(zone)
    theirs = thief.add(f"shop.{zone}")
    thief.point(theirs)
    assert thief.check(theirs)["state"] == "pending"
    www = thief.add(f"www.{zone}")
    thief.point(www)
    assert thief.check(www)["state"] == "pending"
    # Who has the zone may give a name below it to somebody else.
    thief.prove(theirs)
    assert thief.check(theirs)["state"] == "active"


def test_the_www_of_anothers_domain_is_not_free(stack, names, owner, thief):
    """The owner has proved it by the record of the domain above."""
    zone = new_zone(names)
    apex = owner.connect(zone)
    www = owner.www(apex)
    names.set(www["host"], "CNAME", zone)
    assert owner.check(www)["state"] == "active"
    theirs = thief.add(www["host"])
    assert theirs["conflict"]
    names.set(f"_smartpages-challenge.{www['host']}", "TXT", *theirs["records"][0]["expected"])
    found = thief.check(theirs)
    assert (found["state"], found["conflict"]) == ("pending", True), "the owner's proof stands there still"
    assert owner.get(www)["state"] == "active"


def test_two_who_both_prove_it_at_once(stack, names):
    """Both records stand there; two looks at the same time: one wins, and stays it."""
    for _ in range(3):
        host = f"a.{new_zone(names)}"
        shops = [Shop(stack, names) for _ in range(2)]
        claims = [shop.add(host) for shop in shops]
        names.set(claims[0]["records"][0]["name"], "TXT", *(claim["records"][0]["expected"][0] for claim in claims))
        names.set(host, "A", "127.0.0.1")
        at_once(2, lambda index: shops[index].check(claims[index]))
        states = sorted(shop.get(claim)["state"] for shop, claim in zip(shops, claims))
        assert states == ["active", "pending"]
        loser = next(index for index in range(2) if shops[index].get(claims[index])["state"] == "pending")
        assert shops[loser].check(claims[loser])["conflict"]
        assert shops[1 - loser].get(claims[1 - loser])["state"] == "active"


def test_who_has_bought_the_domain_gets_it(stack, names):
    """The former owner's proof is gone, the new one's is there."""
    host = f"a.{new_zone(names)}"
    former, buyer = Shop(stack, names), Shop(stack, names)
    mine = former.connect(host)
    wait_until(lambda: is_shown(stack, host, former))
    theirs = buyer.add(host)
    names.set(mine["records"][0]["name"], "TXT", *mine["records"][0]["expected"], *theirs["records"][0]["expected"])
    names.set(host, "CNAME", *theirs["records"][1]["expected"])
    assert buyer.check(theirs)["state"] == "pending"
    assert is_shown(stack, host, former)

    buyer.prove(theirs)
    taken = buyer.check(theirs)
    assert taken["state"] == "active" and not taken["conflict"]
    wait_until(lambda: is_shown(stack, host, buyer), what="the buyer's site")
    lost = former.get(mine)
    assert (lost["state"], lost["live"]) == ("paused", False)
    assert host in wait_for_mail(stack, former.client.email, "domain_broken")["text"]
    assert "domain_lost" in former.activity()
    # It does not come back by itself.
    assert former.check(mine)["state"] == "paused" and is_shown(stack, host, buyer)


def test_it_cannot_be_found_out_whether_the_owners_proof_stands(stack, names):
    """Then nobody gets anything."""
    host = f"www.{new_zone(names)}"
    former, buyer = Shop(stack, names), Shop(stack, names)
    mine = former.connect(host)
    theirs = buyer.add(host)
    buyer.prove(theirs)
    buyer.point(theirs)
    # The owner might have proved it by the domain above, which cannot be asked.
    names.treat(f"_smartpages-challenge.{host.removeprefix('www.')}", "servfail")
    assert buyer.check(theirs)["state"] == "pending"
    assert former.get(mine)["state"] == "active"
    names.heal()
    assert buyer.check(theirs)["state"] == "active"


def test_what_was_given_up_is_held_back_while_its_proof_stands(stack, names):
    host = f"a.{new_zone(names)}"
    former, other = Shop(stack, names), Shop(stack, names)
    mine = former.connect(host)
    former.remove(mine)
    theirs = other.add(host)
    names.set(host, "CNAME", *theirs["records"][1]["expected"])
    names.set(mine["records"][0]["name"], "TXT", *mine["records"][0]["expected"], *theirs["records"][0]["expected"])
    found = other.check(theirs)
    assert (found["state"], found["conflict"]) == ("pending", True)
    # After three days what is left there is taken for forgotten.
    stack.sql(f"UPDATE customer.released_domains SET released_at = now() - interval '73 hours' WHERE host = '{host}'")
    assert other.check(theirs)["state"] == "active"


def test_what_was_given_up_is_free_at_once_without_its_proof(stack, names):
    host = f"a.{new_zone(names)}"
    former, other = Shop(stack, names), Shop(stack, names)
    mine = former.connect(host)
    names.remove(mine["records"][0]["name"])
    former.remove(mine)
    assert other.connect(host)["state"] == "active"


def test_one_host_has_one_owner_whatever_the_database_is_told(stack, names, owner, thief):
    host = f"a.{new_zone(names)}"
    owner.connect(host)
    theirs = thief.add(host)
    with pytest.raises(Exception):
        stack.sql(f"UPDATE customer.domains SET state = 'active' WHERE id = '{theirs['id']}'")


def test_hosts_cannot_be_claimed_and_given_up_without_end(stack, names):
    shop = Shop(stack, names)
    shop.remove(shop.add(f"a.{new_zone(names)}"))
    customer = stack.sql(f"SELECT customer_id FROM customer.sites WHERE id = '{shop.site['id']}'")[0][0]
    stack.sql("INSERT INTO customer.released_domains (host, customer_id, token_digest) "
              f"SELECT 'gone' || n || '.de', '{customer}', 'digest' || n FROM generate_series(1, 98) n")
    shop.add(f"a.{new_zone(names)}")
    body = {"host": f"a.{new_zone(names)}", "site_id": shop.site["id"]}
    refused = shop.client.post("/api/domains", json=body)
    expect(refused, 429)
    assert int(refused.headers["Retry-After"]) == 3600
    stack.sql("UPDATE customer.released_domains SET released_at = now() - interval '25 hours' "
              f"WHERE customer_id = '{customer}'")
    expect(shop.client.post("/api/domains", json=body), 201)


def test_ids_of_others_are_not_found(owner, thief, names):
    domain = owner.add(f"a.{new_zone(names)}")
    path = f"/api/domains/{domain['id']}"
    expect(thief.client.get(path), 404)
    expect(thief.client.patch(path, json={"site_id": thief.site["id"]}), 404)
    expect(thief.client.delete(path), 404)
    expect(thief.client.post(f"{path}/check", json={}), 404)
    expect_fields(thief.client.put("/api/domains/active", json={"ids": [domain["id"]]}), ("/ids", "invalid"))
