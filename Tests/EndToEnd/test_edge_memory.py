"""Domain's memory is bounded by its setting, however many hosts are asked for."""

import socket
import sys
from pathlib import Path

import pytest
from stack import Stack, wait_until
from volume_site import File, VolumeSite

sys.path.append(str(Path(__file__).resolve().parents[1] / "Load"))

from many_sites import Volume  # noqa: E402

COUNT = 20_000
CACHE_MEGABYTES = 2
BATCH = 50


@pytest.fixture(scope="module")
def small_stack():
    with Stack(DOMAIN_CACHE_MB=CACHE_MEGABYTES) as running:
        yield running


def resident_megabytes(stack) -> float:
    lines = Path(f"/proc/{stack.pid('domain')}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def statuses(stack, hosts: list[str], path: str) -> set[bytes]:
    """Asks all of them on one connection, many at once."""
    found = set()
    with socket.create_connection(("127.0.0.1", stack.http_port), timeout=60) as connection:
        for start in range(0, len(hosts), BATCH):
            batch = hosts[start:start + BATCH]
            connection.sendall("".join(f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\n\r\n" for host in batch).encode())
            answers = b""
            while answers.count(b"\r\n\r\n") < len(batch):
                part = connection.recv(1 << 20)
                assert part, "closed"
                answers += part
            found |= {head.split(b" ", 2)[1] for head in answers.split(b"\r\n\r\n")[:-1]}
    return found


def test_many_hosts_take_no_more_memory_than_is_allowed(small_stack):
    example = VolumeSite(small_stack.bucket, "example.sites.localhost",
                         {"/": File(b"<!doctype html><title>One of many</title>")}, not_found=None).write()
    volume = Volume(small_stack.bucket, example.name)
    volume.grow(COUNT)
    hosts = [volume.host(number) for number in range(COUNT)]
    # Threads have their stacks and the allocator its arenas before anything is kept.
    wait_until(lambda: statuses(small_stack, hosts[:500], "/~own") == {b"200"}, what="the first sites")
    before = resident_megabytes(small_stack)
    assert statuses(small_stack, hosts, "/~own") == {b"200"}
    half = resident_megabytes(small_stack)
    assert statuses(small_stack, hosts[::-5], "/") == {b"200"}
    # What is kept is counted roughly, and the allocator keeps what was given back.
    assert half - before < 3 * CACHE_MEGABYTES + 4
    assert resident_megabytes(small_stack) - before < 3 * CACHE_MEGABYTES + 4
    assert statuses(small_stack, [f"no-{number}.sites.localhost" for number in range(COUNT // 4)], "/") == {b"404"}
    assert statuses(small_stack, [f"shop-{number}.example" for number in range(COUNT // 4)], "/") == {b"421"}
    assert resident_megabytes(small_stack) - before < 3 * CACHE_MEGABYTES + 4
