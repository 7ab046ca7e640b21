"""What tests do to the account beside the API: what people and banks do, and what goes wrong."""

from contextlib import contextmanager
from typing import Any, Iterator

from ..delivery import Attempt, Delivery
from ..faults import Fault, Faults
from . import (
    catalog, checkout, customers, disputes, invoices, payment_methods, refunds, subscriptions)
from .account import Account
from .cards import card_of
from .checkout import Payment
from .errors import StripeError
from .periods import DAY, HOUR
from .store import plain

OK = "4242424242424242"


class Operator:
    """Ids or objects are taken; copies of objects are given. Raises StripeError for what Stripe would refuse."""

    account: Account
    delivery: Delivery
    faults: Faults

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
            kept = checkout.found(self.account, _id(session))
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
            kept = checkout.found(self.account, _id(session))
            checkout.must_be_open(self.account, kept)
            checkout.expire(self.account, kept)
            return plain(kept)

    def subscribe(self, customer: str | dict, price: str, card: str = OK, *, trial_days: float = 0,
                  metadata: dict[str, str] | None = None) -> dict:
        """A subscription without a checkout, paid by a card (its owner passes 3D Secure)."""
        account = self.account
        with account.lock:
            owner = customers.living(account, _id(customer))
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
            owner = customers.living(account, _id(customer))
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
            owner = customers.living(account, _id(customer))
            customers.change(account, owner, {
                "invoice_settings": {**owner["invoice_settings"], "default_payment_method": None}})
            for subscription in account.store["subscription"].of_customer(owner["id"]):
                subscription["default_payment_method"] = None

    def pay_invoice(self, invoice: str | dict, card: str | None = None, *, authenticate: bool = True) -> dict:
        """Pays an open invoice as on its hosted page, by a card or by the one that is saved."""
        account = self.account
        with account.lock:
            kept = account.get("invoice", _id(invoice))
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
            kept = account.get("subscription", _id(subscription))
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
            kept = account.get("subscription", _id(subscription))
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
            kept = self.account.get("dispute", _id(dispute))
            disputes.close_dispute(self.account, kept, won)
            return plain(kept)

    def _charge_of(self, of: str | dict) -> dict:
        id = _id(of)
        if id.startswith("ch_"):
            return self.account.get("charge", id)
        paid = [each for each in self.account.store["charge"].of_customer(id) if each["paid"]]
        if not paid:
            raise StripeError(400, "invalid_request_error", f"{id} has no paid charge.")
        return paid[-1]

    # --- Events

    def make_event(self, type: str, object: str | dict, *, deliver: bool = True, listed: bool = True,
                   **members: Any) -> dict:
        """Any event of any object; `members` such as `livemode`, `api_version`, `created`, `id` replace the usual."""
        with self.account.lock:
            about = self.account.store.find(object) if isinstance(object, str) else object
            if about is None:
                raise KeyError(object)
            return plain(self.account.events.make(type, about, deliver=deliver, listed=listed, **members))

    def deliver(self, *, ids: list[str] | None = None, types: list[str] | None = None,
                customer: str | None = None, since: int | None = None, copies: int = 1) -> int:
        """Sends known events again, whatever the delivery's rules say; how many messages that were."""
        from .fake import event_body

        with self.account.lock:
            if ids is not None:
                chosen = [self.account.get("event", id) for id in ids]
            else:
                chosen = list(self.account.store["event"])
            chosen = [event for event in chosen if (types is None or event["type"] in types)
                      and (since is None or event["created"] >= since)
                      and (customer is None or customer in (event["data"]["object"].get("customer"),
                                                            event["data"]["object"]["id"]))]
            for event in chosen * copies:
                self.delivery.send(event["id"], event["type"], event_body(event), plain=True)
            return len(chosen) * copies

    def wait_for_delivery(self, seconds: float = 10) -> bool:
        """Until nothing is due or on its way."""
        return self.delivery.wait(seconds)

    def attempts(self, id: str | None = None) -> list[Attempt]:
        return self.delivery.log(id)

    # --- What goes wrong

    def fault(self, **values: Any) -> Fault:
        """The next requests meet a fault; names as of `fakes.faults.Fault`."""
        return self.faults.add(**values)

    @contextmanager
    def silently(self) -> Iterator[None]:
        """What changes here makes no event: drift."""
        with self.account.lock, self.account.silently():
            yield

    def change(self, id: str, members: dict[str, Any], *, event: str | None = None) -> dict:
        """Sets members of any object as they are, without an event unless one is named.

        Dotted names reach inside (`items.data.0.current_period_end`). Drift that no API call could make.
        """
        with self.account.lock:
            object = self.account.store.find(id)
            if object is None:
                raise KeyError(id)
            before = plain(object)
            for path, value in members.items():
                *parents, last = path.split(".")
                target: Any = object
                for part in parents:
                    target = target[int(part)] if isinstance(target, list) else target[part]
                if isinstance(target, list):
                    target[int(last)] = value
                else:
                    target[last] = value
            self.account.touch(object)
            if event is not None:
                self.account.emit(event, object, before)
            return plain(object)

    def change_price(self, subscription: str | dict, price: str) -> dict:
        """Moves a subscription to another price at once, without an invoice; silently inside `silently`."""
        account = self.account
        with account.lock:
            kept = account.get("subscription", _id(subscription))
            before = plain(kept)
            to = catalog.recurring(account, price, "price")
            for item in subscriptions.items(kept):
                item |= {"price": plain(to), "plan": catalog.plan_of(to)}
            account.emit("customer.subscription.updated", kept, before)
            return plain(kept)

    def forget(self, id: str) -> None:
        """Removes an object as if it had never been."""
        with self.account.lock:
            for kind in self.account.store.dump():
                self.account.store[kind].remove(id)
            self.account.version += 1

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


def _id(given: str | dict) -> str:
    return given if isinstance(given, str) else given["id"]
