"""The pages that people see, by address."""

from typing import TYPE_CHECKING

from ..web import Answer, Request, Routes
from .checkout_page import CheckoutPage
from .errors import StripeError
from .invoice_page import InvoicePage
from .page_frame import language, message
from .portal_page import PortalPage

if TYPE_CHECKING:
    from .fake import StripeFake


class Pages:
    def __init__(self, fake: "StripeFake") -> None:
        self._account = fake.account
        self._routes = Routes()
        checkout, portal, invoice = CheckoutPage(fake.account), PortalPage(fake), InvoicePage(fake)
        for method, pattern, handler in (
            ("GET", "/c/pay/{id}", checkout.show),
            ("POST", "/c/pay/{id}", checkout.submit),
            ("GET", "/c/pay/{id}/3ds", checkout.show_secure),
            ("POST", "/c/pay/{id}/3ds", checkout.submit_secure),
            ("GET", "/p/session/{token}", portal.show),
            ("GET", "/p/session/{token}/cancel", portal.show_cancel),
            ("POST", "/p/session/{token}/cancel", portal.cancel),
            ("POST", "/p/session/{token}/resume", portal.resume),
            ("GET", "/p/session/{token}/card", portal.show_card),
            ("POST", "/p/session/{token}/card", portal.save_card),
            ("GET", "/p/session/{token}/3ds", portal.show_secure),
            ("POST", "/p/session/{token}/3ds", portal.submit_secure),
            ("GET", "/i/{id}", invoice.show),
            ("POST", "/i/{id}", invoice.submit),
            ("GET", "/i/{id}/3ds", invoice.show_secure),
            ("POST", "/i/{id}/3ds", invoice.submit_secure),
            ("GET", "/i/{id}/pdf", invoice.pdf),
        ):
            self._routes.add(method, pattern, handler)

    def handle(self, request: Request) -> Answer:
        found = self._routes.find(request)
        say = language(None, request)
        unknown = message(say, say("unknown_title"), say("unknown_text"), status=404)
        if found is None:
            return unknown
        with self._account.lock:
            self._account.catch_up()
            try:
                return found[1](request)
            except StripeError:
                return unknown
