"""The life of subscriptions: how they begin, renew, fall behind and end. The endpoints are in subscription_api."""

from typing import Any

from . import catalog, discounts, invoices, payment_methods, proration
from .account import Account
from .errors import invalid
from .periods import DAY, HOUR, after
from .store import list_object, plain

ENDED = ("canceled", "incomplete_expired")


def start(account: Account, customer: dict, items: list[tuple[dict, int]], *, metadata: dict[str, str] | None = None,
          trial_end: int | None = None, method: dict | None = None, redeemed: list[dict] | None = None,
          session: str | None = None, missing_method: str = "create_invoice", automatic_tax: bool = False,
          description: str | None = None) -> dict:
    """A new subscription with its first invoice finalized: trialing, or incomplete until that invoice is paid."""
    now = account.now(customer)
    trial = trial_end if trial_end is not None and trial_end > now else None
    first = items[0][0]["recurring"]
    anchor = trial or now
    end = trial or after(anchor, first["interval"], first["interval_count"], now)
    id = account.store.new_id("subscription")
    subscription = account.add("subscription", {
        "application": None, "application_fee_percent": None,
        "automatic_tax": {"disabled_reason": None, "enabled": automatic_tax,
                          "liability": {"type": "self"} if automatic_tax else None},
        "billing_cycle_anchor": anchor, "billing_cycle_anchor_config": None,
        "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible", "updated_at": None},
        "billing_schedules": [], "billing_thresholds": None, "cancel_at": None, "cancel_at_period_end": False,
        "canceled_at": None, "cancellation_details": {"comment": None, "feedback": None, "reason": None},
        "collection_method": "charge_automatically", "currency": items[0][0]["currency"],
        "customer": customer["id"], "customer_account": None, "days_until_due": None,
        "default_payment_method": method["id"] if method else None, "default_source": None, "default_tax_rates": [],
        "description": description, "discounts": [], "ended_at": None,
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
        "items": list_object([new_item(account, id, price, quantity, now, end) for price, quantity in items],
                             f"/v1/subscription_items?subscription={id}"),
        "latest_invoice": None, "metadata": dict(metadata or {}), "next_pending_invoice_item_invoice": None,
        "on_behalf_of": None, "pause_collection": None,
        "payment_settings": {"payment_method_options": None, "payment_method_types": None,
                             "save_default_payment_method": "off"},
        "pending_invoice_item_interval": None, "pending_setup_intent": None, "pending_update": None, "schedule": None,
        "start_date": now, "status": "trialing" if trial else "incomplete", "test_clock": customer["test_clock"],
        "transfer_data": None, "trial_end": trial,
        "trial_settings": {"end_behavior": {"missing_payment_method": missing_method}},
        "trial_start": now if trial else None, "_pending": [], "_warned": False, "_announced": False}, id=id, now=now)
    subscription["items"]["total_count"] = len(items)
    if redeemed:
        subscription["discounts"] = discounts.bind(account, redeemed, customer, id, session)
    if customer["currency"] is None:
        customer["currency"] = subscription["currency"]
    _roll(account, subscription, now, end)
    invoice = invoices.draft(account, customer, subscription, proration.of_period(account, subscription),
                             "subscription_create")
    account.emit("customer.subscription.created", subscription)
    invoices.finalize(account, invoice)
    if trial and trial - account.settings.trial_will_end_days * DAY <= now:
        _warn(account, subscription)
    account.touch(subscription)
    return subscription


def new_item(account: Account, subscription: str, price: dict, quantity: int, start: int, end: int) -> dict:
    return {"id": account.store.new_id("subscription_item"), "object": "subscription_item", "billed_until": None,
            "billing_thresholds": None, "created": start, "current_period_end": end, "current_period_start": start,
            "discounts": [], "metadata": {}, "plan": catalog.plan_of(price), "price": plain(price),
            "quantity": quantity, "subscription": subscription, "tax_rates": []}


def items(subscription: dict) -> list[dict]:
    return subscription["items"]["data"]


def period(subscription: dict) -> tuple[int, int]:
    first = items(subscription)[0]
    return first["current_period_start"], first["current_period_end"]


def is_live(subscription: dict) -> bool:
    return subscription["status"] not in ENDED


def of_invoice(account: Account, invoice: dict) -> dict | None:
    return account.store["subscription"].get(invoice["parent"]["subscription_details"]["subscription"])


def customer_of(account: Account, subscription: dict) -> dict:
    return account.store["customer"].objects[subscription["customer"]]


# --- What invoices do to it

def invoice_settled(account: Account, invoice: dict) -> None:
    """Its latest invoice is paid, void or written off: nothing is owed any more."""
    subscription = of_invoice(account, invoice)
    if subscription is None or not is_live(subscription) or subscription["latest_invoice"] != invoice["id"]:
        return
    if subscription["status"] == "incomplete" and invoice["status"] != "paid":
        _set_status(account, subscription, "incomplete_expired", ended_at=account.now(invoice["customer"]))
    elif subscription["status"] in ("incomplete", "past_due", "unpaid"):
        _set_status(account, subscription, "active")
    elif subscription["status"] == "paused" and subscription.get("_resuming"):
        resumed(account, subscription)
    _set_delinquent(account, subscription, False)


def invoice_failed(account: Account, invoice: dict) -> None:
    """A try to collect has failed; after the last one the account's setting decides."""
    subscription = of_invoice(account, invoice)
    if subscription is None or subscription["status"] not in ("active", "trialing", "past_due"):
        return
    if subscription["status"] != "past_due":
        _set_status(account, subscription, "past_due")
        _set_delinquent(account, subscription, True)
    if invoice["next_payment_attempt"] is not None or subscription["latest_invoice"] != invoice["id"]:
        return
    if account.settings.dunning_end == "cancel":
        end(account, subscription, "payment_failed")
    elif account.settings.dunning_end == "unpaid":
        _set_status(account, subscription, "unpaid")
        for each in _unpaid_invoices(account, subscription):
            invoices.stop_collecting(account, each)


def end(account: Account, subscription: dict, reason: str) -> None:
    """Canceled, now."""
    now = account.now(subscription["customer"])
    subscription["status"] = "canceled"
    subscription["canceled_at"] = subscription["canceled_at"] or now
    subscription["ended_at"] = now
    subscription["cancellation_details"] = {**subscription["cancellation_details"], "reason": reason}
    for invoice in _unpaid_invoices(account, subscription):
        invoices.stop_collecting(account, invoice)
    account.emit("customer.subscription.deleted", subscription)
    account.touch(subscription)


def plan_end(account: Account, subscription: dict, at_period_end: bool, by: str = "cancel_at_period_end") -> None:
    """Will end with its period (or no longer will). The caller makes the event."""
    ends = period(subscription)[1]
    subscription["cancel_at_period_end"] = at_period_end and by == "cancel_at_period_end"
    subscription["cancel_at"] = ends if at_period_end else None
    subscription["canceled_at"] = account.now(subscription["customer"]) if at_period_end else None
    subscription["cancellation_details"] = {
        **subscription["cancellation_details"], "reason": "cancellation_requested" if at_period_end else None}


def resumed(account: Account, subscription: dict) -> None:
    """Paused no more."""
    before = plain(subscription)
    subscription["_resuming"] = False
    now = account.now(subscription["customer"])
    recurring = items(subscription)[0]["price"]["recurring"]
    subscription["status"], subscription["billing_cycle_anchor"] = "active", now
    subscription.pop("status_details", None)
    _roll(account, subscription, now, after(now, recurring["interval"], recurring["interval_count"], now))
    account.emit("customer.subscription.updated", subscription, before)
    account.emit("customer.subscription.resumed", subscription)
    account.touch(subscription)


# --- The schedule

def due(account: Account, subscription: dict) -> int | None:
    """When something happens next."""
    status = subscription["status"]
    if status in ENDED:
        return None
    settings = account.settings
    if status == "incomplete":
        return subscription["created"] + int(settings.incomplete_hours * HOUR)
    moments = [subscription["cancel_at"]]
    if status == "trialing":
        moments.append(subscription["trial_end"])
        if not subscription["_warned"]:
            moments.append(subscription["trial_end"] - int(settings.trial_will_end_days * DAY))
    elif status != "paused":
        end = period(subscription)[1]
        moments.append(end)
        if not subscription["_announced"] and status == "active" and subscription["cancel_at"] is None:
            moments.append(end - int(settings.upcoming_days * DAY))
    return min((moment for moment in moments if moment is not None), default=None)


def step(account: Account, subscription: dict) -> None:
    """The schedule's turn."""
    now = account.now(subscription["customer"])
    if subscription["status"] == "incomplete":
        _expire(account, subscription)
    elif subscription["cancel_at"] is not None and subscription["cancel_at"] <= now:
        end(account, subscription, "cancellation_requested")
    elif subscription["status"] == "trialing":
        if subscription["trial_end"] <= now:
            _end_trial(account, subscription)
        else:
            _warn(account, subscription)
    elif period(subscription)[1] <= now:
        _renew(account, subscription, period(subscription)[1])
    else:
        _announce(account, subscription)


def end_trial_now(account: Account, subscription: dict) -> None:
    """As `trial_end=now` does: the invoice is due at once."""
    now = account.now(subscription["customer"])
    subscription["trial_end"] = now
    _end_trial(account, subscription, at_once=True)


def _warn(account: Account, subscription: dict) -> None:
    subscription["_warned"] = True
    account.emit("customer.subscription.trial_will_end", subscription)


def _announce(account: Account, subscription: dict) -> None:
    subscription["_announced"] = True
    preview = proration.upcoming(account, customer_of(account, subscription), subscription)
    preview.pop("id")
    account.emit("invoice.upcoming", preview)


def _end_trial(account: Account, subscription: dict, at_once: bool = False) -> None:
    customer = customer_of(account, subscription)
    if payment_methods.of(account, customer, subscription) is None:
        behaviour = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
        if behaviour == "cancel":
            return end(account, subscription, "cancellation_requested")
        if behaviour == "pause":
            return _pause(account, subscription)
    _renew(account, subscription, subscription["trial_end"], at_once=at_once)


def _pause(account: Account, subscription: dict) -> None:
    now = account.now(subscription["customer"])
    _set_status(account, subscription, "paused", status_details={"paused": {
        "subscription": {"type": "trial_end_without_payment_method"}, "transitioned_at": now,
        "type": "subscription"}})
    account.emit("customer.subscription.paused", subscription)


def _renew(account: Account, subscription: dict, start: int, at_once: bool = False) -> None:
    before = plain(subscription)
    customer = customer_of(account, subscription)
    recurring = items(subscription)[0]["price"]["recurring"]
    if subscription["status"] == "trialing":
        subscription["status"], subscription["billing_cycle_anchor"] = "active", start
    _roll(account, subscription, start, after(
        subscription["billing_cycle_anchor"], recurring["interval"], recurring["interval_count"], start))
    lines = subscription["_pending"] + proration.of_period(account, subscription)
    subscription["_pending"] = []
    # An unpaid subscription's invoices stay drafts: nobody is charged for what is not given.
    collects = subscription["status"] != "unpaid"
    finalizes_at = account.now(customer) + (0 if at_once else account.settings.finalize_after)
    invoice = invoices.draft(account, customer, subscription, lines, "subscription_cycle",
                             finalizes_at if collects else None)
    account.emit("customer.subscription.updated", subscription, before)
    if at_once and collects:
        invoices.step(account, invoice)


def _roll(account: Account, subscription: dict, start: int, end: int) -> None:
    for item in items(subscription):
        item["current_period_start"], item["current_period_end"] = start, end
    if subscription["cancel_at_period_end"]:
        subscription["cancel_at"] = end
    subscription["_announced"] = end - account.settings.upcoming_days * DAY <= start


def _expire(account: Account, subscription: dict) -> None:
    invoice = account.store["invoice"].get(subscription["latest_invoice"])
    if invoice is not None and invoice["status"] == "open":
        invoices.void(account, invoice)
    else:
        _set_status(account, subscription, "incomplete_expired", ended_at=account.now(subscription["customer"]))


def _set_status(account: Account, subscription: dict, status: str, **values: Any) -> None:
    before = plain(subscription)
    subscription |= {"status": status, **values}
    account.emit("customer.subscription.updated", subscription, before)
    account.touch(subscription)


def _set_delinquent(account: Account, subscription: dict, value: bool) -> None:
    customer = customer_of(account, subscription)
    if customer["delinquent"] != value:
        before = plain(customer)
        customer["delinquent"] = value
        account.emit("customer.updated", customer, before)


def _unpaid_invoices(account: Account, subscription: dict) -> list[dict]:
    return [invoice for invoice in account.store["invoice"].of_customer(subscription["customer"])
            if invoice["status"] in ("draft", "open")
            and invoice["parent"]["subscription_details"]["subscription"] == subscription["id"]]


def must_be_live(subscription: dict) -> None:
    """Raises StripeError."""
    if not is_live(subscription):
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.")
