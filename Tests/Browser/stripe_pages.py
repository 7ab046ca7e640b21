"""The stand-in's pages of Stripe, as the browser tests use them: checkout, 3D Secure, portal."""

import re

from playwright.sync_api import Page, expect

NAMES = {
    "de": {
        "card": "Kartennummer", "expiry": "Gültig bis (MM / JJ)", "cvc": "Prüfziffer", "name": "Name auf der Karte",
        "street": "Straße und Hausnummer", "postal_code": "Postleitzahl", "city": "Ort",
        "pay": "Zahlen und abonnieren", "start_trial": "Testphase beginnen", "confirm": "Bestätigen",
    },
    "en": {
        "card": "Card number", "expiry": "Expiry (MM / YY)", "cvc": "Security code", "name": "Name on card",
        "street": "Street and number", "postal_code": "Postal code", "city": "City", "pay": "Pay and subscribe",
        "start_trial": "Start trial", "confirm": "Complete",
    },
}
PERSON = {
    "expiry": "12 / 34", "cvc": "123", "name": "Ada Example", "street": "Main Street 1", "postal_code": "04229",
    "city": "Leipzig",
}
GOOD = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
ASKS_FOR_3D_SECURE = "4000 0025 0000 3155"


class StripePages:
    """In the language that the dashboard handed on."""

    def __init__(self, page: Page, stack, locale: str):
        self.page, self.stack, self.names = page, stack, NAMES[locale]

    def wait(self) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(f"{self.stack.stripe.url}/")))

    def pay(self, card: str = GOOD) -> None:
        self.wait()
        for name, value in {"card": card, **PERSON}.items():
            self.page.get_by_label(self.names[name], exact=True).fill(value)
        self.button("pay").or_(self.button("start_trial")).click()

    def confirm_3d_secure(self) -> None:
        self.button("confirm").click()

    def expect_refused(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile("declined|abgelehnt"))

    def go_back(self) -> None:
        """Without having done anything, from the checkout or the portal."""
        self.wait()
        self.page.locator("a#back, a#return").click()

    def button(self, name: str):
        return self.page.get_by_role("button", name=self.names[name], exact=True)
