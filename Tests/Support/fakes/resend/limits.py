"""Requests a second and mails a day and a month (resend.com/docs/api-reference/rate-limit)."""

import math
import threading
import time
from datetime import datetime, timezone

from ..clock import Clock
from .errors import Refusal


class Limits:
    """The rate runs by real time, the quotas by the stand-in's clock: UTC days and months."""

    def __init__(self, clock: Clock, rate: int = 1000, window: float = 1.0, daily: int | None = None,
                 monthly: int | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._initial = {"rate": rate, "window": window, "daily": daily, "monthly": monthly}
        self.set(**self._initial)
        self.clear()

    def set(self, **values: float | int | None) -> None:
        """`rate` requests in `window` seconds; `daily` and `monthly` mails (None: any number)."""
        unknown = set(values) - set(self._initial)
        if unknown:
            raise ValueError(f"no such limit: {', '.join(sorted(unknown))}")
        for name, value in values.items():
            if value is None and name in ("rate", "window"):
                raise ValueError(f"{name} is a number")
            setattr(self, name, value)

    def clear(self) -> None:
        """The first limits again, and nothing used."""
        with self._lock:
            self._window_began = -math.inf
            self._requests = 0
            self._used = {"daily": 0, "monthly": 0}
            self._period = self._periods()
        self.set(**self._initial)

    def state(self) -> dict:
        with self._lock:
            self._turn_period()
            return {"rate": self.rate, "window": self.window, "daily": self.daily, "monthly": self.monthly,
                    "used": dict(self._used)}

    def count_request(self) -> dict[str, str]:
        """The headers of the answer. Raises Refusal (they are in it)."""
        with self._lock:
            now = time.monotonic()
            if now - self._window_began >= self.window:
                self._window_began, self._requests = now, 0
            self._requests += 1
            rest = max(1, math.ceil(self._window_began + self.window - now))
            headers = {
                "ratelimit-limit": str(self.rate), "ratelimit-remaining": str(max(0, self.rate - self._requests)),
                "ratelimit-reset": str(rest)}
            if self._requests > self.rate:
                raise Refusal("rate_limit_exceeded", headers={**headers, "retry-after": str(rest)})
            return headers

    def count_mails(self, count: int) -> None:
        """All or none. Raises Refusal."""
        with self._lock:
            self._turn_period()
            for name in ("daily", "monthly"):
                limit = getattr(self, name)
                if limit is not None and self._used[name] + count > limit:
                    raise Refusal(f"{name}_quota_exceeded")
            for name in self._used:
                self._used[name] += count

    def give_back(self, count: int) -> None:
        """Of mails that were not accepted after all."""
        with self._lock:
            for name in self._used:
                self._used[name] = max(0, self._used[name] - count)

    def quota_headers(self) -> dict[str, str]:
        """What is used: the day's only where there is a daily quota."""
        with self._lock:
            self._turn_period()
            headers = {"x-resend-monthly-quota": str(self._used["monthly"])}
            if self.daily is not None:
                headers["x-resend-daily-quota"] = str(self._used["daily"])
            return headers

    def _turn_period(self) -> None:
        """Under the lock."""
        day, month = self._periods()
        if day != self._period[0]:
            self._used["daily"] = 0
        if month != self._period[1]:
            self._used["monthly"] = 0
        self._period = (day, month)

    def _periods(self) -> tuple[str, str]:
        today = datetime.fromtimestamp(self._clock.now(), timezone.utc)
        return today.strftime("%Y-%m-%d"), today.strftime("%Y-%m")
