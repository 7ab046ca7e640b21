"""A domain of one's own at the dashboard: typed, looked at, its records set at a real name server, connected without a
reload, made the main address, in trouble, and given up."""

import re
import uuid

import pytest
from client import age_proofs, forget_standings, lay_domain, new_email, new_slug
from dashboard import code_in
from domains import Shop, new_zone, stack_with
from names import NameServer
from playwright.sync_api import expect
from stack import Stack

WORDS = {
    "de": {
        "domains": "Domains", "connect_one": "Domain verbinden", "host": "Ihre Domain",
        "look": "Ansehen, was sich ändert", "connect": "Domain verbinden", "mail": "MX-Einträge",
        "again": "Jetzt prüfen", "provider": "Ihr Anbieter", "missing": "Noch nicht da", "wrong": "Anderer Wert",
        "found": "Gefunden", "live": "Verbunden", "pending": "Wartet auf Ihre DNS-Einträge", "failing": "Gestört",
        "primary": "Hauptadresse", "none": "Keine davon", "remove": "Domain entfernen",
        "proof": "Bitte bestätigen Sie, dass Sie es sind", "confirm": "Bestätigen", "address": "Netzwerkadresse",
        "spelled": "Im DNS geschrieben: ", "prefix": "Präfix", "empty": "Noch keine eigene", "copied": "Kopiert: ",
        "saved": "Gespeichert", "taken": "schon hinzugefügt", "limit": "Ihr Tarif enthält",
        "no_plan": "gehören nicht zu Ihrem Tarif", "off": "nicht eingerichtet", "is_main": "ist die Hauptadresse",
        "added": "Domain {} hinzugefügt", "removed": "{} ist entfernt.", "certificate": "Zertifikat für HTTPS",
        "save": "Speichern", "fetching": "Zertifikat wird geholt", "unattached": "Zeigt keine Website",
        "until": "Ohne Änderung wird die Domain",
        "proxy": "Schalten Sie den Proxy aus", "back": "Zurück",
    },
    "en": {
        "domains": "Domains", "connect_one": "Connect a domain", "host": "Your domain",
        "look": "See what will change", "connect": "Connect the domain", "mail": "MX entries", "again": "Check now",
        "provider": "Your provider", "missing": "Not there yet", "wrong": "Another value", "found": "Found",
        "live": "Connected", "pending": "Waiting for your DNS records", "failing": "In trouble",
        "primary": "Main address", "none": "None of these", "remove": "Remove the domain",
        "proof": "Please confirm that it is you", "confirm": "Confirm", "address": "network address",
        "spelled": "Spelled in the DNS: ", "prefix": "Prefix", "empty": "No domain of your own yet",
        "copied": "Copied: ", "saved": "Saved", "taken": "added this domain already", "limit": "Your plan includes",
        "no_plan": "not part of your plan", "off": "not set up", "is_main": "is the main address",
        "added": "Added the domain {}", "removed": "{} is removed.", "certificate": "Certificate for HTTPS",
        "save": "Save", "fetching": "Certificate on its way", "unattached": "Shows no site",
        "until": "Unless that changes",
        "proxy": "Switch the proxy off", "back": "Back",
    },
}
# A look at the DNS may have to wait for the one before, on a busy machine.
LOOK_MS = 120_000


@pytest.fixture(scope="module")
def names():
    with NameServer() as server:
        yield server


@pytest.fixture(scope="module")
def stack(names):
    with stack_with(names) as running:
        yield running


class Owner:
    """Somebody at the views of domains, with the words of their language."""

    def __init__(self, dashboard):
        self.dashboard, self.page, self.words = dashboard, dashboard.page, WORDS[dashboard.locale]

    @property
    def main(self):
        return self.page.locator("main")

    def button(self, key, within=None):
        return (within or self.page).get_by_role("button", name=self.words[key], exact=True)

    def open(self, path="/domains"):
        self.dashboard.open(path)

    def type_name(self, host):
        self.page.get_by_label(re.compile(f"^{self.words['host']}")).fill(host)

    def look(self, host):
        """As far as what will change."""
        self.open("/domains/new")
        self.type_name(host)
        self.button("look").click()
        expect(self.page).to_have_url(re.compile(r"\?host="), timeout=LOOK_MS)
        self.dashboard.settle()

    def add(self, host):
        self.look(host)
        self.button("connect").click()
        expect(self.page.locator(".record").first).to_be_visible()
        self.dashboard.expect_heading(host)

    def record(self, kind):
        return self.page.locator(".record").filter(has=self.page.locator(".tag", has_text=re.compile(f"^{kind}$")))

    def expect_record(self, kind, key):
        """Has the DNS asked until the view says so, without a reload."""
        expect(self.record(kind).locator(".record-seen .tag")).to_have_text(self.words[key], timeout=LOOK_MS)

    def expect_state(self, key):
        expect(self.page.locator(".live-states .state").first).to_contain_text(self.words[key], timeout=LOOK_MS)

    def expect_said(self, text):
        expect(self.page.locator("#announcements")).to_contain_text(text)

    def age_proof(self, stack):
        context = self.page.context

        class Browser:
            @staticmethod
            def cookie(name):
                return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == name)

        age_proofs(stack, Browser)


@pytest.fixture
def owner_of(visit):
    """owner_of(shop, locale): the shop's owner, logged in at the dashboard."""

    def log_in(shop, locale):
        assert shop.client.patch("/api/session", json={"locale": locale}).status_code == 200
        owner = Owner(visit(locale))
        owner.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        owner.dashboard.log_in(shop.client.email)
        return owner

    return log_in


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_domain_is_connected_and_given_up(stack, names, owner_of, locale):
    shop = Shop(stack, names)
    zone = new_zone(names, {"@": {"MX": "10 mail.example.net"}})
    owner = owner_of(shop, locale)
    words, page = owner.words, owner.page
    page.get_by_role("navigation", name=re.compile("Main|Haupt")).get_by_role(
        "link", name=words["domains"], exact=True).click()
    owner.dashboard.expect_heading(words["domains"])
    expect(owner.main).to_contain_text(words["empty"])
    owner.dashboard.check_view()

    # 1 and 2: the name, and what is there.
    page.get_by_role("link", name=words["connect_one"]).click()
    owner.dashboard.expect_heading(words["connect_one"])
    owner.dashboard.check_view()
    owner.type_name("192.0.2.1")
    owner.button("look").click()
    expect(page.locator(".field-error:visible")).to_contain_text(words["address"])
    owner.look(f"https://{zone}/about")
    expect(owner.main).to_contain_text(f"{zone}, www.{zone}")
    expect(owner.main).to_contain_text(words["mail"])
    owner.dashboard.check_view()
    page.reload()
    owner.dashboard.settle()
    expect(owner.main).to_contain_text(f"{zone}, www.{zone}")
    owner.button("connect").click()

    # 3: the records, in the words of the provider.
    owner.dashboard.expect_heading(zone)
    owner.expect_state("pending")
    expect(page.locator(".record")).to_have_count(4)
    owner.dashboard.check_view()
    page.get_by_label(re.compile(f"^{words['provider']}")).select_option(label="Strato")
    expect(owner.record("TXT").locator("dt").first).to_have_text(words["prefix"])
    expect(owner.record("CNAME").locator("dd code").last).to_have_text(re.compile(r"^d-\w{24}\.sites\.localhost\.$"))
    page.get_by_label(re.compile(f"^{words['provider']}")).select_option(label="Cloudflare")
    expect(owner.record("A")).to_contain_text(words["proxy"])
    proof = owner.record("TXT").locator("dd code").last.inner_text()
    owner.record("TXT").get_by_role("button").last.click()
    owner.expect_said(words["copied"] + proof)
    assert page.evaluate("navigator.clipboard.readText()") == proof

    # 4: what is seen of them, while one looks.
    owner.button("again").click()
    owner.expect_record("TXT", "missing")
    names.set(f"_smartpages-challenge.{zone}", "TXT", "smartpages-verification=something-else")
    names.set(zone, "A", "192.0.2.7")
    owner.button("again").click()
    owner.expect_record("TXT", "wrong")
    owner.expect_record("A", "wrong")
    expect(owner.record("A").locator(".record-seen")).to_contain_text("192.0.2.7")
    owner.dashboard.check_view()
    root = next(domain for domain in shop.all() if domain["host"] == zone)
    for domain in shop.all():
        shop.prove(domain)
        shop.point(domain)
    owner.button("again").click()
    owner.expect_state("live")
    owner.expect_record("TXT", "found")
    expect(page.locator(".live-states .state").last).to_contain_text(words["live"], timeout=LOOK_MS)
    expect(page.get_by_role("heading", name=words["certificate"])).to_be_visible()
    owner.dashboard.check_view()

    # The www becomes the main address, and the site's views say so.
    page.get_by_label(re.compile(rf"^www\.{re.escape(zone)}")).check()
    page.get_by_role("button", name=owner.dashboard.name("save"), exact=True).click()
    expect(page.get_by_label(re.compile(rf"^www\.{re.escape(zone)}"))).to_be_checked()
    owner.expect_said(words["saved"])
    for path in ("/", f"/sites/{shop.site['id']}/publish"):
        owner.open(path)
        expect(owner.main.locator(".address a").first).to_contain_text(f"www.{zone}")
        expect(owner.main.locator(".site-domains")).to_contain_text(words["is_main"])
        owner.dashboard.check_view()
    owner.open()
    expect(owner.main.locator(".tile")).to_contain_text(words["primary"])
    owner.dashboard.check_view()

    # Given up, with a fresh proof of who one is.
    owner.open(f"/domains/{root['id']}")
    owner.age_proof(stack)
    owner.button("remove").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{zone}, www.{zone}")
    owner.dashboard.check_view()
    owner.button("remove", within=dialog).click()
    question = page.get_by_role("dialog", name=words["proof"])
    code = code_in(stack.wait_for_mail(shop.client.email, "proof"))
    question.get_by_label(re.compile("^Code")).fill(code)
    owner.button("confirm", within=question).click()
    owner.dashboard.expect_heading(words["domains"])
    owner.expect_said(words["removed"].format(zone))
    expect(owner.main).to_contain_text(words["empty"])
    assert shop.all() == []
    owner.open("/activity")
    expect(owner.main).to_contain_text(words["added"].format(zone))


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_name_with_other_letters_is_shown_in_both_spellings(stack, names, owner_of, locale):
    shop = Shop(stack, names)
    key = uuid.uuid4().hex[:8]
    name = f"bücher-{key}.de"
    owner = owner_of(shop, locale)
    owner.open("/domains/new")
    owner.type_name(f"www.{name}")
    verdict = owner.page.locator(".verdict")
    expect(verdict).to_contain_text(f"{owner.words['spelled']}www.xn--")
    expect(verdict).to_contain_text(f"{name}")
    owner.add(name)
    expect(owner.main).to_contain_text(owner.words["spelled"] + "xn--")
    expect(owner.page.locator(".domain-steps [aria-current=step]")).to_have_count(1)
    # The same once more is told apart from what is somebody else's.
    owner.look(name)
    owner.button("connect").click()
    expect(owner.page.get_by_role("alert")).to_contain_text(owner.words["taken"])
    owner.button("back").click()
    expect(owner.page.get_by_label(re.compile(f"^{owner.words['host']}"))).to_be_visible()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_a_domain_in_trouble_says_what_to_do_and_until_when(stack, names, owner_of, locale):
    shop = Shop(stack, names)
    domain = shop.connect(f"shop.{new_zone(names)}")
    names.remove(domain["records"][0]["name"])
    assert shop.fail(domain)["state"] == "failing"
    owner = owner_of(shop, locale)
    owner.open()
    expect(owner.main.locator(".tile")).to_contain_text(owner.words["failing"])
    owner.main.locator(".tile").click()
    owner.dashboard.settle()
    owner.expect_state("failing")
    expect(owner.main).to_contain_text(owner.words["until"])
    owner.expect_record("TXT", "missing")
    owner.dashboard.check_view()
    # Back in order, the view follows by itself.
    shop.prove(domain)
    owner.button("again").click()
    owner.expect_state("live")


@pytest.mark.parametrize("locale", ["de", "en"])
def test_certificates_are_told_in_detail(stack, names, owner_of, locale):
    """This stack fetches none: what an authority would bring is laid into the API's answers."""
    shop = Shop(stack, names)
    domain = shop.connect(f"shop.{new_zone(names)}")
    owner = owner_of(shop, locale)
    certificate = {
        "state": "waiting", "issuer": None, "serial": None, "not_before": None, "not_after": None, "renews_at": None,
        "next_try_at": None, "problem": None,
    }

    def lay(route):
        laid = {"live": certificate["not_after"] is not None, "certificate": certificate}
        route.fulfill(json={"items": [item | laid for item in shop.all()], "next": None})

    owner.page.route("**/api/domains?*", lay)
    owner.open(f"/domains/{domain['id']}")
    owner.expect_state("fetching")
    owner.dashboard.check_view()
    # It is issued while one looks.
    certificate.update(state="issued", issuer="R11, Let's Encrypt", serial="04ABCDEF",
                       not_before="2026-11-01T00:00:00Z", not_after="2099-02-01T00:00:00Z",
                       renews_at="2099-01-01T00:00:00Z")
    owner.expect_state("live")
    for text in ("R11, Let's Encrypt", "04ABCDEF", "2099"):
        expect(owner.page.locator(".certificate")).to_contain_text(text)
    owner.dashboard.check_view()
    certificate.update(state="failing", next_try_at="2099-01-02T00:00:00Z",
                       problem={"code": "authority_away", "detail": "The authority is away."})
    owner.open(f"/domains/{domain['id']}")
    expect(owner.page.locator(".certificate")).to_contain_text("The authority is away.")
    owner.dashboard.check_view()


def test_the_keyboard_alone_will_do(stack, names, owner_of):
    shop = Shop(stack, names)
    owner = owner_of(shop, "en")
    zone = new_zone(names)
    owner.open("/domains/new")
    owner.page.get_by_label(re.compile("^Your domain")).focus()
    owner.page.keyboard.type(f"blog.{zone}")
    owner.page.keyboard.press("Enter")
    expect(owner.page).to_have_url(re.compile(r"\?host="), timeout=LOOK_MS)
    owner.dashboard.settle()
    expect(owner.page.get_by_role("heading", level=1)).to_be_focused()
    owner.button("connect").focus()
    owner.page.keyboard.press("Enter")
    owner.dashboard.expect_heading(f"blog.{zone}")
    expect(owner.page.get_by_role("heading", level=1)).to_be_focused()
    # The focus stays where it is while the view follows what is seen.
    copy = owner.record("TXT").get_by_role("button").last
    copy.focus()
    shop.prove(shop.all()[0])
    owner.button("again").dispatch_event("click")
    owner.expect_record("TXT", "found")
    expect(copy).to_be_focused()


def test_limits_and_plans_lead_on(stack, names, visit, owner_of, email):
    owner = Owner(visit("en"))
    owner.dashboard.log_in(email)
    owner.open()
    expect(owner.main).to_contain_text(owner.words["no_plan"])
    owner.dashboard.check_view()

    shop = Shop(stack, names, plan="business")
    for number in range(shop.client.get("/api/session").json()["entitlements"]["domains"]):
        shop.add(f"{number}.{new_zone(names)}")
    owner = owner_of(shop, "de")
    owner.open()
    expect(owner.main).to_contain_text(owner.words["limit"])
    expect(owner.page.get_by_role("link", name=owner.words["connect_one"])).to_have_count(0)
    owner.dashboard.check_view()
    owner.open("/domains/new")
    expect(owner.main.get_by_role("link", name="Tarife ansehen")).to_have_attribute("href", "/billing")

    # Whoever has more than the plan allows chooses what stays.
    lay_domain(shop.client, shop.site)
    stack.sql("UPDATE customer.domains d SET paused_by_plan = (host NOT LIKE '%.de') "
              f"WHERE customer_id = '{shop.client.identity['customer']['id']}'")
    owner.open()
    # Its id is older than those of the others.
    expect(owner.page.locator(".tile").first).to_contain_text("Pausiert")
    expect(owner.page.locator(".tile").last).not_to_contain_text("Pausiert")
    owner.dashboard.check_view()
    owner.page.get_by_role("button", name="Auswählen, was aktiv bleibt", exact=True).click()
    boxes = owner.page.get_by_role("dialog").get_by_role("checkbox")
    boxes.last.uncheck()
    boxes.first.check()
    owner.dashboard.check_view()
    owner.page.get_by_role("dialog").get_by_role("button", name="Speichern", exact=True).click()
    expect(owner.page.locator(".tile").last).to_contain_text("Pausiert")
    expect(owner.page.locator(".tile").first).not_to_contain_text("Pausiert")


def test_a_domain_may_lead_to_no_site_and_readers_only_read(stack, names, owner_of):
    shop = Shop(stack, names)
    domain = shop.connect(f"shop.{new_zone(names)}")
    owner = owner_of(shop, "en")
    owner.open(f"/domains/{domain['id']}")
    site = owner.page.get_by_role("combobox", name=re.compile("^Site$"))
    site.select_option(label="No site")
    owner.button("save").click()
    expect(owner.page.locator(".field-error:visible")).to_contain_text("Choose a site")
    owner.page.get_by_label(re.compile(f"^{owner.words['none']}")).check()
    owner.button("save").click()
    owner.expect_state("unattached")
    assert shop.get(domain)["site_id"] is None
    owner.dashboard.check_view()

    customer = shop.client.identity["customer"]["id"]
    stack.sql(f"UPDATE customer.memberships SET role = 'viewer' WHERE customer_id = '{customer}'")
    forget_standings(stack)
    owner.open(f"/domains/{domain['id']}")
    expect(site).to_be_disabled()
    expect(owner.button("again")).to_have_count(0)
    expect(owner.button("remove")).to_have_count(0)
    owner.dashboard.check_view()


class TestWithoutDomains:
    """An installation that has no public addresses."""

    @pytest.fixture
    def stack(self):
        with Stack(ADDRESSES="") as running:
            yield running

    def test_it_is_explained(self, stack, visit):
        for locale in ("de", "en"):
            email, slug = new_email(), new_slug()
            client = stack.login(email, locale=locale)
            stack.subscribe(client, "agency")
            made = client.post("/api/sites", json={"slug": slug, "title": "Ada", "locale": locale})
            assert made.status_code == 201, made.text
            owner = Owner(visit(locale))
            owner.dashboard.log_in(email)
            owner.open("/domains/new")
            owner.type_name("shop.de")
            owner.button("look").click()
            expect(owner.page.get_by_role("alert")).to_contain_text(owner.words["off"])
            owner.dashboard.check_view()
