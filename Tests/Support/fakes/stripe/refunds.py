"""Refunds of charges."""

from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import invalid, missing_parameter
from .parameters import metadata, moments, natural, one_of, text
from .store import plain


def routes(api: API) -> None:
    api.add("POST", "/v1/refunds", _create, charge=text, payment_intent=text, amount=natural, metadata=metadata,
            reason=one_of("duplicate", "fraudulent", "requested_by_customer"))
    api.add("GET", "/v1/refunds/{id}", lambda call: call.account.get("refund", call.id))
    api.add_list("/v1/refunds", "refund", _fits, charge=text, payment_intent=text, created=moments)


def refund(account: Account, charge: dict, amount: int | None = None, reason: str | None = None) -> dict:
    """Gives back an amount, or all that is left. Raises StripeError."""
    left = charge["amount_captured"] - charge["amount_refunded"]
    if charge["refunded"] or left == 0:
        raise invalid(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise invalid(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount")
    made = account.add("refund", {
        "amount": amount, "balance_transaction": f"txn_{account.store.letters(24)}", "charge": charge["id"],
        "currency": charge["currency"], "customer": charge["customer"], "destination_details": {"card": {
            "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card"},
        "metadata": {}, "payment_intent": charge["payment_intent"], "payment_method": charge["payment_method"],
        "pending_reason": None, "reason": reason, "receipt_number": None, "source_transfer_reversal": None,
        "status": "succeeded", "transfer_reversal": None}, now=account.now(charge["customer"]))
    del made["livemode"]
    before = plain(charge)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    account.emit("refund.created", made)
    account.emit("charge.refunded", charge, before)
    return made


def _create(call: Call) -> dict:
    given, account = call.parameters, call.account
    if "charge" in given:
        charge = account.get("charge", given["charge"], "charge")
    elif "payment_intent" in given:
        intent = account.get("payment_intent", given["payment_intent"], "payment_intent")
        if intent["latest_charge"] is None or intent["status"] != "succeeded":
            raise invalid(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
        charge = account.store["charge"].objects[intent["latest_charge"]]
    else:
        raise missing_parameter("charge")
    made = refund(account, charge, given.get("amount"), given.get("reason"))
    merge_metadata(made, given)
    return made


def _fits(account: Account, object: dict, given: dict) -> bool:
    return (all(object[name] == given[name] for name in ("charge", "payment_intent") if name in given)
            and within(object["created"], given.get("created")))
