"""The account in a file, so that it is there again after a restart."""

import json
import os
import threading
from pathlib import Path
from typing import Callable

FORMAT = 1


class StateFile:
    """Writes when something has changed, soon after; a file is always whole."""

    def __init__(self, path: Path, dump: Callable[[], dict], version: Callable[[], int]) -> None:
        self._path = path
        self._dump = dump
        self._version = version
        self._written = -1
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def read(self) -> dict | None:
        """None: there is no file yet. Raises ValueError for one that is not of this program."""
        if not self._path.exists():
            return None
        state = json.loads(self._path.read_text())
        if not isinstance(state, dict) or state.get("format") != FORMAT:
            raise ValueError(f"{self._path} is not a state of this stand-in")
        return state

    def start(self, pause: float = 0.5) -> None:
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, args=(pause,), name="fake-state", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
        self.write()

    def write(self) -> None:
        version = self._version()
        if version == self._written:
            return
        content = json.dumps({"format": FORMAT, **self._dump()}, separators=(",", ":"))
        unfinished = self._path.with_name(self._path.name + ".new")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self._path)
        self._written = version

    def _run(self, pause: float) -> None:
        while not self._stopped.wait(pause):
            self.write()
