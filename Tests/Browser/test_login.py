"""Logging in by the mailed link, here and elsewhere, and coming back to where one was."""

import re

from dashboard import code_in, link_in
from playwright.sync_api import expect


def test_link_logs_in_in_the_browser_that_asked_by_its_button_only(visit, email):
    dashboard = visit("en")
    dashboard.open("/profile")
    link = link_in(dashboard.ask_for_code(email))
    opened = visit("en", context=dashboard.page.context)
    opened.page.goto(link)
    opened.settle()
    opened.check_view()
    assert "#token=" in opened.page.url
    opened.button("log_in_now").click()
    # Where one wanted to go before the login came between; and the token is gone from the address.
    opened.expect_heading(opened.name("profile"))
    assert "#" not in opened.page.url
    # The tab that waited for the code follows.
    dashboard.expect_heading(dashboard.name("profile"))


def test_link_opened_in_another_browser_asks_for_the_code(visit, email):
    dashboard = visit("de")
    dashboard.open("/login")
    mail = dashboard.ask_for_code(email)
    other = visit("de")
    other.page.goto(link_in(mail))
    other.button("log_in_now").click()
    expect(other.page.get_by_role("heading", name=other.name("type_code"))).to_be_focused()
    assert "#" not in other.page.url
    other.check_view()
    other.field("email").fill(email)
    other.field("code").fill(code_in(mail))
    other.button("log_in").click()
    other.expect_heading(other.name("welcome"))


def test_used_link_says_so_and_leads_to_a_new_one(visit, email):
    dashboard = visit("en")
    dashboard.open("/login")
    mail = dashboard.ask_for_code(email)
    dashboard.field("code").fill(code_in(mail))
    dashboard.button("log_in").click()
    dashboard.expect_heading(dashboard.name("welcome"))
    dashboard.page.goto(link_in(mail))
    dashboard.button("log_in_now").click()
    expect(dashboard.page.get_by_role("alert")).to_be_visible()
    assert "#" not in dashboard.page.url


def test_an_expired_login_keeps_what_was_typed(visit, email):
    dashboard = visit("en")
    dashboard.log_in(email)
    dashboard.open("/profile")
    dashboard.field("headline").fill("Typed before the login expired")
    dashboard.page.context.clear_cookies()
    dashboard.button("save").click()
    expect(dashboard.page).to_have_url(re.compile("/login.next="))
    dashboard.field("code").fill(code_in(dashboard.ask_for_code(email)))
    dashboard.button("log_in").click()
    expect(dashboard.field("headline")).to_have_value("Typed before the login expired")
    dashboard.expect_state("unsaved")
    dashboard.save()


def test_language_of_the_login_page_is_kept(visit, email):
    dashboard = visit("en")
    dashboard.open("/login")
    dashboard.page.get_by_role("button", name="Deutsch").click()
    dashboard.locale = "de"
    dashboard.expect_heading(dashboard.name("claim"))
    dashboard.field("code").fill(code_in(dashboard.ask_for_code(email)))
    dashboard.button("log_in").click()
    dashboard.expect_heading(dashboard.name("welcome"))
    dashboard.page.context.clear_cookies()
    elsewhere = visit("en")
    elsewhere.locale = "en"
    elsewhere.open("/login")
    elsewhere.field("code").fill(code_in(elsewhere.ask_for_code(email)))
    elsewhere.button("log_in").click()
    # Another browser in another language: the person's own language wins.
    expect(elsewhere.page.locator("html")).to_have_attribute("lang", "de")
