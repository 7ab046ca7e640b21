"""Logging in by a mailed link or code: each works once, for ten minutes, for the one who asked."""

import re
import statistics
import time
from datetime import datetime, timedelta, timezone

import pytest
from client import (Client, at_once, code_of, count_login_mails, expect, expect_fields, expire, forgive, new_email,
                    redis_keys, token_of, wait_for_mail)


def confirm(client, **body):
    return client.post("/api/auth/confirm", json=body)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


# --- Asking

def test_the_mail_has_a_link_with_the_token_in_its_fragment_and_a_code(stack, anonymous):
    email = new_email()
    mail = anonymous.ask_for_login(email)
    assert mail["to"] == [email]
    link = f"{stack.app_url}/login/confirm#token={token_of(mail)}"
    assert link in mail["text"] and link in mail["html"].replace("&amp;", "&")
    assert code_of(mail) in mail["text"].replace(" ", "") and re.search(r"\d{3}", mail["html"])
    assert len(token_of(mail)) >= 22, "128 bits take 22 characters"


@pytest.mark.parametrize(("locale", "words"), [("de", ("Anmelde", "Code")), ("en", ("Log in", "Login", "login", "code"))])
def test_the_mail_is_in_the_language_of_the_page(anonymous, locale, words):
    mail = anonymous.ask_for_login(new_email(), locale)
    assert f'lang="{locale}"' in mail["html"]
    assert any(word in mail["subject"] + mail["text"] for word in words)


def test_neither_code_nor_token_is_logged_or_stored_readably(stack, anonymous):
    mail = anonymous.ask_for_login(new_email())
    confirm(anonymous, token=token_of(mail))
    for secret in (token_of(mail), anonymous.cookie("session")):
        for name in ("core", "access-app", "nginx"):
            assert secret not in stack.log(name)
        assert all(secret not in key for key in redis_keys(stack))


def test_asking_answers_the_same_for_known_and_unknown_addresses(stack, ada):
    answers = {}
    for kind, email in (("known", ada.email), ("unknown", new_email())):
        forgive(stack)
        answer = Client(stack).post("/api/auth/start", json={"email": email, "locale": "en"})
        cookies = [(c.name, len(c.value), c.path, c.secure, sorted(c._rest)) for c in answer.cookies]
        answers[kind] = (answer.status_code, answer.content, sorted(answer.headers), cookies)
    assert answers["known"] == answers["unknown"]


def test_asking_takes_the_same_time_for_known_and_unknown_addresses(stack, ada):
    times = {"known": [], "unknown": []}
    for _ in range(9):
        for kind, email in (("known", ada.email), ("unknown", new_email())):
            forgive(stack)
            client = Client(stack)
            client.get("/api/health/live")
            begin = time.perf_counter()
            expect(client.post("/api/auth/start", json={"email": email, "locale": "en"}), 202)
            times[kind].append(time.perf_counter() - begin)
    known, unknown = (statistics.median(times[kind]) for kind in ("known", "unknown"))
    assert abs(known - unknown) < 0.010 + 0.5 * min(known, unknown), times


def test_nothing_is_stored_about_a_person_before_they_confirm(stack, anonymous):
    email = new_email()
    anonymous.ask_for_login(email)
    columns = stack.sql("SELECT table_name FROM information_schema.columns WHERE table_schema = 'customer' "
                        "AND column_name = 'email'")
    assert columns
    for (table,) in columns:
        assert stack.sql(f"SELECT count(*) FROM customer.{table} WHERE email::text = '{email}'") == [["0"]]


@pytest.mark.parametrize(("body", "fields"), [
    ({"email": "", "locale": "en"}, None),
    ({"email": "nobody", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "a@b", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "a b@example.com", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "a@example.com\nBcc: b@example.com", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "a@example.com,b@example.com", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "<a@example.com>", "locale": "en"}, [("/email", "invalid_email")]),
    ({"email": "a@" + "x" * 250 + ".com", "locale": "en"}, None),
    ({"email": 1, "locale": "en"}, [("/email", "wrong_type")]),
    ({"email": "a@example.com", "locale": "fr"}, [("/locale", "invalid")]),
    ({"locale": "en"}, [("/email", "required")]),
], ids=repr)
def test_asking_needs_an_address_and_a_language(anonymous, body, fields):
    answer = anonymous.post("/api/auth/start", json=body)
    if fields is None:
        expect(answer, 422, "invalid_body")
    else:
        expect_fields(answer, *fields)


def test_an_address_is_the_same_in_capitals(stack, ada):
    forgive(stack)
    email = ada.email.upper()
    client = Client(stack)
    expect(client.post("/api/auth/start", json={"email": email, "locale": "en"}), 202)
    mail = wait_for_mail(stack, ada.email, after=1)
    session = expect(confirm(client, email=email, code=code_of(mail)), 200)
    assert session["user"]["id"] == ada.identity["user"]["id"]


# --- Confirming

def test_the_first_confirmation_makes_user_and_customer_and_starts_the_trial(stack):
    email = new_email()
    session = Client(stack).log_in(email, "de").identity
    assert session["user"]["email"] == email and session["user"]["locale"] == "de"
    assert session["customer"]["role"] == "owner"
    entitlements = session["entitlements"]
    assert entitlements["status"] == "trialing" and entitlements["write"] and entitlements["publish"]
    left = datetime.fromisoformat(entitlements["trial_ends_at"]) - datetime.now(timezone.utc)
    assert timedelta(days=7) - timedelta(minutes=5) < left <= timedelta(days=7)
    welcome = wait_for_mail(stack, email, "welcome")
    assert 'lang="de"' in welcome["html"]


def test_the_second_login_finds_the_same_user_and_customer(stack, ada):
    forgive(stack)
    again = Client(stack).log_in(ada.email).identity
    assert again["user"] == ada.identity["user"]
    assert again["customer"] == ada.identity["customer"]
    assert again["entitlements"] == ada.identity["entitlements"], "the trial does not start anew"


def test_the_token_logs_in_the_browser_that_asked(anonymous):
    mail = anonymous.ask_for_login(new_email())
    session = expect(confirm(anonymous, token=token_of(mail)), 200)
    assert expect(anonymous.get("/api/session"), 200)["session"]["id"] == session["session"]["id"]


def test_the_token_in_another_browser_asks_for_the_code_and_is_not_used_up(stack, anonymous):
    mail = anonymous.ask_for_login(new_email())
    other = Client(stack)
    for _ in range(7):
        expect(confirm(other, token=token_of(mail)), 403, "code_required")
    assert other.cookie("session") is None
    other.ask_for_login(new_email())  # has a nonce now, but another one
    expect(confirm(other, token=token_of(mail)), 403, "code_required")
    expect(confirm(anonymous, token=token_of(mail)), 200)


def test_the_code_works_in_any_browser(stack, anonymous):
    email = new_email()
    mail = anonymous.ask_for_login(email)
    assert expect(confirm(Client(stack), email=email, code=code_of(mail)), 200)["user"]["email"] == email


@pytest.mark.parametrize("first", ["code", "token"])
@pytest.mark.parametrize("second", ["code", "token"])
def test_code_and_token_work_once_together(anonymous, first, second):
    email = new_email()
    mail = anonymous.ask_for_login(email)
    bodies = {"code": {"email": email, "code": code_of(mail)}, "token": {"token": token_of(mail)}}
    expect(confirm(anonymous, **bodies[first]), 200)
    answer = confirm(anonymous, **bodies[second])
    # The nonce cookie may be gone with the login, and then the token is a stranger's.
    expect(answer, (401, 403) if second == "token" else 401)


def test_a_newer_mail_makes_the_older_code_useless(stack, anonymous):
    email = new_email()
    old = anonymous.ask_for_login(email)
    forgive(stack)
    new = anonymous.ask_for_login(email)
    if code_of(old) != code_of(new):
        expect(confirm(anonymous, email=email, code=code_of(old)), 401, "login_invalid")
    expect(confirm(anonymous, email=email, code=code_of(new)), 200)


@pytest.mark.parametrize("kind", ["code", "token"])
def test_what_has_expired_is_refused(stack, anonymous, kind):
    email = new_email()
    before = redis_keys(stack)
    mail = anonymous.ask_for_login(email)
    expire(stack, before)
    body = {"email": email, "code": code_of(mail)} if kind == "code" else {"token": token_of(mail)}
    expect(confirm(anonymous, **body), (401, 403) if kind == "token" else 401)
    assert anonymous.cookie("session") is None


def test_login_data_lives_ten_minutes_at_most(stack, anonymous):
    before = redis_keys(stack)
    anonymous.ask_for_login(new_email())
    lives = [int(stack.redis("PTTL", key)) for key in redis_keys(stack) - before]
    assert all(0 < life <= 24 * 3600 * 1000 for life in lives), "something is kept for ever"
    assert any(580_000 < life <= 600_000 for life in lives)


@pytest.mark.parametrize("kind", ["known", "unknown"])
def test_five_wrong_tries_make_the_code_void(stack, anonymous, ada, kind):
    forgive(stack)
    email = ada.email if kind == "known" else new_email()
    mail = anonymous.ask_for_login(email)
    for left in (4, 3, 2, 1, 0):
        problem = expect(confirm(anonymous, email=email, code=wrong(code_of(mail))), 401, "login_invalid")
        assert problem["remaining_tries"] == left
    expect(confirm(anonymous, email=email, code=code_of(mail)), 401, "login_invalid")


def test_wrong_tries_at_the_same_time_are_all_counted(stack, anonymous):
    email = new_email()
    mail = anonymous.ask_for_login(email)
    code = int(code_of(mail))
    # 40 different guesses at once, the right one last: five at most are looked at, so it may not win after five.
    guesses = [f"{(code + 1 + number) % 1_000_000:06}" for number in range(40)]
    answers = at_once(40, lambda index: confirm(Client(stack), email=email, code=guesses[index]))
    assert {answer.status_code for answer in answers} <= {401, 429}
    tried = [answer.json()["remaining_tries"] for answer in answers if "remaining_tries" in answer.json()]
    assert sorted(left for left in tried if left > 0) == sorted(set(tried) - {0}), "two guesses counted as one"
    expect(confirm(Client(stack), email=email, code=code_of(mail)), 401, "login_invalid")


def test_guessing_for_an_address_that_nobody_asked_for_tells_nothing(stack, ada):
    for email in (ada.email, new_email()):
        problem = expect(confirm(Client(stack), email=email, code="123456"), 401, "login_invalid")
        assert problem.get("remaining_tries", 0) == 0


@pytest.mark.parametrize("body", [
    {}, {"token": ""}, {"token": 1}, {"code": "123456"}, {"email": "a@example.com"}, {"token": "x", "code": "123456"},
    {"email": "a@example.com", "code": 123456}, {"email": "a@example.com", "code": "12345"},
    {"email": "a@example.com", "code": "1234567"}, {"email": "a@example.com", "code": "12345a"},
    {"token": "x" * 10_000}, {"token": None}, {"token": ["x"]},
], ids=lambda body: repr(body)[:50])
def test_confirming_needs_a_token_or_an_address_with_a_code(anonymous, body):
    expect(confirm(anonymous, **body), (401, 422))


@pytest.mark.parametrize("token", ["x", "A" * 43, "../..", "%00", "\u0661" * 20, "' OR 1=1"])
def test_an_unknown_token_is_refused(anonymous, token):
    anonymous.ask_for_login(new_email())
    expect(confirm(anonymous, token=token), (401, 403))


@pytest.mark.parametrize("kind", ["code", "token"])
def test_of_a_hundred_confirmations_at_once_one_wins(stack, anonymous, kind):
    email = new_email()
    mail = anonymous.ask_for_login(email)
    body = {"email": email, "code": code_of(mail)} if kind == "code" else {"token": token_of(mail)}
    clients = [anonymous.clone() for _ in range(100)]
    for client in clients:
        client.mount("http://", Client(stack).get_adapter("http://"))
    answers = at_once(100, lambda index: confirm(clients[index], **body))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 1, statuses
    assert set(statuses) <= {200, 401, 403, 429, 503}, statuses
    rows = stack.sql("SELECT table_name FROM information_schema.columns WHERE table_schema = 'customer' "
                     "AND column_name = 'email'")
    assert sum(int(stack.sql(f"SELECT count(*) FROM customer.{table} WHERE email::text = '{email}'")[0][0])
               for (table,) in rows) >= 1


def test_a_new_person_in_two_browsers_at_once_is_one_person(stack):
    """Two mails to a new address cannot both be good, so the race is between code and token of one."""
    email = new_email()
    client = Client(stack)
    mail = client.ask_for_login(email)
    bodies = [{"email": email, "code": code_of(mail)}, {"token": token_of(mail)}] * 10
    clients = [client.clone() for _ in bodies]
    answers = at_once(len(bodies), lambda index: confirm(clients[index], **bodies[index]))
    assert [answer.status_code for answer in answers].count(200) == 1


# --- Limits

def ask_until_limited(clients, emails, most: int):
    for _, client, email in zip(range(most), clients, emails):
        answer = client.post("/api/auth/start", json={"email": email, "locale": "en"})
        if answer.status_code == 429:
            return answer
        expect(answer, 202)
    return None


def repeat(make):
    while True:
        yield make()


def test_one_network_cannot_ask_for_mails_without_end(stack):
    client = Client(stack)
    answer = ask_until_limited(repeat(lambda: client), repeat(new_email), 400)
    assert answer is not None, "400 mails to 400 people from one network"
    problem = expect(answer, 429, "rate_limited")
    assert problem["retry_after"] == int(answer.headers["Retry-After"]) >= 1
    expect(Client(stack).post("/api/auth/start", json={"email": new_email(), "locale": "en"}), 202)
    forgive(stack)


@pytest.mark.parametrize("kind", ["known", "unknown"])
def test_one_address_cannot_be_flooded_from_many_networks(stack, ada, kind):
    email = ada.email if kind == "known" else new_email()
    before = count_login_mails(stack, email)
    answer = ask_until_limited(repeat(lambda: Client(stack)), repeat(lambda: email), 30)
    if answer is not None:
        assert int(answer.headers["Retry-After"]) >= 1
    # Jobs are sent in order: with a later one there, all earlier ones are.
    last = Client(stack).ask_for_login(new_email())
    assert last
    assert count_login_mails(stack, email) - before < 30
    forgive(stack)


def test_codes_cannot_be_guessed_without_end_from_one_network(stack):
    client = Client(stack)
    for _ in range(900):
        answer = confirm(client, email=new_email(), code="000000")
        if answer.status_code == 429:
            break
        expect(answer, 401)
    problem = expect(answer, 429, "rate_limited")
    assert problem["retry_after"] >= 1
    forgive(stack)
