"""The control API: the methods of `Actions` and what belongs to them as JSON below `/_test/`.

`POST /_test/<method>` takes an object of the method's arguments and answers `{"result": …}`; what is refused is 400
with `{"error": …}`, as Stripe's error where it is one.
"""

from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, Callable

from ..web import Answer, Request, json_answer
from .errors import StripeError

if TYPE_CHECKING:
    from .fake import StripeFake

_OF_ACTIONS = (
    "get", "all", "advance", "advance_to", "set_clock", "configure", "complete_checkout", "expire_checkout",
    "subscribe", "set_card", "remove_cards", "pay_invoice", "cancel", "resume", "refund", "dispute", "close_dispute",
    "make_event", "deliver", "wait_for_delivery", "attempts", "fault", "change", "change_price", "forget",
    "make_customers")


class ControlAPI:
    def __init__(self, fake: "StripeFake") -> None:
        self._fake = fake
        delivery, faults, journal = fake.delivery, fake.faults, fake.journal
        self._actions: dict[str, Callable[..., Any]] = {
            **{name: getattr(fake, name) for name in _OF_ACTIONS},
            "reset": fake.reset, "load": lambda state: fake.load(state), "aim": delivery.aim,
            "hold": delivery.hold, "release": delivery.release, "deliver_in_order": delivery.deliver_in_order,
            "rules": delivery.set_rules, "clear_delivery": delivery.clear, "clear_faults": faults.clear,
            "clear_journal": journal.clear,
        }

    def handle(self, request: Request) -> Answer:
        name = request.path.removeprefix("/_test/")
        try:
            if request.method == "GET":
                return json_answer({"result": self._look(name, request)})
            if request.method != "POST" or name not in self._actions:
                return json_answer({"error": f"there is no {request.method} /_test/{name}"}, 404)
            given = request.json()
            return json_answer({"result": _plain(self._actions[name](**given))})
        except StripeError as error:
            return json_answer(error.body("req_control"), 400)
        except (KeyError, TypeError, ValueError) as error:
            return json_answer({"error": f"{type(error).__name__}: {error}"}, 400)

    def _look(self, name: str, request: Request) -> Any:
        """What there is to see."""
        fake = self._fake
        looks: dict[str, Callable[[], Any]] = {
            "health": lambda: {"ok": True, "now": fake.now(), "url": fake.url},
            "state": fake.dump,
            "settings": fake.account.settings.as_dict,
            "faults": fake.faults.pending,
            "journal": lambda: fake.journal.entries(request.query_value("method", "*") or "*",
                                                    request.query_value("path", "/") or "/"),
            "deliveries": lambda: {
                "attempts": _plain(fake.delivery.log()), "held": [each.id for each in fake.delivery.held()],
                "dropped": [each.id for each in fake.delivery.dropped],
                "given_up": [each.id for each in fake.delivery.given_up], "skipped": fake.delivery.skipped},
        }
        if name not in looks:
            raise KeyError(name)
        return looks[name]()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, (dict, str, int, float, bool, type(None))) else str(value)
