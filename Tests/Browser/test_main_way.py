"""The whole main way in a real browser, in German and English: log in, fill in, publish, look at the result, log out."""

import re
import uuid

import pytest
from dashboard import check_accessible, check_width, code_in
from playwright.sync_api import expect

CONTENT = {
    "de": {
        "title": "Café Müller", "headline": "Rösterei in Leipzig", "links": ["Speisekarte", "Reservieren", "Intern"],
        "page": "Feiern", "heading": "Für Ihre Feier", "text": "Wir kommen **zu Ihnen**.",
    },
    "en": {
        "title": "Baker & Sons", "headline": "Bread since 1924", "links": ["This week", "Book a table", "Internal"],
        "page": "Catering", "heading": "For your party", "text": "We come **to you**.",
    },
}


@pytest.fixture(params=["de", "en"])
def locale(request):
    return request.param


def test_from_login_to_the_published_site_and_out(visit, stack, email, locale):
    dashboard = visit(locale)
    slug = f"way-{uuid.uuid4().hex[:12]}"
    content = CONTENT[locale]
    log_in_by_code(dashboard, email)
    first_site(dashboard, content, slug)
    fill_in_profile(dashboard, content)
    put_links_in_order(dashboard, content)
    make_page(dashboard, content)
    fill_in_legal_texts(dashboard)
    publish(dashboard)
    look_at_site(dashboard, stack, content, slug)
    go_back_to_first_version(dashboard)
    end_session_and_log_out(dashboard, visit, email)


def log_in_by_code(dashboard, email):
    page = dashboard.page
    dashboard.open("/")
    expect(page).to_have_url(re.compile("/login$"))
    assert page.locator("html").get_attribute("lang") == dashboard.locale
    dashboard.check_view()
    mail = dashboard.ask_for_code(email)
    assert dashboard.locale == "de" or "code" in mail["subject"].lower()
    wrong = f"{(int(code_in(mail)) + 1) % 1_000_000:06}"
    dashboard.field("code").fill(wrong)
    dashboard.button("log_in").click()
    expect(dashboard.field("code")).to_have_attribute("aria-invalid", "true")
    expect(dashboard.field("code")).to_be_focused()
    dashboard.check_view()
    dashboard.field("code").fill(code_in(mail))
    dashboard.button("log_in").click()
    dashboard.expect_heading(dashboard.name("welcome"))


def first_site(dashboard, content, slug):
    dashboard.check_view()
    dashboard.field("title").fill(content["title"])
    dashboard.field("slug").fill("-no-")
    dashboard.button("create_site").click()
    expect(dashboard.field("slug")).to_have_attribute("aria-invalid", "true")
    expect(dashboard.field("slug")).to_be_focused()
    dashboard.field("slug").fill(slug)
    dashboard.button("create_site").click()
    dashboard.expect_heading(dashboard.name("overview"))
    expect(dashboard.page.get_by_text(dashboard.name("done", 0))).to_be_visible()
    dashboard.check_view()


def fill_in_profile(dashboard, content):
    dashboard.go("profile")
    dashboard.field("name").fill(content["title"])
    dashboard.field("headline").fill(content["headline"])
    dashboard.field("email").fill("hello@example.com")
    dashboard.expect_state("unsaved")
    dashboard.save()
    dashboard.check_view()
    dashboard.page.reload()
    dashboard.settle()
    expect(dashboard.field("headline")).to_have_value(content["headline"])


def put_links_in_order(dashboard, content):
    page = dashboard.page
    first, second, internal = content["links"]
    dashboard.go("links")
    dashboard.check_view()
    for title in (first, second, internal):
        dashboard.add_link(title, f"https://example.com/{len(title)}")
    assert dashboard.link_titles() == [first, second, internal]

    # By keyboard, and said aloud.
    dashboard.at("up", second).focus()
    page.keyboard.press("Enter")
    dashboard.expect_said(dashboard.name("position", second, 1, 3))
    expect(dashboard.at("up", second)).to_be_focused()
    assert dashboard.link_titles() == [second, first, internal]
    dashboard.at("hide", internal).press("Enter")
    expect(dashboard.at("show", internal)).to_be_focused()

    dashboard.at("edit", first).click()
    form = page.get_by_role("form", name=first)
    dashboard.field("title", within=form).fill(f"{first}!")
    form.get_by_role("button", name=dashboard.name("save")).click()
    expect(dashboard.at("edit", f"{first}!")).to_be_focused()
    dashboard.check_view()
    page.reload()
    dashboard.settle()
    assert dashboard.link_titles() == [second, f"{first}!", internal]


def make_page(dashboard, content):
    page = dashboard.page
    dashboard.go("pages")
    dashboard.check_view()
    dashboard.unfold("new_page")
    dashboard.field("title").fill(content["page"])
    dashboard.button("add_page").click()
    dashboard.expect_heading(content["page"])
    for key in ("block_heading", "block_text", "block_button", "block_divider", "block_contact"):
        page.locator(".block-kinds").get_by_role("button", name=dashboard.name(key), exact=True).click()
    blocks = page.locator(".blocks > li")
    expect(blocks).to_have_count(5)
    blocks.nth(0).get_by_role("textbox").fill(content["heading"])
    blocks.nth(1).get_by_role("textbox").fill(content["text"])
    blocks.nth(2).get_by_role("textbox").first.fill("Mail")
    blocks.nth(2).get_by_role("textbox").last.fill("javascript:alert(1)")
    dashboard.button("save").click()
    expect(blocks.nth(2).get_by_role("textbox").last).to_be_focused()
    expect(blocks.nth(2).get_by_role("textbox").last).to_have_attribute("aria-invalid", "true")
    blocks.nth(2).get_by_role("textbox").last.fill("hello@example.com")
    dashboard.at("up", dashboard.name("block_contact")).press("Enter")
    dashboard.expect_said(dashboard.name("position", dashboard.name("block_contact"), 4, 5))
    dashboard.at("remove", dashboard.name("block_divider")).click()
    expect(dashboard.button("undo")).to_be_focused()
    dashboard.save()
    dashboard.check_view()


def fill_in_legal_texts(dashboard):
    dashboard.go("legal")
    answers = {
        "legal_name": "Anna Müller", "street": "Hauptstraße 1", "postal_code": "04109", "city": "Leipzig",
        "country": "Deutschland", "email": "hello@example.com",
    }
    for key, value in answers.items():
        dashboard.field(key).fill(value)
    dashboard.save()
    expect(dashboard.page.locator(".tabs .tag.good")).to_have_text(dashboard.name("complete"))
    dashboard.check_view()
    dashboard.page.locator(".tabs").get_by_role("link", name=dashboard.name("privacy")).click()
    dashboard.expect_heading(dashboard.name("privacy"))
    dashboard.button("take_over").click()
    expect(dashboard.field("street")).to_have_value("Hauptstraße 1")
    dashboard.save()
    expect(dashboard.page.locator(".tabs .tag.good")).to_have_count(2)
    dashboard.check_view()


def publish(dashboard):
    dashboard.go("publish")
    dashboard.check_view()
    dashboard.field("note").first.fill("1")
    dashboard.button("publish_now").click()
    expect(dashboard.page.locator(".published")).to_contain_text(dashboard.name("online", 1))
    expect(dashboard.page.locator(".published")).to_be_focused()
    dashboard.check_view()
    dashboard.go("overview")
    expect(dashboard.page.get_by_text(dashboard.name("done", 6))).to_be_visible()
    dashboard.check_view()


def look_at_site(dashboard, stack, content, slug):
    """By the link, in a new tab, as a person does."""
    dashboard.go("publish")
    dashboard.button("publish_now").click()
    with dashboard.page.context.expect_page() as opened:
        dashboard.page.get_by_role("link", name=dashboard.name("look")).click()
    site = opened.value
    site.wait_for_load_state()
    assert site.url == f"{stack.sites_url(slug)}/"
    assert content["title"] in site.title()
    first, second, internal = content["links"]
    listed = site.get_by_role("link").all_inner_texts()
    order = [next(index for index, text in enumerate(listed) if title in text) for title in (second, f"{first}!")]
    assert order == sorted(order)
    assert not any(internal in text for text in listed)
    expect(site.get_by_text(content["headline"])).to_be_visible()
    check_site(site)
    for key, text in {"site_imprint": "Hauptstraße 1", "site_privacy": "Leipzig"}.items():
        site.goto(stack.sites_url(slug) + "/")
        site.get_by_role("link", name=re.compile(f"^{dashboard.name(key)}")).first.click()
        expect(site.locator("main")).to_contain_text(text)
        check_site(site)
    site.get_by_role("link", name=content["page"], exact=True).click()
    expect(site.get_by_role("heading", name=content["heading"])).to_be_visible()
    assert site.locator("a[href^='javascript:']").count() == 0
    check_site(site)
    site.close()


def check_site(site):
    assert site.locator("script:not([type='application/ld+json'])").count() == 0
    check_accessible(site)
    check_width(site)


def go_back_to_first_version(dashboard):
    expect(dashboard.page.locator(".published")).to_contain_text(dashboard.name("online", 2))
    dashboard.button("restore", 1).click()
    dialog = dashboard.page.get_by_role("dialog")
    check_accessible(dashboard.page)
    dashboard.button("restore_go", within=dialog).click()
    expect(dashboard.page.locator(".versions .active")).to_contain_text("1")


def end_session_and_log_out(dashboard, visit, email):
    other = visit(dashboard.locale)
    other.log_in(email)
    dashboard.go("account")
    dashboard.check_view()
    sessions = dashboard.page.locator(".sessions > li")
    expect(sessions).to_have_count(2)
    expect(sessions.first).to_contain_text(dashboard.name("this_device"))
    sessions.last.get_by_role("button", name=dashboard.name("end")).click()
    expect(sessions).to_have_count(1)
    other.page.get_by_role("link", name=dashboard.name("profile"), exact=True).click()
    expect(other.page).to_have_url(re.compile("/login"))
    dashboard.button("log_out").click()
    dashboard.expect_heading(dashboard.name("claim"))
    dashboard.page.go_back()
    expect(dashboard.page).to_have_url(re.compile("/login"))
    dashboard.check_view()


def test_settings_and_unknown_addresses_are_views_too(visit, email, locale):
    dashboard = visit(locale)
    dashboard.log_in(email)
    dashboard.make_site("Test", f"set-{uuid.uuid4().hex[:12]}")
    dashboard.go("settings")
    dashboard.check_view()
    dashboard.open("/no/such/view")
    dashboard.check_view()
    dashboard.open("/sites/new")
    dashboard.check_view()
