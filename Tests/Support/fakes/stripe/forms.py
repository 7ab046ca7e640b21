"""Nested form encoding: `items[0][price]=x&expand[]=y` as dictionaries of dictionaries."""

import re
from typing import Any
from urllib.parse import unquote_plus

from .errors import bad_parameter

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)\Z")
_PART = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 10


def decode(encoded: str) -> dict[str, Any]:
    """Leaves are texts. Lists stay dictionaries (`{"0": …}`) until a shape calls for one. Raises StripeError."""
    values: dict[str, Any] = {}
    if not encoded:
        return values
    for pair in encoded.split("&"):
        if not pair:
            continue
        key, _, value = pair.partition("=")
        _put(values, unquote_plus(key), unquote_plus(value))
    return values


def _put(values: dict[str, Any], key: str, value: str) -> None:
    match = _KEY.match(key)
    if match is None:
        raise bad_parameter(f"Invalid request: unable to parse the parameter {key!r}.")
    path = [match[1], *_PART.findall(match[2])]
    if len(path) > DEEPEST:
        raise bad_parameter(f"Invalid request: {match[1]} is nested too deeply.")
    target = values
    for part in path[:-1]:
        target = target.setdefault(_named(target, part), {})
        if not isinstance(target, dict):
            raise bad_parameter(f"Invalid request: {key} is given as a value and as an object.", param=match[1])
    name = _named(target, path[-1])
    if isinstance(target.get(name), dict):
        raise bad_parameter(f"Invalid request: {key} is given as a value and as an object.", param=match[1])
    target[name] = value


def _named(target: dict[str, Any], part: str) -> str:
    """An empty part (`expand[]`) is the next place of a list."""
    return part if part else str(len(target))
