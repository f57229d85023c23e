"""One value made from the cells of neighbouring columns: 2022 | 11 | 4, and identity numbers with a digit a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from auditor.intake.raw import KindArray, RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray
from auditor.values import CellKind

_BETWEEN = " | "  # between the cells, where it is shown what stood
_YEAR = re.compile(r"(\d{4}|\d{2})年?度?")
_MONTH = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月?份?")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_UNITS = ("年", "月", "日")
_WHOLE = re.compile(r"\d{4}\D+\d{1,2}.*|\d{6}|\d{8}")
_DIGITS = re.compile(r"[\dXx]+")
_FEWEST_SINGLE = 14  # columns of one digit each that are a number's without anybody having merged its header

Made: TypeAlias = "tuple[RawColumn, pa.StringArray]"
_Joiner: TypeAlias = "Callable[[Sequence[str | None]], str | None]"


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def moment(parts: Sequence[str | None]) -> str | None:
    """The date or month that year, month and day say together, for the column's own reader; None where all are blank.

    What is no year, month or day is left among them, so that the reader says so.
    """
    plain = [_plain(part) for part in parts]
    filled = [part for part in plain if part]
    if len(filled) <= 1:
        return next((part for part in parts if part and part.strip()), None)
    whole = [part for part in filled if _WHOLE.fullmatch(part)]
    if len(whole) == 1 and (not plain[0] or whole[0].startswith(plain[0].rstrip("年"))):
        return whole[0]  # the month's cell holds the year as well
    shapes = (_YEAR, _MONTH, _DAY)
    said = ""
    for part, shape, unit in zip(plain, shapes, _UNITS, strict=False):
        found = shape.fullmatch(part)
        said += f"{found[1]}{unit}" if found else part
    return said


def join_moment(raw: RawSheet, indices: Sequence[int], bands: BandArray) -> Made:
    """The cells to be read of a date or month in several columns, and what stood."""
    return _made(raw, indices, bands, moment)


def digits(parts: Sequence[str | None]) -> str | None:
    """The number whose digits stand in several cells; the first cell alone where the others hold anything else."""
    first, *others = (_plain(part) for part in parts)
    if any(other and not _DIGITS.fullmatch(other) for other in others) or not any(others):
        return parts[0]
    return first + "".join(others)


def number_columns(raw: RawSheet, index: int, headers: Sequence[str], rows: range, bands: BandArray) -> tuple[int, ...]:
    """The columns over which the number under the header of `index` is spread; only `index` where it is not.

    Args:
        raw: the sheet.
        index: the grid column of the header.
        headers: the headers of all grid columns.
        rows: the header's grid rows.
        bands: what each row is.
    """
    last = index
    while last + 1 < len(headers) and not headers[last + 1]:
        last += 1
    if last == index:
        return (index,)
    merged = [
        right - raw.first_column
        for top, left, _, right in raw.merges
        if left - raw.first_column == index and top - raw.first_row in rows
    ]
    if merged and max(merged) > index:
        return tuple(range(index, min(max(merged), last) + 1))
    chosen = pa.array(np.flatnonzero(bands == Band.READ))
    single = index
    for place in range(index, last + 1):
        texts = [text for text in raw.columns[place].text.take(chosen).to_pylist() if text is not None]
        if not texts or any(len(text.strip()) > 1 for text in texts):
            break
        single = place
    return tuple(range(index, single + 1)) if single - index + 1 >= _FEWEST_SINGLE else (index,)


def join_digits(raw: RawSheet, indices: Sequence[int], bands: BandArray) -> Made:
    """The cells to be read of a number with its digits in several columns, and what stood."""
    return _made(raw, indices, bands, digits)


def _made(raw: RawSheet, indices: Sequence[int], bands: BandArray, join: _Joiner) -> Made:
    rows = np.flatnonzero(bands == Band.READ)
    chosen = pa.array(rows)
    texts: list[str | None] = [None] * raw.row_count
    stood: list[str | None] = [None] * raw.row_count
    kinds: KindArray = np.zeros(raw.row_count, dtype=np.uint8)
    parts = [raw.columns[index].text.take(chosen).to_pylist() for index in indices]
    for row, cells in zip(rows.tolist(), zip(*parts, strict=True), strict=True):
        text = join(cells)
        if text is None:
            continue
        texts[row] = text
        stood[row] = _BETWEEN.join(cell or "" for cell in cells)
        same = next((i for i, cell in zip(indices, cells, strict=True) if cell == text), None)
        kinds[row] = CellKind.TEXT if same is None else raw.columns[same].kind[row]
    return RawColumn(pa.array(texts, pa.string()), kinds), pa.array(stood, pa.string())
