"""The check of links: what is broken is told and led elsewhere, and nothing private is ever asked.

The targets are servers of this machine on addresses of their own, of which Core may take only the named ones for
public.
"""

import http.server
import socket
import threading
import time

import pytest
from client import Client, Mailbox, expect
from stack import Stack, wait_until
from visitor import visit

PUBLIC = "127.77.0.1"
OTHER = "127.77.0.2"
# Each is asked once a second only, so what is many goes to many.
CROWD = [f"127.77.1.{number}" for number in range(1, 21)]
FALLBACK = "https://example.org/instead"


class Target:
    """A server that answers each path with the status of its first part, and notes who asked for what."""

    def __init__(self, address):
        self.asked = []
        self.statuses = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                outer.asked.append((self.command, self.path, time.monotonic(), dict(self.headers)))
                status, location = outer.statuses.get((self.command, self.path)) or outer.statuses.get(
                    self.path, (200, None))
                if status is None:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD = answer

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://{address}:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def methods(self, path):
        return [method for method, asked, *_ in self.asked if asked == path]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def stack():
    with Stack(LINK_CHECK="on", FETCH_ALSO=", ".join([PUBLIC, OTHER, *CROWD])) as running:
        yield running


@pytest.fixture
def web():
    target = Target(PUBLIC)
    yield target
    target.close()


@pytest.fixture
def crowd():
    targets = [Target(address) for address in CROWD]
    yield targets
    for target in targets:
        target.close()


@pytest.fixture
def private():
    """On all addresses of this machine, so that whatever leads to it is noticed."""
    target = Target("0.0.0.0")
    yield target
    target.close()


@pytest.fixture
def ada(stack):
    stack.sql("UPDATE customer.links SET check_due_at = NULL")
    stack.sql("UPDATE customer.short_links SET check_due_at = NULL")
    return Client(stack).log_in()


def check(stack, site, table="links"):
    """Has all links of a site looked at now, and waits for the end of it."""
    stack.sql(f"UPDATE customer.{table} SET check_due_at = now() WHERE site_id = '{site['id']}'")
    [[id]] = stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.check_links') RETURNING id")
    wait_until(lambda: stack.sql(f"SELECT 1 FROM jobs.jobs WHERE id = {id} AND state = 'completed'"), 60, "the check")


def a_day_later(stack, site, table="links"):
    stack.sql(f"UPDATE customer.{table} SET failing_since = failing_since - interval '1 day', "
              f"broken_at = broken_at - interval '1 day' WHERE site_id = '{site['id']}'")
    stack.sql("UPDATE customer.sites SET broken_told_at = broken_told_at - interval '1 day' "
              f"WHERE id = '{site['id']}'")


def seen(client, site, link, kind="links"):
    found = expect(client.get(f"/api/sites/{site['id']}/{kind}/{link['id']}"), 200)["check"]
    return None if found is None else (found["state"], found["status"])


def location(stack, site, code):
    return visit(stack, site["slug"], f"/l/{code}").headers.get("Location")


# --- What is found

def test_a_target_that_answers_is_asked_once_and_politely(stack, ada, site, web):
    link = ada.new_link(site, url=f"{web.url}/fine")
    assert seen(ada, site, link) is None
    check(stack, site)
    assert seen(ada, site, link) == ("ok", 200)
    [(method, _, _, headers)] = web.asked
    assert method == "HEAD" and headers["User-Agent"].startswith("SmartPages-LinkCheck/1.0 (+http")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)
    [[days]] = stack.sql("SELECT extract(epoch FROM check_due_at - now()) / 86400 FROM customer.links "
                         f"WHERE id = '{link['id']}'")
    assert 5.9 < float(days) < 8.1
    assert expect(ada.get(f"/api/sites/{site['id']}/links/{link['id']}"), 200)["version"] == link["version"]


MEANING = [
    (404, "unknown", "broken"), (410, "unknown", "broken"), (500, "unknown", "broken"), (503, "unknown", "broken"),
    (401, "unknown", "unknown"), (403, "unknown", "unknown"), (429, "unknown", "unknown"), (999, "unknown", "unknown"),
    (405, "unknown", "unknown"), (204, "ok", "ok"), (304, "ok", "ok"), (None, "unknown", "unknown"),
]


def test_what_a_status_means(stack, ada, site, crowd):
    links = []
    for target, (status, _, _) in zip(crowd, MEANING):
        target.statuses["/x"] = (status, None)
        links.append(ada.new_link(site, url=f"{target.url}/x"))
    for day in (1, 2):
        for _ in range(3 - day):  # twice on one day is once
            check(stack, site)
            assert [seen(ada, site, link) for link in links] == [(row[day], row[0]) for row in MEANING]
        a_day_later(stack, site)


def test_who_refuses_head_is_asked_by_get(stack, ada, site, web):
    for status in (404, 405, 501):
        web.statuses[("HEAD", f"/{status}")] = (status, None)
    made = [ada.new_link(site, url=f"{web.url}/{status}") for status in (404, 405, 501)]
    check(stack, site)
    assert [seen(ada, site, link) for link in made] == [("ok", 200)] * 3
    assert web.methods("/404") == ["HEAD", "GET"]


def test_redirects_are_followed_and_one_host_is_asked_once_a_second(stack, ada, site, web):
    other = Target(OTHER)
    web.statuses["/hop"] = (302, f"{other.url}/end")
    web.statuses["/hop2"] = (301, "/hop")
    web.statuses["/round"] = (302, "/round")
    links = [ada.new_link(site, url=f"{web.url}/{path}") for path in ("hop", "hop2", "round")]
    try:
        check(stack, site)
    finally:
        other.close()
    assert [seen(ada, site, link) for link in links] == [("ok", 200), ("ok", 200), ("unknown", None)]
    times = [moment for _, _, moment, _ in web.asked]
    assert min(later - earlier for earlier, later in zip(times, times[1:])) > 0.9


def test_what_nobody_sees_is_not_asked_for(stack, ada, site, web):
    ada.new_link(site, url=f"{web.url}/hidden", hidden=True)
    ada.new_link(site, url=f"{web.url}/over", until="2020-01-01T00:00:00Z")
    ada.new_link(site, url="mailto:a@example.com")
    ada.new_link(site, url="tel:+4930123")
    check(stack, site)
    assert web.asked == []
    assert [link["check"] for link in ada.all_items(f"/api/sites/{site['id']}/links")] == [None] * 4


# --- What follows

def test_a_broken_link_is_told_once_and_leads_elsewhere_until_it_is_mended(stack, ada, site, web):
    web.statuses["/gone"] = (404, None)
    link = ada.new_link(site, "Shop & <more>", url=f"{web.url}/gone", fallback_url=FALLBACK)
    plain = ada.new_link(site, "Plain", url=f"{web.url}/gone?2")
    web.statuses["/gone?2"] = (410, None)
    ada.publish(site)
    check(stack, site)
    assert location(stack, site, link["code"]) == link["url"]
    a_day_later(stack, site)
    check(stack, site)
    assert seen(ada, site, link) == ("broken", 404) and seen(ada, site, plain) == ("broken", 410)
    assert location(stack, site, link["code"]) == FALLBACK
    assert location(stack, site, plain["code"]) == plain["url"], "there is nothing better"
    mails = Mailbox.of(stack)
    wait_until(lambda: mails.to(ada.email, "link_broken"), 15, "the mail")
    [mail] = mails.to(ada.email, "link_broken")
    assert "Shop & <more>" in mail["text"] and "Plain" in mail["text"] and f"/sites/{site['id']}/links" in mail["text"]
    a_day_later(stack, site)
    check(stack, site)
    assert len(mails.to(ada.email, "link_broken")) == 1, "one mail for one matter"

    web.statuses["/gone"] = (200, None)
    check(stack, site)
    assert seen(ada, site, link) == ("ok", 200)
    assert location(stack, site, link["code"]) == link["url"]
    assert len(ada.all_items(f"/api/sites/{site['id']}/versions")) == 1


def test_a_short_link_is_checked_too_and_a_new_address_begins_anew(stack, ada, site, web):
    web.statuses["/gone"] = (404, None)
    ada.publish(site)
    link = ada.new_short_link(site, url=f"{web.url}/gone", fallback_url=FALLBACK, utm={"source": "x"})
    for _ in range(2):
        check(stack, site, "short_links")
        a_day_later(stack, site, "short_links")
    assert seen(ada, site, link, "short-links") == ("broken", 404)
    assert location(stack, site, link["code"]) == FALLBACK
    changed = expect(ada.patch(f"/api/sites/{site['id']}/short-links/{link['id']}", json={"url": f"{web.url}/new"}), 200)
    assert changed["check"] is None
    assert location(stack, site, link["code"]) == f"{web.url}/new?utm_source=x"


def test_one_host_that_is_gone_is_broken_but_not_all_of_them_at_once(stack, ada, site, web):
    with socket.create_server((OTHER, 0)) as closed:
        port = closed.getsockname()[1]
    dead = ada.new_link(site, url=f"http://{OTHER}:{port}/")
    alive = ada.new_link(site, url=f"{web.url}/fine")
    for _ in range(2):
        check(stack, site)
        a_day_later(stack, site)
    assert (seen(ada, site, dead), seen(ada, site, alive)) == (("broken", None), ("ok", 200))
    # Our own network is away: nothing is there, and nothing is thought of it.
    lonely = ada.new_site()
    one = ada.new_link(lonely, url=f"http://{OTHER}:{port}/")
    two = ada.new_link(lonely, url=f"http://{PUBLIC}:{port}/")
    for _ in range(2):
        check(stack, lonely)
        a_day_later(stack, lonely)
    assert seen(ada, lonely, one) == seen(ada, lonely, two) == ("unknown", None)


# --- What must never be asked

NOTATIONS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0.0.0.0",
    "0", "localhost", "LOCALHOST", "localhost.", "app.localhost", "a.b.localhost", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[::127.0.0.1]", "127.77.0.3",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.100.100.200",
    "[fd00:ec2::254]", "[fe80::1]", "ip6-localhost", "ip6-loopback",
]


def test_no_notation_of_a_private_address_is_asked(stack, ada, site, private):
    made = []
    for host in NOTATIONS:
        answer = ada.post(f"/api/sites/{site['id']}/links", json={"title": host, "url": f"http://{host}:{private.port}/"})
        expect(answer, (201, 422))
        if answer.status_code == 201:
            made.append(answer.json())
    assert len(made) > 12, "what is refused at once is not what is looked at here"
    # However they come into the database: the fetcher decides by itself.
    for position, host in enumerate(NOTATIONS):
        stack.sql("INSERT INTO customer.short_links (id, site_id, code, title, url) VALUES (gen_random_uuid(), "
                  f"'{site['id']}', 'n{position}-x', 'x', 'http://{host}:{private.port}/')")
    check(stack, site)
    check(stack, site, "short_links")
    assert private.asked == []
    for link in ada.all_items(f"/api/sites/{site['id']}/links", 100):
        assert link["check"] is None or link["check"]["state"] == "unknown", link


def test_no_redirect_leads_to_a_private_address(stack, ada, site, crowd, private):
    places = [f"http://{host}:{private.port}/".encode().decode("latin-1") for host in NOTATIONS]
    places += ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", f"//127.0.0.1:{private.port}/",
               f"http://a@127.0.0.1:{private.port}/", f"http://{CROWD[0]}@127.0.0.1:{private.port}/"]
    for position, place in enumerate(places):
        first, second = crowd[position % 20], crowd[(position + 1) % 20]
        # Half of them behind one more that is harmless.
        first.statuses[f"/{position}"] = (302, place if position % 2 else f"{second.url}/{position}")
        if position % 2 == 0:
            second.statuses[f"/{position}"] = (302, place)
        stack.sql("INSERT INTO customer.short_links (id, site_id, code, title, url) VALUES (gen_random_uuid(), "
                  f"'{site['id']}', 'r-{position}', 'x', '{first.url}/{position}')")
    check(stack, site, "short_links")
    assert sum(len(target.asked) for target in crowd) >= len(places)
    assert private.asked == []
    states = stack.sql("SELECT check_state, check_status, count(*) FROM customer.short_links "
                       f"WHERE site_id = '{site['id']}' GROUP BY 1, 2")
    assert [row[0] for row in states] == ["unknown"], states
