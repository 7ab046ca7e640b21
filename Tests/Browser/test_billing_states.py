"""What the dashboard says in each state of a subscription. The states are made up: the API's answers are given."""

import pytest
from billing_page import BillingPage
from dashboard import code_in
from playwright.sync_api import expect

LATER = "2031-05-20T10:00:00.000Z"
PROBLEM = {"kind": "failed", "amount": 1200, "currency": "eur", "url": "https://invoice.example/1"}
PLAN = {
    "plan": "business", "plan_name": "Business", "status": "active", "interval": "month", "amount": 1200,
    "currency": "eur", "current_period_end": LATER, "cancel_at": None, "ended_at": None, "trial_ends_at": None,
    "grace_ends_at": None, "payment_problem": None, "checkout": None, "can_subscribe": False, "can_change": True,
    "can_cancel": True, "can_resume": False, "can_manage": True, "synced_at": None,
}
NO_PLAN = {
    "plan": "none", "plan_name": None, "interval": None, "amount": None, "current_period_end": None,
    "can_subscribe": True, "can_change": False, "can_cancel": False,
}
STATES = {
    "trialing": {**NO_PLAN, "plan": "trial", "status": "trialing", "trial_ends_at": LATER, "can_manage": False},
    "trialing with a plan": {"status": "trialing", "trial_ends_at": LATER},
    "trial ended": {**NO_PLAN, "status": "trial_ended", "can_manage": False},
    "incomplete": {"status": "incomplete", "payment_problem": {**PROBLEM, "kind": "action_needed"}},
    "active": {},
    "cancelled": {"cancel_at": LATER, "can_cancel": False, "can_resume": True},
    "past due": {"status": "past_due", "grace_ends_at": LATER, "payment_problem": PROBLEM},
    "unpaid": {"status": "unpaid", "payment_problem": PROBLEM},
    "paused": {"status": "paused", "current_period_end": None},
    "canceled": {**NO_PLAN, "status": "canceled", "ended_at": "2026-05-20T10:00:00.000Z"},
    "unknown": {"status": "something_new"},
}
# What is said above every view; None: nothing, or the trial's days.
BANNERS = {
    "de": {
        "trial ended": "Ihre Probezeit ist zu Ende", "incomplete": "Ihre Bank möchte die Zahlung",
        "cancelled": "Ihr Tarif endet am 20. Mai 2031", "past due": "Bearbeiten können Sie noch bis 20. Mai 2031",
        "unpaid": "Bearbeiten geht wieder", "paused": "Ihr Abo ruht", "canceled": "Ihr Abo ist beendet",
        "unknown": "Gerade lässt sich nichts bearbeiten",
    },
    "en": {
        "trial ended": "Your trial has ended", "incomplete": "Your bank asks you to confirm the payment",
        "cancelled": "Your plan ends on 20 May 2031", "past due": "You can edit until 20 May 2031",
        "unpaid": "Editing comes back", "paused": "Your subscription rests", "canceled": "Your subscription has ended",
        "unknown": "Nothing can be edited at the moment",
    },
}


def show(dashboard, state, role="owner") -> BillingPage:
    """Has the API answer this state from now on."""
    context = dashboard.page.context
    answer = {**PLAN, **STATES[state]}
    session = dashboard.page.evaluate("fetch('/api/session').then((answer) => answer.json())")
    may_write = answer["status"] in ("trialing", "active", "past_due")
    session["customer"]["role"] = role
    session["entitlements"] |= {
        "plan": answer["plan"], "status": answer["status"], "write": may_write, "publish": may_write,
        "trial_ends_at": answer["trial_ends_at"], "ends_at": answer["grace_ends_at"] or answer["cancel_at"],
    }
    context.route("**/api/session", lambda route: route.fulfill(json=session))
    context.route("**/api/billing", lambda route: route.fulfill(json=answer))
    context.route("**/api/billing/invoices*", lambda route: route.fulfill(json={"items": [], "next": None}))
    billing = BillingPage(dashboard)
    billing.open()
    return billing


@pytest.mark.parametrize("locale", ["de", "en"])
def test_each_state_is_said_in_words_and_above_every_view(visit, email, locale):
    dashboard = visit(locale)
    dashboard.log_in(email)
    seen = set()
    for state in STATES:
        billing = show(dashboard, state)
        words = billing.page.locator(".subscription").inner_text()
        assert words not in seen
        seen.add(words)
        dashboard.check_view()
        dashboard.open("/profile")
        banner = BANNERS[locale].get(state)
        if banner is not None:
            expect(billing.banner).to_contain_text(banner)
            dashboard.check_view()
        elif state != "trialing":
            expect(billing.banner).to_have_count(0)
        dashboard.page.context.unroute_all()


def test_only_the_owner_may_act(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    billing = show(dashboard, "past due", role="viewer")
    expect(dashboard.page.get_by_text("Only an owner")).to_be_visible()
    for key in ("cancel", "portal"):
        expect(billing.button(key)).to_have_count(0)
    expect(dashboard.page.locator("main .plan button")).to_have_count(0)
    expect(dashboard.page.get_by_role("link", name="Pay now")).to_have_count(0)
    dashboard.check_view()


def test_payment_that_is_confirmed_late_is_waited_for(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    billing = show(dashboard, "trialing")
    answers = [{**PLAN, **STATES["trialing"]}, {**PLAN, **STATES["incomplete"]}, PLAN]
    dashboard.page.route("**/api/billing/sync", lambda route: route.fulfill(json=answers.pop(0)))
    billing.open("?checkout=done")
    dashboard.expect_said(billing.name("waiting") + ". It takes only a moment.")
    billing.expect_bought()
    dashboard.expect_said(billing.name("paid"))


def test_subscription_that_ends_while_one_edits_keeps_the_text(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    show(dashboard, "active")
    dashboard.go("profile")
    dashboard.field("headline").fill("Too late")
    dashboard.page.route("**/api/profile", lambda route: route.fulfill(
        status=402, content_type="application/problem+json",
        json={"status": 402, "code": "subscription_ended", "entitlement": "write", "plan": "start"}))
    dashboard.button("save").click()
    alert = dashboard.page.get_by_role("alert")
    expect(alert.get_by_role("link", name="See plans")).to_be_visible()
    expect(dashboard.field("headline")).to_have_value("Too late")
    dashboard.check_view()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_prices_are_public_and_the_choice_outlives_the_login(visit, email, locale):
    dashboard = visit(locale)
    billing = BillingPage(dashboard)
    dashboard.open("/login")
    dashboard.page.get_by_role("link", name=billing.name("plans")).click()
    dashboard.expect_heading(billing.name("plans"))
    dashboard.check_view()
    dashboard.page.get_by_role("radio", name=billing.name("yearly")).check()
    expect(billing.plan("Business")).to_contain_text(billing.name("per_year"))
    dashboard.check_view()
    billing.plan("Business").get_by_role("link").click()
    mail = dashboard.ask_for_code(email)
    dashboard.field("code").fill(code_in(mail))
    dashboard.button("log_in").click()
    dashboard.expect_heading(dashboard.name("billing"))
    expect(billing.plan("Business")).to_contain_text(billing.name("wanted"))
    expect(billing.plan("Business")).to_contain_text(billing.name("per_year"))
