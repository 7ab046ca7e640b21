"""HTTP/1.1 byte by byte: requests that no library would send, and answers with nothing done to them."""

import socket
from dataclasses import dataclass


@dataclass
class Answer:
    """`fields`: by lower-case name; all values of a field that came more than once."""
    status: int
    fields: dict[str, list[str]]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        """The value of a field that may come once at most."""
        values = self.fields.get(name.lower(), [])
        assert len(values) <= 1, f"{name} came {len(values)} times: {values}"
        return values[0] if values else None


def ask(port: int, host: bytes | str | None, target: bytes | str = b"/", method: str = "GET",
        headers: dict[str, str] | None = None, address: str = "127.0.0.1", body: bytes = b"") -> Answer:
    """One request on a connection of its own."""
    head = method.encode() + b" " + _bytes(target) + b" HTTP/1.1\r\n"
    if host is not None:
        head += b"Host: " + _bytes(host) + b"\r\n"
    for name, value in (headers or {}).items():
        head += f"{name}: ".encode() + _bytes(value) + b"\r\n"
    if body:
        head += f"Content-Length: {len(body)}\r\n".encode()
    with socket.create_connection((address, port), timeout=30) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n" + body)
        whole = b""
        while part := connection.recv(1 << 20):
            whole += part
    return parse(whole)


def parse(whole: bytes) -> Answer:
    assert whole.startswith(b"HTTP/1.1 "), whole[:100]
    head, _, body = whole.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        fields.setdefault(name.lower(), []).append(value.strip())
    return Answer(int(first.split()[1]), fields, body)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
