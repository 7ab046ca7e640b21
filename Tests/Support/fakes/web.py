"""A small HTTP/1.1 server that keeps connections: what the stand-ins speak through.

It is quick (a thread a connection, hand-made parsing) since tests hold it against limits of requests a second.
"""

import json
import re
import socket
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Callable
from urllib.parse import parse_qsl, unquote

BODY_LIMIT = 8 * 1024 * 1024
HEAD_LIMIT = 64 * 1024


@dataclass(slots=True)
class Request:
    method: str
    path: str
    """Without the query, percent-decoded."""
    query: str
    """Raw: forms are decoded differently by different services."""
    headers: dict[str, str]
    """Names in lower case; of a repeated name the last."""
    body: bytes
    values: dict[str, str] = field(default_factory=dict)
    """What the route's `{name}` stood for."""

    def query_value(self, name: str, default: str | None = None) -> str | None:
        return dict(parse_qsl(self.query, keep_blank_values=True)).get(name, default)

    def json(self) -> Any:
        """The body as JSON; an empty one is an empty object. Raises ValueError."""
        return json.loads(self.body) if self.body.strip() else {}

    def form(self) -> dict[str, str]:
        """The body as a simple form of a page."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(slots=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Drop(Exception):
    """Raised by a handler: the connection ends without an answer."""


Handler = Callable[[Request], Answer]


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, {"Content-Type": "application/json", **(headers or {})})


def html_answer(page: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, page.encode(), {
        "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", **(headers or {})})


def see_other(location: str) -> Answer:
    return Answer(303, b"", {"Location": location})


class Routes:
    """Patterns such as `/v1/customers/{id}`; the first that fits is taken."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], tuple[str, Handler]] = {}
        self._patterns: list[tuple[str, re.Pattern[str], str, Handler]] = []

    def add(self, method: str, pattern: str, handler: Handler) -> None:
        if "{" not in pattern:
            self._exact[method, pattern] = (pattern, handler)
            return
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        self._patterns.append((method, re.compile(expression + r"\Z"), pattern, handler))

    def find(self, request: Request) -> tuple[str, Handler] | None:
        """The pattern and its handler; fills `request.values`."""
        exact = self._exact.get((request.method, request.path))
        if exact is not None:
            return exact
        for method, expression, pattern, handler in self._patterns:
            if method == request.method and (match := expression.match(request.path)):
                request.values = match.groupdict()
                return pattern, handler
        return None


class Server:
    """Serves `handler` on 127.0.0.1. After `stop` it may be started again, on the same port."""

    def __init__(self, handler: Handler, port: int = 0) -> None:
        self._handler = handler
        self.port = port
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        return self._listener is not None

    def start(self) -> "Server":
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self.port))
            listener.listen(1024)
        except OSError:
            listener.close()
            raise
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name="fake-accept", daemon=True).start()
        return self

    def stop(self) -> None:
        """Refuses new connections and cuts those that are open, answered or not."""
        with self._lock:
            listener, self._listener = self._listener, None
            connections, self._connections = list(self._connections), set()
        if listener is not None:
            _end(listener)
            listener.close()
        for connection in connections:
            _end(connection)

    def __enter__(self) -> "Server":
        return self if self.is_running else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                if self._listener is not listener:
                    connection.close()
                    return
                self._connections.add(connection)
            threading.Thread(target=self._serve, args=(connection,), name="fake-connection", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            reader = _Reader(connection)
            while (request := reader.next()) is not None:
                answer = self._handler(request)
                keeps = request.headers.get("connection", "").lower() != "close"
                connection.sendall(_encoded(answer, keeps, request.method == "HEAD"))
                if not keeps:
                    break
        except (Drop, OSError):
            pass
        except _Malformed as error:
            _try_sending(connection, _encoded(Answer(400, str(error).encode()), False, False))
        finally:
            with self._lock:
                self._connections.discard(connection)
            _end(connection)
            connection.close()


class _Malformed(Exception):
    pass


class _Reader:
    """Reads requests from one connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._rest = b""

    def next(self) -> Request | None:
        """The next request; None when the client has closed."""
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            if len(self._rest) > HEAD_LIMIT:
                raise _Malformed("head too long")
            if not self._more():
                return None
        head, self._rest = self._rest[:end], self._rest[end + 4:]
        lines = head.decode("latin-1").split("\r\n")
        try:
            method, target, version = lines[0].split(" ")
        except ValueError:
            raise _Malformed("no request line") from None
        headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                raise _Malformed("no header")
            headers[name.lower()] = value.strip()
        if version == "HTTP/1.0":
            headers["connection"] = "close"
        path, _, query = target.partition("?")
        return Request(method, unquote(path), query, headers, self._body(headers))

    def _body(self, headers: dict[str, str]) -> bytes:
        length = headers.get("content-length")
        chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        if length is None and not chunked:
            return b""
        if headers.get("expect", "").lower() == "100-continue":
            self._connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if chunked:
            return self._chunks()
        if not length.isascii() or not length.isdigit() or int(length) > BODY_LIMIT:
            raise _Malformed("bad length")
        return self._take(int(length))

    def _chunks(self) -> bytes:
        parts, total = [], 0
        while size := int(self._line().split(b";")[0] or b"0", 16):
            total += size
            if total > BODY_LIMIT:
                raise _Malformed("body too long")
            parts.append(self._take(size))
            self._take(2)
        while self._line():
            pass
        return b"".join(parts)

    def _line(self) -> bytes:
        while (end := self._rest.find(b"\r\n")) < 0:
            self._more_or_drop()
        line, self._rest = self._rest[:end], self._rest[end + 2:]
        return line

    def _take(self, count: int) -> bytes:
        while len(self._rest) < count:
            self._more_or_drop()
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def _more(self) -> bool:
        received = self._connection.recv(65536)
        self._rest += received
        return bool(received)

    def _more_or_drop(self) -> None:
        if not self._more():
            raise Drop


_REASONS = {status.value: status.phrase for status in HTTPStatus}


def _encoded(answer: Answer, keeps: bool, head_only: bool) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Other')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    if not keeps:
        lines.append("Connection: close")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (b"" if head_only else answer.body)


def _try_sending(connection: socket.socket, content: bytes) -> None:
    try:
        connection.sendall(content)
    except OSError:
        pass


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
