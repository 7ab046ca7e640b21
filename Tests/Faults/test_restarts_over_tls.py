"""Core, Domain and nginx replaced again and again under load over HTTPS: no request fails.

What may happen to a request, and what counts as failed:
- On a new connection nothing may: `wrk` opens one for each request and counts whatever goes wrong.
- A kept HTTP/1.1 connection may be closed by a server while it is idle, and a request may cross that on its way. None
  of it has been answered then, and clients send it again on another connection (RFC 9112, 9.3.1). `wrk` does not: it
  counts a read error, of which each connection may have two a reload: the next one may still be taken by the worker
  that is about to end. A client of our own goes by the book and may fail never.
- On HTTP/2 the server says which requests it still answers, and no others may be lost (RFC 9113, 6.8).
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
from client import Client
from hpack import Decoder, Encoder
from hyperframe import frame as frames
from stack import Stack, wait_until

CONNECTIONS = 4  # of each wrk

WRK_SCRIPT = """
wrk.resolve = function(_, service) wrk.addrs = wrk.lookup("127.0.0.1", service) end
done = function(summary)
  local e = summary.errors
  io.stderr:write(string.format('{"requests":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d}',
    summary.requests, e.connect, e.read, e.write, e.timeout, e.status))
end
"""


class Wrk:
    """wrk against one address until it is told to stop; then what it counted."""

    def __init__(self, script: Path, url: str, kept: bool, cookie: str = ""):
        headers = ["-H", f"Cookie: {cookie}"] if cookie else []
        if not kept:
            headers += ["-H", "Connection: close"]
        self.process = subprocess.Popen(
            ["wrk", "-t1", f"-c{CONNECTIONS}", "-d600s", "--timeout", "20s", "-s", script, *headers, url],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def stop(self) -> dict[str, int]:
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=30)[1]
        assert said.startswith("{"), (self.process.returncode, said)
        return json.loads(said)


class Reader(threading.Thread):
    """A client that asks again and again, and notes what went wrong and what it had to send again."""

    def __init__(self, stack: Stack, host: str, path: str, cookie: str = ""):
        super().__init__(daemon=True)
        self.host, self.port, self.path, self.cookie = host, stack.https_port, path, cookie
        self.context = stack.tls_context()
        self.stopping = threading.Event()
        self.answered = self.sent_again = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        with contextlib.suppress(Stopped):
            while len(self.wrong) < 20:
                try:
                    self.work()
                except Stopped:
                    raise
                except Exception as error:  # whatever it is, the thread must not end unnoticed
                    self.wrong.append(repr(error))

    def note(self, status: int) -> None:
        assert status == 200, status
        self.answered += 1
        if self.stopping.is_set():
            raise Stopped

    def finish(self) -> None:
        self.stopping.set()
        self.join(30)


class Stopped(Exception):
    """The test is over."""


class KeptReader(Reader):
    """HTTP/1.1 on one kept connection. What crosses its closing is sent again, once, on a new one."""

    def work(self) -> None:
        connection, used = self.connect(), False
        try:
            while True:
                try:
                    connection.request("GET", self.path, headers={"Cookie": self.cookie} if self.cookie else {})
                    answer = connection.getresponse()
                except (http.client.RemoteDisconnected, ConnectionError):
                    if not used:
                        raise
                    # Closed before the first byte of an answer.
                    connection.close()
                    connection, used = self.connect(), False
                    self.sent_again += 1
                    continue
                answer.read()
                used = not answer.will_close
                self.note(answer.status)
                if answer.will_close:
                    connection.close()
                    connection = self.connect()
        finally:
            connection.close()

    def connect(self) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=30, context=self.context)
        connection.connect()
        return connection


class StreamReader(Reader):
    """HTTP/2, some requests at once. Only those that the server says it did not take up are sent again."""

    AT_ONCE = 4

    def work(self) -> None:
        self.context.set_alpn_protocols(["h2"])
        raw = socket.create_connection((self.host, self.port), 30)
        with self.context.wrap_socket(raw, server_hostname=self.host) as connection:
            self.talk(connection)

    def talk(self, connection: ssl.SSLSocket) -> None:
        encoder, decoder = Encoder(), Decoder()
        reader = connection.makefile("rb")
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frames.SettingsFrame(0).serialize())
        open_streams: set[int] = set()
        following, last = 1, None  # the last stream that the server takes up, once it has said so
        while last is None or open_streams:
            while last is None and len(open_streams) < self.AT_ONCE:
                connection.sendall(self.question(following, encoder))
                open_streams.add(following)
                following += 2
            head = reader.read(9)
            assert head, f"closed with {len(open_streams)} requests that were taken up"
            frame, length = frames.Frame.parse_frame_header(memoryview(head))
            frame.parse_body(memoryview(reader.read(length)))
            if isinstance(frame, frames.HeadersFrame):
                assert "END_HEADERS" in frame.flags
                self.note(int(dict(decoder.decode(frame.data))[":status"]))
            elif isinstance(frame, frames.DataFrame) and length:
                connection.sendall(frames.WindowUpdateFrame(0, window_increment=length).serialize())
            elif isinstance(frame, frames.SettingsFrame) and "ACK" not in frame.flags:
                connection.sendall(frames.SettingsFrame(0, flags=["ACK"]).serialize())
            elif isinstance(frame, frames.RstStreamFrame):
                raise AssertionError(f"stream reset: {frame.error_code}")
            elif isinstance(frame, frames.GoAwayFrame):
                assert frame.error_code == 0, frame
                last = frame.last_stream_id
                refused = {stream for stream in open_streams if stream > last}
                self.sent_again += len(refused)
                open_streams -= refused
            if "END_STREAM" in frame.flags:
                open_streams.discard(frame.stream_id)

    def question(self, stream: int, encoder: Encoder) -> bytes:
        headers = [(":method", "GET"), (":scheme", "https"), (":authority", f"{self.host}:{self.port}"),
                   (":path", self.path), *([("cookie", self.cookie)] if self.cookie else [])]
        return frames.HeadersFrame(stream, encoder.encode(headers), flags=["END_HEADERS", "END_STREAM"]).serialize()


class TakenOver:
    """Restarts as the scripts do them: a new process puts its socket over the old one's, which then ends."""

    rounds = 6

    def __init__(self, stack: Stack):
        self.stack = stack

    def restart(self, name: str) -> None:
        old = self.stack.pid(name)
        self.stack.restart_service(name)
        assert self.stack.pid(name) != old

    def close(self) -> None:
        pass


class SocketKept:
    """Restarts as systemd does them: one socket stays, and the next process starts when the one before it has ended.
    Requests wait in the socket meanwhile."""

    rounds = 20

    def __init__(self, stack: Stack):
        self.stack = stack
        self.environment = {**stack.environment, **stack._program_environment()}
        self.sockets, self.processes = {}, {}
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(f"\0smartpages-test-{os.getpid()}")
        self.notices.settimeout(60)
        for name in ("core", "domain"):
            stack.stop_service(name)
            path = self.environment.pop(f"SMARTPAGES_{name.upper()}_SOCKET")
            self.sockets[name] = socket.socket(socket.AF_UNIX)
            self.sockets[name].bind(path)
            self.sockets[name].listen(4096)
            self.start(name)

    def start(self, name: str) -> None:
        program = Path(str(self.stack.settings["BINARIES"])) / f"smartpages-{name}"
        with open(self.stack.home / "log" / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                [program], env={**self.environment, "NOTIFY_SOCKET": f"@smartpages-test-{os.getpid()}"},
                stdin=self.sockets[name], stdout=log, stderr=log, start_new_session=True)
        assert self.notices.recv(100) == b"READY=1"

    def stop(self, name: str) -> None:
        self.processes[name].terminate()
        assert self.notices.recv(100) == b"STOPPING=1"
        assert self.processes[name].wait(60) == 0

    def restart(self, name: str) -> None:
        self.stop(name)
        self.start(name)

    def close(self) -> None:
        for name, listener in self.sockets.items():
            self.processes[name].terminate()
            self.processes[name].wait(60)
            Path(listener.getsockname()).unlink()
            listener.close()
            self.stack.start_service(name)
        self.notices.close()


@pytest.fixture(params=[TakenOver, SocketKept])
def restarts(own_stack, request):
    way = request.param(own_stack)
    own_stack.wait_ready()
    yield way
    way.close()
    own_stack.wait_ready()


def workers(stack: Stack) -> set[str]:
    """nginx's workers that take connections; the old ones say of themselves that they are shutting down."""
    master = stack.pid("nginx")
    found = set()
    for child in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{child}/cmdline").read_bytes().rstrip(b"\0 ") == b"nginx: worker process":
                found.add(child)
    return found


def reload(stack: Stack) -> None:
    """Until new workers have taken over. The old ones stay for as long as they have something to answer."""
    old = workers(stack)
    stack.restart_service("nginx")
    wait_until(lambda: workers(stack) and not old & workers(stack), 60, "new workers of nginx")


def test_restarts_of_everything_fail_no_request(own_stack, member, restarts, tmp_path):
    cookie = "; ".join(f"{each.name}={each.value}" for each in Client(own_stack, tls=True).log_in().cookies)
    app, site = "app.localhost", f"{member.slug}.sites.localhost"
    asked = {app: ("/api/session", cookie), site: ("/", "")}
    readers = [kind(own_stack, host, *asked[host]) for kind in (KeptReader, StreamReader) for host in asked]
    script = tmp_path / "wrk.lua"
    script.write_text(WRK_SCRIPT)
    loads = {(host, kept): Wrk(script, f"https://{host}:{own_stack.https_port}{path}", kept, secret)
             for host, (path, secret) in asked.items() for kept in (False, True)}
    for reader in readers:
        reader.start()
    try:
        for _ in range(restarts.rounds):
            before = [reader.answered for reader in readers]
            restarts.restart("domain")
            restarts.restart("core")
            reload(own_stack)
            # Each generation has work to do before it is replaced.
            wait_until(lambda: all(reader.answered >= count + 5 or reader.wrong
                                   for reader, count in zip(readers, before)), 60, "answers")
    finally:
        for reader in readers:
            reader.finish()
        counted = {load: wrk.stop() for load, wrk in loads.items()}
    for reader in readers:
        assert not reader.wrong, (type(reader).__name__, reader.host, reader.answered, reader.wrong[:3])
        assert reader.answered >= 5 * restarts.rounds
    for (host, kept), counts in counted.items():
        crossed = counts.pop("read")
        assert crossed <= (2 * restarts.rounds * CONNECTIONS if kept else 0), (host, kept, crossed, counts)
        assert counts.pop("requests") > 10 * restarts.rounds
        assert not any(counts.values()), (host, kept, counts)
