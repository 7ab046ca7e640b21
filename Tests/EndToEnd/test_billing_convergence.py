"""Whatever order, number and delay Stripe's events have, an account ends as Stripe holds it, with each mail once."""

import itertools
import random
from collections import Counter

import pytest
from billing import (
    StripeClient, Webhooks, differences, events_of, expected, open_accounts, run_all, stored)
from fakes.stripe import StripeError
from stack import Stack, wait_until

REFUSED = "4000000000000341"  # attaches, and is refused when charged
CHALLENGED = "4000002760003184"  # asks for 3D Secure at each payment
PURCHASE = {"customer.updated", "customer.subscription.created", "invoice.finalized", "invoice.paid",
            "customer.subscription.updated", "checkout.session.completed"}


@pytest.fixture(scope="module")
def stack():
    """One for this file: its clock runs through years."""
    with Stack(JOB_WORKERS=6, DATABASE_POOL=14, WEBHOOK_RATE="100000r/s", LOG_LEVEL="warning") as running:
        running.stripe.configure(rate_limit=None)
        # What becomes of mails is not asked here.
        running.resend.set(automatic=False)
        yield running


@pytest.fixture
def stripe(stack):
    stack.stripe.delivery.clear()
    yield stack.stripe
    stack.stripe.delivery.clear()


def mails_sent(stack) -> Counter:
    """How often each matter has reached the mail provider."""
    keys = dict(stack.sql("SELECT id::text, dedupe_key FROM mailer.mails"))
    sent = Counter()
    for mail in stack.mails():
        sent[keys.get(mail["headers"]["X-Entity-Ref-ID"], "?")] += 1
    return sent


def matters(stack) -> Counter:
    """The matters written about, by what the mailer holds; a mail that was cancelled counts for nothing."""
    found = Counter()
    for key, state in stack.sql("SELECT dedupe_key, state FROM mailer.mails"):
        found[key] += state != "cancelled"
    return found


def test_every_order_of_a_purchases_events_ends_in_the_same_state(stack, stripe):
    orders = list(itertools.permutations(range(6)))
    made = [each["customer"] for each in stripe.make_customers(len(orders))]
    owners = open_accounts(stack, made, label="order")
    stripe.delivery.hold()
    client = StripeClient(stripe)
    for customer in made:
        session = client.ask("POST", "/v1/checkout/sessions", mode="subscription", customer=customer, **{
            "line_items[0][price]": "price_business_year", "line_items[0][quantity]": 1,
            "success_url": "http://app.localhost/", "cancel_url": "http://app.localhost/"})
        stripe.complete_checkout(session["id"])
    events = events_of(stripe)
    assert {event["type"] for event in events[made[0]]} == PURCHASE
    assert {len(events[customer]) for customer in made} == {6}
    Webhooks(stack).send_all([[events[customer][place] for place in order] for customer, order in zip(made, orders)])
    stack.settled(60)

    assert differences(stack, stripe, made) == {}
    plans = Counter((row["plan"], row["status"]) for customer, row in stored(stack).items() if customer in owners)
    assert plans == {("business", "active"): len(orders)}
    assert stack.sql("SELECT state, count(*) FROM billing.events GROUP BY state") == [["processed", "4320"]]
    receipts = {f"receipt:{invoice['id']}" for invoice in stripe.all("invoice") if invoice["customer"] in owners}
    wait_until(lambda: sum(mails_sent(stack).values()) >= len(receipts), 60, "all receipts")
    assert mails_sent(stack) == {receipt: 1 for receipt in receipts}


def test_fifty_deliveries_at_once_of_one_event_have_one_effect(stack, stripe):
    [made] = stripe.make_customers(1, "price_start_month")
    customer = made["customer"]
    open_accounts(stack, [customer], label="fifty")
    event = stripe.make_event("invoice.paid", stripe.all("invoice", customer)[0], deliver=False)
    webhooks = Webhooks(stack)
    before = stripe_requests(stripe, customer)
    run_all(webhooks.send, [event] * 50, threads=50)
    stack.settled()
    kept = stack.sql(f"SELECT count(*), min(state) FROM billing.events WHERE id = '{event['id']}'")
    assert kept == [["1", "processed"]]
    assert stripe_requests(stripe, customer) - before == 1
    assert differences(stack, stripe, [customer]) == {}
    assert sum(mails_sent(stack)[f"receipt:{invoice['id']}"] for invoice in stripe.all("invoice", customer)) == 1


def stripe_requests(stripe, customer) -> int:
    """How often the customer's subscriptions were asked for."""
    return sum(f"customer={customer}" in (entry.get("query") or str(entry))
               for entry in stripe.journal.entries("GET", "/v1/subscriptions"))


# --- Random years

SEQUENCES = 2000
# A year in days, cut so that what is owed is met in all its stages.
STEPS = [30, 3, 30, 31, 4, 57, 5, 30, 60, 4, 51, 59]
PRICES = ["price_start_month", "price_start_year", "price_business_year", "price_agency_year"]


class Year:
    """What one customer and their bank do over a year, by chance."""

    def __init__(self, stripe, customer: str, chance: random.Random):
        self.stripe, self.customer, self.chance = stripe, customer, chance

    def step(self) -> None:
        live = [each for each in self.stripe.all("subscription", self.customer)
                if each["status"] in ("active", "trialing", "past_due", "unpaid")]
        try:
            if live:
                self.live(live[-1])
            elif self.chance.random() < 0.25:
                self.stripe.subscribe(self.customer, self.chance.choice(PRICES),
                                      trial_days=self.chance.choice([0, 0, 0, 14]))
        except StripeError:
            pass  # What Stripe refuses changes nothing, or what its state then shows.

    def live(self, subscription: dict) -> None:
        stripe, chance = self.stripe, self.chance
        dice = chance.random()
        if dice < 0.05:
            stripe.cancel(subscription, at_period_end=True, by=chance.choice(["cancel_at", "cancel_at_period_end"]))
        elif dice < 0.08:
            stripe.resume(subscription)
        elif dice < 0.11:
            stripe.cancel(subscription)
        elif dice < 0.16:
            stripe.change_price(subscription, chance.choice(PRICES))
        elif dice < 0.29:
            stripe.set_card(self.customer, chance.choice([REFUSED, CHALLENGED]))
        elif dice < 0.32:
            stripe.set_card(self.customer, "4242424242424242")
        elif dice < 0.37:
            for invoice in stripe.all("invoice", self.customer):
                if invoice["status"] == "open":
                    stripe.pay_invoice(invoice, "4242424242424242")
        elif dice < 0.38:
            stripe.subscribe(self.customer, chance.choice(PRICES))


def test_random_years_end_as_stripe_holds_them(stack, stripe):
    """Events doubled, lost, late, shuffled and delivered at once, over a year of 2,000 subscriptions."""
    # The year passes in a minute, so the list of events must reach further back.
    stripe.configure(events_kept_days=400, enabled_events=[
        "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted",
        "invoice.paid", "invoice.payment_failed", "invoice.payment_action_required"])
    made = [each["customer"] for each in stripe.make_customers(SEQUENCES)]
    owners = open_accounts(stack, made, label="year")
    years = [Year(stripe, customer, random.Random(f"year {number}")) for number, customer in enumerate(made)]
    stripe.delivery.set_rules(drop=0.75, duplicate=0.1, delay=0.5, shuffle=True, seed=7)
    for days in STEPS:
        for year in years:
            year.step()
        stripe.advance(days=days)
        # As Core does it every few minutes; nobody waits for it.
        stack.sql("INSERT INTO jobs.jobs (kind) VALUES ('billing.missed_events')")
    assert stripe.wait_for_delivery(120)
    assert len(stripe.delivery.dropped) > SEQUENCES
    assert not stripe.delivery.given_up
    wait_for_fetches(stack)

    done = stack.command("billing", "reconcile")
    assert " 0 not" in done.stdout.splitlines()[-1], done.stdout[-2000:]
    wait_for_fetches(stack)
    assert differences(stack, stripe, made) == {}
    hold_mails_against_stripe(stack, stripe, owners)


def wait_for_fetches(stack) -> None:
    """Until no customer is to be fetched; mails may still be on their way."""
    wait_until(lambda: stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind = 'billing.sync' "
                                 "AND state IN ('available', 'running')") == [["0"]], 120, "the end of all fetches")


def hold_mails_against_stripe(stack, stripe, owners) -> None:
    """Each matter that must be written about was, and none twice."""
    found = matters(stack)
    for invoice in stripe.all("invoice"):
        if invoice["customer"] in owners:
            is_paid = invoice["status"] == "paid" and invoice["amount_paid"] > 0
            assert found[f"receipt:{invoice['id']}"] == int(is_paid), invoice["id"]
    for customer in owners:
        state = expected(stripe, customer)
        if state["status"] == "canceled":
            assert found[f"subscription_ended:{state['subscription']}"] == 1, state
        if state["problem"] and state["status"] != "incomplete":
            kind = {"failed": "payment_failed", "action_needed": "action_needed"}[state["problem"]]
            assert found[f"{kind}:{state['problem_invoice']}"] == 1, state
    assert {"payment_failed", "action_needed", "plan_changed"} <= {matter.partition(":")[0] for matter in found}
    # Of those that have left by now.
    assert max(mails_sent(stack).values()) == 1
