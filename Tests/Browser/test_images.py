"""Pictures in the dashboard: chosen, dropped, described, used, and not deleted while they are used."""

import io
import re
import uuid

import pytest
from PIL import Image
from playwright.sync_api import expect


def jpeg(colour: str, width: int = 900, height: int = 600) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(output, "JPEG")
    return output.getvalue()


def file(name: str, colour: str) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(colour)}


WORDS = {
    "de": {"choose": "Bilder auswählen", "alt": "Was das Bild zeigt", "missing": "Beschreibung fehlt",
           "describe": "Beschreiben", "delete": "Löschen", "in_use": "Noch in Verwendung", "pick": "Bild auswählen",
           "use": "Dieses Bild nehmen", "upload": "Bild hochladen", "other": "Anderes auswählen", "without": "Ohne Bild",
           "drops": "oder hierher ziehen", "profile": "Profil", "close": "Schließen", "images": "Bilder"},
    "en": {"choose": "Choose pictures", "alt": "What the picture shows", "missing": "Description missing",
           "describe": "Describe", "delete": "Delete", "in_use": "Still in use", "pick": "Choose a picture",
           "use": "Use this picture", "upload": "Upload a picture", "other": "Choose another",
           "without": "Without a picture", "drops": "or drop them here", "profile": "Profile", "close": "Close",
           "images": "Pictures"},
}


@pytest.fixture(params=["de", "en"])
def dashboard(visit, email, request):
    opened = visit(request.param)
    opened.log_in(email)
    opened.make_site("Test", f"images-{uuid.uuid4().hex[:12]}")
    opened.words = WORDS[request.param]
    opened.open("/images")
    return opened


def describe(dashboard, text: str) -> None:
    dialog = dashboard.page.get_by_role("dialog", name=dashboard.words["describe"])
    dialog.get_by_label(dashboard.words["alt"]).fill(text)
    dialog.get_by_role("button", name=dashboard.name("save")).click()
    expect(dialog).to_have_count(0)


def cards(dashboard):
    return dashboard.page.locator(".image-card")


def test_pictures_are_uploaded_described_used_and_deleted(dashboard):
    words, page = dashboard.words, dashboard.page
    dashboard.check_view()
    page.get_by_label(words["choose"]).set_input_files([file("one.jpg", "teal"), file("two.jpg", "tomato")])
    describe(dashboard, "A teal square")
    dialog = page.get_by_role("dialog", name=words["describe"])
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(cards(dashboard)).to_have_count(2)
    expect(page.locator(".tag.warn", has_text=words["missing"])).to_have_count(1)
    shown = page.locator(".image-card img").first
    shown.evaluate("image => image.decode()")
    assert shown.evaluate("image => image.naturalWidth") == 320
    dashboard.check_view()

    # Named again, by the keyboard.
    second = cards(dashboard).filter(has_text=words["missing"])
    second.get_by_role("button", name=re.compile(words["describe"])).press("Enter")
    dashboard.check_view()
    describe(dashboard, "A tomato square")
    expect(page.locator(".tag.warn")).to_have_count(0)

    # Into the profile, by the picker.
    page.get_by_role("link", name=words["profile"], exact=True).click()
    dashboard.settle()
    page.get_by_role("button", name=words["pick"]).click()
    picker = page.get_by_role("dialog", name=words["pick"])
    expect(picker.get_by_role("radio")).to_have_count(2)
    dashboard.check_view()
    picker.get_by_role("radio", name="A teal square").press("Space")
    picker.get_by_role("button", name=words["use"]).click()
    expect(page.get_by_role("img", name="A teal square")).to_be_visible()
    dashboard.field("name").fill("Anna")
    dashboard.save()
    page.reload()
    dashboard.settle()
    expect(page.get_by_role("img", name="A teal square")).to_be_visible()
    dashboard.check_view()

    # It cannot go while it is there.
    dashboard.open("/images")
    used = cards(dashboard).filter(has_text="A teal square")
    used.get_by_role("button", name=re.compile(words["delete"])).click()
    page.get_by_role("dialog").get_by_role("button", name=words["delete"]).click()
    told = page.get_by_role("dialog", name=words["in_use"])
    expect(told.get_by_role("link", name=words["profile"])).to_be_visible()
    dashboard.check_view()
    told.get_by_role("button", name=words["close"]).click()
    other = cards(dashboard).filter(has_text="A tomato square")
    other.get_by_role("button", name=re.compile(words["delete"])).click()
    page.get_by_role("dialog").get_by_role("button", name=words["delete"]).click()
    expect(cards(dashboard)).to_have_count(1)


def test_a_picture_may_be_dropped_and_what_is_none_is_told(dashboard):
    words, page = dashboard.words, dashboard.page
    data = page.evaluate_handle("""bytes => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], "dropped.jpg", { type: "image/jpeg" }));
      transfer.items.add(new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "x.svg", { type: "image/svg+xml" }));
      return transfer;
    }""", list(jpeg("navy", 400, 300)))
    zone = page.locator(".drop-zone")
    zone.dispatch_event("dragenter", {"dataTransfer": data})
    expect(zone).to_have_class(re.compile("is-over"))
    zone.dispatch_event("drop", {"dataTransfer": data})
    describe(dashboard, "A navy square")
    expect(cards(dashboard)).to_have_count(1)
    expect(page.locator(".upload-lines li.is-bad")).to_contain_text("x.svg")
    expect(page.locator(".upload-lines li.is-bad")).to_contain_text("HEIC")
    dashboard.check_view()
    page.locator(".upload-lines li.is-bad").get_by_role("button", name=words["close"]).click()
    expect(page.locator(".upload-lines li")).to_have_count(0)


def test_a_picker_takes_a_new_picture(dashboard):
    words, page = dashboard.words, dashboard.page
    dashboard.open("/profile")
    page.get_by_role("button", name=words["pick"]).click()
    picker = page.get_by_role("dialog", name=words["pick"])
    picker.get_by_label(words["upload"]).set_input_files(file("new.jpg", "gold"))
    describe(dashboard, "A gold square")
    expect(picker.get_by_role("radio", checked=True)).to_have_count(1)
    picker.get_by_role("button", name=words["use"]).click()
    expect(page.get_by_role("img", name="A gold square")).to_be_visible()
    page.get_by_role("button", name=words["without"]).click()
    expect(page.get_by_role("img", name="A gold square")).to_have_count(0)
