"""Resend away, slow, refusing and out of quota: each accepted mail is delivered once, and login mails go first."""

import json
import re
import time
import uuid

import pytest
from client import Client, expect, new_email
from core_process import CoreProcess
from stack import wait_until


@pytest.fixture(autouse=True)
def calm(own_stack):
    """Each test begins with an empty outbox, an open gate and a Resend that is well."""
    resend = own_stack.resend
    resend.come_up()
    resend.reset()
    own_stack._aim_webhooks()
    own_stack.sql("DELETE FROM mailer.mails; DELETE FROM mailer.suppressions; DELETE FROM mailer.gate; "
                  "INSERT INTO mailer.gate DEFAULT VALUES; DELETE FROM jobs.jobs WHERE kind IN "
                  "('mailer.send', 'mailer.wake') AND state = 'available'")
    yield
    resend.come_up()
    resend.faults.clear()


def queue(stack, count: int, lane: int = 2, template: str = "receipt") -> set[str]:
    """Has so many mails accepted as the module does, each to a person of its own; gives their keys."""
    prefix = uuid.uuid4().hex[:10]
    body = json.dumps({
        "from": "SmartPages <hello@smartpages.example>", "to": ["ADDRESS"], "subject": "A mail", "text": "Hello.",
        "tags": [{"name": "template", "value": template}, {"name": "mail", "value": "KEY"}]})
    stack.sql(f"""
        WITH mails AS (
          INSERT INTO mailer.mails (id, dedupe_key, template, payload, recipient, lane)
          SELECT id, '{prefix}:' || id, '{template}',
            replace(replace('{body}', 'ADDRESS', address), 'KEY', id::text), address, {lane}
          FROM (SELECT gen_random_uuid() AS id, '{prefix}-' || number || '@example.com' AS address
                FROM generate_series(1, {count}) AS number) AS all_of_them
          RETURNING id)
        INSERT INTO jobs.jobs (kind, priority, erase_when_done) SELECT 'mailer.send', {lane}, true FROM mails""")
    return {row[0] for row in stack.sql(f"SELECT id FROM mailer.mails WHERE dedupe_key LIKE '{prefix}:%'")}


def states(stack) -> dict[str, int]:
    rows = stack.sql("SELECT state, count(*) FROM mailer.mails GROUP BY state")
    return {state: int(count) for state, count in rows}


def delivered(stack) -> list[str]:
    """The keys of what Resend has accepted, doubles twice."""
    return [sent.idempotency_key for sent in stack.resend.mails()]


def all_are_sent(stack, keys, seconds: float = 60):
    wait_until(lambda: states(stack) == {"sent": len(keys)}, seconds, f"sending: {states(stack)}")
    assert sorted(delivered(stack)) == sorted(keys), "each once"


def due_now(stack):
    """What waits for another try, or for a process that was killed, is due."""
    stack.sql("UPDATE mailer.mails SET due_at = now() WHERE state IN ('accepted', 'sending')")
    stack.sql("UPDATE mailer.gate SET open_at = now()")
    stack.sql("UPDATE jobs.jobs SET run_at = now() WHERE kind LIKE 'mailer.%' AND state = 'available'")
    stack.sql("UPDATE jobs.jobs SET locked_until = now() WHERE kind LIKE 'mailer.%' AND state = 'running'")


def attempts(stack) -> int:
    return len(stack.resend.journal.entries("POST", "/emails"))


def metric(stack, name: str) -> float:
    return float(re.search(rf"^{re.escape(name)} (\S+)$", stack.metrics(), re.MULTILINE)[1])


def test_away_for_an_hour(own_stack):
    stack = own_stack
    stack.resend.go_down()
    keys = queue(stack, 40)
    wait_until(lambda: "mail transport down" in stack.log("core"), 20, "the log of it")
    late = Client(stack)
    expect(late.post("/api/auth/start", json={"email": (email := new_email()), "locale": "en"}), 202)
    for _ in range(6):
        stack.pass_time(600)
        time.sleep(0.3)  # a few tries, all in vain
    assert sum(states(stack).values()) <= len(keys) + 1 and "sent" not in states(stack)
    stack.resend.clock.advance(3600)
    stack.resend.come_up()
    stack.pass_time(60)
    all_are_sent(stack, keys)
    assert not stack.resend.mails(email), "its code has expired"
    assert stack.log("core").count("mail transport down") == 1, "one line a change of state"
    wait_until(lambda: "mails resumed" in stack.log("core"), 10, "the log of it")


@pytest.mark.parametrize("fault", [
    {"kind": "drop", "after": True}, {"kind": "drop"}, {"kind": "answer", "status": 500, "after": True},
    {"kind": "answer", "status": 503, "body": "<html>"}])
def test_a_lost_answer_is_asked_for_again_under_the_same_key(own_stack, fault):
    stack = own_stack
    stack.resend.delivery.hold()
    stack.resend.fail(method="POST", path="/emails", count=5, **fault)
    keys = queue(stack, 8)
    wait_until(lambda: attempts(stack) >= 5, 30, "the tries")

    def push():
        due_now(stack)
        time.sleep(0.1)
        return states(stack) == {"sent": 8}

    wait_until(push, 60, "sending")
    assert sorted(delivered(stack)) == sorted(keys)
    bodies = {}
    for sent in stack.resend.mails():
        bodies.setdefault(sent.idempotency_key, set()).add(sent.mail.body)
    assert all(len(each) == 1 for each in bodies.values())
    stack.resend.delivery.release()


def test_a_webhook_settles_a_mail_whose_answer_was_lost(own_stack):
    stack = own_stack
    stack.resend.fail(status=500, after=True, method="POST", path="/emails")
    keys = queue(stack, 1)
    wait_until(lambda: states(stack) == {"sent": 1}, 20, "the webhook's effect")
    assert delivered(stack) == list(keys) and attempts(stack) == 1


def test_a_day_without_an_answer_is_not_repeated(own_stack):
    stack = own_stack
    stack.resend.delivery.hold()
    stack.resend.fail(status=500, after=True, method="POST", path="/emails", count=3)
    keys = queue(stack, 1)
    wait_until(lambda: states(stack) == {"accepted": 1} and attempts(stack) >= 1, 20, "the first try")
    tries = attempts(stack)
    stack.pass_time(25 * 3600)
    stack.resend.clock.advance(25 * 3600)
    wait_until(lambda: states(stack) == {"unknown": 1}, 40, "giving up")
    due_now(stack)
    assert delivered(stack) == list(keys) and attempts(stack) == tries
    assert "unknown: 1" in stack.command("mail", "queue").stdout
    stack.resend.delivery.release()
    wait_until(lambda: states(stack) == {"sent": 1}, 20, "the webhook's effect")


def test_a_key_in_use_is_waited_for_and_a_key_with_another_body_is_not_repeated(own_stack):
    stack = own_stack
    stack.resend.refuse("concurrent_idempotent_requests", count=2, method="POST", path="/emails")
    keys = queue(stack, 1)
    all_are_sent(stack, keys)
    assert attempts(stack) == 3
    stack.resend.refuse("invalid_idempotent_request", method="POST", path="/emails")
    queue(stack, 1)
    wait_until(lambda: states(stack) == {"sent": 1, "unknown": 1}, 20, "the state")
    stack.pass_time(3600)
    time.sleep(1)  # nothing may happen
    assert attempts(stack) == 4 and delivered(stack) == list(keys)


def test_what_is_refused_for_good_holds_up_nobody(own_stack):
    stack = own_stack
    stack.resend.refuse("validation_error", method="POST", path="/emails", skip=2)
    queue(stack, 5)
    wait_until(lambda: states(stack) == {"sent": 4, "failed": 1}, 20, "the others")
    assert "mail refused" in stack.log("core")


def test_a_storm_of_429_is_waited_out_and_the_pace_kept(own_stack):
    stack = own_stack
    keys = queue(stack, 60)
    stack.resend.limits.set(rate=10)
    all_are_sent(stack, keys, 60)
    refused = [entry for entry in stack.resend.journal.entries("POST", "/emails") if entry["status"] == 429]
    # The pace is learnt from the first answers; until then some requests may be too many.
    assert len(refused) <= 12
    stack.resend.refuse("rate_limit_exceeded", count=20, method="POST", path="/emails")
    more = queue(stack, 5)
    wait_until(lambda: states(stack) == {"sent": 65}, 60, "sending")
    assert sorted(delivered(stack)) == sorted(keys | more)


@pytest.mark.parametrize("name", ["daily", "monthly"])
def test_a_used_up_quota_halts_all_and_a_larger_one_is_found(own_stack, name):
    stack = own_stack
    stack.resend.limits.set(**{name: 3})
    keys = queue(stack, 8)
    wait_until(lambda: metric(stack, "smartpages_mail_halted") == 1, 20, "the halt")
    wait_until(lambda: "sending" not in states(stack), 10, "the answers")
    assert len(delivered(stack)) == 3
    tries = attempts(stack)
    told = stack.command("mail", "queue").stdout
    assert f"429 {name}_quota_exceeded" in told and "waiting usual: 5" in told
    stack.pass_time(600)
    time.sleep(1)  # nothing may happen
    assert attempts(stack) == tries, "a long pause"
    stack.resend.limits.set(**{name: 100})
    stack.pass_time(3600)
    all_are_sent(stack, keys)
    assert metric(stack, "smartpages_mail_halted") == 0


def test_a_wrong_key_halts_all_until_it_is_mended(own_stack):
    stack = own_stack
    right = stack.resend.key
    stack.resend.key = "re_another_0123456789"
    try:
        keys = queue(stack, 10)
        wait_until(lambda: metric(stack, "smartpages_mail_halted") == 1, 20, "the halt")
        assert attempts(stack) <= 3, "not each mail finds it out"
        assert "403 invalid_api_key" in stack.command("mail", "queue").stdout
        assert stack.log("core").count('"event":"mails halted"') >= 1
    finally:
        stack.resend.key = right
    stack.command("mail", "queue", "--resume")
    all_are_sent(stack, keys)


def test_a_login_mail_overtakes_ten_thousand_others(own_stack):
    stack = own_stack
    stack.resend.limits.set(rate=5)
    warm = queue(stack, 3)
    wait_until(lambda: len(delivered(stack)) == len(warm), 20, "the pace")
    queue(stack, 10_000)
    for _ in range(3):
        begin = time.monotonic()
        Client(stack).ask_for_login(new_email())
        assert time.monotonic() - begin < 3, "a login mail waited for the others"
    wait_until(lambda: int(stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind LIKE 'mailer.%'")[0][0]) < 20, 90,
               "an end of the jobs without work")
    begin = time.monotonic()
    Client(stack).ask_for_login(new_email())
    assert time.monotonic() - begin < 3
    runs = int(stack.sql("SELECT nextval('jobs.jobs_id_seq')")[0][0])
    before = len(delivered(stack))
    time.sleep(3)
    sent = len(delivered(stack)) - before
    assert sent >= 9, "nearly the whole pace is used"
    assert int(stack.sql("SELECT nextval('jobs.jobs_id_seq')")[0][0]) - runs < 4 * sent + 20, "churn of jobs"
    assert len(delivered(stack)) == len(set(delivered(stack)))
    refused = [entry for entry in stack.resend.journal.entries("POST", "/emails") if entry["status"] == 429]
    assert len(refused) <= 5


def test_killed_at_any_moment_of_sending(own_stack):
    stack = own_stack
    stack.resend.latency = 0.03
    stack.resend.delivery.hold()
    with CoreProcess(stack) as core:
        core.wait_live()
        keys = queue(stack, 60)
        for number in range(12):
            goal = len(delivered(stack)) + 2
            wait_until(lambda: len(delivered(stack)) >= goal or states(stack).get("sent") == len(keys), 30, "progress")
            time.sleep(number % 4 * 0.011)  # another moment of the sending each time
            core.kill()
            core.start()
            core.wait_live()
            due_now(stack)

        def push():
            due_now(stack)
            time.sleep(0.2)
            return states(stack) == {"sent": len(keys)}

        wait_until(push, 60, "sending")
        assert sorted(delivered(stack)) == sorted(keys), "each once"
    stack.resend.delivery.release()


def test_stopped_and_started_in_the_orderly_way(own_stack):
    stack = own_stack
    stack.resend.latency = 0.05
    keys = queue(stack, 40)
    wait_until(lambda: len(delivered(stack)) >= 5, 20, "the first")
    stack.restart_service("core")
    stack.wait_ready()
    all_are_sent(stack, keys)
    assert attempts(stack) == len(keys), "nothing was tried twice"
