"""A trial that asks for a card: it begins with the checkout, and is to be had once."""

import json
import time

import pytest
import requests
from client import Client, expect, new_slug
from fakes.stripe.settings import API_VERSION
from stack import REPOSITORY, Stack

DAY = 86_400
START = {"plan": "start", "interval": "month"}


@pytest.fixture(scope="module")
def card_stack(tmp_path_factory):
    """A SmartPages whose plans ask for a card, with a trial that allows less."""
    plans = json.loads((REPOSITORY / "scripts" / "plans.json").read_text())
    plans["trial"] = {"card": True, "entitlements": {**plans["plans"][0]["entitlements"], "sites": 2}}
    file = tmp_path_factory.mktemp("plans") / "plans.json"
    file.write_text(json.dumps(plans))
    with Stack(PLANS=file, TRIAL_DAYS=5) as running:
        yield running


@pytest.fixture
def newcomer(card_stack):
    return Client(card_stack).log_in()


def subscription_of(stack, client) -> dict:
    customer = next(each for each in stack.stripe.all("customer")
                    if each["metadata"].get("smartpages_customer") == client.identity["customer"]["id"])
    return stack.stripe.all("subscription", customer=customer["id"])[-1]


def test_nobody_writes_before_the_checkout(card_stack, newcomer):
    assert expect(newcomer.get("/api/plans"), 200)["trial"] == {"days": 5, "card": True}
    billing = expect(newcomer.get("/api/billing"), 200)
    assert (billing["plan"], billing["status"], billing["trial_ends_at"]) == ("none", "incomplete", None)
    assert billing["can_subscribe"] is True
    problem = expect(newcomer.post("/api/sites", json={"slug": new_slug(), "title": "x"}), 402, "subscription_ended")
    assert problem["plan"] == "start"


def test_the_trial_begins_with_the_checkout_and_costs_nothing(card_stack, newcomer):
    billing = card_stack.subscribe(newcomer, "start")
    assert (billing["plan"], billing["status"]) == ("start", "trialing")
    subscription = subscription_of(card_stack, newcomer)
    assert abs(subscription["trial_end"] - time.time() - 5 * DAY) < 120
    assert subscription["default_payment_method"]
    assert [each["amount"] for each in expect(newcomer.get("/api/billing/invoices"), 200)["items"]] == [0]
    newcomer.new_site()


def test_a_second_subscription_has_no_trial(card_stack, newcomer):
    card_stack.subscribe(newcomer, "start")
    card_stack.stripe.cancel(subscription_of(card_stack, newcomer))
    billing = expect(newcomer.post("/api/billing/sync", json={}), 200)
    assert billing["status"] == "canceled"
    expect(newcomer.post("/api/sites", json={"slug": new_slug(), "title": "x"}), 402, "subscription_ended")
    assert card_stack.subscribe(newcomer, "start")["status"] == "active"


def test_another_account_of_the_same_person_has_no_trial(card_stack):
    name = f"t{time.time_ns()}"
    Client(card_stack).log_in(f"{name}@gmail.com")
    again = Client(card_stack).log_in(f"{name[0]}.{name[1:]}+2@googlemail.com")
    assert card_stack.subscribe(again, "start")["status"] == "active"


def stripe_customer_of(stack, client) -> dict:
    return next(each for each in stack.stripe.all("customer")
                if each.get("metadata", {}).get("smartpages_customer") == client.identity["customer"]["id"])


def test_a_subscription_that_began_and_ended_unseen_was_the_trial(card_stack, newcomer):
    expect(newcomer.post("/api/billing/checkout", json=START), 201)
    with card_stack.stripe.silently():
        made = card_stack.stripe.subscribe(stripe_customer_of(card_stack, newcomer), "price_start_month", trial_days=5)
        card_stack.stripe.cancel(made)
    # Another plan, so that the open page is not just given out again.
    assert card_stack.subscribe(newcomer, "business")["status"] == "active"


@pytest.mark.parametrize("is_seen", [True, False], ids=["seen", "unseen"])
def test_a_customer_deleted_at_stripe_had_the_trial(card_stack, newcomer, is_seen):
    if is_seen:
        assert card_stack.subscribe(newcomer, "start")["status"] == "trialing"
        card_stack.settled()
    card_stack.stripe.delivery.hold()
    try:
        if not is_seen:
            url = expect(newcomer.post("/api/billing/checkout", json=START), 201)["url"]
            session = next(each for each in card_stack.stripe.all("checkout.session") if each["url"] == url)
            card_stack.stripe.complete_checkout(session)
            # Later, when an open page is not just given out again.
            card_stack.sql(f"UPDATE billing.checkouts SET sent_at = now() - interval '2 minutes' WHERE url = '{url}'")
        delete_customer(card_stack, stripe_customer_of(card_stack, newcomer))
        if is_seen:
            assert expect(newcomer.post("/api/billing/sync", json={}), 200)["plan"] == "none"
        assert card_stack.subscribe(newcomer, "business")["status"] == "active"
    finally:
        card_stack.stripe.delivery.release()


def delete_customer(stack, customer: dict) -> None:
    answer = requests.delete(f"{stack.stripe.url}/v1/customers/{customer['id']}", timeout=10, headers={
        "Authorization": f"Bearer {stack.stripe.key}", "Stripe-Version": API_VERSION})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("change, expected", [
    (lambda plans: plans["plans"][0]["prices"][0].pop("test"), "/plans/0/prices/0/test"),
    (lambda plans: plans["plans"].clear(), "/plans must hold one plan"),
    (lambda plans: plans.update(colour="red"), "/colour is not known here"),
], ids=["no price of the key's mode", "no plan", "unknown member"])
def test_plans_that_cannot_be_sold_stop_the_start(card_stack, tmp_path, change, expected):
    import subprocess

    plans = json.loads((REPOSITORY / "scripts" / "plans.json").read_text())
    change(plans)
    file = tmp_path / "plans.json"
    file.write_text(json.dumps(plans))
    environment = {**card_stack.environment, **card_stack._program_environment(), "SMARTPAGES_PLANS": str(file)}
    done = subprocess.run([f"{card_stack.settings['BINARIES']}/smartpages-core"], env=environment, timeout=20,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode != 0
    assert str(file) in done.stderr and expected in done.stderr, done.stderr
