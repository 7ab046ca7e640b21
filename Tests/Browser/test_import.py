"""Bringing contents along: seen first, chosen by boxes, by the keyboard, in both languages."""

import json
import re

import pytest
from client import Client, new_email
from client import expect as answered
from pictures import png
from playwright.sync_api import expect

NAMES = {
    "en": {"title": "Bring your contents along", "url": "Address of the page", "look": "Look at the page",
           "file": "Choose a file", "found": "Found on the Linktree", "run": "Import", "done": "Imported",
           "unreachable": "There is no public page", "unknown": "This kind of file does not work.",
           "new": "A new site", "target": "Where the links go", "left_out": "What is left out",
           "export": "Found in the export", "profile": "Profile", "draft": "It is a draft until you publish it.",
           "site_title": "Title", "known": "This site has it already.", "kept": "you have entered something already"},
    "de": {"title": "Inhalte mitbringen", "url": "Adresse der Seite", "look": "Seite ansehen",
           "file": "Datei wählen", "found": "Auf dem Linktree gefunden", "run": "Importieren", "done": "Importiert",
           "unreachable": "ist keine öffentliche Seite", "unknown": "Diese Art von Datei geht nicht.",
           "new": "Eine neue Website", "target": "Wohin die Links kommen", "left_out": "Was nicht mitkommt",
           "export": "Im Export gefunden", "profile": "Profil", "draft": "Es bleibt ein Entwurf",
           "site_title": "Titel", "known": "Diese Website hat ihn schon.",
           "kept": "Hier haben Sie schon etwas eingetragen"},
}
LINKS = [{"title": "Shop", "url": "https://shop.example.com/"}, {"title": "Not this", "url": "https://no.example.com/"},
         {"title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)"},
         {"title": "Music", "url": "https://music.example.com/"}]
PAGE = "<title>x</title><script id=__NEXT_DATA__>" + json.dumps({"props": {"pageProps": {
    "account": {"pageTitle": "Ada", "description": "Bakes"}, "links": LINKS}}}) + "</script>"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_from_a_page(visit, locale):
    names = NAMES[locale]
    dashboard = visit(locale)
    page, main = dashboard.page, dashboard.page.locator("main")
    dashboard.log_in(new_email())
    main.get_by_role("link", name=names["title"]).click()
    dashboard.expect_heading(names["title"])
    dashboard.check_view()

    # What cannot be read says so, and what to do.
    address = main.get_by_label(re.compile(f"^{names['url']}"))
    address.fill("127.0.0.1/ada")
    address.press("Enter")
    expect(main.get_by_role("alert")).to_contain_text(names["unreachable"])
    dashboard.check_view()
    upload(main, names, "ada.exe", b"x")
    expect(main.get_by_role("alert").last).to_contain_text(names["unknown"])

    upload(main, names, "ada.html", PAGE.encode())
    heading = main.get_by_role("heading", name=names["found"])
    expect(heading).to_be_focused()
    dashboard.check_view()
    expect(box(main, "https://shop.example.com/")).to_be_checked()
    expect(box(main, "javascript:alert(1)")).to_be_disabled()
    no = box(main, "https://no.example.com/")
    no.focus()
    page.keyboard.press("Space")
    expect(no).not_to_be_checked()
    title = main.get_by_label(names["site_title"], exact=True)
    expect(title).to_have_value("Ada")
    title.fill("")
    run(main, names)
    expect(title).to_be_focused()
    title.fill("Ada's links")
    run(main, names, by_keyboard=True)
    expect(main.get_by_role("heading", name=names["done"])).to_be_focused()
    expect(main).to_contain_text(names["draft"])
    dashboard.check_view()
    main.get_by_role("link", name="Ada's links", exact=True).click()
    dashboard.settle()
    dashboard.go("links")
    assert dashboard.link_titles() == ["Shop", "Music"]

    # Once more: what is there is told and stays.
    dashboard.open("/import")
    upload(main, names, "ada.html", PAGE.encode())
    expect(heading).to_be_focused()
    expect(box(main, "https://shop.example.com/")).to_be_disabled()
    expect(main).to_contain_text(names["known"])
    expect(main).to_contain_text(names["kept"])
    dashboard.check_view()


def test_from_an_export(visit, stack, tmp_path):
    owner = Client(stack).log_in()
    image = owner.new_image(png(), "Sun.png")
    answered(owner.put("/api/profile", json={"name": "Ada", "picture": image["id"]}), 200)
    site = owner.new_site(title="Café ☕")
    owner.new_link(site)
    export = owner.get(f"/api/exports/{owner.new_export()['id']}/file").content
    names = NAMES["en"]
    dashboard = visit("en")
    main = dashboard.page.locator("main")
    dashboard.log_in(new_email())
    dashboard.open("/account")
    main.get_by_role("link", name=names["title"]).click()
    upload(main, names, "smartpages.zip", export)
    expect(main.get_by_role("heading", name=names["export"])).to_be_focused()
    expect(main).to_contain_text(names["left_out"])
    dashboard.check_view()
    box(main, "Café ☕").focus()
    run(main, names)
    expect(main.get_by_role("heading", name=names["done"])).to_be_focused(timeout=60_000)
    dashboard.check_view()
    main.get_by_role("link", name="Café ☕", exact=True).click()
    dashboard.settle()
    dashboard.go("profile")
    expect(dashboard.field("name")).to_have_value("Ada")


def upload(main, names, name, content):
    with main.page.expect_file_chooser() as chooser:
        main.get_by_text(names["file"], exact=True).click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def box(main, words):
    return main.locator("label.choice-option", has_text=words).locator("input")


def run(main, names, by_keyboard=False):
    button = main.get_by_role("button", name=names["run"], exact=True)
    if by_keyboard:
        button.focus()
        main.page.keyboard.press("Enter")
    else:
        button.click()
