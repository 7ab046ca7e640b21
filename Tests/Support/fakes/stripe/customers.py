"""Customers and their tax ids."""

from typing import Any

from . import payment_methods
from .account import Account
from .api import API, Call, merge_metadata, within
from .errors import invalid, no_such
from .parameters import Required, address, integer, list_of, metadata, moments, record, text, text_or_empty
from .store import plain

_WRITABLE = {
    "address": address, "balance": integer, "description": text_or_empty, "email": text_or_empty,
    "metadata": metadata, "name": text_or_empty, "phone": text_or_empty, "preferred_locales": list_of(text),
    "invoice_settings": record(default_payment_method=text_or_empty), "tax_exempt": text_or_empty,
}


def routes(api: API) -> None:
    api.add("POST", "/v1/customers", _create, **_WRITABLE, payment_method=text, test_clock=text,
            tax_id_data=list_of(record(type=Required(text), value=Required(text))))
    api.add("GET", "/v1/customers/{id}", _retrieve)
    api.add("POST", "/v1/customers/{id}", _update, **_WRITABLE)
    api.add("DELETE", "/v1/customers/{id}", _delete)
    api.add_list("/v1/customers", "customer", _fits, created=moments, email=text, test_clock=text)
    api.add("GET", "/v1/customers/{id}/tax_ids", _tax_ids)
    api.add("POST", "/v1/customers/{id}/tax_ids", _create_tax_id, type=Required(text), value=Required(text))


def living(account: Account, id: str, param: str = "customer") -> dict:
    """A customer that has not been deleted. Raises StripeError."""
    customer = account.get("customer", id, param)
    if customer.get("deleted"):
        raise no_such("customer", id, param)
    return customer


def change(account: Account, customer: dict, values: dict[str, Any]) -> None:
    """Sets members, with the event."""
    before = plain(customer)
    customer.update(values)
    account.emit("customer.updated", customer, before)


def add_tax_id(account: Account, customer: dict, type: str, value: str) -> dict:
    tax_id = account.add("tax_id", {
        "country": value[:2] if type == "eu_vat" else None, "customer": customer["id"], "type": type, "value": value,
        "owner": {"type": "customer", "customer": customer["id"]},
        "verification": {"status": "pending", "verified_address": None, "verified_name": None},
    }, now=account.now(customer))
    account.emit("customer.tax_id.created", tax_id)
    return tax_id


def make(account: Account, given: dict[str, Any]) -> dict:
    """A new customer of these parameters, with its event. Raises StripeError."""
    clock = given.get("test_clock")
    if clock is not None:
        account.get("test_helpers.test_clock", clock, "test_clock")
    prefix = account.store.letters(8).upper()
    customer = account.add("customer", {
        "address": given.get("address"), "balance": given.get("balance", 0), "business_name": None,
        "currency": None, "customer_account": None, "default_source": None, "delinquent": False,
        "description": given.get("description"), "discount": None, "email": given.get("email"),
        "individual_name": None, "invoice_prefix": prefix,
        "invoice_settings": {"custom_fields": None, "default_payment_method": None, "footer": None,
                             "rendering_options": None},
        "metadata": {}, "name": given.get("name"), "next_invoice_sequence": 1, "phone": given.get("phone"),
        "preferred_locales": given.get("preferred_locales", []), "shipping": None,
        "tax_exempt": given.get("tax_exempt", "none"), "test_clock": clock,
    }, now=account.store["test_helpers.test_clock"].objects[clock]["frozen_time"] if clock else None)
    merge_metadata(customer, given)
    if "payment_method" in given:
        payment_methods.attach(account, payment_methods.found(account, given["payment_method"]), customer)
    _set_default(account, customer, given)
    for tax_id in given.get("tax_id_data", []):
        add_tax_id(account, customer, tax_id["type"], tax_id["value"])
    account.emit("customer.created", customer)
    return customer


def _create(call: Call) -> dict:
    return make(call.account, call.parameters)


def _retrieve(call: Call) -> dict:
    return call.account.get("customer", call.id)


def _update(call: Call) -> dict:
    given, account = call.parameters, call.account
    customer = living(account, call.id, "id")
    before = plain(customer)
    for name in ("address", "balance", "description", "email", "name", "phone", "preferred_locales", "tax_exempt"):
        if name in given:
            customer[name] = None if given[name] == "" else given[name]
    _set_default(account, customer, given)
    merge_metadata(customer, given)
    account.emit("customer.updated", customer, before)
    return customer


def _set_default(account: Account, customer: dict, given: dict) -> None:
    default = given.get("invoice_settings", {}).get("default_payment_method")
    if default is None:
        return
    if default:
        method = payment_methods.found(account, default, "invoice_settings[default_payment_method]")
        if method["customer"] != customer["id"]:
            raise invalid("The customer does not have a payment method with the ID "
                          f"{default}. The payment method must be attached to the customer.",
                          param="invoice_settings[default_payment_method]", code="resource_missing")
        default = method["id"]
    customer["invoice_settings"] = {**customer["invoice_settings"], "default_payment_method": default or None}


def _delete(call: Call) -> dict:
    from . import subscriptions

    account = call.account
    customer = living(account, call.id, "id")
    for subscription in account.store["subscription"].of_customer(call.id):
        if subscription["status"] not in ("canceled", "incomplete_expired"):
            subscriptions.end(account, subscription, "cancellation_requested")
    account.emit("customer.deleted", customer)
    created = customer["created"]
    customer.clear()
    customer |= {"id": call.id, "object": "customer", "deleted": True, "_created": created}
    return customer


def _fits(account: Account, customer: dict, given: dict) -> bool:
    return (not customer.get("deleted")
            and ("email" not in given or customer["email"] == given["email"])
            and ("test_clock" not in given or customer["test_clock"] == given["test_clock"])
            and within(customer["created"], given.get("created")))


def _tax_ids(call: Call) -> dict:
    customer = living(call.account, call.id, "id")
    found = call.account.store["tax_id"].of_customer(customer["id"])
    return {"object": "list", "data": found[::-1], "has_more": False, "url": f"/v1/customers/{call.id}/tax_ids"}


def _create_tax_id(call: Call) -> dict:
    return add_tax_id(call.account, living(call.account, call.id, "id"), call.parameters["type"],
                      call.parameters["value"])
