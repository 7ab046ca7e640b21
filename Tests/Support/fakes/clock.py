"""A clock that tests can move. It runs on by itself unless it is stopped."""

import threading
import time


class Clock:
    def __init__(self, ahead: float = 0.0) -> None:
        self._lock = threading.Lock()
        self._ahead = ahead
        self._stopped_at: float | None = None

    def now(self) -> float:
        """Seconds since 1970."""
        with self._lock:
            return self._now()

    def seconds(self) -> int:
        return int(self.now())

    @property
    def ahead(self) -> float:
        """Seconds before the real time."""
        return self.now() - time.time()

    def advance(self, seconds: float) -> float:
        """Moves it forward and returns the new time."""
        with self._lock:
            self._move_to(self._now() + seconds)
            return self._now()

    def set(self, moment: float) -> None:
        with self._lock:
            self._move_to(moment)

    def stop(self) -> None:
        """From now on it moves only when it is moved."""
        with self._lock:
            self._stopped_at = self._now()

    def run(self) -> None:
        with self._lock:
            if self._stopped_at is not None:
                self._ahead = self._stopped_at - time.time()
                self._stopped_at = None

    def reset(self) -> None:
        """The real time again."""
        with self._lock:
            self._ahead, self._stopped_at = 0.0, None

    def _now(self) -> float:
        return time.time() + self._ahead if self._stopped_at is None else self._stopped_at

    def _move_to(self, moment: float) -> None:
        if self._stopped_at is None:
            self._ahead = moment - time.time()
        else:
            self._stopped_at = moment
