"""What stands on the sheet beside a table, beyond a blank column: a list of codes, notes far to the right.

It is not read as a part of the table's rows, and where it holds anything that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from auditor.errors import Argument, Gravity, Problem, Where, column_letter
from auditor.intake.reading import Band, BandArray
from auditor.intake.sheets.grid import Grid, Mask

if TYPE_CHECKING:
    from auditor.intake.sheets.row_bands import Table

_OF_THE_TABLE = (Band.READ, Band.REJECTED, Band.NOTE)


@dataclass(frozen=True, slots=True)
class Beside:
    """Columns beside the table: grid columns [first, last), how many cells they hold, and the first row that does."""

    first: int
    last: int
    cells: int
    row: int

    def problem(self, grid: Grid, file: str) -> Problem:
        """The note that says what was left out."""
        raw = grid.raw
        letters = [column_letter(raw.first_column + index) for index in (self.first, self.last - 1)]
        where = Where(file, raw.name, raw.first_row + self.row, letters[0])
        args: dict[str, Argument] = {"columns": "—".join(dict.fromkeys(letters)), "cells": self.cells}
        return Problem("cells-beside", where, args, Gravity.NOTE)


def runs(used: Mask) -> Iterator[tuple[int, int]]:
    """Runs of used columns, half-open."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], used, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def find_beside(grid: Grid, table: Table, bands: BandArray) -> tuple[Beside, ...]:
    """The columns beyond a blank column of which the table uses none; rows that hold nothing else become notes."""
    mine = bands != Band.ELSEWHERE
    mine[: table.first] = False
    filled = (
        bool(header) or bool((mask & mine).any()) for header, mask in zip(table.headers, grid.filled, strict=True)
    )
    used: Mask = np.fromiter(filled, dtype=np.bool_, count=len(grid.filled))
    away = [(first, last) for first, last in runs(used) if not any(first <= i < last for i in table.columns)]
    if not away:
        return ()
    stray = np.zeros(len(used), dtype=np.bool_)
    for first, last in away:
        stray[first:last] = True
    rejected = np.flatnonzero(bands == Band.REJECTED)
    own = np.zeros(len(rejected), dtype=np.bool_)
    for index in np.flatnonzero(~stray):
        own |= grid.filled[index][rejected]
    bands[rejected[~own]] = Band.NOTE
    mine = np.isin(bands, _OF_THE_TABLE)
    mine[: table.last] = False
    found = []
    for first, last in away:
        counts = np.sum([grid.filled[index] & mine for index in range(first, last)], axis=0)
        if counts.any():
            found.append(Beside(first, last, int(counts.sum()), int(np.flatnonzero(counts)[0])))
    return tuple(found)
