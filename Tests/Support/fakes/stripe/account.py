"""The account that all resources work on: objects, time, settings and events. All under one lock."""

import threading
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from typing import Any, Callable, Iterator

from ..clock import Clock
from .errors import no_such
from .events import EventLog
from .settings import Settings
from .store import Store

STEPS_AT_MOST = 5_000_000


class Account:
    def __init__(self, *, livemode: bool = False, seed: int | None = None) -> None:
        self.lock = threading.RLock()
        self.livemode = livemode
        self.clock = Clock()
        self.settings = Settings()
        self.store = Store(seed)
        self.events = EventLog(self)
        self.cause: dict[str, str | None] = {"id": None, "idempotency_key": None}
        """The request that events name."""
        self.page_url = "http://127.0.0.1"
        """Where a browser reaches the stand-in's pages."""
        self.version = 0
        """Grows with each change: what is stored to a file, and when."""
        self._moment: dict[str | None, int] = {}
        self._heaps: dict[str | None, list[tuple[int, int, str, str]]] = {}
        self._sequence = count()

    # --- Objects

    def get(self, kind: str, id: str, param: str = "id", what: str | None = None) -> dict:
        """Raises StripeError for what there is not."""
        object = self.store[kind].get(id)
        if object is None:
            raise no_such(what or kind.rpartition(".")[2].replace("_", " "), id, param)
        return object

    def add(self, kind: str, values: dict[str, Any], *, id: str | None = None, now: int | None = None) -> dict:
        """Makes and keeps an object; `created` unless it is among the values."""
        object = {"id": id or self.store.new_id(kind), "object": kind}
        object["created"] = self.now() if now is None else now
        object["livemode"] = self.livemode
        object |= values
        self.version += 1
        return self.store[kind].add(object)

    # --- Time

    def now(self, customer: str | dict | None = None) -> int:
        """The time of a customer: that of its test clock, or the account's."""
        if isinstance(customer, str):
            customer = self.store["customer"].get(customer)
        clock = customer.get("test_clock") if customer else None
        if clock is not None:
            return self._moment.get(clock) or self.store["test_helpers.test_clock"].objects[clock]["frozen_time"]
        return self._moment.get(None) or self.clock.seconds()

    def touch(self, object: dict) -> None:
        """After a change: puts the object's next moment on the schedule."""
        self.version += 1
        moment = self.due(object)
        if moment is not None:
            clock = object.get("test_clock") or object.get("_test_clock")
            heappush(self._heaps.setdefault(clock, []), (moment, next(self._sequence), object["object"], object["id"]))

    def run_until(self, target: int, clock: str | None = None) -> None:
        """Does what is due, in order, each at its own moment."""
        heap = self._heaps.get(clock)
        if not heap:
            return
        for _ in range(STEPS_AT_MOST):
            if not heap or heap[0][0] > target:
                return
            moment, _, kind, id = heappop(heap)
            object = self.store[kind].get(id)
            due = self.due(object) if object is not None else None
            if due is None or due != moment:
                continue
            with self._at(clock, moment):
                self.step(object)
                self.touch(object)
        raise AssertionError("the schedule has no end")

    def catch_up(self) -> None:
        self.run_until(self.clock.seconds())

    def rebuild_schedule(self) -> None:
        self._heaps.clear()
        for kind in ("subscription", "invoice", "checkout.session"):
            for object in self.store[kind]:
                self.touch(object)

    @contextmanager
    def _at(self, clock: str | None, moment: int) -> Iterator[None]:
        before = self._moment.get(clock)
        self._moment[clock] = moment
        cause, self.cause = self.cause, {"id": None, "idempotency_key": None}
        try:
            yield
        finally:
            self.cause = cause
            if before is None:
                del self._moment[clock]
            else:
                self._moment[clock] = before

    # Set by the modules that know: each kind's next moment, and what happens then.
    due: Callable[[dict], int | None]
    step: Callable[[dict], None]

    # --- Events

    def emit(self, type: str, object: dict, before: dict | None = None) -> None:
        self.events.emit(type, object, before)

    @contextmanager
    def silently(self) -> Iterator[None]:
        """Changes here make no events."""
        before, self.settings.silent = self.settings.silent, True
        try:
            yield
        finally:
            self.settings.silent = before
