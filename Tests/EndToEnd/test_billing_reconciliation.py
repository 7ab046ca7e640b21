"""What no event told of is found and mended, within Stripe's limits."""

import json
import random
import re
import time

import pytest
from billing import StripeClient, differences, expected, open_accounts, store_invoices
from stack import Stack, wait_until

CUSTOMERS = 10_000
DRIFTS = 5  # of each kind


@pytest.fixture(scope="module")
def stack():
    """One for this file, that compares all customers only when it is told to."""
    with Stack(LOG_LEVEL="warning") as running:
        # Nothing is told: each change is a drift.
        running.stripe.delivery.aim(None)
        no_round_until(running, "1 day")
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


def no_round_until(stack, interval: str) -> None:
    """Core compares by itself again after so long."""
    stack.sql(f"""
        INSERT INTO billing.cursors (name, value) SELECT 'customers', json_build_object('done', true, 'started_at',
          (extract(epoch FROM now() - interval '1 day' + interval '{interval}') * 1000000)::bigint)::text
        ON CONFLICT (name) DO UPDATE SET value = excluded.value""")


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
    stripe.configure(silent=True)
    for name, group in groups.items():
        for customer in group:
            drift(stripe, name, customer)
    stripe.configure(silent=False)

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
    StripeClient(stripe).ask("DELETE", f"/v1/customers/{customer}")


@pytest.fixture(scope="module")
def few(stack, customers):
    """Only a hundred are left, at Stripe and here, so that rounds are quick."""
    stripe = stack.stripe
    drifted = {row[0] for row in stack.sql("SELECT DISTINCT customer_id::text FROM billing.drifts")}
    kept = [customer for customer, own in customers.items() if own not in drifted][:100]
    with stripe.account.lock:
        for customer in stripe.all("customer"):
            if customer["id"] not in kept:
                stripe.account.store["customer"].remove(customer["id"])
    names = ", ".join(f"'{customers[each]}'" for each in kept)
    stack.sql(f"DELETE FROM billing.accounts WHERE customer_id NOT IN ({names})")
    stack.sql(f"DELETE FROM customer.customers WHERE id NOT IN ({names})")
    return [customer for customer in kept if stripe.all("subscription", customer)]


def test_a_subscription_of_a_stranger_is_told_and_cannot_be_mended(stack, few):
    stripe = stack.stripe
    [stranger] = stripe.make_customers(1, "price_start_month")
    output, code, _ = reconcile(stack)
    assert code == 1
    assert f"NOT MENDED  {stranger['customer']}" in output
    with stripe.silently():
        stripe.cancel(stranger["subscription"])
    assert reconcile(stack)[1] == 0


def test_events_that_never_arrived_are_found_by_their_list(stack, few):
    stripe, customer = stack.stripe, few[0]
    reconcile(stack)
    stripe.cancel(stripe.all("subscription", customer)[0])
    missed = [event for event in stripe.all("event") if event["type"] == "customer.subscription.deleted"][-1]
    assert stack.sql(f"SELECT count(*) FROM billing.events WHERE id = '{missed['id']}'") == [["0"]]
    output, _, _ = reconcile(stack)
    assert int(re.search(r"^(\d+) events had not arrived", output, re.MULTILINE)[1]) >= 1
    wait_until(lambda: stack.sql(f"SELECT state FROM billing.events WHERE id = '{missed['id']}'") == [["processed"]])
    assert differences(stack, stripe, [customer]) == {}


def test_the_list_of_events_takes_what_has_had_time_to_arrive(stack, few):
    """The periodic look takes as missed only what an earlier look had seen: the rest may be on its way."""
    stripe, customer = stack.stripe, few[1]
    run_job(stack, "billing.missed_events")
    event = stripe.make_event("customer.updated", customer, created=stripe.now() + 1)
    stored = f"SELECT count(*) FROM billing.events WHERE id = '{event['id']}'"
    run_job(stack, "billing.missed_events")
    assert stack.sql(stored) == [["0"]]
    run_job(stack, "billing.missed_events")
    assert stack.sql(stored) == [["1"]]
    assert stack.sql("SELECT count(*) FROM billing.drifts WHERE kind = 'missed_event' "
                     f"AND detail = '{event['id']}'") == [["1"]]


def run_job(stack, kind: str) -> None:
    """Has a job that is otherwise planned every few minutes run now, and waits for its end."""
    [[id]] = stack.sql(f"INSERT INTO jobs.jobs (kind) VALUES ('{kind}') RETURNING id")
    state = f"SELECT state FROM jobs.jobs WHERE id = {id}"
    wait_until(lambda: stack.sql(state) == [["completed"]], 60, f"the end of {kind}")


def test_core_compares_all_by_itself_once_a_day(stack, few):
    stripe, customer = stack.stripe, few[2]
    with stripe.silently():
        stripe.change_price(stripe.all("subscription", customer)[0], "price_start_year")
    no_round_until(stack, "0 s")
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


def test_all_with_their_invoices(stack, few):
    """Old invoices stand in no list of customers: `--all` fetches each customer."""
    stripe = stack.stripe
    invoice = stripe.all("invoice", few[3])[0]
    stack.sql(f"DELETE FROM billing.invoices WHERE id = '{invoice['id']}'")
    mails = stack.sql("SELECT count(*) FROM mailer.mails")
    output, code, _ = reconcile(stack, "--all")
    assert code == 0
    assert f"mended  {few[3]}  invoices" in output
    assert "100 customers compared, 1 mended, 0 not" in output
    # It was paid just now as far as is known here, so there is a receipt.
    assert int(stack.sql("SELECT count(*) FROM mailer.mails")[0][0]) == int(mails[0][0]) + 1


def test_what_was_paid_long_ago_has_no_receipt(stack, few):
    """After a backup was played back nobody gets old mails again."""
    stripe, customer = stack.stripe, few[4]
    invoice = stripe.all("invoice", customer)[0]
    stripe.change(invoice["id"], {"status_transitions.paid_at": stripe.now() - 4 * 86_400})
    stack.sql(f"DELETE FROM billing.invoices WHERE id = '{invoice['id']}'")
    output, code, _ = reconcile(stack)
    assert f"mended  {customer}  invoices" in output
    assert stack.sql(f"SELECT count(*) FROM mailer.mails WHERE dedupe_key = 'receipt:{invoice['id']}'") == [["0"]]


def test_a_key_of_another_account_wipes_nothing(stack, few):
    """Customers that are unknown to it, and were not deleted, are told; no account loses its subscription."""
    before = int(stack.sql("SELECT count(*) FROM billing.accounts WHERE status = 'active'")[0][0])
    open_accounts(stack, ["cus_of_another_account"], {"cus_of_another_account": expected(stack.stripe, few[5])},
                  label="another")
    output, code, _ = reconcile(stack)
    assert code == 1
    assert "NOT MENDED  cus_of_another_account" in output
    assert stack.sql("SELECT count(*) FROM billing.accounts WHERE status = 'active'") == [[str(before + 1)]]


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
