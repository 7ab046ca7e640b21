"""Paying by the API: checkout, trial, codes, change of plan, cancellation, portal and invoices, against the stand-in."""

import os
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs

import pytest
import requests
from client import Client, at_once, expect, expect_fields, forget_standings, new_slug
from fakes.stripe.errors import StripeError
from fakes.stripe.settings import API_VERSION
from stack import wait_until

START = {"plan": "start", "interval": "month"}
BUSINESS = {"plan": "business", "interval": "month"}
REFUSED = "4000000000000002"
FAILS_LATER = "4000000000000341"
THREE_D_SECURE = "4000002500003155"
ALWAYS_ASKS = "4000002760003184"
DAY = 86_400


# --- What tests need again and again

def end_trial(client) -> None:
    client.stack.sql("UPDATE billing.accounts SET trial_ends_at = now() - interval '1 minute' "
                     f"WHERE customer_id = '{customer_id(client)}'")
    forget_standings(client.stack)


def customer_id(client) -> str:
    return client.identity["customer"]["id"]


def account(client) -> dict:
    return expect(client.get("/api/billing"), 200)


def checkout(client, **body) -> dict:
    return expect(client.post("/api/billing/checkout", json=body or START), 201)


def session_of(stack, answer: dict) -> dict:
    return next(each for each in stack.stripe.all("checkout.session") if each["url"] == answer["url"])


def stripe_customers(stack, client) -> list[str]:
    return [each["id"] for each in stack.stripe.all("customer")
            if each.get("metadata", {}).get("smartpages_customer") == customer_id(client)]


def of_customer(stack, client, kind: str) -> list[dict]:
    return [each for id in stripe_customers(stack, client) for each in stack.stripe.all(kind, customer=id)]


def live(stack, client) -> list[dict]:
    return [each for each in of_customer(stack, client, "subscription")
            if each["status"] not in ("canceled", "incomplete_expired")]


def backdate(stack, client, days: float = 10) -> None:
    """The paid month began some days ago, so that amounts are shares of it."""
    subscription = live(stack, client)[0]
    item = subscription["items"]["data"][0]
    stack.stripe.change(subscription["id"], {
        "items.data.0.current_period_start": item["current_period_start"] - int(days * DAY),
        "items.data.0.current_period_end": item["current_period_end"] - int(days * DAY)})


def at_stripe(stack, method: str, path: str, **form) -> dict:
    """What an operator does in Stripe's dashboard."""
    answer = requests.request(method, f"{stack.stripe.url}/v1/{path}", data=form, timeout=10, headers={
        "Authorization": f"Bearer {stack.stripe.key}", "Stripe-Version": API_VERSION})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def payer(stack):
    """A customer whose trial is over: what is bought is paid at once."""
    client = Client(stack).log_in()
    end_trial(client)
    return client


@pytest.fixture
def business(stack, payer):
    """A customer who pays for the plan business."""
    stack.subscribe(payer, "business", "month")
    return payer


# --- Plans

def test_the_plans_are_public_in_both_languages_and_cheapest_first(anonymous):
    english = expect(anonymous.get("/api/plans", headers={"Accept-Language": "en"}), 200)
    german = expect(anonymous.get("/api/plans", headers={"Accept-Language": "de"}), 200)
    assert [plan["id"] for plan in english["plans"]] == ["start", "business", "agency"]
    assert english["plans"][2]["name"] == "Agency" and german["plans"][2]["name"] == "Agentur"
    assert english["trial"] == {"days": 7, "card": False}
    assert english["plans"][0]["prices"][0] == {"interval": "month", "amount": 500, "currency": "eur"}
    assert "price_" not in str(english)


# --- Checkout

def test_a_purchase_from_beginning_to_end(stack, payer):
    assert account(payer)["can_subscribe"] is True
    answer = checkout(payer, **BUSINESS)
    assert answer["url"].startswith(stack.stripe.url)
    shown = account(payer)["checkout"]
    assert shown["url"] == answer["url"] and shown["plan"] == "business" and shown["interval"] == "month"

    session = session_of(stack, answer)
    assert parse_qs(session["success_url"].partition("?")[2]) == {
        "checkout": ["done"], "session_id": ["{CHECKOUT_SESSION_ID}"]}
    assert session["success_url"].startswith(f"{stack.app_url}/billing?")
    stack.stripe.complete_checkout(session, tax_id="DE123456789")

    billing = expect(payer.post("/api/billing/sync", json={}), 200)
    assert (billing["plan"], billing["status"], billing["interval"], billing["amount"]) == (
        "business", "active", "month", 1200)
    assert billing["can_change"] and billing["can_cancel"] and billing["can_manage"]
    assert not billing["can_subscribe"] and billing["checkout"] is None
    entitlements = expect(payer.get("/api/session"), 200)["entitlements"]
    assert entitlements["plan"] == "business" and entitlements["write"] and entitlements["domains"] == 3
    invoices = expect(payer.get("/api/billing/invoices"), 200)["items"]
    assert [(each["amount"], each["status"]) for each in invoices] == [(1200, "paid")]
    assert invoices[0]["url"] and invoices[0]["pdf_url"] and invoices[0]["number"]
    expect(payer.post("/api/billing/checkout", json=START), 409, "already_subscribed")


def test_what_is_left_of_the_trial_is_carried_over(stack, ada):
    ends = account(ada)["trial_ends_at"]
    billing = stack.subscribe(ada, "start", "year")
    assert (billing["status"], billing["trial_ends_at"][:19]) == ("trialing", ends[:19])
    trial_end = datetime.fromtimestamp(live(stack, ada)[0]["trial_end"], timezone.utc)
    assert trial_end.strftime("%Y-%m-%dT%H:%M:%S") == ends[:19]
    assert [each["amount_paid"] for each in of_customer(stack, ada, "invoice")] == [0]


def test_less_than_two_days_of_trial_cannot_be_carried_over(stack, ada):
    stack.sql("UPDATE billing.accounts SET trial_ends_at = now() + interval '47 hours' "
              f"WHERE customer_id = '{customer_id(ada)}'")
    assert stack.subscribe(ada, "start")["status"] == "active"


@pytest.mark.parametrize("body, fields", [
    ({"plan": "gold", "interval": "month"}, [("/plan", "not_allowed")]),
    ({"plan": "start", "interval": "week"}, [("/interval", "invalid")]),
    ({"interval": "month"}, [("/plan", "required")]),
    ({**START, "price": "price_mine"}, [("/price", "unknown_field")]),
    ({**START, "success_url": "https://evil.example/"}, [("/success_url", "unknown_field")]),
    ({**START, "amount": 1}, [("/amount", "unknown_field")]),
    ({**START, "promotion_code": "NO-SUCH-CODE"}, [("/promotion_code", "invalid")]),
    ({**START, "promotion_code": "a&b"}, [("/promotion_code", "invalid")]),
], ids=str)
def test_only_what_is_sold_can_be_bought(payer, body, fields):
    expect_fields(payer.post("/api/billing/checkout", json=body), *fields)


def test_a_refused_code_leaves_nothing_in_the_way(stack, payer):
    expect_fields(payer.post("/api/billing/checkout", json={**START, "promotion_code": "NOTHING"}),
                  ("/promotion_code", "invalid"))
    assert stack.subscribe(payer, "start")["plan"] == "start"


def test_a_promotion_code_takes_off_what_it_says(stack, payer):
    code = make_code(stack, percent_off=20)
    stack.subscribe(payer, "business", promotion_code=code)
    assert expect(payer.get("/api/billing/invoices"), 200)["items"][0]["amount"] == 960


def test_a_used_up_code_is_refused(stack, payer, ada):
    code = make_code(stack, percent_off=50, max_redemptions=1)
    stack.subscribe(payer, "start", promotion_code=code)
    expect_fields(ada.post("/api/billing/checkout", json={**START, "promotion_code": code}),
                  ("/promotion_code", "invalid"))


def make_code(stack, percent_off: int, max_redemptions: int = 100) -> str:
    """A code as an operator makes it in Stripe's dashboard."""
    coupon = at_stripe(stack, "POST", "coupons", percent_off=percent_off, duration="forever")
    return at_stripe(stack, "POST", "promotion_codes", max_redemptions=max_redemptions, **{
        "promotion[type]": "coupon", "promotion[coupon]": coupon["id"]})["code"]


def test_the_same_choice_has_the_same_page_and_another_closes_it(stack, payer):
    first = checkout(payer)
    assert checkout(payer)["url"] == first["url"]
    stack.sql(f"UPDATE billing.checkouts SET sent_at = sent_at - interval '2 minutes' WHERE url = '{first['url']}'")
    assert checkout(payer)["url"] == first["url"], "asked at Stripe, and still open"
    second = checkout(payer, **BUSINESS)
    assert second["url"] != first["url"]
    assert [each["status"] for each in of_customer(stack, payer, "checkout.session")] == ["expired", "open"]


def test_a_page_about_to_expire_is_not_given_out_again(stack, payer):
    first = checkout(payer)
    stack.sql(f"UPDATE billing.checkouts SET expires_at = now() + interval '9 minutes' WHERE url = '{first['url']}'")
    assert checkout(payer)["url"] != first["url"]


def test_a_page_that_stripe_has_closed_is_replaced(stack, payer):
    first = checkout(payer)
    stack.stripe.expire_checkout(session_of(stack, first))
    stack.sql(f"UPDATE billing.checkouts SET sent_at = sent_at - interval '2 minutes' WHERE url = '{first['url']}'")
    assert checkout(payer)["url"] != first["url"]


@pytest.mark.parametrize("body", [START, BUSINESS], ids=["same plan", "other plan"])
def test_who_has_paid_is_not_sold_a_second_time_though_no_event_has_come(stack, payer, body):
    stack.stripe.delivery.hold()
    try:
        answer = checkout(payer)
        stack.sql(f"UPDATE billing.checkouts SET sent_at = now() - interval '2 minutes' WHERE url = '{answer['url']}'")
        stack.stripe.complete_checkout(session_of(stack, answer))
        expect(payer.post("/api/billing/checkout", json=body), 409, "already_subscribed")
        assert account(payer)["plan"] == "start"
    finally:
        stack.stripe.delivery.release()
    assert len(live(stack, payer)) == 1


def test_a_subscription_made_elsewhere_is_found_before_another_is_sold(stack, payer):
    checkout(payer)
    stack.stripe.expire_checkout(session_of(stack, account(payer)["checkout"]))
    stack.settled()
    with stack.stripe.silently():
        stack.stripe.subscribe(stripe_customers(stack, payer)[0], "price_agency_month")
    expect(payer.post("/api/billing/checkout", json=BUSINESS), 409, "already_subscribed")
    assert account(payer)["plan"] == "agency"


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "not told"])
def test_a_customer_deleted_at_stripe_is_made_anew(stack, payer, is_told):
    answer = checkout(payer)
    deleted = stripe_customers(stack, payer)[0]
    if is_told:
        at_stripe(stack, "DELETE", f"customers/{deleted}")
    else:
        stack.stripe.forget(deleted)
    stack.sql(f"UPDATE billing.checkouts SET sent_at = now() - interval '2 minutes' WHERE url = '{answer['url']}'")
    stack.settled()
    assert stack.subscribe(payer, "business")["plan"] == "business"
    assert len(live(stack, payer)) == 1


def test_a_card_that_is_refused_buys_nothing_and_another_does(stack, payer):
    session = session_of(stack, checkout(payer))
    with pytest.raises(StripeError):
        stack.stripe.complete_checkout(session, REFUSED)
    assert expect(payer.post("/api/billing/sync", json={}), 200)["can_subscribe"] is True
    stack.stripe.complete_checkout(session)
    assert expect(payer.post("/api/billing/sync", json={}), 200)["status"] == "active"


def test_three_d_secure_passed_buys(stack, payer):
    assert stack.subscribe(payer, "start", card=THREE_D_SECURE)["status"] == "active"


def test_three_d_secure_failed_buys_nothing(stack, payer):
    session = session_of(stack, checkout(payer))
    with pytest.raises(StripeError):
        stack.stripe.complete_checkout(session, THREE_D_SECURE, authenticate=False)
    assert expect(payer.post("/api/billing/sync", json={}), 200)["status"] == "trial_ended"


def test_fifty_checkouts_at_once_are_one(stack, payer):
    clients = [payer.clone() for _ in range(50)]
    answers = at_once(50, lambda index: clients[index].post("/api/billing/checkout", json=START))
    assert {answer.status_code for answer in answers} <= {201, 503}
    for answer in answers:
        if answer.status_code == 503:
            assert int(answer.headers["Retry-After"]) >= 1
    urls = {answer.json()["url"] for answer in answers if answer.status_code == 201}
    assert len(urls) == 1
    assert len(stripe_customers(stack, payer)) == 1
    assert [each["status"] for each in of_customer(stack, payer, "checkout.session")] == ["open"]
    stack.subscribe(payer, "start")
    assert len(live(stack, payer)) == 1


def test_fifty_checkouts_of_all_kinds_leave_one_page_to_pay_on(stack, payer):
    clients = [payer.clone() for _ in range(50)]
    kinds = [START, BUSINESS, {"plan": "agency", "interval": "year"}]
    answers = at_once(50, lambda index: clients[index].post("/api/billing/checkout", json=kinds[index % 3]))
    assert {answer.status_code for answer in answers} <= {201, 409, 503}
    assert len(stripe_customers(stack, payer)) == 1
    opened = [each for each in of_customer(stack, payer, "checkout.session") if each["status"] == "open"]
    assert len(opened) <= 1
    stack.subscribe(payer, "agency", "year")
    assert len(live(stack, payer)) == 1


def test_a_key_that_came_with_another_body_is_refused(payer):
    first = expect(payer.post("/api/billing/checkout", json=START, key="once"), 201)
    assert expect(payer.post("/api/billing/checkout", json=START, key="once"), 201) == first
    expect(payer.post("/api/billing/checkout", json=BUSINESS, key="once"), 422, "idempotency_key_reused")


# --- Stripe in trouble

@pytest.mark.parametrize("path, status", [
    ("/v1/customers", 500), ("/v1/checkout/sessions", 500), ("/v1/customers", 503), ("/v1/checkout/sessions", 503),
    ("/v1/checkout/sessions", 429), ("/v1/customers", 409)])
@pytest.mark.parametrize("after", [False, True], ids=["without effect", "with effect"])
def test_a_failure_of_stripes_is_overcome(stack, payer, path, status, after):
    stack.stripe.fault(kind="answer", method="POST", path=path, status=status, after=after)
    answer = wait_until(lambda: bought(payer), 20, "a page to pay on")
    stack.stripe.complete_checkout(session_of(stack, answer))
    assert expect(payer.post("/api/billing/sync", json={}), 200)["status"] == "active"
    assert len(stripe_customers(stack, payer)) == 1
    assert len(live(stack, payer)) == 1


@pytest.mark.parametrize("path", ["/v1/customers", "/v1/checkout/sessions"])
def test_a_refusal_that_is_nobodys_input_says_so_and_lasts_no_longer_than_stripes(stack, payer, path):
    stack.stripe.fault(kind="answer", method="POST", path=path, status=400)
    problem = expect(payer.post("/api/billing/checkout", json=START), 502, "payment_refused")
    assert problem["request_id"] in stack.log("core") and "retry_after" not in problem
    assert expect(payer.post("/api/billing/checkout", json=START), 201)["url"]


def test_a_refused_change_of_plan_changes_nothing(stack, business):
    stack.stripe.fault(kind="answer", method="POST", path="/v1/invoices/create_preview", status=400)
    expect(business.post("/api/billing/change/preview", json={"plan": "agency", "interval": "month"}), 502,
           "payment_refused")
    preview = preview_of(business)
    stack.stripe.fault(kind="answer", method="POST", path="/v1/subscriptions/", status=400)
    expect(business.post("/api/billing/change", json={"preview": preview}), 502, "payment_refused")
    assert account(business)["plan"] == "business"
    assert expect(business.post("/api/billing/change", json={"preview": preview_of(business)}), 200)["plan"] == "agency"


@pytest.mark.parametrize("path", ["/v1/customers", "/v1/checkout/sessions"])
@pytest.mark.parametrize("after", [False, True], ids=["without effect", "with effect"])
def test_a_cut_connection_is_overcome(stack, payer, path, after):
    stack.stripe.fault(kind="drop", method="POST", path=path, after=after, count=4)
    answer = wait_until(lambda: bought(payer), 20, "a page to pay on")
    stack.stripe.complete_checkout(session_of(stack, answer))
    assert expect(payer.post("/api/billing/sync", json={}), 200)["status"] == "active"
    assert len(stripe_customers(stack, payer)) == 1
    assert [each["status"] for each in of_customer(stack, payer, "checkout.session")].count("open") == 0
    assert len(live(stack, payer)) == 1


def bought(client) -> dict | None:
    answer = client.post("/api/billing/checkout", json=START)
    if answer.status_code == 503:
        return None
    return expect(answer, 201)


def test_a_creation_that_lies_too_far_back_is_looked_for(stack, payer):
    stack.stripe.fault(kind="drop", method="POST", path="/v1/checkout/sessions", after=True, count=9)
    expect(payer.post("/api/billing/checkout", json=START), 503, "payment_unavailable")
    stack.stripe.faults.clear()
    stack.sql("UPDATE billing.checkouts SET sent_at = now() - interval '1 hour' "
              f"WHERE customer_id = '{customer_id(payer)}'")
    checkout(payer)
    assert [each["status"] for each in of_customer(stack, payer, "checkout.session")] == ["open"]


def test_a_customer_whose_creation_lies_too_far_back_is_looked_for(stack, payer):
    stack.stripe.fault(kind="drop", method="POST", path="/v1/customers", after=True, count=9)
    expect(payer.post("/api/billing/checkout", json=START), 503, "payment_unavailable")
    stack.stripe.faults.clear()
    stack.sql("UPDATE billing.calls SET sent_at = now() - interval '25 hours' "
              f"WHERE customer_id = '{customer_id(payer)}'")
    checkout(payer)
    assert len(stripe_customers(stack, payer)) == 1


def test_stripe_away_is_told_at_once_and_nothing_is_lost(stack, payer):
    stack.stripe.server.stop()
    try:
        begin = time.monotonic()
        problem = expect(payer.post("/api/billing/checkout", json=START), 503, "payment_unavailable")
        assert time.monotonic() - begin < 3
        assert problem["retry_after"] > 0
        assert account(payer)["can_subscribe"] is True
        expect(payer.get("/api/plans"), 200)
    finally:
        stack.stripe.server.start()
    assert stack.subscribe(payer, "start")["status"] == "active"


def test_a_slow_stripe_holds_few_and_the_others_go_on(stack):
    # Half of the workers, of which there are eight a core, unless set.
    admitted = 4 * len(os.sched_getaffinity(0))
    clients = [Client(stack).log_in() for _ in range(admitted + 8)]
    stack.stripe.fault(kind="delay", method="POST", path="/v1/customers", seconds=2.0, count=len(clients))

    def buy(index):
        begin = time.monotonic()
        answer = clients[index].post("/api/billing/checkout", json=START)
        looking = time.monotonic()
        expect(clients[index].get("/api/session"), 200)
        return answer.status_code, looking - begin, time.monotonic() - looking

    try:
        results = at_once(len(clients), buy)
    finally:
        stack.stripe.faults.clear()
    refused = [took for status, took, _ in results if status == 503]
    assert {status for status, _, _ in results} == {201, 503}
    assert len(refused) == 8 and max(refused) < 1
    assert max(look for _, _, look in results) < 1


def test_a_key_that_stripe_does_not_take_is_no_persons_fault(stack, payer):
    body = {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}}
    stack.stripe.fault(kind="answer", method="POST", path="/v1/customers", status=401, body=body)
    expect(payer.post("/api/billing/checkout", json=START), 503, "payment_unavailable")
    assert "dependency failed" in stack.log("core")
    assert stack.subscribe(payer, "start")["status"] == "active"


# --- Change of plan

@pytest.mark.parametrize("plan, interval", [
    ("agency", "month"), ("start", "month"), ("business", "year"), ("agency", "year")])
def test_a_change_costs_what_its_preview_said(stack, business, plan, interval):
    backdate(stack, business)
    before = of_customer(stack, business, "invoice")
    preview = expect(business.post("/api/billing/change/preview", json={"plan": plan, "interval": interval}), 200)
    assert (preview["plan"], preview["interval"], preview["currency"]) == (plan, interval, "eur")
    assert sum(line["amount"] for line in preview["lines"]) == preview["amount_due"] - preview["credit"]
    time.sleep(1.1)  # the clock goes on; the amounts do not
    billing = expect(business.post("/api/billing/change", json={"preview": preview["preview"]}), 200)
    assert (billing["plan"], billing["interval"]) == (plan, interval)
    known = {each["id"] for each in before}
    made = [each for each in of_customer(stack, business, "invoice") if each["id"] not in known]
    assert [each["amount_paid"] for each in made] == [preview["amount_due"]]
    balance = stack.stripe.get(stripe_customers(stack, business)[0])["balance"]
    assert balance == -preview["credit"]
    assert (preview["amount_due"] == 0) == (preview["credit"] > 0)
    # A repeat has the same answer and no second charge.
    expect(business.post("/api/billing/change", json={"preview": preview["preview"]}), 200)
    assert len(of_customer(stack, business, "invoice")) == len(before) + 1


def preview_of(client, plan: str = "agency") -> str:
    return expect(client.post("/api/billing/change/preview", json={"plan": plan, "interval": "month"}), 200)["preview"]


def test_a_change_in_the_trial_costs_nothing(stack, ada):
    stack.subscribe(ada, "start")
    preview = expect(ada.post("/api/billing/change/preview", json=BUSINESS), 200)
    assert (preview["amount_due"], preview["credit"]) == (0, 0)
    billing = expect(ada.post("/api/billing/change", json={"preview": preview["preview"]}), 200)
    assert (billing["plan"], billing["status"]) == ("business", "trialing")


@pytest.mark.parametrize("card", [FAILS_LATER, ALWAYS_ASKS], ids=["refused", "asks for 3D Secure"])
def test_a_change_that_cannot_be_paid_changes_nothing(stack, business, card):
    stack.stripe.set_card(stripe_customers(stack, business)[0], card)
    preview = preview_of(business)
    expect(business.post("/api/billing/change", json={"preview": preview}), 402, "payment_failed")
    assert expect(business.post("/api/billing/sync", json={}), 200)["plan"] == "business"
    expect(business.post("/api/billing/change", json={"preview": preview}), 404, "not_found")
    stack.stripe.set_card(stripe_customers(stack, business)[0], "4242424242424242")
    billing = expect(business.post("/api/billing/change", json={"preview": preview_of(business)}), 200)
    assert billing["plan"] == "agency"


def test_the_present_plan_is_no_change(business):
    expect(business.post("/api/billing/change/preview", json=BUSINESS), 409, "conflict")


def test_an_old_preview_no_longer_holds(stack, business):
    preview = preview_of(business)
    stack.sql(f"UPDATE billing.previews SET proration_at = now() - interval '16 minutes' WHERE id = '{preview}'")
    expect(business.post("/api/billing/change", json={"preview": preview}), 404, "not_found")


def test_only_the_newest_previews_hold(stack, business):
    previews = [preview_of(business) for _ in range(12)]
    assert stack.sql(f"SELECT count(*) FROM billing.previews WHERE customer_id = '{customer_id(business)}'") == [["10"]]
    expect(business.post("/api/billing/change", json={"preview": previews[1]}), 404, "not_found")
    assert expect(business.post("/api/billing/change", json={"preview": previews[2]}), 200)["plan"] == "agency"


def test_a_preview_is_ones_own(stack, business):
    other = Client(stack).log_in()
    stack.subscribe(other, "start")
    preview = preview_of(business)
    expect(other.post("/api/billing/change", json={"preview": preview}), 404, "not_found")
    assert expect(other.post("/api/billing/sync", json={}), 200)["plan"] == "start"
    for wrong in ("x", "00000000-0000-0000-0000-000000000000"):
        expect(business.post("/api/billing/change", json={"preview": wrong}), 404, "not_found")


def test_a_change_of_what_is_gone_says_so(stack, business):
    preview = preview_of(business)
    with stack.stripe.silently():
        stack.stripe.cancel(live(stack, business)[0])
    expect(business.post("/api/billing/change", json={"preview": preview}), 409, "conflict")
    assert account(business)["status"] == "canceled"


@pytest.mark.parametrize("kind", ["drop", "answer"])
def test_a_change_whose_answer_is_lost_happens_once(stack, business, kind):
    preview = preview_of(business)
    count = len(of_customer(stack, business, "invoice"))
    stack.stripe.fault(kind=kind, method="POST", path="/v1/subscriptions/", after=True, count=3, status=503)
    answer = business.post("/api/billing/change", json={"preview": preview})
    stack.stripe.faults.clear()
    if answer.status_code == 503:
        expect(business.post("/api/billing/change", json={"preview": preview}), 200)
    assert account(business)["plan"] == "agency"
    assert len(of_customer(stack, business, "invoice")) == count + 1


def test_limits_follow_the_plan(stack, payer):
    stack.subscribe(payer, "start")
    payer.new_site()
    problem = expect(payer.post("/api/sites", json={"slug": new_slug(), "title": "Second"}), 402, "limit_reached")
    assert (problem["entitlement"], problem["limit"], problem["plan"]) == ("sites", 1, "business")
    expect(payer.post("/api/billing/change", json={"preview": preview_of(payer, "business")}), 200)
    payer.new_site()
    expect(payer.post("/api/billing/change", json={"preview": preview_of(payer, "start")}), 200)
    expect(payer.post("/api/sites", json={"slug": new_slug(), "title": "Third"}), 402, "limit_reached")


# --- Cancellation

def test_a_subscription_can_be_ended_and_resumed(stack, business):
    for _ in range(2):
        for _ in range(2):
            billing = expect(business.post("/api/billing/cancel", json={}), 200)
            assert billing["cancel_at"] == billing["current_period_end"]
            assert billing["can_resume"] and not billing["can_cancel"] and not billing["can_change"]
            assert billing["status"] == "active"
        expect(business.post("/api/billing/change/preview", json=START), 409, "conflict")
        for _ in range(2):
            billing = expect(business.post("/api/billing/resume", json={}), 200)
            assert billing["cancel_at"] is None and billing["can_cancel"]


@pytest.mark.parametrize("way", ["cancel_at", "cancel_at_period_end"])
def test_what_was_ended_in_the_portal_can_be_resumed_here(stack, business, way):
    stack.stripe.cancel(live(stack, business)[0], at_period_end=True, by=way)
    assert expect(business.post("/api/billing/sync", json={}), 200)["can_resume"] is True
    assert expect(business.post("/api/billing/resume", json={}), 200)["cancel_at"] is None


def test_after_the_end_one_may_not_write_until_a_new_purchase(stack, business):
    site = business.new_site()
    stack.stripe.cancel(live(stack, business)[0])
    billing = expect(business.post("/api/billing/sync", json={}), 200)
    assert (billing["plan"], billing["status"], billing["can_subscribe"]) == ("none", "canceled", True)
    problem = expect(business.patch(f"/api/sites/{site['id']}", json={"title": "x"}), 402, "subscription_ended")
    assert problem["plan"] == "start"
    expect(business.post("/api/billing/cancel", json={}), 409, "not_subscribed")
    assert stack.subscribe(business, "start")["status"] == "active"
    expect(business.patch(f"/api/sites/{site['id']}", json={"title": "x"}), 200)
    assert len(live(stack, business)) == 1


def test_a_payment_that_is_owed_leaves_a_time_of_grace(stack, business):
    site = business.new_site()
    stack.stripe.set_card(stripe_customers(stack, business)[0], FAILS_LATER)
    subscription = live(stack, business)[0]
    with stack.stripe.silently():
        stack.stripe.change(subscription["id"], {"status": "past_due"})
    billing = expect(business.post("/api/billing/sync", json={}), 200)
    assert billing["status"] == "past_due" and billing["grace_ends_at"]
    expect(business.patch(f"/api/sites/{site['id']}", json={"title": "x"}), 200)
    stack.sql("UPDATE billing.accounts SET past_due_since = now() - interval '14 days' "
              f"WHERE customer_id = '{customer_id(business)}'")
    forget_standings(stack)
    expect(business.patch(f"/api/sites/{site['id']}", json={"title": "x"}), 402, "subscription_ended")


# --- Portal, invoices, roles

def test_the_portal_is_for_who_has_been_at_checkout(stack, ada):
    expect(ada.post("/api/billing/portal", json={}), 409, "not_subscribed")
    stack.subscribe(ada, "start")
    assert expect(ada.post("/api/billing/portal", json={}), 200)["url"].startswith(stack.stripe.url)
    expect_fields(ada.post("/api/billing/portal", json={"return_url": "https://evil.example"}),
                  ("/return_url", "unknown_field"))


@pytest.mark.parametrize("path", ["cancel", "resume", "change/preview"])
def test_what_needs_a_subscription_says_so(ada, path):
    expect(ada.post(f"/api/billing/{path}", json=START if path == "change/preview" else {}), 409, "not_subscribed")


def test_invoices_come_in_parts_newest_first(stack, business, ada):
    for plan in ("agency", "start"):
        expect(business.post("/api/billing/change", json={"preview": preview_of(business, plan)}), 200)
    whole = business.all_items("/api/billing/invoices")
    assert business.all_items("/api/billing/invoices", limit=1) == whole
    assert len(whole) == 3
    assert [each["created_at"] for each in whole] == sorted((each["created_at"] for each in whole), reverse=True)
    assert ada.all_items("/api/billing/invoices") == []
    expect(business.get("/api/billing/invoices", params={"after": "nonsense"}), 422, "unknown_parameter")


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_money_is_for_owners(stack, business, role):
    stack.sql(f"UPDATE customer.memberships SET role = '{role}' WHERE customer_id = '{customer_id(business)}'")
    forget_standings(stack)
    assert account(business)["plan"] == "business"
    for path in ("checkout", "sync", "portal", "change/preview", "change", "cancel", "resume"):
        expect(business.post(f"/api/billing/{path}", json={}), 403, "forbidden")
    expect(business.get("/api/billing/invoices"), 403, "forbidden")


# --- One trial for each person

@pytest.mark.parametrize("first, second", [
    ("{}@example.com", "{}+again@example.com"), ("x.{}@gmail.com", "x{}+1@googlemail.com"),
    ("x{}@proton.me", "x_{}@pm.me")])
def test_a_second_trial_is_not_to_be_had(stack, first, second):
    name = f"t{time.time_ns()}"
    one = Client(stack).log_in(first.format(name))
    end_trial(one)
    stack.sql(f"UPDATE billing.trials SET ends_at = now() - interval '1 minute' WHERE customer_id = '{customer_id(one)}'")
    again = Client(stack).log_in(second.format(name))
    assert customer_id(again) != customer_id(one)
    assert again.identity["entitlements"]["status"] == "trial_ended"
    expect(again.post("/api/sites", json={"slug": new_slug(), "title": "x"}), 402, "trial_ended")
    assert stack.subscribe(again, "start")["status"] == "active"


def test_who_is_written_to_follows_language_and_name(stack, ada):
    expect(ada.patch("/api/session", json={"locale": "de"}), 200)
    customer = ada.get("/api/customer")
    expect(ada.patch("/api/customer", json={"name": "Ada & Söhne"}, if_match=customer.headers["ETag"]), 200)
    checkout(ada)
    made = stack.stripe.get(stripe_customers(stack, ada)[0])
    assert (made["name"], made["email"], made["preferred_locales"]) == ("Ada & Söhne", ada.email, ["de"])


def test_the_end_of_a_trial_is_told_once(stack):
    client = Client(stack).log_in()
    soon = datetime.now(timezone.utc) + timedelta(days=1)
    stack.sql(f"UPDATE billing.accounts SET trial_ends_at = '{soon.isoformat()}' "
              f"WHERE customer_id = '{customer_id(client)}'")
    run_trials(stack)
    stack.wait_for_mail(client.email, "trial_ends_soon")
    end_trial(client)
    for _ in range(2):
        run_trials(stack)
    stack.wait_for_mail(client.email, "trial_ended")
    stack.settled()
    templates = [tag["value"] for mail in stack.mails(client.email) for tag in mail["tags"]
                 if tag["name"] == "template"]
    assert sorted(name for name in templates if name.startswith("trial")) == ["trial_ended", "trial_ends_soon"]


def run_trials(stack) -> None:
    """The periodic job, now."""
    before = stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind = 'billing.trials'")
    assert before, "the job is planned"
    stack.sql("UPDATE jobs.jobs SET run_at = now() WHERE kind = 'billing.trials' AND state = 'available'")
    wait_until(lambda: stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind = 'billing.trials' AND run_at <= now() "
                                 "AND state IN ('available', 'running')") == [["0"]], what="the job's end")
    # The next run is planned some seconds later.
    wait_until(lambda: stack.sql("SELECT count(*) FROM jobs.jobs WHERE kind = 'billing.trials' "
                                 "AND state = 'available'") != [["0"]], 40, "the next run")
