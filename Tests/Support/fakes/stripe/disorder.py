"""What goes wrong, on purpose: events of any kind, faults and drift."""

from contextlib import contextmanager
from typing import Any, Iterator

from ..delivery import Attempt, Delivery
from ..faults import Fault, Faults
from . import catalog, subscriptions
from .account import Account
from .store import plain


class Disorder:
    """The part of `Actions` that no person or bank does."""

    account: Account
    delivery: Delivery
    faults: Faults

    # --- Events

    def make_event(self, type: str, object: str | dict, *, deliver: bool = True, listed: bool = True,
                   **members: Any) -> dict:
        """Any event of any object; `members` such as `livemode`, `api_version`, `created`, `id` replace the usual."""
        with self.account.lock:
            about = self.account.store.find(object) if isinstance(object, str) else object
            if about is None:
                raise KeyError(object)
            return plain(self.account.events.make(type, about, deliver=deliver, listed=listed, **members))

    def deliver(self, *, ids: list[str] | None = None, types: list[str] | None = None,
                customer: str | None = None, since: int | None = None, copies: int = 1) -> int:
        """Sends known events again, whatever the delivery's rules say; how many messages that were."""
        from .fake import event_body

        with self.account.lock:
            if ids is not None:
                chosen = [self.account.get("event", id) for id in ids]
            else:
                chosen = list(self.account.store["event"])
            chosen = [event for event in chosen if (types is None or event["type"] in types)
                      and (since is None or event["created"] >= since)
                      and (customer is None or customer in (event["data"]["object"].get("customer"),
                                                            event["data"]["object"]["id"]))]
            for event in chosen * copies:
                self.delivery.send(event["id"], event["type"], event_body(event), plain=True)
            return len(chosen) * copies

    def wait_for_delivery(self, seconds: float = 10) -> bool:
        """Until nothing is due or on its way."""
        return self.delivery.wait(seconds)

    def attempts(self, id: str | None = None) -> list[Attempt]:
        return self.delivery.log(id)

    # --- What goes wrong

    def fault(self, **values: Any) -> Fault:
        """The next requests meet a fault; names as of `fakes.faults.Fault`."""
        return self.faults.add(**values)

    @contextmanager
    def silently(self) -> Iterator[None]:
        """What changes here makes no event: drift."""
        with self.account.lock, self.account.silently():
            yield

    def change(self, id: str, members: dict[str, Any], *, event: str | None = None) -> dict:
        """Sets members of any object as they are, without an event unless one is named.

        Dotted names reach inside (`items.data.0.current_period_end`). Drift that no API call could make.
        """
        with self.account.lock:
            object = self.account.store.find(id)
            if object is None:
                raise KeyError(id)
            before = plain(object)
            for path, value in members.items():
                *parents, last = path.split(".")
                target: Any = object
                for part in parents:
                    target = target[int(part)] if isinstance(target, list) else target[part]
                if isinstance(target, list):
                    target[int(last)] = value
                else:
                    target[last] = value
            self.account.touch(object)
            if event is not None:
                self.account.emit(event, object, before)
            return plain(object)

    def change_price(self, subscription: str | dict, price: str) -> dict:
        """Moves a subscription to another price at once, without an invoice; silently inside `silently`."""
        account = self.account
        with account.lock:
            kept = account.get("subscription", id_of(subscription))
            before = plain(kept)
            to = catalog.recurring(account, price, "price")
            for item in subscriptions.items(kept):
                item |= {"price": plain(to), "plan": catalog.plan_of(to)}
            account.emit("customer.subscription.updated", kept, before)
            return plain(kept)

    def forget(self, id: str) -> None:
        """Removes an object as if it had never been."""
        with self.account.lock:
            for kind in self.account.store.dump():
                self.account.store[kind].remove(id)
            self.account.version += 1


def id_of(given: str | dict) -> str:
    return given if isinstance(given, str) else given["id"]
