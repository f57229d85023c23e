"""Where a table's header stands, and what it says over each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.errors import Where, column_letter
from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.sheets.folding import fold
from auditor.intake.sheets.grid import Grid, Positions
from auditor.intake.sheets.headers import LONGEST_HEADER, HeaderIndex
from auditor.intake.sheets.kinds import Guess, decide, judge
from auditor.intake.sheets.levels import HeadRows, Levels
from auditor.intake.sheets.spread import NOTHING_SPREAD, Spread, find_spread
from auditor.intake.sheets.titles import TitleIndex

_HEAD_ROWS = 40
_ROWS_JUDGED = 8
_MOST_TITLES = 60
_FEWEST_CELLS = 2  # of a row of a table
_FEWEST_ROWS = 2  # without any identity number, that are no lines of text
_IDENTITY = re.compile(r"\d{14}[\dXxＸｘ]")


@dataclass(frozen=True, slots=True)
class Head:
    """The header that fits best.

    Attributes:
        first, last: its grid rows [first, last).
        headers: what stands over each grid column, the levels of a header joined by a slash; "" where nothing does.
        leaves: of a header with several levels the lowest, else the header.
        above: grid column → the levels above its leaf, the outermost first; only columns that have any.
        rows: the header's rows as they stand.
        titles: the cells above it, with their places.
        guesses: the kinds of ledger that it may be of, the likeliest first.
        spread: the columns of days or months.
    """

    first: int
    last: int
    headers: tuple[str, ...]
    leaves: tuple[str, ...]
    above: Mapping[int, tuple[str, ...]]
    rows: tuple[tuple[str, ...], ...]
    titles: tuple[tuple[str, Where], ...]
    guesses: tuple[Guess, ...]
    spread: Spread


def find_head(
    source: SourceFile,
    grid: Grid,
    index: HeaderIndex,
    names: TitleIndex,
    only: str | None = None,
    *,
    spreads: bool = True,
) -> Head | None:
    """The header of the first table that the grid shows, or None where no cell is an accepted header.

    With `only`, the header that fits that ledger best, or None where no cell is an accepted header of it. Without
    `spreads`, columns of days or months are columns like others.
    """
    positions = grid.head(_HEAD_ROWS)
    rows = [[cell if len(cell) <= LONGEST_HEADER else "" for cell in row] for row in grid.texts(positions)]
    full = grid.texts(positions)
    known = [sum(1 for cell in set(row) if cell and index.known(cell)) for row in rows]
    order = sorted((i for i, count in enumerate(known) if count), key=lambda i: (-known[i], i))[:_ROWS_JUDGED]
    table = HeadRows(grid.raw, {int(position): row for position, row in zip(positions, rows, strict=True)}, index.heads)
    best: Head | None = None
    for i in sorted(order):
        if best is not None and decide(best.guesses) and _has_rows(full, positions, best.last, int(positions[i])):
            break  # a header that is sure, with rows under it: what comes now is another table's
        titles = [
            (cell, place(source, grid.raw, int(positions[row]), column))
            for row in range(i)
            for column, cell in enumerate(full[row])
            if cell
        ][:_MOST_TITLES]
        support = names.support([text for text, _ in titles], grid.raw.name, source.path)
        around = [*(text for text, _ in titles), grid.raw.name or "", source.path]
        spread = find_spread(rows, i, around, support, index) if spreads else NOTHING_SPREAD
        for levels in _candidates(table, int(positions[i]), support, index):
            guesses = [
                guess
                for guess in judge(levels.leaves, support, index, spread, levels.above)
                if only is None or guess.ledger == only
            ]
            # The same header again, at a page break, has the rows above it among its titles: the first one counts.
            if best is not None and tuple(spread.without(levels.leaves)) == best.leaves:
                continue
            if guesses and (best is None or guesses[0].headers > best.guesses[0].headers):
                above = [title for title in titles if (title[1].row or 0) - grid.raw.first_row < levels.first]
                best = _head(levels, above, guesses, spread, positions)
    return best


def _has_rows(full: Sequence[Sequence[str]], positions: Positions, first: int, last: int) -> bool:
    """Whether rows of a table, rather than lines of text, stand in the grid rows [first, last)."""
    between = np.flatnonzero((positions >= first) & (positions < last)).tolist()
    cells = [[cell for cell in full[i] if cell] for i in between]
    some = [row for row in cells if len(row) >= _FEWEST_CELLS and any(sign.isdigit() for cell in row for sign in cell)]
    identified = any(_IDENTITY.search(cell) for row in some for cell in row)
    return identified or sum(1 for row in some if not any(":" in fold(cell) for cell in row)) >= _FEWEST_ROWS


def _candidates(table: HeadRows, position: int, support: Mapping[str, float], index: HeaderIndex) -> Iterator[Levels]:
    """The header from this row down, and with the row above where that adds to what can be told of its columns."""
    own = table.header_at(position)
    levels: Levels | None = own
    parents = table.with_parents(own)
    if parents is not None and table.is_banner(parents):
        best, more = (judge(each.leaves, support, index, above=each.above) for each in (own, parents))
        if more and best and more[0].matched >= best[0].matched:
            levels, parents = parents, table.with_parents(parents)
    while levels is not None:
        yield levels
        levels, parents = parents, table.with_parents(parents) if parents is not None else None


def _head(
    levels: Levels,
    titles: Sequence[tuple[str, Where]],
    guesses: Sequence[Guess],
    spread: Spread,
    positions: Positions,
) -> Head:
    """The head, in which nothing stands over columns of days and months, since these are no columns of the ledger."""
    rows = [int(positions[row]) for row in spread.rows]
    return Head(
        min([levels.first, *rows]),
        max([levels.last, *(row + 1 for row in rows)]),
        tuple(spread.without(levels.headers)),
        tuple(spread.without(levels.leaves)),
        {index: over for index, over in levels.above.items() if index not in spread.indices},
        levels.rows,
        tuple(titles),
        tuple(guesses),
        spread,
    )


def head_at(
    source: SourceFile, grid: Grid, index: HeaderIndex, names: TitleIndex, rows: range, *, spreads: bool = True
) -> Head | None:
    """The header where a person says that it stands, in the grid rows `rows`; None where these hold nothing."""
    if not 0 <= rows.start < rows.stop <= grid.raw.row_count:
        return None
    table = HeadRows(grid.raw, {position: grid.row(position) for position in rows}, index.heads)
    levels = table.between(rows.start, rows.stop)
    if not any(levels.leaves):
        return None
    above = [int(position) for position in grid.head(_HEAD_ROWS) if position < rows.start]
    titles = [
        (cell, place(source, grid.raw, position, column))
        for position in above
        for column, cell in enumerate(grid.row(position))
        if cell
    ][:_MOST_TITLES]
    support = names.support([text for text, _ in titles], grid.raw.name, source.path)
    around = [*(text for text, _ in titles), grid.raw.name or "", source.path]
    cells = [grid.row(position) for position in rows]
    found = (find_spread(cells, near, around, support, index) for near in range(len(cells) if spreads else 0))
    spread = next((one for one in found if one.spoken), NOTHING_SPREAD)
    guesses = judge(levels.leaves, support, index, spread, levels.above)
    return _head(levels, titles, guesses, spread, np.arange(rows.start, rows.stop, dtype=np.int64))


def place(source: SourceFile, raw: RawSheet, position: int, index: int) -> Where:
    """The place of a cell by its grid position."""
    return Where(source.path, raw.name, raw.first_row + position, column_letter(raw.first_column + index))
