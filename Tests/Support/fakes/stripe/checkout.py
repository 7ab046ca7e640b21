"""Paying a Checkout Session. The endpoints are in checkout_api."""

from dataclasses import asdict, dataclass, field
from typing import Any

from . import customers, discounts, invoices, payment_methods, subscriptions
from .account import Account
from .cards import card_of, decline
from .errors import StripeError, invalid
from .subscription_api import trial_of

def found(account: Account, id: str) -> dict:
    return account.get("checkout.session", id, what="checkout.session")


@dataclass
class Payment:
    """What a person types on the page."""

    card: str = "4242424242424242"
    name: str | None = None
    address: dict[str, str | None] = field(default_factory=dict)
    business_name: str | None = None
    tax_id: str | None = None
    promotion_code: str | None = None
    """As it is typed, not its id."""
    authenticated: bool = False


def totals(account: Account, session: dict, code: str | None = None) -> tuple[int, int, list[dict]]:
    """Before and after discounts, and the discounts; of a trial nothing is due today. Raises StripeError."""
    customer = _customer_or_none(account, session)
    redeemed = list(session["_redeemed"])
    if code:
        redeemed = [_typed_code(account, session, code, customer)]
    subtotal = sum(price["unit_amount"] * quantity for price, quantity in _chosen(account, session))
    return subtotal, subtotal - sum(discounts.amounts(account, [each["coupon"] for each in redeemed], subtotal)), \
        redeemed


def trial_end(account: Account, session: dict) -> int | None:
    return trial_of(session["_data"], account.now(session["customer"]))


def pay(account: Account, session: dict, payment: Payment) -> str:
    """Completes the session: `complete`, or `challenge` when 3D Secure has to be passed first. Raises StripeError."""
    must_be_open(account, session)
    card = card_of(payment.card)
    _, total, redeemed = totals(account, session, payment.promotion_code)
    trial = trial_end(account, session)
    customer = _customer_or_none(account, session)
    due = 0 if trial else max(0, total + (customer["balance"] if customer else 0))
    answer = card.present if due and card.setup in ("ok", "challenge") else card.setup
    if answer == "challenge" and not payment.authenticated:
        session["_waiting"] = asdict(payment)
        return "challenge"
    # A card that can be saved but does not pay fails here too, as the payment is made at once.
    if answer not in ("ok", "challenge"):
        raise decline(answer)
    customer = customer or _new_customer(account, session)
    session["customer"] = customer["id"]
    method = payment_methods.make(account, card, name=payment.name, email=customer["email"], address=payment.address,
                                  now=account.now(customer))
    payment_methods.attach(account, method, customer, authenticated=payment.authenticated)
    _update_customer(account, session, customer, payment)
    data = session["_data"]
    subscription = subscriptions.start(
        account, customer, _chosen(account, session), metadata=data.get("metadata") or {}, trial_end=trial,
        method=method, redeemed=redeemed, session=session["id"], description=data.get("description"),
        automatic_tax=session["automatic_tax"]["enabled"],
        missing_method=data.get("trial_settings", {}).get("end_behavior", {}).get(
            "missing_payment_method", "create_invoice"))
    invoice = account.store["invoice"].objects[subscription["latest_invoice"]]
    if invoice["status"] == "open":
        invoices.pay(account, invoice, method=method, absent=False, authenticated=True)
    _complete(account, session, customer, subscription, invoice, payment)
    return "complete"


def must_be_open(account: Account, session: dict) -> None:
    """Raises StripeError."""
    if session["status"] != "open" or session["expires_at"] <= account.now(session["customer"]):
        raise invalid(f"This Checkout Session is no longer open: its status is {session['status']}.")


def due(session: dict) -> int | None:
    return session["expires_at"] if session["status"] == "open" else None


def expire(account: Account, session: dict) -> None:
    session["status"], session["url"] = "expired", None
    account.emit("checkout.session.expired", session)
    account.touch(session)


# --- Completing

def _complete(account: Account, session: dict, customer: dict, subscription: dict, invoice: dict,
              payment: Payment) -> None:
    tax_ids = account.store["tax_id"].of_customer(customer["id"])
    session |= {
        "status": "complete", "url": None, "subscription": subscription["id"], "invoice": invoice["id"],
        "payment_status": "paid" if invoice["amount_paid"] else "no_payment_required",
        "amount_subtotal": invoice["subtotal"], "amount_total": invoice["total"],
        "total_details": {"amount_discount": invoice["subtotal"] - invoice["total"], "amount_shipping": 0,
                          "amount_tax": 0},
        "customer_details": {
            "address": payment.address or customer["address"], "business_name": payment.business_name,
            "email": customer["email"], "individual_name": None, "name": payment.business_name or payment.name,
            "phone": None, "tax_exempt": customer["tax_exempt"],
            "tax_ids": [{"type": each["type"], "value": each["value"]} for each in tax_ids]},
        "collected_information": {"business_name": payment.business_name, "individual_name": None,
                                  "shipping_details": None},
    }
    session.pop("_waiting", None)
    account.emit("checkout.session.completed", session)
    account.touch(session)


def _update_customer(account: Account, session: dict, customer: dict, payment: Payment) -> None:
    updates = session["_customer_update"]
    values: dict[str, Any] = {}
    name = payment.business_name or payment.name
    if name and (updates.get("name") == "auto" or customer["name"] is None):
        values["name"] = name
    if payment.address and (updates.get("address") == "auto" or customer["address"] is None):
        values["address"] = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None,
                             "state": None, **payment.address}
    if values:
        customers.change(account, customer, values)
    if payment.tax_id and session["tax_id_collection"]["enabled"]:
        customers.add_tax_id(account, customer, "eu_vat", payment.tax_id)


def _typed_code(account: Account, session: dict, typed: str, customer: dict | None) -> dict:
    refused = StripeError(400, "invalid_request_error", "This code is invalid.", code="promotion_code_invalid",
                          param="promotion_code")
    if not session["allow_promotion_codes"]:
        raise refused
    for code in account.store["promotion_code"]:
        if code["code"].lower() == typed.strip().lower() and discounts.is_active(account, code):
            discounts.check(account, code, customer or {"id": None}, "promotion_code")
            return {"coupon": code["promotion"]["coupon"], "promotion_code": code["id"]}
    raise refused


def _chosen(account: Account, session: dict) -> list[tuple[dict, int]]:
    return [(account.store["price"].objects[each["price"]["id"]], each["quantity"]) for each in session["_line_items"]]


def _customer_or_none(account: Account, session: dict) -> dict | None:
    return account.store["customer"].get(session["customer"]) if session["customer"] else None


def _new_customer(account: Account, session: dict) -> dict:
    return customers.make(account, {"email": session["customer_email"]})
