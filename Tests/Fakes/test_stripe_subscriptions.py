"""Subscriptions of the Stripe stand-in through their life: changes, previews, renewals, failures and ends."""

import pytest
import stripe
from stripe_fixtures import (  # noqa: F401
    client, endpoint, fake, new_customer, new_session, subscribed)

DAY = 86_400
BUSINESS = "price_business_month"


def item_of(subscription):
    return subscription["items"].data[0]


def change(client, subscription, price, **values):
    return client.v1.subscriptions.update(subscription.id, {
        "items": [{"id": item_of(subscription).id, "price": price}], "proration_behavior": "always_invoice",
        "payment_behavior": "error_if_incomplete", **values})


def preview(client, subscription, price, moment=None):
    details = {"items": [{"id": item_of(subscription).id, "price": price}], "proration_behavior": "always_invoice"}
    if moment is not None:
        details["proration_date"] = moment
    return client.v1.invoices.create_preview({
        "customer": subscription.customer, "subscription": subscription.id, "subscription_details": details})


@pytest.mark.parametrize("price", [BUSINESS, "price_start_year", "price_agency_year"])
def test_a_preview_is_what_is_then_charged(fake, client, price):
    subscription = subscribed(fake, client)
    fake.advance(days=12)
    moment = fake.now()
    seen = preview(client, subscription, price, moment)
    fake.advance(hours=1)
    changed = change(client, subscription, price, proration_date=moment, expand=["latest_invoice"])
    invoice = changed.latest_invoice
    assert (invoice.status, invoice.amount_paid) == ("paid", seen.amount_due)
    assert [(line.description, line.amount) for line in invoice.lines.data] \
        == [(line.description, line.amount) for line in seen.lines.data]
    assert item_of(changed).price.id == price and changed.status == "active"
    kept = item_of(changed).current_period_end == item_of(subscription).current_period_end
    assert kept == (price == BUSINESS)


def test_a_downgrade_gives_credit_that_pays_the_next_invoice(fake, client):
    subscription = subscribed(fake, client, "price_agency_month")
    fake.advance(days=3)
    moment = fake.now()
    seen = preview(client, subscription, "price_start_month", moment)
    assert seen.amount_due == 0 and seen.ending_balance == seen.total < 0
    change(client, subscription, "price_start_month", proration_date=moment)
    assert client.v1.customers.retrieve(subscription.customer).balance == seen.total
    fake.advance(days=35)
    renewal = client.v1.invoices.list({"customer": subscription.customer}).data[0]
    assert (renewal.status, renewal.amount_due, renewal.amount_paid) == ("paid", 0, 0)
    assert client.v1.customers.retrieve(subscription.customer).balance == seen.total + 500


@pytest.mark.parametrize(("card", "code"), [
    ("4000000000000341", "card_declined"), ("4000002760003184", "subscription_payment_intent_requires_action")])
def test_a_refused_change_changes_nothing(fake, client, card, code):
    subscription = subscribed(fake, client)
    fake.set_card(subscription.customer, card)
    before = client.v1.subscriptions.retrieve(subscription.id)
    with pytest.raises(stripe.CardError) as refused:
        change(client, subscription, BUSINESS)
    assert (refused.value.http_status, refused.value.code) == (402, code)
    after = client.v1.subscriptions.retrieve(subscription.id)
    assert after == before
    assert len(client.v1.invoices.list({"customer": subscription.customer}).data) == 1


def test_a_change_that_may_be_incomplete_leaves_a_debt(fake, client):
    subscription = subscribed(fake, client)
    fake.set_card(subscription.customer, "4000000000000341")
    changed = change(client, subscription, BUSINESS, payment_behavior="allow_incomplete")
    assert changed.status == "past_due" and item_of(changed).price.id == BUSINESS


@pytest.mark.parametrize("values", [
    {"items": [{"id": "si_none", "price": BUSINESS}]}, {"proration_date": 1}, {"items": [{"price": BUSINESS}]}])
def test_wrong_changes_are_refused(fake, client, values):
    subscription = subscribed(fake, client)
    with pytest.raises(stripe.InvalidRequestError):
        change(client, subscription, BUSINESS, **values)


def test_it_renews_each_month_on_its_day(fake, client, endpoint):
    subscription = subscribed(fake, client)
    fake.advance(days=100)
    invoices = client.v1.invoices.list({"customer": subscription.customer, "limit": 100}).data
    assert [invoice.billing_reason for invoice in invoices] == ["subscription_cycle"] * 3 + ["subscription_create"]
    assert all(invoice.status == "paid" for invoice in invoices)
    assert len({invoice.number for invoice in invoices}) == 4
    assert fake.wait_for_delivery()
    assert endpoint.types.count("invoice.upcoming") == 3
    upcoming = next(event for event in endpoint.events if event.type == "invoice.upcoming")
    assert "id" not in upcoming.data.object


def test_a_planned_end_comes_and_can_be_taken_back(fake, client, endpoint):
    subscription = subscribed(fake, client)
    planned = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    assert planned.cancel_at == item_of(planned).current_period_end and planned.canceled_at
    back = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": False})
    assert (back.cancel_at, back.canceled_at, back.cancel_at_period_end) == (None, None, False)
    client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    fake.advance(days=32)
    ended = client.v1.subscriptions.retrieve(subscription.id)
    assert ended.status == "canceled" and ended.ended_at == planned.cancel_at
    assert ended.cancellation_details.reason == "cancellation_requested"
    assert client.v1.subscriptions.list({"customer": subscription.customer}).data == []
    assert len(client.v1.subscriptions.list({"customer": subscription.customer, "status": "all"}).data) == 1
    assert fake.wait_for_delivery() and "customer.subscription.deleted" in endpoint.types


def test_it_can_end_at_once(fake, client):
    subscription = subscribed(fake, client)
    assert client.v1.subscriptions.cancel(subscription.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.cancel(subscription.id)
    with pytest.raises(stripe.InvalidRequestError):
        change(client, subscription, BUSINESS)


@pytest.mark.parametrize(("setting", "status"), [("cancel", "canceled"), ("unpaid", "unpaid"),
                                                 ("past_due", "past_due")])
def test_unpaid_renewals_end_as_the_account_says(fake, client, endpoint, setting, status):
    fake.configure(dunning_end=setting)
    subscription = subscribed(fake, client)
    fake.set_card(subscription.customer, "4000000000000341")
    fake.advance_to(item_of(subscription).current_period_end + 2 * 3600)
    invoice = client.v1.invoices.list({"customer": subscription.customer, "status": "open"}).data[0]
    assert client.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    assert invoice.attempt_count == 1 and invoice.next_payment_attempt > fake.now()
    fake.advance(days=16)
    assert client.v1.subscriptions.retrieve(subscription.id).status == status
    invoice = client.v1.invoices.retrieve(invoice.id)
    assert (invoice.status, invoice.attempt_count, invoice.next_payment_attempt) == ("open", 4, None)
    assert fake.wait_for_delivery() and endpoint.types.count("invoice.payment_failed") == 4


@pytest.mark.parametrize("way", ["retry", "page", "void", "uncollectible"])
def test_a_settled_debt_makes_it_active_again(fake, client, way):
    subscription = subscribed(fake, client)
    fake.set_card(subscription.customer, "4000000000000341")
    fake.advance_to(item_of(subscription).current_period_end + 2 * 3600)
    invoice = client.v1.subscriptions.retrieve(subscription.id).latest_invoice
    if way == "retry":
        fake.set_card(subscription.customer, "4242424242424242")
        fake.advance(days=4)
    elif way == "page":
        fake.pay_invoice(invoice, "4242424242424242")
    elif way == "void":
        client.v1.invoices.void_invoice(invoice)
    else:
        client.v1.invoices.mark_uncollectible(invoice)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"


def test_a_renewal_may_need_its_owner(fake, client, endpoint):
    subscription = subscribed(fake, client)
    fake.set_card(subscription.customer, "4000002760003184")
    fake.advance_to(item_of(subscription).current_period_end + 2 * 3600)
    now = client.v1.subscriptions.retrieve(subscription.id, {"expand": ["latest_invoice"]})
    payment = client.v1.invoice_payments.list({
        "invoice": now.latest_invoice.id, "expand": ["data.payment.payment_intent"]}).data[0]
    assert now.status == "past_due" and payment.payment.payment_intent.status == "requires_action"
    assert payment.payment.payment_intent.next_action.type == "use_stripe_sdk"
    assert fake.wait_for_delivery() and "invoice.payment_action_required" in endpoint.types
    fake.pay_invoice(now.latest_invoice.id)
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"


@pytest.mark.parametrize(("card", "status"), [
    ("pm_card_visa", "active"), ("pm_card_authenticationRequired", "incomplete"),
    ("pm_card_chargeCustomerFail", "incomplete")])
def test_one_made_by_the_api_waits_for_its_first_payment(fake, client, card, status):
    customer = new_customer(client)
    method = client.v1.payment_methods.attach(card, {"customer": customer.id})
    made = client.v1.subscriptions.create({
        "customer": customer.id, "items": [{"price": BUSINESS}], "default_payment_method": method.id})
    assert made.status == status
    fake.advance(hours=22)
    assert client.v1.subscriptions.retrieve(made.id).status == status
    fake.advance(hours=2)
    later = client.v1.subscriptions.retrieve(made.id, {"expand": ["latest_invoice"]})
    assert later.status == ("active" if status == "active" else "incomplete_expired")
    assert later.latest_invoice.status == ("paid" if status == "active" else "void")


@pytest.mark.parametrize("card", ["pm_card_chargeDeclined", "pm_card_chargeDeclinedInsufficientFunds"])
def test_declining_cards_cannot_be_saved(client, card):
    with pytest.raises(stripe.CardError) as refused:
        client.v1.payment_methods.attach(card, {"customer": new_customer(client).id})
    assert refused.value.code == "card_declined" and refused.value.json_body["error"]["decline_code"]


def test_one_without_a_payment_method_is_refused(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.create({"customer": new_customer(client).id, "items": [{"price": BUSINESS}]})
    assert refused.value.code == "resource_missing"


@pytest.mark.parametrize(("behaviour", "status"), [("pause", "paused"), ("cancel", "canceled"),
                                                   ("create_invoice", "past_due")])
def test_a_trial_without_a_card_ends_as_it_was_told(fake, client, endpoint, behaviour, status):
    made = client.v1.subscriptions.create({
        "customer": new_customer(client).id, "items": [{"price": BUSINESS}], "trial_period_days": 7,
        "trial_settings": {"end_behavior": {"missing_payment_method": behaviour}}})
    assert made.status == "trialing"
    fake.advance(days=5)
    assert fake.wait_for_delivery() and "customer.subscription.trial_will_end" in endpoint.types
    fake.advance(days=3)
    assert client.v1.subscriptions.retrieve(made.id).status == status
    if behaviour == "pause":
        fake.set_card(made.customer, "4242424242424242")
        assert client.v1.subscriptions.resume(made.id).status == "active"
        assert fake.wait_for_delivery()
        assert {"customer.subscription.paused", "customer.subscription.resumed"} <= set(endpoint.types)


def test_a_trial_can_end_now(fake, client):
    subscription = subscribed(fake, client, trial_days=7)
    assert client.v1.invoices.list({"customer": subscription.customer}).data[0].amount_due == 0
    ended = client.v1.subscriptions.update(subscription.id, {"trial_end": "now"})
    assert ended.status == "active"
    assert client.v1.invoices.retrieve(ended.latest_invoice).amount_paid == 500


def test_a_coupon_holds_as_long_as_it_says(fake, client):
    for duration, expected in (("once", [500, 500, 250]), ("repeating", [500, 250, 250]), ("forever", [250] * 3)):
        months = {"duration_in_months": 2} if duration == "repeating" else {}
        coupon = client.v1.coupons.create({"percent_off": 50, "duration": duration, **months})
        customer = new_customer(client)
        session = new_session(client, customer, allow_promotion_codes=..., discounts=[{"coupon": coupon.id}])
        fake.complete_checkout(session.id)
        fake.advance(days=65)
        assert [each.total for each in client.v1.invoices.list({"customer": customer.id}).data] == expected


def test_refunds_and_disputes(fake, client, endpoint):
    subscription = subscribed(fake, client)
    charge = client.v1.charges.list({"customer": subscription.customer}).data[0]
    client.v1.refunds.create({"charge": charge.id, "amount": 200})
    assert client.v1.charges.retrieve(charge.id).amount_refunded == 200
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"charge": charge.id, "amount": 400})
    dispute = fake.dispute(charge.id)
    fake.close_dispute(dispute["id"], won=True)
    assert fake.wait_for_delivery()
    assert {"charge.refunded", "charge.dispute.created", "charge.dispute.closed",
            "charge.dispute.funds_reinstated"} <= set(endpoint.types)


def test_a_test_clock_moves_only_its_own_customers(fake, client):
    clock = client.v1.test_helpers.test_clocks.create({"frozen_time": 1_800_000_000, "name": "a year"})
    customer = new_customer(client, test_clock=clock.id)
    made = fake.subscribe(customer.id, BUSINESS)
    other = subscribed(fake, client)
    assert made["created"] == 1_800_000_000
    for month in range(1, 13):
        moved = client.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": 1_800_000_000 + month * 31 * DAY})
        assert moved.status == "advancing"
        assert client.v1.test_helpers.test_clocks.retrieve(clock.id).status == "ready"
    assert len(client.v1.invoices.list({"customer": customer.id, "limit": 100}).data) == 13
    assert len(client.v1.invoices.list({"customer": other.customer}).data) == 1
    for wrong in (1_700_000_000, 1_800_000_000 + 3650 * DAY):
        with pytest.raises(stripe.InvalidRequestError):
            client.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": wrong})
    assert client.v1.test_helpers.test_clocks.delete(clock.id).deleted


@pytest.mark.parametrize(("start", "ends"), [
    ((2027, 1, 31), [(2027, 2, 28), (2027, 3, 31), (2027, 4, 30)]),
    ((2028, 1, 31), [(2028, 2, 29), (2028, 3, 31)]), ((2027, 12, 15), [(2028, 1, 15), (2028, 2, 15)])])
def test_months_keep_the_day_of_their_anchor(start, ends):
    from datetime import datetime, timezone

    from fakes.stripe.periods import after

    anchor = moment = int(datetime(*start, tzinfo=timezone.utc).timestamp())
    for end in ends:
        moment = after(anchor, "month", 1, moment)
        assert moment == int(datetime(*end, tzinfo=timezone.utc).timestamp())


def test_a_preview_says_when_the_interval_changes(fake, client):
    subscription = subscribed(fake, client)
    fake.advance(days=10)
    seen = preview(client, subscription, "price_start_year", fake.now())
    unused, full = seen.lines.data
    assert unused.parent.subscription_item_details.proration and unused.amount < 0
    assert not full.parent.subscription_item_details.proration and full.amount == 5000
    assert seen.amount_due == 5000 + unused.amount and seen.status == "draft"
    assert len(client.v1.invoices.list({"customer": subscription.customer}).data) == 1
