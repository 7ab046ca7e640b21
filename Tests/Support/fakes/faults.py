"""Injected faults: what the next requests to a stand-in meet."""

import json
import threading
from dataclasses import asdict, dataclass, field
from typing import Any, Callable

from .web import Answer, Drop

KINDS = ("answer", "timeout", "delay", "drop")
HELD_AT_MOST = 300.0


@dataclass
class Fault:
    """For the next `count` requests of `method` ("*": any) whose path begins with `path`.

    - `answer`: this status, body and headers instead of the real answer
    - `timeout`: no answer; the connection is held for `seconds`, then cut
    - `delay`: the real answer, `seconds` late
    - `drop`: the connection is cut without an answer
    With `after` the request first has its effect; otherwise it has none (a delayed one always has it, after).
    """

    kind: str = "answer"
    method: str = "*"
    path: str = "/"
    count: int = 1
    after: bool = False
    status: int = 500
    body: Any = None
    """An object (sent as JSON), a text, or None: then the service's usual body for the status."""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 60.0
    skip: int = 0
    """So many fitting requests pass first."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind is none of {', '.join(KINDS)}")

    def fits(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and path.startswith(self.path)


class Faults:
    """The faults of one stand-in. The first that fits is used up first."""

    def __init__(self, usual_body: Callable[[int], Any] = lambda status: {"status": status}) -> None:
        self._usual_body = usual_body
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._released = threading.Event()

    def add(self, **values: Any) -> Fault:
        """Names as of `Fault`. Raises TypeError and ValueError for what there is not."""
        fault = Fault(**values)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """No more faults; requests that are held are cut now."""
        with self._lock:
            self._faults.clear()
            self._released.set()
            self._released = threading.Event()

    def pending(self) -> list[dict]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets; counts it."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                if not fault.fits(method, path):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    return None
                fault.count -= 1
                if fault.count <= 0:
                    self._faults.remove(fault)
                return fault
        return None

    def apply(self, fault: Fault, effect: Callable[[], Answer]) -> Answer:
        """Answers as the fault says; `effect` does what the request asks. Raises Drop."""
        if fault.kind == "delay":
            self._hold(fault.seconds)
            return effect()
        if fault.after:
            effect()
        if fault.kind == "timeout":
            self._hold(fault.seconds)
        if fault.kind != "answer":
            raise Drop
        return self.answer(fault)

    def answer(self, fault: Fault) -> Answer:
        body = self._usual_body(fault.status) if fault.body is None else fault.body
        text = body if isinstance(body, str) else json.dumps(body)
        return Answer(fault.status, text.encode(), {"Content-Type": "application/json", **fault.headers})

    def _hold(self, seconds: float) -> None:
        with self._lock:
            released = self._released
        released.wait(min(seconds, HELD_AT_MOST))
