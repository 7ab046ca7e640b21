"""Shapes of parameters, strict: what an endpoint does not know, it refuses as Stripe does."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Callable

from .errors import bad_parameter, missing_parameter, unknown_parameter

Shape = Callable[[Any, str], Any]
"""Takes the raw value and the parameter's full name; raises StripeError."""

MEMBERS: dict[Shape, dict[str, "Shape | Required"]] = {}
"""The members of shapes that have some, so that tests can hold them against the official library."""

_INTEGER = re.compile(r"-?\d{1,15}\Z")
LONGEST_TEXT = 5000


class Required:
    def __init__(self, shape: Shape) -> None:
        self.shape = shape


def text(raw: Any, name: str) -> str:
    """Not empty."""
    value = text_or_empty(raw, name)
    if not value:
        raise bad_parameter(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; "
            f"however '{name}' cannot be unset.", param=name, code="parameter_invalid_empty")
    return value


def text_or_empty(raw: Any, name: str) -> str:
    if not isinstance(raw, str):
        raise bad_parameter(f"Invalid string: {_shown(raw)}", param=name)
    if len(raw) > LONGEST_TEXT:
        raise bad_parameter(f"Invalid string: {raw[:20]}...; must be at most {LONGEST_TEXT} characters", param=name)
    return raw


def integer(raw: Any, name: str) -> int:
    if not isinstance(raw, str) or not _INTEGER.match(raw):
        raise bad_parameter(f"Invalid integer: {_shown(raw)}", param=name, code="parameter_invalid_integer")
    return int(raw)


def natural(raw: Any, name: str) -> int:
    value = integer(raw, name)
    if value < 0:
        raise bad_parameter("This value must be greater than or equal to 0.", param=name,
                            code="parameter_invalid_integer")
    return value


def number(raw: Any, name: str) -> float:
    try:
        return float(Decimal(text(raw, name)))
    except InvalidOperation:
        raise bad_parameter(f"Invalid decimal: {_shown(raw)}", param=name) from None


def boolean(raw: Any, name: str) -> bool:
    if raw not in ("true", "false"):
        raise bad_parameter(f"Invalid boolean: {_shown(raw)}", param=name)
    return raw == "true"


def one_of(*choices: str) -> Shape:
    def read(raw: Any, name: str) -> str:
        if raw not in choices:
            known = ", ".join(choices[:-1]) + f", or {choices[-1]}" if len(choices) > 1 else choices[0]
            raise bad_parameter(f"Invalid {name}: must be one of {known}", param=name)
        return raw
    return read


def either(choice: str, shape: Shape) -> Shape:
    """A word such as `now` or the empty text, or what `shape` takes."""
    def read(raw: Any, name: str) -> Any:
        return raw if raw == choice else shape(raw, name)
    return _known(read, shape)


def metadata(raw: Any, name: str) -> dict[str, str] | str:
    """Texts by key; an empty text removes a key, and in place of all removes all."""
    if raw == "":
        return ""
    if not isinstance(raw, dict):
        raise bad_parameter(f"Invalid hash: {_shown(raw)}", param=name)
    if len(raw) > 50:
        raise bad_parameter("Metadata can have at most 50 keys.", param=name)
    for key, value in raw.items():
        if not isinstance(value, str) or len(value) > 500:
            raise bad_parameter("Metadata values can have up to 500 characters.", param=f"{name}[{key}]")
        if len(key) > 40:
            raise bad_parameter("Metadata keys can have up to 40 characters.", param=f"{name}[{key}]")
    return dict(raw)


def list_of(shape: Shape) -> Shape:
    def read(raw: Any, name: str) -> list:
        if raw == "":
            return []
        if not isinstance(raw, dict) or not all(key.isdigit() for key in raw):
            raise bad_parameter("Invalid array", param=name)
        return [shape(raw[key], f"{name}[{key}]") for key in sorted(raw, key=int)]
    return _known(read, shape)


def record(**shapes: Shape | Required) -> Shape:
    """An object with these members; a name that Python reserves may end in an underscore."""
    named = {name.rstrip("_"): shape for name, shape in shapes.items()}

    def read(raw: Any, name: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise bad_parameter("Invalid object", param=name)
        return _members(named, raw, lambda member: f"{name}[{member}]")
    MEMBERS[read] = named
    return read


def moments(raw: Any, name: str) -> dict[str, int]:
    """A time, or bounds of it."""
    if isinstance(raw, str):
        return {"gte": integer(raw, name), "lte": integer(raw, name)}
    return record(gt=integer, gte=integer, lt=integer, lte=integer)(raw, name)


def parameters(**shapes: Shape | Required) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Reads a request's parameters. `expand` is known everywhere."""
    named = {name.rstrip("_"): shape for name, shape in shapes.items()}
    named.setdefault("expand", list_of(text))
    return lambda raw: _members(named, raw, lambda member: member)


def _members(shapes: dict[str, Shape | Required], raw: dict[str, Any], full: Callable[[str], str]) -> dict[str, Any]:
    values = {}
    for name, value in raw.items():
        shape = shapes.get(name)
        if shape is None:
            raise unknown_parameter(full(name))
        values[name] = (shape.shape if isinstance(shape, Required) else shape)(value, full(name))
    for name, shape in shapes.items():
        if isinstance(shape, Required) and name not in values:
            raise missing_parameter(full(name))
    return values


def _known(outer: Shape, inner: Shape) -> Shape:
    if inner in MEMBERS:
        MEMBERS[outer] = MEMBERS[inner]
    return outer


address = record(city=text_or_empty, country=text_or_empty, line1=text_or_empty, line2=text_or_empty,
                 postal_code=text_or_empty, state=text_or_empty)


def _shown(raw: Any) -> str:
    return raw[:100] if isinstance(raw, str) else "{...}"
