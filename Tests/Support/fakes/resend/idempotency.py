"""Idempotency keys, as Resend keeps them for 24 hours (resend.com/docs/dashboard/emails/idempotency-keys)."""

import threading
from dataclasses import dataclass

from ..clock import Clock
from ..web import Answer
from .errors import Refusal

KEPT_SECONDS = 24 * 3600
LONGEST = 256


@dataclass
class _Use:
    body: bytes
    at: float
    answer: Answer | None = None
    """None: in progress."""


class IdempotencyKeys:
    """A key belongs to its endpoint. How Resend compares bodies is not documented; here every byte counts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._uses: dict[tuple[str, str], _Use] = {}

    def begin(self, path: str, key: str | None, body: bytes) -> Answer | None:
        """Reserves the key; returns the answer of the first request where there was one. Raises Refusal."""
        if key is None:
            return None
        if not 1 <= len(key) <= LONGEST:
            raise Refusal("invalid_idempotency_key")
        with self._lock:
            use = self._uses.get((path, key))
            if use is None or (use.answer and self._clock.now() - use.at >= KEPT_SECONDS):
                self._uses[path, key] = _Use(body, self._clock.now())
                return None
            if use.body != body:
                raise Refusal("invalid_idempotent_request")
            if use.answer is None:
                raise Refusal("concurrent_idempotent_requests")
            return use.answer

    def end(self, path: str, key: str | None, answer: Answer | None) -> None:
        """Keeps the answer of a mail that was accepted; None: it was not, and the key is free again."""
        if key is None:
            return
        with self._lock:
            if answer is None:
                self._uses.pop((path, key), None)
            else:
                self._uses[path, key].answer = answer

    def clear(self) -> None:
        with self._lock:
            self._uses.clear()
