"""Clients that break off, dawdle or stay: no descriptor and no memory is lost over them."""

import contextlib
import os
import socket
import struct

import pytest
from client import Client, expect
from stack import wait_until
from visitor import visit

ROUNDS = 5
EACH = 60


def descriptors(stack, name):
    return len(os.listdir(f"/proc/{stack.pid(name)}/fd"))


def memory_kb(stack, name):
    with open(f"/proc/{stack.pid(name)}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def connect(stack):
    return socket.create_connection(("127.0.0.1", stack.http_port), timeout=10)


def reset(connection):
    """Closes with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def head(member, method="GET", path="/api/sites", more=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: app.localhost\r\nCookie: session={member.client.cookie('session')}\r\n"
            f"Origin: {member.client.base}\r\nSec-Fetch-Site: same-origin\r\n{more}\r\n").encode()


def site_head(member):
    return f"GET / HTTP/1.1\r\nHost: {member.slug}.sites.localhost\r\n\r\n".encode()


def rudely(stack, member):
    """One of each kind."""
    body = "Content-Type: application/json\r\nContent-Length: 60000\r\n"
    for request in (b"", b"GET / HT", head(member)[:-2], head(member), head(member) * 20, site_head(member) * 20,
                    head(member, "POST", "/api/sites", body), head(member, "POST", "/api/sites", body) + b"{" * 30_000,
                    head(member, "POST", f"{member.path}/publish", "Content-Length: 0\r\n"),
                    b"\x00" * 100, b"GET / HTTP/1.1\r\nHost: " + b"x" * 9_000):
        with contextlib.suppress(OSError):
            connection = connect(stack)
            connection.sendall(request)
            reset(connection)


def test_clients_that_break_off_leave_nothing_behind(own_stack, member):
    def round_of_abuse():
        for _ in range(EACH):
            rudely(own_stack, member)
        # What was sent is worked off when a request of a good client behind it is answered.
        expect(member.client.get("/api/sites"), 200)
        assert visit(own_stack, member.slug).status_code == 200

    round_of_abuse()
    before = {name: (descriptors(own_stack, name), memory_kb(own_stack, name)) for name in ("core", "domain", "nginx")}
    for _ in range(ROUNDS - 1):
        round_of_abuse()

    for name, (count, memory) in before.items():
        wait_until(lambda: descriptors(own_stack, name) <= count + 15, 20, f"{name}'s descriptors, {count} before,")
        assert memory_kb(own_stack, name) < memory + 16_384, name


def test_a_thousand_idle_connections_keep_nobody_waiting(own_stack, member, quickly):
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(own_stack)) for _ in range(900)]
        for connection in connections[::3]:
            connection.sendall(head(member, path="/api/health/live"))
        for connection in connections[1::3]:
            connection.sendall(b"GET /api/health")
        expect(quickly(lambda: member.client.get("/api/sites")), 200)
        assert quickly(lambda: visit(own_stack, member.slug)).status_code == 200


def test_slow_uploads_hold_no_worker(own_stack, member, quickly):
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            connection = stack.enter_context(connect(own_stack))
            connection.sendall(head(member, "POST", "/api/sites",
                                    "Content-Type: application/json\r\nContent-Length: 50000\r\n") + b'{"slug": "')
        for _ in range(20):
            expect(quickly(lambda: Client(own_stack).get("/api/health/live")), 200)
        expect(quickly(lambda: member.client.get("/api/sites")), 200)


@pytest.mark.parametrize("name", ["core", "domain"])
def test_slow_readers_hold_no_worker(own_stack, member, name, quickly):
    request = head(member, path="/api/openapi.json") if name == "core" else site_head(member)
    with contextlib.ExitStack() as stack:
        for _ in range(60):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.connect(("127.0.0.1", own_stack.http_port))
            connection.sendall(request * 10)
        for _ in range(20):
            expect(quickly(lambda: member.client.get("/api/session")), 200)
            assert quickly(lambda: visit(own_stack, member.slug)).status_code == 200
