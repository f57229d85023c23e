"""The sums of a ledger's rows, over the spans that its total rows speak of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.reading import Band, SheetReading, TotalRow
from auditor.intake.sheets.totals import CARRIED, OF_THE_TABLE, level
from auditor.ledgers import ColumnType
from auditor.tables import CellFault, LedgerTable, Tables
from auditor.values import CellKind, Hints, Read, read_cell

_TOLERANCE = Decimal("0.01")

Rows = tuple[tuple[int, int], ...]
"""Ranges of `_row`, half-open."""


@dataclass(frozen=True, slots=True)
class SheetSpan:
    """A reading with where its rows stand in the ledger's table."""

    reading: SheetReading
    positions: npt.NDArray[np.intp]
    start: int

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """The `_row`s of the grid rows [first, last)."""
        low, high = np.searchsorted(self.positions, [first, last])
        return self.start + int(low), self.start + int(high)

    @property
    def label(self) -> str:
        """The month, where it is one of a table with a column for each; else empty."""
        return self.reading.part.label if self.reading.part is not None else ""

    @property
    def is_month(self) -> bool:
        """Whether it is one month of such a table: its rows are not all rows of the table."""
        return self.label != ""


class LedgerSums:
    """The sums of one ledger's rows."""

    def __init__(self, table: LedgerTable, faults: Sequence[CellFault]) -> None:
        self.table = table
        self._sums: dict[str, list[Decimal]] = {}
        ends = itertools.accumulate((reading.count(Band.READ) for reading in table.readings), initial=0)
        self.sheets = [
            SheetSpan(reading, np.flatnonzero(reading.bands == Band.READ), start)
            for reading, start in zip(table.readings, ends, strict=False)
        ]
        unread: dict[str, list[int]] = {}
        for fault in faults:
            if fault.ledger == table.ledger.id and not fault.readable:
                unread.setdefault(fault.column, []).append(fault.row)
        for sheet in self.sheets:
            for column, rows in itertools.chain(_formulas(sheet), _noted(sheet)):
                unread.setdefault(column, []).extend(rows)
        self._unread = {column: np.unique(rows) for column, rows in unread.items()}
        self._beside: dict[int, list[SheetSpan]] = {}
        for sheet in self.sheets:
            self._beside.setdefault(id(sheet.reading.raw), []).append(sheet)

    def months_beside(self, sheet: SheetSpan) -> list[SheetSpan]:
        """All months of the table that `sheet` is a month of."""
        beside = self._beside[id(sheet.reading.raw)]
        return [one for one in beside if one.is_month and one.reading.header == sheet.reading.header]

    def spans(self, sheet: SheetSpan, total: TotalRow) -> list[Rows]:
        """The rows that the total may sum, the likeliest first."""
        spans: list[Rows] = [(sheet.rows(first, last),) for first, last in ((total.first, total.last), *total.others)]
        own = _own_table(sheet.reading, total)
        if own is not None:
            spans.append((sheet.rows(own, total.position),))
        beside = self._beside[id(sheet.reading.raw)]
        if sheet.is_month:  # of the tables beside it, the same month counts
            beside = [one for one in beside if one.label == sheet.label]
        if len(beside) > 1 and level(total.label) >= OF_THE_TABLE:
            spans.append(tuple(other.rows(0, total.position) for other in beside))
        return spans

    def judged(self, column: str, rows: Rows) -> bool:
        """Whether every cell of the column in these rows was read."""
        faults = self._unread.get(column, np.empty(0, dtype=np.int64))
        return all(int(np.searchsorted(faults, last) - np.searchsorted(faults, first)) == 0 for first, last in rows)

    def added(self, column: str, rows: Rows) -> Decimal:
        """The sum of the column over these rows."""
        if column not in self._sums:
            values = (Decimal(value or 0) for value in self.table.typed.column(column).to_pylist())
            self._sums[column] = list(itertools.accumulate(values, initial=Decimal(0)))
        sums = self._sums[column]
        return sum((sums[last] - sums[first] for first, last in rows), Decimal(0))

    def different(self, column: str, rows: Rows) -> int:
        """How many different values the column has in these rows."""
        values = self.table.typed.column(column)
        pieces = [chunk for first, last in rows for chunk in values.slice(first, last - first).chunks]
        return int(pc.count_distinct(pa.chunked_array(pieces, values.type)).as_py())


def _own_table(reading: SheetReading, total: TotalRow) -> int | None:
    """Where the rows begin of the table that the total stands under, if it is one under another of its kind.

    It has a title and the header again; a page that carries on from another has them too.
    """
    bands = reading.bands[total.first : total.position]
    headers = np.flatnonzero(bands == Band.HEADER)
    if not len(headers) or not np.any(bands[: headers[-1]] == Band.TITLE):
        return None
    carried = (one for one in reading.totals if total.first <= one.position < total.position)
    return None if any(CARRIED.search(one.label) for one in carried) else total.first + int(headers[-1]) + 1


def is_sum(said: Decimal, added: Decimal) -> bool:
    """Whether a figure is a sum, a cent more or less."""
    return abs(said - added) <= _TOLERANCE


def size(rows: Rows) -> int:
    """How many rows these are."""
    return sum(last - first for first, last in rows)


def figure(
    reading: SheetReading, position: int, index: int, kind: ColumnType, unit: int = 1
) -> tuple[str, Decimal] | None:
    """What stands in a cell of the sheet itself, whatever was made of it: the text and the number; None if none does.

    Args:
        reading: the table.
        position: grid row.
        index: grid column.
        kind: money or a whole number.
        unit: yuan that a bare number of money means.
    """
    cells = reading.raw.columns[index]
    raw = cells.text[position].as_py()
    if raw is None:
        return None
    hints = Hints(reading.year_hint, reading.raw.date_1904, unit)
    said = read_cell(kind.value, raw, CellKind(int(cells.kind[position])), hints=hints)
    if not isinstance(said, Read) or not isinstance(said.value, Decimal | int):
        return None
    return raw, Decimal(said.value)


def ledger_sums(tables: Tables) -> Iterator[LedgerSums]:
    """The sums of each ledger that was given."""
    for table in tables.present.values():
        yield LedgerSums(table, tables.faults)


def _formulas(sheet: SheetSpan) -> Iterator[tuple[str, Sequence[int]]]:
    """The `_row`s, for each column, of formulas of which the file does not hold the result: blank, and no nought."""
    raw = sheet.reading.raw
    if not raw.formulas_without_value:
        return
    cells = np.array(raw.formulas_without_value, dtype=np.int64) - (raw.first_row, raw.first_column)
    cells = cells[np.isin(cells[:, 0], sheet.positions)]
    for mapped in sheet.reading.columns:
        mine = cells[[mapped.holds(index) for index in cells[:, 1].tolist()], 0] if len(cells) else cells[:, 0]
        yield mapped.column, (sheet.start + np.searchsorted(sheet.positions, mine)).tolist()


def _noted(sheet: SheetSpan) -> Iterator[tuple[str, Sequence[int]]]:
    """The `_row`s, for each column, beside notes that hold a number of their own in it: 注：补发上月 | 600.

    A total may or may not have counted it, so totals over these rows are not judged.
    """
    reading = sheet.reading
    notes = np.flatnonzero(reading.bands == Band.NOTE)
    if not len(notes) or not len(sheet.positions):
        return
    for mapped in reading.columns:
        cells = reading.raw.columns[mapped.index]
        mine = notes[cells.kind[notes] == CellKind.NUMBER]
        above = np.clip(np.searchsorted(sheet.positions, mine) - 1, 0, None)
        below = np.minimum(above + 1, len(sheet.positions) - 1)
        yield mapped.column, (sheet.start + np.union1d(above, below)).tolist()
