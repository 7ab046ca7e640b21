"""Idempotency keys as API v1 has them: the first answer is kept with its status, 500s included, and repeated."""

import threading
from dataclasses import asdict, dataclass
from typing import Any

from .errors import StripeError

KEPT_SECONDS = 24 * 3600
LONGEST = 255


@dataclass
class Kept:
    fingerprint: str
    path: str
    created: float
    request_id: str
    status: int | None = None
    """None: the first request is still at work."""
    body: str = ""


class IdempotencyKeys:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: dict[str, Kept] = {}

    def begin(self, key: str, path: str, fingerprint: str, request_id: str, now: float) -> Kept | None:
        """The kept answer, or None: this request is the first and must `finish` or `forget`. Raises StripeError."""
        if len(key) > LONGEST:
            raise StripeError(400, "invalid_request_error", "Idempotency keys can be at most 255 characters long.")
        with self._lock:
            kept = self._keys.get(key)
            if kept is None or (kept.status is not None and now - kept.created > KEPT_SECONDS):
                self._keys[key] = Kept(fingerprint, path, now, request_id)
                return None
            if kept.path != path:
                raise StripeError(400, "idempotency_error", "Keys for idempotent requests can only be used for the "
                                  f"same endpoint they were first used for ('{path}' vs '{kept.path}'). Try using a "
                                  f"key other than '{key}' if you meant to execute a different request.")
            if kept.fingerprint != fingerprint:
                raise StripeError(400, "idempotency_error", "Keys for idempotent requests can only be used with the "
                                  f"same parameters they were first used with. Try using a key other than '{key}' if "
                                  "you meant to execute a different request.")
            if kept.status is None:
                raise StripeError(409, "idempotency_error", "There is currently another in-progress request using "
                                  "this Idempotent Key (that probably means you submitted twice, and the other "
                                  f"request is still going through): {key}. Please try again later.",
                                  code="idempotency_key_in_use", headers={"Stripe-Should-Retry": "true"})
            return kept

    def finish(self, key: str, status: int, body: str) -> None:
        with self._lock:
            if (kept := self._keys.get(key)) is not None:
                kept.status, kept.body = status, body

    def is_at_work(self, key: str) -> bool:
        """Whether the first request of a key has not been answered yet."""
        with self._lock:
            return key in self._keys and self._keys[key].status is None

    def forget(self, key: str) -> None:
        with self._lock:
            self._keys.pop(key, None)

    def dump(self) -> dict[str, dict[str, Any]]:
        with self._lock:
            return {key: asdict(kept) for key, kept in self._keys.items() if kept.status is not None}

    def load(self, keys: dict[str, dict[str, Any]]) -> None:
        self._keys = {key: Kept(**values) for key, values in keys.items()}
