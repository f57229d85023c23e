"""What single rows of a recognised table are, from what their cells are: looked at many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.intake.reading import Band, BandArray
from auditor.intake.sheets.grid import Grid, Mask, Positions
from auditor.intake.sheets.headers import HeaderIndex, is_serial
from auditor.intake.sheets.labels import Marks, header_forms, mark
from auditor.intake.sheets.spread import spread_cells
from auditor.ledgers import ColumnType, Ledger

REPEATED_SHARE = 0.6  # of the header's cells that a repeated header must repeat
OWN_SHARE = 0.8  # of a row's own cells that must be headers of the table above
FEWEST_HEADERS = 3  # cells that are headers make a row a header
_FEW_HEADERS = 2  # cells that are headers may
_FEWEST_WORDS = 2  # cells of the header of a table that no ledger knows
_SERIALS = ("序号", "序", "No", "No.", "顺序号")
_LEADING = 4  # columns in which a total's label may stand besides the name and the row's first cell
_MOST_COLUMNS = 64  # columns searched for labels
_BLOCK = 400_000  # cells looked at in one go
_FIRST_ROWS = 1000  # rows looked at first, since another table may begin soon
_SUMMED = frozenset({ColumnType.MONEY, ColumnType.INT})
_TYPED = _SUMMED | {ColumnType.PERSON_ID, ColumnType.ACCOUNT, ColumnType.USCC, ColumnType.DATE, ColumnType.MONTH}
_SECTION_CELLS = 3


def _never(first: int, last: int) -> bool:
    del first, last
    return False


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of the table on the sheet.

    Attributes:
        ledger: what it is.
        first, last: the grid positions [first, last) of the header.
        columns: grid column → ledger column.
        headers: the header's cells, one for each grid column.
        titles: the cells above the header.
        another: whether the lines in the grid rows [first, last), which stand above a repeated header, speak of another
            month, place or workshop than this table's own.
    """

    ledger: Ledger
    first: int
    last: int
    columns: Mapping[int, str]
    headers: Sequence[str]
    titles: Sequence[str]
    another: Callable[[int, int], bool] = _never

    def of_type(self, index: int, types: frozenset[ColumnType]) -> bool:
        """Whether grid column `index` holds a ledger column of one of the types."""
        return index in self.columns and self.ledger.columns[self.columns[index]].type in types


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows, looked at cell by cell.

    Attributes:
        positions: the grid rows.
        bands: their bands.
        labels: the labels of total rows, by grid row.
        sections: the texts of section lines, with their grid column, by grid row.
        doubtful: section lines that could be names of persons, by grid row.
        headers: rows that are headers of some ledger, though not in this table's words.
        maybe_headers: rows with two accepted headers at least that may head a table in few words or several levels.
        wordy: rows of several texts without any digit, by grid row: in how many places numbers should stand.
    """

    positions: Positions
    bands: BandArray
    labels: dict[int, str]
    sections: dict[int, tuple[int, str]]
    doubtful: frozenset[int]
    headers: frozenset[int]
    maybe_headers: frozenset[int]
    wordy: dict[int, int]


def blocks(grid: Grid, rows: Positions) -> Iterator[Positions]:
    """The rows in pieces that grow, as far as they fit in memory."""
    most = max(1, _BLOCK // max(1, min(len(grid.filled), _MOST_COLUMNS)))
    start, size = 0, min(_FIRST_ROWS, most)
    while start < len(rows):
        yield rows[start : start + size]
        start, size = start + size, min(2 * size, most)


def _any(mask: Mask) -> Mask:
    found: Mask = np.asarray(mask.any(axis=0), dtype=np.bool_)
    return found


def _count(mask: Mask) -> npt.NDArray[np.int64]:
    counted: npt.NDArray[np.int64] = mask.sum(axis=0)
    return counted


@dataclass(frozen=True, slots=True)
class _Columns:
    """For each column looked at, whether it is one of that sort; a column vector each."""

    mapped: Mask
    needed: Mask
    key: Mask
    name: Mask
    summed: Mask
    typed: Mask
    serial: Mask
    early: Mask

    @classmethod
    def of(cls, indices: Sequence[int], table: Table) -> _Columns:
        ledger, columns = table.ledger, table.columns

        def each(holds: Callable[[int], bool]) -> Mask:
            column: Mask = np.array([holds(index) for index in indices], dtype=np.bool_)[:, None]
            return column

        return cls(
            mapped=each(lambda i: i in columns),
            needed=each(lambda i: i in columns and ledger.columns[columns[i]].required),
            key=each(lambda i: columns.get(i) in ledger.key),
            name=each(lambda i: table.of_type(i, frozenset({ColumnType.NAME}))),
            summed=each(lambda i: table.of_type(i, _SUMMED)),
            typed=each(lambda i: table.of_type(i, _TYPED)),
            serial=each(lambda i: i not in columns and is_serial(table.headers[i])),
            early=each(lambda i: i < _LEADING),
        )


@dataclass(frozen=True, slots=True)
class _Sorted:
    bands: BandArray
    label: Mask
    section: Mask
    doubtful: Mask
    wordy: npt.NDArray[np.int64]


def _sections(filled: Mask, marks: Marks, sort: _Columns, *, persons: bool) -> tuple[Mask, Mask, Mask, Mask]:
    """The cells that name a group; rows that are such lines; those that may be persons; those with sums as well."""
    ordinal = marks.ordinal & ~marks.digits
    beside = _any(ordinal & filled)
    strong = (marks.section & ~(marks.numbered_name & sort.name)) | (marks.plain_section & beside)
    named = (marks.section | (marks.plain_section & ~sort.summed)) & filled
    sums = filled & sort.summed & ~named
    rest = filled & ~named & ~ordinal
    one = _count(named) == 1
    few = one & (_count(filled) <= _SECTION_CELLS)
    line = few & (_count(rest) == 0)
    doubtful = line & _any(named & sort.name & ~strong)
    bearing = one & ~_any(named & sort.name & ~strong) & _any(sums) & (_count(rest & ~sums) == 0)
    return named, line, doubtful, bearing & persons


def _sort(filled: Mask, marks: Marks, equal: Mask, title: Mask, indices: Sequence[int], table: Table) -> _Sorted:
    """The band of each row looked at, from what its cells are; masks have a row for each of the columns `indices`."""
    ledger, columns = table.ledger, table.columns
    sort = _Columns.of(indices, table)
    first = filled & (np.cumsum(filled, axis=0) == 1)
    leading = filled & (first | sort.name | sort.early)
    single = _count(filled) == 1
    numbered = _any(sort.serial & marks.digits & filled)
    total = marks.total & leading
    # 何小计 in a numbered row is a person.
    part = marks.part_total & leading & ~(marks.bare_part & sort.name & numbered)
    note = marks.note & first
    prose = marks.prose & single
    persons = any(ledger.columns[column].type in {ColumnType.NAME, ColumnType.PERSON_ID} for column in columns.values())
    named, line, doubtful, bearing = _sections(filled, marks, sort, persons=persons)
    solid = filled & ~(total | part | marks.signature | marks.unlabelled | note | prose)
    present = _count(solid & sort.needed)
    # Of the whole table, since a column that is empty in all these rows is not among `indices`.
    required = sum(1 for column in columns.values() if ledger.columns[column].required)
    key_columns = sum(1 for column in columns.values() if column in ledger.key)
    thin = present * 2 < max(required, 2)
    carrying = _any(marks.identity) | ((_count(solid & sort.key) == key_columns) & (key_columns > 0))
    # 一、清溪镇 in the column of the one key is no whole key.
    heading = line & (key_columns == 1) & (persons | (single & _any(marks.section & filled)))
    sums = filled & sort.summed & ~part
    only_sums = _any(sums) & (_count(filled & ~part & ~sums) == 0)
    summing = _any(total) | (_any(part) & ((present * 2 <= required) | only_sums))
    bands: BandArray = np.select(
        [
            _any(equal),
            # The table's own title or a date, alone in its row, is no key in whatever column it stands.
            single & _any(title & first),
            single & _any(marks.date) & ~_any(marks.identity),
            carrying & ~heading,
            summing,
            line,
            bearing,
            (_any(marks.signature) & thin) | (_any(marks.unlabelled) & (_count(solid & sort.mapped) == 0)),
            _any(note) & thin,
            _any(title & first) & thin,
            _any(marks.date & single),
            _any(prose),
            _count(filled & sort.mapped) == 0,
        ],
        [
            Band.HEADER,
            Band.TITLE,
            Band.SIGNATURE,
            Band.READ,
            Band.TOTAL,
            Band.SECTION,
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
    label = np.where(summing, total | part, named)
    words = filled & ~marks.with_digit & ~marks.prose
    all_words = (_count(filled) >= _FEWEST_WORDS) & (_count(words) == _count(filled)) & (bands == Band.READ)
    wordy = np.where(all_words, _count(words & sort.typed), 0)
    return _Sorted(bands, label, named, doubtful & (bands == Band.SECTION), wordy)


@lru_cache(maxsize=4)
def known_headers(index: HeaderIndex) -> pa.StringArray:
    """The forms of every accepted header."""
    return header_forms(pa.concat_arrays([index.texts, pa.array(_SERIALS, pa.string())])).unique()


def look(grid: Grid, rows: Positions, table: Table, above: Sequence[Sequence[str]], index: HeaderIndex) -> Block:
    """Look at the grid rows `rows` cell by cell.

    Args:
        grid: the sheet.
        rows: the rows.
        table: the table that they stand under.
        above: the cells of the table's header rows, row by row.
        index: the accepted headers.
    """
    searched = sorted(set(range(min(len(grid.filled), _MOST_COLUMNS))) | set(table.columns))
    indices = [index for index in searched if grid.filled[index][rows].any()]
    if not indices:
        nothing: frozenset[int] = frozenset()
        rejected: BandArray = np.full(len(rows), Band.REJECTED, dtype=np.uint8)
        return Block(rows, rejected, {}, {}, nothing, nothing, nothing, {})
    cells = [grid.subset(index, rows) for index in indices]
    filled: Mask = np.stack([grid.filled[index][rows] for index in indices])
    marks = mark(cells, known_headers(index), index.cuts)
    titles = pa.array(sorted({title for title in table.titles if title}), pa.string())
    title: Mask = np.stack([np.asarray(pc.is_in(text, value_set=titles), dtype=np.bool_) for text in cells])
    found = _sort(
        filled, marks, _repeated(cells, indices, table, above, marks.header & filled)[None, :], title, indices, table
    )
    headers = _count(marks.header & filled)
    like = (found.bands != Band.HEADER) & (headers >= FEWEST_HEADERS)
    few = (found.bands != Band.HEADER) & (headers >= _FEW_HEADERS) & ~_any(marks.identity)
    maybe = np.flatnonzero(like)
    judged = _count(filled)[maybe] - sum(spread_cells(text.take(pa.array(maybe))) for text in cells)
    like[maybe] = headers[maybe] >= REPEATED_SHARE * judged

    def text(mask: Mask, at: int) -> tuple[int, str]:
        column = int(np.argmax(mask[:, at]))
        return indices[column], str(cells[column][at])

    def chosen(band: Band) -> list[int]:
        return [int(i) for i in np.flatnonzero(found.bands == band)]

    return Block(
        positions=rows,
        bands=found.bands,
        labels={int(rows[i]): text(found.label, i)[1] for i in chosen(Band.TOTAL)},
        sections={int(rows[i]): text(found.section, i) for i in chosen(Band.SECTION)},
        doubtful=frozenset(rows[found.doubtful].tolist()),
        headers=frozenset(rows[like].tolist()),
        maybe_headers=frozenset(rows[few & ~like].tolist()),
        wordy={int(rows[i]): int(found.wordy[i]) for i in np.flatnonzero(found.wordy)},
    )


def _repeated(
    cells: Sequence[pa.StringArray],
    indices: Sequence[int],
    table: Table,
    above: Sequence[Sequence[str]],
    accepted: Mask,
) -> Mask:
    """The rows that repeat one of the header's rows; `accepted` where a cell is a header of some ledger."""
    count = len(cells[0])
    repeated: Mask = np.zeros(count, dtype=np.bool_)
    own = _count(np.stack([np.asarray(pc.not_equal(text, ""), dtype=np.bool_) for text in cells]))
    for header in above if len(above) > 1 else ():  # a lower level may have few cells: the row must hold nothing else
        level = sum(1 for cell in header if cell)
        each = [(header[index], text) for index, text in zip(indices, cells, strict=True) if header[index]]
        if len(each) > 1:
            equal = _count(np.stack([np.asarray(pc.equal(text, cell), dtype=np.bool_) for cell, text in each]))
            repeated |= (equal == own) & (equal >= max(2, REPEATED_SHARE * level))
    for number, header in enumerate([*above, table.headers]):
        filled = sum(1 for cell in header if cell)
        if filled < 2:  # noqa: PLR2004
            continue
        # The row of the columns' own names must repeat mapped ones; an upper row of groups, its own.
        needed = max(2, REPEATED_SHARE * (len(table.columns) if number in {len(above) - 1, len(above)} else filled))
        same, again = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        elsewhere: Mask = np.zeros(count, dtype=np.bool_)
        for index, text, named in zip(indices, cells, accepted, strict=True):
            # A header over another column than above, were it but one, is that of a table with other columns.
            elsewhere |= named & np.asarray(pc.not_equal(text, header[index]), dtype=np.bool_)
            if header[index]:
                equal_cells = np.asarray(pc.equal(text, header[index]), dtype=np.bool_)
                again += equal_cells
                if index in table.columns or number < len(above) - 1:
                    same += equal_cells
        # A row that has more headers besides heads another table, though it begins like this one.
        repeated |= (same >= min(needed, filled) if number < len(above) - 1 else same >= needed) & (
            (again >= OWN_SHARE * own) & ~elsewhere
        )
    return repeated
