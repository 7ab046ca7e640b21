"""Billing against somebody else's imitation of Stripe (localstripe), as far as that goes: customers, subscriptions,
invoices, cards and signed webhooks. Its shapes are older than the version that Billing asks for."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from client import Client, expect
from stack import Stack, free_ports, wait_until

KEY = "sk_test_localstripe"
SECRET = "whsec_localstripe_secret"
SUPPORT = Path(__file__).resolve().parents[1] / "Support"

# Its own command listens on all addresses, and our names end in .localhost (`stack` has them looked up here).
PROGRAM = """
import stack
from aiohttp import web
from localstripe.server import app
web.run_app(app, host="127.0.0.1", port={port}, print=None)
"""


class LocalStripe:
    """localstripe as a process of its own."""

    def __init__(self):
        self.port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-B", "-c", PROGRAM.format(port=self.port)], cwd="/", env={"PYTHONPATH": str(SUPPORT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers, what="localstripe")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/v1/customers", timeout=2).status_code == 401
        except requests.ConnectionError:
            assert self.process.poll() is None, "localstripe has ended"
            return False

    def __enter__(self) -> "LocalStripe":
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()

    def call(self, method: str, path: str, **form):
        answer = requests.request(method, f"{self.url}/v1/{path}", auth=(KEY, ""), data=form, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def tell(self, url: str) -> None:
        """Has it deliver its events there."""
        answer = requests.post(f"{self.url}/_config/webhooks/core", data={"url": url, "secret": SECRET}, timeout=10)
        assert answer.ok, answer.text

    def give_card(self, customer: str, number: str) -> None:
        card = {"number": number, "exp_month": "12", "exp_year": "2040", "cvc": "123"}
        method = self.call("POST", "payment_methods", type="card", **{f"card[{name}]": v for name, v in card.items()})
        self.call("POST", f"payment_methods/{method['id']}/attach", customer=customer)
        self.call("POST", f"customers/{customer}", **{"invoice_settings[default_payment_method]": method["id"]})


@pytest.fixture(scope="module")
def local_stripe():
    with LocalStripe() as running:
        running.call("POST", "plans", id="price_start_month", amount="500", currency="eur", interval="month",
                     **{"product[name]": "Start"})
        yield running


@pytest.fixture(scope="module")
def its_stack(local_stripe):
    with Stack(STRIPE_URL=local_stripe.url, STRIPE_KEY=KEY, STRIPE_WEBHOOK_SECRETS=SECRET) as running:
        local_stripe.tell(f"{running.app_url}/api/webhooks/stripe")
        yield running


@pytest.fixture
def payer(its_stack, local_stripe):
    """A customer who is known there by what Billing sent; localstripe itself has no checkout."""
    client = Client(its_stack).log_in()
    answer = client.post("/api/billing/checkout", json={"plan": "start", "interval": "month"})
    assert answer.status_code >= 400
    found = [each for each in local_stripe.call("GET", "customers?limit=100")["data"] if each["email"] == client.email]
    assert len(found) == 1 and found[0]["metadata"]["smartpages_customer"] == client.identity["customer"]["id"]
    client.stripe_customer = found[0]["id"]
    return client


def status(client) -> str:
    return expect(client.get("/api/billing"), 200)["status"]


def test_a_subscription_is_followed_from_its_events_to_its_end(its_stack, local_stripe, payer):
    local_stripe.give_card(payer.stripe_customer, "4242424242424242")
    made = local_stripe.call(
        "POST", "subscriptions", customer=payer.stripe_customer, **{"items[0][plan]": "price_start_month"})
    wait_until(lambda: status(payer) == "active", what="the event")
    invoices = expect(payer.get("/api/billing/invoices"), 200)["items"]
    assert [(invoice["status"], invoice["amount"]) for invoice in invoices] == [("paid", 500)]
    its_stack.wait_for_mail(payer.email, "receipt")
    expect(payer.post("/api/billing/checkout", json={"plan": "start", "interval": "month"}), 409, "already_subscribed")

    local_stripe.call("DELETE", f"subscriptions/{made['id']}")
    wait_until(lambda: status(payer) == "canceled", what="the end")
    its_stack.settled()
    assert len([mail for mail in its_stack.mails(payer.email) if {"name": "template", "value": "receipt"}
                in mail["tags"]]) == 1


def test_events_of_an_older_version_are_parked_and_used_all_the_same(its_stack, local_stripe, payer):
    local_stripe.give_card(payer.stripe_customer, "4242424242424242")
    local_stripe.call(
        "POST", "subscriptions", customer=payer.stripe_customer, **{"items[0][plan]": "price_start_month"})
    wait_until(lambda: status(payer) == "active", what="the event")
    reasons = its_stack.sql(
        f"SELECT DISTINCT state, reason FROM billing.events WHERE stripe_customer = '{payer.stripe_customer}'")
    assert reasons == [["parked", "api_version"]]


def test_a_card_that_asks_for_a_confirmation_opens_nothing(local_stripe, payer):
    local_stripe.give_card(payer.stripe_customer, "4000002500003155")
    local_stripe.call(
        "POST", "subscriptions", customer=payer.stripe_customer, payment_behavior="allow_incomplete",
        **{"items[0][plan]": "price_start_month"})
    billing = expect(payer.post("/api/billing/sync"), 200)
    assert billing["status"] == "incomplete" and billing["plan"] != "start"
