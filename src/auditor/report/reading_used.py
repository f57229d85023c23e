"""Columns that no value is taken from and that the reading rests on all the same: totals, days, halves of days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import column_letter
from auditor.intake import Band, SheetReading
from auditor.intake.sheets.day_columns import half_of_day
from auditor.intake.sheets.month_columns import measure_of
from auditor.ledgers import Catalogue, Ledger

TOTAL, DAYS, HALVES = "total", "days", "halves"
_TOTAL = re.compile(r"[合总小累]\s*计|总额|总金额|全年")
_DAY = re.compile(r"\s*(?:3[01]|[12][0-9]|0?[1-9])\s*[日号]?\s*")
_FEWEST_DAYS = 10
_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class UsedColumn:
    """A column that is neither mapped nor left out, or several of one use side by side.

    Attributes:
        use: `total` (of the row, added up again), `days` (marks, counted again) or `halves` (morning, afternoon).
        index, last: positions in `RawSheet.columns` of the first and the last.
        letter: the spreadsheet's letter, or first–last.
        header: what stands over it.
    """

    use: str
    index: int
    last: int
    letter: str
    header: str


def used_columns(tables: Sequence[SheetReading], catalogue: Catalogue) -> Mapping[int, tuple[UsedColumn, ...]]:
    """The used columns of a sheet's tables, by the position in `tables` of the first that has the header."""
    found: dict[int, tuple[UsedColumn, ...]] = {}
    done: set[tuple[int, int]] = set()
    for number, reading in enumerate(tables):
        if reading.ledger is None or reading.header in done:
            continue
        done.add(reading.header)
        together = [one for one in tables if _overlap(one.header, reading.header)]
        claimed = {index for one in together for index in _claimed(one)}
        left = [index for index in range(len(reading.raw.columns)) if index not in claimed]
        used = tuple(_uses(reading, left, catalogue[reading.ledger]))
        if used:
            found[number] = used
    return found


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _claimed(reading: SheetReading) -> Iterator[int]:
    for unknown in reading.unknown:
        yield unknown.index
    for column in reading.columns:
        yield from range(column.index, (column.index if column.last_index is None else column.last_index) + 1)


def _uses(reading: SheetReading, left: Sequence[int], ledger: Ledger) -> Iterator[UsedColumn]:
    headers = {index: header for index in left if (header := _header(reading, index))}
    days = [index for index, header in headers.items() if _DAY.fullmatch(header)]
    if len(days) >= _FEWEST_DAYS:
        yield _column(DAYS, reading, days[0], days[-1], f"{headers[days[0]]}…{headers[days[-1]]}")
        headers = {index: header for index, header in headers.items() if not days[0] <= index <= days[-1]}
    measure = measure_of(ledger)
    accepted = ledger.columns[measure].headers if measure is not None else ()
    for index, header in headers.items():
        if _TOTAL.search(header) or header.strip() in accepted:
            yield _column(TOTAL, reading, index, index, header)
        elif any(half_of_day(text) for text in _texts(reading, index)):
            yield _column(HALVES, reading, index, index, header)


def _column(use: str, reading: SheetReading, first: int, last: int, header: str) -> UsedColumn:
    letters = [column_letter(reading.raw.first_column + index) for index in (first, last)]
    return UsedColumn(use, first, last, "–".join(dict.fromkeys(letters)), header)


def _header(reading: SheetReading, index: int) -> str:
    """What stands over a column, the nearest to the rows."""
    first, last = reading.header
    cells = reading.raw.columns[index].text.slice(first, last - first).to_pylist()
    return next((cell for cell in reversed(cells) if cell and cell.strip()), "")


def _texts(reading: SheetReading, index: int) -> list[str]:
    """The different texts that stand in the first rows of a column."""
    rows = np.flatnonzero(np.isin(reading.bands, [Band.READ, Band.CONTINUED]))[:_LOOKED_AT]
    texts = pc.unique(reading.raw.columns[index].text.take(pa.array(rows)).drop_null())
    return [str(text) for text in texts.to_pylist()]
