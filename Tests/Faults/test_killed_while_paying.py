"""SIGKILL of Core at each write and each call to Stripe of checkout, payment, change and cancellation.

After a new start all converges: one customer at Stripe, one subscription, each charge and each mail once, nothing lost.
"""

import threading

import pytest
import requests
from client import Client, expect
from core_process import CoreProcess
from database_proxy import DatabaseProxy
from stack import template_of, wait_until

START = {"plan": "start", "interval": "month"}
BUSINESS = {"plan": "business", "interval": "month"}
MOST_STEPS = 200
"""No flow has so many; a bound for the loops."""


class Kills:
    """A Core that dies at a chosen step."""

    def __init__(self, stack):
        self.stack = stack
        folder = stack.home / "run" / "proxy"
        self.proxy = DatabaseProxy(folder, stack.home / "run" / "postgres")
        url = stack._program_environment()["SMARTPAGES_DATABASE_URL"]
        _, _, rest = url.partition(" ")
        self.core = CoreProcess(stack, SMARTPAGES_DATABASE_URL=f"host={folder} {rest}")

    def at_write(self, number: int, work) -> bool:
        """Does the work; Core is killed in place of one of its writes. False: there were fewer."""
        self.proxy.arm(number, self.core.process.kill)
        self._attempt(work, self.proxy.hit.is_set)
        self.proxy.disarm()
        return self._revive() if self.proxy.hit.is_set() else False

    def at_call(self, number: int, after: bool, work) -> bool:
        """The same at one of the calls to Stripe, before or after it has had its effect."""
        faults = self.stack.stripe.faults
        faults.add(kind="timeout", path="/v1/", skip=number, after=after, seconds=60)
        worker = threading.Thread(target=self._attempt, args=(work, lambda: not faults.pending()))
        worker.start()
        wait_until(lambda: not faults.pending() or not worker.is_alive(), 60, "the call or the end")
        is_hit = not faults.pending()
        if is_hit:
            self.core.kill()
        faults.clear()
        worker.join(60)
        return self._revive() if is_hit else False

    def _attempt(self, work, is_hit) -> None:
        try:
            work()
            wait_until(lambda: is_hit() or self.stack.is_settled(), 60, "the end of the work")
        except requests.RequestException:
            pass
        except AssertionError:
            # nginx has answered for who died.
            if not is_hit():
                raise

    def _revive(self) -> bool:
        self.core.kill()
        self.core.start()
        self.core.wait_live()
        # The leases of who died run out.
        self.stack.sql("UPDATE jobs.jobs SET locked_until = now() WHERE state = 'running'")
        self.stack.sql("UPDATE jobs.jobs SET run_at = now() WHERE state = 'available' AND attempts > 0")
        self.stack.sql("UPDATE billing.accounts SET sync_until = NULL WHERE sync_until IS NOT NULL")
        return True


@pytest.fixture(scope="module")
def kills(own_stack):
    own_stack.stripe.delivery.retries = [0.2] * 100
    own_stack.resend.delivery.retries = [0.2] * 100
    made = Kills(own_stack)
    with made.core:
        made.core.wait_live()
        yield made
    made.proxy.close()


@pytest.fixture(params=["write", "call", "call that had its effect"])
def each_kill(request, kills):
    """Calls `flow(client)` until a step is reached that it does not have; a new customer each time."""

    def run(prepare, work, finish):
        stack = kills.stack
        for number in range(MOST_STEPS):
            client = Client(stack).log_in()
            stack.sql("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 minute', trial_mails = 2 "
                      f"WHERE customer_id = '{client.identity['customer']['id']}'")
            context = prepare(stack, client)
            stack.settled()

            def attempt():
                work(stack, client, context)

            if request.param == "write":
                is_killed = kills.at_write(number, attempt)
            else:
                is_killed = kills.at_call(number, request.param != "call", attempt)
            finish(stack, client)
            all_is_well(stack, client)
            if not is_killed:
                assert number > 0, "no step at all"
                return
        raise AssertionError("the flow has no end")

    return run


# --- The flows

def nothing(stack, client):
    return None


def open_checkout(stack, client):
    url = expect(client.post("/api/billing/checkout", json=START), 201)["url"]
    stack.sql("UPDATE billing.checkouts SET sent_at = sent_at - interval '2 minutes' "
              f"WHERE customer_id = '{client.identity['customer']['id']}'")
    return next(each for each in stack.stripe.all("checkout.session") if each["url"] == url)


def subscribed(stack, client):
    stack.subscribe(client, "start")


def buy(stack, client):
    """Until there is a page, on which then is paid, unless that has happened."""
    def page():
        answer = client.post("/api/billing/checkout", json=START)
        return answer.json() if answer.status_code in (201, 409) else None

    url = wait_until(page, 30, "a page to pay on").get("url")
    if url is not None:
        session = next(each for each in stack.stripe.all("checkout.session") if each["url"] == url)
        stack.stripe.complete_checkout(session)
    wait_until(lambda: shown(client)["status"] == "active", 30, "the subscription")


def shown(client) -> dict:
    answer = client.post("/api/billing/sync", json={})
    return answer.json() if answer.status_code == 200 else {"status": "unknown"}


def test_checkout(each_kill):
    each_kill(nothing, lambda stack, client, _: client.post("/api/billing/checkout", json=START), buy)


def test_checkout_in_place_of_another(each_kill):
    each_kill(open_checkout, lambda stack, client, _: client.post("/api/billing/checkout", json=BUSINESS), buy)


def test_payment_with_its_events_and_mails(each_kill):
    def pay(stack, client, session):
        stack.stripe.complete_checkout(session)
        client.post("/api/billing/sync", json={})

    each_kill(open_checkout, pay, buy)


def test_change_of_plan(each_kill):
    def change(stack, client, _):
        preview = client.post("/api/billing/change/preview", json=BUSINESS)
        if preview.status_code == 200:
            client.post("/api/billing/change", json={"preview": preview.json()["preview"]})

    def finish(stack, client):
        def is_changed():
            change(stack, client, None)
            return shown(client)["plan"] == "business"

        wait_until(is_changed, 30, "the change")
        # Once at the beginning, once for what was left of the month.
        assert len([each for each in charges(stack, client)]) == 2

    each_kill(subscribed, change, finish)


def test_cancellation(each_kill):
    def finish(stack, client):
        wait_until(lambda: client.post("/api/billing/cancel", json={}).status_code == 200, 30, "the cancellation")
        assert shown(client)["can_resume"] is True

    each_kill(subscribed, lambda stack, client, _: client.post("/api/billing/cancel", json={}), finish)


# --- What must hold in the end

def of_customer(stack, client) -> list[str]:
    return [each["id"] for each in stack.stripe.all("customer")
            if each.get("metadata", {}).get("smartpages_customer") == client.identity["customer"]["id"]]


def charges(stack, client) -> list[dict]:
    return [each for id in of_customer(stack, client) for each in stack.stripe.all("charge", customer=id)
            if each["paid"]]


def all_is_well(stack, client) -> None:
    stack.settled(60)
    customers = of_customer(stack, client)
    assert len(customers) == 1, "one customer at Stripe"
    subscriptions = stack.stripe.all("subscription", customer=customers[0])
    assert len(subscriptions) == 1, "one subscription"
    sessions = [each["status"] for each in stack.stripe.all("checkout.session")
                if each["customer"] == customers[0]]
    assert sessions.count("complete") == 1 and "open" not in sessions
    paid = [each for each in stack.stripe.all("invoice", customer=customers[0]) if each["amount_paid"] > 0]
    assert len(charges(stack, client)) == len(paid)
    row = stack.sql("SELECT stripe_customer, subscription, status, price FROM billing.accounts "
                    f"WHERE customer_id = '{client.identity['customer']['id']}'")[0]
    price = subscriptions[0]["items"]["data"][0]["price"]["id"]
    assert row == [customers[0], subscriptions[0]["id"], subscriptions[0]["status"], price]
    stored = stack.sql("SELECT id FROM billing.invoices "
                       f"WHERE customer_id = '{client.identity['customer']['id']}' ORDER BY id")
    assert [id for [id] in stored] == sorted(
        each["id"] for each in stack.stripe.all("invoice", customer=customers[0]))
    wait_until(lambda: len(mails(stack, client, "receipt")) >= len(paid), 30, "the receipts")
    sent = [each.idempotency_key for each in stack.resend.mails(client.email)]
    assert len(sent) == len(set(sent)), "no mail twice"
    assert len(mails(stack, client, "receipt")) == len(paid)
    assert len(mails(stack, client, "plan_changed")) <= 1
    assert stack.sql("SELECT count(*) FROM billing.calls "
                     f"WHERE customer_id = '{client.identity['customer']['id']}'") == [["0"]]


def mails(stack, client, template: str) -> list[dict]:
    return [mail for mail in stack.mails(client.email) if template_of(mail) == template]
