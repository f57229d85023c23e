"""csv and its kin: which encoding, which delimiter, then records as a spreadsheet would show them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from auditor.errors import InputError
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.files.sniff import utf_16
from auditor.intake.raw import RawColumn, RawSheet
from auditor.values.model import CellKind

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 64
_SAMPLE_CHARACTERS = 1 << 18
# A record of its own after the last: where it does not come back, a quotation mark was left open.
# `="0012"`: a formula for a text, by which exports keep leading zeros and long numbers whole.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
# A first line that tells Excel the delimiter and is not shown.
_DELIMITER_LINE = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)
_SENTINEL = "\ue000end\ue000"


def read_csv(path: Path, shown: str, limits: Limits) -> Contents:
    """Read a delimited text file as one sheet without a name; row numbers are record numbers.

    Raises:
        InputError: no text, an encoding that cannot be read, an open quotation mark, one column only, or over a
            limit.
    """
    text = decode(path.read_bytes(), shown)
    if not text.strip():
        raise InputError.at("file-empty", shown)
    csv.field_size_limit(limits.cell_characters)
    rows = _records(text, shown, limits)
    width = max(map(len, rows), default=0)
    if width < 2:  # noqa: PLR2004
        raise InputError.at("csv-one-column", shown)
    if width > limits.columns:
        raise InputError.at("file-limit-columns", shown, sheet="", count=width, limit=limits.columns)
    if width * len(rows) > limits.cells:
        raise InputError.at("file-limit-cells", shown, sheet="", count=width * len(rows), limit=limits.cells)
    columns = tuple(_column([_shown(row[j]) if j < len(row) else None for row in rows]) for j in range(width))
    return Contents((RawSheet(name=None, first_row=1, first_column=1, columns=columns, row_count=len(rows)),))


def decode(data: bytes, shown: str) -> str:
    """Strictly as UTF-16 where it is unmistakable, as UTF-8 (with or without BOM), or as GB18030, in this order.

    Raises:
        InputError: binary, or in none of these encodings.
    """
    try:
        wide = utf_16(data)
        if wide is not None:
            return data.decode(wide)
        if b"\x00" in data:
            raise InputError.at("file-not-a-workbook", shown, kind="binary")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.encoding.startswith("utf-16"):
            raise InputError.at("encoding-unreadable", shown, offset=error.start, row=1) from error
        reached = error.start
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        offset = max(reached, error.start)
        raise InputError.at(
            "encoding-unreadable", shown, offset=offset, row=data.count(b"\n", 0, offset) + 1
        ) from error


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most records of the beginning into the same number of fields."""

    def score(delimiter: str) -> int:
        sample = csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(_lenient(sample), _SAMPLE) if row)
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=score)


def _lenient(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        return


def _records(text: str, shown: str, limits: Limits) -> list[list[str]]:
    end = "" if text.endswith(("\n", "\r")) else "\r\n"
    told = _DELIMITER_LINE.match(text)
    delimiter = told[1] if told else delimiter_of(text)
    source = io.StringIO(f"{text[told.end() :] if told else text}{end}{_SENTINEL}", newline="")
    reader = csv.reader(source, delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError.at("file-limit-cell-length", shown, sheet="", limit=limits.cell_characters) from error
    if rows.pop() != [_SENTINEL]:
        raise InputError.at("csv-quote-open", shown, row=len(rows) + 1)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _shown(field: str) -> str | None:
    if field.startswith('="') and (match := _TEXT_FORMULA.fullmatch(field)):
        field = match[1]
    return field or None


def _column(cells: list[str | None]) -> RawColumn:
    text = pa.array(cells, pa.string())
    filled = text.is_valid().to_numpy(zero_copy_only=False)
    return RawColumn(text, np.where(filled, np.uint8(CellKind.TEXT), np.uint8(CellKind.BLANK)))
