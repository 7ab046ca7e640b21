"""What the lines of a subscription's invoices say and cost; previews."""

from dataclasses import dataclass
from typing import Any

from . import discounts, invoices, subscriptions
from .account import Account
from .errors import invalid
from .periods import after, day

_SIGNS = {"eur": "€", "usd": "$", "gbp": "£"}


@dataclass(frozen=True)
class ItemChange:
    item: dict
    price: dict
    quantity: int

    @property
    def is_none(self) -> bool:
        return self.price["id"] == self.item["price"]["id"] and self.quantity == self.item["quantity"]

    @property
    def changes_interval(self) -> bool:
        old, new = self.item["price"]["recurring"], self.price["recurring"]
        return (old["interval"], old["interval_count"]) != (new["interval"], new["interval_count"])


@dataclass(frozen=True)
class Change:
    """What a change of items costs."""

    lines: list[dict]
    start: int
    end: int
    resets: bool
    """A new period begins."""


def money(amount: int, currency: str) -> str:
    sign = _SIGNS.get(currency)
    return f"{sign}{amount / 100:.2f}" if sign else f"{amount / 100:.2f} {currency.upper()}"


def of_period(account: Account, subscription: dict) -> list[dict]:
    """The lines for the items' current period."""
    lines = []
    for item in subscriptions.items(subscription):
        start, end = item["current_period_start"], item["current_period_end"]
        if subscription["status"] == "trialing":
            name = _name(account, item["price"])
            lines.append(invoices.line(account, subscription, item, 0, f"Trial period for {name}", start, end))
        else:
            lines.append(_full(account, subscription, item, item["price"], item["quantity"], start, end))
    return lines


def change(account: Account, subscription: dict, changes: list[ItemChange], moment: int, behaviour: str) -> Change:
    """The lines that a change makes at a moment. Raises StripeError for a moment outside of the period."""
    start, end = subscriptions.period(subscription)
    if not start <= moment <= end:
        raise invalid("Cannot specify a proration date outside of the current period.",
                      param="subscription_proration_date")
    real = [each for each in changes if not each.is_none]
    resets = any(each.changes_interval for each in real)
    lines: list[dict] = []
    if subscription["status"] == "trialing":
        return Change(lines, start, end, False)
    new_end = end
    if resets:
        recurring = real[0].price["recurring"]
        new_end = after(moment, recurring["interval"], recurring["interval_count"], moment)
    for each in real:
        share = (end - moment) / (end - start) if end > start else 0
        if behaviour != "none":
            unused = -round(each.item["price"]["unit_amount"] * each.item["quantity"] * share)
            text = f"Unused time on {_counted(account, each.item['price'], each.item['quantity'])} after {day(moment)}"
            lines.append(invoices.line(account, subscription, each.item, unused, text, moment, end, proration=True))
        if resets:
            lines.append(_full(account, subscription, each.item, each.price, each.quantity, moment, new_end))
        elif behaviour != "none":
            amount = round(each.price["unit_amount"] * each.quantity * share)
            text = f"Remaining time on {_counted(account, each.price, each.quantity)} after {day(moment)}"
            lines.append(invoices.line(account, subscription, each.item, amount, text, moment, end, price=each.price,
                                       proration=True))
    return Change(lines, moment if resets else start, new_end, resets)


def upcoming(account: Account, customer: dict, subscription: dict, more: list[dict] | None = None,
             changes: list[ItemChange] | None = None, start: int | None = None) -> dict:
    """The next invoice of the schedule, as a preview."""
    begin = subscriptions.period(subscription)[1] if start is None else start
    new = {each.item["id"]: each for each in changes or []}
    lines = list(more or []) + list(subscription["_pending"])
    for item in subscriptions.items(subscription):
        to = new.get(item["id"]) or ItemChange(item, item["price"], item["quantity"])
        recurring = to.price["recurring"]
        finish = after(begin, recurring["interval"], recurring["interval_count"], begin)
        lines.append(_full(account, subscription, item, to.price, to.quantity, begin, finish))
    return preview(account, customer, subscription, lines, "upcoming", None)


def preview(account: Account, customer: dict, subscription: dict, lines: list[dict], reason: str,
            moment: int | None) -> dict[str, Any]:
    """An invoice that is not kept."""
    now = account.now(customer)
    ids = discounts.running(account, subscription["discounts"], now)
    coupons = [discounts.coupon_of(account, id)["id"] for id in ids]
    values = invoices.build(account, customer, subscription, lines, reason, coupons=coupons, discount_ids=ids)
    starting, total, due = values["starting_balance"], values["total"], values["amount_due"]
    id = f"upcoming_in_{account.store.letters(24)}"
    values["lines"]["url"] = f"/v1/invoices/{id}/lines"
    for each in lines:
        each["invoice"] = id
    values["parent"]["subscription_details"]["subscription_proration_date"] = moment
    return {"id": id, "object": "invoice", "created": now, "livemode": account.livemode, **values,
            "ending_balance": starting + total - due, "next_payment_attempt": now if moment else None}


def _full(account: Account, subscription: dict, item: dict, price: dict, quantity: int, start: int, end: int) -> dict:
    each = money(price["unit_amount"], price["currency"])
    recurring = price["recurring"]
    every = recurring["interval"] if recurring["interval_count"] == 1 else \
        f"every {recurring['interval_count']} {recurring['interval']}s"
    text = f"{quantity} × {_name(account, price)} (at {each} / {every})"
    return invoices.line(account, subscription, {**item, "quantity": quantity}, price["unit_amount"] * quantity, text,
                         start, end, price=price)


def _counted(account: Account, price: dict, quantity: int) -> str:
    name = _name(account, price)
    return name if quantity == 1 else f"{quantity} × {name}"


def _name(account: Account, price: dict) -> str:
    return account.store["product"].objects[price["product"]]["name"]
