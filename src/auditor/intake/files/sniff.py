"""What a file really is, by its first bytes: its name proves nothing."""

from __future__ import annotations

from enum import StrEnum


class Content(StrEnum):
    """What a reader may be given."""

    ZIP = "zip"
    OLE = "ole"
    PARQUET = "parquet"
    TEXT = "text"


HEAD_BYTES = 4096

_MAGIC: tuple[tuple[bytes, Content | str], ...] = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content.OLE),
    (b"PAR1", Content.PARQUET),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"%PDF-", "PDF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"MZ", "EXE"),
)
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style", b"<div")


def sniff(head: bytes) -> Content | str:
    """A `Content` that can be read, or the name of what the file is instead (PNG, PDF, HTML, binary, …).

    Args:
        head: the file's first `HEAD_BYTES` bytes, or all of it.
    """
    for magic, content in _MAGIC:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ") and b"\x00" not in head):
            return content
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML):
        return "HTML"
    if start.startswith(b"<?xml"):
        return "HTML" if b"<html" in start else "XML"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Content.TEXT
    return "binary" if b"\x00" in head else Content.TEXT
