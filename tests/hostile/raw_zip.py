"""Zips written byte by byte, so that they can lie: about names, sizes, places and methods."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_UTF8 = 0x800
_DEFLATED = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, and what is said of it.

    Attributes:
        name: as its bytes.
        data: as it is when unpacked.
        packed: its bytes in the zip; deflated from `data` where None.
        size: what the directory declares; the truth where None.
        crc: likewise.
        flags, method: likewise.
        attributes: the external attributes; a Unix mode stands in the upper half.
    """

    name: bytes
    data: bytes = b""
    packed: bytes | None = None
    size: int | None = None
    crc: int | None = None
    flags: int = _UTF8
    method: int = _DEFLATED
    attributes: int = 0


def deflated(data: bytes) -> bytes:
    """Raw deflate."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def raw_zip(entries: Sequence[Entry], offsets: Sequence[int] | None = None) -> bytes:
    """The zip; `offsets` instead of the places where the entries stand."""
    body, directory, places = bytearray(), bytearray(), []
    for entry in entries:
        packed = deflated(entry.data) if entry.packed is None else entry.packed
        places.append(len(body))
        body += local_header(entry, len(packed)) + packed
    for entry, place in zip(entries, offsets or places, strict=True):
        packed_size = len(deflated(entry.data) if entry.packed is None else entry.packed)
        directory += central_header(entry, packed_size, place)
    return bytes(body + directory + end_record(len(entries), len(directory), len(body)))


def local_header(entry: Entry, packed_size: int) -> bytes:
    """What stands before the entry's bytes."""
    crc, size = _said(entry)
    fields = (0x04034B50, 45, entry.flags, entry.method, 0, 0x21, crc, packed_size, size, len(entry.name), 0)
    return struct.pack("<IHHHHHIIIHH", *fields) + entry.name


def central_header(entry: Entry, packed_size: int, place: int) -> bytes:
    """What stands in the directory."""
    crc, size = _said(entry)
    first = (0x02014B50, 0x032D, 45, entry.flags, entry.method, 0, 0x21, crc, packed_size, size, len(entry.name))
    return struct.pack("<IHHHHHHIIIHHHHHII", *first, 0, 0, 0, 0, entry.attributes, place) + entry.name


def end_record(count: int, size: int, place: int) -> bytes:
    """The end of the directory."""
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, place, 0)


def overlapping(count: int, kernel: bytes) -> bytes:
    """A zip whose entries lie within one another: each holds, unpacked, the headers of all that follow."""
    made: list[bytes] = []  # from the last to the first: header and packed bytes up to the next
    entries: list[tuple[Entry, int]] = []
    data, packed = kernel, deflated(kernel)
    for i in reversed(range(count)):
        entry = Entry(f"{i}.csv".encode(), data, packed)
        header = local_header(entry, len(packed))
        entries.append((entry, len(packed)))
        made.append(header)
        quoted = b"\x00" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF)  # a stored block, not the last
        data, packed = header + data, quoted + header + packed
    body, places = bytearray(), []
    for i, header in enumerate(reversed(made)):
        if i:
            body += b"\x00" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF)
        places.append(len(body))
        body += header
    body += deflated(kernel)
    directory = b"".join(
        central_header(entry, size, place) for (entry, size), place in zip(reversed(entries), places, strict=True)
    )
    return bytes(body) + directory + end_record(count, len(directory), len(body))


def _said(entry: Entry) -> tuple[int, int]:
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    return crc, len(entry.data) if entry.size is None else entry.size
