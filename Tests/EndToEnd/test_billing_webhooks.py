"""What is taken from Stripe's webhook, and what becomes of what cannot be used."""

import time

import pytest
from billing import Webhooks, differences, open_accounts
from fakes.stripe.fake import event_body
from fakes.stripe.signature import sign
from stack import wait_until

EVENT = b'{"id":"evt_signature","object":"event","type":"invoice.paid","created":1763726400}'


@pytest.fixture
def webhooks(stack):
    return Webhooks(stack)


@pytest.fixture
def customer(stack):
    """A customer of Stripe's with a subscription, and an account of ours that knows of it nothing yet."""
    [made] = stack.stripe.make_customers(1, "price_start_month")
    open_accounts(stack, [made["customer"]], label=made["customer"].lower().replace("_", "-"))
    return made["customer"]


def inbox(stack, id: str) -> list[list[str]]:
    return stack.sql(f"SELECT state, coalesce(reason, '-') FROM billing.events WHERE id = '{id}'")


def count(stack) -> int:
    return int(stack.sql("SELECT count(*) FROM billing.events")[0][0])


@pytest.mark.parametrize("name, header", [
    ("missing", lambda secret: None),
    ("empty", lambda secret: ""),
    ("no time", lambda secret: sign(EVENT, secret).split(",")[1]),
    ("no signature", lambda secret: f"t={int(time.time())}"),
    ("another secret", lambda secret: sign(EVENT, secret + "x")),
    ("another body", lambda secret: sign(EVENT + b" ", secret)),
    ("another scheme", lambda secret: sign(EVENT, secret).replace("v1=", "v0=")),
    ("too old", lambda secret: sign(EVENT, secret, int(time.time()) - 310)),
    ("from the future", lambda secret: sign(EVENT, secret, int(time.time()) + 310)),
    ("another time", lambda secret: f"t={int(time.time()) + 1}," + sign(EVENT, secret).split(",")[1]),
    ("long", lambda secret: sign(EVENT, secret) + ",v1=" + "0" * 5000),
    ("a megabyte", lambda secret: sign(EVENT, secret) + ",v1=" + "0" * 1_000_000),
])
def test_what_is_not_signed_is_refused_and_nothing_stored(stack, webhooks, name, header):
    before = count(stack)
    # nginx refuses by itself what is too long for a header, and may hang up while it is still being sent.
    try:
        status = webhooks.post(EVENT, header(stack.stripe.webhook_secret))
    except OSError:
        assert name == "a megabyte"
    else:
        assert status == 400
    assert count(stack) == before


def test_the_answer_to_a_signature_that_does_not_hold_is_a_problem(stack, anonymous):
    answer = anonymous.post("/api/webhooks/stripe", data=EVENT, headers={"Stripe-Signature": "t=1,v1=00"})
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")


def test_a_body_of_more_than_a_megabyte_is_refused(stack, webhooks):
    before = count(stack)
    body = b'{"id":"evt_big","x":"' + b"0" * (1 << 20) + b'"}'
    try:
        assert webhooks.post(body) == 413
    except OSError:
        pass  # Refused while it was still being sent.
    assert count(stack) == before


def test_an_event_near_the_limit_is_taken(stack, webhooks, customer):
    event = stack.stripe.make_event("invoice.paid", {
        "object": "invoice", "customer": customer, "lines": ["x" * 900_000]}, deliver=False)
    webhooks.send(event)
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]])


def test_the_signature_may_come_among_others(stack, webhooks, customer):
    event = stack.stripe.make_event("customer.updated", customer, deliver=False)
    body = event_body(event)
    header = sign(body, stack.stripe.webhook_secret)
    assert webhooks.post(body, header + ",v1=" + "0" * 64 + ",v0=00,v2=x") == 200
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]])
    assert differences(stack, stack.stripe, [customer]) == {}


@pytest.mark.parametrize("body", [
    b"hello", b"", b"{}", b"[]", b"null", b'{"id":"evt_x"}', b"\xff\xfe", b'{"id":"evt_\x00"}', b"[" * 100_000,
    b'{"id":"evt_x","type":"a","created":"now"}', b'{"id":"' + b"x" * 300 + b'","type":"a","created":1}',
])
def test_what_is_signed_but_no_event_is_kept_for_a_person(stack, webhooks, body):
    before = int(stack.sql("SELECT count(*) FROM billing.events WHERE reason = 'not_an_event'")[0][0])
    assert [webhooks.post(body), webhooks.post(body)] == [200, 200]
    after = int(stack.sql("SELECT count(*) FROM billing.events WHERE reason = 'not_an_event' AND state = 'dead'")[0][0])
    assert after == before + 1


def test_a_live_event_on_a_test_installation_is_parked(stack, webhooks, customer):
    invoice = stack.stripe.all("invoice", customer)[0]
    event = stack.stripe.make_event("invoice.paid", invoice, deliver=False, livemode=True)
    webhooks.send(event)
    assert inbox(stack, event["id"]) == [["parked", "wrong_mode"]]
    stack.settled()
    assert stack.sql(f"SELECT synced_at IS NULL FROM billing.accounts WHERE stripe_customer = '{customer}'") == [["t"]]
    # To replay it helps nothing: it is of another world.
    assert stack.command("billing", "replay", event["id"], check=False).returncode == 1
    assert inbox(stack, event["id"]) == [["parked", "wrong_mode"]]


def test_an_event_of_another_version_is_parked_and_its_hint_used(stack, webhooks, customer):
    event = stack.stripe.make_event("invoice.paid", stack.stripe.all("invoice", customer)[0], deliver=False,
                                    api_version="2020-08-27")
    webhooks.send(event)
    stack.settled()
    assert inbox(stack, event["id"]) == [["parked", "api_version"]]
    assert differences(stack, stack.stripe, [customer]) == {}


def test_an_event_without_customer_is_done_with_and_a_dispute_waits_for_a_person(stack, webhooks):
    price = stack.stripe.make_event("price.updated", "price_start_month", deliver=False)
    dispute = stack.stripe.make_event("charge.dispute.created", {"object": "dispute", "charge": "ch_1"}, deliver=False)
    webhooks.send(price)
    webhooks.send(dispute)
    assert inbox(stack, price["id"]) == [["processed", "-"]]
    assert inbox(stack, dispute["id"]) == [["parked", "no_customer"]]


def test_an_unknown_type_is_stored_and_answered(stack, webhooks, customer):
    event = stack.stripe.make_event("customer.daydreamed", customer, deliver=False)
    webhooks.send(event)
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]])


def test_an_event_of_an_unknown_customer_waits_until_an_account_has_it(stack, webhooks):
    [made] = stack.stripe.make_customers(1, "price_agency_year")
    customer = made["customer"]
    event = stack.stripe.make_event("invoice.paid", stack.stripe.all("invoice", customer)[0], deliver=False)
    webhooks.send(event)
    assert inbox(stack, event["id"]) == [["parked", "unknown_customer"]]
    open_accounts(stack, [customer], label=customer.lower().replace("_", "-"))
    # Once a minute the inbox is looked through.
    stack.sql("UPDATE jobs.jobs SET run_at = now() WHERE kind = 'billing.inbox' AND state = 'available'")
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]], 30)
    assert differences(stack, stack.stripe, [customer]) == {}


def test_an_event_that_cannot_be_processed_is_dead_until_it_is_replayed(stack, webhooks, customer):
    stripe = stack.stripe
    stripe.fault(kind="answer", status=404, path=f"/v1/subscriptions", count=3, body={
        "error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such customer"}})
    event = stripe.make_event("customer.updated", customer, deliver=False)
    webhooks.send(event)
    wait_until(lambda: inbox(stack, event["id"])[0][0] == "dead", 30)
    assert "resource_missing" in inbox(stack, event["id"])[0][1]
    listed = stack.command("billing", "events", "--state", "dead", "--type", "customer.updated").stdout
    assert event["id"] in listed and customer in listed
    assert "1 events go again" in stack.command("billing", "replay", event["id"]).stdout
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]], 30)
    assert differences(stack, stripe, [customer]) == {}
    shown = stack.command("billing", "show", customer).stdout
    assert "price_start_month" in shown and "processed 1" in shown


def test_stripe_away_for_a_while_delays_and_loses_nothing(stack, webhooks, customer):
    stripe = stack.stripe
    for status in (500, 429, 503):
        stripe.fault(kind="answer", status=status, path="/v1/subscriptions", count=3)
    event = stripe.make_event("customer.updated", customer, deliver=False)
    webhooks.send(event)
    wait_until(lambda: inbox(stack, event["id"]) == [["processed", "-"]], 60)
    assert differences(stack, stripe, [customer]) == {}


def test_news_during_a_fetch_makes_another_one(stack, webhooks, customer):
    """An event that comes while Stripe is being asked is not taken for answered."""
    stripe = stack.stripe
    stripe.fault(kind="delay", seconds=1.5, path="/v1/invoices", count=1)
    first = stripe.make_event("customer.updated", customer, deliver=False)
    webhooks.send(first)
    wait_until(lambda: stack.sql(
        f"SELECT sync_until IS NOT NULL FROM billing.accounts WHERE stripe_customer = '{customer}'") == [["t"]])
    with stripe.silently():
        stripe.change_price(stripe.all("subscription", customer)[0], "price_agency_month")
    second = stripe.make_event("customer.subscription.updated", stripe.all("subscription", customer)[0], deliver=False)
    webhooks.send(second)
    wait_until(lambda: inbox(stack, first["id"]) == inbox(stack, second["id"]) == [["processed", "-"]], 30)
    assert differences(stack, stripe, [customer]) == {}


def test_a_fetch_that_comes_late_writes_nothing(stack, webhooks, customer):
    """Its lease has run out and another fetch has come first: what it brings is older."""
    stripe = stack.stripe
    stripe.fault(kind="delay", seconds=2, path="/v1/invoices", count=1)
    account = f"billing.accounts WHERE stripe_customer = '{customer}'"
    webhooks.send(stripe.make_event("customer.updated", customer, deliver=False))
    wait_until(lambda: stack.sql(f"SELECT sync_until IS NOT NULL FROM {account}") == [["t"]])
    wait_until(lambda: not stripe.faults.pending(), what="the slow request")
    with stripe.silently():
        stripe.change_price(stripe.all("subscription", customer)[0], "price_agency_month")
    stack.sql(f"UPDATE billing.accounts SET sync_until = now() WHERE stripe_customer = '{customer}'")
    webhooks.send(stripe.make_event("customer.updated", customer, deliver=False))
    wait_until(lambda: stack.sql(f"SELECT plan FROM {account}") == [["agency"]])
    stack.settled()
    assert stack.sql(f"SELECT plan, sync_number FROM {account}") == [["agency", "2"]]
    assert differences(stack, stripe, [customer]) == {}


def test_two_live_subscriptions_raise_an_alarm_that_ends_with_one_of_them(stack, webhooks, customer):
    stripe = stack.stripe
    double = stripe.subscribe(customer, "price_agency_month")
    webhooks.send(stripe.make_event("customer.subscription.created", double, deliver=False))

    def open_alarms():
        return stack.sql("SELECT d.kind, d.detail FROM billing.drifts d JOIN billing.accounts a USING (customer_id) "
                         f"WHERE a.stripe_customer = '{customer}' AND d.repaired_at IS NULL")

    wait_until(open_alarms)
    [[kind, detail]] = open_alarms()
    assert kind == "double_subscription"
    assert detail.split() == sorted(each["id"] for each in stripe.all("subscription", customer))
    assert differences(stack, stripe, [customer]) == {}
    ended = stripe.cancel(double)
    webhooks.send(stripe.make_event("customer.subscription.deleted", ended, deliver=False))
    wait_until(lambda: not open_alarms())
