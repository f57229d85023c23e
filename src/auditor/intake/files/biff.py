"""The records of an xls walked through once, for what its reader does not tell: hidden parts, formulas, active parts.

Layouts: [MS-XLS] 2.4 (BIFF8) and its forerunner BIFF5, alike in the records that are looked at here.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.errors import InputError

_EOF, _FORMULA, _EXTERNNAME, _DATEMODE, _FILEPASS = 0x000A, 0x0006, 0x0023, 0x0022, 0x002F
_COLINFO, _BOUNDSHEET, _OBPROJ, _SUPBOOK, _QSI = 0x007D, 0x0085, 0x00D3, 0x01AE, 0x01AD
_STRING, _ROW, _BOF, _DCONN = 0x0207, 0x0208, 0x0809, 0x0876
_AFTER_FORMULA = frozenset({0x0221, 0x04BC, 0x0236})  # ARRAY, SHRFMLA, TABLE stand between a formula and its text
_GLOBALS, _BIFF5, _BIFF8 = 0x0005, 0x0500, 0x0600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x0020, 0x0001
_OWN_BOOK, _ADD_INS = b"\x01\x04", b"\x01\x3a"
_LINK = "\x03"  # in the path of a SUPBOOK: a DDE or OLE link, not a workbook
_NO_NUMBER, _TEXT_FOLLOWS, _EMPTY_TEXT = 0xFFFF, 0, 3
KINDS = {0: "worksheet", 1: "macrosheet", 2: "chartsheet", 6: "module"}


@dataclass(slots=True)
class BiffSheet:
    """A sheet as the records tell of it; numbers from 1.

    Attributes:
        state: 0 visible, 1 hidden, 2 very hidden.
        kind: a key of `KINDS`.
        position: where its records begin.
        name: in BIFF8; BIFF5 writes it in a code page.
        formulas: those without a value.
        empty: formulas whose value is an empty text.
        whole: its records come to their end; where not, the file was cut off within it.
    """

    state: int
    kind: int
    position: int
    name: str = ""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    empty: list[tuple[int, int]] = field(default_factory=list)
    formula_count: int = 0
    whole: bool = False


@dataclass(slots=True)
class BiffBook:
    """A workbook as its records tell of it.

    Attributes:
        version: 0x0500 or 0x0600.
        encrypted: its records are not to be read without the password.
        sheets: in the workbook's order.
        active: code → how many.
    """

    version: int
    encrypted: bool = False
    date_1904: bool = False
    sheets: list[BiffSheet] = field(default_factory=list)
    active: Counter[str] = field(default_factory=Counter)


def walk(stream: bytes) -> BiffBook | None:
    """Walk through a workbook stream, or None where it does not begin as one."""
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] != _BOF:  # noqa: PLR2004
        return None
    book = BiffBook(struct.unpack_from("<H", stream, 4)[0])
    for kind, at, size in _records(stream, 0):
        if kind == _EOF:
            break
        _global(book, kind, stream[at : at + size])
        if book.encrypted:
            return book
    for sheet in book.sheets:
        _sheet(sheet, book, stream)
    # Libraries that write formulas give each an empty text for its value; a spreadsheet program never has only such.
    if all(len(sheet.empty) + len(sheet.formulas) == sheet.formula_count for sheet in book.sheets):
        for sheet in book.sheets:
            sheet.formulas.extend(sheet.empty)
    return book


def check_walked(book: BiffBook, shown: str) -> None:
    """Refuse a workbook that is encrypted, or whose sheets do not come to their end: rows would be missing.

    Raises:
        InputError: so it is.
    """
    if book.encrypted:
        raise InputError.at("file-password-kind", shown, detail=f"BIFF{book.version >> 8}")
    if not all(sheet.whole for sheet in book.sheets):
        raise InputError.at("file-damaged", shown, detail="EOF")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, position and size of the bodies of the records from `at` on."""
    end = len(stream)
    while 0 <= at <= end - 4:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > end:
            return
        yield kind, at, size
        at += size


def _global(book: BiffBook, kind: int, body: bytes) -> None:
    if kind == _FILEPASS:
        book.encrypted = True
    elif kind == _DATEMODE and len(body) >= 2:  # noqa: PLR2004
        book.date_1904 = body[0] == 1
    elif kind == _BOUNDSHEET and len(body) >= 6:  # noqa: PLR2004
        position, state, sort = struct.unpack_from("<IBB", body)
        name = body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace") if len(body) > 7 else ""  # noqa: PLR2004
        book.sheets.append(BiffSheet(state & 3, sort, position, name if book.version == _BIFF8 else ""))
    elif kind == _OBPROJ:
        book.active["active-macros"] += 1
    elif kind == _DCONN:
        book.active["active-connections"] += 1
    elif kind == _SUPBOOK and len(body) > 4 and body[2:4] not in (_OWN_BOOK, _ADD_INS):  # noqa: PLR2004
        path = body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")
        book.active["active-dde" if _LINK in path else "active-external-links"] += 1


def _sheet(sheet: BiffSheet, book: BiffBook, stream: bytes) -> None:
    """Gather from the sheet's own records; charts within it have records of their own, which are stepped over."""
    depth = 0
    waiting: tuple[int, int] | None = None  # a formula that gives a text, whose STRING record must follow
    for kind, at, size in _records(stream, sheet.position):
        if waiting is not None and kind not in _AFTER_FORMULA:
            if kind != _STRING:
                sheet.formulas.append(waiting)
            waiting = None
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                sheet.whole = True
                break
        elif depth > 1:
            continue
        elif kind == _ROW and size >= 14:  # noqa: PLR2004
            row, grbit = struct.unpack_from("<H10xH", stream, at)
            if grbit & _ROW_HIDDEN:
                sheet.hidden_rows.add(row + 1)
        elif kind == _COLINFO and size >= 10:  # noqa: PLR2004
            first, last, grbit = struct.unpack_from("<HH4xH", stream, at)
            if grbit & _COLUMN_HIDDEN:
                sheet.hidden_columns.append((first + 1, min(last, 255) + 1))
        elif kind == _FORMULA and size >= 14:  # noqa: PLR2004
            sheet.formula_count += 1
            row, column, sort, mark = struct.unpack_from("<HH2xB5xH", stream, at)
            if mark == _NO_NUMBER and sort == _TEXT_FOLLOWS:
                waiting = (row + 1, column + 1)
            elif mark == _NO_NUMBER and sort == _EMPTY_TEXT:
                sheet.empty.append((row + 1, column + 1))
        elif kind == _QSI:
            book.active["active-connections"] += 1
    if waiting is not None:
        sheet.formulas.append(waiting)
