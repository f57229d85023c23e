"""Cells that hold a formula of which the file does not hold the result: to the reader they are blank, and are not."""

from __future__ import annotations

from auditor.intake.raw import RawSheet
from auditor.intake.reading import MappedColumn
from auditor.tables import LedgerTable


class Formulas:
    """Where the formulas without a result stand, by grid row; asked for many rows of few sheets."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[RawSheet, dict[int, tuple[int, ...]]]] = {}

    def rows(self, raw: RawSheet) -> dict[int, tuple[int, ...]]:
        """Grid row → the grid columns in which such a formula stands."""
        if id(raw) not in self._known:
            found: dict[int, tuple[int, ...]] = {}
            for row, column in sorted(raw.formulas_without_value):
                position = row - raw.first_row
                found[position] = (*found.get(position, ()), column - raw.first_column)
            self._known[id(raw)] = raw, found  # the sheet is kept, so that its id stays its own
        return self._known[id(raw)][1]

    def within(self, raw: RawSheet, position: int, first: int, last: int) -> bool:
        """Whether one stands in the grid columns `first` to `last` of a grid row."""
        return any(first <= index <= last for index in self.rows(raw).get(position, ()))

    def under(self, table: LedgerTable, row: int, column: str) -> bool:
        """Whether one stands in the cell, or in one of the cells, of `_row` `row` under the ledger's `column`."""
        reading = table.readings[int(table.sheet_of[row])]
        mapped = next((one for one in reading.columns if one.column == column), None)
        position = int(table.row_numbers[row]) - reading.raw.first_row
        return mapped is not None and self._of(reading.raw, position, mapped)

    def _of(self, raw: RawSheet, position: int, mapped: MappedColumn) -> bool:
        last = mapped.index if mapped.last_index is None else mapped.last_index
        return self.within(raw, position, mapped.index, last)
