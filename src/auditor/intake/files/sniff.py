"""What a file really is, by its first bytes: its name proves nothing."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum


class Content(StrEnum):
    """What a reader may be given."""

    ZIP = "zip"
    OLE = "ole"
    OLD_XLS = "old xls"
    PARQUET = "parquet"
    HTML = "html"
    XML_2003 = "xml spreadsheet"
    FLAT_ODS = "flat ods"
    TEXT = "text"


HEAD_BYTES = 4096

_MAGIC: tuple[tuple[bytes, Content | str], ...] = (
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content.OLE),
    # A workbook without a container, as Excel wrote it before 1993: BIFF 2, 3, 4 and 4 with several sheets.
    (b"\x09\x00\x04\x00", Content.OLD_XLS),
    (b"\x09\x02\x06\x00", Content.OLD_XLS),
    (b"\x09\x04\x06\x00", Content.OLD_XLS),
    (b"\x09\x08\x08\x00\x00\x05", Content.OLD_XLS),
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
_HTML = ("<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style", "<div", "<tr", "<center", "<font")
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_FLAT_ODS = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
# Digits, commas and line breaks are at least one letter in so many.
_LEAST_SHARE = 20
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_LINE_END = re.compile("[\r\n]")


def sniff(head: bytes) -> Content | str:
    """A `Content` that can be read, or the name of what the file is instead (PNG, PDF, MHTML, binary, …).

    Args:
        head: the file's first `HEAD_BYTES` bytes, or all of it.
    """
    for magic, content in _MAGIC:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ") and b"\x00" not in head):
            return content
    encoding = utf_16(head)
    if encoding is None and b"\x00" in head:
        return "binary"
    text = head.decode(encoding or "latin-1", "ignore").removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")
    start = text.lstrip().lower()
    if start.startswith("mime-version:") or "content-type: multipart/related" in start:
        return "MHTML"
    if start.startswith("<?xml") or "<workbook" in start[:200]:
        if _XML_2003 in start:
            return Content.XML_2003
        if _FLAT_ODS in start:
            return Content.FLAT_ODS
        return Content.HTML if "<html" in start else "XML"
    return Content.HTML if start.startswith(_HTML) or start.startswith("<!--") else Content.TEXT


def utf_16(data: bytes) -> str | None:
    """The encoding of text in UTF-16, or None where it is none.

    Without a byte order mark only where it is unmistakable: whatever ASCII it holds has its zero bytes all on one
    side, and everything else is text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    data = data[: len(data) & ~1]
    low, high = data[::2].count(0), data[1::2].count(0)
    if min(low, high) or max(low, high) * _LEAST_SHARE < len(data) // 2 or not data:
        return None
    encoding = "utf-16-le" if high else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None
    if _CONTROLS.search(text) or not _LINE_END.search(text):
        return None
    return None if not text.isascii() and _is_utf_8(data.replace(b"\x00", b"")) else encoding


def _is_utf_8(data: bytes) -> bool:
    """Whether it is UTF-8 after all, into which zero bytes have strayed: UTF-16 is that by no chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
