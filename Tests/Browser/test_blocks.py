"""Blocks of all kinds: made by keyboard, previewed, published, read without scripts; nothing foreign before consent."""

import io
import json
import uuid

import pytest
from dashboard import check_accessible, check_width
from PIL import Image
from playwright.sync_api import expect
from test_texts import texts

KINDS = ["hero", "heading", "text", "image", "gallery", "button", "links", "social", "profile", "contact", "hours",
         "address", "faq", "testimonial", "prices", "countdown", "embed", "form", "legal", "divider"]
# What is typed into the text fields of a kind, in their order; those of the API that are not named stay empty.
TYPED = {
    "hero": {"block.heading_text": "Willkommen", "block.hero_text": "Schön hier", "block.hero_button": "Los",
             "link.url": "example.com"},
    "heading": {"block.heading_text": "Über uns"}, "text": {"block.text_text": "Mit **Nachdruck**."},
    "image": {"block.caption": "Am Fenster"}, "gallery": {}, "links": {"block.heading_above": "Mehr"}, "social": {},
    "button": {"block.button_label": "Schreiben", "link.url": "hallo@example.com"}, "profile": {}, "contact": {},
    "hours": {"block.note": "Bitte klingeln"},
    "address": {"profile.street": "Hauptstraße 1", "profile.postal_code": "04109", "profile.city": "Leipzig"},
    "faq": {"block.faq_question": "Wo ist das?", "block.faq_answer": "Gleich *dort*."},
    "testimonial": {"block.testimonial_quote": "Sehr gut!", "block.testimonial_author": "Ida"},
    "prices": {"block.prices_title": "Becher", "block.prices_price": "28 €"},
    "countdown": {"block.heading_text": "Großes Fest"}, "form": {"block.form_button": "Ab damit"}, "legal": {},
    "embed": {"link.url": "https://youtu.be/abcdefghijk", "block.embed_title": "Ein Rundgang"}, "divider": {},
}
SHOWN = ["Willkommen", "Schön hier", "Los", "Über uns", "Nachdruck", "Am Fenster", "Bitte klingeln", "Hauptstraße 1",
         "Wo ist das?", "Sehr gut!", "Ida", "Becher", "28 €", "Großes Fest", "Ab damit", "Ein Rundgang"]


class Editor:
    """The editor of a page."""

    def __init__(self, dashboard):
        self.dashboard, self.page = dashboard, dashboard.page
        self.words = {key: json.loads(text.strip().rstrip(","))
                      for key, text in texts(dashboard.locale).items() if text.startswith('"')}

    def add(self, kind):
        """Chooses a kind and types what it needs, with the keys alone."""
        choice = self.page.locator(".block-kinds").get_by_role("button", name=self.words[f"block.{kind}"], exact=True)
        choice.focus()
        self.page.keyboard.press("Enter")
        block = self.page.locator(".blocks > li").last
        expect(block.locator("legend").first).to_have_text(self.words[f"block.{kind}"])
        for key, text in TYPED[kind].items():
            block.get_by_label(self.words[key], exact=False).first.focus()
            self.page.keyboard.type(text)
        if kind in ("image", "gallery"):
            self.pick(block)
        if kind == "countdown":
            block.get_by_label(self.words["block.countdown_at"]).fill("2999-12-01T10:00")

    def pick(self, block):
        block.get_by_role("button", name=self.words["images.pick"], exact=True).focus()
        self.page.keyboard.press("Enter")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("radio").first.focus()
        self.page.keyboard.press("Space")
        dialog.get_by_role("button", name=self.words["images.use"], exact=True).focus()
        self.page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)


@pytest.fixture(params=["de", "en"])
def editor(visit, email, request):
    dashboard = visit(request.param, width=1400)
    dashboard.log_in(email)
    dashboard.slug = f"blocks-{uuid.uuid4().hex[:12]}"
    dashboard.make_site("Test", dashboard.slug)
    editor = Editor(dashboard)
    dashboard.open("/images")
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(picture, "JPEG")
    dashboard.page.get_by_label(editor.words["images.choose"]).set_input_files(
        {"name": "one.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()})
    dialog = dashboard.page.get_by_role("dialog")
    dialog.get_by_label(editor.words["images.alt"]).fill("A teal square")
    dialog.get_by_role("button", name=dashboard.name("save")).click()
    expect(dialog).to_have_count(0)
    dashboard.go("pages")
    dashboard.unfold("new_page")
    dashboard.field("title").fill("Everything")
    dashboard.button("add_page").click()
    dashboard.expect_heading("Everything")
    return editor


def test_a_page_of_every_kind_is_made_by_keyboard_and_published(editor, stack, browser):
    dashboard, page = editor.dashboard, editor.page
    assert set(KINDS) == set(TYPED)
    dashboard.check_view()
    for kind in KINDS:
        editor.add(kind)
    expect(page.locator(".preview-screen")).to_contain_text("Willkommen")
    dashboard.save()
    dashboard.check_view()
    # What was saved is there again, and nothing of it counts as changed.
    page.reload()
    dashboard.settle()
    expect(page.locator(".blocks > li")).to_have_count(len(KINDS))
    assert page.evaluate("document.querySelector('.save-state').textContent") == ""
    dashboard.go("publish")
    dashboard.button("publish_now").click()
    expect(page.locator(".published")).to_be_focused()
    look(browser, f"{stack.sites_url(dashboard.slug)}/everything/")


def look(browser, address):
    """Without scripts all is there; with them, nothing foreign is asked for before somebody agrees."""
    with browser.new_context(java_script_enabled=False) as plain:
        site = plain.new_page()
        site.goto(address)
        for text in SHOWN:
            expect(site.locator("main")).to_contain_text(text)
        site.get_by_text("Wo ist das?").click()
        expect(site.get_by_text("dort")).to_be_visible()
        expect(site.locator("[data-frame]")).to_be_hidden()
        assert site.locator(".embed a").first.is_visible()
    with browser.new_context() as context:
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        context.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>film</p>"))
        site = context.new_page()
        complaints = []
        site.on("console", lambda message: complaints.append(message.text))
        site.on("pageerror", lambda error: complaints.append(str(error)))
        site.goto(address)
        site.wait_for_load_state("networkidle")
        check_accessible(site)
        check_width(site)
        assert all(url.startswith(address.split("/everything/")[0]) for url in asked), asked
        site.locator("[data-frame]").focus()
        site.keyboard.press("Enter")
        frame = site.locator("iframe")
        expect(frame).to_be_focused()
        assert frame.get_attribute("src").startswith("https://www.youtube-nocookie.com/embed/abcdefghijk")
        expect(site.frame_locator("iframe").get_by_text("film")).to_be_visible()
        assert not complaints


def test_entries_are_put_in_order_and_their_faults_found(editor):
    dashboard, page = editor.dashboard, editor.page
    editor.add("prices")
    rows = page.locator(".blocks .rows > li")
    page.get_by_role("button", name=editor.words["block.prices_add"], exact=True).press("Enter")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).get_by_role("textbox").first).to_be_focused()
    page.keyboard.type("Teller")
    dashboard.button("save").click()
    # The second has no price yet.
    expect(rows.nth(1).get_by_role("textbox").nth(1)).to_be_focused()
    page.keyboard.type("40 €")
    number = editor.words["rows.number"].replace("{number}", "2")
    dashboard.at("up", number).press("Enter")
    expect(rows.first.get_by_role("textbox").first).to_have_value("Teller")
    dashboard.save()
    page.reload()
    dashboard.settle()
    expect(rows.first.get_by_role("textbox").first).to_have_value("Teller")
    dashboard.check_view()


def test_hours_follow_from_day_to_day_and_end_at_midnight(editor):
    dashboard, page = editor.dashboard, editor.page
    editor.add("hours")
    rows = page.locator(".blocks .rows > li")
    page.get_by_role("button", name=editor.words["block.hours_add"], exact=True).press("Enter")
    expect(rows.nth(1).get_by_role("combobox")).to_have_value("tue")
    rows.nth(1).get_by_label(editor.words["block.hours_close"]).fill("00:00")
    dashboard.save()
    saved = page.evaluate("""async () => {
      const path = location.pathname.replace("/sites", "/api/sites");
      return (await (await fetch(path)).json()).blocks[0].days;
    }""")
    assert saved == [{"day": "mon", "open": "09:00", "close": "17:00"},
                     {"day": "tue", "open": "09:00", "close": "24:00"}]


def test_a_fault_that_only_the_service_finds_stands_at_its_field(editor):
    dashboard, page = editor.dashboard, editor.page
    editor.add("embed")
    field = page.locator(".blocks").get_by_label(editor.words["link.url"])
    field.fill("https://example.com/")
    dashboard.button("save").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
