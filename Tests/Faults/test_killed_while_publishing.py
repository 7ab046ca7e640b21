"""SIGKILL of Core at random moments of publishing: every read gives one whole version, the acknowledged one at least."""

import random
import re
import threading
import time
import uuid

import requests
from bucket import damaged
from client import expect
from core_process import CoreProcess
from stack import wait_until
from visitor import visit

ROUNDS = 200
# Publishing takes some tens of milliseconds.
LATEST_KILL_SECONDS = 0.060
PATHS = ["/", "/about/", "/imprint/"]


class Readers:
    """Visitors who look at the site all the time."""

    def __init__(self, stack, slug, count=2):
        self.stack, self.slug = stack, slug
        self.acknowledged = 0
        self.reads = 0
        self.wrong: list[str] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.run) for _ in range(count)]

    def run(self):
        last = 0
        while not self.stop.is_set():
            for path in PATHS:
                floor = max(self.acknowledged, last)
                try:
                    last = self.read(path, floor)
                except (AssertionError, requests.RequestException) as error:
                    self.wrong.append(f"{path}: {error}")
                self.reads += 1
                # The machine is shared with the one who publishes.
                time.sleep(0.005)

    def read(self, path, floor) -> int:
        """Reads a page; gives the number of its version."""
        answer = visit(self.stack, self.slug, path)
        assert answer.status_code == 200, answer.status_code
        assert answer.text.rstrip().endswith("</html>"), "half a page"
        markers = set(re.findall(r"marker-(\d{6})", answer.text))
        assert len(markers) == 1, f"parts of different versions: {markers}"
        number = int(markers.pop())
        assert number >= floor, f"version {number} after {floor} had been seen or acknowledged"
        return number

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)


def insist(call, status, seconds=30):
    """Repeats a request until it is answered with this status; Core may be away meanwhile."""

    def attempt():
        try:
            answer = call()
        except requests.RequestException:
            return None
        if answer.status_code in (502, 503, 504):
            return None
        expect(answer, status)
        return answer

    return wait_until(attempt, seconds, f"an answer {status}").json()


def test_each_of_two_hundred_kills_leaves_one_whole_version(own_stack, member):
    client = member.client
    expect(client.put("/api/customer/legal/imprint", json={"mode": "text", "text": {"en": "Imprint"}}), 200)
    numbers, hits = [], 0
    expect(client.patch(member.path, json={"title": "marker-000000"}), 200)
    first = client.publish(member.site)["number"]
    with CoreProcess(own_stack) as core, Readers(own_stack, member.slug) as readers:
        core.wait_live()
        for number in range(1, ROUNDS + 1):
            insist(lambda: client.patch(member.path, json={"title": f"marker-{number:06}"}), 200)
            key = str(uuid.uuid4())
            begun = threading.Event()

            def kill():
                begun.wait()
                time.sleep(random.uniform(0, LATEST_KILL_SECONDS))
                core.kill()
                core.start()

            killer = threading.Thread(target=kill)
            killer.start()
            begun.set()
            try:
                answer = client.post(f"{member.path}/publish", key=key)
                hits += answer.status_code != 201
            except requests.RequestException:
                hits += 1
            version = insist(lambda: client.post(f"{member.path}/publish", key=key), 201)
            numbers.append(version["number"])
            readers.acknowledged = number
            killer.join()
            for path in PATHS:
                readers.read(path, number)
            assert not readers.wrong, readers.wrong[:3]
    assert not readers.wrong, readers.wrong[:3]
    assert readers.reads > ROUNDS
    assert hits > ROUNDS // 10, f"only {hits} kills met a publishing: they prove nothing"
    assert numbers == list(range(first + 1, first + 1 + ROUNDS)), "a publishing was lost or done twice"
    versions = client.all_items(f"{member.path}/versions")
    assert [version["number"] for version in versions if version["active"]] == [numbers[-1]]
    assert damaged(own_stack.bucket) == []


def test_killed_without_a_repeat_the_site_follows_what_was_committed(own_stack, member):
    """Nobody repeats the request; whatever was committed becomes visible by itself."""
    client = member.client
    with CoreProcess(own_stack) as core:
        core.wait_live()
        for number in range(900, 910):
            insist(lambda: client.patch(member.path, json={"title": f"marker-{number:06}"}), 200)
            killer = threading.Timer(random.uniform(0.005, LATEST_KILL_SECONDS), core.kill)
            killer.start()
            try:
                client.post(f"{member.path}/publish")
            except requests.RequestException:
                pass
            killer.join()
            core.start()
            core.wait_live()

        def agree():
            site = client.get(member.path)
            if site.status_code != 200:
                return False
            versions = client.all_items(f"{member.path}/versions")
            active = [version["number"] for version in versions if version["active"]]
            assert active == [site.json()["published_version"]]
            shown = set(re.findall(r"marker-\d{6}", visit(own_stack, member.slug).text))
            assert len(shown) == 1
            deploys = own_stack.sql(f"SELECT deploy FROM customer.versions WHERE site_id = '{member.site['id']}' "
                                    f"AND number = {active[0]}")
            current = next((own_stack.bucket / "sites" / member.site["id"]).glob("current")).read_text()
            return deploys[0][0] in current

        wait_until(agree, 30, "the pointer following the database")
