"""Links with all they can say, short links, and QR codes."""

import re
import subprocess
import uuid

import pytest
import requests
from playwright.sync_api import expect

WORDS = {
    "en": {"more": "Group, short address, dates, visibility", "code": "Short address", "highlight": "Highlight this link",
           "me": "This is my own profile (rel=me)", "fallback": "Fallback address", "until": "Visible until",
           "highlighted": "Highlighted", "qr": "QR code", "png": "Download PNG", "svg": "Download SVG", "close": "Close",
           "short": "Short links", "add": "Add short link", "new": "Add a short link", "folded": "End, fallback, origin",
           "source": "Source", "copy": "Copy address", "card": "QR code of the business card",
           "delete": "Delete", "broken": "Cannot be reached: status 404", "permanent": "Permanent redirect",
           "taken": "This is already taken. Choose another one.", "wrong_code": "Use 2 to 40 small letters",
           "zone": "Local time:"},
    "de": {"more": "Gruppe, Kurzadresse, Zeitraum, Sichtbarkeit", "code": "Kurzadresse",
           "highlight": "Diesen Link hervorheben", "me": "Das ist mein eigenes Profil (rel=me)",
           "fallback": "Ersatzadresse", "until": "Sichtbar bis", "highlighted": "Hervorgehoben", "qr": "QR-Code",
           "png": "PNG herunterladen", "svg": "SVG herunterladen", "close": "Schließen", "short": "Kurzlinks",
           "add": "Kurzlink hinzufügen", "new": "Neuer Kurzlink", "folded": "Ablauf, Ersatz, Herkunft",
           "source": "Quelle", "copy": "Adresse kopieren", "card": "QR-Code der Visitenkarte",
           "delete": "Löschen", "broken": "Nicht erreichbar: Status 404", "permanent": "Dauerhafte Weiterleitung",
           "taken": "Das ist schon vergeben. Wählen Sie bitte etwas anderes.", "wrong_code": "2 bis 40 Kleinbuchstaben",
           "zone": "Ortszeit:"},
}


@pytest.fixture(params=["en", "de"])
def dashboard(visit, email, request):
    opened = visit(request.param)
    opened.log_in(email)
    opened.slug = f"short-{uuid.uuid4().hex[:12]}"
    opened.make_site("Test", opened.slug)
    opened.words = WORDS[request.param]
    return opened


def labelled(form, text):
    return form.get_by_label(re.compile(rf"^{re.escape(text)}"))


def decoded(file) -> str:
    return subprocess.run(["zbarimg", "--raw", "-q", "--oneshot", str(file)], capture_output=True, timeout=60,
                          check=True).stdout.decode().strip()


def location(dashboard, code):
    url = f"{dashboard.stack.sites_url(dashboard.slug)}/l/{code}"
    return requests.get(url, timeout=20, allow_redirects=False).headers.get("Location")


def publish(dashboard):
    dashboard.go("publish")
    dashboard.button("publish_now").click()
    expect(dashboard.page.get_by_role("main").get_by_text(dashboard.name("online", 1))).to_be_visible()


def test_a_link_is_highlighted_and_has_its_own_short_address(dashboard, tmp_path):
    page, words = dashboard.page, dashboard.words
    dashboard.go("links")
    dashboard.add_link("Shop", "https://example.com/shop")
    dashboard.at("edit", "Shop").click()
    form = page.locator(".link-row form")
    page.locator(".link-row summary").click()
    expect(labelled(form, words["until"])).to_have_accessible_description(re.compile(re.escape(words["zone"]) + r" \w+"))
    labelled(form, words["code"]).fill("Ü!")
    dashboard.button("save").click()
    expect(labelled(form, words["code"])).to_have_accessible_description(re.compile(words["wrong_code"]))
    labelled(form, words["code"]).fill("Shop-26")
    labelled(form, words["highlight"]).check()
    labelled(form, words["fallback"]).fill("example.org/instead")
    dashboard.check_view()
    dashboard.button("save").click()
    row = page.locator(".link-row")
    expect(row).to_contain_text(words["highlighted"])
    dashboard.check_view()

    code = dashboard.page.get_by_role("button", name=f"{words['qr']}: Shop", exact=True)
    code.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    image = dialog.get_by_role("img")
    expect(image).to_have_accessible_name(re.compile("Shop"))
    image.evaluate("image => image.decode()")
    dashboard.check_view()
    with page.expect_download() as download:
        dialog.get_by_role("link", name=words["png"]).click()
    assert download.value.suggested_filename == f"qr-{dashboard.slug}-l-shop-26.png"
    download.value.save_as(tmp_path / "code.png")
    address = f"{dashboard.stack.sites_url(dashboard.slug)}/l/shop-26"
    assert decoded(tmp_path / "code.png") == f"{address}?via=qr"
    expect(dialog).to_contain_text(address)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(code).to_be_focused()

    publish(dashboard)
    assert location(dashboard, "shop-26") == "https://example.com/shop"
    page.goto(dashboard.stack.sites_url(dashboard.slug))
    expect(page.locator("a.card.lead")).to_have_attribute("href", "/l/shop-26")


def test_a_deleted_link_comes_back_with_its_short_address(dashboard):
    dashboard.go("links")
    dashboard.unfold("new_link")
    form = dashboard.page.get_by_role("form", name=dashboard.name("add_link"))
    form.locator("summary").click()
    labelled(form, dashboard.words["code"]).fill("kept")
    dashboard.add_link("Shop", "https://example.com/shop")
    dashboard.at("delete", "Shop").click()
    dashboard.button("undo").click()
    dashboard.at("edit", "Shop").click()
    expect(labelled(dashboard.page.locator(".link-row form"), dashboard.words["code"])).to_have_value("kept")


def test_a_broken_target_is_told(dashboard):
    dashboard.go("links")
    dashboard.add_link("Shop", "https://example.com/shop")
    site = dashboard.page.url.split("/")[-2]
    dashboard.stack.sql("UPDATE customer.links SET check_state = 'broken', check_status = 404, checked_at = now() "
                        f"WHERE site_id = '{site}'")
    dashboard.page.reload()
    dashboard.settle()
    expect(dashboard.page.locator(".link-row")).to_contain_text(dashboard.words["broken"])
    dashboard.check_view()


def test_a_short_link_works_as_soon_as_it_is_saved(dashboard, tmp_path):
    page, words = dashboard.page, dashboard.words
    publish(dashboard)
    dashboard.go("links")
    page.get_by_role("link", name=words["short"]).click()
    dashboard.settle()
    dashboard.expect_heading(words["short"])
    dashboard.check_view()
    form = page.get_by_role("form", name=words["add"])
    dashboard.field("title", within=form).fill("Flyer")
    dashboard.field("url", within=form).fill("example.com/shop")
    labelled(form, words["code"]).fill("flyer")
    form.locator("summary").click()
    labelled(form, words["source"]).fill("Sommer & Fest")
    labelled(form, words["permanent"]).check()
    dashboard.check_view()
    form.get_by_role("button", name=words["add"]).click()
    row = page.locator(".link-row")
    expect(row).to_contain_text(f"{dashboard.slug}.")
    expect(row).to_contain_text("Sommer & Fest")
    assert location(dashboard, "flyer") == "https://example.com/shop?utm_source=Sommer%20%26%20Fest"
    dashboard.check_view()

    # The code cannot be had twice.
    dashboard.field("title", within=form).fill("Second")
    dashboard.field("url", within=form).fill("example.com/other")
    labelled(form, words["code"]).fill("flyer")
    form.get_by_role("button", name=words["add"]).click()
    expect(labelled(form, words["code"])).to_be_focused()
    expect(labelled(form, words["code"])).to_have_attribute("aria-invalid", "true")

    dashboard.at("edit", "Flyer").click()
    editing = page.locator(".link-row form")
    dashboard.field("url", within=editing).fill("https://example.com/new")
    labelled(editing, words["source"]).fill("")
    dashboard.check_view()
    dashboard.button("save").click()
    expect(row).to_contain_text("https://example.com/new")
    assert location(dashboard, "flyer") == "https://example.com/new"

    page.get_by_role("button", name=f"{words['qr']}: Flyer", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=words["svg"]).click()
    assert download.value.suggested_filename.endswith("-l-flyer.svg")
    page.get_by_role("dialog").get_by_role("button", name=words["close"]).click()

    dashboard.at("delete", "Flyer").click()
    dialog = page.get_by_role("dialog")
    dashboard.check_view()
    dialog.get_by_role("button", name=words["delete"]).click()
    expect(row).to_have_count(0)
    assert location(dashboard, "flyer") is None


def test_the_business_card_has_a_code(dashboard, tmp_path):
    page, words = dashboard.page, dashboard.words
    dashboard.go("profile")
    dashboard.field("name").fill("Jörg Müller")
    dashboard.save()
    dashboard.go("links")
    page.get_by_role("link", name=words["short"]).click()
    dashboard.settle()
    page.get_by_role("button", name=words["card"]).click()
    dashboard.check_view()
    with page.expect_download() as download:
        page.get_by_role("link", name=words["png"]).click()
    download.value.save_as(tmp_path / "card.png")
    assert "FN:Jörg Müller" in decoded(tmp_path / "card.png")


def test_a_page_has_a_code(dashboard):
    dashboard.go("pages")
    dashboard.page.get_by_role("button", name=re.compile(f"^{dashboard.words['qr']}: ")).click()
    dashboard.page.get_by_role("dialog").get_by_role("img").evaluate("image => image.decode()")
    dashboard.check_view()
