"""Where a table's header stands, and what it says over each column."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.errors import Where, column_letter
from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.headers import LONGEST_HEADER, HeaderIndex
from auditor.intake.sheets.kinds import Guess, judge
from auditor.intake.sheets.titles import TitleIndex

_HEAD_ROWS = 40
_ROWS_JUDGED = 8
_MOST_TITLES = 60


@dataclass(frozen=True, slots=True)
class Head:
    """The header that fits best.

    Attributes:
        first, last: its grid rows [first, last).
        headers: what stands over each grid column, "" where nothing does.
        titles: the cells above it, with their places.
        guesses: the kinds of ledger that it may be of, the likeliest first.
    """

    first: int
    last: int
    headers: tuple[str, ...]
    titles: tuple[tuple[str, Where], ...]
    guesses: tuple[Guess, ...]


def find_head(source: SourceFile, grid: Grid, index: HeaderIndex, names: TitleIndex) -> Head | None:
    """The header of the first table that the grid shows, or None where no cell is an accepted header."""
    positions = grid.head(_HEAD_ROWS)
    rows = [[cell if len(cell) <= LONGEST_HEADER else "" for cell in row] for row in grid.texts(positions)]
    full = grid.texts(positions)
    known = [sum(1 for cell in set(row) if cell and index.known(cell)) for row in rows]
    order = sorted((i for i, count in enumerate(known) if count), key=lambda i: (-known[i], i))[:_ROWS_JUDGED]
    best: Head | None = None
    for i in sorted(order):
        titles = [
            (cell, place(source, grid.raw, int(positions[row]), column))
            for row in range(i)
            for column, cell in enumerate(full[row])
            if cell
        ][:_MOST_TITLES]
        support = names.support([text for text, _ in titles], grid.raw.name, source.path)
        guesses = judge(rows[i], support, index)
        if guesses and (best is None or guesses[0].headers > best.guesses[0].headers):
            first, last = _rows(grid.raw, int(positions[i]))
            best = Head(first, last, tuple(rows[i]), tuple(titles), tuple(guesses))
    return best


def place(source: SourceFile, raw: RawSheet, position: int, index: int) -> Where:
    """The place of a cell by its grid position."""
    return Where(source.path, raw.name, raw.first_row + position, column_letter(raw.first_column + index))


def _rows(raw: RawSheet, position: int) -> tuple[int, int]:
    """The header's rows: the one found, and those that its vertically merged cells reach down to."""
    row = raw.first_row + position
    down = [last for first, _, last, _ in raw.merges if first == row < last <= row + 2]
    return position, (max(down) if down else row) - raw.first_row + 1
