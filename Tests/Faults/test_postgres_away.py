"""PostgreSQL away, cut off, blocked and back: 503 and nothing half done; what was acknowledged is there."""

import random
import subprocess
import threading
import time
import uuid

import pytest
import requests
from client import Client, at_once, expect, new_email
from stack import wait_until
from visitor import visit

pytestmark = pytest.mark.usefixtures("mended")


@pytest.fixture
def away(own_stack, member):
    with own_stack.without("postgres"):
        yield
    own_stack.wait_ready()


def test_what_needs_it_answers_503_quickly(own_stack, member, away, quickly):
    client = member.client
    calls = [
        lambda: client.get("/api/sites"), lambda: client.get("/api/customer"), lambda: client.get(member.path),
        lambda: client.patch(member.path, json={"title": "Never"}), lambda: client.post(f"{member.path}/publish"),
        lambda: client.put("/api/profile", json={"name": "Never"}),
        lambda: Client(own_stack).post("/api/auth/start", json={"email": new_email(), "locale": "en"}),
    ]
    for call in calls:
        answer = quickly(call)
        expect(answer, 503, "unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
        assert "Set-Cookie" not in answer.headers


def test_what_does_not_need_it_goes_on(own_stack, member, away, quickly):
    expect(quickly(lambda: Client(own_stack).get("/api/health/live")), 200)
    state = expect(quickly(lambda: Client(own_stack).get("/api/health/ready"), 2), 503)
    assert (state["kv"], state["database"]) == ("up", "down")
    expect(quickly(lambda: Client(own_stack).get("/api/session")), 401, "unauthenticated")
    assert quickly(lambda: visit(own_stack, member.slug)).status_code == 200


def test_all_is_well_after_its_return_in_the_same_process(own_stack, member, works_again):
    core = own_stack.pid("core")
    with own_stack.without("postgres"):
        for _ in range(30):
            member.client.get("/api/sites")
    works_again(member, 5)
    assert own_stack.pid("core") == core


class Writers:
    """Threads that add links with keys of their own, and repeat what stays unanswered until it is answered."""

    def __init__(self, member, count=6):
        self.member = member
        self.site = member.client.new_site()
        self.path = f"/api/sites/{self.site['id']}/links"
        self.stop = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.wrong: list[str] = []
        self.repeated = 0
        self.threads = [threading.Thread(target=self.run, args=(index,)) for index in range(count)]

    def run(self, index):
        client = self.member.client.clone()
        for number in range(30):
            if self.stop.is_set():
                return
            title = f"Link {index}-{number}"
            key = str(uuid.uuid4())
            deadline = time.monotonic() + 40
            while True:
                try:
                    answer = client.post(self.path, json={"title": title, "url": "https://example.com/"}, key=key)
                except requests.RequestException as error:
                    self.wrong.append(repr(error))
                    return
                if answer.status_code == 201:
                    self.acknowledged[title] = answer.json()["id"]
                    break
                self.repeated += 1
                if answer.status_code not in (503, 504) or time.monotonic() > deadline:
                    self.wrong.append(f"{answer.status_code} {answer.text[:200]}")
                    return
                time.sleep(0.05)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join(60)
        self.stop.set()

    def check(self):
        assert not self.wrong, self.wrong[:3]
        assert len(self.acknowledged) > 100
        wait_until(lambda: self.member.client.get(self.path).status_code == 200, 5, "reading")
        links = self.member.client.all_items(self.path, 100)
        assert {link["title"]: link["id"] for link in links} == self.acknowledged, "one effect for each answer"
        assert len(links) == len(self.acknowledged), "something happened twice"
        positions = [link["position"] for link in links]
        assert positions == sorted(set(positions))
        expect(self.member.client.delete(f"/api/sites/{self.site['id']}"), 204)


def test_a_crash_under_load_keeps_what_was_acknowledged_and_repeats_have_one_effect(own_stack, member):
    with Writers(member) as writers:
        for _ in range(3):
            goal = len(writers.acknowledged) + 20
            wait_until(lambda: len(writers.acknowledged) >= goal or not any(t.is_alive() for t in writers.threads), 30)
            own_stack.stop_service("postgres", "immediate")
            own_stack.start_service("postgres")
            wait_until(own_stack.is_ready, 30, "ready")
    writers.check()
    assert writers.repeated > 0, "no request met the crash"


def test_connections_cut_at_any_moment_have_one_effect(own_stack, member):
    with Writers(member) as writers:
        while any(thread.is_alive() for thread in writers.threads):
            own_stack.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE usename = current_user AND pid <> pg_backend_pid()")
            time.sleep(random.uniform(0, 0.1))  # a random moment of the work
    writers.check()


def test_a_blocked_table_costs_time_and_then_503_but_not_the_service(own_stack, member, works_again):
    lock = subprocess.Popen(
        ["psql", "-X", "-q", "-c", "BEGIN; LOCK TABLE customer.links IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(12)",
         own_stack._program_environment()["SMARTPAGES_DATABASE_URL"]], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: own_stack.sql("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted "
                                         "AND relation = 'customer.links'::regclass") != [["0"]], 10)
        clients = [member.client.clone() for _ in range(12)]

        def read(index):
            begin = time.monotonic()
            return clients[index].get(f"{member.path}/links").status_code, time.monotonic() - begin

        results = at_once(12, read)
        assert all(status in (200, 503, 504) for status, _ in results), results
        assert 503 in [status for status, _ in results], "statements have no time limit"
        assert max(seconds for _, seconds in results) < 22
    finally:
        # The server would not notice the end of a client that sleeps.
        own_stack.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted "
                      "AND relation = 'customer.links'::regclass")
        lock.wait(10)
    works_again(member, 5)
    expect(member.client.get(f"{member.path}/links"), 200)
