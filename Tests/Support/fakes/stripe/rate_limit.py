"""Stripe's limit of requests a second, in real time whatever the clock says."""

import threading
import time
from collections import deque

from .errors import StripeError, usual_body


class RateLimit:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: deque[float] = deque()
        self.refused = 0

    def take(self, per_second: int | None) -> None:
        """Raises StripeError 429."""
        if per_second is None:
            return
        now = time.monotonic()
        with self._lock:
            while self._times and self._times[0] <= now - 1:
                self._times.popleft()
            if len(self._times) < per_second:
                self._times.append(now)
                return
            self.refused += 1
        error = usual_body(429)["error"]
        raise StripeError(429, error["type"], error["message"], code=error["code"], unstored=True,
                          headers={"Stripe-Rate-Limited-Reason": "global-rate"})
