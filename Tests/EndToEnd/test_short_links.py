"""Short addresses below /l/, of links and of their own: where they lead, from when until when, and for how long."""

import re
import socket
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest
from client import Client, at_once, expect, expect_fields, new_slug, rfc3339
from markup import Document
from stack import wait_until
from visitor import page, visit

TARGET = "https://example.com/target"
FALLBACK = "https://example.org/instead"


def short_links(site):
    return f"/api/sites/{site['id']}/short-links"


def links(site):
    return f"/api/sites/{site['id']}/links"


def follow(stack, site, code, query="", **options):
    return visit(stack, site["slug"], f"/l/{code}{query}", **options)


def target(stack, site, code):
    answer = follow(stack, site, code)
    return answer.headers.get("Location") if answer.status_code in (302, 308) else None


def soon(**delta):
    return rfc3339(datetime.now(timezone.utc) + timedelta(**delta))


@pytest.fixture
def live(ada, site):
    """A site that is published."""
    ada.publish(site)
    return site


# --- What the edge answers

def test_a_short_link_works_at_once_and_leaves_the_draft_alone(stack, ada, live):
    answer = ada.post(short_links(live), json={"title": "Flyer", "url": TARGET})
    link = expect(answer, 201)
    assert answer.headers["Location"] == f"{short_links(live)}/{link['id']}"
    assert re.fullmatch("[2-9b-df-hj-np-tv-xz]{6,}", link["code"])
    assert target(stack, live, link["code"]) == TARGET
    assert expect(ada.get(f"/api/sites/{live['id']}"), 200)["changed"] is False
    assert expect(ada.get(f"{short_links(live)}/{link['id']}"), 200) == link
    assert len(ada.all_items(f"/api/sites/{live['id']}/versions")) == 1


def test_get_and_head_are_answered_alike_and_nobody_keeps_the_answer(stack, ada, live):
    link = ada.new_short_link(live, url=TARGET)
    seen = [follow(stack, live, link["code"], method=method) for method in ("GET", "HEAD")]
    for answer in seen:
        assert (answer.status_code, answer.content) == (302, b"")
        assert answer.headers["Location"] == TARGET
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
    names = [{name for name in answer.headers if name not in ("Date", "Content-Length", "Connection")} for answer in seen]
    assert names[0] == names[1]
    assert follow(stack, live, link["code"], method="POST").status_code == 405


def test_a_permanent_one_may_be_remembered_for_minutes(stack, ada, live):
    link = ada.new_short_link(live, url=TARGET, permanent=True)
    answer = follow(stack, live, link["code"])
    assert answer.status_code == 308 and "max-age=300" in answer.headers["Cache-Control"]
    ending = ada.new_short_link(live, url=TARGET, permanent=True, expires_at=soon(seconds=60))
    kept = int(re.search(r"\bmax-age=(\d+)", follow(stack, live, ending["code"]).headers["Cache-Control"])[1])
    assert kept <= 60, "longer than it holds"


@pytest.mark.parametrize("query", ["?via=qr", "?a=b&utm_source=x", "?", "?https://evil.example/"])
def test_the_visitors_query_goes_nowhere(stack, ada, live, query):
    link = ada.new_short_link(live, url=TARGET + "?own=1#part")
    assert follow(stack, live, link["code"], query).headers["Location"] == TARGET + "?own=1#part"


def test_what_is_typed_with_capitals_is_found(stack, ada, live):
    ada.new_short_link(live, code="summer-26", url=TARGET)
    for code in ("summer-26", "SUMMER-26", "Summer-26", "summer%2D26"):
        assert target(stack, live, code) == TARGET
    for code in ("summer", "summer-26x", "summer-26/", "", "summer-26%0d%0aX-A: b"):
        assert follow(stack, live, code).status_code == 404


def test_a_site_that_is_not_published_has_no_short_links_yet(stack, ada, site):
    link = ada.new_short_link(site, url=TARGET)
    assert follow(stack, site, link["code"]).status_code == 404
    ada.publish(site)
    assert target(stack, site, link["code"]) == TARGET


def test_the_edge_itself_switches_at_the_moment(stack, ada, live):
    end = datetime.now(timezone.utc) + timedelta(seconds=3)
    with_fallback = ada.new_short_link(live, url=TARGET, permanent=True, expires_at=rfc3339(end), fallback_url=FALLBACK)
    without = ada.new_short_link(live, url=TARGET, expires_at=rfc3339(end))
    stack.sql(f"DELETE FROM jobs.jobs WHERE key LIKE '%{live['id']}%'")
    assert target(stack, live, with_fallback["code"]) == target(stack, live, without["code"]) == TARGET
    wait_until(lambda: target(stack, live, without["code"]) is None, 10, "the end of the short link")
    assert abs((datetime.now(timezone.utc) - end).total_seconds()) < 1
    answer = follow(stack, live, with_fallback["code"])
    assert (answer.status_code, answer.headers["Location"]) == (302, FALLBACK)
    assert answer.headers["Cache-Control"] == "no-store"
    assert follow(stack, live, without["code"]).status_code == 404


@pytest.mark.parametrize(("url", "location"), [
    ("https://müller.example/größe?q=ä#ö",
     "https://xn--mller-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4#%C3%B6"),
    ("https://Bücher.例え.example/", "https://xn--bcher-kva.xn--r8jz45g.example/"),
    ("tel:+4930123", "tel:+4930123"),
    ("mailto:ada@example.com?subject=Hallo", "mailto:ada@example.com?subject=Hallo"),
    ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
])
def test_the_address_goes_over_the_wire_in_ascii(stack, ada, live, url, location):
    link = ada.new_short_link(live, url=url)
    assert target(stack, live, link["code"]) == location


@pytest.mark.parametrize(("url", "utm", "location"), [
    (TARGET, {"source": "flyer"}, TARGET + "?utm_source=flyer"),
    (TARGET + "?a=1#x", {"source": "a b&c", "campaign": "Größe"},
     TARGET + "?a=1&utm_source=a%20b%26c&utm_campaign=Gr%C3%B6%C3%9Fe#x"),
    (TARGET + "?utm_source=old&b=2", {"source": "new"}, TARGET + "?b=2&utm_source=new"),
    ("https://example.com", {"medium": "qr"}, "https://example.com/?utm_medium=qr"),
    (TARGET, {"source": ""}, TARGET),
    ("tel:123", {"source": "x"}, "tel:123"),
])
def test_presets_stand_in_the_query_of_the_target(stack, ada, live, url, utm, location):
    link = ada.new_short_link(live, url=url, utm=utm)
    assert link["url"] == url
    assert target(stack, live, link["code"]) == location
    query = dict(parse_qsl(urlsplit(location).query))
    assert all(query[f"utm_{name}"] == value for name, value in utm.items() if value and url != "tel:123")


def test_all_values_can_be_taken_back(ada, live):
    link = ada.new_short_link(live, utm={"source": "x"}, expires_at=soon(days=1), fallback_url=FALLBACK)
    path = f"{short_links(live)}/{link['id']}"
    seen = expect(ada.patch(path, json={"utm": None, "expires_at": None, "fallback_url": None}), 200)
    assert (seen["utm"], seen["expires_at"], seen["fallback_url"]) == (None, None, None)


# --- Codes

def test_renaming_breaks_nothing_and_nobody_else_gets_a_code(stack, ada, live):
    link = ada.new_short_link(live, code="first", url=TARGET)
    path = f"{short_links(live)}/{link['id']}"
    for code in ("second", "third"):
        assert expect(ada.patch(path, json={"code": code}), 200)["code"] == code
    assert [target(stack, live, code) for code in ("first", "second", "third")] == [TARGET] * 3
    expect(ada.patch(path, json={"url": FALLBACK}), 200)
    assert [target(stack, live, code) for code in ("first", "second", "third")] == [FALLBACK] * 3
    for code in ("first", "third"):
        problem = expect(ada.post(short_links(live), json={"title": "x", "url": TARGET, "code": code}), 409, "slug_taken")
        assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [("/code", "taken")]
        expect(ada.post(links(live), json={"title": "x", "url": TARGET, "code": code}), 409, "slug_taken")
    assert expect(ada.patch(path, json={"code": "first"}), 200)["code"] == "first", "one may go back"
    expect(ada.delete(path), 204)
    assert follow(stack, live, "second").status_code == 404
    expect(ada.post(short_links(live), json={"title": "x", "url": TARGET, "code": "second"}), 409, "slug_taken")


def test_who_undoes_a_deletion_gets_all_codes_back(stack, ada, site):
    link = ada.new_link(site, code="old", url=TARGET)
    expect(ada.patch(f"{links(site)}/{link['id']}", json={"code": "new"}), 200)
    expect(ada.delete(f"{links(site)}/{link['id']}"), 204)
    expect(ada.post(links(site), json={"title": "x", "url": FALLBACK, "code": "new"}), 409, "slug_taken")
    again = ada.new_link(site, code="new", url=TARGET)
    expect(ada.post(links(site), json={"title": "x", "url": TARGET, "code": "old"}), 409, "slug_taken")
    ada.publish(site)
    assert target(stack, site, "old") == target(stack, site, "new") == TARGET
    expect(ada.patch(f"{links(site)}/{again['id']}", json={"url": FALLBACK}), 200)
    expect(ada.delete(f"{links(site)}/{again['id']}"), 204)
    expect(ada.post(links(site), json={"title": "x", "url": TARGET, "code": "new"}), 409, "slug_taken")


def test_another_site_may_have_the_same_code(stack, ada, live):
    other = ada.new_site()
    ada.publish(other)
    ada.new_short_link(live, code="same", url=TARGET)
    ada.new_short_link(other, code="same", url=FALLBACK)
    assert (target(stack, live, "same"), target(stack, other, "same")) == (TARGET, FALLBACK)


@pytest.mark.parametrize("code", ["a", "A-B", "x_y", "ü-ü", "a b", "a/b", "x" * 41, ".."])
def test_what_a_code_cannot_be(reader, links_site, code):
    field = ("/code", "too_long" if len(code) > 40 else "invalid")
    for path in (short_links(links_site), links(links_site)):
        expect_fields(reader.post(path, json={"title": "x", "url": TARGET, "code": code}), field)


@pytest.mark.parametrize(("change", "field"), [
    ({"title": ""}, ("/title", "required")),
    ({"url": "javascript:alert(1)"}, ("/url", "invalid_url")),
    ({"permanent": "yes"}, ("/permanent", "wrong_type")),
    ({"utm": []}, ("/utm", "wrong_type")),
    ({"utm": {"id": "x"}}, ("/utm/id", "unknown_field")),
    ({"utm": {"source": "x" * 101}}, ("/utm/source", "too_long")),
    ({"expires_at": "soon"}, ("/expires_at", "invalid_time")),
    ({"fallback_url": "data:,x"}, ("/fallback_url", "invalid_url")),
    ({"check": None}, ("/check", "unknown_field")),
    ({"id": "x"}, ("/id", "unknown_field")),
])
def test_what_a_short_link_cannot_be(reader, links_site, change, field):
    expect_fields(reader.post(short_links(links_site), json={"title": "x", "url": TARGET, **change}), field)


@pytest.fixture(scope="module")
def links_site(reader):
    return reader.new_site()


def test_one_link_has_so_many_codes_and_no_more(ada, live):
    link = ada.new_short_link(live)
    path = f"{short_links(live)}/{link['id']}"
    for number in range(19):
        expect(ada.patch(path, json={"code": f"code-{number}"}), 200)
    expect_fields(ada.patch(path, json={"code": "one-more"}), ("/code", "too_many"))
    assert expect(ada.get(path), 200)["code"] == "code-18"


# --- As any resource

def test_a_stale_change_is_refused_and_a_repeat_has_one_effect(stack, ada, live):
    body = {"title": "Once", "url": TARGET}
    first = expect(ada.post(short_links(live), json=body, key="k1"), 201)
    assert expect(ada.post(short_links(live), json=body, key="k1"), 201) == first
    assert len(ada.all_items(short_links(live))) == 1
    path = f"{short_links(live)}/{first['id']}"
    expect(ada.patch(path, json={"title": "New"}, if_match=first["version"]), 200)
    expect(ada.patch(path, json={"url": FALLBACK}, if_match=first["version"]), 412, "stale")
    expect(ada.delete(path, if_match=first["version"]), 412, "stale")
    assert target(stack, live, first["code"]) == TARGET


def test_there_are_as_many_short_links_as_the_plan_allows(ada, site):
    limit = ada.identity["entitlements"]["links"]
    stack_clients = [ada.clone() for _ in range(4)]

    def add(index):
        for number in range(index, limit, 4):
            stack_clients[index].new_short_link(site, f"Link {number}")

    at_once(4, add)
    expect(ada.post(short_links(site), json={"title": "x", "url": TARGET}), 402, "limit_reached")
    made = ada.all_items(short_links(site), 7)
    assert len(made) == limit == len({link["code"] for link in made})
    assert [link["id"] for link in made] == sorted((link["id"] for link in made), reverse=True), "newest first"
    assert ada.new_link(site)["title"], "links are counted by themselves"


def test_changes_at_the_same_time_all_arrive(stack, ada, live):
    clients = [ada.clone() for _ in range(8)]
    made = at_once(8, lambda index: clients[index].new_short_link(live, url=f"{TARGET}/{index}"))
    assert [target(stack, live, link["code"]) for link in made] == [f"{TARGET}/{index}" for index in range(8)]


# --- Links of a page

def test_a_card_leads_to_the_links_short_address(stack, ada, site):
    link = ada.new_link(site, "Shop", url="https://shop.example.com/x")
    assert re.fullmatch("[a-z0-9]{6,}", link["code"])
    mail = ada.new_link(site, "Mail", url="mailto:a@example.com")
    me = ada.new_link(site, "Me", url="https://social.example/@ada", rel_me=True)
    lead = ada.new_link(site, "Lead", url="https://lead.example/", highlight=True, code="lead")
    ada.publish(site)
    html = page(stack, site["slug"])
    addresses = Document(html).links
    assert {f"/l/{link['code']}", mail["url"], me["url"], "/l/lead"} <= set(addresses)
    assert link["url"] not in addresses
    assert 'rel="me noopener noreferrer"' in html and html.count("card lead") == 1 and lead["highlight"]
    assert "shop.example.com" in Document(html).text, "one sees where it leads"
    for each in (link, me, lead):
        assert target(stack, site, each["code"]) == each["url"]


def test_a_links_code_and_address_are_those_that_were_published(stack, ada, site):
    link = ada.new_link(site, code="old", url=TARGET)
    path = f"{links(site)}/{link['id']}"
    ada.publish(site)
    expect(ada.patch(path, json={"url": FALLBACK, "code": "new"}), 200)
    assert target(stack, site, "old") == TARGET, "not published yet"
    ada.publish(site)
    assert (target(stack, site, "old"), target(stack, site, "new")) == (FALLBACK, FALLBACK)
    assert "/l/new" in Document(page(stack, site["slug"])).links
    expect(ada.post(f"/api/sites/{site['id']}/versions/1/restore"), 200)
    assert (target(stack, site, "old"), target(stack, site, "new")) == (TARGET, TARGET), "what is printed stays right"
    expect(ada.delete(path), 204)
    ada.publish(site)
    assert target(stack, site, "old") is None


def test_a_link_that_is_not_shown_leads_elsewhere_or_nowhere(stack, ada, site):
    hidden = ada.new_link(site, "Hidden", hidden=True)
    instead = ada.new_link(site, "Hidden too", hidden=True, fallback_url=FALLBACK)
    late = ada.new_link(site, "Late", url=TARGET, until=soon(seconds=-60), fallback_url=FALLBACK)
    early = ada.new_link(site, "Early", url=TARGET, **{"from": soon(seconds=2)})
    ada.publish(site)
    assert target(stack, site, hidden["code"]) is None
    assert target(stack, site, instead["code"]) == target(stack, site, late["code"]) == FALLBACK
    assert target(stack, site, early["code"]) is None
    wait_until(lambda: target(stack, site, early["code"]) == TARGET, 10, "the link's begin")


def test_short_links_follow_the_site_to_its_new_name(stack, ada, live):
    link = ada.new_short_link(live, url=TARGET)
    old = dict(live)
    expect(ada.patch(f"/api/sites/{live['id']}", json={"slug": new_slug()}), 200)
    answer = follow(stack, old, link["code"], "?via=qr")
    assert answer.status_code == 308 and answer.headers["Location"].endswith(f"/l/{link['code']}?via=qr")


def test_a_version_from_before_short_links_is_served_and_gets_them(stack, ada, site):
    """As an earlier program wrote it: without snapshot, and without links in its manifest."""
    link = ada.new_link(site, url=TARGET)
    ada.publish(site)
    stack.sql(f"UPDATE customer.versions SET source = NULL WHERE site_id = '{site['id']}'")
    [[deploy]] = stack.sql(f"SELECT deploy FROM customer.versions WHERE site_id = '{site['id']}'")
    file = stack.bucket / "deploys" / site["id"] / f"{deploy}.manifest"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("link\t")][:-1]
    file.write_text("\n".join([*lines, f"end\t{len(lines)}"]) + "\n")
    current = stack.bucket / "sites" / site["id"] / "current"
    current.write_bytes(current.read_bytes())
    time.sleep(0.01)
    assert page(stack, site["slug"])
    free = ada.new_short_link(site, url=FALLBACK)
    assert target(stack, site, free["code"]) == FALLBACK
    assert target(stack, site, link["code"]) is None
    assert page(stack, site["slug"])
    assert Client(stack).log_in().new_site()


def test_no_target_is_looked_at_when_that_is_switched_off(stack, ada, live):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        link = ada.new_short_link(live, url=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        stack.sql(f"UPDATE customer.short_links SET check_due_at = now() WHERE id = '{link['id']}'")
        [[job]] = stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.check_links') RETURNING id")
        wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE id = {job} AND state = 'completed'"), 30, "the job")
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert expect(ada.get(f"{short_links(live)}/{link['id']}"), 200)["check"] is None


# --- More than a site can hold

def fill(stack, site, count: int, length: int = 1900) -> None:
    """Short links with long targets, as many as the API would take one by one."""
    stack.sql(f"""
        INSERT INTO customer.short_links (id, site_id, code, title, url, fallback_url, check_due_at)
        SELECT gen_random_uuid(), '{site['id']}', 'filled-' || n, 'Filled',
          'https://example.com/' || repeat('a', {length}), 'https://example.org/' || repeat('b', {length}), NULL
        FROM generate_series(1, {count}) n""")


def test_a_site_that_has_outgrown_its_volume_says_what_to_do(stack, ada, live):
    kept = ada.new_short_link(live, url=TARGET)
    fill(stack, live, 1200)
    answer = ada.post(f"/api/sites/{live['id']}/publish", json={})
    assert "Delete links" in expect(answer, 409, "site_too_large")["detail"]
    expect(ada.patch(f"{short_links(live)}/{kept['id']}", json={"url": FALLBACK}), 409, "site_too_large")
    assert len(ada.all_items(f"/api/sites/{live['id']}/versions")) == 1 and target(stack, live, kept["code"]) == TARGET
    # What is there can be taken away all the same, and in the end there is room.
    expect(ada.delete(f"{short_links(live)}/{kept['id']}"), 204)
    assert target(stack, live, kept["code"]) is None
    stack.sql(f"DELETE FROM customer.short_links WHERE site_id = '{live['id']}' AND code <> 'filled-1'")
    ada.publish(live)
    assert target(stack, live, "filled-1") == "https://example.com/" + "a" * 1900


def test_a_job_that_finds_too_much_leaves_the_site_as_it_is(stack, ada, live):
    moment = soon(seconds=2)
    expect(ada.put(f"/api/sites/{live['id']}/schedule", json={"publish_at": moment, "unpublish_at": None}), 200)
    fill(stack, live, 1200)
    seen = wait_until(lambda: expect(ada.get(f"/api/sites/{live['id']}"), 200)["schedule_failure"], 20, "the failure")
    assert seen["code"] == "site_too_large"
    stack.sql("INSERT INTO jobs.jobs (kind, key, payload) VALUES "
              f"""('customer.refresh', 'too-large:{live['id']}', '{{"site":"{live['id']}"}}')""")
    job = f"SELECT state, last_error FROM jobs.jobs WHERE key = 'too-large:{live['id']}'"
    wait_until(lambda: tuple(stack.sql(job)[0])[0] == "completed", 20, "the job")
    page(stack, live["slug"])


def test_a_site_has_a_bounded_number_of_codes(stack, ada, live):
    kept, link = ada.new_short_link(live, url=TARGET), ada.new_link(live)
    fill(stack, live, 9_998, length=20)
    one_more = [(f"{short_links(live)}/{kept['id']}", "kept-two"), (f"{links(live)}/{link['id']}", "link-two")]
    for path, code in one_more:
        expect(ada.patch(path, json={"code": code}), 409, "site_too_large")
    stack.sql(f"DELETE FROM customer.short_links WHERE site_id = '{live['id']}' AND code IN ('filled-1', 'filled-2')")
    for path, code in one_more:
        expect(ada.patch(path, json={"code": code}), 200)
