"""Processes that die, hang or are restarted: what the others and the client see."""

import threading
import time

import pytest
import requests
from stack import wait_until


@pytest.fixture(autouse=True)
def whole_again(own_stack):
    """Each test begins and ends with everything running."""
    yield
    for name in ("postgres", "redis", "core", "domain", "nginx"):
        own_stack.service(name, "resume")
        own_stack.service(name, "start")
    own_stack.wait_ready()


def site_status(stack):
    return requests.get(stack.sites_url("nobody") + "/", timeout=10).status_code


def test_core_away_is_a_quick_problem_with_retry_after(own_stack):
    with own_stack.without("core"):
        for method in ("GET", "POST"):
            begin = time.monotonic()
            answer = requests.request(method, own_stack.app_url + "/api/session", timeout=10)
            assert time.monotonic() - begin < 1
            assert answer.status_code == 503
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json()["code"] == "unavailable"
        assert requests.get(own_stack.app_url + "/", timeout=10).status_code == 200, "the dashboard's files still come"


def test_domain_away_is_a_plain_word_to_the_visitor(own_stack):
    with own_stack.without("domain"):
        answer = requests.get(own_stack.sites_url("nobody") + "/", timeout=10)
        assert answer.status_code == 503 and "Retry-After" in answer.headers
        assert answer.headers["Content-Type"].startswith("text/html")
        assert own_stack.is_ready(), "Core does not need Domain"


@pytest.mark.parametrize("name", ["core", "postgres", "redis"])
def test_domain_needs_nobody(own_stack, name):
    usual = site_status(own_stack)
    own_stack.kill_service(name)
    assert site_status(own_stack) == usual


@pytest.mark.parametrize("name", ["core", "domain", "nginx", "redis", "postgres"])
def test_a_crash_mends_itself(own_stack, name):
    before = own_stack.pid(name)
    own_stack.crash_service(name)
    wait_until(lambda: own_stack.pid(name) != before, 20, f"a new {name}")
    own_stack.wait_ready()
    wait_until(lambda: site_status(own_stack) < 500, what="Domain's answer")
    assert f"{name} has died" in own_stack.log("supervisor")


@pytest.mark.parametrize("name", ["core", "domain"])
def test_restart_under_load_loses_no_request(own_stack, name):
    url = own_stack.app_url + "/api/health/live" if name == "core" else own_stack.sites_url("nobody") + "/"
    wrong, done, stop = [], [0], threading.Event()

    def client():
        with requests.Session() as session:
            while not stop.is_set():
                try:
                    status = session.get(url, timeout=10).status_code
                    if status >= 500:
                        wrong.append(status)
                except requests.RequestException as error:
                    wrong.append(error)
                done[0] += 1

    clients = [threading.Thread(target=client) for _ in range(8)]
    for thread in clients:
        thread.start()
    try:
        for _ in range(5):
            old = own_stack.pid(name)
            own_stack.restart_service(name)
            assert own_stack.pid(name) != old
    finally:
        stop.set()
        for thread in clients:
            thread.join()
    assert done[0] > 50
    assert not wrong, f"{len(wrong)} of {done[0]}: {wrong[:3]}"


def test_a_second_start_is_told_so_and_harms_nothing(own_stack):
    pids = {name: own_stack.pid(name) for name in ("postgres", "redis", "core", "domain", "nginx")}
    again = own_stack._run([own_stack.scripts / "up", "--detach", "--no-build"])
    assert "already runs" in again.stdout and own_stack.app_url in again.stdout
    assert pids == {name: own_stack.pid(name) for name in pids}


def test_data_survives_stop_and_start_and_power_cut(own_stack):
    own_stack.sql("CREATE TABLE IF NOT EXISTS kept (value text); INSERT INTO kept VALUES ('durable')")
    own_stack.redis("SET", "kept", "durable")
    for name in ("supervisor", "nginx", "core", "domain", "redis", "postgres"):
        own_stack.crash_service(name)
    own_stack.start()
    assert ["durable"] in own_stack.sql("SELECT value FROM kept")
    assert own_stack.redis("GET", "kept") == "durable"
    own_stack.sql("DROP TABLE kept")
    own_stack.redis("DEL", "kept")
