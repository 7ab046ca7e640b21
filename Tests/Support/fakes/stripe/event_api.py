"""The list of events, 30 days back."""

from .account import Account
from .api import API, Call, within
from .errors import no_such
from .parameters import boolean, list_of, moments, text


def routes(api: API) -> None:
    api.add("GET", "/v1/events/{id}", _retrieve)
    api.add_list("/v1/events", "event", _fits, created=moments, type=text, types=list_of(text),
                 delivery_success=boolean)


def _retrieve(call: Call) -> dict:
    event = call.account.get("event", call.id, "id", "event")
    if not call.account.events.is_listed(event):
        raise no_such("event", call.id)
    return event


def _fits(account: Account, event: dict, given: dict) -> bool:
    type = event["type"]
    return (account.events.is_listed(event)
            and ("type" not in given or _matches(type, given["type"]))
            and ("types" not in given or any(_matches(type, each) for each in given["types"]))
            and ("delivery_success" not in given or (event["pending_webhooks"] == 0) == given["delivery_success"])
            and within(event["created"], given.get("created")))


def _matches(type: str, wanted: str) -> bool:
    return type.startswith(wanted[:-1]) if wanted.endswith(".*") else type == wanted
