"""Visitors by country, where the operator supplies a database; and what is said of settings that cannot be."""

import subprocess
from pathlib import Path

import pytest
from client import Client, expect
from countries import write
from stack import Stack
from visits import count_all, lay, line, today


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return write(tmp_path_factory.mktemp("countries") / "countries.mmdb", {
        "192.0.2.0/25": "DE", "192.0.2.128/25": "AT", "198.51.100.0/24": "zz", "2001:db8:1::/48": "CH"})


@pytest.fixture(scope="module")
def located(database):
    with Stack(COUNTRIES=database) as running:
        yield running


def countries(stack, addresses: list[str]) -> dict | None:
    client = Client(stack).log_in()
    site = client.new_site()
    client.publish(site)
    lay(stack, site["slug"], [line(f"{site['slug']}.sites.localhost", address=address) for address in addresses])
    count_all(stack)
    found = expect(client.get(f"/api/sites/{site['id']}/statistics/{today(-1)}/{today()}"), 200)
    assert found["totals"]["views"] == len(addresses)
    return {entry["name"]: entry["count"] for entry in found["countries"]}


def test_visitors_are_counted_by_country(located):
    addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.200", "2001:db8:1::7", "2001:db8:2::7", "198.51.100.1",
                 "unix:", "0.0.0.0", "not an address"]
    assert countries(located, addresses) == {"DE": 2, "AT": 1, "CH": 1}


def test_a_newer_file_is_taken_without_a_restart(located, database):
    newer = write(database.with_name("newer.mmdb"), {"192.0.2.0/24": "FR"})
    newer.rename(database)
    assert countries(located, ["192.0.2.1"]) == {"FR": 1}
    # While it is being replaced there may be none, or half of one: visitors count all the same.
    database.write_bytes(database.read_bytes()[:100])
    assert countries(located, ["192.0.2.1"]) == {}


@pytest.mark.parametrize(("name", "value"), [
    ("SMARTPAGES_COUNTRIES", "/etc/passwd"), ("SMARTPAGES_COUNTRIES", "/nonexistent"),
    ("SMARTPAGES_SITES_LOG", "/nonexistent"),
])
def test_a_setting_that_cannot_be_stops_the_start(stack, name, value):
    program = Path(str(stack.settings["BINARIES"])) / "smartpages-core"
    environment = {**stack.environment, **stack._program_environment(), name: value}
    done = subprocess.run([program], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=30)
    assert done.returncode != 0 and name in done.stderr + done.stdout
