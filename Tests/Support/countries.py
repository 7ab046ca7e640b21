"""Writes a small database of countries in MaxMind's format (https://maxmind.github.io/MaxMind-DB/)."""

import ipaddress
import struct
from pathlib import Path


def text(value: str) -> bytes:
    data = value.encode()
    if len(data) < 29:
        return bytes([2 << 5 | len(data)]) + data
    return bytes([2 << 5 | 29, len(data) - 29]) + data


def number(kind: int, value: int) -> bytes:
    data = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return (bytes([kind << 5 | len(data)]) if kind < 8 else bytes([len(data), kind - 7])) + data


def mapping(members: dict[str, bytes]) -> bytes:
    return bytes([7 << 5 | len(members)]) + b"".join(text(name) + value for name, value in members.items())


def write(path: Path, networks: dict[str, str]) -> Path:
    """`networks`: a country's two letters by network, as in {"192.0.2.0/24": "DE"}."""
    nodes: list[list] = [[None, None]]
    for name, country in networks.items():
        network = ipaddress.ip_network(name)
        # IPv4 lies at the beginning of IPv6.
        length = network.prefixlen + (96 if network.version == 4 else 0)
        bits = [int(network.network_address) >> (127 - place) & 1 for place in range(length)]
        here = 0
        for bit in bits[:-1]:
            if not isinstance(nodes[here][bit], int):
                nodes.append([None, None])
                nodes[here][bit] = len(nodes) - 1
            here = nodes[here][bit]
        nodes[here][bits[-1]] = country
    data, places = b"", {}
    for country in sorted(set(networks.values())):
        places[country] = len(data)
        data += mapping({"country": mapping({"iso_code": text(country)})})
    def record(value) -> bytes:
        if value is None:
            value = len(nodes)
        elif isinstance(value, str):
            value = len(nodes) + 16 + places[value]
        return struct.pack(">I", value)[1:]

    tree = b"".join(record(left) + record(right) for left, right in nodes)
    metadata = mapping({
        "node_count": number(6, len(nodes)), "record_size": number(5, 24), "ip_version": number(5, 6),
        "database_type": text("Test-Country"), "languages": bytes([0, 4]), "binary_format_major_version": number(5, 2),
        "binary_format_minor_version": number(5, 0), "build_epoch": number(9, 1_700_000_000),
        "description": mapping({"en": text("Made by a test")}),
    })
    path.write_bytes(tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + metadata)
    return path
