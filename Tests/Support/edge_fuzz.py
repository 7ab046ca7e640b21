"""Asks the edge for a stream of odd hosts and paths, many at once on kept connections, and holds each answer against
what the sites have."""

import random
import socket
from collections import Counter
from dataclasses import dataclass, field

# The seconds after which an answer that has not come counts as never to come.
PATIENCE = 60
BATCH = 32

PIECES = [
    b"..", b".", b"/", b"//", b"/./", b"/../", b"%2e", b"%2E%2e", b"%2f", b"%2F", b"%5c", b"\\", b"%00", b"%0a",
    b"%0d%0a",
    b"%", b"%%", b"%25", b"%252e", b"%u002e", b"%c0%ae", b"%c0%af", b"%e0%80%af", b"%ff", b"\xff", b"\xc3\xa9",
    b"%C3%A9",
    b"%cc%81", b"%ed%a0%80", b"index.html", b"index.htm", b".html", b".HTML", b"404.html", b"404", b"?", b"??", b"#",
    b";", b":",
    b"&", b"=", b"*", b"~", b"|", b"<", b">", b"'", b'"', b"{", b"}", b"$", b"`", b"^", b"@", b"+", b"%20", b"\t",
    b"_blob", b"blob",
    b"hosts", b"sites", b"deploys", b"current", b".manifest", b"certs", b"exports", b"etc/passwd",
    b"proc/self/environ", b".git",
    b".env", b"media", b"l/", b"fr", b"about", b"About", b"team", b"robots.txt", b"a" * 300, b"x/" * 60, b"%61",
    b"\x01", b"\x7f",
    b"http://", b"https://", b"file:///", b"-", b"_", b".well-known/", b"aux", b"con", b"null", b"true", b"0", b"-1",
]
ENCODINGS = [b"gzip", b"br", b"gzip, br", b"*", b"identity;q=0", b"gzip;q=0.5,br;q=0.4", b"\xff", b";q", b"gzip;q=1e9"]
RANGES = [b"bytes=0-0", b"bytes=-1", b"bytes=5-1", b"bytes=0-1,2-3", b"bytes=99999999999999999999-", b"bytes=",
          b"x=1-2"]


@dataclass
class Known:
    """What may come: `contents` by host, all forms; `strangers`: what stands in no answer to that host."""
    port: int
    contents: dict[str, list[bytes]]
    strangers: dict[str, list[bytes]]
    paths: list[bytes]


@dataclass
class Found:
    """What came: how many answers of each status, and each that should not have come."""
    statuses: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Asker:
    """One stream of requests, the same for the same seed."""

    def __init__(self, known: Known, seed: int):
        self.known = known
        self.chance = random.Random(seed)
        self.hosts = [host.encode() for host in known.contents]
        self.contents = {host: set(contents) for host, contents in known.contents.items()}
        self.found = Found()
        self.connection: socket.socket | None = None
        self.buffer = b""

    def run(self, count: int) -> Found:
        left = [self.request() for _ in range(count)]
        left.reverse()
        while left and len(self.found.wrong) < 10:
            batch = left[-BATCH:][::-1]
            answered = self.exchange(batch)
            del left[len(left) - answered:]
        self.close()
        return self.found

    # --- Requests

    def request(self) -> tuple[bytes, str | None, bytes]:
        """Host if it is one of ours, method, and all of it."""
        host = self.chance.choice(self.hosts)
        is_ours = self.chance.random() < 0.75
        shown = host if is_ours else self.clean(self.bent(host))
        method = self.chance.choice([b"GET"] * 9 + [b"HEAD"])
        head = method + b" " + self.path() + b" HTTP/1.1\r\nHost: " + shown + b"\r\n"
        if self.chance.random() < 0.2:
            head += b"Accept-Encoding: " + self.chance.choice(ENCODINGS) + b"\r\n"
        if self.chance.random() < 0.1:
            head += b"Range: " + self.chance.choice(RANGES) + b"\r\n"
        return method, host.decode() if is_ours else None, head + b"\r\n"

    def path(self) -> bytes:
        if self.chance.random() < 0.15:
            return self.clean(b"/" + b"".join(self.chance.choices(PIECES, k=self.chance.randrange(1, 8))))
        return self.clean(self.bent(self.chance.choice(self.known.paths)))

    def bent(self, text: bytes) -> bytes:
        for _ in range(self.chance.randrange(0, 4)):
            place = self.chance.randrange(len(text) + 1)
            kind = self.chance.randrange(6)
            if kind == 0:
                text = text[:place] + self.chance.choice(PIECES) + text[place:]
            elif kind == 1:
                text = text[:place] + text[place + 1:]
            elif kind == 2:
                text = text[:place] + bytes([self.chance.randrange(256)]) + text[place:]
            elif kind == 3:
                text = text[:place] + text[place:].swapcase()
            elif kind == 4 and place < len(text):
                text = text[:place] + b"%%%02x" % text[place] + text[place + 1:]
            else:
                text += text[place:]
        return text

    @staticmethod
    def clean(text: bytes) -> bytes:
        """Without the ends of lines, which would make two requests of one, one of them without a protocol."""
        return text.replace(b"\r", b"").replace(b"\n", b"")[:6000]

    # --- Answers

    def exchange(self, batch: list) -> int:
        """Sends these at once; how many were answered before the server closed: after a broken request it does."""
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.known.port), timeout=PATIENCE)
            self.buffer = b""
        try:
            self.connection.sendall(b"".join(whole for _, _, whole in batch))
        except OSError:
            pass  # it closed; what it had answered before can still be read
        for number, (method, host, whole) in enumerate(batch):
            try:
                answer = self.answer(method)
            except (OSError, EOFError) as error:
                self.close()
                if isinstance(error, TimeoutError) or number == 0:
                    self.found.wrong.append(f"no answer ({error!r}): {whole[:200]!r}")
                    return number + 1
                return number
            self.judge(host, whole, *answer)
            if self.connection is None:
                return number + 1
        return len(batch)

    def answer(self, method: bytes) -> tuple[int, bytes, bytes]:
        while b"\r\n\r\n" not in self.buffer:
            self.read()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])}
        status = int(lines[0].split()[1])
        length = 0 if method == b"HEAD" or status == 304 else int(fields[b"content-length"])
        while len(self.buffer) < length:
            self.read()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        if fields.get(b"connection") == b"close":
            self.close()
        return status, head, body

    def read(self) -> None:
        part = self.connection.recv(1 << 20)
        if not part:
            raise EOFError("closed")
        self.buffer += part

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def judge(self, host: str | None, whole: bytes, status: int, head: bytes, body: bytes) -> None:
        self.found.statuses[status] += 1
        reason = None
        if status >= 500:
            reason = "an error of ours"
        elif status == 200 and body and host is not None and body not in self.contents[host]:
            reason = "no file of the site"
        elif b"\r\nset-cookie:" in head.lower():
            reason = "a cookie"
        else:
            strangers = self.known.strangers[host] if host is not None else [b"smartpages-manifest", b"root:x:"]
            reason = next((f"{stranger!r} stands in it" for stranger in strangers if stranger in body), None)
        if reason:
            self.found.wrong.append(f"{reason}: {status} for {whole[:300]!r}: {body[:200]!r}")


def ask(known: Known, seed: int, count: int) -> Found:
    """A whole stream; for a process of its own."""
    return Asker(known, seed).run(count)
