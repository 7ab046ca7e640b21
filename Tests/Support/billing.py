"""Many accounts at once, what each should be by what the stand-in of Stripe holds, and webhooks delivered at will."""

import http.client
import json
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import requests
from fakes.stripe import StripeFake
from fakes.stripe.fake import event_body
from fakes.stripe.settings import API_VERSION
from fakes.stripe.signature import sign
from stack import Stack

PRICE_PLANS = {f"price_{plan}_{interval}": plan for plan in ("start", "business", "agency")
               for interval in ("month", "year")}
STATE = ("subscription", "subscription_item", "status", "plan", "price", "period", "amount", "currency",
         "period_ends_at", "cancel_at", "ended_at", "past_due_since", "problem", "problem_invoice")
MOMENTS = ("period_ends_at", "cancel_at", "ended_at", "past_due_since")
# Of several subscriptions the one with the lowest counts.
RANK = {"active": 0, "trialing": 0, "past_due": 1, "paused": 2, "unpaid": 3, "incomplete": 4, "canceled": 5,
        "incomplete_expired": 6}
BEGUN = ("active", "trialing", "past_due", "paused", "unpaid")


# --- Accounts

def open_accounts(stack: Stack, stripe_customers: Iterable[str | None], states: dict[str, dict] | None = None,
                  label: str = "account") -> dict[str, str]:
    """Customers with accounts that have these customers at Stripe; our ids by Stripe's. `states`: what the accounts
    are already, as `expected` tells it."""
    customers = {stripe: str(uuid.uuid4()) for stripe in stripe_customers}
    lines = []
    for number, (stripe, own) in enumerate(customers.items()):
        state = (states or {}).get(stripe) or {}
        values = [own, stripe, f"{label}-{number}@example.com", *(state.get(name) for name in STATE)]
        lines.append("\t".join(r"\N" if value is None else str(value) for value in values))
    columns = ", ".join(f"{name} {'float8' if name in MOMENTS else 'text'}" for name in STATE)
    taken = ", ".join(
        f"to_timestamp({name})" if name in MOMENTS else f"{name}::bigint" if name == "amount" else name
        for name in STATE)
    psql(stack, "\n".join([
        "BEGIN;", f"CREATE TEMP TABLE given (id uuid, stripe text, email text, {columns}) ON COMMIT DROP;",
        "COPY given FROM STDIN;", *lines, "\\.",
        "INSERT INTO customer.customers (id, name, language) SELECT id, email, 'en' FROM given;",
        "INSERT INTO billing.accounts (customer_id, trial_ends_at, trial_mails, email, language, name, stripe_customer,"
        f" {', '.join(STATE)}) SELECT id, now() - interval '1 day', 2, email, 'en', email, stripe, {taken} FROM given;",
        "COMMIT;"]))
    return customers


def store_invoices(stack: Stack, owners: dict[str, str], invoices: Iterable[dict]) -> None:
    """The invoices as if they had been fetched."""
    lines = [json.dumps([owners[each["customer"]], each["id"], each["number"], each["status"], each["total"],
                         each["amount_remaining"], each["currency"], each["created"],
                         each["status_transitions"]["paid_at"]]) for each in invoices]
    psql(stack, "\n".join([
        "BEGIN;", "CREATE TEMP TABLE given (row jsonb) ON COMMIT DROP;", "COPY given FROM STDIN;", *lines, "\\.",
        "INSERT INTO billing.invoices"
        " (customer_id, id, number, status, amount, remaining, currency, created_at, paid_at)"
        " SELECT (row->>0)::uuid, row->>1, row->>2, row->>3, (row->4)::bigint, (row->5)::bigint, row->>6,"
        " to_timestamp((row->7)::float8), to_timestamp((row->>8)::float8) FROM given"
        " ON CONFLICT DO NOTHING;", "COMMIT;"]))


def psql(stack: Stack, script: str) -> str:
    """Runs a script that may be long."""
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-", database_url(stack)],
                          input=script, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def database_url(stack: Stack) -> str:
    return stack._program_environment()["SMARTPAGES_DATABASE_URL"]


def stored(stack: Stack) -> dict[str, dict]:
    """What the accounts are, by their customer at Stripe."""
    names = ", ".join(f"'{name}', " + (f"extract(epoch FROM {name})::bigint" if name in MOMENTS else name)
                      for name in STATE)
    rows = psql(stack, f"SELECT json_build_array(stripe_customer, json_build_object({names})) FROM billing.accounts "
                       "WHERE stripe_customer IS NOT NULL")
    return dict(json.loads(row) for row in rows.splitlines())


# --- What Stripe holds

def expected(stripe: StripeFake, customer: str) -> dict:
    """What an account has to be, told by the stand-in's objects and by the rules, not by our code."""
    state: dict = dict.fromkeys(STATE)
    subscriptions = stripe.all("subscription", customer)
    if not subscriptions:
        return state
    best = min(RANK[each["status"]] for each in subscriptions)
    ranked = [each for each in subscriptions if RANK[each["status"]] == best]
    over = best > 4
    counting = sorted(ranked, key=lambda each: (-each["created"] if over or best == 4 else each["created"],
                                                each["id"]))[0]
    item = counting["items"]["data"][0]
    price = item["price"]
    state |= {
        "subscription": counting["id"], "subscription_item": item["id"], "status": counting["status"],
        "plan": PRICE_PLANS.get(price["id"]), "price": price["id"], "period": price["recurring"]["interval"],
        "amount": price["unit_amount"], "currency": price["currency"], "period_ends_at": item["current_period_end"],
        "ended_at": counting["ended_at"],
    }
    if counting["status"] in BEGUN:
        state["cancel_at"] = counting["cancel_at"] or (
            item["current_period_end"] if counting["cancel_at_period_end"] else None)
    if over:
        return state
    owed = sorted((each for each in stripe.all("invoice", customer)
                   if each["status"] == "open" and each["attempt_count"] > 0 and each["amount_remaining"] > 0
                   and each["parent"]["subscription_details"]["subscription"] == counting["id"]),
                  key=lambda each: (each["created"], each["id"]))
    if owed:
        state["problem_invoice"] = owed[-1]["id"]
        state["problem"] = "action_needed" if needs_action(stripe, owed[-1]) else "failed"
    if counting["status"] in ("past_due", "unpaid"):
        state["past_due_since"] = (owed[0]["status_transitions"]["finalized_at"] if owed
                                   else item["current_period_end"])
    return state


def needs_action(stripe: StripeFake, invoice: dict) -> bool:
    for payment in stripe.all("invoice_payment", invoice["customer"]):
        if payment["invoice"] == invoice["id"] and payment["status"] == "open":
            intent = stripe.get(payment["payment"]["payment_intent"])
            failure = intent["last_payment_error"] or {}
            return intent["status"] == "requires_action" or failure.get("code") == "authentication_required"
    return False


def differences(stack: Stack, stripe: StripeFake, customers: Iterable[str]) -> dict[str, dict]:
    """What is stored and what should be, of the customers that differ; empty when all are as they should be."""
    found = stored(stack)
    wrong = {}
    for customer in customers:
        want = expected(stripe, customer)
        have = found.get(customer, {})
        different = {name: (have.get(name), want[name]) for name in STATE if have.get(name) != want[name]}
        if different:
            wrong[customer] = different
    return wrong


# --- Requests and webhooks

class StripeClient(requests.Session):
    """Asks the stand-in as a program of ours would."""

    def __init__(self, stripe: StripeFake):
        super().__init__()
        self.trust_env = False
        self.base = stripe.url
        self.auth = (stripe.key, "")
        self.headers["Stripe-Version"] = API_VERSION

    def ask(self, method: str, path: str, **parameters) -> dict:
        place = "params" if method == "GET" else "data"
        answer = self.request(method, self.base + path, timeout=30, **{place: parameters})
        assert answer.ok, answer.text
        return answer.json()


class Webhooks:
    """Posts events to Core through nginx, each thread over a connection of its own."""

    def __init__(self, stack: Stack):
        self.stack = stack
        self._connections = threading.local()

    def post(self, body: bytes, signature: str | None = "sign", **headers: str) -> int:
        """The status; `signature` None: without, "sign": as it should be."""
        fields = {"Host": "app.localhost", "Content-Type": "application/json; charset=utf-8", **headers}
        if signature == "sign":
            signature = sign(body, self.stack.stripe.webhook_secret)
        if signature is not None:
            fields["Stripe-Signature"] = signature
        for is_last in (False, True):
            connection = getattr(self._connections, "kept", None)
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.stack.http_port, timeout=30)
                self._connections.kept = connection
            try:
                connection.request("POST", "/api/webhooks/stripe", body, fields)
                answer = connection.getresponse()
                answer.read()
                if answer.will_close:
                    self._close()
                return answer.status
            except (OSError, http.client.HTTPException):
                # nginx closes a kept connection after a thousand requests.
                self._close()
                if is_last:
                    raise
        raise AssertionError

    def _close(self) -> None:
        self._connections.kept.close()
        self._connections.kept = None

    def send(self, event: dict) -> None:
        status = self.post(event_body(event))
        assert status == 200, status

    def send_all(self, sequences: Iterable[list[dict]], threads: int = 8) -> None:
        """Sends each sequence in its order, many sequences at once."""
        def send(sequence: list[dict]) -> None:
            for event in sequence:
                self.send(event)

        run_all(send, sequences, threads)


def run_all(task: Callable, arguments: Iterable, threads: int = 8) -> None:
    """Runs a task for each argument on some threads; the first failure is raised."""
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(task, argument) for argument in arguments]:
            done.result()


def events_of(stripe: StripeFake, types: Iterable[str] | None = None) -> dict[str, list[dict]]:
    """The events that a webhook endpoint would get, by customer, oldest first."""
    wanted = set(types if types is not None else stripe.account.settings.enabled_events)
    found: dict[str, list[dict]] = {}
    for event in stripe.all("event"):
        if event["type"] in wanted:
            about = event["data"]["object"]
            customer = about["id"] if about["object"] == "customer" else about.get("customer")
            found.setdefault(customer, []).append(event)
    return found
