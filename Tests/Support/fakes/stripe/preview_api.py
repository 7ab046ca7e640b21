"""The preview of invoices: what a change or the next period will cost."""

from typing import Any

from . import catalog, customers, proration, subscriptions
from .account import Account
from .api import API, Call
from .errors import invalid, missing_parameter
from .parameters import integer, one_of, record, text
from .periods import after
from .store import list_object
from .subscription_update import PRORATIONS, item_changes, given_items


def routes(api: API) -> None:
    api.add("POST", "/v1/invoices/create_preview", _preview, customer=text, subscription=text,
            subscription_details=record(
                items=given_items, proration_behavior=one_of(*PRORATIONS), proration_date=integer))


def _preview(call: Call) -> dict:
    given, account = call.parameters, call.account
    details = given.get("subscription_details", {})
    if "subscription" not in given:
        return _preview_of_new(account, given, details)
    subscription = account.get("subscription", given["subscription"], "subscription")
    customer = subscriptions.customer_of(account, subscription)
    if given.get("customer", customer["id"]) != customer["id"]:
        raise invalid(f"Customer {given['customer']} does not have a subscription with ID {subscription['id']}",
                      param="subscription", code="resource_missing")
    if not subscriptions.is_live(subscription):
        raise invalid("No upcoming invoices for customer: the subscription has ended.", code="invoice_upcoming_none",
                      status=404)
    if "items" not in details:
        if subscription["cancel_at"] is not None:
            raise invalid(f"No upcoming invoices for customer: {customer['id']}", code="invoice_upcoming_none",
                          status=404)
        return proration.upcoming(account, customer, subscription)
    behaviour = details.get("proration_behavior", "create_prorations")
    changes = item_changes(account, subscription, details["items"], "subscription_details[items]")
    moment = details.get("proration_date", account.now(customer))
    change = proration.change(account, subscription, changes, moment, behaviour)
    if change.resets or behaviour == "always_invoice":
        return proration.preview(account, customer, subscription, change.lines, "subscription_update", moment)
    return proration.upcoming(account, customer, subscription, change.lines, changes)


def _preview_of_new(account: Account, given: dict[str, Any], details: dict[str, Any]) -> dict:
    if "customer" not in given:
        raise missing_parameter("customer")
    customer = customers.living(account, given["customer"])
    chosen = [(catalog.recurring(account, each.get("price", ""), f"subscription_details[items][{place}][price]"),
               each.get("quantity", 1)) for place, each in enumerate(details.get("items", []))]
    if not chosen:
        raise invalid(f"No upcoming invoices for customer: {customer['id']}", code="invoice_upcoming_none", status=404)
    draft = _imagined(account, customer, chosen)
    return proration.preview(account, customer, draft, proration.of_period(account, draft), "subscription_create", None)


def _imagined(account: Account, customer: dict, chosen: list[tuple[dict, int]]) -> dict:
    """As much of a subscription as a preview needs; it is not kept."""
    now = account.now(customer)
    first = chosen[0][0]["recurring"]
    end = after(now, first["interval"], first["interval_count"], now)
    made = [subscriptions.new_item(account, "sub_preview", price, quantity, now, end) for price, quantity in chosen]
    return {"id": None, "status": "active", "currency": chosen[0][0]["currency"], "metadata": {}, "discounts": [],
            "automatic_tax": {"enabled": False}, "items": list_object(made, ""), "_pending": []}
