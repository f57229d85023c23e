"""A sheet as it was written, with the truth of it: what each row is, and where each value stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa
from tests.layouts.drawing import Value
from tests.layouts.spelling import Cell

from auditor.errors import column_letter
from auditor.intake import Band, RawColumn, RawSheet
from auditor.values import CellKind

Bands = frozenset[Band]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; in a block from 0, on a page as the spreadsheet counts."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a ledger where it was written.

    Attributes:
        ledger: the kind.
        row: its row in the block, from 0; on a page the spreadsheet's number.
        values: what the tables must hold, for each column of the ledger.
        at: the first and last grid column of each value that stands in cells (equal but for split values).
        lost: columns whose value cannot be had from the cell and must be told.
    """

    ledger: str
    row: int
    values: Mapping[str, Value | None]
    at: Mapping[str, tuple[int, int]]
    lost: frozenset[str] = frozenset()

    def address(self, column: str) -> str:
        """The cell, or the range of cells, as the spreadsheet names it (of a row on a page)."""
        first, last = self.at[column]
        address = f"{column_letter(first)}{self.row}"
        return address if first == last else f"{address}:{column_letter(last)}{self.row}"


@dataclass(slots=True)
class Block:
    """A rectangle of cells that grows row by row: a table with what stands around it; `header` is its header's row."""

    width: int
    cells: list[list[Cell]] = field(default_factory=list)
    bands: list[Bands] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    header: int = 0

    def add(self, cells: Mapping[int, Cell], *bands: Band) -> int:
        """Append a row with `cells` at their columns; gives its number."""
        row: list[Cell] = [None] * self.width
        for column, cell in cells.items():
            row[column] = cell
        self.cells.append(row)
        self.bands.append(frozenset(bands))
        return len(self.cells) - 1

    def below(self, other: Block, gap: int) -> None:
        """Append another block under this one, after `gap` blank rows."""
        self.width = max(self.width, other.width)
        for _ in range(gap):
            self.add({}, Band.BLANK)
        base = len(self.cells)
        self.cells.extend(other.cells)
        # A title between two tables is as well a note under the first, as long as its values are read.
        self.bands.extend(bands | {Band.NOTE} if Band.TITLE in bands else bands for bands in other.bands)
        self.merges.extend((top + base, left, bottom + base, right) for top, left, bottom, right in other.merges)
        self.placed.extend(replace(one, row=one.row + base) for one in other.placed)

    def lowered(self, rows: int) -> Block:
        """The block with as many blank rows above it."""
        lower = Block(self.width, header=self.header + rows)
        lower.below(self, rows)
        return lower

    def beside(self, other: Block, gap: int) -> None:
        """Put another block at the right of this one, after `gap` blank columns; their headers are on a line."""
        base = self.width + gap
        while len(self.cells) < len(other.cells):
            self.add({}, Band.BLANK)
        self.cells = [row + [None] * (base - len(row)) for row in self.cells]
        self.width = base + other.width
        for row, (cells, bands) in enumerate(zip(other.cells, other.bands, strict=True)):
            self.cells[row] += cells
            self.bands[row] = _both(self.bands[row], bands)
        for row in range(len(other.cells), len(self.cells)):
            self.cells[row] += [None] * other.width
        self.merges.extend((top, left + base, bottom, right + base) for top, left, bottom, right in other.merges)
        self.placed.extend(
            replace(one, at={name: (first + base, last + base) for name, (first, last) in one.at.items()})
            for one in other.placed
        )


def _both(one: Bands, other: Bands) -> Bands:
    if Band.READ in one or Band.READ in other:
        return frozenset({Band.READ})
    return (one | other) - {Band.BLANK} | (one & other)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet in a file.

    Attributes:
        file, sheet: their names.
        first_row, first_column: where the grid begins, from 1.
        cells: the grid.
        bands: for each grid row the bands that are right.
        merges: as the spreadsheet counts.
        placed: every row of every ledger on it.
        hidden_rows, hidden_columns: as the spreadsheet counts.
        features: what was mixed.
        named: whether the kinds of ledger are named around the tables; if not, the reading may say that it cannot tell.
    """

    file: str
    sheet: str | None
    first_row: int
    first_column: int
    cells: Sequence[Sequence[Cell]]
    bands: Sequence[Bands]
    merges: tuple[Merge, ...]
    placed: tuple[Placed, ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    features: frozenset[str] = frozenset()
    named: bool = True

    def band(self, number: int) -> Bands:
        """What the spreadsheet's row `number` may be; rows outside the grid are blank."""
        position = number - self.first_row
        return self.bands[position] if 0 <= position < len(self.bands) else frozenset({Band.BLANK})

    def raw(self) -> RawSheet:
        """The sheet as a reader would hand it over."""
        columns = []
        for index in range(max(len(row) for row in self.cells)):
            held = [_held(row[index] if index < len(row) else None) for row in self.cells]
            kinds = np.array([kind for _, kind in held], dtype=np.uint8)
            columns.append(RawColumn(pa.array([text for text, _ in held], pa.string()), kinds))
        return RawSheet(
            self.sheet,
            self.first_row,
            self.first_column,
            tuple(columns),
            len(self.cells),
            hidden_rows=self.hidden_rows,
            hidden_columns=self.hidden_columns,
            merges=self.merges,
        )


def _held(cell: Cell) -> tuple[str | None, CellKind]:
    match cell:
        case None:
            return None, CellKind.BLANK
        case bool():
            return str(cell).lower(), CellKind.BOOLEAN
        case int() | float():
            return (str(int(cell)) if cell == int(cell) else repr(cell)), CellKind.NUMBER
        case date():
            return cell.isoformat(), CellKind.DATE
        case str():
            return cell, CellKind.TEXT


def page_of(
    block: Block, *, file: str, sheet: str | None, top: int, left: int, features: frozenset[str], named: bool
) -> Page:
    """The block as a sheet whose grid begins at row `top` and column `left`."""
    placed = tuple(
        replace(
            one,
            row=one.row + top,
            at={name: (first + left, last + left) for name, (first, last) in one.at.items()},
        )
        for one in block.placed
    )
    merges = tuple((a + top, b + left, c + top, d + left) for a, b, c, d in block.merges)
    return Page(file, sheet, top, left, block.cells, block.bands, merges, placed, features=features, named=named)
