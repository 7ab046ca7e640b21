"""What no event told of is found and mended, within Stripe's limits."""

import json
import random
import re
import time

import pytest
from billing import differences, expected, open_accounts, store_invoices
from stack import Stack, wait_until

CUSTOMERS = 10_000
DRIFTS = 5  # of each kind


@pytest.fixture(scope="module")
def stack():
    """One for this file, that compares all customers only when it is told to."""
    with Stack(LOG_LEVEL="warning") as running:
        # Nothing is told: each change is a drift.
        running.stripe.delivery.aim(None)
        yield running


@pytest.fixture(scope="module")
def customers(stack):
    """Ten thousand accounts that are as Stripe holds them; our ids by Stripe's."""
    stripe = stack.stripe
    made = [each["customer"] for each in stripe.make_customers(
        CUSTOMERS, ["price_start_month", "price_business_year", None, "price_agency_month"])]
    states = {customer: expected(stripe, customer) for customer in made}
    owners = open_accounts(stack, made, states, label="many")
    store_invoices(stack, owners, stripe.all("invoice"))
    return owners


def reconcile(stack, *arguments: str):
    """What the command says, its code, and how often Stripe was asked."""
    stack.stripe.journal.clear()
    done = stack.command("billing", "reconcile", *arguments, check=False)
    print(done.stdout[-3000:], done.stderr)
    return done.stdout, done.returncode, stack.stripe.journal.entries()


def test_a_round_of_ten_thousand_customers_finds_nothing_where_nothing_is(stack, customers):
    started = time.monotonic()
    output, code, requests = reconcile(stack)
    assert code == 0
    assert f"{CUSTOMERS} customers compared, 0 mended, 0 not" in output
    # One request for a hundred customers, and the list of events.
    assert len(requests) <= CUSTOMERS / 100 + 10
    assert {entry["status"] for entry in requests} == {200}
    # At most twenty a second: thirty rounds, a month's, take a few minutes of a month.
    assert most_in_a_second(requests) <= 25
    assert time.monotonic() - started < 60


def most_in_a_second(requests) -> int:
    times = sorted(entry["at"] for entry in requests)
    return max(sum(start <= at < start + 1 for at in times) for start in times)


def test_each_drift_is_found_and_mended(stack, customers):
    stripe = stack.stripe
    chance = random.Random(10_000)
    chosen = chance.sample([customer for customer in customers if stripe.all("subscription", customer)], 9 * DRIFTS)
    fresh = chance.sample([customer for customer in customers if not stripe.all("subscription", customer)], 2 * DRIFTS)
    groups = {name: [chosen.pop() for _ in range(DRIFTS)] for name in (
        "plan changed", "canceled", "will end", "past due", "customer deleted", "subscribed twice", "unknown price",
        "invoice voided", "period moved")}
    groups["subscribed"] = fresh[:DRIFTS]
    groups["deleted without subscription"] = fresh[DRIFTS:]
    with stripe.silently():
        for name, group in groups.items():
            for customer in group:
                drift(stripe, name, customer)

    output, code, requests = reconcile(stack)
    assert code == 0
    found = set(re.findall(r"^mended  (cus_\w+)", output, re.MULTILINE))
    for name, group in groups.items():
        assert set(group) <= found, name
    assert found == {customer for group in groups.values() for customer in group}
    assert not [entry for entry in requests if entry["status"] == 429]
    gone = groups["customer deleted"] + groups["deleted without subscription"]
    assert differences(stack, stripe, [customer for group in groups.values() for customer in group
                                       if customer not in gone]) == {}
    for customer in gone:
        want = expected(stripe, customer)["status"]
        assert stack.sql("SELECT stripe_customer, status FROM billing.accounts "
                         f"WHERE customer_id = '{customers[customer]}'") == [["", want or ""]]
    kinds = dict(stack.sql("SELECT kind, count(*) FROM billing.drifts WHERE repaired_at IS NULL GROUP BY kind"))
    assert kinds == {"double_subscription": str(DRIFTS), "unknown_price": str(DRIFTS)}

    output, code, _ = reconcile(stack)
    assert code == 0 and " 0 mended, 0 not" in output


def drift(stripe, name: str, customer: str) -> None:
    """Makes one difference, without an event."""
    subscription = next(iter(stripe.all("subscription", customer)), None)
    match name:
        case "plan changed": stripe.change_price(subscription, "price_business_month")
        case "canceled": stripe.cancel(subscription)
        case "will end": stripe.cancel(subscription, at_period_end=True)
        case "past due":
            invoice = stripe.all("invoice", customer)[-1]["id"]
            stripe.change(invoice, {"status": "open", "amount_paid": 0, "amount_remaining": 500,
                                    "status_transitions.paid_at": None})
            stripe.change(subscription["id"], {"status": "past_due"})
        case "customer deleted" | "deleted without subscription": delete(stripe, customer)
        case "subscribed twice" | "subscribed": stripe.subscribe(customer, "price_agency_year")
        case "unknown price":
            stripe.change(subscription["id"], {"items.data.0.price.id": "price_elsewhere"})
        case "invoice voided": stripe.change(stripe.all("invoice", customer)[-1]["id"], {"status": "void"})
        case "period moved":
            stripe.change(subscription["id"], {
                "items.data.0.current_period_end": subscription["items"]["data"][0]["current_period_end"] + 86_400})
        case _: raise AssertionError(name)


def delete(stripe, customer: str) -> None:
    import requests

    answer = requests.delete(f"{stripe.url}/v1/customers/{customer}", auth=(stripe.key, ""), timeout=30,
                             headers={"Stripe-Version": "2026-10-28.endive"})
    assert answer.ok, answer.text


def test_a_subscription_of_a_stranger_is_told_and_cannot_be_mended(stack, customers):
    stripe = stack.stripe
    [stranger] = stripe.make_customers(1, "price_start_month")
    output, code, _ = reconcile(stack)
    assert code == 1
    assert f"NOT MENDED  {stranger['customer']}" in output
    with stripe.silently():
        stripe.cancel(stranger["subscription"])
    assert reconcile(stack)[1] == 0


def test_events_that_never_arrived_are_found_by_their_list(stack, customers):
    stripe = stack.stripe
    customer = next(customer for customer in customers if stripe.all("subscription", customer))
    reconcile(stack)
    stripe.cancel(stripe.all("subscription", customer)[0])
    missed = [event for event in stripe.all("event") if event["type"] == "customer.subscription.deleted"][-1]
    assert stack.sql(f"SELECT count(*) FROM billing.events WHERE id = '{missed['id']}'") == [["0"]]
    output, _, _ = reconcile(stack)
    assert int(re.search(r"^(\d+) events had not arrived", output, re.MULTILINE)[1]) >= 1
    wait_until(lambda: stack.sql(f"SELECT state FROM billing.events WHERE id = '{missed['id']}'") == [["processed"]])
    assert differences(stack, stripe, [customer]) == {}


def test_the_list_of_events_takes_what_has_had_time_to_arrive(stack, customers):
    """The periodic look takes as missed only what an earlier look had seen: the rest may be on its way."""
    stripe = stack.stripe
    customer = [customer for customer in customers if stripe.all("subscription", customer)][1]
    run_job(stack, "billing.missed_events")
    event = stripe.make_event("customer.updated", customer, created=stripe.now() + 1)
    stored = f"SELECT count(*) FROM billing.events WHERE id = '{event['id']}'"
    run_job(stack, "billing.missed_events")
    assert stack.sql(stored) == [["0"]]
    run_job(stack, "billing.missed_events")
    assert stack.sql(stored) == [["1"]]
    assert stack.sql("SELECT count(*) FROM billing.drifts WHERE kind = 'missed_event' "
                     f"AND detail LIKE '{event['id']} %'") == [["1"]]


def run_job(stack, kind: str) -> None:
    """Has a periodic job run now, and waits for its end."""
    def planned():
        return stack.sql("UPDATE jobs.jobs SET run_at = now() - interval '1 second' WHERE kind = "
                         f"'{kind}' AND state = 'available' RETURNING id")

    [[id]] = wait_until(planned, 30, f"a plan of {kind}")
    # A periodic job's row is deleted once it is done.
    wait_until(lambda: stack.sql(f"SELECT count(*) FROM jobs.jobs WHERE id = {id} AND state <> 'completed'") == [["0"]],
               60, f"the end of {kind}")


def test_core_compares_all_by_itself_once_a_day(stack, customers):
    stripe = stack.stripe
    customer = [customer for customer in customers if stripe.all("subscription", customer)][2]
    with stripe.silently():
        stripe.change_price(stripe.all("subscription", customer)[0], "price_start_year")
    stack.sql("DELETE FROM billing.cursors WHERE name = 'customers'")
    run_job(stack, "billing.comparison")
    assert is_done(stack)
    assert differences(stack, stripe, [customer]) == {}
    # The next round comes a day later.
    stripe.journal.clear()
    run_job(stack, "billing.comparison")
    assert stripe.journal.entries("GET", "/v1/customers") == []


def is_done(stack) -> bool:
    [[value]] = stack.sql("SELECT value FROM billing.cursors WHERE name = 'customers'")
    return json.loads(value)["done"]


def test_all_with_their_invoices(stack, customers):
    """`--all` fetches each customer; here only those of a handful are left."""
    stripe = stack.stripe
    kept = [customer for customer in customers if stripe.all("invoice", customer)][5:25]
    stack.sql("CREATE TABLE billing.aside AS SELECT customer_id, stripe_customer FROM billing.accounts "
              f"WHERE stripe_customer NOT IN ({', '.join(repr(each) for each in kept)})")
    stack.sql("UPDATE billing.accounts a SET stripe_customer = NULL FROM billing.aside s "
              "WHERE s.customer_id = a.customer_id")
    first = stripe.all("invoice", kept[0])[0]["id"]
    stack.sql(f"DELETE FROM billing.invoices WHERE id = '{first}'")
    output, code, _ = reconcile(stack, "--all")
    assert code == 0
    assert f"mended  {kept[0]}  invoices" in output
    assert "20 customers compared" in output
    stack.sql("UPDATE billing.accounts a SET stripe_customer = s.stripe_customer FROM billing.aside s "
              "WHERE s.customer_id = a.customer_id")


def test_a_key_of_another_account_wipes_nothing(stack, customers):
    """All customers are unknown to it: that is told, and no account loses its subscription."""
    before = stack.sql("SELECT count(*) FROM billing.accounts WHERE status = 'active'")
    [made] = stack.stripe.make_customers(1, "price_start_month")
    open_accounts(stack, ["cus_of_another_account"], {"cus_of_another_account": {
        **expected(stack.stripe, made["customer"])}}, label="another")
    before = [[str(int(before[0][0]) + 1)]]
    output, code, _ = reconcile(stack)
    assert code == 1
    assert "NOT MENDED  cus_of_another_account" in output
    assert stack.sql("SELECT count(*) FROM billing.accounts WHERE status = 'active'") == before


def test_the_plans_are_held_against_stripes_prices(stack):
    stripe = stack.stripe
    done = stack.command("billing", "plans", "check", check=False)
    assert (done.returncode, done.stdout) == (0, "the plans and their prices agree\n")
    stripe.change("price_start_month", {"unit_amount": 600})
    stripe.change("price_agency_year", {"active": False})
    stripe.forget("price_business_month")
    done = stack.command("billing", "plans", "check", check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "start by month (price_start_month): unit_amount is 600 at Stripe and 500 in the plans",
        "business by month (price_business_month): Stripe has no such price",
        "agency by year (price_agency_year): active is false at Stripe and true in the plans"]
