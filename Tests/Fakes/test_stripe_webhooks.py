"""Events and webhooks of the Stripe stand-in: signed, repeated, and as disorderly as asked."""

import pytest
import stripe
from stripe_fixtures import (  # noqa: F401
    SECRET, client, endpoint, fake, new_customer, new_session, subscribed)


def test_deliveries_pass_the_official_check(fake, client, endpoint):
    customer = new_customer(client)
    client.v1.customers.update(customer.id, {"name": "Ada"})
    event, = endpoint.wait(1)
    request = endpoint.requests[0]
    assert (request.path, request.headers["host"]) == ("/api/webhooks/stripe", "app.localhost")
    assert event.type == "customer.updated" and event.api_version == stripe.api_version
    assert event.data.previous_attributes.to_dict() == {"name": None}
    assert event.request.id.startswith("req_") and event.request.idempotency_key
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(request.body + b" ", request.headers["stripe-signature"], SECRET)


def test_a_refused_delivery_is_repeated(fake, client, endpoint):
    endpoint.statuses = [500, 503, 404]
    subscribed(fake, client)
    assert fake.wait_for_delivery()
    assert max(attempt.number for attempt in fake.attempts()) >= 2
    assert all(event["pending_webhooks"] == 0 for event in fake.all("event"))


def test_deliveries_are_given_up_at_last(fake, client, endpoint):
    endpoint.statuses = [500] * 4
    fake.configure(enabled_events=["customer.created"])
    new_customer(client)
    assert fake.wait_for_delivery()
    assert [message.attempts for message in fake.delivery.given_up] == [4]
    assert fake.deliver() == 1 and len(endpoint.wait(5)) == 5


def test_held_events_go_in_any_order(fake, client, endpoint):
    fake.delivery.hold()
    fake.complete_checkout(new_session(client, new_customer(client)).id)
    ids = [message.id for message in fake.delivery.held()]
    assert len(ids) >= 6 and endpoint.events == []
    order = ids[::-1] + ids[:2]
    attempts = fake.delivery.deliver_in_order(order)
    assert [event.id for event in endpoint.events] == order and all(each.accepted for each in attempts)


@pytest.mark.parametrize(("rules", "check"), [
    ({"drop": 1}, lambda sent, got: got == []),
    ({"duplicate": 1}, lambda sent, got: sorted(got) == sorted(sent * 2)),
    ({"drop": 1, "types": ["invoice.paid"]}, lambda sent, got: len(got) == len(sent) - 1),
    ({"delay": 0.2, "shuffle": True}, lambda sent, got: sorted(got) == sorted(sent) and got != sent),
])
def test_rules_disturb_the_delivery(fake, client, endpoint, rules, check):
    fake.delivery.set_rules(**rules)
    subscribed(fake, client)
    assert fake.wait_for_delivery()
    sent = [event["id"] for event in fake.all("event") if event["type"] in fake.account.settings.enabled_events]
    assert check(sent, [event.id for event in endpoint.events])


def test_released_events_may_be_doubled_and_shuffled(fake, client, endpoint):
    fake.delivery.hold()
    subscribed(fake, client)
    held = len(fake.delivery.held())
    assert fake.delivery.release("shuffled", seed=3, copies=2) == held
    assert len(endpoint.wait(held * 2)) == held * 2


def test_events_are_listed_with_cursors_and_times(fake, client):
    subscribed(fake, client)
    every = [event.id for event in client.v1.events.list({"limit": 3}).auto_paging_iter()]
    assert every == [event["id"] for event in fake.all("event")][::-1]
    newer = client.v1.events.list({"limit": 100, "ending_before": every[4]})
    assert [event.id for event in newer.data] == every[:4] and not newer.has_more
    assert client.v1.events.list({"created": {"gte": fake.now() + 1}}).data == []
    assert {event.type for event in client.v1.events.list({"type": "invoice.*", "limit": 100}).data} \
        == {"invoice.created", "invoice.finalized", "invoice.paid", "invoice.payment_succeeded"}
    assert client.v1.events.retrieve(every[0]).id == every[0]


def test_events_are_kept_for_30_days(fake, client):
    new_customer(client)
    old, = client.v1.events.list({"type": "customer.created"}).data
    fake.advance(days=31)
    assert client.v1.events.list({"type": "customer.created"}).data == []
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.events.retrieve(old.id)
    assert refused.value.http_status == 404


def test_any_event_can_be_made(fake, client, endpoint):
    customer = new_customer(client)
    fake.make_event("customer.updated", customer.id, livemode=True, api_version="2019-01-01", listed=False)
    fake.make_event("unheard.of", {"id": "x_1", "object": "x"})
    events = {event.type: event for event in endpoint.wait(2)}
    assert events["customer.updated"].livemode is True and events["unheard.of"].data.object.id == "x_1"
    assert [event.type for event in client.v1.events.list().data] == ["unheard.of", "customer.created"]


def test_drift_makes_no_event(fake, client, endpoint):
    subscription = subscribed(fake, client)
    fake.wait_for_delivery()
    before = len(fake.all("event"))
    with fake.silently():
        fake.cancel(subscription.id)
    fake.change(subscription.customer, {"name": "Other", "invoice_settings.footer": "x"})
    assert client.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert client.v1.customers.retrieve(subscription.customer).invoice_settings.footer == "x"
    assert len(fake.all("event")) == before


def test_only_loopback_is_delivered_to(fake):
    for url in ("http://example.com/", "https://127.0.0.1/", "http://10.0.0.1/"):
        with pytest.raises(ValueError):
            fake.delivery.aim(url)
