"""Invoices: drafts, their lines, what is due, and the tries to collect it."""

from typing import Any

from . import customers, discounts, payment_methods, payments, subscriptions
from .account import Account
from .periods import DAY
from .store import list_object, plain


# --- Making

def line(account: Account, subscription: dict, item: dict, amount: int, description: str, start: int, end: int, *,
         price: dict | None = None, proration: bool = False) -> dict:
    """A line of a subscription's invoice, not yet on one."""
    price = price or item["price"]
    return {
        "id": account.store.new_id("line_item"), "object": "line_item", "amount": amount,
        "currency": price["currency"], "description": description, "discount_amounts": [], "discountable": True,
        "discounts": [], "invoice": None, "livemode": account.livemode, "metadata": dict(subscription["metadata"]),
        "parent": {"invoice_item_details": None, "subscription_item_details": {
            "invoice_item": f"ii_{account.store.letters(24)}" if proration else None, "proration": proration,
            "proration_details": {"credited_items": None} if proration else None,
            "subscription": subscription["id"], "subscription_item": item["id"]},
            "type": "subscription_item_details"},
        "period": {"end": end, "start": start}, "pretax_credit_amounts": [],
        "pricing": {"price_details": {"price": price["id"], "product": price["product"]}, "type": "price_details",
                    "unit_amount_decimal": str(amount if proration else price["unit_amount"])},
        "quantity": item["quantity"], "subtotal": amount, "taxes": []}


def build(account: Account, customer: dict, subscription: dict, lines: list[dict], reason: str, *,
          coupons: list[str] | None = None, discount_ids: list[str] | None = None) -> dict[str, Any]:
    """All members of a draft; nothing is kept or changed yet. `coupons` as they take off, in order."""
    now = account.now(customer)
    subtotal = sum(each["amount"] for each in lines)
    taken = discounts.amounts(account, coupons or [], subtotal)
    total = subtotal - sum(taken)
    starting = customer["balance"]
    due = max(0, total + starting) if total > 0 else 0
    period = lines[0]["period"] if lines else {"start": now, "end": now}
    tax = subscription["automatic_tax"]["enabled"]
    return {
        "account_country": "DE", "account_name": "SmartPages", "account_tax_ids": None, "amount_due": due,
        "amount_overpaid": 0, "amount_paid": 0, "amount_remaining": due, "amount_shipping": 0, "application": None,
        "attempt_count": 0, "attempted": False, "auto_advance": True,
        "automatic_tax": {"disabled_reason": None, "enabled": tax, "liability": {"type": "self"} if tax else None,
                          "provider": "stripe" if tax else None, "status": "complete" if tax else None},
        "automatically_finalizes_at": None, "billing_reason": reason,
        "collection_method": "charge_automatically", "currency": subscription["currency"], "custom_fields": None,
        "customer": customer["id"], "customer_account": None, "customer_address": customer["address"],
        "customer_email": customer["email"], "customer_name": customer["name"], "customer_phone": customer["phone"],
        "customer_shipping": None, "customer_tax_exempt": customer["tax_exempt"],
        "customer_tax_ids": [{"type": each["type"], "value": each["value"]}
                             for each in account.store["tax_id"].of_customer(customer["id"])],
        "default_payment_method": None, "default_source": None, "default_tax_rates": [], "description": None,
        "discounts": list(discount_ids or []), "due_date": None, "effective_at": None,
        "ending_balance": None, "footer": None, "from_invoice": None, "hosted_invoice_url": None, "invoice_pdf": None,
        "issuer": {"type": "self"}, "last_finalization_error": None, "latest_revision": None,
        "lines": list_object(lines, ""), "metadata": {}, "next_payment_attempt": None, "number": None,
        "on_behalf_of": None,
        "parent": {"quote_details": None, "subscription_details": {
            "metadata": dict(subscription["metadata"]), "subscription": subscription["id"]},
            "type": "subscription_details"},
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": period["end"] if reason == "upcoming" else now, "period_start": period["start"],
        "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0, "receipt_number": None,
        "rendering": None, "shipping_cost": None, "shipping_details": None, "starting_balance": starting,
        "statement_descriptor": None, "status": "draft",
        "status_transitions": {"finalized_at": None, "marked_uncollectible_at": None, "paid_at": None,
                               "voided_at": None},
        "subtotal": subtotal, "subtotal_excluding_tax": subtotal, "test_clock": customer["test_clock"],
        "total": total, "total_discount_amounts": [
            {"amount": amount, "discount": id} for amount, id in zip(taken, discount_ids or [])],
        "total_excluding_tax": total, "total_pretax_credit_amounts": [], "total_taxes": [],
        "webhooks_delivered_at": None,
    }


def draft(account: Account, customer: dict, subscription: dict, lines: list[dict], reason: str,
          finalizes_at: int | None = None) -> dict:
    """A kept draft, with its event; it is the subscription's latest invoice."""
    now = account.now(customer)
    ids = discounts.running(account, subscription["discounts"], now)
    coupons = [discounts.coupon_of(account, id)["id"] for id in ids]
    values = build(account, customer, subscription, lines, reason, coupons=coupons, discount_ids=ids)
    invoice = account.add("invoice", values, now=now)
    invoice["automatically_finalizes_at"] = finalizes_at
    invoice["next_payment_attempt"] = finalizes_at
    if finalizes_at is None and reason == "subscription_cycle":
        invoice["auto_advance"] = False
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"
    for each in lines:
        each["invoice"] = invoice["id"]
    # A coupon for once is used up by its first invoice.
    subscription["discounts"] = [id for id in ids if discounts.coupon_of(account, id)["duration"] != "once"]
    subscription["latest_invoice"] = invoice["id"]
    account.emit("invoice.created", invoice)
    account.touch(invoice)
    return invoice


# --- From draft to open to paid

def finalize(account: Account, invoice: dict) -> None:
    """Gives it its number, uses up the customer's credit, and makes the payment; pays it if nothing is due."""
    customer = account.store["customer"].objects[invoice["customer"]]
    now = account.now(customer)
    sequence = customer["next_invoice_sequence"]
    customer["next_invoice_sequence"] = sequence + 1
    invoice["number"] = f"{customer['invoice_prefix']}-{sequence:04d}"
    _use_balance(account, invoice, customer)
    url = f"{account.page_url}/i/{invoice['id']}"
    invoice |= {"status": "open", "effective_at": now, "hosted_invoice_url": url, "invoice_pdf": f"{url}/pdf",
                "automatically_finalizes_at": None, "next_payment_attempt": None}
    invoice["status_transitions"] = {**invoice["status_transitions"], "finalized_at": now}
    if invoice["amount_due"] > 0:
        intent = payments.intent(account, invoice["amount_due"], invoice["currency"], customer,
                                 invoice=invoice["id"], description="Subscription invoice")
        account.add("invoice_payment", {
            "amount_paid": None, "amount_requested": invoice["amount_due"], "currency": invoice["currency"],
            "invoice": invoice["id"], "is_default": True,
            "payment": {"payment_intent": intent["id"], "type": "payment_intent"}, "status": "open",
            "status_transitions": {"canceled_at": None, "paid_at": None}, "_customer": customer["id"]}, now=now)
    account.emit("invoice.finalized", invoice)
    if invoice["amount_due"] == 0:
        settle(account, invoice, 0)
    account.touch(invoice)


def pay(account: Account, invoice: dict, *, method: dict | None = None, absent: bool = True,
        authenticated: bool = False, scheduled: bool = False) -> str:
    """One try to collect an open invoice: ok, challenge, none (no payment method) or the reason of a decline."""
    customer = account.store["customer"].objects[invoice["customer"]]
    subscription = subscriptions.of_invoice(account, invoice)
    method = method or payment_methods.of(account, customer, subscription)
    before = plain(invoice)
    invoice["attempted"] = True
    invoice["attempt_count"] += 1
    invoice["next_payment_attempt"] = None
    payment = payment_of(account, invoice)
    intent = account.store["payment_intent"].objects[payment["payment"]["payment_intent"]]
    answer = "none"
    if method is not None:
        answer = payments.attempt(account, intent, method, absent=absent, authenticated=authenticated)
    if answer == "ok":
        settle(account, invoice, invoice["amount_due"])
        return answer
    # Only a try of the schedule is followed by others; of those that someone asks for, the schedule stays.
    if scheduled or invoice["attempt_count"] == 1:
        days = account.settings.retry_days
        if subscription is not None and subscription["status"] != "incomplete" and \
                invoice["attempt_count"] <= len(days):
            invoice["next_payment_attempt"] = account.now(customer) + int(days[invoice["attempt_count"] - 1] * DAY)
    else:
        invoice["next_payment_attempt"] = before["next_payment_attempt"]
    if answer == "challenge":
        account.emit("invoice.payment_action_required", invoice)
    account.emit("invoice.payment_failed", invoice)
    account.emit("invoice.updated", invoice, before)
    subscriptions.invoice_failed(account, invoice)
    account.touch(invoice)
    return answer


def void(account: Account, invoice: dict) -> None:
    _close(account, invoice, "void", "voided_at")
    account.emit("invoice.voided", invoice)
    subscriptions.invoice_settled(account, invoice)


def mark_uncollectible(account: Account, invoice: dict) -> None:
    _close(account, invoice, "uncollectible", "marked_uncollectible_at", keeps_payment=True)
    account.emit("invoice.marked_uncollectible", invoice)
    subscriptions.invoice_settled(account, invoice)


def stop_collecting(account: Account, invoice: dict) -> None:
    """No more tries by themselves: its subscription has ended."""
    before = plain(invoice)
    invoice["auto_advance"], invoice["next_payment_attempt"] = False, None
    invoice["automatically_finalizes_at"] = None
    account.emit("invoice.updated", invoice, before)


def payment_of(account: Account, invoice: dict) -> dict:
    return next(each for each in account.store["invoice_payment"].of_customer(invoice["customer"])[::-1]
                if each["invoice"] == invoice["id"] and each["is_default"])


def due(invoice: dict) -> int | None:
    """When the schedule has to look at it."""
    if not invoice["auto_advance"]:
        return None
    if invoice["status"] == "draft":
        return invoice["automatically_finalizes_at"]
    return invoice["next_payment_attempt"] if invoice["status"] == "open" else None


def step(account: Account, invoice: dict) -> None:
    """The schedule's turn: a draft is finalized and tried, an open one tried again."""
    if invoice["status"] == "draft":
        finalize(account, invoice)
    if invoice["status"] == "open":
        pay(account, invoice, scheduled=True)


def _use_balance(account: Account, invoice: dict, customer: dict) -> None:
    starting, total = customer["balance"], invoice["total"]
    invoice["starting_balance"] = starting
    # A credit note of a kind: what is below zero goes to the balance; else the balance pays as far as it reaches.
    due = max(0, total + starting) if total > 0 else 0
    ending = starting + total - due
    invoice |= {"ending_balance": ending, "amount_due": due, "amount_remaining": due}
    if ending != starting:
        customers.change(account, customer, {"balance": ending})


def settle(account: Account, invoice: dict, amount: int) -> None:
    customer = account.store["customer"].objects[invoice["customer"]]
    now = account.now(customer)
    invoice |= {"status": "paid", "amount_paid": amount, "amount_remaining": 0, "attempted": True,
                "next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"] = {**invoice["status_transitions"], "paid_at": now}
    if amount > 0:
        payment = payment_of(account, invoice)
        payment |= {"status": "paid", "amount_paid": amount,
                    "status_transitions": {"canceled_at": None, "paid_at": now}}
        account.emit("invoice_payment.paid", payment)
    account.emit("invoice.paid", invoice)
    account.emit("invoice.payment_succeeded", invoice)
    subscriptions.invoice_settled(account, invoice)


def _close(account: Account, invoice: dict, status: str, moment: str, keeps_payment: bool = False) -> None:
    now = account.now(invoice["customer"])
    invoice |= {"status": status, "auto_advance": False, "next_payment_attempt": None}
    invoice["status_transitions"] = {**invoice["status_transitions"], moment: now}
    if invoice["amount_due"] > 0 and not keeps_payment and invoice["number"]:
        payment = payment_of(account, invoice)
        payment |= {"status": "canceled", "status_transitions": {"canceled_at": now, "paid_at": None}}
        payments.cancel(account, account.store["payment_intent"].objects[payment["payment"]["payment_intent"]],
                        "void_invoice")
