"""The dashboard as a person uses it: every name and selector that the browser tests need, in one place."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from stack import wait_until

NAMES = {
    "de": {
        "email": "E-Mail-Adresse", "send": "Code zusenden", "code": "Code", "log_in": "Anmelden",
        "log_in_now": "Jetzt anmelden", "type_code": "Bitte geben Sie den Code ein", "claim": "Ihre Seite.",
        "welcome": "Willkommen", "title": "Titel", "slug": "Adresse", "create_site": "Website anlegen",
        "overview": "Übersicht", "done": "{} von 6 erledigt", "save": "Speichern", "saved": "Gespeichert",
        "unsaved": "Nicht gespeichert", "profile": "Profil", "name": "Name", "headline": "Kurz gesagt",
        "links": "Links", "add_link": "Link hinzufügen", "new_link": "Neuer Link", "url": "Internetadresse",
        "up": "Nach oben", "down": "Nach unten", "hide": "Verbergen", "show": "Zeigen", "edit": "Bearbeiten",
        "delete": "Löschen", "undo": "Rückgängig", "position": "{}: jetzt an Stelle {} von {}.", "pages": "Seiten",
        "new_page": "Neue Seite", "add_page": "Seite hinzufügen", "block_heading": "Überschrift",
        "block_text": "Text", "block_button": "Schaltfläche", "label": "Beschriftung", "block_divider": "Trennlinie",
        "block_contact": "Kontakt", "remove": "Entfernen",
        "design": "Design", "accent": "Akzentfarbe", "ground": "Hintergrund", "take": "{} nehmen",
        "readable": "Gut lesbar.", "as_theme": "Wie im Thema", "layout": "Aufbau", "radius": "Ecken",
        "card": "Auf einer Karte", "night": "Nacht", "sea": "Meer", "book": "Buch", "light": "Hell", "dark": "Dunkel",
        "legal": "Impressum & Datenschutz", "imprint": "Impressum", "privacy": "Datenschutzerklärung",
        "legal_name": "Name oder Firma", "street": "Straße und Hausnummer", "postal_code": "Postleitzahl",
        "city": "Ort", "country": "Land", "take_over": "Bekanntes übernehmen", "complete": "Vollständig",
        "publish": "Veröffentlichen", "publish_now": "Jetzt veröffentlichen", "note": "Notiz",
        "online": "Version {} ist online.", "look": "Ansehen", "restore": "Version {} wiederherstellen",
        "restore_go": "Wiederherstellen", "account": "Konto",
        "billing": "Tarif & Rechnungen", "log_out": "Abmelden", "end": "Beenden",
        "this_device": "Dieses Gerät", "settings": "Einstellungen",
        "stale": "Anderswo geändert", "overwrite": "Mit meiner überschreiben", "reload": "Gespeicherte Fassung laden",
        "bring_back": "Meine Fassung zurückholen", "leave": "Ohne Speichern verlassen", "cancel": "Abbrechen",
        "site_imprint": "Impressum", "site_privacy": "Datenschutz",
        "trash": "Papierkorb", "bring_back_item": "Zurückholen", "delete_for_good": "Endgültig löschen",
        "show_draft": "Entwurf anderen zeigen", "make_link": "Link erzeugen", "open_preview": "Vorschau öffnen",
        "later": "Später veröffentlichen", "publish_on": "Veröffentlichen am", "offline_on": "Offline nehmen am",
        "save_plan": "Plan speichern", "go_offline": "Offline nehmen", "as_draft": "Version {} als Entwurf übernehmen",
        "as_draft_go": "Als Entwurf übernehmen", "draft_changes": "Was sich durch Veröffentlichen ändert",
        "version_changes": "Was sich in Version {} geändert hat",
    },
    "en": {
        "email": "E-mail address", "send": "Send me a code", "code": "Code", "log_in": "Log in",
        "log_in_now": "Log in now", "type_code": "Please type the code", "claim": "Your page.",
        "welcome": "Welcome", "title": "Title", "slug": "Address", "create_site": "Create site",
        "overview": "Overview", "done": "{} of 6 done", "save": "Save", "saved": "Saved", "unsaved": "Not saved",
        "profile": "Profile", "name": "Name", "headline": "Headline", "links": "Links", "add_link": "Add link",
        "new_link": "Add a link", "url": "Web address", "up": "Move up", "down": "Move down", "hide": "Hide",
        "show": "Show", "edit": "Edit", "delete": "Delete", "undo": "Undo",
        "position": "{}: now at position {} of {}.", "pages": "Pages", "new_page": "Add a page",
        "add_page": "Add page", "block_heading": "Heading", "block_text": "Text", "block_button": "Button",
        "label": "Label", "block_divider": "Divider", "block_contact": "Contact", "remove": "Remove",
        "design": "Design", "accent": "Accent colour", "ground": "Background", "take": "Take {}",
        "readable": "Easy to read.", "as_theme": "As in the theme", "layout": "Layout", "radius": "Corners",
        "card": "On a card", "night": "Night", "sea": "Sea", "book": "Book", "light": "Light", "dark": "Dark",
        "legal": "Imprint & privacy", "imprint": "Imprint", "privacy": "Privacy policy",
        "legal_name": "Name or company", "street": "Street and number", "postal_code": "Postal code",
        "city": "City", "country": "Country", "take_over": "Take over what is known", "complete": "Complete",
        "publish": "Publish", "publish_now": "Publish now", "note": "Note", "online": "Version {} is online.",
        "look": "Look at it", "restore": "Restore version {}", "restore_go": "Restore", "account": "Account",
        "billing": "Plan & invoices", "log_out": "Log out", "end": "End", "this_device": "This device",
        "settings": "Site settings",
        "stale": "Changed elsewhere", "overwrite": "Overwrite with mine", "reload": "Reload the saved version",
        "bring_back": "Bring my version back", "leave": "Leave without saving", "cancel": "Cancel",
        "site_imprint": "Imprint", "site_privacy": "Privacy",
        "trash": "Trash", "bring_back_item": "Bring back", "delete_for_good": "Delete for good",
        "show_draft": "Show the draft to others", "make_link": "Make a link", "open_preview": "Open the preview",
        "later": "Publish later", "publish_on": "Publish on", "offline_on": "Take offline on",
        "save_plan": "Save the plan", "go_offline": "Take offline", "as_draft": "Use version {} as draft",
        "as_draft_go": "Use as draft", "draft_changes": "What publishing changes",
        "version_changes": "What changed in version {}",
    },
}
PHONE_WIDTHS = (320, 390)


class Dashboard:
    def __init__(self, page: Page, stack, locale: str):
        self.page, self.stack, self.locale = page, stack, locale

    def name(self, key: str, *values) -> str:
        return NAMES[self.locale][key].format(*values)

    # --- Where we are

    def open(self, path: str) -> None:
        self.page.goto(self.stack.app_url + path)
        self.settle()

    def settle(self) -> None:
        """Waits until the view is there."""
        self.page.locator("main:not([aria-busy]) h1").first.wait_for()

    def expect_heading(self, text) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def go(self, key: str) -> None:
        """By the navigation, as a person would; afterwards the heading has the focus and the title says where."""
        self.page.get_by_role("navigation", name=re.compile("Main|Haupt")).get_by_role(
            "link", name=self.name(key), exact=True).click()
        self.settle()
        self.expect_heading(self.name("imprint") if key == "legal" else self.name(key))
        expect(self.page.get_by_role("heading", level=1)).to_be_focused()
        expect(self.page).to_have_title(re.compile(r" · SmartPages$"))

    # --- Parts

    def field(self, key: str, within=None):
        name = re.compile(rf"^{re.escape(self.name(key))}(\s|$)")
        return (within or self.page.locator("main")).get_by_label(name)

    def button(self, key: str, *values, within=None):
        return (within or self.page).get_by_role("button", name=self.name(key, *values), exact=True)

    def at(self, action: str, title: str):
        """The small button of one item of a list."""
        return self.page.get_by_role("button", name=f"{self.name(action)}: {title}", exact=True)

    def unfold(self, key: str) -> None:
        summary = self.page.locator("summary", has_text=self.name(key))
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()

    def save(self) -> None:
        self.button("save").click()
        self.expect_state("saved")

    def expect_state(self, key: str) -> None:
        expect(self.page.locator(".save-state").first).to_have_text(self.name(key))

    def expect_said(self, text: str) -> None:
        """What a screen reader is told."""
        expect(self.page.locator("#announcements")).to_have_text(text)

    def dialog(self, key: str):
        return self.page.get_by_role("dialog", name=self.name(key))

    def link_titles(self) -> list[str]:
        return self.page.locator(".link-row:not(.is-gone) strong").all_inner_texts()

    # --- Ways

    def ask_for_code(self, email: str) -> dict:
        """From the login page; answers the mail."""
        # Other mails, such as the welcome, may come in between.
        before = sum({"name": "template", "value": "login"} in mail["tags"] for mail in self.stack.mails(email))
        self.field("email").fill(email)
        self.field("email").press("Enter")
        self.field("code").wait_for()
        return self.stack.wait_for_mail(email, "login", after=before)

    def log_in_alone(self, email: str) -> None:
        """As somebody who belongs to no customer yet, and so has no navigation."""
        self.open("/login")
        self.field("code").fill(code_in(self.ask_for_code(email)))
        self.button("log_in").click()

    def log_in(self, email: str) -> None:
        self.log_in_alone(email)
        self.page.get_by_role("navigation", name=re.compile("Main|Haupt")).wait_for()
        self.settle()

    def make_site(self, title: str, slug: str) -> None:
        self.field("title").fill(title)
        self.field("slug").fill(slug)
        self.button("create_site").click()
        self.expect_heading(self.name("overview"))

    def add_link(self, title: str, url: str) -> None:
        self.unfold("new_link")
        form = self.page.get_by_role("form", name=self.name("add_link"))
        self.field("title", within=form).fill(title)
        self.field("url", within=form).fill(url)
        self.button("add_link", within=form).click()
        expect(self.page.locator(".link-row strong", has_text=title)).to_be_visible()

    # --- What must hold on every view

    def check_view(self) -> None:
        """No barrier that axe finds, and no scrolling sideways on a phone."""
        check_accessible(self.page)
        check_width(self.page)


def check_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    found = [(entry["id"], [node["html"][:160] for node in entry["nodes"][:3]]) for entry in violations]
    assert not found, f"{page.url}: {found}"


def check_width(page: Page) -> None:
    before = page.viewport_size
    for width in PHONE_WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        # Laid out anew, and observers of sizes have had their turn: until then what scrolls has the width of before.
        wait_until(lambda: page.evaluate("document.documentElement.scrollWidth") <= width, 5,
                   f"{page.url} on a screen of {width} px without scrolling sideways")
    page.set_viewport_size(before)


def code_in(mail: dict) -> str:
    found = re.search(r"(?<![\w#/=-])(\d{3})\s?(\d{3})(?![\w-])", mail["text"])
    assert found, mail["text"]
    return found[1] + found[2]


def link_in(mail: dict) -> str:
    found = re.search(r"https?://\S+/login/confirm#token=[\w-]+", mail["text"])
    assert found, mail["text"]
    return found[0]
