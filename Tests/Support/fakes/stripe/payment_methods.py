"""Cards that customers have saved."""

from . import customers
from .account import Account
from .api import API, Call, merge_metadata
from .cards import BY_TOKEN, CARDS, Card, card_of, decline
from .errors import invalid, missing_parameter, no_such
from .parameters import Required, list_of, metadata, natural, one_of, record, text, text_or_empty
from .store import plain

_ADDRESS = record(city=text_or_empty, country=text_or_empty, line1=text_or_empty, line2=text_or_empty,
                  postal_code=text_or_empty, state=text_or_empty)
_BILLING = record(address=_ADDRESS, email=text_or_empty, name=text_or_empty, phone=text_or_empty)


def routes(api: API) -> None:
    api.add("POST", "/v1/payment_methods", _create, type=Required(one_of("card")), billing_details=_BILLING,
            card=record(number=text, exp_month=natural, exp_year=natural, cvc=text, token=text), metadata=metadata)
    api.add("GET", "/v1/payment_methods/{id}", lambda call: found(call.account, call.id, "id"))
    api.add("POST", "/v1/payment_methods/{id}", _update, billing_details=_BILLING, metadata=metadata,
            card=record(exp_month=natural, exp_year=natural))
    api.add("POST", "/v1/payment_methods/{id}/attach", _attach, customer=Required(text))
    api.add("POST", "/v1/payment_methods/{id}/detach", _detach)
    api.add_list("/v1/payment_methods", "payment_method", _fits, _needs_customer, customer=text, type=one_of("card"))
    api.add("GET", "/v1/customers/{id}/payment_methods", _of_customer, type=one_of("card"), limit=natural,
            expand=list_of(text))


def make(account: Account, card: Card, *, name: str | None = None, email: str | None = None,
         address: dict | None = None, now: int | None = None) -> dict:
    empty = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}
    return account.add("payment_method", {
        "allow_redisplay": "unspecified",
        "billing_details": {"address": {**empty, **(address or {})}, "email": email, "name": name, "phone": None,
                            "tax_id": None},
        "card": {"brand": card.brand, "checks": {"address_line1_check": None, "address_postal_code_check": None,
                                                 "cvc_check": "pass"},
                 "country": "DE", "display_brand": card.brand, "exp_month": 12, "exp_year": 2034,
                 "fingerprint": f"fp{card.number[-12:]}", "funding": "credit", "generated_from": None,
                 "last4": card.last4, "networks": {"available": [card.brand], "preferred": None},
                 "regulated_status": "unregulated", "three_d_secure_usage": {"supported": True}, "wallet": None},
        "customer": None, "customer_account": None, "metadata": {}, "type": "card",
        "_number": card.number, "_set_up": False}, now=now)


def found(account: Account, id: str, param: str = "payment_method") -> dict:
    """A payment method by id, or a new one by a test name such as `pm_card_visa`. Raises StripeError."""
    card = BY_TOKEN.get(id)
    if card is not None:
        return make(account, card)
    method = account.store["payment_method"].get(id)
    if method is None:
        raise no_such("PaymentMethod", id, param)
    return method


def attach(account: Account, method: dict, customer: dict, *, authenticated: bool = False) -> None:
    """Raises StripeError 402 for cards that decline."""
    card = CARDS[method["_number"]]
    if card.setup not in ("ok", "challenge"):
        raise decline(card.setup)
    if method["customer"] not in (None, customer["id"]):
        raise invalid("The payment method you provided has already been attached to a customer.")
    method["_set_up"] = method["_set_up"] or authenticated or card.setup == "ok"
    if method["customer"] is None:
        method["customer"] = customer["id"]
        account.store["payment_method"].bind(method["id"], customer["id"])
        account.emit("payment_method.attached", method)


def make_default(account: Account, method: dict, customer: dict) -> None:
    customers.change(account, customer, {
        "invoice_settings": {**customer["invoice_settings"], "default_payment_method": method["id"]}})


def of(account: Account, customer: dict, subscription: dict | None = None) -> dict | None:
    """What pays: the subscription's own payment method, or the customer's default."""
    id = (subscription or {}).get("default_payment_method") or customer["invoice_settings"]["default_payment_method"]
    return account.store["payment_method"].get(id) if id else None


def _create(call: Call) -> dict:
    given = call.parameters
    card = given.get("card", {})
    if "token" in card:
        if card["token"] not in BY_TOKEN:
            raise no_such("token", card["token"], "card[token]")
        known = BY_TOKEN[card["token"]]
    elif "number" in card:
        known = card_of(card["number"])
    else:
        raise missing_parameter("card")
    billing = given.get("billing_details", {})
    method = make(call.account, known, name=billing.get("name"), email=billing.get("email"),
                  address=billing.get("address"))
    merge_metadata(method, given)
    return method


def _update(call: Call) -> dict:
    method = found(call.account, call.id, "id")
    if method["customer"] is None:
        raise invalid("You must save this PaymentMethod to a customer before you can update it.")
    before = plain(method)
    merge_metadata(method, call.parameters)
    method["billing_details"] |= call.parameters.get("billing_details", {})
    method["card"] |= call.parameters.get("card", {})
    call.account.emit("payment_method.updated", method, before)
    return method


def _attach(call: Call) -> dict:
    method = found(call.account, call.id, "id")
    attach(call.account, method, customers.living(call.account, call.parameters["customer"]))
    return method


def _detach(call: Call) -> dict:
    account = call.account
    method = found(account, call.id, "id")
    if method["customer"] is None:
        raise invalid("The payment method you provided is not attached to a customer so detachment is impossible.")
    customer = account.store["customer"].objects[method["customer"]]
    before = plain(method)
    method["customer"] = None
    account.emit("payment_method.detached", method, before)
    if customer["invoice_settings"]["default_payment_method"] == method["id"]:
        customers.change(account, customer, {
            "invoice_settings": {**customer["invoice_settings"], "default_payment_method": None}})
    for subscription in account.store["subscription"].of_customer(customer["id"]):
        if subscription["default_payment_method"] == method["id"]:
            subscription["default_payment_method"] = None
    return method


def _needs_customer(call: Call) -> None:
    if "customer" not in call.parameters:
        raise missing_parameter("customer")


def _fits(account: Account, method: dict, given: dict) -> bool:
    return method["customer"] == given["customer"]


def _of_customer(call: Call) -> dict:
    customer = customers.living(call.account, call.id, "id")
    mine = [each for each in call.account.store["payment_method"].of_customer(customer["id"])
            if each["customer"] == customer["id"]]
    return {"object": "list", "data": mine[::-1], "has_more": False, "url": f"/v1/customers/{call.id}/payment_methods"}
