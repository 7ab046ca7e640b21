"""What happens by itself with time, by kind of object."""

from . import checkout, invoices, subscriptions
from .account import Account


def install(account: Account) -> None:
    def due(object: dict) -> int | None:
        kind = object["object"]
        if kind == "subscription":
            return subscriptions.due(account, object)
        if kind == "invoice":
            return invoices.due(object)
        return checkout.due(object) if kind == "checkout.session" else None

    def step(object: dict) -> None:
        kind = object["object"]
        if kind == "subscription":
            subscriptions.step(account, object)
        elif kind == "invoice":
            invoices.step(account, object)
        else:
            checkout.expire(account, object)

    account.due, account.step = due, step
