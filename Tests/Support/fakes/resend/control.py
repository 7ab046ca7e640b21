"""The control API below `/_test/`: what tests in other processes set and read. JSON in, JSON out.

It needs no key, counts against no limit and meets no fault. The same stands as methods on `ResendFake`.
"""

import json
import threading
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Callable

from ..web import Answer, Request, Routes, json_answer
from .outbox import Event
from .times import rfc3339

if TYPE_CHECKING:
    from .fake import ResendFake

# So long an answer that announces the end of the connection has to get out.
FAREWELL_SECONDS = 0.05


class Control:
    def __init__(self, fake: "ResendFake") -> None:
        self._fake = fake
        self._routes = Routes()
        for method, path, handler in (
            ("GET", "/_test/state", self._state),
            ("GET", "/_test/mails", self._mails),
            ("GET", "/_test/requests", self._requests),
            ("POST", "/_test/reset", self._reset),
            ("POST", "/_test/settings", self._set),
            ("POST", "/_test/limits", self._limit),
            ("POST", "/_test/clock", self._move_clock),
            ("GET", "/_test/faults", self._faults),
            ("POST", "/_test/faults", self._fail),
            ("DELETE", "/_test/faults", self._clear_faults),
            ("POST", "/_test/down", self._go_down),
            ("POST", "/_test/events", self._happen),
            ("POST", "/_test/events/{id}/replay", self._replay),
            ("POST", "/_test/webhook", self._aim),
            ("POST", "/_test/webhook/tell", self._tell),
            ("POST", "/_test/webhook/rules", self._rule),
            ("POST", "/_test/webhook/hold", self._hold),
            ("POST", "/_test/webhook/release", self._release),
            ("POST", "/_test/webhook/wait", self._wait),
            ("GET", "/_test/webhook/log", self._log),
        ):
            self._routes.add(method, path, handler)

    def answer(self, request: Request) -> Answer:
        if "origin" in request.headers:
            return json_answer({"error": "not for web pages"}, 403)
        found = self._routes.find(request)
        if found is None:
            return json_answer({"error": f"no {request.method} {request.path}"}, 404)
        try:
            return json_answer(found[1](request))
        except KeyError as error:
            return json_answer({"error": f"unknown: {error.args[0]}"}, 404)
        except (TypeError, ValueError) as error:
            return json_answer({"error": str(error)}, 400)

    # --- State

    def _state(self, request: Request) -> dict:
        fake = self._fake
        return {
            "now": rfc3339(fake.clock.now()), "mails": len(fake.outbox.all()), "suppressed": sorted(fake.suppressed),
            "settings": {
                "automatic": fake.automatic, "latency": fake.latency, "domains": fake.domains,
                "refuses_reserved": fake.refuses_reserved},
            "limits": fake.limits.state(), "faults": fake.faults.pending(),
            "webhook": {
                "url": fake.delivery.url, "host": fake.delivery.host, "secrets": fake.signer.secrets,
                "offset": fake.signer.offset, "held": [asdict_of(each) for each in fake.delivery.held()],
                "given_up": [asdict_of(each) for each in fake.delivery.given_up], "skipped": fake.delivery.skipped}}

    def _mails(self, request: Request) -> dict:
        found = self._fake.mails(request.query_value("to"), request.query_value("template"))
        return {"items": [sent.told() for sent in found]}

    def _requests(self, request: Request) -> dict:
        return {"items": self._fake.journal.entries(
            request.query_value("method", "*"), request.query_value("path", "/"))}

    def _reset(self, request: Request) -> dict:
        values = _values(request, files=False)
        self._fake.reset(bool(values["files"]))
        return self._state(request)

    def _set(self, request: Request) -> dict:
        self._fake.set(**_object(request))
        return self._state(request)

    def _limit(self, request: Request) -> dict:
        self._fake.limits.set(**_object(request))
        return self._state(request)

    def _move_clock(self, request: Request) -> dict:
        """One of: advance (seconds), set (RFC 3339 or seconds since 1970), stop, run, reset."""
        values = _object(request)
        if len(values) != 1:
            raise ValueError("one of advance, set, stop, run, reset")
        (name, value), = values.items()
        clock = self._fake.clock
        if name == "set":
            clock.set(datetime.fromisoformat(value).timestamp() if isinstance(value, str) else float(value))
        elif name == "advance":
            clock.advance(float(value))
        elif name in ("stop", "run", "reset"):
            getattr(clock, name)()
        else:
            raise ValueError(f"no {name}")
        return {"now": rfc3339(clock.now())}

    # --- Faults

    def _faults(self, request: Request) -> dict:
        return {"items": self._fake.faults.pending()}

    def _fail(self, request: Request) -> dict:
        """A fault, or with `error` one that answers with this error of Resend's."""
        values = _object(request)
        name = values.pop("error", None)
        return asdict(self._fake.refuse(name, **values) if name is not None else self._fake.fail(**values))

    def _clear_faults(self, request: Request) -> dict:
        self._fake.faults.clear()
        return self._faults(request)

    def _go_down(self, request: Request) -> dict:
        """Only for a time: nobody could ask for the end of it."""
        seconds = float(_object(request).get("seconds", 1))
        _later(FAREWELL_SECONDS, lambda: self._fake.go_down(seconds))
        return {"seconds": seconds}

    # --- Events and their delivery

    def _happen(self, request: Request) -> dict:
        values = _values(request, email_id=..., type=..., to=None, details={})
        details = values["details"]
        if not isinstance(details, dict):
            raise ValueError("details is an object")
        return _told(self._fake.event(values["email_id"], values["type"], values["to"], **details))

    def _replay(self, request: Request) -> dict:
        return _told(self._fake.replay(request.values["id"]))

    def _aim(self, request: Request) -> dict:
        """Where the webhook is and how it is signed: url, host, secrets, offset (seconds)."""
        fake = self._fake
        signer, delivery = fake.signer, fake.delivery
        values = _values(
            request, url=delivery.url, host=delivery.host, secrets=signer.secrets, offset=signer.offset)
        checked = type(signer)(*values["secrets"])
        delivery.aim(values["url"], values["host"])
        signer.secrets, signer.offset = checked.secrets, float(values["offset"])
        return self._state(request)["webhook"]

    def _tell(self, request: Request) -> dict:
        values = _values(request, body=..., id=None)
        body = values["body"]
        return {"id": self._fake.tell(body.encode() if isinstance(body, str) else body, values["id"])}

    def _rule(self, request: Request) -> dict:
        self._fake.delivery.set_rules(**_object(request))
        return {}

    def _hold(self, request: Request) -> dict:
        self._fake.delivery.hold()
        return {}

    def _release(self, request: Request) -> dict:
        """With `one_by_one` each is answered before the next goes, so that the order is kept."""
        values = _values(request, order="sent", seed=1, copies=1, holding=False, one_by_one=False)
        if values.pop("one_by_one"):
            attempts = self._fake.delivery.deliver_in_order(values["order"], seed=values["seed"])
            return {"items": [asdict(attempt) for attempt in attempts]}
        return {"released": self._fake.delivery.release(**values)}

    def _wait(self, request: Request) -> dict:
        return {"done": self._fake.delivery.wait(float(_object(request).get("seconds", 10)))}

    def _log(self, request: Request) -> dict:
        return {"items": [asdict(attempt) for attempt in self._fake.delivery.log(request.query_value("id"))]}


def asdict_of(message: Any) -> dict:
    return {"id": message.id, "type": message.type}


def _told(event: Event) -> dict:
    return {"id": event.id, "type": event.type, "body": json.loads(event.body)}


def _object(request: Request) -> dict[str, Any]:
    """Raises ValueError."""
    values = request.json()
    if not isinstance(values, dict):
        raise ValueError("the body is a JSON object")
    return values


def _values(request: Request, **defaults: Any) -> dict[str, Any]:
    """The members that may stand, `...` for those that must. Raises ValueError."""
    values = _object(request)
    unknown = sorted(set(values) - set(defaults))
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    merged = {**defaults, **values}
    missing = sorted(name for name, value in merged.items() if value is ...)
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")
    return merged


def _later(seconds: float, action: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()
