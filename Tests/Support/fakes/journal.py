"""What a stand-in was asked, for tests that count calls."""

import threading
import time
from collections import deque
from typing import Any

KEPT = 20_000


class Journal:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def note(self, **entry: Any) -> None:
        """`method`, `path`, `status` at least; the (real) time is added."""
        entry["at"] = time.time()
        with self._lock:
            self._entries.append(entry)

    def entries(self, method: str = "*", path: str = "/") -> list[dict[str, Any]]:
        """Oldest first: those of a method ("*": any) whose path begins with `path`."""
        with self._lock:
            entries = list(self._entries)
        return [entry for entry in entries if method in ("*", entry["method"]) and entry["path"].startswith(path)]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
