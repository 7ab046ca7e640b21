"""Events: made by changes, listed for 30 days, handed to the delivery of webhooks."""

from typing import TYPE_CHECKING, Any, Callable

from .periods import DAY
from .settings import API_VERSION
from .store import plain

if TYPE_CHECKING:
    from .account import Account


class EventLog:
    def __init__(self, account: "Account") -> None:
        self._account = account
        self.deliver: Callable[[dict], None] = lambda event: None
        """Sends an event to the webhook endpoint."""

    def emit(self, type: str, object: dict, before: dict | None = None) -> dict | None:
        """An event of a change; with `before` (a snapshot) only if something differs."""
        account = self._account
        account.version += 1
        if account.settings.silent:
            return None
        data: dict[str, Any] = {"object": plain(object)}
        if before is not None:
            previous = _previous(before, data["object"])
            if not previous:
                return None
            data["previous_attributes"] = previous
        event = account.add("event", {
            "api_version": API_VERSION, "data": data, "pending_webhooks": 0, "request": dict(account.cause),
            "type": type, "context": None, "_delivered": False})
        if self.is_enabled(type):
            event["pending_webhooks"] = 1
            self.deliver(event)
        return event

    def make(self, type: str, object: dict, *, deliver: bool = True, listed: bool = True, **values: Any) -> dict:
        """An event as a test wants it, whatever has happened. `values` replace members."""
        account = self._account
        event = {"id": account.store.new_id("event"), "object": "event", "created": account.now(),
                 "livemode": account.livemode, "api_version": API_VERSION, "data": {"object": plain(object)},
                 "pending_webhooks": 1 if deliver else 0, "request": {"id": None, "idempotency_key": None},
                 "type": type, "context": None, **values}
        if listed:
            account.store["event"].add(event)
        if deliver:
            self.deliver(event)
        return event

    def is_enabled(self, type: str) -> bool:
        enabled = self._account.settings.enabled_events
        return "*" in enabled or type in enabled

    def is_listed(self, event: dict) -> bool:
        return event["created"] > self._account.now() - self._account.settings.events_kept_days * DAY


def _previous(before: dict, after: dict) -> dict:
    """The old values of what differs; of objects only the members that do."""
    previous: dict[str, Any] = {}
    for name, value in before.items():
        now = after.get(name)
        if now == value:
            continue
        if isinstance(value, dict) and isinstance(now, dict) and value.get("object") is None:
            previous[name] = _previous(value, now)
        else:
            previous[name] = value
    for name in after.keys() - before.keys():
        previous[name] = None
    return previous
