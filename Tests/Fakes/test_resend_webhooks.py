"""The webhooks of the Resend stand-in are signed as Svix signs them and have Resend's payloads."""

import json
from typing import Any, get_type_hints

import pytest
import resend
import standardwebhooks
import svix.webhooks
from fakes.resend.events import TYPES
from fakes.resend.svix import new_secret
from fakes.web import Request
from resend.webhooks import _webhook_event as shapes
from resend_fixtures import a_mail, fake, receiver  # noqa: F401


def verified(request: Request, secret: str) -> dict[str, Any]:
    """The event of a webhook that all three official verifiers take."""
    svix.webhooks.Webhook(secret).verify(request.body, request.headers)
    standardwebhooks.Webhook(secret).verify(request.body, {
        f"webhook-{name}": request.headers[f"svix-{name}"] for name in ("id", "timestamp", "signature")})
    return resend.Webhooks.verify({
        "payload": request.body.decode(), "webhook_secret": secret,
        "headers": {name: request.headers[f"svix-{name}"] for name in ("id", "timestamp", "signature")}})


def types_of(requests: list[Request]) -> list[str]:
    return sorted(json.loads(request.body)["type"].removeprefix("email.") for request in requests)


def test_a_mail_is_sent_and_delivered(fake, receiver):
    id = resend.Emails.send(a_mail())["id"]
    requests = receiver.wait(2)
    assert types_of(requests) == ["delivered", "sent"]
    for request in requests:
        event = verified(request, fake.webhook_secret)
        assert (request.path, request.headers["host"]) == ("/api/webhooks/resend", "app.localhost")
        assert request.headers["content-type"].startswith("application/json")
        assert event["created_at"].endswith("Z")
        assert event["data"] == {
            "email_id": id, "created_at": event["data"]["created_at"], "message_id": fake.mails()[0].message_id,
            "from": "SmartPages <hello@smartpages.example>", "to": ["ada@example.com"],
            "subject": "Your code: 123456", "tags": {"template": "login"}}
    assert len({request.headers["svix-id"] for request in requests}) == 2


@pytest.mark.parametrize("to, expected", [
    ("delivered@resend.dev", ["delivered", "sent"]), ("delivered+a@resend.dev", ["delivered", "sent"]),
    ("bounced@resend.dev", ["bounced", "sent"]), ("Bo <bounced+b@resend.dev>", ["bounced", "sent"]),
    ("complained@resend.dev", ["complained", "delivered", "sent"]),
    ("complained+c@resend.dev", ["complained", "delivered", "sent"]),
    ("suppressed@resend.dev", ["suppressed"]), ("suppressed+d@resend.dev", ["suppressed"])])
def test_addresses_for_tests_have_their_events(fake, receiver, to, expected):
    resend.Emails.send(a_mail(to=to))
    requests = receiver.wait(len(expected))
    assert types_of(requests) == expected
    assert {tuple(verified(request, fake.webhook_secret)["data"]["to"]) for request in requests} == {(to,)}
    assert fake.mails()[0].last_event in expected


def test_events_name_the_recipients_that_they_concern(fake, receiver):
    resend.Emails.send(a_mail(to=["delivered@resend.dev", "bounced@resend.dev"], bcc="suppressed@resend.dev"))
    events = {event["type"]: event["data"]["to"]
              for event in (verified(request, fake.webhook_secret) for request in receiver.wait(4))}
    assert events == {
        "email.sent": ["delivered@resend.dev", "bounced@resend.dev"], "email.delivered": ["delivered@resend.dev"],
        "email.bounced": ["bounced@resend.dev"], "email.suppressed": ["suppressed@resend.dev"]}


SHAPES = {
    "email.bounced": shapes.EmailBouncedEventData, "email.clicked": shapes.EmailClickedEventData,
    "email.failed": shapes.EmailFailedEventData, "email.suppressed": shapes.EmailSuppressedEventData}
OPTIONAL = {"broadcast_id", "template_id"}


@pytest.mark.parametrize("type", TYPES)
def test_events_have_the_shape_that_the_official_client_knows(fake, receiver, type):
    fake.set(automatic=False)
    id = resend.Emails.send(a_mail())["id"]
    fake.event(id, type)
    event = verified(receiver.wait(1)[0], fake.webhook_secret)
    assert event["type"] == type
    shape = get_type_hints(SHAPES.get(type, shapes.BaseEmailEventData))
    assert set(event["data"]) == set(shape) - OPTIONAL
    for name in {"bounce", "click", "failed", "suppressed"} & set(shape):
        assert set(event["data"][name]) == set(get_type_hints(shape[name]))
    assert resend.Emails.get(id)["last_event"] == type.removeprefix("email.")


def test_events_come_only_when_asked_for(fake, receiver):
    fake.set(automatic=False)
    id = resend.Emails.send(a_mail())["id"]
    assert resend.Emails.get(id)["last_event"] == "queued"
    fake.event(id, "email.delivered")
    assert types_of(receiver.wait(1)) == ["delivered"]
    with pytest.raises(ValueError):
        fake.event(id, "email.read")
    with pytest.raises(KeyError):
        fake.event("1", "email.sent")


def test_an_address_that_bounced_or_complained_is_suppressed(fake, receiver):
    first = resend.Emails.send(a_mail())["id"]
    soft = {"message": "Full", "type": "Transient", "subType": "MailboxFull"}
    fake.event(first, "email.bounced", bounce=soft)
    resend.Emails.send(a_mail())
    fake.event(first, "email.bounced")
    last = resend.Emails.send(a_mail(to="Ada <Ada@example.com>"))["id"]
    assert types_of(receiver.wait(7)) == ["bounced", "bounced", "delivered", "delivered", "sent", "sent", "suppressed"]
    assert resend.Emails.get(last)["last_event"] == "suppressed"
    assert fake.suppressed == {"ada@example.com"}


def test_a_refused_event_is_sent_again_with_the_same_id_and_a_fresh_signature(fake, receiver):
    fake.set(automatic=False)
    receiver.statuses = [500, 503]
    id = resend.Emails.send(a_mail())["id"]
    event = fake.event(id, "email.delivered")
    requests = receiver.wait(3)
    assert {request.headers["svix-id"] for request in requests} == {event.id}
    assert {request.body for request in requests} == {event.body}
    for request in requests:
        verified(request, fake.webhook_secret)
    assert fake.delivery.wait(2)
    assert [attempt.status for attempt in fake.delivery.log(event.id)] == [500, 503, 200]
    fake.replay(event.id)
    assert receiver.wait(4)[3].headers["svix-id"] == event.id


def test_events_can_be_held_reordered_and_doubled(fake, receiver):
    fake.delivery.hold()
    resend.Emails.send(a_mail(to="complained@resend.dev"))
    held = fake.delivery.held()
    assert [message.type for message in held] == ["email.sent", "email.delivered", "email.complained"]
    order = [held[2].id, held[0].id, held[2].id, held[1].id]
    assert [attempt.status for attempt in fake.delivery.deliver_in_order(order)] == [200] * 4
    assert [request.headers["svix-id"] for request in receiver.wait(4)] == order


def test_signatures_of_several_secrets_and_of_other_times(fake, receiver):
    fake.set(automatic=False)
    id = resend.Emails.send(a_mail())["id"]
    other = new_secret()
    fake.signer.secrets = [other, fake.webhook_secret]
    fake.event(id, "email.sent")
    rolled = receiver.wait(1)[0]
    assert len(rolled.headers["svix-signature"].split()) == 2
    verified(rolled, fake.webhook_secret)
    verified(rolled, other)
    fake.signer.secrets = [other]
    fake.event(id, "email.sent")
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        svix.webhooks.Webhook(fake.webhook_secret).verify(receiver.wait(2)[1].body, receiver.received[1].headers)
    for offset in (-301, 301):
        fake.signer.offset = offset
        receiver.received.clear()
        fake.event(id, "email.sent")
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            svix.webhooks.Webhook(other).verify(receiver.wait(1)[0].body, receiver.received[0].headers)


def test_any_body_can_be_told(fake, receiver):
    fake.tell({"type": "contact.created", "created_at": "2026-11-22T23:41:12.126Z", "data": {}})
    fake.delivery.wait()
    fake.tell(b"not json", "msg_1")
    requests = receiver.wait(2)
    assert verified(requests[0], fake.webhook_secret)["type"] == "contact.created"
    svix.webhooks.Webhook(fake.webhook_secret).verify(requests[1].body, requests[1].headers)
    assert requests[1].headers["svix-id"] == "msg_1"
