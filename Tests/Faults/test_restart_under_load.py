"""SIGTERM under load: a new Core takes over, and no request is lost, neither reads nor writes."""

import threading

import pytest
import requests
from client import expect
from visitor import visit

RESTARTS = 8


class Load:
    """Threads that read, write and visit, and note everything that is not as it should be."""

    def __init__(self, member):
        self.member = member
        self.stop = threading.Event()
        self.wrong: list[str] = []
        self.done = 0
        self._lock = threading.Lock()  # guards done and wrong
        work = [self.read, self.read, self.write, self.write, self.write, self.visit]
        self.threads = [threading.Thread(target=self.run, args=(one,)) for one in work]

    def run(self, work):
        client = self.member.client.clone()
        while not self.stop.is_set():
            try:
                work(client)
            except (AssertionError, requests.RequestException) as error:
                with self._lock:
                    self.wrong.append(str(error))
            with self._lock:
                self.done += 1

    def read(self, client):
        expect(client.get("/api/session"), 200)
        expect(client.get(f"{self.member.path}/pages"), 200)

    def write(self, client):
        links = f"{self.member.path}/links"
        link = expect(client.post(links, json={"title": "Here", "url": "https://example.com/"}), 201)
        expect(client.patch(f"{links}/{link['id']}", json={"hidden": True}), 200)
        expect(client.delete(f"{links}/{link['id']}"), 204)

    def visit(self, _):
        assert visit(self.member.stack, self.member.slug).status_code == 200

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(60)


@pytest.mark.parametrize("name", ["core", "domain"])
def test_no_request_is_lost_and_no_write_is_done_twice(own_stack, member, name):
    with Load(member) as load:
        for _ in range(RESTARTS):
            before, old = load.done, own_stack.pid(name)
            own_stack.restart_service(name)
            assert own_stack.pid(name) != old
            # Each new process has work to do before it is replaced.
            while load.done < before + 20 and not load.wrong:
                load.stop.wait(0.01)
    assert not load.wrong, f"{len(load.wrong)} of {load.done}: {load.wrong[:3]}"
    assert member.client.all_items(f"{member.path}/links") == []


def test_a_site_is_published_through_a_restart(own_stack, member):
    published, wrong, stop = [], [], threading.Event()

    def publish():
        client = member.client.clone()
        while not stop.is_set():
            answer = client.post(f"{member.path}/publish")
            if answer.status_code == 201:
                published.append(answer.json()["number"])
            else:
                wrong.append(answer.text)

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        for _ in range(3):
            own_stack.restart_service("core")
    finally:
        stop.set()
        thread.join(60)
    assert not wrong, wrong[:3]
    assert published == list(range(published[0], published[0] + len(published)))
