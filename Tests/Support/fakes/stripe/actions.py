"""What tests do to the account beside the API: what people and banks do, and what goes wrong."""

from typing import Any

from . import (
    catalog, checkout, customers, disputes, invoices, payment_methods, refunds, subscriptions)
from .cards import card_of
from .checkout import Payment
from .disorder import Disorder, id_of
from .errors import StripeError
from .periods import DAY, HOUR
from .store import plain

OK = "4242424242424242"


class Actions(Disorder):
    """Ids or objects are taken; copies of objects are given. Raises StripeError for what Stripe would refuse."""

    # --- Looking

    def get(self, id: str) -> dict:
        """Any object. Raises KeyError."""
        with self.account.lock:
            found = self.account.store.find(id)
            if found is None:
                raise KeyError(id)
            return plain(found)

    def all(self, kind: str, customer: str | None = None) -> list[dict]:
        """All objects of a kind ("subscription", "invoice", "event"…), oldest first."""
        with self.account.lock:
            collection = self.account.store[kind]
            return [plain(each) for each in (collection.of_customer(customer) if customer else collection)]

    def now(self) -> int:
        return self.account.now()

    # --- Time and settings

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> int:
        """Moves the account's clock; all that falls due happens, in order. The new time."""
        return self.advance_to(self.account.now() + int(days * DAY + hours * HOUR + seconds))

    def advance_to(self, moment: int) -> int:
        with self.account.lock:
            self.account.run_until(moment)
            self.account.clock.set(moment)
        return moment

    def set_clock(self, moment: int) -> None:
        """Moves the clock, also back, without doing what is due."""
        self.account.clock.set(moment)

    def configure(self, **settings: Any) -> dict:
        """Settings as of `Settings`. Raises ValueError."""
        with self.account.lock:
            self.account.settings.change(settings)
            self.account.rebuild_schedule()
            return self.account.settings.as_dict()

    # --- What people do

    def complete_checkout(self, session: str | dict, card: str = OK, *, authenticate: bool = True,
                          promotion_code: str | None = None, name: str | None = "Test Person",
                          address: dict | None = None, business_name: str | None = None,
                          tax_id: str | None = None) -> dict:
        """Pays an open session as on its page; with 3D Secure passed or (`authenticate=False`) failed.

        Raises StripeError when the card is refused; the session then stays open.
        """
        with self.account.lock:
            kept = checkout.found(self.account, id_of(session))
            payment = Payment(card, name, address or {"country": "DE", "line1": "Am Markt 1", "city": "Bremen",
                                                      "postal_code": "28195"},
                              business_name, tax_id, promotion_code)
            if checkout.pay(self.account, kept, payment) == "challenge":
                if not authenticate:
                    kept.pop("_waiting", None)
                    raise failed_authentication()
                payment.authenticated = True
                checkout.pay(self.account, kept, payment)
            return plain(kept)

    def expire_checkout(self, session: str | dict) -> dict:
        with self.account.lock:
            kept = checkout.found(self.account, id_of(session))
            checkout.must_be_open(self.account, kept)
            checkout.expire(self.account, kept)
            return plain(kept)

    def subscribe(self, customer: str | dict, price: str, card: str = OK, *, trial_days: float = 0,
                  metadata: dict[str, str] | None = None) -> dict:
        """A subscription without a checkout, paid by a card (its owner passes 3D Secure)."""
        account = self.account
        with account.lock:
            owner = customers.living(account, id_of(customer))
            method = payment_methods.make(account, card_of(card), email=owner["email"], now=account.now(owner))
            payment_methods.attach(account, method, owner, authenticated=True)
            trial = account.now(owner) + int(trial_days * DAY) if trial_days else None
            chosen = [(catalog.recurring(account, price, "price"), 1)]
            made = subscriptions.start(account, owner, chosen, method=method, trial_end=trial,
                                       metadata=owner["metadata"] if metadata is None else metadata)
            invoice = account.store["invoice"].objects[made["latest_invoice"]]
            if invoice["status"] == "open":
                invoices.pay(account, invoice, absent=False, authenticated=True)
            return plain(made)

    def set_card(self, customer: str | dict, card: str) -> dict:
        """A new card for the customer and all of its subscriptions, as in the portal (3D Secure passed)."""
        account = self.account
        with account.lock:
            owner = customers.living(account, id_of(customer))
            method = payment_methods.make(account, card_of(card), email=owner["email"], now=account.now(owner))
            payment_methods.attach(account, method, owner, authenticated=True)
            payment_methods.make_default(account, method, owner)
            for subscription in account.store["subscription"].of_customer(owner["id"]):
                if subscriptions.is_live(subscription):
                    before = plain(subscription)
                    subscription["default_payment_method"] = method["id"]
                    account.emit("customer.subscription.updated", subscription, before)
            return plain(method)

    def remove_cards(self, customer: str | dict) -> None:
        """From now on nothing can be collected from the customer."""
        account = self.account
        with account.lock:
            owner = customers.living(account, id_of(customer))
            customers.change(account, owner, {
                "invoice_settings": {**owner["invoice_settings"], "default_payment_method": None}})
            for subscription in account.store["subscription"].of_customer(owner["id"]):
                subscription["default_payment_method"] = None

    def pay_invoice(self, invoice: str | dict, card: str | None = None, *, authenticate: bool = True) -> dict:
        """Pays an open invoice as on its hosted page, by a card or by the one that is saved."""
        account = self.account
        with account.lock:
            kept = account.get("invoice", id_of(invoice))
            if kept["status"] != "open":
                raise StripeError(400, "invalid_request_error", f"The invoice is {kept['status']}.")
            method = None
            if card is not None:
                owner = account.store["customer"].objects[kept["customer"]]
                method = payment_methods.make(account, card_of(card), now=account.now(owner))
                payment_methods.attach(account, method, owner, authenticated=authenticate)
            invoices.pay(account, kept, method=method, absent=False, authenticated=authenticate)
            return plain(kept)

    def cancel(self, subscription: str | dict, *, at_period_end: bool = False,
               by: str = "cancel_at_period_end") -> dict:
        """Ends a subscription now, or with its period (`by`: cancel_at_period_end or cancel_at, as the portal)."""
        account = self.account
        with account.lock:
            kept = account.get("subscription", id_of(subscription))
            subscriptions.must_be_live(kept)
            if not at_period_end:
                subscriptions.end(account, kept, "cancellation_requested")
            else:
                before = plain(kept)
                subscriptions.plan_end(account, kept, True, by)
                account.emit("customer.subscription.updated", kept, before)
                account.touch(kept)
            return plain(kept)

    def resume(self, subscription: str | dict) -> dict:
        """Takes a planned end back."""
        account = self.account
        with account.lock:
            kept = account.get("subscription", id_of(subscription))
            subscriptions.must_be_live(kept)
            before = plain(kept)
            subscriptions.plan_end(account, kept, False)
            account.emit("customer.subscription.updated", kept, before)
            account.touch(kept)
            return plain(kept)

    def refund(self, of: str | dict, amount: int | None = None) -> dict:
        """Gives a charge back, or the last one of a customer."""
        with self.account.lock:
            return plain(refunds.refund(self.account, self._charge_of(of), amount, "requested_by_customer"))

    def dispute(self, of: str | dict, reason: str = "fraudulent") -> dict:
        """The bank takes a charge back, or the last one of a customer."""
        with self.account.lock:
            return plain(disputes.open_dispute(self.account, self._charge_of(of), reason))

    def close_dispute(self, dispute: str | dict, won: bool) -> dict:
        with self.account.lock:
            kept = self.account.get("dispute", id_of(dispute))
            disputes.close_dispute(self.account, kept, won)
            return plain(kept)

    def _charge_of(self, of: str | dict) -> dict:
        id = id_of(of)
        if id.startswith("ch_"):
            return self.account.get("charge", id)
        paid = [each for each in self.account.store["charge"].of_customer(id) if each["paid"]]
        if not paid:
            raise StripeError(400, "invalid_request_error", f"{id} has no paid charge.")
        return paid[-1]

    # --- Many

    def make_customers(self, count: int, price: str | list[str | None] | None = None, *,
                       metadata: list[dict[str, str]] | None = None, email: str = "customer-{}@example.com",
                       events: bool = False) -> list[dict]:
        """Customers, each with a paid subscription to `price` (a list is gone through in turns; None: without).

        Gives `{customer, subscription}` ids; `{}` in `email` is the number.
        """
        prices = price if isinstance(price, list) else [price]
        account, made = self.account, []
        with account.lock:
            before, account.settings.silent = account.settings.silent, not events
            try:
                for number in range(count):
                    own = metadata[number] if metadata is not None else {}
                    customer = customers.make(account, {"email": email.replace("{}", str(number)), "metadata": own})
                    chosen = prices[number % len(prices)]
                    subscription = self.subscribe(customer["id"], chosen)["id"] if chosen else None
                    made.append({"customer": customer["id"], "subscription": subscription})
            finally:
                account.settings.silent = before
        return made


def failed_authentication() -> StripeError:
    return StripeError(402, "card_error", "We are unable to authenticate your payment method. Please choose a "
                       "different payment method and try again.", code="payment_intent_authentication_failure")
