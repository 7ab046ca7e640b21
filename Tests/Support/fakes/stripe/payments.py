"""Payment intents and charges: money, in as far as test cards have any."""

from typing import Any

from . import customers, disputes, payment_methods
from .account import Account
from .api import API, Call, merge_metadata, within
from .cards import CARDS, DECLINES, decline
from .errors import StripeError, invalid
from .parameters import Required, boolean, metadata, moments, natural, one_of, text
from .store import plain

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


def routes(api: API) -> None:
    api.add("POST", "/v1/payment_intents", _create, amount=Required(natural), currency=Required(text), customer=text,
            payment_method=text, confirm=boolean, off_session=boolean, metadata=metadata, description=text,
            return_url=text)
    api.add("GET", "/v1/payment_intents/{id}", lambda call: call.account.get("payment_intent", call.id))
    api.add("POST", "/v1/payment_intents/{id}/confirm", _confirm, payment_method=text, off_session=boolean,
            return_url=text)
    api.add("POST", "/v1/payment_intents/{id}/cancel", _cancel, cancellation_reason=one_of(
        "abandoned", "duplicate", "fraudulent", "requested_by_customer"))
    api.add_list("/v1/payment_intents", "payment_intent", _fits, customer=text, created=moments)
    api.add("GET", "/v1/charges/{id}", lambda call: call.account.get("charge", call.id))
    api.add_list("/v1/charges", "charge", _fits, customer=text, payment_intent=text, created=moments)


def intent(account: Account, amount: int, currency: str, customer: dict | None, *, invoice: str | None = None,
           description: str | None = None) -> dict:
    """A new payment intent that waits for a payment method."""
    id = account.store.new_id("payment_intent")
    made = account.add("payment_intent", {
        "amount": amount, "amount_capturable": 0, "amount_details": {"tip": {}}, "amount_received": 0,
        "application": None, "application_fee_amount": None, "automatic_payment_methods": None, "canceled_at": None,
        "cancellation_reason": None, "capture_method": "automatic",
        "client_secret": f"{id}_secret_{account.store.letters(24)}", "confirmation_method": "automatic",
        "currency": currency, "customer": customer["id"] if customer else None, "customer_account": None,
        "description": description, "excluded_payment_method_types": None, "last_payment_error": None,
        "latest_charge": None, "metadata": {}, "next_action": None, "on_behalf_of": None, "payment_method": None,
        "payment_method_configuration_details": None, "payment_method_options": {
            "card": {"installments": None, "mandate_options": None, "network": None,
                     "request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"], "processing": None, "receipt_email": None, "review": None,
        "setup_future_usage": "off_session" if invoice else None, "shipping": None, "source": None,
        "statement_descriptor": None, "statement_descriptor_suffix": None, "status": "requires_payment_method",
        "transfer_data": None, "transfer_group": None, "_invoice": invoice}, id=id, now=account.now(customer))
    account.emit("payment_intent.created", made)
    return made


def verdict(method: dict, *, absent: bool, authenticated: bool) -> str:
    """What a payment would meet: ok, challenge, or the reason of a decline."""
    card = CARDS[method["_number"]]
    answer = card.absent if absent else card.present
    if absent and card.setup == "challenge" and not method["_set_up"]:
        answer = "challenge"
    return "ok" if answer == "challenge" and authenticated else answer


def attempt(account: Account, intent: dict, method: dict, *, absent: bool, authenticated: bool = False) -> str:
    """Tries to pay. Returns ok, challenge, or the reason of a decline; the intent and the events tell the rest."""
    answer = verdict(method, absent=absent, authenticated=authenticated)
    intent["payment_method"] = method["id"]
    intent["next_action"] = intent["last_payment_error"] = None
    if answer == "challenge":
        _ask_for_action(account, intent)
    elif answer == "ok":
        if authenticated:
            method["_set_up"] = True
        _succeed(account, intent, method)
    else:
        _fail(account, intent, method, answer)
    return answer


def cancel(account: Account, intent: dict, reason: str | None = None) -> None:
    if intent["status"] in ("succeeded", "canceled"):
        return
    intent["status"], intent["canceled_at"] = "canceled", account.now(intent["customer"])
    intent["cancellation_reason"], intent["next_action"] = reason, None
    account.emit("payment_intent.canceled", intent)


def _ask_for_action(account: Account, intent: dict) -> None:
    intent["status"] = "requires_action"
    intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {
        "type": "three_d_secure_redirect", "stripe_js": f"{account.page_url}/3ds/{intent['id']}",
        "source": f"src_{account.store.letters(24)}"}}
    account.emit("payment_intent.requires_action", intent)


def _succeed(account: Account, intent: dict, method: dict) -> None:
    charge = _charge(account, intent, method, None)
    intent["status"], intent["amount_received"] = "succeeded", intent["amount"]
    intent["latest_charge"] = charge["id"]
    account.emit("charge.succeeded", charge)
    account.emit("payment_intent.succeeded", intent)
    if CARDS[method["_number"]].disputed:
        disputes.open_dispute(account, charge, "fraudulent")


def _fail(account: Account, intent: dict, method: dict, reason: str) -> None:
    charge = _charge(account, intent, method, reason)
    code, message = DECLINES[reason]
    intent["status"], intent["latest_charge"] = "requires_payment_method", charge["id"]
    intent["payment_method"] = None
    intent["last_payment_error"] = {
        "charge": charge["id"], "code": code, "decline_code": reason,
        "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}", "message": message,
        "payment_method": plain(method), "type": "card_error"}
    account.emit("charge.failed", charge)
    account.emit("payment_intent.payment_failed", intent)


def _charge(account: Account, intent: dict, method: dict, failure: str | None) -> dict:
    code, message = DECLINES[failure] if failure else (None, None)
    paid = failure is None
    id = account.store.new_id("charge")
    return account.add("charge", {
        "amount": intent["amount"], "amount_captured": intent["amount"] if paid else 0, "amount_refunded": 0,
        "application": None, "application_fee": None, "application_fee_amount": None,
        "balance_transaction": f"txn_{account.store.letters(24)}" if paid else None,
        "billing_details": plain(method["billing_details"]), "calculated_statement_descriptor": "SMARTPAGES",
        "captured": paid, "currency": intent["currency"], "customer": intent["customer"],
        "description": intent["description"], "disputed": False, "failure_balance_transaction": None,
        "failure_code": code, "failure_message": message, "fraud_details": {}, "metadata": {}, "on_behalf_of": None,
        "outcome": {"advice_code": None if paid else "try_again_later", "network_advice_code": None,
                    "network_decline_code": None,
                    "network_status": "approved_by_network" if paid else "declined_by_network",
                    "reason": failure, "risk_level": "normal", "risk_score": 20,
                    "seller_message": "Payment complete." if paid else "The bank declined the payment.",
                    "type": "authorized" if paid else "issuer_declined"},
        "paid": paid, "payment_intent": intent["id"], "payment_method": method["id"],
        "payment_method_details": {"card": {"brand": method["card"]["brand"], "country": "DE", "exp_month": 12,
                                            "exp_year": 2034, "funding": "credit", "last4": method["card"]["last4"],
                                            "network": method["card"]["brand"], "three_d_secure": None},
                                   "type": "card"},
        "receipt_email": None, "receipt_number": None, "receipt_url": f"{account.page_url}/r/{id}",
        "refunded": False, "review": None, "shipping": None, "source": None, "source_transfer": None,
        "statement_descriptor": None, "statement_descriptor_suffix": None,
        "status": "succeeded" if paid else "failed", "transfer_data": None, "transfer_group": None},
        id=id, now=account.now(intent["customer"]))


def _create(call: Call) -> dict:
    given, account = call.parameters, call.account
    customer = customers.living(account, given["customer"]) if "customer" in given else None
    if given["amount"] < 50:
        raise invalid("Amount must be at least €0.50 eur", param="amount", code="amount_too_small")
    made = intent(account, given["amount"], given["currency"].lower(), customer, description=given.get("description"))
    merge_metadata(made, given)
    if given.get("confirm"):
        _pay(account, made, given)
    elif "payment_method" in given:
        made["payment_method"] = payment_methods.found(account, given["payment_method"])["id"]
        made["status"] = "requires_confirmation"
    return made


def _confirm(call: Call) -> dict:
    intent = call.account.get("payment_intent", call.id)
    if intent["status"] not in CONFIRMABLE:
        raise invalid(f"You cannot confirm this PaymentIntent because it has a status of {intent['status']}.",
                      code="payment_intent_unexpected_state")
    _pay(call.account, intent, call.parameters)
    return intent


def _pay(account: Account, intent: dict, given: dict[str, Any]) -> None:
    """Raises StripeError 402 when the card is refused."""
    from . import invoices

    id = given.get("payment_method") or intent["payment_method"]
    if id is None:
        raise invalid("You cannot confirm this PaymentIntent because it's missing a payment method.",
                      code="payment_intent_unexpected_state")
    method = payment_methods.found(account, id)
    if intent["_invoice"] is not None:
        invoices.pay(account, account.store["invoice"].objects[intent["_invoice"]], method=method,
                     absent=given.get("off_session", False))
        answer = "ok" if intent["status"] != "requires_payment_method" else intent["last_payment_error"]["decline_code"]
    else:
        answer = attempt(account, intent, method, absent=given.get("off_session", False))
    if answer not in ("ok", "challenge"):
        raise refused(intent, answer)
    if answer == "challenge" and given.get("off_session"):
        raise refused(intent, "authentication_required")


def refused(intent: dict, reason: str) -> StripeError:
    return decline(reason, charge=intent["latest_charge"], payment_intent=plain(intent))


def _cancel(call: Call) -> dict:
    intent = call.account.get("payment_intent", call.id)
    if intent["status"] in ("succeeded", "canceled"):
        raise invalid(f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
                      code="payment_intent_unexpected_state")
    cancel(call.account, intent, call.parameters.get("cancellation_reason"))
    return intent


def _fits(account: Account, object: dict, given: dict) -> bool:
    return (("payment_intent" not in given or object["payment_intent"] == given["payment_intent"])
            and within(object["created"], given.get("created")))
