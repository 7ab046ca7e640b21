"""Delivery of webhooks: signed, repeated until answered 2xx, and as disorderly as a test wants it."""

import http.client
import ipaddress
import itertools
import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, Callable
from urllib.parse import urlsplit

QUICK_RETRIES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0)
"""Pauses in seconds; after the last a message is given up."""
LOG_KEPT = 50_000

Sign = Callable[[str, bytes], dict[str, str]]
"""The headers for a message's id and body, made anew at each attempt."""


@dataclass
class Message:
    id: str
    type: str
    body: bytes
    attempts: int = 0


@dataclass
class Attempt:
    id: str
    type: str
    number: int
    status: int | None
    """None: no answer."""
    error: str | None = None
    at: float = field(default_factory=time.time)


class Delivery:
    """Sends messages to one endpoint on loopback. Without a URL they are only counted as skipped.

    `drop`, `duplicate` and `delay` apply to messages as they are sent: rules set for types or for all.
    """

    def __init__(self, sign: Sign, url: str | None = None, host: str | None = None, *,
                 retries: tuple[float, ...] = QUICK_RETRIES, workers: int = 2, timeout: float = 10.0) -> None:
        self._sign = sign
        self.retries = retries
        self.timeout = timeout
        self._workers = workers
        self._condition = threading.Condition()
        self._sequence = itertools.count()
        self._due: list[tuple[float, int, Message]] = []
        self._held: list[Message] = []
        self._holding = False
        self._in_flight = 0
        self._log: deque[Attempt] = deque(maxlen=LOG_KEPT)
        self.dropped: list[Message] = []
        self.given_up: list[Message] = []
        self.skipped = 0
        self._random = random.Random(1)
        self._rules: dict[str, Any] = {}
        self._running = False
        self.aim(url, host)

    def aim(self, url: str | None, host: str | None = None) -> None:
        """Sets where to (http on loopback only) and with which Host header."""
        if url is not None:
            parts = urlsplit(url)
            if parts.scheme != "http" or not _is_loopback(parts.hostname or ""):
                raise ValueError(f"{url} is not http on loopback")
        self.url, self.host = url, host

    # --- Rules

    def set_rules(self, *, drop: float = 0, duplicate: float = 0, delay: float = 0, shuffle: bool = False,
                  types: list[str] | None = None, seed: int = 1) -> None:
        """What happens to messages from now on.

        `drop` and `duplicate` are chances (1: always), `delay` the most seconds one waits (with `shuffle` a random
        part of it), `types` the types that this is for (None: all).
        """
        with self._condition:
            self._random = random.Random(seed)
            self._rules = {"drop": drop, "duplicate": duplicate, "delay": delay, "shuffle": shuffle, "types": types}

    def hold(self) -> None:
        """Keeps messages back until `release`."""
        with self._condition:
            self._holding = True

    def held(self) -> list[Message]:
        with self._condition:
            return list(self._held)

    def release(self, order: str | list[str] = "sent", *, seed: int = 1, copies: int = 1, holding: bool = False) -> int:
        """Lets the held go, each `copies` times; returns how many were held.

        `order`: sent, reversed, shuffled, or a list of message ids: only these go, in this order (an id may stand
        more than once), and the others are dropped. To keep an exact order to the endpoint use `deliver_in_order`.
        """
        with self._condition:
            held, self._held = self._held, []
            self._holding = holding
            chosen = self._in_order(held, order, seed) * copies
            if order == "shuffled":
                random.Random(seed).shuffle(chosen)
            for message in chosen:
                self._push(Message(message.id, message.type, message.body), 0)
            return len(held)

    def deliver_in_order(self, order: str | list[str] = "sent", *, seed: int = 1) -> list[Attempt]:
        """Sends the held one after the other on this thread, each once; further messages stay held."""
        with self._condition:
            held, self._held = self._held, []
            chosen = self._in_order(held, order, seed)
        connection = _Connection(self)
        try:
            return [self._attempt(connection, Message(each.id, each.type, each.body)) for each in chosen]
        finally:
            connection.close()

    def _in_order(self, held: list[Message], order: str | list[str], seed: int) -> list[Message]:
        if order == "sent":
            return list(held)
        if order == "reversed":
            return held[::-1]
        if order == "shuffled":
            shuffled = list(held)
            random.Random(seed).shuffle(shuffled)
            return shuffled
        if isinstance(order, str):
            raise ValueError("order is sent, reversed, shuffled or a list of ids")
        by_id = {message.id: message for message in held}
        self.dropped += [message for message in held if message.id not in order]
        return [by_id[name] for name in order]

    # --- Sending

    def send(self, id: str, type: str, body: bytes, *, plain: bool = False) -> None:
        """Queues a message; `plain` ones pass by all rules and are never held."""
        message = Message(id, type, body)
        with self._condition:
            if self.url is None:
                self.skipped += 1
                return
            if plain:
                self._push(message, 0)
                return
            rules = self._rules
            if rules and (rules["types"] is None or type in rules["types"]):
                if self._random.random() < rules["drop"]:
                    self.dropped.append(message)
                    return
                copies = 2 if self._random.random() < rules["duplicate"] else 1
            else:
                rules, copies = {}, 1
            for _ in range(copies):
                copy = Message(id, type, body)
                if self._holding:
                    self._held.append(copy)
                else:
                    delay = rules.get("delay", 0)
                    self._push(copy, delay * self._random.random() if rules.get("shuffle") else delay)

    def _push(self, message: Message, delay: float) -> None:
        """Under the lock."""
        heappush(self._due, (time.monotonic() + delay, next(self._sequence), message))
        self._condition.notify_all()

    def wait(self, seconds: float = 10.0) -> bool:
        """Waits until nothing is due or in flight (held messages do not count); False: not in this time."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._due and self._in_flight == 0, seconds)

    def log(self, id: str | None = None) -> list[Attempt]:
        """Attempts, oldest first; of one message or all."""
        with self._condition:
            return [attempt for attempt in self._log if id is None or attempt.id == id]

    def clear(self) -> None:
        """Forgets what waits, the rules and the log."""
        with self._condition:
            self._due.clear()
            self._held.clear()
            self._holding = False
            self._rules = {}
            self._log.clear()
            self.dropped.clear()
            self.given_up.clear()
            self.skipped = 0
            self._condition.notify_all()

    # --- Workers

    def start(self) -> "Delivery":
        with self._condition:
            if self._running:
                return self
            self._running = True
        for _ in range(self._workers):
            threading.Thread(target=self._work, name="fake-delivery", daemon=True).start()
        return self

    def stop(self) -> None:
        with self._condition:
            self._running = False
            self._condition.notify_all()

    def _work(self) -> None:
        connection = _Connection(self)
        while (message := self._next()) is not None:
            attempt = self._attempt(connection, message)
            with self._condition:
                self._in_flight -= 1
                if attempt.status is None or not 200 <= attempt.status < 300:
                    self._again(message)
                self._condition.notify_all()
        connection.close()

    def _next(self) -> Message | None:
        with self._condition:
            while self._running:
                if not self._due:
                    self._condition.wait()
                    continue
                pause = self._due[0][0] - time.monotonic()
                if pause <= 0:
                    self._in_flight += 1
                    return heappop(self._due)[2]
                self._condition.wait(pause)
            return None

    def _again(self, message: Message) -> None:
        """Under the lock."""
        if message.attempts > len(self.retries):
            self.given_up.append(message)
        else:
            self._push(message, self.retries[message.attempts - 1])

    def _attempt(self, connection: "_Connection", message: Message) -> Attempt:
        message.attempts += 1
        status, error = None, None
        try:
            status = connection.post(message, self._sign(message.id, message.body))
        except (OSError, http.client.HTTPException) as failure:
            error = f"{type(failure).__name__}: {failure}"
        attempt = Attempt(message.id, message.type, message.attempts, status, error)
        with self._condition:
            self._log.append(attempt)
        return attempt


class _Connection:
    """A kept connection to the endpoint."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._url: str | None = None
        self._connection: http.client.HTTPConnection | None = None

    def post(self, message: Message, headers: dict[str, str]) -> int:
        """The status. A kept connection that the other side has closed meanwhile is opened anew, once."""
        kept = self._connection is not None and self._url == self._delivery.url
        try:
            return self._post_once(message, headers)
        except (ConnectionError, http.client.RemoteDisconnected):
            if not kept:
                raise
            return self._post_once(message, headers)

    def _post_once(self, message: Message, headers: dict[str, str]) -> int:
        url = urlsplit(self._delivery.url or "")
        if self._connection is None or self._url != self._delivery.url:
            self.close()
            self._url = self._delivery.url
            self._connection = http.client.HTTPConnection(url.hostname, url.port or 80, self._delivery.timeout)
        target = url.path + (f"?{url.query}" if url.query else "")
        try:
            self._connection.request("POST", target or "/", message.body, {
                "Host": self._delivery.host or url.netloc, "Content-Type": "application/json; charset=utf-8",
                **headers})
            answer = self._connection.getresponse()
            answer.read()
            if answer.will_close:
                self.close()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
