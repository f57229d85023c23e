"""What each row of a recognised sheet is: data, or title, header, total, section, signature, note.

Rows that carry an identity number, an account or the ledger's whole key are data, whatever else stands in them; that is
seen on whole columns at once, and only the others are looked at more closely.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from auditor.intake.reading import Band, BandArray, TotalRow
from auditor.intake.sheets.beside import Beside, find_beside
from auditor.intake.sheets.blocks import header_top, is_header, may_begin, only_titles, title_lines, whole_new_header
from auditor.intake.sheets.columns import ONE_LEVEL, Above, assign
from auditor.intake.sheets.grid import Grid, Mask, Positions
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.levels import header_around
from auditor.intake.sheets.row_bands import OWN_SHARE, REPEATED_SHARE, Block, Table, blocks, look
from auditor.intake.sheets.sections import Section, settle
from auditor.intake.sheets.totals import spans
from auditor.ledgers import ColumnType

WITHOUT_VALUES = "row-without-values"

_MOST_TRIED = 1000  # rows of words that are looked at closely
_MOST_PAGES = 5000  # pages whose lines are read; below them another table is begun
_IDENTIFIERS = frozenset({ColumnType.PERSON_ID, ColumnType.ACCOUNT, ColumnType.USCC})
_SHORTEST_IDENTIFIER, _LONGEST_IDENTIFIER = 15, 40


@dataclass(frozen=True, slots=True)
class Layout:
    """The bands of a sheet's rows.

    Attributes:
        bands: a band for each grid row.
        reasons: grid position → code of the reason, for rejected rows.
        totals: the total rows.
        sections: the lines that head groups of rows.
        beside: what stands beside the table.
        other_table: where another table begins, with the lines above its header, or None.
    """

    bands: BandArray
    reasons: Mapping[int, str]
    totals: tuple[TotalRow, ...]
    sections: tuple[Section, ...] = ()
    beside: tuple[Beside, ...] = ()
    other_table: int | None = None


def set_aside(grid: Grid) -> BandArray:
    """The bands of a sheet that is no ledger."""
    bands: BandArray = np.full(grid.raw.row_count, Band.UNUSED, dtype=np.uint8)
    bands[grid.counts == 0] = Band.BLANK
    bands[grid.outside(grid.region)] = Band.ELSEWHERE
    return bands


def _keyed(grid: Grid, table: Table) -> Mask:
    """Rows whose identity number, account or credit code stands where it should, in plain digits and letters."""
    keyed = np.zeros(grid.raw.row_count, dtype=np.bool_)
    seen = slice(grid.region.first_row, grid.region.last_row)
    for index, column in table.columns.items():
        if table.ledger.columns[column].type in _IDENTIFIERS:
            text = grid.raw.columns[index].text[seen]
            length = pc.utf8_length(text)
            fits = pc.and_(
                pc.string_is_ascii(text),
                pc.and_(pc.greater_equal(length, _SHORTEST_IDENTIFIER), pc.less_equal(length, _LONGEST_IDENTIFIER)),
            )
            keyed[seen] |= np.asarray(pc.fill_null(fits, False), dtype=np.bool_)  # noqa: FBT003 - the fill value
    return keyed


def _same_table(cells: Sequence[str], table: Table, index: HeaderIndex, over: Above = ONE_LEVEL) -> bool:
    """Whether header cells further down, in whatever words, are those of the same columns."""
    again = assign(cells, table.ledger.id, index, above=over).columns
    same = sum(1 for position, column in again.items() if table.columns.get(position) == column)
    if same < len(again):
        return False  # were it but one column that differs, its values would stand in another's
    known = sum(1 for cell in cells if cell and index.known(cell))
    return same >= max(REPEATED_SHARE * len(table.columns), OWN_SHARE * known)


@dataclass(slots=True)
class _Page:
    """A table while its rows are looked at."""

    grid: Grid
    table: Table
    index: HeaderIndex
    keyed: Mask
    bands: BandArray
    labels: dict[int, str]
    sections: dict[int, tuple[int, str]]
    doubtful: set[int]
    other: int | None = None
    tried: int = 0
    pages: int = 0

    def take(self, block: Block) -> None:
        """Take the bands of some more rows, until another table begins."""
        self.bands[block.positions] = block.bands
        self.labels |= block.labels
        self.sections |= block.sections
        self.doubtful |= block.doubtful
        repeated = {int(row) for row in block.positions[block.bands == Band.HEADER]}
        known = sorted(repeated | block.headers)
        for row in sorted({*known, *block.wordy, *block.maybe_headers}):
            if self.other is not None:
                return
            if row in block.maybe_headers:
                self._maybe(row)
            elif row in block.wordy and row not in block.headers:
                if self.tried >= _MOST_TRIED or not may_begin(self.grid, row, self.bands):
                    continue
                self.tried += 1
                after = bisect.bisect_right(known, row)
                until = known[after] if after < len(known) else len(self.bands)
                if whole_new_header(
                    self.grid, row, until, self.table.last, self.bands, self.keyed, surely=block.wordy[row] > 1
                ):
                    self.other = title_lines(self.grid, row, self.table.last, self.bands, self.keyed)
            elif row in repeated or _same_table(self.grid.row(row), self.table, self.index):
                self._again(row)
            else:
                top = header_top(self.grid, row, self.table.last, self.index.heads)
                self.other = title_lines(self.grid, top, self.table.last, self.bands, self.keyed)

    def _maybe(self, row: int) -> None:
        """A row with few accepted headers: another table's header where that is one with all its levels."""
        if self.tried >= _MOST_TRIED:
            return
        self.tried += 1
        levels = header_around(self.grid, row, self.table.last, self.index.heads)
        if is_header(levels, self.index) and not _same_table(levels.leaves, self.table, self.index, levels.above):
            self.other = title_lines(self.grid, levels.first, self.table.last, self.bands, self.keyed)

    def _again(self, row: int) -> None:
        """A header that repeats this table's: the next page, or a table of another month or place."""
        self.bands[row] = Band.HEADER
        if self.bands[row - 1] == Band.HEADER or only_titles(self.grid, row, self.bands):
            return
        self.pages += 1
        if self.pages > _MOST_PAGES:
            self.other = row
            return
        start = title_lines(self.grid, row, self.table.last, self.bands, self.keyed)
        if start < row and self.table.another(start, row):
            self.other = start
            return
        lines = np.arange(start, row)
        self.bands[lines[self.grid.counts[start:row] > 0]] = Band.TITLE


def lay_out(grid: Grid, table: Table, index: HeaderIndex) -> Layout:
    """The bands of a recognised sheet."""
    bands: BandArray = np.full(grid.raw.row_count, Band.READ, dtype=np.uint8)
    bands[: table.first] = Band.TITLE
    bands[table.first : table.last] = Band.HEADER
    bands[grid.counts == 0] = Band.BLANK
    body = grid.counts > 0
    body[: table.last] = False
    keyed = _keyed(grid, table)
    rest: Positions = np.flatnonzero(body & ~keyed).astype(np.int64)
    above = grid.texts(np.arange(table.first, table.last, dtype=np.int64))
    page = _Page(grid, table, index, keyed, bands, {}, {}, set())
    for rows in blocks(grid, rest):
        page.take(look(grid, rows, table, above, index))
        if page.other is not None:
            break
    end = grid.raw.row_count if page.other is None else page.other
    bands[end:] = Band.ELSEWHERE
    bands[grid.outside(grid.region)] = Band.ELSEWHERE
    sections = settle(bands, page.sections, page.doubtful, grid.raw, table)
    beside = find_beside(grid, table, bands)
    reasons = {int(position): WITHOUT_VALUES for position in np.flatnonzero(bands == Band.REJECTED)}
    labels = sorted((row, label) for row, label in page.labels.items() if bands[row] == Band.TOTAL)
    totals = spans(labels, table.last, bands == Band.READ)
    return Layout(bands, reasons, totals, sections, beside, page.other)
