"""The endpoints of subscriptions but for changing one."""

from typing import Any

from . import catalog, customers, discounts, invoices, payment_methods, proration, subscription_update, subscriptions
from .account import Account
from .api import API, Call, within
from .errors import invalid, missing_parameter
from .parameters import (
    Required, boolean, either, integer, list_of, metadata, moments, natural, one_of, record, text, text_or_empty)
from .periods import DAY
from .subscription_update import BEHAVIOURS, PRORATIONS, trial_settings

STATUSES = ("active", "past_due", "unpaid", "canceled", "incomplete", "incomplete_expired", "trialing", "paused",
            "all", "ended")


def routes(api: API) -> None:
    api.add("POST", "/v1/subscriptions", _create, customer=Required(text), metadata=metadata, description=text,
            items=Required(list_of(record(price=Required(text), quantity=natural, metadata=metadata))),
            trial_end=either("now", integer), trial_period_days=natural, default_payment_method=text,
            payment_behavior=one_of(*BEHAVIOURS), off_session=boolean, discounts=discounts.named,
            trial_settings=trial_settings, automatic_tax=record(enabled=Required(boolean)),
            cancel_at_period_end=boolean, proration_behavior=one_of(*PRORATIONS),
            payment_settings=record(save_default_payment_method=one_of("off", "on_subscription")))
    api.add("GET", "/v1/subscriptions/{id}", lambda call: call.account.get("subscription", call.id))
    api.add("DELETE", "/v1/subscriptions/{id}", _cancel, invoice_now=boolean, prorate=boolean,
            cancellation_details=record(comment=text_or_empty, feedback=text_or_empty))
    api.add("POST", "/v1/subscriptions/{id}/resume", _resume, billing_cycle_anchor=one_of("now", "unchanged"),
            proration_behavior=one_of(*PRORATIONS), proration_date=integer)
    api.add_list("/v1/subscriptions", "subscription", _fits, customer=text, status=one_of(*STATUSES), price=text,
                 created=moments, test_clock=text)
    api.add("GET", "/v1/subscription_items", _list_items, subscription=Required(text), limit=natural)


def _create(call: Call) -> dict:
    given, account = call.parameters, call.account
    customer = customers.living(account, given["customer"])
    chosen = [(catalog.recurring(account, each["price"], f"items[{place}][price]"), each.get("quantity", 1))
              for place, each in enumerate(given["items"])]
    if not chosen:
        raise missing_parameter("items")
    now = account.now(customer)
    method = None
    if "default_payment_method" in given:
        method = payment_methods.found(account, given["default_payment_method"], "default_payment_method")
        if method["customer"] != customer["id"]:
            raise invalid("The customer does not have a payment method with the ID "
                          f"{method['id']}. The payment method must be attached to the customer.",
                          param="default_payment_method", code="resource_missing")
    trial_end = trial_of(given, now)
    redeemed = discounts.redeem(account, given.get("discounts", []), customer)
    behaviour = given.get("payment_behavior", "allow_incomplete")
    if trial_end is None and behaviour != "default_incomplete":
        coupons = [each["coupon"] for each in redeemed]
        total = sum(price["unit_amount"] * quantity for price, quantity in chosen)
        due = total - sum(discounts.amounts(account, coupons, total)) + customer["balance"]
        subscription_update.check_method(account, customer, method, due, behaviour, given.get("off_session", False))
    subscription = subscriptions.start(
        account, customer, chosen, trial_end=trial_end, method=method, redeemed=redeemed,
        missing_method=given.get("trial_settings", {}).get("end_behavior", {}).get(
            "missing_payment_method", "create_invoice"),
        automatic_tax=given.get("automatic_tax", {}).get("enabled", False), description=given.get("description"),
        metadata=given["metadata"] if given.get("metadata") else None)
    if given.get("cancel_at_period_end"):
        subscriptions.plan_end(account, subscription, True)
        account.touch(subscription)
    invoice = account.store["invoice"].objects[subscription["latest_invoice"]]
    if invoice["status"] == "open" and behaviour != "default_incomplete":
        invoices.pay(account, invoice, absent=given.get("off_session", False))
    return subscription


def trial_of(given: dict[str, Any], now: int) -> int | None:
    """The trial's end that a subscription was asked for; None: no trial. Raises StripeError."""
    if "trial_period_days" in given:
        if "trial_end" in given:
            raise invalid("You may only specify one of these parameters: trial_end, trial_period_days.")
        return now + given["trial_period_days"] * DAY if given["trial_period_days"] else None
    end = given.get("trial_end")
    if end in (None, "now"):
        return None
    if end <= now:
        raise invalid("The trial end date has to be in the future.", param="trial_end")
    if end > now + 730 * DAY:
        raise invalid("The maximum number of trial period days is 730 (2 years).", param="trial_end")
    return end


def _cancel(call: Call) -> dict:
    account, given = call.account, call.parameters
    subscription = account.get("subscription", call.id)
    if not subscriptions.is_live(subscription):
        raise invalid(f"No such subscription: '{call.id}'", param="id", code="resource_missing", status=404)
    if given.get("prorate") or given.get("invoice_now"):
        raise invalid("The stand-in ends subscriptions without a last invoice.", param="prorate")
    subscription["cancellation_details"] = {**subscription["cancellation_details"],
                                            **given.get("cancellation_details", {})}
    subscriptions.end(account, subscription, "cancellation_requested")
    return subscription


def _resume(call: Call) -> dict:
    account = call.account
    subscription = account.get("subscription", call.id)
    if subscription["status"] != "paused":
        raise invalid(f"You can only resume a paused subscription; this one is {subscription['status']}.")
    customer = subscriptions.customer_of(account, subscription)
    method = payment_methods.of(account, customer, subscription)
    subscription_update.check_method(account, customer, method, 1, "allow_incomplete", True)
    subscription["_resuming"] = True
    lines = [line for line in proration.upcoming(account, customer, subscription, start=account.now(customer))
             ["lines"]["data"]]
    invoice = invoices.draft(account, customer, subscription, lines, "subscription_update")
    invoices.finalize(account, invoice)
    if invoice["status"] == "open":
        invoices.pay(account, invoice)
    return subscription


def _fits(account: Account, subscription: dict, given: dict) -> bool:
    wanted = given.get("status")
    if wanted is None and subscription["status"] == "canceled":
        return False
    if wanted == "ended" and subscription["status"] not in subscriptions.ENDED:
        return False
    if wanted not in (None, "all", "ended") and subscription["status"] != wanted:
        return False
    return (("price" not in given or any(item["price"]["id"] == given["price"]
                                         for item in subscriptions.items(subscription)))
            and ("test_clock" not in given or subscription["test_clock"] == given["test_clock"])
            and within(subscription["created"], given.get("created")))


def _list_items(call: Call) -> dict:
    return call.account.get("subscription", call.parameters["subscription"], "subscription")["items"]
