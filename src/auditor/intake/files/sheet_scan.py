"""What is known of a sheet before a reader may build its cells: box, kinds of cells, hidden parts, merges, formulas."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from auditor.errors import InputError
from auditor.intake.files.limits import Limits
from auditor.values.model import CellKind

Rows = npt.NDArray[np.int32]
Columns = npt.NDArray[np.int32]
Kinds = npt.NDArray[np.uint8]

_WIDTH = 1 << 16


@dataclass(slots=True)
class SheetScan:
    """Gathered while the sheet's XML streams by; spreadsheet numbers, counted from 1.

    Attributes:
        first_column, last_row, last_column: the box of the cells that hold a value; 0 when there is none.
        other: (rows, columns, kinds) of the cells that hold anything but text.
        errors: (row, column) → error value.
        hidden_rows: their numbers.
        hidden_columns: ranges (first, last).
        merges: ranges (first row, first column, last row, last column).
        formulas: (row, column) of formulas without a cached value.
        formula_count: cells that hold a formula.
        ordered: every cell came after the one before it, row by row; where not, a cell may stand twice.
        keep: hold the places of all cells, for `twice`.
    """

    first_column: int = 0
    last_row: int = 0
    last_column: int = 0
    other: list[tuple[Rows, Columns, Kinds]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    formula_count: int = 0
    ordered: bool = True
    keep: bool = False
    _last: int = 0
    _places: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, rows: Rows, columns: Columns, kinds: Kinds) -> None:
        """Take in cells that hold a value."""
        if not len(rows):
            return
        low, high = int(np.min(columns)), int(np.max(columns))
        self.first_column = min(low, self.first_column) if self.first_column else low
        self.last_column = max(high, self.last_column)
        self.last_row = max(int(np.max(rows)), self.last_row)
        places = rows.astype(np.int64) * _WIDTH + columns
        if int(places[0]) <= self._last or (np.diff(places) <= 0).any():
            self.ordered = False
        self._last = int(places[-1])
        if self.keep:
            self._places.append(places)
        other = kinds != CellKind.TEXT
        if other.any():
            self.other.append((rows[other], columns[other], kinds[other]))

    def check(self, shown: str, sheet: str, limits: Limits) -> None:
        """Hold what was seen so far against the limits.

        Raises:
            InputError: the sheet is over a limit.
        """
        if self.last_row > limits.rows:
            raise InputError.at("file-limit-rows", shown, sheet=sheet, count=self.last_row, limit=limits.rows)
        if self.last_column > limits.columns:
            raise InputError.at("file-limit-columns", shown, sheet=sheet, count=self.last_column, limit=limits.columns)
        cells = self.last_row * (self.last_column - self.first_column + 1)
        if cells > limits.cells:
            raise InputError.at("file-limit-cells", shown, sheet=sheet, count=cells, limit=limits.cells)
        if len(self.merges) > limits.merges:
            raise InputError.at("file-limit-merges", shown, sheet=sheet, count=len(self.merges), limit=limits.merges)

    def kinds(self, column: int) -> tuple[Rows, Kinds]:
        """Rows and kinds of the cells of `column` that hold anything but text."""
        rows = [r[c == column] for r, c, _ in self.other]
        kinds = [k[c == column] for _, c, k in self.other]
        if not rows:
            return np.empty(0, np.int32), np.empty(0, np.uint8)
        return np.concatenate(rows), np.concatenate(kinds)

    def twice(self) -> list[tuple[int, int]]:
        """(row, column) of the cells that were taken in more than once; only where `keep` was set."""
        if not self._places:
            return []
        places, counts = np.unique(np.concatenate(self._places), return_counts=True)
        return [divmod(place, _WIDTH) for place in places[counts > 1].tolist()]
