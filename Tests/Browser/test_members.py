"""People come, change their roles and go; what is grave asks for a code once more; and one sees what was done."""

import re

import pytest
from client import age_proofs, new_email
from dashboard import code_in
from playwright.sync_api import expect

WORDS = {
    "de": {
        "members": "Mitglieder", "invite": "Jemanden einladen", "send": "Einladung senden", "email": "E-Mail-Adresse",
        "accept": "Einladung annehmen", "log_in": "Anmelden", "change": "Rolle ändern", "save": "Speichern",
        "remove": "Entfernen", "owner": "Inhaber", "viewer": "Betrachter", "editor": "Bearbeiter",
        "own": "Eigenes Konto beginnen",
        "invited": "Sie sind eingeladen", "begin": "Sie gehören noch zu keinem Konto", "leave": "Verlassen",
        "activity": "Aktivität", "proof": "Bitte bestätigen Sie, dass Sie es sind", "confirm": "Bestätigen",
        "withdraw": "Einladung zurücknehmen", "transfer": "Konto an jemand anderen übergeben", "go": "Übergeben",
        "joined": "Beigetreten als Bearbeiter",
    },
    "en": {
        "members": "Members", "invite": "Invite somebody", "send": "Send invitation", "email": "E-mail address",
        "accept": "Accept invitation", "log_in": "Log in", "change": "Change role", "save": "Save",
        "remove": "Remove", "owner": "Owner", "viewer": "Viewer", "editor": "Editor", "own": "Begin my own account",
        "invited": "You are invited", "begin": "You belong to no account yet", "leave": "Leave",
        "activity": "Activity", "proof": "Please confirm that it is you", "confirm": "Confirm",
        "withdraw": "Withdraw invitation", "transfer": "Give the account to somebody else", "go": "Hand over",
        "joined": "Joined as Editor",
    },
}


@pytest.fixture
def firm(stack, email):
    """A customer's owner, under a plan for three people, at the API."""
    owner = stack.login(email)
    stack.subscribe(owner, "business")
    owner.email = email
    return owner


class Person:
    """Somebody at the dashboard, with the words of their language."""

    def __init__(self, dashboard):
        self.dashboard, self.page, self.words = dashboard, dashboard.page, WORDS[dashboard.locale]

    def button(self, key, title=None, within=None):
        name = self.words[key] if title is None else f"{self.words[key]}: {title}"
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def dialog(self, key=None):
        return self.page.get_by_role("dialog", name=self.words[key]) if key else self.page.get_by_role("dialog")

    def link(self, key):
        return self.page.get_by_role("link", name=self.words[key], exact=True)

    def open_members(self):
        self.dashboard.open("/members")
        self.dashboard.expect_heading(self.words["members"])

    def invite(self, email, role=None):
        form = self.page.get_by_role("form", name=self.words["invite"])
        form.get_by_label(self.words["email"]).fill(email)
        if role:
            form.get_by_label(re.compile(f"^{self.words[role]}")).check()
        self.button("send").click()
        expect(self.page.locator("#announcements")).to_contain_text(email)

    def row(self, text):
        return self.page.get_by_role("listitem").filter(has_text=text)


def invitation_link(stack, email) -> str:
    mail = stack.wait_for_mail(email, "invitation")
    return re.search(r"https?://\S+/invitation#token=[\w-]+", mail["text"])[0]


@pytest.mark.parametrize("locale", ["de", "en"])
def test_somebody_is_invited_and_joins(stack, visit, firm, locale):
    email = new_email()
    assert firm.patch("/api/session", json={"locale": locale}).status_code == 200
    owner = Person(visit(locale))
    owner.dashboard.log_in(firm.email)
    owner.open_members()
    owner.dashboard.check_view()
    owner.invite(email)
    expect(owner.row(email)).to_contain_text(owner.words["editor"])
    owner.dashboard.check_view()

    grace = Person(visit(locale))
    grace.page.goto(invitation_link(stack, email))
    grace.dashboard.settle()
    grace.dashboard.expect_heading(grace.words["invited"])
    grace.dashboard.check_view()
    assert "#" not in grace.page.url
    grace.link("log_in").click()
    grace.dashboard.field("code").fill(code_in(grace.dashboard.ask_for_code(email)))
    grace.button("log_in").click()
    grace.dashboard.expect_heading(grace.words["invited"])
    grace.dashboard.check_view()
    grace.button("accept").click()
    expect(grace.page.get_by_role("navigation", name=re.compile("Main|Haupt"))).to_be_visible()
    grace.open_members()
    expect(grace.button("change", firm.email)).to_have_count(0)
    expect(grace.button("leave")).to_be_visible()
    grace.dashboard.check_view()

    owner.open_members()
    owner.button("change", email).click()
    owner.dashboard.check_view()
    owner.dialog().get_by_label(re.compile(f"^{owner.words['viewer']}")).check()
    owner.button("save", within=owner.dialog()).click()
    expect(owner.row(email)).to_contain_text(owner.words["viewer"])

    owner.link("activity").click()
    owner.dashboard.expect_heading(owner.words["activity"])
    expect(owner.row(owner.words["joined"])).to_contain_text(email)
    owner.dashboard.check_view()


def test_an_invitation_is_withdrawn_and_its_link_says_so(stack, visit, firm):
    email = new_email()
    owner = Person(visit("en"))
    owner.dashboard.log_in(firm.email)
    owner.open_members()
    owner.invite(email, "viewer")
    link = invitation_link(stack, email)
    late = Person(visit("en"))
    late.dashboard.log_in_alone(email)
    late.dashboard.expect_heading(late.words["begin"])
    late.dashboard.check_view()
    owner.button("withdraw", email).click()
    expect(owner.row(email)).to_have_count(0)
    late.page.goto(link)
    late.button("accept").click()
    expect(late.page.get_by_role("alert")).to_contain_text("withdrawn")
    late.dashboard.open("/begin")
    late.button("own").click()
    late.dashboard.expect_heading(late.dashboard.name("welcome"))


def test_what_is_grave_asks_for_a_code_and_goes_on(stack, visit, firm):
    email = new_email()
    firm.post("/api/invitations", json={"email": email, "role": "editor"})
    token = invitation_link(stack, email).split("=")[1]
    assert stack.login(email).post("/api/invitations/accept", json={"token": token}).status_code == 200

    owner = Person(visit("en"))
    owner.dashboard.log_in(firm.email)
    owner.open_members()
    age_cookie(stack, owner.page.context)
    owner.button("remove", email).click()
    owner.button("remove", within=owner.dialog()).click()
    dialog = owner.dialog("proof")
    expect(dialog).to_contain_text(firm.email)
    owner.dashboard.check_view()
    # Who would rather not has changed nothing.
    owner.page.keyboard.press("Escape")
    expect(owner.page.locator("#announcements")).to_contain_text("confirm first")
    expect(owner.row(email)).to_have_count(1)

    owner.button("remove", email).click()
    owner.button("remove", within=owner.dialog()).click()
    stack.wait_for_mail(firm.email, "proof", after=1)
    wrong_then_right(stack, owner, dialog, firm.email)
    expect(owner.row(email)).to_have_count(0)
    expect(dialog).to_have_count(0)


def wrong_then_right(stack, owner, dialog, email):
    code = code_in(stack.wait_for_mail(email, "proof", after=1))
    for digits in (f"{(int(code) + 1) % 1_000_000:06}", code):
        dialog.get_by_label(re.compile("^Code")).fill(digits)
        owner.button("confirm", within=dialog).click()
        if digits != code:
            expect(dialog).to_contain_text("4 tries left")


def test_another_address_is_taken_with_its_code(stack, visit, email):
    person = Person(visit("en"))
    person.dashboard.log_in(email)
    person.dashboard.open("/account")
    person.page.get_by_role("button", name="Change address", exact=True).click()
    new = new_email()
    person.dialog().get_by_label("New e-mail address").fill(new)
    person.dashboard.check_view()
    person.page.get_by_role("button", name="Send me a code", exact=True).click()
    dialog = person.page.get_by_role("dialog", name="Check the new mailbox")
    dialog.get_by_label(re.compile("^Code")).fill(code_in(stack.wait_for_mail(new, "proof")))
    person.dashboard.check_view()
    person.page.get_by_role("button", name="Take this address", exact=True).click()
    expect(person.page.locator("main")).to_contain_text(f"You log in with {new}.")


def age_cookie(stack, context) -> None:
    class Browser:
        @staticmethod
        def cookie(name):
            return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == name)

    age_proofs(stack, Browser)


def test_one_person_works_for_two_customers(stack, visit, firm):
    email = new_email()
    both = stack.login(email)
    firm.post("/api/invitations", json={"email": email, "role": "editor"})
    token = invitation_link(stack, email).split("=")[1]
    assert both.post("/api/invitations/accept", json={"token": token}).status_code == 200
    assert firm.patch("/api/customer", json={"name": "Tea room"}).status_code == 200

    person = Person(visit("en"))
    person.dashboard.log_in(email)
    own = person.page.get_by_role("button", name=email.split("@")[0], exact=True)
    theirs = person.page.get_by_role("button", name="Tea room", exact=True)
    expect(own).to_have_attribute("aria-current", "true")
    person.dashboard.check_view()
    second = Person(visit("en", context=person.page.context))
    second.dashboard.open("/account")
    theirs.click()
    expect(theirs).to_have_attribute("aria-current", "true")
    person.open_members()
    expect(person.row(firm.email)).to_have_count(1)
    # The other tab must not go on for the former.
    expect(second.page.get_by_role("button", name="Tea room", exact=True)).to_have_attribute("aria-current", "true")
    expect(second.page).to_have_url(re.compile(r"/$|/sites/new$"))

    person.button("leave").click()
    person.button("leave", within=person.dialog()).click()
    expect(theirs).to_have_count(0)
