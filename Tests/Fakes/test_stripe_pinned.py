"""Each request that Billing sends, letter by letter as it goes over the wire."""

import pytest
import requests
from fakes.stripe import API_VERSION
from stripe_fixtures import client, endpoint, fake, new_customer, subscribed  # noqa: F401

CHECKOUT = [
    ("mode", "subscription"), ("customer", "{customer}"), ("client_reference_id", "c-1"),
    ("line_items[0][price]", "price_business_year"), ("line_items[0][quantity]", "1"),
    ("success_url", "https://app.example/billing?checkout=done&session_id={CHECKOUT_SESSION_ID}"),
    ("cancel_url", "https://app.example/billing?checkout=cancelled"), ("locale", "de"),
    ("billing_address_collection", "required"), ("tax_id_collection[enabled]", "true"),
    ("customer_update[name]", "auto"), ("customer_update[address]", "auto"), ("automatic_tax[enabled]", "true"),
    ("payment_method_collection", "always"), ("subscription_data[metadata][smartpages_customer]", "c-1"),
    ("metadata[smartpages_customer]", "c-1"), ("metadata[smartpages_checkout]", "k-1"), ("expires_at", "{soon}")]
CHANGE = [("items[0][id]", "{item}"), ("items[0][price]", "price_business_month"),
          ("proration_behavior", "always_invoice"), ("proration_date", "{now}"),
          ("payment_behavior", "error_if_incomplete")]
REQUESTS = [
    ("POST", "/v1/customers", [("email", "a@example.com"), ("name", "Ada"), ("preferred_locales[0]", "de"),
                               ("metadata[smartpages_customer]", "c-1")]),
    ("GET", "/v1/customers/{customer}", []),
    ("GET", "/v1/customers", [("email", "a@example.com"), ("limit", "1")]),
    ("GET", "/v1/customers", [("limit", "100"), ("starting_after", "{customer}")]),
    ("GET", "/v1/subscriptions", [("customer", "{customer}"), ("status", "all"), ("limit", "100"),
                                  ("expand[0]", "data.latest_invoice")]),
    ("GET", "/v1/subscriptions", [("status", "all"), ("limit", "100"), ("starting_after", "{subscription}")]),
    ("GET", "/v1/subscriptions/{subscription}", []),
    ("GET", "/v1/invoices", [("customer", "{customer}"), ("limit", "100")]),
    ("GET", "/v1/invoice_payments", [("invoice", "{invoice}"), ("limit", "10"),
                                     ("expand[0]", "data.payment.payment_intent")]),
    ("GET", "/v1/promotion_codes", [("code", "SPRING"), ("active", "true"), ("limit", "1")]),
    ("POST", "/v1/checkout/sessions", [*CHECKOUT, ("allow_promotion_codes", "true")]),
    ("POST", "/v1/checkout/sessions", [*CHECKOUT, ("discounts[0][promotion_code]", "{code}")]),
    ("POST", "/v1/checkout/sessions", [*CHECKOUT, ("subscription_data[trial_end]", "{later}")]),
    ("POST", "/v1/checkout/sessions", [*CHECKOUT, ("subscription_data[trial_period_days]", "7")]),
    ("GET", "/v1/checkout/sessions", [("customer", "{customer}"), ("status", "open")]),
    ("GET", "/v1/checkout/sessions/{session}", []),
    ("POST", "/v1/checkout/sessions/{session}/expire", []),
    ("POST", "/v1/billing_portal/sessions", [
        ("customer", "{customer}"), ("return_url", "https://app.example/billing?portal=done"), ("locale", "de")]),
    ("POST", "/v1/invoices/create_preview", [
        ("customer", "{customer}"), ("subscription", "{subscription}"),
        ("subscription_details[items][0][id]", "{item}"),
        ("subscription_details[items][0][price]", "price_business_month"),
        ("subscription_details[proration_behavior]", "always_invoice"),
        ("subscription_details[proration_date]", "{now}")]),
    ("POST", "/v1/subscriptions/{subscription}", CHANGE),
    ("POST", "/v1/subscriptions/{subscription}", [("cancel_at_period_end", "true")]),
    ("GET", "/v1/events", [("limit", "100"), ("starting_after", "{event}"), ("created[gte]", "1")]),
    ("GET", "/v1/events", [("limit", "100"), ("ending_before", "{event}")]),
    ("GET", "/v1/events/{event}", []),
    ("GET", "/v1/prices/price_start_month", []),
    ("GET", "/v1/prices", [("limit", "100"), ("active", "true")]),
]


@pytest.mark.parametrize(("method", "path", "pairs"), REQUESTS,
                         ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_accepted_and_refused_with_anything_more(fake, client, method, path, pairs):
    subscription = subscribed(fake, client)
    coupon = client.v1.coupons.create({"percent_off": 10, "duration": "once"})
    code = client.v1.promotion_codes.create({"code": "SPRING", "promotion": {"type": "coupon", "coupon": coupon.id}})
    session = client.v1.checkout.sessions.create({
        "mode": "subscription", "success_url": "https://app.example/", "customer": subscription.customer,
        "line_items": [{"price": "price_start_month", "quantity": 1}]})
    known = {"customer": subscription.customer, "subscription": subscription.id,
             "item": subscription["items"].data[0].id, "invoice": subscription.latest_invoice, "session": session.id,
             "code": code.id, "event": fake.all("event")[3]["id"], "now": str(fake.now()),
             "soon": str(fake.now() + 3600), "later": str(fake.now() + 5 * 86_400)}

    def filled(text):
        for name, value in known.items():
            text = text.replace("{" + name + "}", value)
        return text
    given = [(name, filled(value)) for name, value in pairs]
    headers = {"Authorization": f"Bearer {fake.key}", "Stripe-Version": API_VERSION}

    def ask(pairs):
        place = {"params": pairs} if method == "GET" else {"data": pairs}
        return requests.request(method, fake.url + filled(path), headers=headers, **place)
    more = ask([*given, ("smartpages", "1")])
    assert (more.status_code, more.json()["error"]["code"]) == (400, "parameter_unknown")
    answer = ask(given)
    assert answer.status_code == 200, answer.text
