"""Customers with domains of their own, whose zones a name server of the test's holds."""

import uuid
from contextlib import contextmanager
from datetime import datetime, timezone

import requests
from client import Client, expect
from names import NameServer
from stack import Stack, wait_until


@contextmanager
def stack_with(names: NameServer, **settings):
    """A SmartPages that asks that name server, and finds the zones' own servers at its port."""
    with Stack(DNS=names.text, DNS_PORT=names.port, **settings) as running:
        yield running


def new_zone(names: NameServer, records: dict | None = None, ending: str = "de", **more) -> str:
    """The name of a new zone that nobody else has."""
    origin = f"t{uuid.uuid4().hex[:12]}.{ending}"
    names.zone(origin, records or {}, **more)
    return origin


class Shop:
    """A customer with room for domains, and a published site."""

    def __init__(self, stack, names: NameServer, plan: str = "agency", locale: str = "en"):
        self.stack, self.names = stack, names
        self.client = Client(stack).log_in(locale=locale)
        stack.subscribe(self.client, plan)
        self.site = self.new_site()

    def new_site(self, title: str = "Corner shop") -> dict:
        site = self.client.new_site(title=title)
        self.client.publish(site)
        return site

    def add(self, host: str, site: dict | None = None, **more) -> dict:
        domain = self.client.new_domain(site or self.site, host, **more)
        self._hold(domain)
        if more.get("www") is not False and domain["host"] == domain["records"][0]["zone"]:
            self._hold(self.www(domain))
        return domain

    def www(self, domain: dict) -> dict:
        return next(each for each in self.all() if each["www_of"] == domain["id"])

    def all(self) -> list[dict]:
        return self.client.all_items("/api/domains")

    def get(self, domain: dict) -> dict:
        return expect(self.client.get(f"/api/domains/{domain['id']}"), 200)

    def patch(self, domain: dict, **body) -> dict:
        return expect(self.client.patch(f"/api/domains/{domain['id']}", json=body), 200)

    def remove(self, domain: dict) -> None:
        expect(self.client.delete(f"/api/domains/{domain['id']}"), 204)

    def prove(self, domain: dict) -> None:
        """Sets the record that shows whose the domain is."""
        record = domain["records"][0]
        assert record["purpose"] == "proof"
        self.names.set(record["name"], "TXT", *record["expected"])

    def point(self, domain: dict) -> None:
        """Sets the records that lead the domain here."""
        for record in domain["records"][1:]:
            self.names.set(record["name"], record["type"], *record["expected"])

    def connect(self, host: str, **more) -> dict:
        """Adds a domain, sets its records, and has them found."""
        domain = self.add(host, **more)
        self.prove(domain)
        self.point(domain)
        found = self.check(domain)
        assert found["state"] == "active", found
        return found

    def check(self, domain: dict) -> dict:
        """Has the DNS asked, by a look that begins after this was called; the domain as it is then."""
        self._hold(domain)
        before = self.get(domain)["checked_at"]
        self.stack.sql(f"UPDATE customer.domains SET asked_at = NULL WHERE id = '{domain['id']}'")
        expect(self.client.post(f"/api/domains/{domain['id']}/check", json={}), 202)

        def look():
            found = self.get(domain)
            return found if found["checked_at"] != before else None

        found = wait_until(look, 60, "a look at the domain")
        self._hold(domain)
        return found

    def fail(self, domain: dict) -> dict:
        """Has the DNS asked three times, with an hour between."""
        for _ in range(3):
            self.pass_hours(domain, 1)
            found = self.check(domain)
        return found

    def pass_hours(self, domain: dict, hours: float) -> None:
        """So much time has passed for what is stored of the domain."""
        columns = ("negative_at", "checked_at", "asked_at", "next_check_at", "expires_at", "failing_since",
                   "verified_at")
        changes = ", ".join(f"{name} = {name} - interval '{hours} hours'" for name in columns)
        self.stack.sql(f"UPDATE customer.domains SET {changes} WHERE id = '{domain['id']}'")

    def _hold(self, domain: dict) -> None:
        """Nobody looks at it by itself; who does so already is waited for."""
        key = f"customer.check_domain:{domain['id']}"

        def is_still():
            self.stack.sql(f"UPDATE jobs.jobs SET run_at = now() + interval '1 day' "
                           f"WHERE key = '{key}' AND state = 'available'")
            running = self.stack.sql("SELECT 1 FROM jobs.jobs WHERE kind = 'customer.check_domain' "
                                     f"AND state = 'running' AND payload ->> 'domain' = '{domain['id']}'")
            return not running

        wait_until(is_still, 60, "an end of looking")

    def activity(self) -> list[str]:
        return [entry["action"] for entry in self.client.all_items("/api/activity")]


def at(stack, host: str, path: str = "/", **headers) -> requests.Response:
    """What a visitor of a host gets."""
    address = f"http://127.0.0.1:{stack.http_port}{path}"
    with requests.Session() as session:
        session.trust_env = False
        return session.get(address, headers={"Host": f"{host}:{stack.http_port}", **headers}, allow_redirects=False,
                           timeout=20)


def seconds_until(moment: str) -> float:
    return (datetime.fromisoformat(moment) - datetime.now(timezone.utc)).total_seconds()
