"""The sheet's XML scanned as an array of bytes: tags are found by comparing whole pieces at once, not one by one.

Works on the XML that spreadsheet programs write. Whatever looks otherwise raises `UnusualXmlError`, and the sheet is
scanned again by a real parser (`scan_slow`), several times slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from auditor.errors import InputError
from auditor.intake.files.limits import Limits
from auditor.intake.files.sheet_scan import SheetScan
from auditor.values.model import CellKind

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_PIECE = 8 << 20
_LONGEST_ROW = 64 << 20
_PAD = bytes(16)
_LT, _GT, _EQ, _SLASH, _SPACE, _QUOTE, _APOSTROPHE, _BANG = b"<>=/ \"'!"
_C, _R, _O, _T, _V, _F = b"crotvf"
_BLANKS = np.zeros(256, np.bool_)  # white space that no spreadsheet program puts inside a tag
_BLANKS[list(b"\t\r\n")] = True
_ODD_HIDDEN = re.compile(rb"hidden\s+=|hidden=[^\"]|[\t\r\n]hidden")
_ROOT = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?\s*<worksheet[\s>]")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([^\"']*)")
_HIDDEN_ROW = re.compile(rb"<row\b[^>]*\shidden=\"(?:1|true)\"[^>]*>")
_ROW_NUMBER = re.compile(rb" r=\"(\d{1,7})\"")
_COL = re.compile(rb"<col\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(\w+)=\"([^\"]*)\"")
_MERGE_TAG = re.compile(rb"<mergeCell[\s/>]")
_MERGE = re.compile(rb"<mergeCell\b[^>]*\bref=\"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?\"")
_ERROR = re.compile(rb"<v[^>]*>([^<]*)</v>")
_KIND = np.full(256, CellKind.NUMBER, np.uint8)
_KIND[ord("s")] = _KIND[ord("i")] = CellKind.TEXT
_KIND[ord("b")], _KIND[ord("e")], _KIND[ord("d")] = CellKind.BOOLEAN, CellKind.ERROR, CellKind.DATE


class UnusualXmlError(Exception):
    """The XML is not of the shape that spreadsheet programs write."""


def scan_fast(pieces: Iterable[bytes], shown: str, sheet: str, limits: Limits, *, keep: bool = False) -> SheetScan:
    """Scan a worksheet's XML.

    Args:
        pieces: the XML.
        shown: the file's path, for problems.
        sheet: the sheet's name, for problems.
        limits: on the box and the merges.
        keep: hold the places of all cells, for `SheetScan.twice`.

    Raises:
        UnusualXmlError: use `scan_slow`.
        InputError: the sheet is over a limit.
    """
    scan = SheetScan(keep=keep)
    rest = b""
    head = True
    for piece in _gather(pieces):
        data = rest + piece
        if head:
            start = data.find(b"<sheetData")
            if start < 0:
                start = len(data)
            _head(scan, data[:start])
            data, head = data[start:], False
        cut = data.rfind(b"</row>")
        cut = cut + len(b"</row>") if cut >= 0 else 0
        _rows(scan, data[:cut])
        scan.check(shown, sheet, limits)
        rest = data[cut:]
        if len(rest) > _LONGEST_ROW:
            raise InputError.at("file-limit-row-length", shown, sheet=sheet, limit=_LONGEST_ROW >> 20)
    _tail(scan, rest)
    scan.check(shown, sheet, limits)
    return scan


def _gather(pieces: Iterable[bytes]) -> Iterable[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _head(scan: SheetScan, head: bytes) -> None:
    declared = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise UnusualXmlError
    if not _ROOT.match(head) or b"<!" in head or b"='" in head:
        raise UnusualXmlError
    for tag in _COL.findall(head):
        of = dict(_ATTRIBUTE.findall(tag))
        if of.get(b"hidden") in (b"1", b"true"):
            try:
                scan.hidden_columns.append((int(of[b"min"]), int(of[b"max"])))
            except (KeyError, ValueError) as error:
                raise UnusualXmlError from error


def _tail(scan: SheetScan, tail: bytes) -> None:
    if b"<c " in tail or b"<!" in tail or len(_MERGE_TAG.findall(tail)) != len(_MERGE.findall(tail)):
        raise UnusualXmlError
    if b"<row " in tail:  # empty rows after the last </row>
        _hidden_rows(scan, tail)
    for match in _MERGE.finditer(tail):
        first = (int(match[2]), column_number(match[1]))
        last = (int(match[4]), column_number(match[3])) if match[3] else first
        scan.merges.append((*first, *last))


def column_number(letters: bytes) -> int:
    """The number of a column's letters, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _hidden_rows(scan: SheetScan, data: bytes) -> None:
    if b"hidden" in data:
        if _ODD_HIDDEN.search(data):
            raise UnusualXmlError
        for tag in _HIDDEN_ROW.findall(data):
            number = _ROW_NUMBER.search(tag)
            if number is None:
                raise UnusualXmlError
            scan.hidden_rows.add(int(number[1]))


def _rows(scan: SheetScan, data: bytes) -> None:
    if not data:
        return
    _hidden_rows(scan, data)
    at = np.frombuffer(data + _PAD, np.uint8)
    lt = np.flatnonzero(at == _LT)
    second, third = at[lt + 1], at[lt + 2]
    if (
        (second == _BANG).any()
        or (_BLANKS[third] & (second == _C)).any()
        or (_BLANKS[at[lt + 4]] & (third == _O)).any()
    ):
        raise UnusualXmlError
    found = (second == _C) & ((third == _SPACE) | (third == _GT) | (third == _SLASH))
    index = np.flatnonzero(found)
    if not len(index):
        return
    start = lt[index]
    if not ((at[start + 3] == _R) & (at[start + 4] == _EQ) & (at[start + 5] == _QUOTE)).all():
        raise UnusualXmlError
    end = _ends(at, start)
    rows, columns = _references(at, start + 6)
    kinds = _KIND[_types(at, start, end)]
    filled, valued, formula, bare = _contents(at, lt, index, end)
    # t="str" and an empty <v> is a formula that gives an empty text, which is a value.
    unsolved = formula & ~valued & (bare | (kinds != CellKind.TEXT))
    scan.formula_count += int(np.count_nonzero(formula))
    scan.formulas.extend(zip(rows[unsolved].tolist(), columns[unsolved].tolist(), strict=True))
    wrong = np.flatnonzero(valued & (kinds == CellKind.ERROR))
    for i in wrong.tolist():
        value = _ERROR.search(data, int(end[i]))
        scan.errors[int(rows[i]), int(columns[i])] = value[1].decode("utf-8", "replace") if value else "#ERROR"
    keep = filled & valued
    scan.add(rows[keep], columns[keep], kinds[keep])


def _ends(at: Bytes, start: Positions) -> Positions:
    gt = np.flatnonzero(at == _GT)
    return gt[np.searchsorted(gt, start)]


def _references(at: Bytes, p: Positions) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Rows and columns of the references that begin at `p`, such as `AB12"`."""
    columns = np.zeros(len(p), np.int32)
    p = p.copy()
    for _ in range(3):
        letter = at[p]
        more = (letter >= ord("A")) & (letter <= ord("Z"))
        if not more.any():
            break
        columns[more] = columns[more] * 26 + (letter[more] - 64)
        p += more
    rows = np.zeros(len(p), np.int32)
    for _ in range(7):
        digit = at[p]
        more = (digit >= ord("0")) & (digit <= ord("9"))
        if not more.any():
            break
        rows[more] = rows[more] * 10 + (digit[more] - 48)
        p += more
    if (at[p] != _QUOTE).any() or (columns == 0).any() or (rows == 0).any():
        raise UnusualXmlError
    return rows, columns


def _types(at: Bytes, start: Positions, end: Positions) -> Bytes:
    """First letter of each cell's `t` attribute; `n` where it has none."""
    types = np.full(len(start), ord("n"), np.uint8)
    eq = np.flatnonzero(at == _EQ)
    before = at[eq - 1]
    odd = eq[(at[eq + 1] == _APOSTROPHE) | (before == _SPACE) | _BLANKS[before] | _BLANKS[at[eq - 2]]]
    cell = np.searchsorted(start, odd) - 1
    if ((cell >= 0) & (odd < end[cell])).any():
        raise UnusualXmlError
    eq = eq[(before == _T) & (at[eq - 2] == _SPACE)]
    cell = np.searchsorted(start, eq) - 1
    inside = (cell >= 0) & (eq < end[cell])
    types[cell[inside]] = at[eq[inside] + 2]
    return types


def _contents(at: Bytes, lt: Positions, index: Positions, end: Positions) -> tuple[Mask, Mask, Mask, Mask]:
    """For each cell: it has content, its content has a value, it has a formula, it has nothing but a formula."""
    last = len(lt) - 1
    following = np.minimum(index + 1, last)
    name = at[lt[following] + 1]
    filled = (at[end - 1] != _SLASH) & (name != _SLASH)
    formula = filled & (name == _F)
    if formula.any():  # step over <f>…</f> or <f …/>
        where = np.flatnonzero(formula)
        close = _ends(at, lt[following[where]])
        following[where] = np.minimum(following[where] + np.where(at[close - 1] == _SLASH, 1, 2), last)
    tag = lt[following]
    name = at[tag + 1]
    third, fourth = at[tag + 2], at[tag + 3]  # <v/>, <v /> or <v></v>
    empty = (third == _SLASH) | ((third == _SPACE) & (fourth == _SLASH)) | ((third == _GT) & (fourth == _LT))
    bare = formula & (name == _SLASH)
    return filled, filled & (name != _SLASH) & ~((name == _V) & empty), formula, bare
