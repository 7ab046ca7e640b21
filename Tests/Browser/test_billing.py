"""Buying a plan and all that follows, through the stand-in's pages. Here the trial is over from the beginning, so that
each plan is paid for at once."""

import re
import uuid

import pytest
from billing_page import BillingPage
from playwright.sync_api import expect
from stack import Stack
from stripe_pages import ASKS_FOR_3D_SECURE, DECLINED


@pytest.fixture(scope="module")
def stack():
    with Stack(TRIAL_DAYS=0) as running:
        yield running


@pytest.fixture
def billing(visit, email):
    """In English, logged in, without a plan."""
    return log_in(visit, "en", email)


def log_in(visit, locale, email) -> BillingPage:
    dashboard = visit(locale)
    dashboard.log_in(email)
    return BillingPage(dashboard)


def new_slug() -> str:
    return f"paid-{uuid.uuid4().hex[:12]}"


@pytest.mark.parametrize("locale", ["de", "en"])
def test_from_the_end_of_the_trial_to_a_paid_plan(visit, email, locale):
    billing = log_in(visit, locale, email)
    dashboard = billing.dashboard
    expect(dashboard.page.locator(".banner.ended")).to_be_visible()
    dashboard.go("billing")
    dashboard.check_view()
    expect(billing.plan("Business")).to_contain_text(re.compile(billing.name("price").replace(" ", r"\s")))
    billing.choose()
    billing.stripe.pay()
    billing.expect_bought()
    dashboard.expect_said(billing.name("paid"))
    expect(billing.banner).to_have_count(0)
    expect(billing.plan("Business")).to_contain_text(billing.name("yours"))
    expect(billing.invoices).to_have_count(1)
    expect(billing.invoices.first).to_contain_text(billing.name("invoice_paid"))
    dashboard.check_view()
    dashboard.open("/")
    dashboard.make_site("Café", new_slug())


def test_bank_asks_for_confirmation(billing):
    billing.open()
    billing.choose()
    billing.stripe.pay(ASKS_FOR_3D_SECURE)
    billing.stripe.confirm_3d_secure()
    billing.expect_bought()


def test_declined_card_then_another(billing):
    billing.open()
    billing.choose()
    billing.stripe.pay(DECLINED)
    billing.stripe.expect_refused()
    billing.stripe.pay()
    billing.expect_bought()


def test_checkout_that_was_left_can_be_gone_on_with(billing):
    billing.open()
    billing.choose()
    checkout = billing.page.url
    billing.stripe.go_back()
    expect(billing.page.locator("main")).to_contain_text(billing.name("left"))
    expect(billing.page).to_have_url(re.compile("/billing$"))
    billing.dashboard.check_view()
    billing.button("go_on").click()
    expect(billing.page).to_have_url(checkout)
    billing.stripe.pay()
    billing.expect_bought()


def test_back_by_the_browsers_button_finds_buttons_that_work(billing):
    billing.open()
    billing.choose()
    billing.page.go_back()
    billing.dashboard.settle()
    expect(billing.page.locator(".button.busy")).to_have_count(0)
    billing.choose("Start")


def test_pressed_twice_asks_once(billing):
    billing.open()
    asked = []
    billing.page.on("request", lambda request: request.url.endswith("/api/billing/checkout") and asked.append(request))
    billing.button("choose", "Business").dblclick()
    billing.stripe.wait()
    assert len(asked) == 1


def test_promotion_code_that_does_not_exist_stays_to_be_corrected(billing):
    billing.open()
    billing.page.locator("summary", has_text=billing.name("have_code")).click()
    code = billing.page.get_by_label(billing.name("code"))
    code.fill("NO-SUCH-CODE")
    billing.button("choose", "Business").click()
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(code).to_be_focused()
    expect(code).to_have_value("NO-SUCH-CODE")
    billing.dashboard.check_view()
    code.fill("")
    billing.choose()


def test_change_shows_first_what_it_costs(billing):
    billing.buy()
    billing.ask_for_change(billing.name("agency"))
    expect(billing.dialog).to_contain_text(billing.name("due"))
    billing.dashboard.check_view()
    billing.confirm()
    billing.expect_plan(billing.name("agency"), "active")
    expect(billing.page.locator("#subscription")).to_be_focused()
    billing.ask_for_change("Start")
    expect(billing.dialog).to_contain_text(billing.name("credit"))
    expect(billing.dialog).to_contain_text("1 site")
    billing.dashboard.check_view()
    billing.page.keyboard.press("Escape")
    expect(billing.button("change_to", "Start")).to_be_focused()
    billing.expect_plan(billing.name("agency"), "active")


def test_change_to_paying_by_the_year(billing):
    billing.buy()
    billing.page.get_by_role("radio", name=billing.name("yearly")).check()
    billing.button("pay_yearly").click()
    billing.confirm()
    expect(billing.page.locator(".facts")).to_contain_text(billing.name("per_year"))


def test_refused_payment_changes_nothing_and_says_what_to_do(billing):
    billing.buy()
    billing.page.route("**/api/billing/change", lambda route: route.fulfill(
        status=402, content_type="application/problem+json", json={"status": 402, "code": "payment_failed"}))
    billing.ask_for_change(billing.name("agency"))
    billing.dialog.locator("button[type=submit]").click()
    expect(billing.dialog.get_by_role("alert")).to_contain_text(billing.name("refused"))
    billing.dashboard.check_view()
    billing.button("other_card", within=billing.dialog).click()
    billing.stripe.go_back()
    billing.expect_plan("Business", "active")


def test_cancel_and_take_it_back_seen_in_the_other_tab_too(billing, visit):
    billing.buy()
    other = visit("en", context=billing.page.context)
    other.open("/profile")
    billing.page.bring_to_front()
    billing.button("cancel").click()
    billing.dashboard.check_view()
    billing.button("cancel_back", within=billing.dialog).click()
    billing.expect_plan("Business", "active")
    billing.button("cancel").click()
    billing.button("cancel_go", within=billing.dialog).click()
    billing.expect_plan("Business", "cancelled_state")
    expect(billing.page.locator("#subscription")).to_be_focused()
    expect(billing.banner).to_be_visible()
    expect(other.page.locator(".banner.soon")).to_be_visible()
    billing.dashboard.check_view()
    billing.button("resume").click()
    billing.expect_plan("Business", "active")
    expect(billing.banner).to_have_count(0)
    expect(other.page.locator(".banner")).to_have_count(0)


def test_portal_and_back(billing):
    billing.buy()
    billing.button("portal").click()
    billing.stripe.go_back()
    billing.dashboard.settle()
    billing.dashboard.expect_said(billing.name("synced"))
    expect(billing.page).to_have_url(re.compile("/billing$"))
    billing.expect_plan("Business", "active")


def test_limit_names_the_plan_that_has_more(billing):
    billing.buy("Start")
    dashboard = billing.dashboard
    dashboard.open("/")
    dashboard.make_site("First", new_slug())
    expect(dashboard.page.locator("main")).to_contain_text(billing.name("one_site"))
    dashboard.open("/sites/new")
    dashboard.field("title").fill("Second")
    dashboard.field("slug").fill(new_slug())
    dashboard.button("create_site").click()
    alert = dashboard.page.get_by_role("alert")
    expect(alert).to_contain_text(billing.name("one_site"))
    expect(alert).to_contain_text(billing.name("more_in"))
    expect(dashboard.field("title")).to_have_value("Second")
    dashboard.check_view()
    alert.get_by_role("link", name=billing.name("see_plans")).click()
    dashboard.expect_heading(dashboard.name("billing"))


def test_smaller_plan_pauses_and_the_owner_chooses(billing):
    billing.buy()
    dashboard, page = billing.dashboard, billing.page
    dashboard.open("/")
    dashboard.make_site("Bakery", new_slug())
    dashboard.open("/sites/new")
    dashboard.make_site("Catering", new_slug())
    billing.open()
    billing.ask_for_change("Start")
    billing.confirm()
    billing.expect_plan("Start", "active")
    dashboard.open("/")
    wait_for_paused(dashboard, billing)
    dashboard.check_view()
    billing.button("choose_active").click()
    dashboard.check_view()
    billing.dialog.get_by_label("Bakery").uncheck()
    billing.dialog.get_by_label("Catering").check()
    billing.confirm()
    expect(page.get_by_role("link", name=re.compile("Bakery")).or_(page.locator(".hero", has_text="Bakery")).first
           ).to_contain_text("Paused")
    dashboard.check_view()


def wait_for_paused(dashboard, billing, tries=50):
    """What is too much is paused by a job, a moment later."""
    for _ in range(tries):
        if dashboard.page.get_by_text(billing.name("paused")).count() > 0:
            return
        dashboard.open("/")
    raise AssertionError("nothing was paused")
