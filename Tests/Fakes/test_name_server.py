"""The name server of the tests: its zones change at once, and it treats names as a test says."""

import socket
import struct

import pytest
from names import SERVFAIL, REFUSED, NameServer

NO_SUCH_NAME = 3


@pytest.fixture(scope="module")
def server():
    with NameServer() as started:
        yield started


@pytest.fixture(autouse=True)
def healed(server):
    server.heal()
    server.forget()
    server.zone("shop.de", {"@": {"A": ["192.0.2.1", "192.0.2.2"], "MX": "10 mail.shop.de"},
                            "www": {"CNAME": "target.sites.de"}, "*.wild": {"TXT": "any"}, "long": {"TXT": "z" * 3000}})


def code(packet: bytes) -> int:
    return packet[3] & 15


def count(packet: bytes) -> int:
    return struct.unpack_from("!H", packet, 6)[0]


def test_zones_answer_and_other_names_do_not_exist(server):
    assert count(server.ask("shop.de", "A")) == 2
    assert b"\x06target\x05sites" in server.ask("www.shop.de", "A")
    assert b"\x03any" in server.ask("x.wild.shop.de", "TXT")
    for name in ("none.shop.de", "other.com", "de2"):
        assert code(server.ask(name, "A")) == NO_SUCH_NAME


def test_changes_are_there_when_the_call_returns(server):
    for turn in range(20):
        server.set("_proof.shop.de", "TXT", f'value "{turn}" \\ ü', "second")
        answer = server.ask("_proof.shop.de", "TXT")
        assert f'value "{turn}" \\ ü'.encode() in answer and count(answer) == 2
    server.remove("_proof.shop.de", "TXT")
    assert code(server.ask("_proof.shop.de", "TXT")) == NO_SUCH_NAME
    server.zone("shop.de", {"@": {"A": "192.0.2.9"}})
    assert count(server.ask("shop.de", "A")) == 1 and code(server.ask("www.shop.de", "A")) == NO_SUCH_NAME


def test_zones_below_zones_and_their_signatures(server):
    server.zone("sub.shop.de", {"@": {"TXT": "below"}})
    assert b"below" in server.ask("sub.shop.de", "TXT")
    server.set("shop.de", "DS", "12345 13 2 " + "AB" * 32)
    assert count(server.ask("shop.de", "DS")) == 1
    server.drop_zone("sub.shop.de")
    assert code(server.ask("sub.shop.de", "TXT")) == NO_SUCH_NAME


def test_long_answers_need_tcp(server):
    cut = server.ask("long.shop.de", "TXT")
    assert cut[2] & 2 and count(cut) == 0
    assert server.ask("long.shop.de", "TXT", is_tcp=True).count(b"z" * 255) == 11


def test_treatments(server):
    server.treat("shop.de", "servfail")
    server.treat("www.shop.de", "refused")
    assert code(server.ask("a.shop.de", "A")) == SERVFAIL
    assert code(server.ask("www.shop.de", "A", is_tcp=True)) == REFUSED
    server.treat("shop.de", "truncated")
    assert server.ask("shop.de", "A")[2] & 2 and count(server.ask("shop.de", "A", is_tcp=True)) == 2
    server.treat("shop.de", "authenticated")
    assert server.ask("shop.de", "A")[3] & 0x20
    server.treat("shop.de", None)
    server.treat("", "servfail")
    assert code(server.ask("shop.de", "A")) == SERVFAIL


def test_silence_is_silence(server):
    server.treat("shop.de", "silent")
    asker = socket.create_connection((server.address, server.port))
    asker.settimeout(1)
    asker.sendall(b"\0\x19" + struct.pack("!6H", 1, 0, 1, 0, 0, 0) + b"\4shop\2de\0\0\1\0\1")
    with pytest.raises(TimeoutError):
        asker.recv(1)
    assert server.wait_for_question("shop.de", "A").is_tcp


def test_a_second_server_says_something_else(server):
    server.zone("split.de", {"@": {"TXT": "old"}}, servers=["127.0.0.1", "127.0.0.2"])
    with NameServer("127.0.0.2", server.port) as second:
        second.zone("split.de", {"@": {"TXT": "new"}}, servers=["127.0.0.1", "127.0.0.2"])
        assert b"old" in server.ask("split.de", "TXT") and b"new" in second.ask("split.de", "TXT")
    server.drop_zone("split.de")


def test_stopped_it_does_not_listen_and_comes_back_as_it_was(server):
    server.stop()
    with pytest.raises(OSError):
        server.ask("shop.de", "A", is_tcp=True)
    server.start()
    assert count(server.ask("shop.de", "A")) == 2
