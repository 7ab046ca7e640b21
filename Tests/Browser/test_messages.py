"""A visitor writes by a form without any script, and the owner reads, answers, puts aside and deletes."""

import re

import pytest
from client import Client, new_email
from dashboard import check_accessible, check_width
from letters import Shop, Writer
from playwright.sync_api import expect

WORDS = {
    "de": {"messages": "Nachrichten", "new": "Neu", "answer": "Per E-Mail antworten", "unwanted": "Unerwünscht",
           "wanted": "Ist erwünscht", "delete": "Löschen", "unread": "Als ungelesen markieren", "unread_count": "ungelesen",
           "none": "Noch keine Nachrichten.", "from": "Nachricht von {}", "more": "Ältere Nachrichten zeigen",
           "inbox": "Posteingang", "deleted": "Nachricht gelöscht."},
    "en": {"messages": "Messages", "new": "New", "answer": "Answer by e-mail", "unwanted": "Unwanted",
           "wanted": "Is wanted", "delete": "Delete", "unread": "Mark as unread", "unread_count": "unread",
           "none": "No messages yet.", "from": "Message from {}", "more": "Show older messages", "inbox": "Inbox",
           "deleted": "Message deleted."},
}


@pytest.fixture
def plain(browser):
    """plain(…): a page in a browser whose scripts are off."""
    contexts = []

    def open_page(**options):
        contexts.append(browser.new_context(java_script_enabled=False, **options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("locale", "width"), [("de", 1280), ("en", 390)])
def test_a_form_is_sent_without_scripts_and_nothing_typed_is_lost(stack, plain, locale, width):
    shop = Shop(stack, Client(stack).log_in(locale=locale), locale=locale)
    page = plain(viewport={"width": width, "height": 800})
    page.goto(shop.page_url)
    page.locator("input[name=name]").fill("Grace Hopper")
    page.locator("input[name=email]").fill("grace@nowhere")
    page.locator("textarea").fill("Haben Sie einen Tisch?\n\nGrüße")
    page.locator("form button").click()
    # The browser lets such an address pass; Core does not, and keeps what was typed.
    expect(page.locator("li")).to_have_count(1)
    assert page.locator("textarea").input_value() == "Haben Sie einen Tisch?\n\nGrüße"
    assert page.locator("input[name=name]").input_value() == "Grace Hopper"
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    page.locator("input[name=email]").fill("grace@example.com")
    page.locator("form button").click()
    expect(page.locator("h1")).to_have_text({"de": "Vielen Dank!", "en": "Thank you!"}[locale])
    page.get_by_role("link").click()
    expect(page).to_have_url(shop.page_url)
    message, = shop.messages()
    assert (message["name"], message["text"]) == ("Grace Hopper", "Haben Sie einen Tisch?\n\nGrüße")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_core_can_be_used_by_everybody(stack, browser, scheme):
    """axe needs scripts of its own, which the page's policy keeps out: it is looked at without the policy."""
    shop = Shop(stack)
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(shop.page_url)
    page.locator("input[name=name]").fill("Grace Hopper")
    page.locator("input[name=email]").fill("grace@nowhere")
    page.locator("textarea").fill("A table for four?")
    page.locator("form button").click()
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    check_accessible(page)
    check_width(page)
    page.locator("input[name=email]").fill("grace@example.com")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you!")
    check_accessible(page)
    check_width(page)
    context.close()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_the_owner_reads_answers_puts_aside_and_deletes(stack, visit, locale):
    words, email = WORDS[locale], new_email()
    shop = Shop(stack, Client(stack).log_in(email, locale), locale=locale)
    dashboard = visit(locale)
    dashboard.log_in(email)
    page, main = dashboard.page, dashboard.page.locator("main")
    dashboard.open(f"/sites/{shop.site['id']}/messages")
    dashboard.expect_heading(words["messages"])
    expect(main).to_contain_text(words["none"])
    dashboard.check_view()

    text = "<img src=x onerror=alert(1)> &amp; A table for four?\n\n" + "W" * 200
    for number in range(31):
        Writer(stack).write(shop.form, f"Message {number}, of many that are not alike", name=f"Guest {number}")
    Writer(stack).write(shop.form, text, name="Grace \"Ada\" <b>Hopper</b>")
    page.reload()
    dashboard.settle()
    expect(page.locator(".menu .count")).to_have_text(re.compile(rf"^32\s*{words['unread_count']}$"))
    expect(main.locator(".letters li")).to_have_count(30)
    expect(main.locator(".letters .tag", has_text=words["new"])).to_have_count(30)
    page.get_by_role("button", name=words["more"]).click()
    expect(main.locator(".letters li")).to_have_count(32)
    expect(main.locator(".letters li a").nth(30)).to_be_focused()
    dashboard.check_view()

    main.locator(".letters li a").first.press("Enter")
    dashboard.expect_heading(words["from"].format("Grace \"Ada\" <b>Hopper</b>"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(main.locator(".letter-text")).to_have_text(text)
    expect(page.locator(".menu .count")).to_have_text(re.compile("^31"))
    href = page.get_by_role("link", name=words["answer"]).get_attribute("href")
    assert href.startswith("mailto:grace@example.com?subject=") and "%3E%20" in href
    dashboard.check_view()

    page.get_by_role("button", name=words["unread"]).click()
    expect(page.locator(".menu .count")).to_have_text(re.compile("^32"))
    main.locator(".letters li a").first.click()
    page.get_by_role("button", name=words["unwanted"], exact=True).click()
    expect(main.locator(".letters li").first).to_contain_text("Guest 30")
    page.get_by_role("link", name=words["unwanted"], exact=True).click()
    expect(main.locator(".letters li")).to_have_count(1)
    dashboard.check_view()
    main.locator(".letters li a").click()
    page.get_by_role("button", name=words["wanted"], exact=True).click()
    page.get_by_role("link", name=words["inbox"], exact=True).click()
    main.locator(".letters li a").first.click()
    page.get_by_role("button", name=words["delete"], exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=words["delete"], exact=True).click()
    dashboard.expect_said(words["deleted"])
    expect(main.locator(".letters li").first).to_contain_text("Guest 30")


def test_a_viewer_reads_and_changes_nothing(stack, visit):
    shop = Shop(stack)
    stack.subscribe(shop.client, "business")
    viewer = shop.client.new_member("viewer")
    Writer(stack).write(shop.form)
    dashboard = visit("en")
    dashboard.log_in(viewer.email)
    dashboard.open(f"/sites/{shop.site['id']}/messages")
    dashboard.page.locator(".letters a").click()
    dashboard.expect_heading("Message from Grace Hopper")
    expect(dashboard.page.get_by_role("link", name="Answer by e-mail")).to_be_visible()
    expect(dashboard.page.locator("main").get_by_role("button")).to_have_count(0)
    assert shop.unread() == 1
