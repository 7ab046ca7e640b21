"""A real name server (Knot DNS) of a test's own, with zones that change while it runs, and with the faults of others.

In front of it stands a small server of the test's, which passes questions on and answers, and does to the names that a
test says what a broken server would. It serves as resolver too: every name that is in no zone does not exist.
"""

import atexit
import contextlib
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from stack import free_ports, wait_until

# "RR TYPEs" and "RCODEs" of IANA's registry "Domain Name System Parameters".
TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28, "DS": 43, "DNSKEY": 48, "CAA": 257}
TYPE_NAMES = {number: name for name, number in TYPES.items()}
SERVFAIL, REFUSED = 2, 5

# Of a name: its records by type, each one value or several.
Records = dict[str, str | list[str]]

# How a server may treat a name, and what is below it.
TREATMENTS = ("servfail", "refused", "silent", "truncated", "malformed", "authenticated")


class Question(NamedTuple):
    """What somebody asked."""

    name: str
    type: str
    is_tcp: bool


class NameServer:
    """`NameServer().start()`; by UDP and TCP at `address`:`port` (`text`), until `close`, or as a context.

    A second server of the same zones, which may say something else, has another address and the same port:
    `NameServer(address="127.0.0.2", port=first.port)`.
    """

    def __init__(self, address: str = "127.0.0.1", port: int | None = None):
        self.address, self.port = address, port or _free_port()
        self._zones: dict[str, _Zone] = {}
        # Guards what follows.
        self._lock = threading.Lock()
        self._treatments: dict[str, str] = {}
        self._questions: list[Question] = []
        self._folder: Path | None = None
        self._knot: subprocess.Popen | None = None
        self._front: _Front | None = None
        self._knot_port = 0
        self._zones["."] = _Zone(".", [address], 60)

    @property
    def text(self) -> str:
        """As settings want it."""
        return f"{self.address}:{self.port}"

    # --- Life

    def start(self) -> "NameServer":
        """Returns when it answers. It may have been stopped before, and has its zones as they were."""
        atexit.register(self.close)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="smartpages-test-names-"))
        # It has its port before Knot takes one.
        self._front = _Front(self)
        self._knot_port = _free_port()
        self._write()
        with open(self._folder / "output", "wb") as output:
            self._knot = subprocess.Popen(["/usr/sbin/knotd", "-c", str(self._folder / "knot.conf")], stdout=output,
                                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        for zone in self._zones.values():
            self._wait(zone)
        self._front.start()
        return self

    def stop(self) -> None:
        """Nobody listens there any more."""
        if self._front:
            self._front.close()
            self._front = None
        if self._knot:
            self._knot.terminate()
            self._knot.wait(30)
            self._knot = None

    def close(self) -> None:
        """Stops it and removes its folder. Calling it again does nothing."""
        atexit.unregister(self.close)
        self.stop()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> "NameServer":
        return self.start()

    def __exit__(self, *_) -> None:
        self.close()

    # --- Zones

    def zone(self, origin: str, records: dict[str, Records] | None = None, *, servers: list[str] | None = None,
             ttl: int = 60) -> "NameServer":
        """Makes a zone, or makes it anew. `records` by name: "@" is the zone's own, others are below it.

        `servers`: the addresses of its name servers, by default this one alone.
        Values are as in zone files, but names are whole without a dot at their end, and TXT needs no quotes:
        `{"@": {"A": "192.0.2.1", "MX": "10 mail.shop.de"}, "*": {"CNAME": "target.sites.de"}, "t": {"TXT": "a b"}}`.
        """
        origin = _plain(origin)
        known = self._zones.get(origin)
        zone = _Zone(origin, [self.address] if servers is None else servers, ttl)
        zone.serial = known.serial + 1 if known else 1
        for name, types in (records or {}).items():
            for kind, values in types.items():
                zone.set(origin if name == "@" else f"{name}.{origin}", kind, values)
        self._zones[origin] = zone
        self._apply(zone, is_new=known is None)
        return self

    def drop_zone(self, origin: str) -> None:
        """Its names do not exist any more."""
        zone = self._zones.pop(_plain(origin))
        parent = self._zone_above(zone.origin)
        parent.serial += 1
        if self._knot:
            self._write()
            self._control("reload")
            self._wait(parent)
            wait_until(lambda: self._serial(zone.origin) is None, 30, f"{origin} went")

    def set(self, name: str, kind: str, *values: str) -> None:
        """The records of a type at a name, whole as in `_acme.shop.de`, in place of those that were."""
        zone = self._zone_of(name, kind)
        zone.set(_plain(name), kind, list(values))
        self._apply(zone)

    def remove(self, name: str, kind: str | None = None) -> None:
        """All records of a name, or those of one type; it need not have any."""
        zone = self._zone_of(name, kind)
        zone.remove(_plain(name), kind)
        self._apply(zone)

    # --- Faults

    def treat(self, name: str, treatment: str | None) -> None:
        """How questions for a name and what is below it are treated from now on; None: as usual. "": all names.

        "servfail", "refused": with that code. "silent": not at all, by UDP and TCP. "truncated": cut off over UDP, so
        that TCP is needed. "malformed": with a packet that ends early. "authenticated": as by a validating resolver
        (bit AD).
        """
        assert treatment is None or treatment in TREATMENTS, treatment
        with self._lock:
            self._treatments.pop(_plain(name), None)
            if treatment:
                self._treatments[_plain(name)] = treatment

    def heal(self) -> None:
        """All names are treated as usual."""
        with self._lock:
            self._treatments.clear()

    def questions(self, name: str | None = None) -> list[Question]:
        """What was asked since `forget`: all, or about one name."""
        with self._lock:
            return [each for each in self._questions if name is None or each.name == _plain(name)]

    def forget(self) -> None:
        """Forgets what was asked."""
        with self._lock:
            self._questions.clear()

    def wait_for_question(self, name: str, kind: str | None = None, seconds: float = 30) -> Question:
        """The first question about a name, and of a type, since `forget`; waits for it."""
        return wait_until(
            lambda: next((each for each in self.questions(name) if kind in (None, each.type)), None), seconds,
            f"a question about {name}")

    def ask(self, name: str, kind: str, is_tcp: bool = False) -> bytes:
        """The packet that it answers with, for tests of its own."""
        return _ask((self.address, self.port), _question(name, kind), is_tcp)

    # --- Within

    def _treatment(self, question: Question) -> str | None:
        """Notes the question; the nearest name's treatment counts."""
        with self._lock:
            self._questions.append(question)
            name: str | None = question.name
            while name is not None:
                if name in self._treatments:
                    return self._treatments[name]
                name = None if name == "." else name.partition(".")[2] or "."
        return None

    def _zone_of(self, name: str, kind: str | None = None) -> "_Zone":
        """Its own; of DS the one above, which has it for the one below."""
        name = _plain(name)
        return self._zones[name] if name in self._zones and kind != "DS" else self._zone_above(name)

    def _zone_above(self, name: str) -> "_Zone":
        rest = name
        while rest != ".":
            rest = rest.partition(".")[2] or "."
            if rest in self._zones:
                return self._zones[rest]
        raise AssertionError("nothing is above the root")

    def _apply(self, zone: "_Zone", is_new: bool = False) -> None:
        """Returns when the change is answered."""
        changed = [zone]
        if is_new:
            changed.append(self._zone_above(zone.origin))
        for each in changed:
            each.serial += 1
        if not self._knot:
            return
        self._write()
        if is_new:
            self._control("reload")
        else:
            self._control("-b", "zone-reload", zone.dotted)
        for each in changed:
            self._wait(each)

    def _write(self) -> None:
        assert self._folder
        folder = self._folder
        for zone in self._zones.values():
            below = [each for each in self._zones.values()
                     if each.origin != "." and self._zone_above(each.origin) is zone]
            (folder / zone.file).write_text(zone.text(below))
        lines = [
            "server:", f"  rundir: {folder}", f"  listen: {self.address}@{self._knot_port}", "  udp-workers: 1",
            "  tcp-workers: 2", "  background-workers: 1", "database:", f"  storage: {folder}/db", "log:",
            f"  - target: {folder}/log", "    any: info", "template:", "  - id: default", f"    storage: {folder}",
            # What the test wrote counts, not what Knot remembers.
            "    zonefile-sync: -1", "    zonefile-load: whole", "    journal-content: none", "zone:",
        ]
        for zone in self._zones.values():
            lines += [f"  - domain: {zone.dotted}", f"    file: {zone.file}"]
        (folder / "knot.conf").write_text("\n".join(lines) + "\n")

    def _control(self, *command: str) -> None:
        assert self._folder
        done = subprocess.run(["/usr/sbin/knotc", "-c", str(self._folder / "knot.conf"), "-t", "60", *command],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=90)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    def _wait(self, zone: "_Zone") -> None:
        def is_there() -> bool:
            assert self._knot and self._folder
            assert self._knot.poll() is None, (self._folder / "output").read_text() + self._log()
            return self._serial(zone.origin) == zone.serial

        wait_until(is_there, 30, f"{zone.origin} with serial {zone.serial}")

    def _log(self) -> str:
        assert self._folder
        return (self._folder / "log").read_text() if (self._folder / "log").exists() else ""

    def _serial(self, origin: str) -> int | None:
        """Of Knot itself; None when it does not answer, or not with the zone's own SOA."""
        with contextlib.suppress(OSError):
            packet = _ask((self.address, self._knot_port), _question(origin, "SOA"), False, seconds=1)
            if packet[3] & 15 == 0 and struct.unpack_from("!H", packet, 6)[0]:
                # Two names stand before the serial, and four times of known length after it.
                return struct.unpack_from("!I", packet, _soa_end(packet) - 20)[0]
        return None


class _Zone:
    """What stands in one zone."""

    def __init__(self, origin: str, servers: list[str], ttl: int):
        self.origin, self.servers, self.ttl = origin, servers, ttl
        self.serial = 1
        self._records: dict[str, dict[str, list[str]]] = {}

    @property
    def dotted(self) -> str:
        return "." if self.origin == "." else f"{self.origin}."

    @property
    def file(self) -> str:
        return f"{self.origin.replace('/', '_')}.zone"

    def set(self, name: str, kind: str, values: str | list[str]) -> None:
        self._records.setdefault(name, {})[kind.upper()] = [values] if isinstance(values, str) else list(values)

    def remove(self, name: str, kind: str | None) -> None:
        if kind is None:
            self._records.pop(name, None)
        else:
            self._records.get(name, {}).pop(kind.upper(), None)

    def text(self, below: list["_Zone"]) -> str:
        """As a zone file; with what leads to the zones below."""
        own = "" if self.origin == "." else self.dotted
        start = f"{self.dotted} {self.ttl} SOA ns1.{own} hostmaster.{own}"
        lines = [f"{start} {self.serial} 3600 600 86400 {self.ttl}"]
        for zone in [self, *below]:
            if not self._records.get(zone.origin, {}).get("NS"):
                lines += zone.name_servers
        for name, types in self._records.items():
            owner = "." if name == "." else f"{name}."
            for kind, values in types.items():
                lines += [f"{owner} {self.ttl} {kind} {_value(kind, value)}" for value in values]
        return "\n".join(lines) + "\n"

    @property
    def name_servers(self) -> list[str]:
        own = "" if self.origin == "." else self.dotted
        lines = []
        for number, server in enumerate(self.servers, 1):
            lines.append(f"{self.dotted} {self.ttl} NS ns{number}.{own}")
            lines.append(f"ns{number}.{own} {self.ttl} {'AAAA' if ':' in server else 'A'} {server}")
        return lines


class _Front:
    """Listens where the server is to be found, and passes on to Knot, by UDP what came by UDP, and TCP likewise."""

    def __init__(self, server: NameServer):
        self._server = server
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for each in (self._udp, self._tcp):
            each.bind((server.address, server.port))
        self._tcp.listen(64)

    def start(self) -> None:
        self._knot = (self._server.address, self._server._knot_port)
        for body in (self._receive, self._accept):
            threading.Thread(target=body, daemon=True).start()

    def close(self) -> None:
        for each in (self._udp, self._tcp):
            # Wakes the thread that waits on it, which alone would keep the port.
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _receive(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                query, client = self._udp.recvfrom(65_535)
                if query:
                    threading.Thread(target=self._answer_datagram, args=(query, client), daemon=True).start()
                elif self._udp.fileno() < 0:
                    return

    def _answer_datagram(self, query: bytes, client: tuple) -> None:
        with contextlib.suppress(OSError):
            answer = self._answer(query, False)
            if answer is not None:
                self._udp.sendto(answer, client)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._tcp.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            client.settimeout(60)
            while query := _receive_framed(client):
                answer = self._answer(query, True)
                if answer is not None:
                    client.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, query: bytes, is_tcp: bool) -> bytes | None:
        """None: silence."""
        question = _read_question(query, is_tcp)
        if question is None:
            return None
        match self._server._treatment(question):
            case "silent":
                return None
            case "servfail":
                return _empty(query, SERVFAIL)
            case "refused":
                return _empty(query, REFUSED)
            case "truncated" if not is_tcp:
                return _empty(query, 0, flags=0x0200)
            case "malformed":
                answer = _ask(self._knot, query, is_tcp)
                # Says that it holds more than it does.
                return answer[:6] + b"\0\x09" + answer[8:]
            case "authenticated":
                answer = _ask(self._knot, query, is_tcp)
                return answer[:3] + bytes([answer[3] | 0x20]) + answer[4:]
            case _:
                return _ask(self._knot, query, is_tcp)


def _free_port() -> int:
    """Of UDP and TCP."""
    while True:
        port = free_ports(1)[0]
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("0.0.0.0", port))
            return port


def _plain(name: str) -> str:
    """Lower case, without a dot at its end; the root is a dot."""
    return name.lower().rstrip(".") or "."


def _value(kind: str, value: str) -> str:
    """As a zone file has it."""
    if kind == "TXT":
        data = value.encode()
        parts = [data[start:start + 255] for start in range(0, len(data), 255)] or [b""]
        return " ".join('"' + "".join(f"\\{byte:03}" for byte in part) + '"' for part in parts)
    if kind in ("CNAME", "NS", "MX", "DNAME"):
        return value if value.endswith(".") else f"{value}."
    return value


def _question(name: str, kind: str) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in _plain(name).split(".") if label)
    identity = int.from_bytes(os.urandom(2))
    return struct.pack("!6H", identity, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", TYPES[kind], 1)


def _read_question(query: bytes, is_tcp: bool) -> Question | None:
    try:
        end = _skip_name(query, 12)
        labels, place = [], 12
        while query[place]:
            labels.append(query[place + 1:place + 1 + query[place]].decode("ascii", "replace"))
            place += 1 + query[place]
        number = struct.unpack_from("!H", query, end)[0]
    except (IndexError, struct.error):
        return None
    return Question(_plain(".".join(labels)), TYPE_NAMES.get(number, str(number)), is_tcp)


def _skip_name(packet: bytes, place: int) -> int:
    while packet[place]:
        if packet[place] >= 0xC0:
            return place + 2
        place += 1 + packet[place]
    return place + 1


def _soa_end(packet: bytes) -> int:
    """Where the first answer ends."""
    place = _skip_name(packet, _skip_name(packet, 12) + 4)
    return place + 10 + struct.unpack_from("!H", packet, place + 8)[0]


def _empty(query: bytes, code: int, flags: int = 0) -> bytes:
    """An answer with the question only."""
    end = _skip_name(query, 12) + 4
    asked = struct.unpack_from("!H", query, 2)[0] & 0x0100
    return query[:2] + struct.pack("!5H", 0x8000 | asked | flags | code, 1, 0, 0, 0) + query[12:end]


def _ask(server: tuple[str, int], query: bytes, is_tcp: bool, seconds: float = 20) -> bytes:
    if not is_tcp:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.settimeout(seconds)
            asker.connect(server)
            asker.send(query)
            return asker.recv(65_535)
    with socket.create_connection(server, timeout=seconds) as asker:
        asker.sendall(struct.pack("!H", len(query)) + query)
        return _receive_framed(asker)


def _receive_framed(source: socket.socket) -> bytes:
    """One packet as TCP has it, with its length in front; empty at the end."""
    head = _receive(source, 2)
    return _receive(source, struct.unpack("!H", head)[0]) if len(head) == 2 else b""


def _receive(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            break
        data += more
    return data
