"""When the trial is over: said clearly, nothing typed is lost, everything can still be read."""

import json
import uuid

from playwright.sync_api import expect

TRIAL_ENDED = {
    "status": 402, "headers": {"Content-Type": "application/problem+json"},
    "body": json.dumps({"status": 402, "code": "trial_ended", "title": "", "detail": ""}),
}


def test_trial_that_ends_while_one_edits_shows_and_keeps_the_text(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    dashboard.go("profile")
    dashboard.page.context.route(
        "**/api/profile",
        lambda route: route.fulfill(**TRIAL_ENDED) if route.request.method == "PUT" else route.continue_(),
    )
    dashboard.field("headline").fill("Too late")
    dashboard.button("save").click()
    expect(dashboard.page.get_by_role("alert")).to_contain_text("trial has ended")
    expect(dashboard.page.locator(".banner.ended")).to_be_visible()
    expect(dashboard.field("headline")).to_have_value("Too late")
    dashboard.check_view()


def test_after_the_trial_all_can_be_read_and_nothing_changed(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    dashboard.make_site("Test", f"trial-{uuid.uuid4().hex[:12]}")
    session = dashboard.page.evaluate("fetch('/api/session').then((answer) => answer.json())")
    session["entitlements"] |= {"status": "trial_ended", "write": False, "publish": False}
    dashboard.page.context.route("**/api/session", lambda route: route.fulfill(json=session))
    dashboard.open("/")
    expect(dashboard.page.locator(".banner.ended")).to_be_visible()
    for key in ("links", "pages", "publish", "settings", "profile", "legal", "account"):
        dashboard.go(key)
        dashboard.check_view()
        assert dashboard.button("save").count() == 0
        assert dashboard.button("publish_now").count() == 0
