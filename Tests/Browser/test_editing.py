"""Nothing typed gets lost: two tabs, leaving, undoing, dragging, an unreachable service."""

import re
import uuid

import pytest
from playwright.sync_api import expect


@pytest.fixture
def dashboard(visit, email):
    opened = visit("en")
    opened.log_in(email)
    opened.make_site("Test", f"edit-{uuid.uuid4().hex[:12]}")
    return opened


def test_second_of_two_tabs_decides_and_loses_nothing(visit, dashboard):
    dashboard.go("profile")
    second = visit("en", context=dashboard.page.context)
    second.open("/profile")
    dashboard.field("headline").fill("From the first tab")
    dashboard.save()
    second.field("headline").fill("From the second tab")
    second.button("save").click()
    dialog = second.dialog("stale")
    expect(dialog).to_contain_text("From the first tab")
    expect(dialog).to_contain_text("From the second tab")
    second.check_view()
    second.page.keyboard.press("Escape")
    expect(second.field("headline")).to_have_value("From the second tab")
    second.expect_state("unsaved")

    second.button("save").click()
    second.button("reload", within=dialog).click()
    expect(second.field("headline")).to_have_value("From the first tab")
    second.button("bring_back").click()
    expect(second.field("headline")).to_have_value("From the second tab")
    second.save()

    dashboard.field("headline").fill("First again")
    dashboard.button("save").click()
    dashboard.button("overwrite", within=dashboard.dialog("stale")).click()
    dashboard.expect_state("saved")
    second.open("/profile")
    expect(second.field("headline")).to_have_value("First again")


def test_leaving_with_unsaved_changes_asks(dashboard):
    dashboard.go("profile")
    dashboard.field("headline").fill("Not saved")
    dashboard.page.get_by_role("link", name=dashboard.name("pages"), exact=True).click()
    dashboard.button("cancel").click()
    dashboard.expect_heading(dashboard.name("profile"))
    expect(dashboard.field("headline")).to_have_value("Not saved")
    dashboard.page.go_back()
    dashboard.button("cancel").click()
    expect(dashboard.page).to_have_url(re.compile("/profile$"))
    expect(dashboard.field("headline")).to_have_value("Not saved")
    dashboard.page.go_back()
    dashboard.button("leave").click()
    dashboard.expect_heading(dashboard.name("overview"))


def test_changing_the_language_keeps_what_was_typed(dashboard):
    dashboard.go("profile")
    dashboard.field("headline").fill("Still here")
    dashboard.page.get_by_role("button", name="Deutsch").click()
    dashboard.locale = "de"
    dashboard.expect_heading(dashboard.name("profile"))
    expect(dashboard.field("headline")).to_have_value("Still here")
    dashboard.expect_state("unsaved")


def test_deleted_link_comes_back_to_its_place(dashboard):
    dashboard.go("links")
    for title in ("One", "Two", "Three"):
        dashboard.add_link(title, "example.com")
    dashboard.at("delete", "Two").click()
    expect(dashboard.button("undo")).to_be_focused()
    assert dashboard.link_titles() == ["One", "Three"]
    dashboard.button("undo").click()
    expect(dashboard.at("delete", "Two")).to_be_focused()
    dashboard.page.reload()
    dashboard.settle()
    assert dashboard.link_titles() == ["One", "Two", "Three"]


def test_link_is_dragged_by_its_handle(dashboard):
    dashboard.go("links")
    for title in ("One", "Two", "Three"):
        dashboard.add_link(title, "example.com")
    handles = dashboard.page.locator(".link-row .drag")
    last = handles.last.bounding_box()
    handles.first.hover()
    dashboard.page.mouse.down()
    with dashboard.page.expect_response("**/links/order"):
        dashboard.page.mouse.move(last["x"] + 5, last["y"] + last["height"] + 10, steps=8)
        dashboard.page.mouse.up()
    dashboard.expect_said(dashboard.name("position", "One", 3, 3))
    dashboard.page.reload()
    dashboard.settle()
    assert dashboard.link_titles() == ["Two", "Three", "One"]


def test_taken_address_is_said_at_its_field(visit, dashboard):
    taken = dashboard.page.locator(".hero .address").inner_text().split(".")[0]
    dashboard.open("/sites/new")
    dashboard.field("title").fill("Another")
    dashboard.field("slug").fill(taken)
    dashboard.button("create_site").click()
    expect(dashboard.page.locator("main")).to_contain_text("already")
    expect(dashboard.field("slug")).to_have_value(taken)


def test_unreachable_service_keeps_the_form_and_offers_another_try(dashboard):
    dashboard.go("profile")
    dashboard.field("headline").fill("Sent twice, saved once")
    answer = {"status": 503, "headers": {"Retry-After": "2", "Content-Type": "application/problem+json"},
              "body": '{"status":503,"code":"unavailable","title":"","detail":""}'}
    context = dashboard.page.context
    context.route(
        "**/api/profile",
        lambda route: route.fulfill(**answer) if route.request.method == "PUT" else route.continue_(),
    )
    dashboard.page.evaluate("document.querySelector('form').requestSubmit()")
    alert = dashboard.page.get_by_role("alert")
    expect(alert).to_contain_text("still here")
    dashboard.expect_state("unsaved")
    context.unroute("**/api/profile")
    alert.get_by_role("button").click()
    dashboard.expect_state("saved")
