"""What visitors do is counted from nginx's log: people only, once, and without keeping who they are."""

import csv
import io
import re
import subprocess
import time

import pytest
from client import Client, expect
from stack import wait_until
from visitor import visit
from visits import AGENTS, BOTS, count_all, count_visits, lay, line, today


class Owner:
    """A customer with a published site of two pages."""

    def __init__(self, stack):
        self.stack = stack
        self.client = Client(stack).log_in()
        self.site = self.client.new_site(title="Ada's")
        self.about = self.client.new_page(self.site, "about")
        self.home = self.client.home_page(self.site)
        self.client.publish(self.site)
        self.slug = self.site["slug"]
        self.host = f"{self.slug}.sites.localhost"

    def go(self, path="/", agent="desktop", method="GET", **headers):
        """A request to the site; `agent` is a name of AGENTS or a whole agent."""
        return visit(self.stack, self.slug, path, method, headers={"User-Agent": AGENTS.get(agent, agent), **headers})

    def statistics(self, start=None, end=None) -> dict:
        path = f"/api/sites/{self.site['id']}/statistics/{start or today(-1)}/{end or today()}"
        return expect(self.client.get(path), 200)

    def table(self) -> list[dict]:
        answer = self.client.get(f"/api/sites/{self.site['id']}/statistics/{today(-1)}/{today()}.csv")
        expect_csv(answer)
        return list(csv.DictReader(io.StringIO(answer.content.decode())))


def expect_csv(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


@pytest.fixture
def owner(stack):
    return Owner(stack)


def names(entries: list[dict]) -> dict:
    return {entry["name"]: entry["count"] for entry in entries}


def link_with_code(owner, code, title="A link") -> str:
    link = owner.client.new_link(owner.site, title)
    path = f"/api/sites/{owner.site['id']}/links/{link['id']}"
    return expect(owner.client.patch(path, json={"code": code}), 200)["id"]


def test_views_visitors_devices_and_what_is_left_out(stack, owner):
    for agent in AGENTS:
        assert owner.go("/", agent).status_code == 200
    etag = owner.go("/about/", "phone").headers["ETag"]
    assert owner.go("/about/", "phone", **{"If-None-Match": etag}).status_code == 304
    owner.go("/", "desktop", method="HEAD")
    owner.go("/", "desktop", method="POST")
    for agent in BOTS:
        owner.go("/", agent)
    owner.go("/", "desktop", **{"Sec-Purpose": "prefetch;prerender"})
    owner.go("/", "desktop", **{"Purpose": "prefetch"})
    owner.go("/missing/", "desktop")
    owner.go("/about", "desktop")
    owner.go("/favicon.svg", "desktop")
    owner.go("/?via=qr", "phone")
    count_visits(stack)

    found = owner.statistics()
    assert found["totals"] == {"views": 9, "visitors": 6, "clicks": 0, "scans": 1}
    assert names(found["devices"]) == {"phone": 2, "tablet": 1, "desktop": 2, "other": 1}
    assert [(page["title"], page["path"], page["views"]) for page in found["pages"]] == [
        (owner.home["title"], "/", 7), ("About", "/about/", 2)]
    assert found["left_out"] == {"head": 1, "method": 1, "bot": len(BOTS), "prefetch": 2, "error": 1, "redirect": 1,
                                 "preview": 0, "own": 0, "asset": 1}
    assert found["countries"] is None
    assert [day["views"] for day in found["days"]] == [0, 9]


def test_referrers_are_hosts_and_never_ones_own(stack, owner):
    own = f"http://{owner.host}:{stack.http_port}/"
    for referrer in ["https://www.instagram.com/ada?secret=1", "https://instagram.com/", "https://example.org/a/b", own,
                     "http://192.0.2.77/", "javascript:alert(1)", "https://user@evil.example/",
                     "https://<b>x</b>.example/",
                     "android-app://com.example.reader/", "x" * 3000]:
        owner.go("/", "phone", Referer=referrer)
    count_visits(stack)
    assert names(owner.statistics()["referrers"]) == {"instagram.com": 2, "example.org": 1, "com.example.reader": 1}


def test_the_owner_who_comes_from_the_dashboard_is_left_out_for_the_day(stack, owner):
    owner.go("/", "windows")
    owner.go("/", "windows", Referer=f"{stack.app_url}/")
    owner.go("/about/", "windows", Referer=f"http://{owner.host}:{stack.http_port}/")
    owner.go("/", "phone")
    count_visits(stack)
    owner.go("/about/", "windows")
    count_visits(stack)
    found = owner.statistics()
    assert found["totals"]["views"] == 2 and found["left_out"]["own"] == 3
    # One who was there before is not told of; somebody else at another browser counts.
    assert found["totals"]["visitors"] == 2


def test_clicks_and_scans_of_links_by_their_codes(stack, owner):
    first, second = link_with_code(owner, "abc", "=cmd()"), link_with_code(owner, "def-1")
    entries = [("/l/abc", 302, "192.0.2.1"), ("/l/abc?via=qr", 308, "192.0.2.2"), ("/l/def-1", 307, "192.0.2.1"),
               ("/l/abc", 404, "192.0.2.1"), ("/l/gone", 302, "192.0.2.3"), ("/l/abc", 304, "192.0.2.1"),
               ("/contact.vcf?via=qr", 200, "192.0.2.4")]
    lay(stack, "clicks", [line(owner.host, uri=uri, status=status, address=address)
                          for uri, status, address in entries]
        + [line(owner.host, uri="/l/abc", status=302, method="HEAD"),
           line(owner.host, uri="/l/abc", status=302, agent=BOTS[0])])
    count_all(stack)
    found = owner.statistics()
    assert found["totals"] == {"views": 0, "visitors": 4, "clicks": 4, "scans": 2}
    assert [(link["id"], link["title"], link["clicks"]) for link in found["links"]] == [
        (first, "=cmd()", 2), (second, "A link", 1)]
    assert found["left_out"]["head"] == found["left_out"]["bot"] == found["left_out"]["error"] == 1
    formula = next(row for row in owner.table() if row["name"] == first)
    assert formula["title"] == "'=cmd()" and formula["count"] == "2"


def test_short_addresses_that_are_really_followed(stack, owner):
    link = link_with_code(owner, "first")
    owner.client.publish(owner.site)
    assert 300 < owner.go("/l/first", "phone").status_code < 309
    # Another code now: what is printed with the old one leads to the same link, and counts for it.
    path = f"/api/sites/{owner.site['id']}/links/{link}"
    expect(owner.client.patch(path, json={"code": "second"}), 200)
    owner.client.publish(owner.site)
    for address in ("/l/first?via=qr", "/l/second", "/l/missing"):
        owner.go(address, "tablet")
    count_visits(stack)
    found = owner.statistics()
    assert found["totals"] == {"views": 0, "visitors": 2, "clicks": 3, "scans": 1}
    assert [(entry["id"], entry["clicks"]) for entry in found["links"]] == [(link, 3)]
    assert found["left_out"]["error"] == 1


def test_renaming_and_deleting_lose_nothing(stack, owner):
    owner.go("/about/", "phone")
    count_visits(stack)
    path = f"/api/sites/{owner.site['id']}/pages/{owner.about['id']}"
    expect(owner.client.patch(path, json={"slug": "me", "title": "Me"}), 200)
    slug = f"{owner.slug[:20]}-new"
    expect(owner.client.patch(f"/api/sites/{owner.site['id']}", json={"slug": slug}), 200)
    owner.client.publish(owner.site)
    # A line from before the renaming of the site that is read after it, and one from after.
    lay(stack, "renamed", [line(owner.host, uri="/"), line(f"{slug}.sites.localhost", uri="/me/")])
    count_all(stack)
    found = owner.statistics()
    assert {page["title"]: (page["path"], page["views"]) for page in found["pages"]} == {
        "Me": ("/me/", 2), owner.home["title"]: ("/", 1)}
    expect(owner.client.delete(path), 204)
    after = owner.statistics()
    assert after["totals"] == found["totals"]
    assert (owner.about["id"], None, None, 2) in [
        (page["id"], page["title"], page["path"], page["views"]) for page in after["pages"]]


def test_pages_are_found_by_what_was_published_rather_than_by_the_draft(stack, owner):
    pages = f"/api/sites/{owner.site['id']}/pages"
    expect(owner.client.patch(f"{pages}/{owner.about['id']}", json={"slug": "elsewhere"}), 200)
    other = owner.client.new_page(owner.site, "about")
    owner.go("/about/", "phone")
    count_visits(stack)
    assert [page["id"] for page in owner.statistics()["pages"]] == [owner.about["id"]]
    # Published, the path is the other page's, and the new path the first one's.
    owner.client.publish(owner.site)
    owner.go("/about/", "phone")
    owner.go("/elsewhere/", "phone")
    count_visits(stack)
    assert {page["id"]: page["views"] for page in owner.statistics()["pages"]} == {owner.about["id"]: 2, other["id"]: 1}
    # Read after the renaming, a hit from before it still finds its page.
    expect(owner.client.patch(f"{pages}/{owner.about['id']}", json={"slug": "third"}), 200)
    owner.client.publish(owner.site)
    lay(stack, "before-renaming", [line(owner.host, uri="/elsewhere/")])
    count_all(stack)
    assert {page["id"]: page["views"] for page in owner.statistics()["pages"]} == {owner.about["id"]: 3, other["id"]: 1}


def test_pages_of_other_languages_are_pages_of_their_own(stack, owner):
    french = owner.client.new_page(owner.site, "about", language="fr", translation_of=owner.about["id"])
    owner.client.publish(owner.site)
    for path in ("/fr/about/", "/fr/about/", "/about/"):
        assert owner.go(path, "phone").status_code == 200
    count_visits(stack)
    assert [(page["id"], page["path"], page["views"]) for page in owner.statistics()["pages"]] == [
        (french["id"], "/fr/about/", 2), (owner.about["id"], "/about/", 1)]


def test_broken_and_hostile_lines_are_skipped_and_counted(stack, owner):
    good = line(owner.host)
    hostile = [
        b"\n", b"not json\n", b'{"time":"2026-', b"\n", b"{}\n", b"[]\n", b"\x00\xff\xfe\n", b"x" * 1_000_000 + b"\n",
        b'{"host":"' + owner.host.encode() + b'","status":200}\n',
        line(owner.host, status="200"), line(owner.host, time="yesterday"),
        line(owner.host, time="1999-01-01T00:00:00Z"),
        line(owner.host, time="2999-01-01T00:00:00Z"), line(owner.host, address=""), {**good, "uri": None},
        b'{"a":' * 1000 + b"1" + b"}" * 1000 + b"\n",
    ]
    odd = [
        line(owner.host, uri="/about/?x=\x01\x02\"}{', agent"), line("'; DROP TABLE customer.sites; --"),
        line(owner.host, uri="/../../etc/passwd/"), line("x" * 5000), line(owner.host, uri=""),
        line(owner.host, referer="https://a.example/\u0000"),
        line(owner.host, agent='Mozilla/5.0 (X11; Linux) \\", "status": 404, "x": "'),
        b'{"time":"' + good["time"].encode() + b'","host":"' + owner.host.encode()
        + b'","method":"GET","uri":"/","status":200,"address":"192.0.2.9","agent":"Mozilla/5.0 (X11) \xe4\xf6"}\n',
    ]
    before = int(stack.sql("SELECT coalesce(sum(broken), 0) FROM customer.read_logs")[0][0])
    lay(stack, "hostile", [good, *hostile, good, *odd, b'{"time":"cut'])
    count_all(stack)
    found = owner.statistics()
    assert found["totals"]["views"] == 5, found
    assert found["totals"]["visitors"] == 3
    broken = int(stack.sql("SELECT sum(broken) FROM customer.read_logs")[0][0]) - before
    assert broken == 16, broken


def test_many_invented_referrers_do_not_fill_the_database(stack, owner):
    for part in range(2):
        lay(stack, f"referrers-{part}", [
            line(owner.host, referer=f"https://h{number}-{part}.example/") for number in range(300)])
    count_all(stack)
    found = names(owner.statistics()["referrers"])
    assert len(found) <= 201 and sum(found.values()) == 600 and found[""] >= 400
    assert owner.statistics()["totals"]["views"] == 600


def test_the_table_has_the_same_sums(stack, owner):
    owner.go("/", "phone")
    owner.go("/?via=qr", "tablet", Referer="https://example.org/")
    owner.go("/", BOTS[0])
    count_visits(stack)
    rows = owner.table()
    assert list(rows[0]) == ["day", "kind", "name", "title", "count"]
    sums = {(row["kind"], row["name"]): int(row["count"]) for row in rows}
    assert sums == {
        ("views", ""): 2, ("visitors", ""): 2, ("clicks", ""): 0, ("scans", ""): 1, ("page", owner.home["id"]): 2,
        ("device", "phone"): 1, ("device", "tablet"): 1, ("referrer", "example.org"): 1, ("left_out", "bot"): 1}
    assert {row["day"] for row in rows} == {today()}


@pytest.mark.parametrize(("start", "end", "status"), [
    ("2026-01-01", "2026-01-01", 200), ("2026-01-01", "2027-12-31", 200), ("2024-01-01", "2026-01-01", 422),
    ("2026-01-02", "2026-01-01", 422), ("2026-02-30", "2026-03-01", 404), ("x", "2026-03-01", 404),
    ("2026-01-01", "2026-01-01T00:00:00Z", 404), ("0001-01-01", "9999-12-31", 422),
])
def test_ranges(owner, start, end, status):
    for suffix in ("", ".csv"):
        answer = owner.client.get(f"/api/sites/{owner.site['id']}/statistics/{start}/{end}{suffix}")
        if status == 200 and suffix:
            expect_csv(answer)
        else:
            expect(answer, status, {422: "invalid_range", 404: "not_found"}.get(status))


def test_the_plan_bounds_what_is_shown_and_in_time_what_is_kept(stack, owner):
    site = owner.site["id"]
    for age in (0, 29, 30, 59, 70):
        stack.sql(f"INSERT INTO customer.site_days (site_id, day, views) VALUES ('{site}', '{today(-age)}', 1)")
        stack.sql("INSERT INTO customer.site_counts (site_id, day, kind, name, count) "
                  f"VALUES ('{site}', '{today(-age)}', 'device', 'phone', 1)")
    found = owner.statistics(today(-300))  # the trial keeps 30 days
    assert found["kept_from"] == today(-29) and len(found["days"]) == 30
    assert found["totals"]["views"] == 2 and names(found["devices"]) == {"phone": 2}
    sweep(stack)
    assert [row[0] for row in stack.sql(f"SELECT views FROM customer.site_days WHERE site_id = '{site}'")] == ["1"] * 4
    assert stack.sql(f"SELECT count(*) FROM customer.site_counts WHERE site_id = '{site}'") == [["4"]]


def sweep(stack):
    ids = stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('customer.sweep') RETURNING id")
    wait_until(lambda: stack.sql(f"SELECT state FROM jobs.jobs WHERE id = {ids[0][0]}") == [["completed"]], 60)


def test_the_sums_go_with_the_site_and_come_back_with_it(stack, owner):
    owner.go("/", "phone")
    count_visits(stack)
    site, before = owner.site["id"], owner.statistics()
    assert before["totals"]["views"] == 1
    expect(owner.client.delete(f"/api/sites/{site}"), 204)
    lay(stack, "after-the-end", [line(owner.host)])
    count_all(stack)
    sweep(stack)
    expect(owner.client.get(f"/api/sites/{site}/statistics/{today()}/{today()}"), 404)
    expect(owner.client.post(f"/api/trash/{site}/restore", json={}), (200, 201))
    assert owner.statistics() == before
    expect(owner.client.delete(f"/api/sites/{site}"), 204)
    expect(owner.client.delete(f"/api/trash/{site}"), 204)
    sweep(stack)
    for table in ("site_days", "site_counts"):
        assert stack.sql(f"SELECT count(*) FROM customer.{table} WHERE site_id = '{site}'") == [["0"]]


def test_previews_of_drafts_are_left_out(stack, owner):
    preview = expect(owner.client.post(f"/api/sites/{owner.site['id']}/preview", json={}), 201)
    host = preview["url"].split("/")[2].split(":")[0]
    lay(stack, "preview", [line(host), line(host, uri="/about/")])
    count_all(stack)
    found = owner.statistics()
    assert found["totals"]["views"] == 0 and found["left_out"]["preview"] == 2


def test_a_day_that_is_over_forgets_its_visitors(stack, owner):
    lay(stack, "yesterday", [line(owner.host, time=f"{today(-2)}T12:00:00+00:00")])
    count_all(stack)
    assert owner.statistics(today(-3))["totals"]["visitors"] == 1
    assert stack.sql(f"SELECT salt IS NULL FROM customer.visitor_days WHERE day = '{today(-2)}'") == [["t"]]
    assert stack.sql(f"SELECT count(*) FROM customer.visitors WHERE day = '{today(-2)}'") == [["0"]]
    # What comes in late counts, but who it was cannot be told any more.
    lay(stack, "late", [line(owner.host, time=f"{today(-2)}T13:00:00+00:00", address="192.0.2.200")])
    count_all(stack)
    totals = owner.statistics(today(-3))["totals"]
    assert totals["views"] == 2 and totals["visitors"] == 1


def test_no_address_and_no_agent_stays(stack, owner):
    # Of a network of its own, so that nothing else on this machine has it.
    address, agent = "198.51.100.137", "Mozilla/5.0 (X11; Linux x86_64) Telltale/7391"
    lay(stack, "private", [line(owner.host, address=address, agent=agent, referer="https://198.51.100.138/x")])
    count_all(stack)
    assert owner.statistics()["totals"]["visitors"] == 1
    dump = subprocess.run(["pg_dump", stack._program_environment()["SMARTPAGES_DATABASE_URL"]], check=True,
                          capture_output=True, timeout=120).stdout
    traces = [address.encode(), b"Telltale", address.encode().hex().encode(), b"198.51.100.138"]
    assert not [trace for trace in traces if trace in dump]
    for path in stack.home.rglob("*"):
        # PostgreSQL's own files hold what the statements above have said; the dump is what it keeps.
        if path.is_file() and not path.is_relative_to(stack.home / "postgres"):
            content = path.read_bytes()
            assert not [trace for trace in traces if trace in content], path


def test_the_sites_of_others_are_not_shown(stack, owner, ada):
    for suffix in ("", ".csv"):
        expect(ada.get(f"/api/sites/{owner.site['id']}/statistics/{today()}/{today()}{suffix}"), 404, "not_found")


def metric(stack, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} (\S+)$", stack.metrics(), re.MULTILINE)
    return float(found[1]) if found else None


def test_the_reader_tells_how_far_it_is(stack, owner):
    def lines(state):
        return metric(stack, f'smartpages_statistics_lines_total{{state="{state}"}}')

    understood, broken = lines("understood"), lines("broken")
    lay(stack, "of-metrics", [line(owner.host), line(owner.host), b"nonsense\n"])
    assert metric(stack, "smartpages_statistics_files_waiting") >= 1
    count_all(stack)
    assert (lines("understood"), lines("broken"))>= (understood + 2, broken + 1)
    assert time.time() - 120 < metric(stack, "smartpages_statistics_last_run_seconds") < time.time() + 5
