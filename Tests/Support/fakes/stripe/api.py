"""The table of endpoints: each with the parameters it knows, and how lists are paged."""

from dataclasses import dataclass
from typing import Any, Callable

from ..web import Request, Routes
from .account import Account
from .errors import bad_parameter, no_such
from .expand import expand
from .parameters import Required, Shape, integer, parameters, text
from .store import list_object, plain


@dataclass(slots=True)
class Call:
    account: Account
    values: dict[str, str]
    """Of the path."""
    parameters: dict[str, Any]

    @property
    def id(self) -> str:
        return self.values["id"]


Endpoint = Callable[[Call], dict]


class API:
    def __init__(self, account: Account) -> None:
        self.account = account
        self.routes = Routes()
        self.shapes: dict[tuple[str, str], dict[str, Shape | Required]] = {}
        """The parameters of each endpoint."""

    def add(self, method: str, pattern: str, endpoint: Endpoint, **shapes: Shape | Required) -> None:
        """The endpoint returns the object as kept; it is copied and expanded here."""
        read = parameters(**shapes)
        self.shapes[method, pattern] = {name.rstrip("_"): shape for name, shape in shapes.items()}

        def call(request: Request, raw: dict[str, Any]) -> Callable[[], dict]:
            given = read(raw)
            paths = given.pop("expand", [])
            values = request.values
            return lambda: expand(self.account, plain(endpoint(Call(self.account, values, given))), paths)
        self.routes.add(method, pattern, call)

    def add_list(self, pattern: str, kind: str, fits: Callable[[Account, dict, dict], bool] | None = None,
                 prepare: Callable[[Call], None] | None = None, **shapes: Shape | Required) -> None:
        """A list, newest first, with `limit`, `starting_after` and `ending_before`."""
        def endpoint(call: Call) -> dict:
            given = call.parameters
            if prepare is not None:
                prepare(call)
            return page(call, kind, pattern, lambda object: fits is None or fits(call.account, object, given))
        self.add("GET", pattern, endpoint, limit=integer, starting_after=text, ending_before=text, **shapes)


def page(call: Call, kind: str, url: str, fits: Callable[[dict], bool]) -> dict:
    given = call.parameters
    limit = given.get("limit", 10)
    if not 1 <= limit <= 100:
        raise bad_parameter(f"This value must be less than or equal to 100 (it currently is '{limit}')."
                            if limit > 100 else "This value must be greater than or equal to 1.", param="limit")
    after, before = given.get("starting_after"), given.get("ending_before")
    if after is not None and before is not None:
        raise bad_parameter("You may only specify one of these parameters: starting_after, ending_before.")
    try:
        found, more = call.account.store[kind].page(limit, after, before, given.get("customer"), fits)
    except KeyError:
        param = "starting_after" if after is not None else "ending_before"
        raise no_such(kind, after or before or "", param) from None
    return list_object(found, url, more)


def within(moment: int, bounds: dict[str, int] | None) -> bool:
    """Whether a time fits `created[gte]` and the like."""
    if not bounds:
        return True
    return (moment > bounds.get("gt", moment - 1) and moment >= bounds.get("gte", moment)
            and moment < bounds.get("lt", moment + 1) and moment <= bounds.get("lte", moment))


def merge_metadata(object: dict, given: dict[str, Any]) -> None:
    """Keys are added, replaced, or (empty) removed; an empty text removes all."""
    if "metadata" not in given:
        return
    if given["metadata"] == "":
        object["metadata"] = {}
        return
    merged = {**object["metadata"], **given["metadata"]}
    object["metadata"] = {key: value for key, value in merged.items() if value != ""}
