"""Publishing in a real browser: what changed, a preview for others, a plan, going back, offline, and the trash."""

import uuid
from datetime import datetime, timedelta

import pytest
from client import forget_standings
from dashboard import check_accessible
from playwright.sync_api import expect


@pytest.fixture(params=["de", "en"])
def dashboard(request, visit, email):
    opened = visit(request.param)
    opened.log_in(email)
    opened.make_site("Test", f"versions-{uuid.uuid4().hex[:12]}")
    return opened


def publish(dashboard, number):
    dashboard.button("publish_now").click()
    expect(dashboard.page.locator(".published")).to_contain_text(dashboard.name("online", number))


def confirm(dashboard, key):
    dialog = dashboard.page.get_by_role("dialog")
    check_accessible(dashboard.page)
    dashboard.button(key, within=dialog).click()


def test_what_changed_and_the_way_back(dashboard):
    page = dashboard.page
    dashboard.go("publish")
    publish(dashboard, 1)
    dashboard.go("links")
    dashboard.add_link("Shop", "https://example.com/shop")
    dashboard.go("publish")
    dashboard.unfold("draft_changes")
    expect(page.locator(".changes li")).to_contain_text("Shop")
    dashboard.check_view()
    publish(dashboard, 2)
    page.locator(f'summary[aria-label="{dashboard.name("version_changes", 2)}"]').press("Enter")
    expect(page.locator(".versions .changes li")).to_contain_text("Shop")
    page.locator(f'summary[aria-label="{dashboard.name("version_changes", 1)}"]').click()
    expect(page.locator(".versions .folded").last).not_to_be_empty()
    dashboard.check_view()

    dashboard.button("as_draft", 1).click()
    confirm(dashboard, "as_draft_go")
    dashboard.expect_heading(dashboard.name("publish"))
    dashboard.go("links")
    expect(page.locator(".link-row")).to_have_count(0)
    dashboard.open("/trash")
    dashboard.check_view()
    dashboard.at("bring_back_item", "Test").click()
    dashboard.settle()
    dashboard.go("links")
    assert dashboard.link_titles() == ["Shop"]


def test_a_preview_for_others(dashboard, visit):
    page = dashboard.page
    dashboard.go("publish")
    dashboard.unfold("show_draft")
    dashboard.button("make_link").click()
    link = page.get_by_role("link", name=dashboard.name("open_preview"))
    expect(link).to_be_focused()
    dashboard.check_view()
    with page.context.expect_page() as opened:
        link.click()
    shown = opened.value
    shown.wait_for_load_state()
    assert shown.url.split("//")[1].startswith("preview-")
    assert shown.evaluate("document.referrer") == ""
    check_accessible(shown)
    shown.close()


def test_a_plan_is_kept_in_local_time(dashboard):
    page = dashboard.page
    dashboard.go("publish")
    dashboard.unfold("later")
    moment = (datetime.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    form = page.locator("details.card form")
    dashboard.field("publish_on", within=form).fill(moment.isoformat(timespec="minutes"))
    dashboard.field("note", within=form).fill("Spring")
    dashboard.button("save_plan").click()
    expect(page.locator(".plan li")).to_have_count(1)
    dashboard.check_view()
    page.reload()
    dashboard.settle()
    expect(page.locator(".plan li")).to_have_count(1)
    dashboard.unfold("later")
    expect(dashboard.field("publish_on")).to_have_value(moment.isoformat(timespec="minutes"))
    dashboard.field("publish_on").fill("")
    dashboard.button("save_plan").click()
    expect(page.locator(".plan")).to_have_count(0)

    dashboard.unfold("later")
    dashboard.field("offline_on").fill("2020-01-01T12:00")
    dashboard.button("save_plan").click()
    expect(dashboard.field("offline_on")).to_have_attribute("aria-invalid", "true")


def test_what_is_planned_is_called_off_after_the_trial_too(dashboard, stack, email):
    page = dashboard.page
    dashboard.go("publish")
    dashboard.unfold("later")
    moment = (datetime.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    dashboard.field("publish_on").fill(moment.isoformat(timespec="minutes"))
    dashboard.button("save_plan").click()
    expect(page.locator(".plan li")).to_have_count(1)
    stack.sql(f"""UPDATE billing.accounts SET trial_ends_at = now() - interval '1 day' WHERE customer_id IN (
        SELECT customer_id FROM customer.memberships m JOIN customer.users u ON u.id = m.user_id
        WHERE u.email = '{email}')""")
    forget_standings(stack)
    page.reload()
    dashboard.settle()
    expect(dashboard.button("publish_now")).to_have_count(0)
    dashboard.button("call_off").click()
    confirm(dashboard, "call_off")
    expect(page.locator(".plan")).to_have_count(0)
    expect(dashboard.button("call_off")).to_have_count(0)
    dashboard.check_view()


def test_offline_and_back(dashboard):
    page = dashboard.page
    dashboard.go("publish")
    publish(dashboard, 1)
    dashboard.button("go_offline").click()
    confirm(dashboard, "go_offline")
    expect(page.locator(".versions .active")).to_have_count(0)
    dashboard.check_view()
    dashboard.button("restore", 1).click()
    confirm(dashboard, "restore_go")
    expect(page.locator(".versions .active")).to_have_count(1)


def test_what_was_deleted_comes_back(dashboard):
    page = dashboard.page
    dashboard.go("links")
    for title in ("One", "Two", "Three"):
        dashboard.add_link(title, "https://example.com/")
    dashboard.at("delete", "Two").click()
    dashboard.button("undo").click()
    expect(dashboard.at("delete", "Two")).to_be_focused()
    assert dashboard.link_titles() == ["One", "Two", "Three"]
    dashboard.at("delete", "Two").click()
    expect(dashboard.button("undo")).to_be_focused()
    dashboard.go("account")
    page.get_by_role("link", name=dashboard.name("trash"), exact=True).click()
    dashboard.settle()
    dashboard.check_view()
    dashboard.at("bring_back_item", "Two").press("Enter")
    expect(page.locator(".trash li")).to_have_count(0)
    dashboard.go("links")
    assert dashboard.link_titles() == ["One", "Two", "Three"]
    dashboard.at("delete", "One").click()
    expect(dashboard.button("undo")).to_be_focused()
    dashboard.open("/trash")
    dashboard.at("delete_for_good", "One").click()
    confirm(dashboard, "delete_for_good")
    expect(page.locator(".trash li")).to_have_count(0)
