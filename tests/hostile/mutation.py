"""Mutants of harmless files: bytes changed, zip entries and XML changed and packed anew, elements swapped and doubled.

A mutant depends on the seed and its number alone, so that one can be made again: `mutant(317, 42)`.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

from tests.hostile.harmless import harmless_files

Mutate = Callable[[random.Random, bytes], bytes]

_INTERESTING_BYTES = (0x00, 0x01, 0x0A, 0x22, 0x3C, 0x7F, 0x80, 0xFE, 0xFF)
_INTERESTING_WORDS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0x80000000)
_INTERESTING_TEXTS = (
    "", "0", "-1", "1", "A0", "A1", "XFD1048576", "AAAAAAA1", "A1:XFD1048576", "1048577", "4294967296", "1e309", "NaN",
    "99999999999999999999", "0.1", "true", "s", "str", "e", "d", "b", "inlineStr", "rId1", "../../x", "合计",
    "身份证号", "2022-02-30", "=1+1", "&amp;", "\u202e", "x" * 40_000,
)  # fmt: skip
_TAG = re.compile(r"<[^<>]{1,2000}>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"<>]*)"')
_TEXT = re.compile(r">([^<>]+)<")
_ELEMENT = re.compile(
    r"<(row|c|si|xf|mergeCell|sheet|col|Relationship|tr|td|table:table-row|table:table-cell)\b[^<>]*/?>"
)
_MANY = (2, 3, 50, 2_000)


def mutants(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the first `count` mutants."""
    for number in range(count):
        yield mutant(seed, number)


def mutant(seed: int, number: int) -> tuple[str, bytes]:
    """Name and bytes of one mutant; the name says what was mutated, and how."""
    chance = random.Random(f"{seed}:{number}")
    files = _files()
    name = chance.choice(sorted(files))
    kind = _kind(files[name])
    how = chance.choice(_WAYS[kind])
    data = files[name]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = how(chance, data)
    stem, dot, suffix = name.rpartition(".")
    return f"{number:06d} {stem} {how.__name__}{dot}{suffix}", data


@cache
def _files() -> dict[str, bytes]:
    return harmless_files()


def _kind(data: bytes) -> str:
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith((b"\xd0\xcf", b"PAR1")):
        return "binary"
    return "html" if b"<td" in data else "text"


def flip_bits(chance: random.Random, data: bytes) -> bytes:
    """A few bits, anywhere."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def set_bytes(chance: random.Random, data: bytes) -> bytes:
    """A few bytes to what breaks things."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 16))):
        changed[chance.randrange(len(changed))] = chance.choice(_INTERESTING_BYTES)
    return bytes(changed)


def set_words(chance: random.Random, data: bytes) -> bytes:
    """A few whole numbers to what breaks things: lengths, counts, places."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 4))):
        size = chance.choice((2, 4, 8))
        at = chance.randrange(max(len(changed) - size, 1))
        changed[at : at + size] = chance.choice(_INTERESTING_WORDS).to_bytes(8, "little")[:size]
    return bytes(changed)


def cut_off(chance: random.Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(1, len(data) + 1)]


def cut_out(chance: random.Random, data: bytes) -> bytes:
    """A piece is missing."""
    start, end = _span(chance, len(data))
    return data[:start] + data[end:] or b"\n"


def double(chance: random.Random, data: bytes) -> bytes:
    """A piece stands twice."""
    start, end = _span(chance, len(data))
    return data[:end] + data[start:end] + data[end:]


def insert_noise(chance: random.Random, data: bytes) -> bytes:
    """Random bytes in between."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 7, 300))) + data[at:]


def graft(chance: random.Random, data: bytes) -> bytes:
    """A piece of another file in between."""
    other = _files()[chance.choice(sorted(_files()))]
    start, end = _span(chance, len(other))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :] or b"\n"


def swap_pieces(chance: random.Random, data: bytes) -> bytes:
    """Two pieces change places."""
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def change_entry(chance: random.Random, data: bytes) -> bytes:
    """An entry of a zip, changed within and packed anew, so that its checksum is right."""
    return _repacked(chance, data, chance.choice((*_BYTES, *_MARKUP)))


def change_xml(chance: random.Random, data: bytes) -> bytes:
    """Likewise, as XML."""
    return _repacked(chance, data, chance.choice(_MARKUP))


def change_entries(chance: random.Random, data: bytes) -> bytes:
    """Entries of a zip dropped, swapped, renamed."""
    entries = _entries(data)
    if not entries:
        return flip_bits(chance, data)
    first, second = chance.choice(list(entries)), chance.choice(list(entries))
    way = chance.randrange(4)
    if way == 0:
        del entries[first]
    elif way == 1:
        entries[first], entries[second] = entries[second], entries[first]
    elif way == 2:
        entries[first.upper()] = entries.pop(first)
    else:
        entries[first] = b""
    return _zipped(entries)


def change_attribute(chance: random.Random, data: bytes) -> bytes:
    """The value of an attribute."""
    return _spliced(chance, data, _ATTRIBUTE, lambda found: f'{found[1]}="{chance.choice(_INTERESTING_TEXTS)}"')


def change_text(chance: random.Random, data: bytes) -> bytes:
    """The text between two tags."""
    return _spliced(chance, data, _TEXT, lambda _: f">{chance.choice(_INTERESTING_TEXTS)}<")


def drop_tag(chance: random.Random, data: bytes) -> bytes:
    """A tag is missing."""
    return _spliced(chance, data, _TAG, lambda _: "")


def repeat_tag(chance: random.Random, data: bytes) -> bytes:
    """A tag, often open and never closed, many times."""
    return _spliced(chance, data, _TAG, lambda found: found[0] * chance.choice(_MANY))


def rename_tag(chance: random.Random, data: bytes) -> bytes:
    """An element under the name of another."""
    names = ("row", "c", "v", "f", "is", "t", "si", "sheetData", "x:c", "tr", "td", "table")
    return _spliced(chance, data, _TAG, lambda found: re.sub(r"[\w:]+", chance.choice(names), found[0], count=1))


def repeat_element(chance: random.Random, data: bytes) -> bytes:
    """A whole element many times."""
    text, found = _chosen(chance, data, _ELEMENT)
    if found is None:
        return flip_bits(chance, data)
    end = text.find(f"</{found[1]}>", found.end())
    end = found.end() if end < 0 or found[0].endswith("/>") else end + len(found[1]) + 3
    element = text[found.start() : end]
    return (text[: found.start()] + element * chance.choice(_MANY) + text[end:]).encode("utf-8", "surrogateescape")


def swap_elements(chance: random.Random, data: bytes) -> bytes:
    """Two tags change places."""
    text = data.decode("utf-8", "surrogateescape")
    tags = list(_TAG.finditer(text))
    if len(tags) < 2:
        return flip_bits(chance, data)
    first, second = sorted(chance.sample(tags, 2), key=lambda found: found.start())
    return "".join(
        (text[: first.start()], second[0], text[first.end() : second.start()], first[0], text[second.end() :])
    ).encode("utf-8", "surrogateescape")


def encode_anew(chance: random.Random, data: bytes) -> bytes:
    """Another encoding, in part or as a whole, not always said."""
    text = data.decode("utf-8", "replace")
    to = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig", "utf-7", "utf-32"))
    at = chance.choice((0, 0, chance.randrange(len(text) + 1)))
    return text[:at].encode() + text[at:].encode(to)


def sow_marks(chance: random.Random, data: bytes) -> bytes:
    """Delimiters, quotation marks and line ends where none should be."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(changed) + 1)
        changed[at:at] = chance.choice((b",", b'"', b"\n", b"\r", b"\t", b"|", b";", b"\x00", b",,,,,,,,", b'""'))
    return bytes(changed)


_BYTES: tuple[Mutate, ...] = (
    flip_bits, set_bytes, set_words, cut_off, cut_out, double, insert_noise, graft, swap_pieces,
)  # fmt: skip
_MARKUP: tuple[Mutate, ...] = (
    change_attribute, change_text, drop_tag, repeat_tag, rename_tag, repeat_element, swap_elements,
)  # fmt: skip
_WAYS: dict[str, tuple[Mutate, ...]] = {
    "zip": (*_BYTES, *[change_entry] * 4, *[change_xml] * 12, *[change_entries] * 3),
    "binary": _BYTES,
    "html": (*_BYTES, *_MARKUP, encode_anew),
    "text": (*_BYTES, encode_anew, sow_marks, sow_marks),
}


def _repacked(chance: random.Random, data: bytes, how: Mutate) -> bytes:
    entries = _entries(data)
    named = [name for name, content in entries.items() if content]
    if not named:
        return flip_bits(chance, data)
    cells = [name for name in named if "sheet" in name.lower() or name == "content.xml"]
    name = chance.choice(cells if cells and chance.random() < 0.6 else named)
    entries[name] = how(chance, entries[name])
    return _zipped(entries)


def _entries(data: bytes) -> dict[str, bytes]:
    """The zip's entries; none where an earlier mutation has broken it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return {}


def _zipped(entries: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _chosen(chance: random.Random, data: bytes, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    text = data.decode("utf-8", "surrogateescape")
    found = list(pattern.finditer(text))
    return text, chance.choice(found) if found else None


def _spliced(
    chance: random.Random, data: bytes, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]
) -> bytes:
    text, found = _chosen(chance, data, pattern)
    if found is None:
        return flip_bits(chance, data)
    return (text[: found.start()] + instead(found) + text[found.end() :]).encode("utf-8", "surrogateescape")


def _span(chance: random.Random, size: int) -> tuple[int, int]:
    start = chance.randrange(size)
    return start, min(size, start + chance.choice((1, 2, 8, 64, 512, max(size // 4, 1))))
