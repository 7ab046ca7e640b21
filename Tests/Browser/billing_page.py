"""The dashboard's view of plans, subscription and invoices: its names and ways, in one place."""

import re

from dashboard import Dashboard
from playwright.sync_api import expect
from stripe_pages import GOOD, StripePages

NAMES = {
    "de": {
        "choose": "{} wählen", "change_to": "Zu {} wechseln", "yearly": "Jährlich",
        "pay_yearly": "Künftig jährlich zahlen",
        "waiting": "Ihre Zahlung wird geprüft", "paid": "Vielen Dank! Ihr Tarif ist aktiv.",
        "left": "Sie haben die Bezahlung abgebrochen", "go_on": "Bezahlung fortsetzen", "active": "Aktiv",
        "after_trial": "Beginnt nach der Probezeit", "cancelled_state": "Gekündigt", "cancel": "Abo kündigen",
        "cancel_title": "Abo kündigen?", "cancel_go": "Jetzt kündigen", "cancel_back": "Abo behalten",
        "resume": "Kündigung zurücknehmen", "portal": "Zahlungsart und Rechnungen bei Stripe",
        "synced": "Ihre Angaben bei Stripe sind übernommen.", "invoice_paid": "Bezahlt", "due": "Jetzt zu zahlen",
        "credit": "Gutschrift für Sie", "have_code": "Haben Sie einen Gutscheincode?", "code": "Gutscheincode",
        "agency": "Agentur", "price": "12,00 €", "price_start": "5,00 €", "per_month": "pro Monat",
        "per_year": "pro Jahr", "plans": "Tarife und Preise", "see_plans": "Tarife ansehen", "yours": "Ihr Tarif",
        "wanted": "Ihre Auswahl", "one_site": "Ihr Tarif enthält 1 Website.", "more_in": "Tarif Business",
        "paused": "1 Website ist pausiert", "choose_active": "Auswählen, was aktiv bleibt",
        "refused": "Ihre Bank hat die Zahlung abgelehnt", "other_card": "Andere Zahlungsart hinterlegen",
    },
    "en": {
        "choose": "Choose {}", "change_to": "Change to {}", "yearly": "Yearly", "pay_yearly": "Pay yearly from now on",
        "waiting": "Your payment is being checked", "paid": "Thank you! Your plan is active.",
        "left": "You left the payment", "go_on": "Go on paying", "active": "Active",
        "after_trial": "Begins after the trial", "cancelled_state": "Cancelled", "cancel": "Cancel subscription",
        "cancel_title": "Cancel your subscription?", "cancel_go": "Cancel now", "cancel_back": "Keep subscription",
        "resume": "Take the cancellation back", "portal": "Payment method and invoices at Stripe",
        "synced": "Your details at Stripe are taken over.", "invoice_paid": "Paid", "due": "To pay now",
        "credit": "Credit for you", "have_code": "Do you have a promotion code?", "code": "Promotion code",
        "agency": "Agency", "price": "€12.00", "price_start": "€5.00", "per_month": "per month",
        "per_year": "per year", "plans": "Plans and prices", "see_plans": "See plans", "yours": "Your plan",
        "wanted": "Your choice", "one_site": "Your plan includes 1 site.", "more_in": "plan Business",
        "paused": "1 site is paused", "choose_active": "Choose what stays active",
        "refused": "Your bank refused the payment", "other_card": "Add another payment method",
    },
}


class BillingPage:
    def __init__(self, dashboard: Dashboard):
        self.dashboard, self.page = dashboard, dashboard.page
        self.stripe = StripePages(dashboard.page, dashboard.stack, dashboard.locale)

    def name(self, key: str, *values) -> str:
        return NAMES[self.dashboard.locale][key].format(*values)

    def open(self, query: str = "") -> None:
        self.dashboard.open(f"/billing{query}")

    # --- Parts

    def button(self, key: str, *values, within=None):
        return (within or self.page.locator("main")).get_by_role("button", name=self.name(key, *values), exact=True)

    def plan(self, name: str):
        return self.page.get_by_role("listitem", name=name, exact=True)

    def expect_plan(self, name: str, state: str) -> None:
        expect(self.page.locator("#subscription")).to_have_text(name)
        expect(self.page.locator(".subscription .state")).to_have_text(self.name(state))

    @property
    def banner(self):
        return self.page.locator(".banner")

    @property
    def invoices(self):
        return self.page.locator(".invoices > li")

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    # --- Ways

    def choose(self, plan: str = "Business") -> None:
        """Leads to the checkout."""
        self.button("choose", plan).click()
        self.stripe.wait()

    def expect_bought(self, state: str = "active", plan: str = "Business") -> None:
        expect(self.page.locator(".notice.good")).to_have_text(self.name("paid"), timeout=20_000)
        expect(self.page).to_have_url(re.compile("/billing$"))
        self.expect_plan(plan, state)

    def buy(self, plan: str = "Business", card: str = GOOD) -> None:
        self.open()
        self.choose(plan)
        self.stripe.pay(card)
        self.expect_bought(plan=plan)

    def ask_for_change(self, plan: str) -> None:
        """Shows what the change costs."""
        self.button("change_to", plan).click()
        expect(self.dialog).to_be_visible()

    def confirm(self) -> None:
        self.dialog.locator("button[type=submit]").click()
        expect(self.dialog).to_have_count(0)
