"""The page editor saves by itself: after a pause, on leaving, when the connection is back, and never over others."""

import re
import uuid

import pytest
from dashboard import check_accessible
from playwright.sync_api import expect

# Three seconds after the last change, on a machine that may be slow.
SOON = 30_000
PROBLEM = {"status": 503, "headers": {"Content-Type": "application/problem+json"},
           "body": '{"status":503,"code":"unavailable","title":"","detail":""}'}


@pytest.fixture(params=["de", "en"])
def dashboard(request, visit, email):
    opened = visit(request.param)
    opened.log_in(email)
    opened.make_site("Test", f"itself-{uuid.uuid4().hex[:12]}")
    opened.go("pages")
    opened.unfold("new_page")
    opened.field("title").fill("Draft")
    opened.button("add_page").click()
    opened.expect_heading("Draft")
    return opened


def state(dashboard):
    return dashboard.page.locator(".save-state")


def expect_saved(dashboard):
    expect(state(dashboard)).to_have_text(dashboard.name("saved"), timeout=SOON)


def expect_failure(dashboard, words):
    expect(state(dashboard)).to_have_text(re.compile(f"^{dashboard.name('unsaved')}: .*({words})"), timeout=SOON)


def test_it_is_saved_after_a_pause_and_said_politely(dashboard):
    page = dashboard.page
    dashboard.field("title").fill("Saved by itself")
    dashboard.expect_state("unsaved")
    expect_saved(dashboard)
    dashboard.expect_said(dashboard.name("saved"))
    expect(page.locator("#announcements")).to_have_attribute("role", "status")
    expect(dashboard.field("title")).to_be_focused()
    # What comes after it is saved too, and moving on from a field changes nothing.
    dashboard.field("title").press_sequentially(" twice")
    expect(state(dashboard)).to_have_text(dashboard.name("unsaved"))
    expect_saved(dashboard)
    page.keyboard.press("Tab")
    expect_saved(dashboard)
    check_accessible(page)
    page.reload()
    dashboard.settle()
    expect(dashboard.field("title")).to_have_value("Saved by itself twice")


def test_leaving_saves_at_once_and_asks_nothing(dashboard):
    page = dashboard.page
    dashboard.field("title").fill("On the way out")
    dashboard.go("pages")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="On the way out").first.click()
    dashboard.settle()
    expect(dashboard.field("title")).to_have_value("On the way out")


def test_what_is_incomplete_waits_for_the_rest(dashboard):
    dashboard.page.locator(".block-kinds").get_by_role(
        "button", name=dashboard.name("block_button"), exact=True).click()
    expect_failure(dashboard, "fehlen|missing")
    expect(dashboard.page.locator("[aria-invalid=true]")).to_have_count(0)
    boxes = dashboard.page.locator(".blocks > li").get_by_role("textbox")
    boxes.nth(0).fill("Call us")
    boxes.nth(1).fill("https://example.com/")
    expect_saved(dashboard)


def test_others_are_not_overwritten(dashboard, visit):
    second = visit(dashboard.locale, context=dashboard.page.context)
    second.open(dashboard.page.url.replace(dashboard.stack.app_url, ""))
    second.field("title").fill("From the second tab")
    expect_saved(second)
    dashboard.field("title").fill("From the first tab")
    dialog = dashboard.dialog("stale")
    expect(dialog).to_contain_text("From the second tab", timeout=SOON)
    dashboard.page.keyboard.press("Escape")
    expect(dashboard.field("title")).to_have_value("From the first tab")
    # Nobody is asked again and again: from here on the person saves.
    dashboard.field("title").press_sequentially("!")
    dashboard.button("save").click()
    dashboard.button("overwrite", within=dialog).click()
    expect_saved(dashboard)


def test_nothing_is_lost_without_a_connection(dashboard):
    context = dashboard.page.context
    context.set_offline(True)
    dashboard.field("title").fill("Typed in a tunnel")
    expect_failure(dashboard, "Verbindung|connection")
    dashboard.expect_said(state(dashboard).inner_text())
    expect(dashboard.field("title")).to_have_value("Typed in a tunnel")
    check_accessible(dashboard.page)
    context.set_offline(False)
    expect_saved(dashboard)


def test_what_could_not_be_saved_outlives_a_reload(dashboard):
    page = dashboard.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/api/sites/*/pages/*",
               lambda route: route.fulfill(**PROBLEM) if route.request.method == "PATCH" else route.continue_())
    dashboard.field("title").fill("Kept in this tab")
    expect_failure(dashboard, ".")
    page.reload()
    dashboard.settle()
    expect(dashboard.field("title")).to_have_value("Kept in this tab")
    page.unroute("**/api/sites/*/pages/*")
    expect_saved(dashboard)
    # Who leaves without saving does not find it again.
    page.route("**/api/sites/*/pages/*",
               lambda route: route.fulfill(**PROBLEM) if route.request.method == "PATCH" else route.continue_())
    dashboard.field("title").fill("Not wanted")
    expect_failure(dashboard, ".")
    page.get_by_role("link", name=dashboard.name("links"), exact=True).click()
    dashboard.button("leave").click()
    dashboard.expect_heading(dashboard.name("links"))
    page.unroute("**/api/sites/*/pages/*")
    dashboard.go("pages")
    page.get_by_role("link", name="Kept in this tab").first.click()
    dashboard.settle()
    expect(dashboard.field("title")).to_have_value("Kept in this tab")
