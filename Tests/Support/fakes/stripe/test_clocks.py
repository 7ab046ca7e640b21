"""Test clocks: customers that live in a time of their own."""

from . import subscriptions
from .account import Account
from .api import API, Call
from .errors import StripeError, invalid
from .parameters import Required, integer, text
from .periods import after

UNBOUND_YEARS = 2


def routes(api: API) -> None:
    base = "/v1/test_helpers/test_clocks"
    api.add("POST", base, _create, frozen_time=Required(integer), name=text)
    api.add("GET", base + "/{id}", lambda call: _found(call))
    api.add("DELETE", base + "/{id}", _delete)
    api.add("POST", base + "/{id}/advance", _advance, frozen_time=Required(integer))
    api.add_list(base, "test_helpers.test_clock")


def _found(call: Call) -> dict:
    return call.account.get("test_helpers.test_clock", call.id, "id", "test clock")


def _create(call: Call) -> dict:
    account = call.account
    if account.livemode:
        raise StripeError(400, "invalid_request_error", "Test clocks are only available in test mode.")
    clock = account.add("test_helpers.test_clock", {
        "deletes_after": account.now() + 30 * 86_400, "frozen_time": call.parameters["frozen_time"],
        "name": call.parameters.get("name"), "status": "ready", "status_details": {}})
    account.emit("test_helpers.test_clock.created", clock)
    return clock


def _advance(call: Call) -> dict:
    """Everything is done when this returns; the answer says `advancing`, as Stripe's does."""
    account, clock, target = call.account, _found(call), call.parameters["frozen_time"]
    if target <= clock["frozen_time"]:
        raise invalid("You can only advance a test clock to a time in the future of its frozen time.",
                      param="frozen_time")
    limit = _furthest(account, clock)
    if target > limit:
        raise invalid("You can advance a test clock by at most two intervals of its shortest subscription in one "
                      "request.", param="frozen_time", code="test_clock_advance_too_far")
    account.emit("test_helpers.test_clock.advancing", clock)
    account.run_until(target, clock["id"])
    clock["frozen_time"] = target
    account.emit("test_helpers.test_clock.ready", clock)
    return {**clock, "status": "advancing"}


def _furthest(account: Account, clock: dict) -> int:
    now = clock["frozen_time"]
    limit = after(now, "year", UNBOUND_YEARS, now)
    for subscription in account.store["subscription"]:
        if subscription["test_clock"] == clock["id"] and subscriptions.is_live(subscription):
            for item in subscriptions.items(subscription):
                recurring = item["price"]["recurring"]
                limit = min(limit, after(now, recurring["interval"], 2 * recurring["interval_count"], now))
    return limit


def _delete(call: Call) -> dict:
    clock = _found(call)
    store = call.account.store
    for kind in ("customer", "subscription", "invoice"):
        for object in list(store[kind]):
            if object.get("test_clock") == clock["id"]:
                store[kind].remove(object["id"])
    store["test_helpers.test_clock"].remove(clock["id"])
    call.account.emit("test_helpers.test_clock.deleted", clock)
    return {"id": clock["id"], "object": "test_helpers.test_clock", "deleted": True}
