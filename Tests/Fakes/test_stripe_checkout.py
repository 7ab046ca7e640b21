"""Checkout of the Stripe stand-in, by its page as a person uses it and by its short way for tests."""

import re

import pytest
import requests
import stripe
from fakes.stripe import StripeError
from stripe_fixtures import client, endpoint, fake, new_customer, new_session  # noqa: F401

FORM = {"action": "pay", "cardNumber": "4242 4242 4242 4242", "cardExpiry": "12 / 34", "cardCvc": "123",
        "billingName": "Ada <Lovelace>", "billingCountry": "DE", "billingAddressLine1": "Am Markt 1",
        "billingPostalCode": "28195", "billingLocality": "Bremen"}


def submit(url, **changes):
    return requests.post(url, data=FORM | changes, allow_redirects=False)


def test_a_purchase_by_the_page(fake, client, endpoint):
    customer = new_customer(client)
    session = new_session(client, customer)
    page = requests.get(session.url)
    assert page.status_code == 200 and '<html lang="de">' in page.text and "Stripe stand-in" in page.text
    answer = submit(session.url)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"https://app.example/billing?checkout=done&session_id={session.id}"
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription", "line_items"]})
    assert (done.status, done.payment_status, done.url) == ("complete", "paid", None)
    assert done.subscription.status == "active" and done.subscription.metadata["smartpages_customer"] == "c-1"
    assert done.line_items.data[0].price.id == "price_start_month"
    changed = client.v1.customers.retrieve(customer.id)
    assert changed.name == "Ada <Lovelace>" and changed.address.postal_code == "28195"
    invoice = client.v1.invoices.retrieve(done.invoice)
    assert (invoice.status, invoice.amount_paid, invoice.billing_reason) == ("paid", 500, "subscription_create")
    assert fake.wait_for_delivery()
    assert {"checkout.session.completed", "customer.subscription.created", "customer.subscription.updated",
            "invoice.paid", "invoice.finalized", "customer.updated"} <= set(endpoint.types)
    assert "erledigt" in requests.get(session.url or f"{fake.url}/c/pay/{session.id}").text


@pytest.mark.parametrize(("card", "says"), [
    ("4000000000000002", "abgelehnt"), ("4000000000009995", "Deckung"), ("4000000000000341", "abgelehnt"),
    ("4111111111111111", "Testkarten"), ("4242424242424241", "Kartennummer"), ("", "Bitte ausfüllen")])
def test_refused_cards_leave_the_session_open(client, card, says):
    session = new_session(client, new_customer(client))
    answer = submit(session.url, cardNumber=card)
    assert answer.status_code in (402, 422) and says in re.search(r'role="alert"[^>]*>([^<]*)', answer.text)[1]
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert client.v1.subscriptions.list({"customer": session.customer, "status": "all"}).data == []
    assert submit(session.url).status_code == 303


@pytest.mark.parametrize("card", ["4000002500003155", "4000003800000446", "4000002760003184"])
def test_3d_secure_is_asked_and_may_fail(client, card):
    session = new_session(client, new_customer(client))
    asked = submit(session.url, cardNumber=card)
    secure = session.url + "/3ds"
    assert asked.headers["Location"].endswith("/3ds") and "complete" in requests.get(secure).text
    assert requests.post(secure, data={"outcome": "fail"}).status_code == 402
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    submit(session.url, cardNumber=card)
    assert requests.post(secure, data={"outcome": "complete"}, allow_redirects=False).status_code == 303
    assert client.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_a_promotion_code_is_typed_on_the_page(client):
    coupon = client.v1.coupons.create({"percent_off": 50, "duration": "once"})
    client.v1.promotion_codes.create({"code": "SPRING", "promotion": {"type": "coupon", "coupon": coupon.id}})
    session = new_session(client, new_customer(client))
    assert "gilt nicht" in submit(session.url, action="apply", promotionCode="nothing").text
    assert "2,50 €" in submit(session.url, action="apply", promotionCode="spring").text
    submit(session.url, promotionCode="spring", applied="spring")
    done = client.v1.checkout.sessions.retrieve(session.id)
    assert (done.amount_total, done.total_details.amount_discount) == (250, 250)
    assert client.v1.promotion_codes.list({"code": "SPRING", "active": True, "limit": 1}).data[0].times_redeemed == 1


def test_a_promotion_code_may_be_given(client):
    coupon = client.v1.coupons.create({"amount_off": 100, "currency": "eur", "duration": "forever"})
    code = client.v1.promotion_codes.create({"promotion": {"type": "coupon", "coupon": coupon.id}})
    session = new_session(client, new_customer(client), allow_promotion_codes=...,
                          discounts=[{"promotion_code": code.id}])
    assert session.amount_total == 400


def test_a_business_gives_its_tax_id(fake, client):
    session = new_session(client, new_customer(client))
    submit(session.url, business="1", businessName="Ada GmbH", taxId="DE123456789")
    done = client.v1.checkout.sessions.retrieve(session.id)
    assert done.customer_details.tax_ids[0].value == "DE123456789"
    assert client.v1.customers.retrieve(session.customer).name == "Ada GmbH"


@pytest.mark.parametrize("card", ["4242424242424242", "4000000000000341"])
def test_a_trial_costs_nothing_today(fake, client, card):
    end = fake.now() + 5 * 86_400
    session = new_session(client, new_customer(client), subscription_data={"trial_end": end})
    assert submit(session.url, cardNumber=card).status_code == 303
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    assert done.payment_status == "no_payment_required"
    assert (done.subscription.status, done.subscription.trial_end) == ("trialing", end)
    fake.advance(days=6)
    status = client.v1.subscriptions.retrieve(done.subscription.id).status
    assert status == ("active" if card.endswith("4242") else "past_due")


@pytest.mark.parametrize(("values", "param"), [
    ({"line_items": [{"price": "price_none", "quantity": 1}]}, "line_items[0][price]"),
    ({"line_items": [{"price": "price_start_month"}]}, "line_items[0][quantity]"),
    ({"success_url": "javascript:alert(1)"}, "success_url"), ({"success_url": ...}, "success_url"),
    ({"customer": "cus_none"}, "customer"), ({"expires_at": 1}, "expires_at"), ({"locale": "xx"}, "locale"),
    ({"subscription_data": {"trial_end": 1}}, "subscription_data[trial_end]"),
    ({"customer_update": {}}, "tax_id_collection"), ({"discounts": [{"coupon": "x"}]}, None),
    ({"subscription_data": {"nothing": "x"}}, "subscription_data[nothing]"), ({"mode": ...}, "mode"),
])
def test_wrong_sessions_are_refused(client, values, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        new_session(client, new_customer(client), **values)
    assert (refused.value.http_status, refused.value.param) == (400, param)


def test_a_session_expires_by_itself_and_by_request(fake, client, endpoint):
    customer = new_customer(client)
    first, second = new_session(client, customer), new_session(client, customer, expires_at=fake.now() + 3600)
    assert [each.id for each in client.v1.checkout.sessions.list({"customer": customer.id, "status": "open"}).data] \
        == [second.id, first.id]
    assert client.v1.checkout.sessions.expire(first.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(first.id)
    fake.advance(hours=2)
    assert client.v1.checkout.sessions.retrieve(second.id).status == "expired"
    assert requests.get(second.url).status_code == 410
    with pytest.raises(StripeError):
        fake.complete_checkout(second.id)
    assert [event.type for event in endpoint.wait(2)] == ["checkout.session.expired"] * 2


def test_the_short_way_for_tests_does_the_same(fake, client):
    session = new_session(client, new_customer(client))
    with pytest.raises(StripeError) as refused:
        fake.complete_checkout(session.id, card="4000000000000002")
    assert refused.value.code == "card_declined"
    with pytest.raises(StripeError):
        fake.complete_checkout(session.id, card="4000002500003155", authenticate=False)
    assert fake.complete_checkout(session, card="4000002500003155")["status"] == "complete"


def test_the_portal_cancels_resumes_and_changes_the_card(fake, client):
    customer = new_customer(client)
    fake.subscribe(customer.id, "price_start_month")
    portal = client.v1.billing_portal.sessions.create(
        {"customer": customer.id, "return_url": "https://app.example/billing?portal=done", "locale": "de"})
    page = requests.get(portal.url).text
    assert "https://app.example/billing?portal=done" in page and "Ihr Abonnement" in page and "4242" in page

    def subscription():
        return client.v1.subscriptions.list({"customer": customer.id}).data[0]
    requests.post(portal.url + "/cancel")
    assert subscription().cancel_at == subscription()["items"].data[0].current_period_end
    requests.post(portal.url + "/resume")
    assert subscription().cancel_at is None
    card = {"cardNumber": "4000000000000002", "cardExpiry": "1/30", "cardCvc": "123"}
    assert requests.post(portal.url + "/card", data=card).status_code == 402
    requests.post(portal.url + "/card", data=card | {"cardNumber": "4000000000000341"})
    assert "0341" in requests.get(portal.url).text
    fake.advance(days=32)
    invoice = client.v1.invoices.list({"customer": customer.id}).data[0]
    assert (subscription().status, invoice.status) == ("past_due", "open")
    assert requests.post(invoice.hosted_invoice_url, data={"action": "saved"}).status_code == 402
    requests.post(invoice.hosted_invoice_url, data=card | {"cardNumber": "5555555555554444"})
    assert subscription().status == "active"
    assert requests.get(invoice.invoice_pdf).content.startswith(b"%PDF-1.4")


@pytest.mark.parametrize("path", ["/", "/c/pay/cs_none", "/p/session/none", "/i/in_none", "/nothing"])
def test_unknown_pages_are_404(fake, path):
    assert requests.get(fake.url + path).status_code == 404


def test_pages_escape_what_they_show(fake, client):
    hostile = '"><script>alert(1)</script>'
    customer = new_customer(client, email=hostile, name=hostile)
    session = new_session(client, customer, cancel_url='https://app.example/"><script>')
    fake.subscribe(customer.id, "price_start_month")
    portal = client.v1.billing_portal.sessions.create({"customer": customer.id})
    invoice = client.v1.invoices.list({"customer": customer.id}).data[0]
    for answer in (requests.get(session.url), submit(session.url, billingName=hostile, cardNumber=hostile),
                   requests.get(portal.url), requests.get(invoice.hosted_invoice_url)):
        assert "<script" not in answer.text and "default-src 'none'" in answer.headers["Content-Security-Policy"]
