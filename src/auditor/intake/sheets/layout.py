"""What each row of a recognised sheet is: data, or title, header, total, signature, note.

Rows that carry an identity number, an account or the ledger's whole key are data, whatever else stands in them; that is
seen on whole columns at once, and only the others are looked at more closely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.reading import Band, BandArray, TotalRow
from auditor.intake.sheets.columns import assign
from auditor.intake.sheets.grid import Grid, Mask, Positions
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.labels import Marks, mark
from auditor.intake.sheets.totals import spans
from auditor.ledgers import ColumnType, Ledger

WITHOUT_VALUES = "row-without-values"

_IDENTIFIERS = frozenset({ColumnType.PERSON_ID, ColumnType.ACCOUNT, ColumnType.USCC})
_SHORTEST_IDENTIFIER, _LONGEST_IDENTIFIER = 15, 40
_LEADING = 4  # columns in which a total's label may stand besides the name and the row's first cell
_MOST_COLUMNS = 64  # columns searched for labels
_BLOCK = 400_000  # cells looked at in one go
_REPEATED_SHARE = 0.6  # of the header's cells that a repeated header must repeat
_FEWEST_HEADERS = 3  # cells that are headers make a row a header


@dataclass(frozen=True, slots=True)
class Layout:
    """The bands of a sheet's rows.

    Attributes:
        bands: a band for each grid row.
        reasons: grid position → code of the reason, for rejected rows.
        totals: the total rows.
        other_table: where another table with other headers begins, or None.
    """

    bands: BandArray
    reasons: Mapping[int, str]
    totals: tuple[TotalRow, ...]
    other_table: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of the table on the sheet.

    Attributes:
        ledger: what it is.
        first, last: the grid positions [first, last) of the header.
        columns: grid column → ledger column.
        headers: the header's cells, one for each grid column.
        titles: the cells above the header.
    """

    ledger: Ledger
    first: int
    last: int
    columns: Mapping[int, str]
    headers: Sequence[str]
    titles: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Found:
    bands: BandArray
    labels: list[tuple[int, str]]
    header_like: Positions


def set_aside(grid: Grid) -> BandArray:
    """The bands of a sheet that is no ledger."""
    bands: BandArray = np.full(grid.raw.row_count, Band.UNUSED, dtype=np.uint8)
    bands[grid.counts == 0] = Band.BLANK
    bands[grid.outside(grid.region)] = Band.ELSEWHERE
    return bands


def _keyed(grid: Grid, table: Table) -> Mask:
    """Rows whose identity number, account or credit code stands where it should, in plain digits and letters."""
    keyed = np.zeros(grid.raw.row_count, dtype=np.bool_)
    for index, column in table.columns.items():
        if table.ledger.columns[column].type in _IDENTIFIERS:
            text = grid.raw.columns[index].text
            length = pc.utf8_length(text)
            fits = pc.and_(
                pc.string_is_ascii(text),
                pc.and_(pc.greater_equal(length, _SHORTEST_IDENTIFIER), pc.less_equal(length, _LONGEST_IDENTIFIER)),
            )
            keyed |= np.asarray(pc.fill_null(fits, False), dtype=np.bool_)  # noqa: FBT003 - the fill value
    return keyed


def _any(mask: Mask) -> Mask:
    found: Mask = np.asarray(mask.any(axis=0), dtype=np.bool_)
    return found


def _count(mask: Mask) -> npt.NDArray[np.int64]:
    counted: npt.NDArray[np.int64] = mask.sum(axis=0)
    return counted


def _sort(filled: Mask, marks: Marks, equal: Mask, title: Mask, indices: Sequence[int], table: Table) -> BandArray:
    """The band of each row looked at, from what its cells are; masks have a row for each of the columns `indices`."""
    ledger, columns = table.ledger, table.columns
    mapped = np.array([index in columns for index in indices], dtype=np.bool_)
    needed = np.array(
        [index in columns and ledger.columns[columns[index]].required for index in indices], dtype=np.bool_
    )
    keys = np.array([columns.get(index) in ledger.key for index in indices], dtype=np.bool_)
    names = np.array(
        [index in columns and ledger.columns[columns[index]].type is ColumnType.NAME for index in indices],
        dtype=np.bool_,
    )
    first = filled & (np.cumsum(filled, axis=0) == 1)
    leading = filled & (first | names[:, None] | (np.array(indices) < _LEADING)[:, None])
    single = _count(filled) == 1
    total, part = marks.total & leading, marks.part_total & leading
    note = marks.note & first
    prose = marks.prose & single
    solid = filled & ~(total | part | marks.signature | marks.unlabelled | note | prose)
    present = _count(solid & needed[:, None])
    # Of the whole table, since a column that is empty in all these rows is not among `indices`.
    required = sum(1 for column in columns.values() if ledger.columns[column].required)
    key_columns = sum(1 for column in columns.values() if column in ledger.key)
    thin = present * 2 < max(required, 2)
    carrying = _any(marks.identity) | ((_count(solid & keys[:, None]) == key_columns) & (key_columns > 0))
    chosen: BandArray = np.select(
        [
            _count(equal) >= max(2, _REPEATED_SHARE * len(columns)),
            carrying,
            _any(total) | (_any(part) & (present * 2 <= required)),
            (_any(marks.signature) & thin) | (_any(marks.unlabelled) & (_count(solid & mapped[:, None]) == 0)),
            _any(note) & thin,
            _any(title & first) & thin,
            _any(marks.date & single),
            _any(prose),
            _count(filled & mapped[:, None]) == 0,
        ],
        [
            Band.HEADER,
            Band.READ,
            Band.TOTAL,
            Band.SIGNATURE,
            Band.NOTE,
            Band.TITLE,
            Band.SIGNATURE,
            Band.NOTE,
            Band.REJECTED,
        ],
        default=Band.READ,
    ).astype(np.uint8)
    return chosen


def _look(grid: Grid, rest: Positions, table: Table, known: pa.StringArray) -> _Found:
    """Look at the rows `rest` cell by cell."""
    searched = sorted(set(range(min(len(grid.filled), _MOST_COLUMNS))) | set(table.columns))
    indices = [index for index in searched if grid.filled[index][rest].any()]
    cells = [grid.subset(index, rest) for index in indices]
    filled = (
        np.stack([grid.filled[index][rest] for index in indices]) if indices else np.zeros((0, len(rest)), np.bool_)
    )
    marks = mark(cells, known)
    nothing = np.zeros(len(rest), dtype=np.bool_)
    equal = [
        np.asarray(pc.equal(text, table.headers[index]), dtype=np.bool_) if index in table.columns else nothing
        for index, text in zip(indices, cells, strict=True)
    ]
    titles = pa.array(sorted({title for title in table.titles if title}), pa.string())
    title = [np.asarray(pc.is_in(text, value_set=titles), dtype=np.bool_) for text in cells]
    if not indices:
        return _Found(np.full(len(rest), Band.REJECTED, dtype=np.uint8), [], rest[:0])
    bands = _sort(filled, marks, np.stack(equal), np.stack(title), indices, table)
    label = (marks.total | marks.part_total).argmax(axis=0)
    labels = [(int(rest[i]), str(cells[label[i]][int(i)])) for i in np.flatnonzero(bands == Band.TOTAL)]
    headers = _count(marks.header & filled)
    like = (bands != Band.HEADER) & (headers >= _FEWEST_HEADERS) & (headers >= _REPEATED_SHARE * _count(filled))
    return _Found(bands, labels, rest[like])


def _same_table(cells: Sequence[str], table: Table, index: HeaderIndex) -> bool:
    """Whether header cells further down, in whatever words, are those of the same columns."""
    again = assign(cells, table.ledger.id, index).columns
    same = sum(1 for position, column in again.items() if table.columns.get(position) == column)
    return same >= _REPEATED_SHARE * len(table.columns)


def lay_out(grid: Grid, table: Table, index: HeaderIndex) -> Layout:
    """The bands of a recognised sheet."""
    bands: BandArray = np.full(grid.raw.row_count, Band.READ, dtype=np.uint8)
    bands[: table.first] = Band.TITLE
    bands[table.first : table.last] = Band.HEADER
    bands[grid.counts == 0] = Band.BLANK
    body = grid.counts > 0
    body[: table.last] = False
    rest: Positions = np.flatnonzero(body & ~_keyed(grid, table)).astype(np.int64)
    block = max(1, _BLOCK // max(1, min(len(grid.filled), _MOST_COLUMNS)))
    labels: list[tuple[int, str]] = []
    other: int | None = None
    for start in range(0, len(rest), block):
        part = rest[start : start + block]
        found = _look(grid, part, table, index.texts)
        bands[part] = found.bands
        labels.extend(found.labels)
        for position in found.header_like:
            if other is None and _same_table(grid.row(int(position)), table, index):
                bands[position] = Band.HEADER
            elif other is None:
                other = int(position)
    reasons = {int(position): WITHOUT_VALUES for position in np.flatnonzero(bands == Band.REJECTED)}
    if other is not None:
        bands[other:] = Band.ELSEWHERE
        reasons = {position: reason for position, reason in reasons.items() if position < other}
        labels = [(position, label) for position, label in labels if position < other]
    bands[grid.outside(grid.region)] = Band.ELSEWHERE
    return Layout(bands, reasons, spans(labels, table.last), other)
