"""A plan that is chosen while the trial still runs."""

import pytest
from billing_page import BillingPage
from playwright.sync_api import expect
from stripe_pages import DECLINED


@pytest.mark.parametrize("locale", ["de", "en"])
def test_plan_chosen_in_the_trial_begins_after_it(visit, email, locale):
    dashboard = visit(locale)
    dashboard.log_in(email)
    billing = BillingPage(dashboard)
    dashboard.go("billing")
    dashboard.check_view()
    billing.choose()
    billing.stripe.pay(DECLINED)
    billing.stripe.expect_refused()
    billing.stripe.pay()
    billing.expect_bought(state="after_trial")
    expect(billing.banner).to_have_count(0)
    dashboard.check_view()
    billing.button("cancel").click()
    billing.button("cancel_go", within=billing.dialog).click()
    billing.expect_plan("Business", "cancelled_state")
    billing.button("resume").click()
    billing.expect_plan("Business", "after_trial")
