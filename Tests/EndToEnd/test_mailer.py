"""Mails through Resend's stand-in: what is sent, what its webhooks do, and what an operator sees."""

import base64
import hashlib
import hmac
import json
import re
import time
import uuid

import pytest
import requests
from client import Client, at_once, expect, new_email
from stack import code_of, wait_until

TEMPLATES = 24


def mails_to(stack, email, template=None):
    return stack.resend.mails(email, template)


def welcome_of(stack, email):
    return stack.resend.wait_for_mail(email, "welcome")


def row_of(stack, sent) -> dict:
    """A mail's row, by the key that it was sent with."""
    rows = stack.sql(f"SELECT to_jsonb(m) - 'payload' FROM mailer.mails m WHERE id = '{sent.idempotency_key}'")
    return json.loads(rows[0][0]) if rows else {}


def metric(stack, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", stack.metrics(), re.MULTILINE)
    assert found, name
    return float(found[1])


def happens(stack, sent, type, **details):
    event = stack.resend.event(sent.id, type, **details)
    assert stack.resend.delivery.wait(10)
    return event


@pytest.fixture
def member(stack):
    client = Client(stack).log_in()
    welcome_of(stack, client.email)
    return client


def test_each_mail_is_sent_once_under_its_own_key(stack):
    client = Client(stack).log_in()
    welcome = welcome_of(stack, client.email)
    assert len(mails_to(stack, client.email)) == 2
    keys = [sent.idempotency_key for sent in mails_to(stack, client.email)]
    assert len(set(keys)) == 2 and all(str(uuid.UUID(key)) == key for key in keys)
    assert {tag["name"]: tag["value"] for tag in welcome.body["tags"]} == {
        "template": "welcome", "mail": welcome.idempotency_key}
    assert welcome.body["html"].startswith("<!doctype html>") and stack.app_url in welcome.body["text"]
    wait_until(lambda: row_of(stack, welcome)["delivery"] == "delivered", what="the delivery")
    assert row_of(stack, welcome)["state"] == "sent"
    assert row_of(stack, welcome)["provider_id"] == welcome.id


def test_nothing_of_a_login_mail_stays(stack):
    client = Client(stack)
    mail = client.ask_for_login(new_email())
    assert stack.resend.delivery.wait(10)
    wait_until(lambda: stack.sql("SELECT count(*) FROM mailer.mails WHERE template = 'login'") == [["0"]], 5)
    code = code_of(mail)
    for table in ("mailer.mails", "mailer.events", "jobs.jobs"):
        rows = stack.sql(f"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text LIKE '%{code}%'")
        assert rows == [["0"]], table


def test_delivery_is_known_in_whatever_order_its_news_come(stack, member):
    sent = mails_to(stack, member.email, "welcome")[0]
    delivery = stack.resend.delivery
    assert delivery.wait(10)
    for seed in range(10):
        stack.sql("UPDATE mailer.mails SET delivery = NULL, delivery_rank = 0, delivery_at = NULL, "
                  f"provider_id = NULL, state = 'unknown' WHERE id = '{sent.idempotency_key}'")
        delivery.hold()
        for type in ("email.sent", "email.delivery_delayed", "email.delivered", "email.opened"):
            stack.resend.event(sent.id, type)
        delivery.release("shuffled", seed=seed, copies=3)
        assert delivery.wait(10)
        row = row_of(stack, sent)
        assert (row["state"], row["delivery"], row["provider_id"]) == ("sent", "delivered", sent.id)


@pytest.fixture
def lifted(stack):
    """Whoever a test has suppressed may have mails again."""
    yield stack
    stack.resend.suppressed.clear()
    stack.sql("DELETE FROM mailer.suppressions")


@pytest.mark.parametrize("type, details", [
    ("email.bounced", {}), ("email.complained", {}), ("email.suppressed", {})])
def test_a_suppressed_address_gets_nothing_until_an_operator_lifts_it(lifted, member, type, details):
    stack = lifted
    happens(stack, mails_to(stack, member.email, "welcome")[0], type, **details)
    stack.resend.suppressed.clear()
    count = len(mails_to(stack, member.email))
    before = metric(stack, 'smartpages_mails_total{outcome="suppressed"}')
    expect(Client(stack).post("/api/auth/start", json={"email": member.email, "locale": "en"}), 202)
    wait_until(lambda: metric(stack, 'smartpages_mails_total{outcome="suppressed"}') > before, what="the count")
    assert len(mails_to(stack, member.email)) == count
    assert stack.sql("SELECT count(*) FROM mailer.mails WHERE template = 'login'") == [["0"]]
    assert f"{member.email}  {type.removeprefix('email.')}" in stack.command("mail", "suppressions").stdout
    stack.command("mail", "suppressions", "--lift", member.email.upper())
    assert "not suppressed" in stack.command("mail", "suppressions", "--lift", member.email, check=False).stderr
    Client(stack).ask_for_login(member.email)


def test_a_login_by_an_earlier_code_does_not_lift_it(lifted):
    stack = lifted
    client, email = Client(stack), new_email()
    mail = client.ask_for_login(email)
    happens(stack, mails_to(stack, email)[0], "email.complained")
    expect(client.post("/api/auth/confirm", json={"email": email, "code": code_of(mail)}), 200)
    wait_until(lambda: stack.sql("SELECT state FROM mailer.mails WHERE template = 'welcome' "
                                 f"AND recipient = '{email}'") == [["suppressed"]], what="the suppressed welcome")
    assert len(mails_to(stack, email)) == 1


def test_a_full_mailbox_is_no_reason_to_stop_writing(lifted, member):
    stack = lifted
    sent = mails_to(stack, member.email, "welcome")[0]
    bounce = {"type": "Transient", "subType": "MailboxFull", "message": "Full."}
    happens(stack, sent, "email.bounced", bounce=bounce)
    assert row_of(stack, sent)["delivery"] == "bounced"
    Client(stack).ask_for_login(member.email)


def test_fifty_deliveries_of_one_event_at_once_have_one_effect(lifted, member):
    stack = lifted
    sent = mails_to(stack, member.email, "welcome")[0]
    event = happens(stack, sent, "email.bounced")
    stack.sql("DELETE FROM mailer.suppressions")
    stack.sql(f"DELETE FROM mailer.events WHERE id = '{event.id}'")
    headers = {**stack.resend.signer(event.id, event.body), "Content-Type": "application/json"}
    answers = at_once(50, lambda _: post(stack, event.body, headers).status_code)
    assert answers == [200] * 50
    assert stack.sql(f"SELECT count(*) FROM mailer.events WHERE id = '{event.id}'") == [["1"]]
    assert stack.sql("SELECT count(*) FROM mailer.suppressions") == [["1"]]


# --- Signatures

def post(stack, body: bytes, headers: dict) -> requests.Response:
    return requests.post(f"{stack.app_url}/api/webhooks/resend", data=body, headers=headers, timeout=30)


def signed(stack, body: bytes, secret: str | None = None, at: float = 0, id: str | None = None) -> dict:
    id, timestamp = id or f"msg_{uuid.uuid4().hex}", str(int(time.time() + at))
    key = base64.b64decode((secret or stack.resend.webhook_secret).removeprefix("whsec_"))
    code = hmac.digest(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {"svix-id": id, "svix-timestamp": timestamp, "svix-signature": f"v1,{base64.b64encode(code).decode()}",
            "Content-Type": "application/json"}


BODY = json.dumps({"type": "email.complained", "created_at": "2026-11-21T12:00:00.000Z",
                   "data": {"email_id": "x", "to": ["nobody@example.com"]}}).encode()


def forgeries(stack):
    good = signed(stack, BODY)
    other = "whsec_" + base64.b64encode(bytes(24)).decode()
    return {
        "unsigned": {"Content-Type": "application/json"},
        "another secret": signed(stack, BODY, other),
        "another body": signed(stack, BODY + b" "),
        "too old": signed(stack, BODY, at=-310),
        "too new": signed(stack, BODY, at=310),
        "another scheme": {**good, "svix-signature": good["svix-signature"].replace("v1,", "v1a,")},
        "another id": {**good, "svix-id": "msg_other"},
        "another time": {**good, "svix-timestamp": str(int(good["svix-timestamp"]) - 1)},
        "Stripe's scheme": {"Stripe-Signature": f"t={good['svix-timestamp']},v1=00"},
        "many signatures": {**good, "svix-signature": "v1,AAAA " * 500 + good["svix-signature"]},
    }


def test_what_is_not_signed_by_resend_is_refused_and_not_stored(stack):
    before = stack.sql("SELECT count(*) FROM mailer.events")
    for name, headers in forgeries(stack).items():
        answer = post(stack, BODY, headers)
        assert answer.status_code == 400 and answer.json()["code"] == "signature_invalid", name
    assert post(stack, BODY, {**signed(stack, BODY), "svix-signature": "v1," + "A" * (1 << 20)}).status_code in (
        400, 414, 431, 494)
    assert stack.sql("SELECT count(*) FROM mailer.events") == before
    assert stack.sql("SELECT count(*) FROM mailer.suppressions WHERE address = 'nobody@example.com'") == [["0"]]


def test_unknown_types_and_unreadable_bodies_are_stored_and_answered_200(stack):
    for body in (b'{"type":"email.invented","data":{}}', b'{"type":"contact.created"}', b"[]", b"not json", b"{}",
                 b'{"type":"email.delivered","data":{"tags":[],"email_id":[]}}', "{\"type\":\"ü\"}".encode()):
        headers = signed(stack, body)
        for _ in range(2):
            assert post(stack, body, headers).status_code == 200, body
        assert stack.sql(f"SELECT count(*) FROM mailer.events WHERE id = '{headers['svix-id']}'") == [["1"]]


def test_a_body_of_more_than_a_megabyte_is_refused(stack):
    body = b'{"type":"' + b"x" * (1 << 20) + b'"}'
    assert post(stack, body, signed(stack, body)).status_code == 413


# --- The operator

def test_every_template_has_a_preview(stack):
    listed = stack.command("mail", "preview").stdout.splitlines()
    names = [line.partition(":")[0] for line in listed]
    assert len(names) == TEMPLATES
    for name in names:
        for language, greeting in (("de", "Guten Tag,"), ("en", "Hello,")):
            text = stack.command("mail", "preview", name, "--language", language).stdout
            assert text.startswith("Subject: ") and greeting in text
            page = stack.command("mail", "preview", name, "--language", language, "--html").stdout
            assert page.startswith("<!doctype html>") and f'lang="{language}"' in page
    assert stack.command("mail", "preview", "nonsense", check=False).returncode != 0


def test_the_outbox_can_be_looked_at(stack):
    told = stack.command("mail", "queue").stdout
    assert "mails leave" in told and "waiting login: 0" in told and "failed: 0" in told
    assert metric(stack, "smartpages_mail_halted") == 0
    assert metric(stack, 'smartpages_mails_waiting{lane="login"}') == 0
