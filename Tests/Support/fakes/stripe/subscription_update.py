"""Changing a subscription: its items, its end, its trial, what pays it."""

from typing import Any

from . import catalog, discounts, invoices, payment_methods, payments, proration, subscriptions
from .account import Account
from .api import API, Call, merge_metadata
from .cards import decline
from .errors import StripeError, card_error, invalid
from .parameters import (
    boolean, either, integer, list_of, metadata, natural, one_of, record, text, text_or_empty)
from .proration import ItemChange
from .store import plain

BEHAVIOURS = ("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete")
PRORATIONS = ("always_invoice", "create_prorations", "none")
trial_settings = record(end_behavior=record(missing_payment_method=one_of("cancel", "create_invoice", "pause")))
given_items = list_of(record(id=text, price=text, quantity=natural, deleted=boolean, metadata=metadata))


def routes(api: API) -> None:
    api.add("POST", "/v1/subscriptions/{id}", _update, items=given_items, metadata=metadata,
            description=text_or_empty, cancel_at_period_end=boolean, cancel_at=either("", integer),
            default_payment_method=text, trial_end=either("now", integer),
            proration_behavior=one_of(*PRORATIONS), proration_date=integer, payment_behavior=one_of(*BEHAVIOURS),
            off_session=boolean, discounts=either("", discounts.named),
            trial_settings=trial_settings, cancellation_details=record(comment=text_or_empty, feedback=text_or_empty))


def _update(call: Call) -> dict:
    given, account = call.parameters, call.account
    subscription = account.get("subscription", call.id)
    before = plain(subscription)
    if given.keys() - {"metadata", "cancellation_details"}:
        subscriptions.must_be_live(subscription)
    if subscription["status"] == "incomplete" and given.keys() & {"items", "trial_end", "discounts"}:
        raise invalid("Cannot update a subscription that is incomplete. Its first invoice must be paid first.")
    customer = subscriptions.customer_of(account, subscription)
    _check_times(given, account.now(customer))
    method = _new_method(account, customer, given)
    redeemed = discounts.redeem(account, given.get("discounts") or [], customer)
    change, changes = None, []
    if "items" in given:
        changes = item_changes(account, subscription, given["items"], "items")
        moment = given.get("proration_date", account.now(customer))
        change = proration.change(account, subscription, changes, moment,
                                  given.get("proration_behavior", "create_prorations"))
        _refuse_unpayable_change(account, customer, subscription, change, given, method)
    # From here on nothing can be refused.
    if method is not None:
        subscription["default_payment_method"] = method["id"]
    if "discounts" in given:
        subscription["discounts"] = discounts.bind(account, redeemed, customer, subscription["id"], None)
    _set_plain_members(account, subscription, given)
    invoice = _apply(account, customer, subscription, change, changes, given) if change is not None else None
    if given.get("trial_end") == "now" and subscription["status"] == "trialing":
        subscriptions.end_trial_now(account, subscription)
    elif isinstance(given.get("trial_end"), int):
        _move_trial(account, customer, subscription, given["trial_end"])
    if invoice is not None and given.get("payment_behavior", "allow_incomplete") != "default_incomplete":
        invoices.finalize(account, invoice)
        account.emit("customer.subscription.updated", subscription, before)
        if invoice["status"] == "open":
            invoices.pay(account, invoice, absent=given.get("off_session", True))
    else:
        if invoice is not None:
            invoices.finalize(account, invoice)
        account.emit("customer.subscription.updated", subscription, before)
    account.touch(subscription)
    return subscription


def _check_times(given: dict[str, Any], now: int) -> None:
    """Raises StripeError."""
    if "cancel_at_period_end" in given and given.get("cancel_at"):
        raise invalid("You cannot set `cancel_at` and `cancel_at_period_end` together.", param="cancel_at")
    if given.get("cancel_at") and given["cancel_at"] <= now:
        raise invalid("The subscription cancellation time must be in the future.", param="cancel_at")
    if isinstance(given.get("trial_end"), int) and given["trial_end"] <= now:
        raise invalid("The trial end date has to be in the future.", param="trial_end")


def _new_method(account: Account, customer: dict, given: dict[str, Any]) -> dict | None:
    if "default_payment_method" not in given:
        return None
    method = payment_methods.found(account, given["default_payment_method"], "default_payment_method")
    if method["customer"] != customer["id"]:
        raise invalid(f"The customer does not have a payment method with the ID {method['id']}.",
                      param="default_payment_method", code="resource_missing")
    return method


def item_changes(account: Account, subscription: dict, given: list[dict], param: str) -> list[ItemChange]:
    known = {item["id"]: item for item in subscriptions.items(subscription)}
    changes = []
    for place, each in enumerate(given):
        where = f"{param}[{place}]"
        if each.get("deleted"):
            raise invalid("A subscription must have at least one active plan.", param=where)
        if "id" not in each:
            raise invalid("The stand-in changes items by their id; it adds none.", param=f"{where}[id]")
        item = known.get(each["id"])
        if item is None:
            raise invalid(f"No such subscription item: '{each['id']}'", param=f"{where}[id]", code="resource_missing")
        price = item["price"]
        if "price" in each:
            price = catalog.recurring(account, each["price"], f"{where}[price]")
            if price["currency"] != subscription["currency"]:
                raise invalid("The specified price has another currency than the subscription.", param=where)
        changes.append(ItemChange(item, price, each.get("quantity", item["quantity"])))
    return changes


def _refuse_unpayable_change(account: Account, customer: dict, subscription: dict, change: proration.Change,
                             given: dict[str, Any], method: dict | None) -> None:
    behaviour = given.get("payment_behavior", "allow_incomplete")
    if behaviour == "pending_if_incomplete":
        raise invalid("The stand-in knows no pending updates.", param="payment_behavior")
    if behaviour != "error_if_incomplete" or not _is_invoiced_now(change, given):
        return
    due = proration.preview(account, customer, subscription, change.lines, "subscription_update", 1)["amount_due"]
    if due == 0:
        return
    method = method or payment_methods.of(account, customer, subscription)
    check_method(account, customer, method, due, behaviour, given.get("off_session", True))


def _is_invoiced_now(change: proration.Change, given: dict[str, Any]) -> bool:
    return bool(change.lines) and (change.resets or given.get("proration_behavior") == "always_invoice")


def _set_plain_members(account: Account, subscription: dict, given: dict[str, Any]) -> None:
    if "cancel_at_period_end" in given:
        if given["cancel_at_period_end"] != (subscription["cancel_at"] is not None):
            subscriptions.plan_end(account, subscription, given["cancel_at_period_end"])
    if "cancel_at" in given:
        moment = given["cancel_at"] or None
        now = account.now(subscription["customer"])
        subscription |= {"cancel_at": moment, "canceled_at": now if moment else None, "cancel_at_period_end": False}
    if "description" in given:
        subscription["description"] = given["description"] or None
    if "trial_settings" in given:
        subscription["trial_settings"] = given["trial_settings"]
    if "cancellation_details" in given:
        subscription["cancellation_details"] = {
            **subscription["cancellation_details"], **given["cancellation_details"]}
    merge_metadata(subscription, given)


def _apply(account: Account, customer: dict, subscription: dict, change: proration.Change, changes: list[ItemChange],
           given: dict[str, Any]) -> dict | None:
    """Sets the items; returns the draft to be paid now, if there is one."""
    for each in changes:
        each.item.update(price=plain(each.price), plan=catalog.plan_of(each.price), quantity=each.quantity)
    if change.resets:
        for item in subscriptions.items(subscription):
            item |= {"current_period_start": change.start, "current_period_end": change.end}
        subscription["billing_cycle_anchor"] = change.start
        if subscription["cancel_at_period_end"]:
            subscription["cancel_at"] = change.end
    if _is_invoiced_now(change, given):
        return invoices.draft(account, customer, subscription, change.lines, "subscription_update")
    subscription["_pending"] += change.lines
    return None


def _move_trial(account: Account, customer: dict, subscription: dict, end: int) -> None:
    now = account.now(customer)
    subscription |= {"trial_end": end, "trial_start": subscription["trial_start"] or now, "status": "trialing",
                     "billing_cycle_anchor": end, "_warned": False}
    for item in subscriptions.items(subscription):
        item["current_period_end"] = end


def check_method(account: Account, customer: dict, method: dict | None, due: int, behaviour: str,
                  absent: bool) -> None:
    """Refuses what cannot be paid before anything has changed. Raises StripeError."""
    if due <= 0:
        return
    method = method or payment_methods.of(account, customer)
    if method is None:
        raise invalid("This customer has no attached payment source or default payment method. Please consider adding "
                      "a default payment method. For more information, visit "
                      "https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
                      code="resource_missing")
    if behaviour == "error_if_incomplete":
        refuse_unless_payable(method, absent=absent)


def refuse_unless_payable(method: dict, *, absent: bool) -> None:
    """Raises StripeError 402."""
    answer = payments.verdict(method, absent=absent, authenticated=False)
    if answer == "challenge":
        raise needs_action()
    if answer != "ok":
        raise decline(answer)


def needs_action() -> StripeError:
    return card_error("subscription_payment_intent_requires_action",
                      "Payment for this subscription requires additional user action before it can be completed "
                      "successfully. Payment can be completed using the PaymentIntent associated with "
                      "`subscription.latest_invoice`.")
