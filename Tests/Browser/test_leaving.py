"""Taking everything along, and ending the account: with a code, by the keyboard, in both languages."""

import re
import zipfile

import pytest
from client import age_proofs
from dashboard import code_in
from playwright.sync_api import expect
from stack import wait_until

NAMES = {
    "en": {"make": "Make a copy of everything", "ready": "Ready", "download": re.compile("^Download: "),
           "proof": "Please confirm that it is you", "confirm": "Confirm", "delete": "Delete account",
           "type": re.compile("^To confirm, type the name"), "differs": "This is not the name of the account.",
           "planned": "This account will be deleted on", "keep": "Keep the account after all",
           "stays": "The account stays. Nothing is deleted.", "now_ready": "Your copy is ready."},
    "de": {"make": "Kopie von allem erstellen", "ready": "Fertig", "download": re.compile("^Herunterladen: "),
           "proof": "Bitte bestätigen Sie, dass Sie es sind", "confirm": "Bestätigen", "delete": "Konto löschen",
           "type": re.compile("^Zur Bestätigung bitte den Namen"), "differs": "Das ist nicht der Name des Kontos.",
           "planned": "Dieses Konto wird am", "keep": "Konto doch behalten",
           "stays": "Das Konto bleibt. Es wird nichts gelöscht.", "now_ready": "Ihre Kopie ist fertig."},
}


@pytest.mark.parametrize("locale", ["en", "de"])
def test_leaving(visit, stack, email, locale, tmp_path):
    names = NAMES[locale]
    dashboard = visit(locale)
    page = dashboard.page
    dashboard.log_in(email)
    dashboard.open("/account")
    main = page.locator("main")
    dashboard.check_view()

    # A copy of everything; whoever sits at a screen that was left open cannot have it.
    page.get_by_role("button", name=names["make"], exact=True).focus()
    page.keyboard.press("Enter")
    expect(main.locator(".tag", has_text=names["ready"])).to_be_visible(timeout=30_000)
    dashboard.check_view()
    age(stack, page)
    page.get_by_role("button", name=names["download"]).click()
    with page.expect_download() as download:
        prove(stack, page, email, names)
    path = tmp_path / "export.zip"
    download.value.save_as(path)
    assert re.fullmatch(r"smartpages-[\d-]+\.zip", download.value.suggested_filename)
    assert "data.json" in zipfile.ZipFile(path).namelist()

    # The end, which nobody comes to by accident.
    page.get_by_role("button", name=names["delete"], exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=names["delete"])
    field = dialog.get_by_label(names["type"])
    field.fill("Somebody else")
    field.press("Enter")
    expect(dialog).to_contain_text(names["differs"])
    dashboard.check_view()
    field.fill(email.split("@")[0])
    field.press("Enter")
    banner = page.locator(".banner", has_text=names["planned"])
    expect(banner).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    dashboard.check_view()
    # It stands above every view, and in every tab that is opened.
    dashboard.open("/profile")
    expect(banner).to_be_visible()
    dashboard.check_view()
    banner.get_by_role("button", name=names["keep"]).click()
    expect(banner).to_have_count(0)
    dashboard.expect_said(names["stays"])
    dashboard.open("/account")
    expect(page.get_by_role("button", name=names["delete"], exact=True)).to_be_visible()


def age(stack, page) -> None:
    class Browser:
        @staticmethod
        def cookie(name):
            return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == name)

    age_proofs(stack, Browser)


def prove(stack, page, email, names) -> None:
    dialog = page.get_by_role("dialog", name=names["proof"])
    dialog.get_by_label(re.compile("^Code")).fill(code_in(stack.wait_for_mail(email, "proof")))
    dialog.get_by_role("button", name=names["confirm"], exact=True).click()
    wait_until(lambda: dialog.count() == 0, 10)
