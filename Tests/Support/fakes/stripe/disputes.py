"""Disputes: a bank takes a charge back."""

from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import invalid
from .parameters import boolean, metadata, moments, record, text
from .periods import DAY
from .store import plain


def routes(api: API) -> None:
    api.add("GET", "/v1/disputes/{id}", lambda call: call.account.get("dispute", call.id))
    api.add("POST", "/v1/disputes/{id}", _update, metadata=metadata, submit=boolean,
            evidence=record(uncategorized_text=text))
    api.add("POST", "/v1/disputes/{id}/close", _close)
    api.add_list("/v1/disputes", "dispute", _fits, charge=text, payment_intent=text, created=moments)


def open_dispute(account: Account, charge: dict, reason: str = "fraudulent") -> dict:
    """The bank takes the money. Raises StripeError."""
    if charge["disputed"] or not charge["paid"]:
        raise invalid(f"Charge {charge['id']} cannot be disputed.")
    now = account.now(charge["customer"])
    dispute = account.add("dispute", {
        "amount": charge["amount"], "balance_transactions": [], "charge": charge["id"],
        "currency": charge["currency"], "enhanced_eligibility_types": [], "evidence": {"uncategorized_text": None},
        "evidence_details": {"due_by": now + 9 * DAY, "enhanced_eligibility": {}, "has_evidence": False,
                             "past_due": False, "submission_count": 0},
        "is_charge_refundable": False, "metadata": {}, "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": {"brand": "visa", "case_type": "chargeback",
                                            "network_reason_code": "83"}, "type": "card"},
        "reason": reason, "status": "needs_response"}, now=now)
    before = plain(charge)
    charge["disputed"] = True
    account.emit("charge.updated", charge, before)
    account.emit("charge.dispute.created", dispute)
    account.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(account: Account, dispute: dict, won: bool) -> None:
    if dispute["status"] in ("won", "lost"):
        raise invalid("This dispute is already closed")
    dispute["status"] = "won" if won else "lost"
    account.emit("charge.dispute.closed", dispute)
    if won:
        account.emit("charge.dispute.funds_reinstated", dispute)


def _update(call: Call) -> dict:
    dispute = call.account.get("dispute", call.id)
    before = plain(dispute)
    dispute["evidence"] = {**dispute["evidence"], **call.parameters.get("evidence", {})}
    if call.parameters.get("submit"):
        dispute["status"] = "under_review"
    merge_metadata(dispute, call.parameters)
    call.account.emit("charge.dispute.updated", dispute, before)
    return dispute


def _close(call: Call) -> dict:
    dispute = call.account.get("dispute", call.id)
    close_dispute(call.account, dispute, won=False)
    return dispute


def _fits(account: Account, object: dict, given: dict) -> bool:
    return (all(object[name] == given[name] for name in ("charge", "payment_intent") if name in given)
            and within(object["created"], given.get("created")))
