"""Redis away, hanging, full, killed and back: clear quick answers, no session lost, nothing to restart by hand."""

import contextlib

import pytest
from client import Client, at_once, expect, forgive, new_email
from stack import wait_until
from visitor import visit

pytestmark = pytest.mark.usefixtures("mended")


@pytest.fixture(params=["stopped", "hanging"])
def away(request, own_stack, member):
    """Redis is away during the test."""
    with own_stack.without("redis") if request.param == "stopped" else own_stack.paused("redis"):
        wait_until(lambda: own_stack_says_down(own_stack), 5, "Core noticing")
        yield request.param
    own_stack.wait_ready()


def own_stack_says_down(stack):
    answer = Client(stack).get("/api/health/ready")
    return answer.status_code == 503 and answer.json().get("kv") == "down"


def test_public_routes_answer(own_stack, away, quickly):
    anonymous = Client(own_stack)
    for path in ("/api/health/live", "/api/openapi.json"):
        expect(quickly(lambda: anonymous.get(path)), 200)


def test_ready_names_what_is_missing(own_stack, away, quickly):
    state = expect(quickly(lambda: Client(own_stack).get("/api/health/ready"), 2), 503)
    assert (state["kv"], state["database"], state["bucket"]) == ("down", "up", "up")


def test_who_has_no_cookie_is_told_so_and_not_that_something_is_away(own_stack, away, quickly):
    for path in ("/api/session", "/api/sites", "/api/customer"):
        expect(quickly(lambda: Client(own_stack).get(path)), 401, "unauthenticated")


def test_who_has_a_cookie_keeps_it_and_is_asked_to_come_again(member, away, quickly):
    for path in ("/api/session", "/api/sites", "/api/sessions"):
        answer = quickly(lambda: member.client.get(path))
        assert "Set-Cookie" not in answer.headers
        if away == "hanging" and answer.status_code == 200:
            continue  # what is in memory is as good as it was: nobody can end a session either
        expect(answer, 503, "unavailable")
        assert int(answer.headers["Retry-After"]) >= 1
    assert member.client.cookie("session")


def test_login_is_refused_clearly_and_still_limited(own_stack, away, quickly):
    client, email = Client(own_stack), new_email()
    answers = [quickly(lambda: client.post("/api/auth/start", json={"email": email, "locale": "en"})) for _ in range(15)]
    expect(answers[0], 503, "unavailable")
    expect(answers[-1], 429, "rate_limited")
    expect(quickly(lambda: client.post("/api/auth/confirm", json={"email": email, "code": "123456"})), 503)


def test_published_sites_do_not_notice(own_stack, member, away, quickly):
    assert quickly(lambda: visit(own_stack, member.slug)).status_code == 200


def test_many_who_ask_at_once_do_not_keep_others_waiting(own_stack, member, away, quickly):
    clients = [member.client.clone() for _ in range(48)]
    begin = Client(own_stack)

    def ask(index):
        if index < 48:
            return quickly(lambda: clients[index].get("/api/session"), 5).status_code
        return quickly(lambda: begin.get("/api/health/live"), 5).status_code

    statuses = at_once(49, ask)
    assert statuses[-1] == 200 and set(statuses[:-1]) <= {200, 503}


@pytest.mark.parametrize("how", ["stop", "pause"])
def test_all_is_well_two_seconds_after_its_return_in_the_same_process(own_stack, member, how, works_again):
    core = own_stack.pid("core")
    with own_stack.without("redis") if how == "stop" else own_stack.paused("redis"):
        wait_until(lambda: own_stack_says_down(own_stack), 5, "Core noticing")
        for _ in range(20):
            member.client.get("/api/session")
    wait_until(lambda: ping(own_stack), 10, "Redis")
    works_again(member, 2)
    assert own_stack.pid("core") == core
    assert "Set-Cookie" not in member.client.get("/api/session").headers


def ping(stack):
    with contextlib.suppress(Exception):
        return stack.redis("PING") == "PONG"


def test_killed_and_back_it_has_lost_no_session_and_undone_no_logout(own_stack, member):
    stay, leave = Client(own_stack).log_in(), Client(own_stack).log_in()
    left = leave.clone()
    expect(leave.delete("/api/session"), 204)
    own_stack.kill_service("redis")
    own_stack.start_service("redis")
    own_stack.wait_ready()
    wait_until(lambda: stay.get("/api/session").status_code != 503, 5)
    expect(stay.get("/api/session"), 200)
    expect(left.get("/api/session"), 401, "unauthenticated")


def test_a_login_that_waits_for_its_code_survives_a_kill(own_stack, member):
    client, email = Client(own_stack), new_email()
    mail = client.ask_for_login(email)
    own_stack.kill_service("redis")
    own_stack.start_service("redis")
    own_stack.wait_ready()
    from client import code_of

    answer = wait_until(lambda: confirmed(client, email, code_of(mail)), 5)
    expect(answer, 200)


def confirmed(client, email, code):
    answer = client.post("/api/auth/confirm", json={"email": email, "code": code})
    return None if answer.status_code == 503 else answer


def test_full_it_takes_no_new_login_and_keeps_those_there_are(own_stack, member):
    forgive(own_stack)
    before = own_stack.redis("CONFIG", "GET", "maxmemory").splitlines()[-1]
    assert own_stack.redis("CONFIG", "GET", "maxmemory-policy").splitlines()[-1] == "noeviction"
    own_stack.redis("CONFIG", "SET", "maxmemory", "1")
    try:
        answer = Client(own_stack).post("/api/auth/start", json={"email": new_email(), "locale": "en"})
        expect(answer, 503, "unavailable")
        expect(member.client.get("/api/session"), 200)
        expect(member.client.get("/api/sites"), 200)
    finally:
        own_stack.redis("CONFIG", "SET", "maxmemory", before)
    expect(Client(own_stack).post("/api/auth/start", json={"email": new_email(), "locale": "en"}), 202)
    expect(member.client.get("/api/session"), 200)


def test_one_line_in_the_log_tells_each_change(own_stack, member):
    lines = len(own_stack.log("core").splitlines())
    with own_stack.without("redis"):
        for _ in range(60):
            member.client.get("/api/session")
    wait_until(lambda: member.client.get("/api/session").status_code == 200, 5)
    told = [line for line in own_stack.log("core").splitlines()[lines:]
            if '"request"' not in line and ("kv" in line.lower() or "redis" in line.lower())]
    assert told, "the change is told"
    assert len(told) <= 20, f"{len(told)} lines for one outage:\n" + "\n".join(told[:5])
