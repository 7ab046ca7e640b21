"""A way to PostgreSQL that a test watches: it can have something happen in place of the n-th write."""

import contextlib
import socket
import struct
import threading
from pathlib import Path
from typing import Callable, Iterator

PORT = 5432


class DatabaseProxy:
    """Listens on a UNIX socket in `folder` and passes everything on to the server's socket in another folder.

    What counts are statements that change what is stored: COMMIT, and writes outside of a transaction. In place of any
    other statement a client's death leaves what it leaves in place of the next of these.
    """

    def __init__(self, folder: Path, server_folder: Path):
        self._server = str(server_folder / f".s.PGSQL.{PORT}")
        self._lock = threading.Lock()
        self._left: int | None = None
        self._action: Callable[[], None] | None = None
        self.hit = threading.Event()
        folder.mkdir(parents=True, exist_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / f".s.PGSQL.{PORT}"))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, number: int, action: Callable[[], None]) -> None:
        """`action` runs in place of write `number` from now on (0: the next); that one is lost, with its client."""
        with self._lock:
            self.hit.clear()
            self._left, self._action = number, action

    def disarm(self) -> None:
        with self._lock:
            self._left = None

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                threading.Thread(target=self._watch, args=(client, server), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        _end(source, target)

    def _watch(self, client: socket.socket, server: socket.socket) -> None:
        statements = _Statements()
        with contextlib.suppress(OSError):
            for trip in _trips(client):
                if statements.writes(trip) and self._is_the_one():
                    assert self._action is not None
                    self._action()
                    self.hit.set()
                    break
                server.sendall(b"".join(trip))
        _end(client, server)

    def _is_the_one(self) -> bool:
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            if self._left >= 0:
                return False
            self._left = None
            return True


class _Statements:
    """What one client has prepared, and whether it is in a transaction."""

    def __init__(self) -> None:
        self._texts: dict[bytes, bytes] = {}
        self._in_transaction = False

    def writes(self, trip: list[bytes]) -> bool:
        """Whether the round trip changes what is stored."""
        found = False
        for message in trip:
            if message[:1] == b"P":
                name, text = message[5:].split(b"\0")[:2]
                self._texts[name] = text.lstrip().upper()
            elif message[:1] == b"B":
                text = self._texts.get(message[5:].split(b"\0")[1], b"")
                if text.startswith(b"BEGIN"):
                    self._in_transaction = True
                elif text.startswith((b"COMMIT", b"ROLLBACK")):
                    found = found or text.startswith(b"COMMIT")
                    self._in_transaction = False
                else:
                    is_write = text.startswith((b"INSERT", b"UPDATE", b"DELETE", b"WITH"))
                    found = found or (is_write and not self._in_transaction)
        return found


def _trips(client: socket.socket) -> Iterator[list[bytes]]:
    """What a client sends, in whole messages, a round trip at a time (PostgreSQL manual, section 55.7)."""
    waiting, trip, is_greeted = b"", [], False
    while data := client.recv(65_536):
        waiting += data
        while (end := _message_end(waiting, is_greeted)) is not None:
            trip.append(waiting[:end])
            waiting = waiting[end:]
            # A greeting has no type; Sync and Terminate end a trip.
            if not is_greeted or trip[-1][:1] in (b"S", b"X", b"p", b"Q"):
                yield trip
                trip = []
            is_greeted = True


def _message_end(data: bytes, is_greeted: bool) -> int | None:
    """Where the first message ends; None: not all of it is there."""
    head = 1 if is_greeted else 0
    if len(data) < head + 4:
        return None
    end = head + struct.unpack_from("!I", data, head)[0]
    return end if end <= len(data) else None


def _end(*sockets: socket.socket) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
