"""The stand-in's pages of Stripe, as the browser tests use them: checkout, 3D Secure, portal."""

import re

from playwright.sync_api import Page, expect

GOOD = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
ASKS_FOR_3D_SECURE = "4000 0025 0000 3155"


class StripePages:
    def __init__(self, page: Page, stack):
        self.page, self.stack = page, stack

    def wait(self) -> None:
        expect(self.page).to_have_url(re.compile(re.escape(f"{self.stack.stripe.url}/")))

    def fill_in(self, card: str) -> None:
        self.wait()
        for label, value in [(r"card number|kartennummer", card), (r"expir|gültig|ablauf", "12 / 34"),
                             (r"^(cvc|security code|prüf)", "123"), (r"name", "Ada Example")]:
            field = self.page.get_by_label(re.compile(label, re.IGNORECASE)).first
            if field.count() > 0:
                field.fill(value)

    def pay(self, card: str = GOOD) -> None:
        self.fill_in(card)
        self.button(r"^(subscribe|pay|start|abonnieren|bezahlen|zahlungspflichtig|testzeit)").click()

    def confirm_3d_secure(self) -> None:
        self.button(r"^(complete|confirm|bestätigen|abschließen)").click()

    def expect_refused(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile("declined|abgelehnt", re.IGNORECASE))

    def go_back(self) -> None:
        """Without having done anything, from the checkout or the portal."""
        self.wait()
        self.page.get_by_role("link", name=re.compile("back|return|zurück", re.IGNORECASE)).first.click()

    def button(self, name: str):
        return self.page.get_by_role("button", name=re.compile(name, re.IGNORECASE)).first
