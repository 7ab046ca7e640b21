"""Sessions: made at login, kept in a cookie that scripts cannot read, listed, and ended at the server."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from client import (Client, code_of, expect, expire, forgive, new_email, redis_keys, redis_values, token_of,
                    wait_for_mail)


@pytest.fixture
def two(stack):
    """One person in two browsers."""
    first = Client(stack).log_in()
    forgive(stack)
    return first, Client(stack).log_in(first.email)


def set_cookies(answer) -> dict[str, dict]:
    """Each cookie that an answer sets, with its attributes in lower case."""
    found = {}
    for line in answer.raw.headers.getlist("Set-Cookie"):
        pair, *attributes = [part.strip() for part in line.split(";")]
        name, value = pair.split("=", 1)
        found[name] = {"value": value} | {
            part.split("=")[0].lower(): part.partition("=")[2].lower() for part in attributes}
    return found


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_cookies_are_for_this_host_and_not_for_scripts(stack, tls):
    client = Client(stack, tls)
    prefix = "__Host-" if tls else ""
    email = new_email()
    asked = client.post("/api/auth/start", json={"email": email, "locale": "en"})
    mail = wait_for_mail(stack, email)
    confirmed = client.post("/api/auth/confirm", json={"token": token_of(mail)})
    expect(confirmed, 200)
    login, session = set_cookies(asked)[f"{prefix}login"], set_cookies(confirmed)[f"{prefix}session"]
    for cookie in (login, session):
        assert len(cookie["value"]) >= 22
        assert cookie["path"] == "/" and cookie["samesite"] == "lax"
        assert "httponly" in cookie and "domain" not in cookie
        assert ("secure" in cookie) == tls
    assert login["max-age"] == "600"
    assert 0 < int(session["max-age"]) <= 30 * 24 * 3600
    assert expect(client.get("/api/session"), 200)["user"]["email"] == email


def test_the_name_without_protection_means_nothing_over_https(stack, ada):
    secure = Client(stack, tls=True)
    answer = secure.get("/api/session", headers={"Cookie": f"session={ada.cookie('session')}"})
    expect(answer, 401, "unauthenticated")


def test_a_session_lasts_thirty_days_at_most(ada):
    session = ada.identity["session"]
    life = datetime.fromisoformat(session["expires_at"]) - datetime.fromisoformat(session["created_at"])
    assert timedelta(hours=11) < life <= timedelta(days=30)
    assert abs(datetime.fromisoformat(session["created_at"]) - datetime.now(timezone.utc)) < timedelta(minutes=2)


def test_login_gives_a_new_id_whatever_the_browser_had(stack):
    victim = Client(stack)
    planted = "A" * 43
    victim.cookies.set("session", planted, domain="app.localhost", path="/")
    email = new_email()
    mail = victim.ask_for_login(email)
    answer = victim.post("/api/auth/confirm", json={"email": email, "code": code_of(mail)})
    expect(answer, 200)
    assert set_cookies(answer)["session"]["value"] != planted
    expect(Client(stack).get("/api/session", headers={"Cookie": f"session={planted}"}), 401)


def test_logging_in_again_in_the_same_browser_gives_another_id(stack, ada):
    old, old_cookie = ada.identity["session"]["id"], ada.cookie("session")
    forgive(stack)
    ada.log_in(ada.email)
    assert ada.identity["session"]["id"] != old
    assert ada.cookie("session") != old_cookie


def test_the_stored_session_does_not_hold_the_cookie(stack, ada):
    secret = ada.cookie("session")
    for key, value in redis_values(stack).items():
        assert secret not in key and secret not in value


def test_the_list_shows_each_browser_and_which_one_asks(two):
    first, second = two
    sessions = expect(second.get("/api/sessions"), 200)["items"]
    assert {session["id"] for session in sessions} == {c.identity["session"]["id"] for c in two}
    assert [session["current"] for session in sessions if session["id"] == second.identity["session"]["id"]] == [True]
    assert [session["current"] for session in sessions if session["id"] == first.identity["session"]["id"]] == [False]
    assert all("python-requests" in session["user_agent"] for session in sessions)


def test_logging_out_ends_the_session_at_the_server(stack, two):
    first, second = two
    secret = first.cookie("session")
    answer = first.delete("/api/session")
    expect(answer, 204)
    assert set_cookies(answer)["session"]["max-age"] == "0"
    assert first.cookie("session") is None
    expect(Client(stack).get("/api/session", headers={"Cookie": f"session={secret}"}), 401, "unauthenticated")
    expect(second.get("/api/session"), 200)
    assert len(expect(second.get("/api/sessions"), 200)["items"]) == 1


def test_another_browser_can_be_logged_out(two):
    first, second = two
    expect(second.delete(f"/api/sessions/{first.identity['session']['id']}"), 204)
    answer = first.get("/api/session")
    expect(answer, 401, "unauthenticated")
    expect(second.get("/api/session"), 200)
    expect(second.delete(f"/api/sessions/{first.identity['session']['id']}"), 404, "not_found")


def test_all_browsers_can_be_logged_out_at_once(stack, two):
    first, second = two
    answer = second.delete("/api/sessions")
    expect(answer, 204)
    assert set_cookies(answer)["session"]["max-age"] == "0"
    for client, cookie in ((first, first.cookie("session")), (second, None)):
        expect(client.get("/api/session"), 401, "unauthenticated")
    forgive(stack)
    expect(Client(stack).log_in(first.email).get("/api/session"), 200)


def test_a_session_that_was_ended_with_all_does_not_come_back_with_an_old_copy_of_redis(stack, two):
    """A lost write or a restored backup of Redis must not undo "log out everywhere"."""
    first, second = two
    kept = redis_values(stack, "session:")
    expect(second.delete("/api/sessions"), 204)
    for key, value in kept.items():
        stack.redis("SET", key, value, "EX", "600")
    expect(first.get("/api/session"), 401, "unauthenticated")


def test_a_session_that_has_expired_is_gone(stack):
    email = new_email()
    client = Client(stack)
    mail = client.ask_for_login(email)
    before = redis_keys(stack)
    expect(client.post("/api/auth/confirm", json={"email": email, "code": code_of(mail)}), 200)
    expire(stack, before)
    expect(client.get("/api/session"), 401, "unauthenticated")


def test_the_language_follows_the_person_to_the_next_login(stack, ada):
    assert expect(ada.patch("/api/session", json={"locale": "de"}), 200)["user"]["locale"] == "de"
    assert expect(ada.get("/api/session"), 200)["user"]["locale"] == "de"


def test_cookie_and_bearer_together_are_refused(ada):
    expect(ada.get("/api/session", headers={"Authorization": "Bearer abc"}), 400, "ambiguous_credentials")


@pytest.mark.parametrize("value", ["Bearer abc", "Bearer ", "Basic YTpi", "x", "Bearer " + "a" * 3000])
def test_authorization_alone_logs_nobody_in(anonymous, value):
    expect(anonymous.get("/api/session", headers={"Authorization": value}), 401, "unauthenticated")


def test_two_cookies_of_the_name_do_not_let_a_stranger_in(stack, ada):
    for cookie in (f"session={'A' * 43}; session={ada.cookie('session')}", f"Session={ada.cookie('session')}",
                   f"xsession={ada.cookie('session')}"):
        answer = Client(stack).get("/api/session", headers={"Cookie": cookie})
        assert answer.status_code in (400, 401), cookie


def test_reading_a_session_sets_no_cookie(ada):
    answer = ada.get("/api/session")
    expect(answer, 200)
    assert not re.search("session=", answer.headers.get("Set-Cookie", ""))
