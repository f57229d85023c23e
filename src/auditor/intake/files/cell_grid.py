"""A sheet built cell by cell by the readers of our own, within the limits at every step."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from auditor.errors import InputError
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawColumn, RawSheet
from auditor.values.model import CellKind

_NOTHING: tuple[RawColumn, ...] = ()
_LAST_KEPT = 1 << 20


class CellGrid:
    """Takes cells in any order, by spreadsheet row and column from 1; a cell put twice keeps the last value.

    Attributes:
        hidden_rows, hidden_columns: spreadsheet numbers; those past the last cell are dropped.
        formulas: cells that hold a formula and no value.
        formula_count: cells that hold a formula.
        twice: cells that were put more than once.
    """

    def __init__(self, shown: str, sheet: str | None, limits: Limits) -> None:
        self._shown, self._name, self._limits = shown, sheet, limits
        self._columns: dict[int, tuple[list[int], list[str], list[int]]] = {}
        self._last: dict[int, int] = {}
        self._unordered: set[int] = set()
        self._last_row = 0
        self._count = 0
        self._merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.formulas: list[tuple[int, int]] = []
        self.formula_count = 0
        self.twice: list[tuple[int, int]] = []

    @property
    def filled(self) -> bool:
        """Whether any cell holds something."""
        return bool(self._columns)

    def put(self, row: int, column: int, text: str, kind: CellKind) -> None:
        """Take in a cell; an empty text is a blank cell.

        Raises:
            InputError: over a limit.
        """
        if not text:
            return
        if len(text) > self._limits.cell_characters:
            raise self._over("file-limit-cell-length", limit=self._limits.cell_characters)
        held = self._columns.get(column)
        if held is None:
            if column > self._limits.columns:
                raise self._over("file-limit-columns", count=column, limit=self._limits.columns)
            held = self._columns[column] = ([], [], [])
        if row > self._last_row:
            if row > self._limits.rows:
                raise self._over("file-limit-rows", count=row, limit=self._limits.rows)
            self._last_row = row
        if row <= self._last.get(column, 0):
            self._unordered.add(column)
        self._last[column] = row
        held[0].append(row)
        held[1].append(text)
        held[2].append(kind)
        self.spend(1)

    def spend(self, cells: int) -> None:
        """Count cells that are about to be put, before they take any memory.

        Raises:
            InputError: more than a sheet may hold.
        """
        self._count += cells
        if self._count > self._limits.cells:
            raise self._over("file-limit-cells", count=self._count, limit=self._limits.cells)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Take in a merged range.

        Raises:
            InputError: over the limit.
        """
        if (bottom, right) == (top, left):
            return
        self._merges.append((top, left, bottom, right))
        if len(self._merges) > self._limits.merges:
            raise self._over("file-limit-merges", count=len(self._merges), limit=self._limits.merges)

    def sheet(self, *, hidden: bool = False, very_hidden: bool = False, date_1904: bool = False) -> RawSheet:
        """The finished sheet.

        Raises:
            InputError: its box is over the limit of cells.
        """
        first, columns, rows = 1, _NOTHING, 0
        if self._columns:
            first, last, rows = min(self._columns), max(self._columns), self._last_row
            box = rows * (last - first + 1)
            if box > self._limits.cells:
                raise self._over("file-limit-cells", count=box, limit=self._limits.cells)
            columns = tuple(self._column(number) for number in range(first, last + 1))
        last_column = first + len(columns) - 1
        return RawSheet(
            name=self._name,
            first_row=1,
            first_column=first,
            columns=columns,
            row_count=rows,
            hidden=hidden or very_hidden,
            hidden_rows=frozenset(row for row in self.hidden_rows if row <= rows),
            hidden_columns=frozenset(column for column in self.hidden_columns if first <= column <= last_column),
            merges=tuple(self._merges),
            formulas_without_value=tuple(self.formulas),
            very_hidden=very_hidden,
            formula_count=self.formula_count,
            date_1904=date_1904,
        )

    def _column(self, number: int) -> RawColumn:
        kind = np.zeros(self._last_row, np.uint8)
        rows, texts, kinds = self._columns.get(number, ((), (), ()))
        cells: list[str | None] = [None] * self._last_row
        seen: set[int] | None = set() if number in self._unordered else None
        for row, text in zip(rows, texts, strict=True):
            cells[row - 1] = text
            if seen is not None:
                if row in seen:
                    self.twice.append((row, number))
                seen.add(row)
        kind[np.array(rows, np.int64) - 1] = kinds
        return RawColumn(pa.array(cells, pa.string()), kind)

    def _over(self, code: str, **args: int) -> InputError:
        error = InputError.at(code, self._shown, sheet=self._name or "", **args)
        assert isinstance(error, InputError)
        return error


def clipped(number: int) -> int:
    """A count or number that a file declares, no larger than any that is kept."""
    return min(max(number, 0), _LAST_KEPT)
