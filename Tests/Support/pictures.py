"""Small pictures, made by hand: the ones that a library would not write are among them."""

import struct
import zlib


def png(width: int = 400, height: int = 300, depth: int = 8, kind: int = 2, rows: int | None = None,
        declared: tuple[int, int] | None = None, colour: int = 0x60) -> bytes:
    """A PNG of one colour. `kind`: 0 grey, 2 RGB, 4 grey with alpha, 6 RGBA. `rows` and `declared` make it lie: fewer
    rows than it says, or another size in its header."""
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    line = b"\0" + bytes([colour]) * ((width * depth * channels + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(line) for _ in range(height if rows is None else rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", *(declared or (width, height)), depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
