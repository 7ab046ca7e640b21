"""What the tests of the Stripe stand-in share: the stand-in, the official client aimed at it, and a receiver."""

import threading
from typing import Any

import pytest
import stripe
from fakes.stripe import StripeFake
from fakes.web import Answer, Request, Server

SECRET = "whsec_test_of_the_standin"
PLANS = {
    "currency": "eur", "trial": {"days": 7, "card": False},
    "plans": [
        {"id": plan, "name": {"de": plan.capitalize(), "en": plan.capitalize()}, "description": {"en": "A plan"},
         "prices": [{"interval": "month", "amount": amount, "test": f"price_{plan}_month", "live": None},
                    {"interval": "year", "amount": amount * 10, "test": f"price_{plan}_year", "live": None}]}
        for plan, amount in (("start", 500), ("business", 1200), ("agency", 3900))],
}


class Endpoint:
    """A webhook endpoint that verifies as the official library does. The next statuses may be set."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.requests: list[Request] = []
        self.events: list[stripe.Event] = []
        self.statuses: list[int] = []
        self.server = Server(self._receive)

    @property
    def url(self) -> str:
        return f"{self.server.url}/api/webhooks/stripe"

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    def _receive(self, request: Request) -> Answer:
        event = stripe.Webhook.construct_event(request.body, request.headers["stripe-signature"], SECRET)
        with self._changed:
            self.requests.append(request)
            self.events.append(event)
            self._changed.notify_all()
            return Answer(self.statuses.pop(0) if self.statuses else 200, b'{"received":true}')

    def wait(self, count: int, seconds: float = 5) -> list[stripe.Event]:
        """The events, once there are `count`."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.events) >= count, seconds), self.types
            return list(self.events)


@pytest.fixture
def endpoint():
    running = Endpoint()
    with running.server:
        yield running
    assert not running.server.mistakes


@pytest.fixture
def fake(endpoint):
    """A stand-in of its own for each test, without the limit of requests a second."""
    with StripeFake(plans=PLANS, webhook_url=endpoint.url, webhook_host="app.localhost", webhook_secret=SECRET,
                    rate_limit=None, retries=(0.01, 0.01, 0.01)) as running:
        yield running
    assert not running.server.mistakes


@pytest.fixture
def client(fake):
    """The official client, which tries once."""
    return client_of(fake)


def client_of(fake: StripeFake, **options: Any) -> stripe.StripeClient:
    return stripe.StripeClient(options.pop("key", fake.key), base_addresses={"api": fake.url}, **options)


def new_customer(client: stripe.StripeClient, **values: Any) -> stripe.Customer:
    return client.v1.customers.create({"email": "ada@example.com", "metadata": {"smartpages_customer": "c-1"},
                                       **values})


def new_session(client: stripe.StripeClient, customer: stripe.Customer, /, **values: Any) -> stripe.checkout.Session:
    """A checkout as the product asks for it."""
    asked = {
        "mode": "subscription", "customer": customer.id, "client_reference_id": "c-1",
        "line_items": [{"price": "price_start_month", "quantity": 1}],
        "success_url": "https://app.example/billing?checkout=done&session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://app.example/billing?checkout=cancelled", "locale": "de",
        "allow_promotion_codes": True, "billing_address_collection": "required",
        "tax_id_collection": {"enabled": True}, "customer_update": {"name": "auto", "address": "auto"},
        "payment_method_collection": "always",
        "subscription_data": {"metadata": {"smartpages_customer": "c-1"}},
        "metadata": {"smartpages_customer": "c-1", "smartpages_checkout": "k-1"}}
    asked |= values
    return client.v1.checkout.sessions.create({name: value for name, value in asked.items() if value is not ...})


def subscribed(fake: StripeFake, client: stripe.StripeClient, price: str = "price_start_month",
               **values: Any) -> stripe.Subscription:
    """A customer's subscription, paid by a good card."""
    made = fake.subscribe(new_customer(client).id, price, **values)
    return client.v1.subscriptions.retrieve(made["id"])
