"""The next table of a sheet, or those that stand side by side: none swallows another, known or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import Problem, Where
from auditor.intake.raw import SourceFile
from auditor.intake.reading import Band, SheetReading
from auditor.intake.sheets.blocks import header_top, title_lines
from auditor.intake.sheets.grid import Grid, Region
from auditor.intake.sheets.head import find_head
from auditor.intake.sheets.kinds import decide
from auditor.intake.sheets.labels import header_forms
from auditor.intake.sheets.row_bands import FEWEST_HEADERS, REPEATED_SHARE, known_headers
from auditor.intake.sheets.side_by_side import find_panels, share_totals
from auditor.intake.sheets.spread import spread_cells
from auditor.intake.sheets.table_reading import Reader, no_ledger, read_table
from auditor.maps import SheetEntry

_MOST_TRIED = 20  # header rows under an unrecognised table that are tried
_MOST_FACTS = 5  # rows of several cells above a header: 单位 | 清溪镇 | 月份 | 3月
_TABLE_ROWS = 3  # a header and two rows
_FEW_CELLS = 2  # a row with more cells belongs to a table

MOST_TABLES = 500
"""Tables that are read of one sheet."""

Found = tuple[tuple[SheetReading, ...], int | None]


def read_next(source: SourceFile, grid: Grid, start: int, reader: Reader, entry: SheetEntry | None = None) -> Found:
    """Read the first table from grid row `start`, with those beside it.

    Returns:
        The readings, and the grid row where the next table below begins, or None.
    """
    seen = grid.within(Region(first_row=start))
    reading, below = read_table(source, seen, reader, entry)
    if entry is not None:
        return (reading,), below  # a person said what stands here
    if reading.ledger is None:
        return _past(source, grid, start, reader, reading)
    above = _above(source, seen, reader, reading)
    if above is not None:
        return above
    part = seen if below is None else grid.within(Region(start, below))
    return _side_by_side(source, part, reading, reader), below


def _side_by_side(source: SourceFile, grid: Grid, reading: SheetReading, reader: Reader) -> tuple[SheetReading, ...]:
    """The reading, or those of the tables side by side that it is of."""
    if reading.ledger is None:
        return (reading,)
    ledger = reader.catalogue[reading.ledger]
    panels = find_panels(source, grid, reading, ledger, reader.index, reader.names)
    if panels is None:
        return (reading,)
    readings = [list(_down(source, grid, region, reader)) for region in panels.regions]
    if panels.repeated and all(len(one) == 1 for one in readings):
        return share_totals([one[0] for one in readings], ledger)
    return tuple(one for panel in readings for one in panel)


def _down(source: SourceFile, grid: Grid, region: Region, reader: Reader) -> Iterator[SheetReading]:
    """The tables of one panel, one below the other."""
    start: int | None = region.first_row
    while start is not None:
        reading, start = read_table(source, grid.within(replace(region, first_row=start)), reader)
        yield reading


def _header_rows(grid: Grid, first: int, last: int, reader: Reader) -> list[int]:
    """The grid rows in [first, last) that look like a header of some ledger."""
    counts = grid.counts[first:last]
    known = np.zeros(len(counts), dtype=np.int64)
    for column, filled in zip(grid.raw.columns, grid.filled, strict=True):
        if filled[first:last].any():
            encoded = column.text[first:last].dictionary_encode()
            header = np.asarray(pc.is_in(header_forms(encoded.dictionary), value_set=known_headers(reader.index)))
            found = header[encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)] if len(header) else False
            known += found & filled[first:last]
    like = np.flatnonzero(known >= FEWEST_HEADERS)
    rows = pa.array(like + first)
    judged = counts[like] - sum(spread_cells(column.text.take(rows)) for column in grid.raw.columns)
    return [int(row) + first for row in like[known[like] >= REPEATED_SHARE * judged]]


def _lines_above(grid: Grid, header: int, floor: int, reader: Reader) -> int:
    header = header_top(grid, header, floor, reader.index.heads)
    unread = np.full(grid.raw.row_count, Band.READ, dtype=np.uint8)
    return title_lines(grid, header, floor, unread, np.zeros(grid.raw.row_count, dtype=np.bool_))


def _is_table(grid: Grid, rows: Sequence[int]) -> bool:
    return any(grid.counts[row] > _FEW_CELLS for row in rows)


def _above(source: SourceFile, grid: Grid, reader: Reader, reading: SheetReading) -> Found | None:
    """A table above the one that was found, because its header fits less well."""
    start, header = grid.region.first_row, reading.header[0]
    for row in _header_rows(grid, start, header, reader):
        end = _lines_above(grid, header, row + 1, reader)
        if not _is_table(grid, range(row + 1, end)):
            continue
        upper, below = read_table(source, grid.within(Region(start, end)), reader)
        if upper.ledger is None or upper.count(Band.READ):
            end = end if below is None else below
            return _side_by_side(source, grid.within(Region(start, end)), upper, reader), end
    for row in range(start, header - _TABLE_ROWS):
        if _is_strange_table(grid, row) or (row == start and _is_long(grid, start, header, reader)):
            end = _lines_above(grid, header, row + _TABLE_ROWS, reader)
            return (read_table(source, grid.within(Region(start, end)), reader)[0],), end
    return None


def _is_long(grid: Grid, start: int, header: int, reader: Reader) -> bool:
    """Whether more rows of several cells stand above the header than a title has."""
    return (
        int(np.count_nonzero(grid.counts[start : _lines_above(grid, header, start, reader)] > _FEW_CELLS))
        >= _MOST_FACTS
    )


def _is_strange_table(grid: Grid, row: int) -> bool:
    """Whether a header of words with two rows of figures under it stands at grid row `row`."""
    if grid.counts[row] <= _FEW_CELLS or any(grid.counts[row + 1 : row + _TABLE_ROWS] <= _FEW_CELLS):
        return False
    header, *rows = grid.texts(np.arange(row, row + _TABLE_ROWS, dtype=np.int64))
    under = all(not cell or above for one in rows for cell, above in zip(one, header, strict=True))
    words = not any(sign.isdigit() or sign in ":：" for cell in header for sign in cell)
    return under and words and all(any(cell.replace(".", "").isdigit() for cell in one) for one in rows)


def _past(source: SourceFile, grid: Grid, start: int, reader: Reader, reading: SheetReading) -> Found:
    """Go past what is no ledger that we know to the next table that is one."""
    seen = grid.within(Region(first_row=start))
    for row in _header_rows(seen, start, grid.raw.row_count, reader)[:_MOST_TRIED]:
        end = _lines_above(seen, row, start, reader)
        if end <= start:
            continue
        head = find_head(source, grid.within(Region(first_row=end)), reader.index, reader.names)
        if head is None or not head.first <= row < head.last or decide(head.guesses) is None:
            continue
        if _is_table(seen, range(start, end)):
            left, _ = read_table(source, grid.within(Region(start, end)), reader)
            return (left,), end
        readings, below = read_next(source, grid, end, reader)
        return _with_lines(seen, readings, start, end), below
    return (reading,), None


def _with_lines(grid: Grid, readings: tuple[SheetReading, ...], start: int, end: int) -> tuple[SheetReading, ...]:
    """The readings with the lines of text far above their header."""
    first, *others = readings
    bands = first.bands.copy()
    bands[start:end] = np.where(grid.counts[start:end] > 0, Band.NOTE, Band.BLANK)
    return (replace(first, bands=bands), *others)


def unread_rest(source: SourceFile, grid: Grid, start: int, limit: int) -> SheetReading:
    """What stands below more tables than anybody draws on a sheet: not read, and said."""
    where = Where(source.path, grid.raw.name, grid.raw.first_row + start)
    return no_ledger(
        source, grid.within(Region(first_row=start)), (Problem("tables-too-many", where, {"limit": limit}),)
    )
