"""`expand`: ids become objects, up to four levels deep."""

from typing import TYPE_CHECKING, Any, Callable

from .errors import bad_parameter
from .store import list_object, plain

if TYPE_CHECKING:
    from .account import Account

DEEPEST = 4
EXPANDABLE = {
    "customer", "latest_invoice", "default_payment_method", "payment_intent", "charge", "latest_charge",
    "subscription", "invoice", "product", "default_price", "price", "discounts", "coupon", "promotion_code",
    "test_clock", "payment_method", "setup_intent", "pending_setup_intent", "discount",
}


def _of_customer(kind: str, url: str) -> Callable[["Account", dict], dict]:
    def included(account: "Account", customer: dict) -> dict:
        found = [each for each in account.store[kind].of_customer(customer["id"])
                 if kind != "subscription" or each["status"] != "canceled"]
        return list_object([plain(each) for each in found[::-1]], f"/v1/customers/{customer['id']}/{url}")
    return included


def _payments(account: "Account", invoice: dict) -> dict:
    found = [plain(each) for each in account.store["invoice_payment"].of_customer(invoice["customer"])
             if each["invoice"] == invoice["id"]]
    return list_object(found, "/v1/invoice_payments")


def _line_items(account: "Account", session: dict) -> dict:
    return list_object(plain(session["_line_items"]), f"/v1/checkout/sessions/{session['id']}/line_items")


def _refunds(account: "Account", charge: dict) -> dict:
    found = [plain(each) for each in account.store["refund"] if each["charge"] == charge["id"]]
    return list_object(found[::-1], f"/v1/charges/{charge['id']}/refunds")


INCLUDED: dict[tuple[str, str], Callable[["Account", dict], dict]] = {
    ("customer", "subscriptions"): _of_customer("subscription", "subscriptions"),
    ("customer", "tax_ids"): _of_customer("tax_id", "tax_ids"),
    ("invoice", "payments"): _payments,
    ("checkout.session", "line_items"): _line_items,
    ("charge", "refunds"): _refunds,
}
"""Lists that are there only when asked for."""


def expand(account: "Account", value: dict, paths: list[str]) -> dict:
    """`value` is a copy already (`plain`). Raises StripeError for what cannot be expanded."""
    for path in paths:
        parts = path.split(".")
        if len([part for part in parts if part != "data"]) > DEEPEST:
            raise bad_parameter("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(account, value, parts, path)
    return value


def _expand(account: "Account", value: Any, parts: list[str], path: str) -> None:
    if isinstance(value, list):
        for place, element in enumerate(value):
            if isinstance(element, str):
                value[place] = element = _loaded(account, element)
            _expand(account, element, parts, path)
        return
    if not parts or value is None:
        return
    name, rest = parts[0], parts[1:]
    if isinstance(value, dict) and value.get("object") == "list" and name != "data":
        raise _refused(path)
    if not isinstance(value, dict):
        raise _refused(path)
    if name not in value:
        included = INCLUDED.get((value.get("object", ""), name))
        if included is None:
            if value.get("deleted"):
                return
            raise _refused(path)
        value[name] = included(account, account.store[value["object"]].objects[value["id"]])
    member = value[name]
    if isinstance(member, str):
        if name not in EXPANDABLE:
            raise _refused(path)
        value[name] = member = _loaded(account, member)
    elif not isinstance(member, (dict, list)) and member is not None:
        raise _refused(path)
    _expand(account, member, rest, path)


def _loaded(account: "Account", id: str) -> Any:
    found = account.store.find(id)
    return plain(found) if found is not None else id


def _refused(path: str) -> Exception:
    return bad_parameter(f"This property cannot be expanded ({path}).", param="expand")
