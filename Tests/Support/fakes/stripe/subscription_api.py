"""The endpoints of subscriptions, and the preview of invoices."""

from typing import Any

from . import catalog, customers, discounts, invoices, payment_methods, payments, proration, subscriptions
from .account import Account
from .api import API, Call, merge_metadata, within
from .cards import decline
from .errors import StripeError, card_error, invalid, missing_parameter
from .parameters import (
    Required, boolean, either, integer, list_of, metadata, moments, natural, one_of, record, text, text_or_empty)
from .periods import DAY
from .proration import ItemChange
from .store import plain

STATUSES = ("active", "past_due", "unpaid", "canceled", "incomplete", "incomplete_expired", "trialing", "paused",
            "all", "ended")
_BEHAVIOURS = ("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete")
_PRORATIONS = ("always_invoice", "create_prorations", "none")
_trial_settings = record(end_behavior=record(missing_payment_method=one_of("cancel", "create_invoice", "pause")))
_items = list_of(record(id=text, price=text, quantity=natural, deleted=boolean, metadata=metadata))


def routes(api: API) -> None:
    api.add("POST", "/v1/subscriptions", _create, customer=Required(text), metadata=metadata, description=text,
            items=Required(list_of(record(price=Required(text), quantity=natural, metadata=metadata))),
            trial_end=either("now", integer), trial_period_days=natural, default_payment_method=text,
            payment_behavior=one_of(*_BEHAVIOURS), off_session=boolean, discounts=discounts.named,
            trial_settings=_trial_settings, automatic_tax=record(enabled=Required(boolean)),
            cancel_at_period_end=boolean, proration_behavior=one_of(*_PRORATIONS),
            payment_settings=record(save_default_payment_method=one_of("off", "on_subscription")))
    api.add("GET", "/v1/subscriptions/{id}", lambda call: call.account.get("subscription", call.id))
    api.add("POST", "/v1/subscriptions/{id}", _update, items=_items, metadata=metadata, description=text_or_empty,
            cancel_at_period_end=boolean, cancel_at=either("", integer), default_payment_method=text,
            trial_end=either("now", integer), proration_behavior=one_of(*_PRORATIONS), proration_date=integer,
            payment_behavior=one_of(*_BEHAVIOURS), off_session=boolean, discounts=either("", discounts.named),
            trial_settings=_trial_settings, cancellation_details=record(comment=text_or_empty, feedback=text_or_empty))
    api.add("DELETE", "/v1/subscriptions/{id}", _cancel, invoice_now=boolean, prorate=boolean,
            cancellation_details=record(comment=text_or_empty, feedback=text_or_empty))
    api.add("POST", "/v1/subscriptions/{id}/resume", _resume, billing_cycle_anchor=one_of("now", "unchanged"),
            proration_behavior=one_of(*_PRORATIONS), proration_date=integer)
    api.add_list("/v1/subscriptions", "subscription", _fits, customer=text, status=one_of(*STATUSES), price=text,
                 created=moments, test_clock=text)
    api.add("GET", "/v1/subscription_items", _list_items, subscription=Required(text), limit=natural)
    api.add("POST", "/v1/invoices/create_preview", _preview, customer=text, subscription=text,
            preview_mode=one_of("next", "recurring"), automatic_tax=record(enabled=Required(boolean)),
            subscription_details=record(
                items=_items, proration_behavior=one_of(*_PRORATIONS), proration_date=integer, cancel_now=boolean,
                cancel_at_period_end=boolean, trial_end=either("now", integer)),
            discounts=discounts.named)


# --- Create

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
        _check_method(account, customer, method, due, behaviour, given.get("off_session", False))
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


def _check_method(account: Account, customer: dict, method: dict | None, due: int, behaviour: str,
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


# --- Update

def _update(call: Call) -> dict:
    given, account = call.parameters, call.account
    subscription = account.get("subscription", call.id)
    before = plain(subscription)
    if given.keys() - {"metadata", "cancellation_details"}:
        subscriptions.must_be_live(subscription)
    if subscription["status"] == "incomplete" and given.keys() & {"items", "trial_end", "discounts"}:
        raise invalid("Cannot update a subscription that is incomplete. Its first invoice must be paid first.")
    if "cancel_at_period_end" in given and given.get("cancel_at"):
        raise invalid("You cannot set `cancel_at` and `cancel_at_period_end` together.", param="cancel_at")
    customer = subscriptions.customer_of(account, subscription)
    method = _new_method(account, customer, given)
    redeemed = discounts.redeem(account, given.get("discounts") or [], customer)
    change, changes = None, []
    if "items" in given:
        changes = _item_changes(account, subscription, given["items"], "items")
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


def _new_method(account: Account, customer: dict, given: dict[str, Any]) -> dict | None:
    if "default_payment_method" not in given:
        return None
    method = payment_methods.found(account, given["default_payment_method"], "default_payment_method")
    if method["customer"] != customer["id"]:
        raise invalid(f"The customer does not have a payment method with the ID {method['id']}.",
                      param="default_payment_method", code="resource_missing")
    return method


def _item_changes(account: Account, subscription: dict, given: list[dict], param: str) -> list[ItemChange]:
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
    _check_method(account, customer, method, due, behaviour, given.get("off_session", True))


def _is_invoiced_now(change: proration.Change, given: dict[str, Any]) -> bool:
    return bool(change.lines) and (change.resets or given.get("proration_behavior") == "always_invoice")


def _set_plain_members(account: Account, subscription: dict, given: dict[str, Any]) -> None:
    if "cancel_at_period_end" in given:
        if given["cancel_at_period_end"] != (subscription["cancel_at"] is not None):
            subscriptions.plan_end(account, subscription, given["cancel_at_period_end"])
    if "cancel_at" in given:
        moment = given["cancel_at"] or None
        now = account.now(subscription["customer"])
        if moment is not None and moment <= now:
            raise invalid("The subscription cancellation time must be in the future.", param="cancel_at")
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
    if end <= now:
        raise invalid("The trial end date has to be in the future.", param="trial_end")
    subscription |= {"trial_end": end, "trial_start": subscription["trial_start"] or now, "status": "trialing",
                     "billing_cycle_anchor": end, "_warned": False}
    for item in subscriptions.items(subscription):
        item["current_period_end"] = end


# --- The rest

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
    _check_method(account, customer, method, 1, "allow_incomplete", True)
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


# --- Preview

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
    changes = _item_changes(account, subscription, details["items"], "subscription_details[items]")
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
    draft = subscriptions.imagined(account, customer, chosen)
    return proration.preview(account, customer, draft, proration.of_period(account, draft), "subscription_create", None)

