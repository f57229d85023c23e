"""Marks by the day become days present and days of leave; the sheet's own total is kept, and compared with them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import Argument, Gravity, Problem, column_letter
from auditor.intake.raw import RawColumn, SourceFile
from auditor.intake.reading import Band, BandArray, ContextValue, MappedColumn, RowTotal
from auditor.intake.sheets.day_columns import LONGEST_MONTH, DayColumn, DayGrid, fold, half_of_day
from auditor.intake.sheets.day_marks import UNCLEAR, Worth, legend, worth
from auditor.intake.sheets.grid import Grid, Mask
from auditor.intake.sheets.head import Head, place
from auditor.values import CellKind, Hints, Read, read_cell

LEDGER = "attendance"
PRESENT, LEAVE, ATTENDED, NAME, MONTH = "days_present", "leave_days", "attended", "name", "month"
COUNTED = "made-counted"

_TOTALS = frozenset("合计 小计 总计 累计 出勤合计 合计天数 出勤小计 天数 出勤 出勤天 实出勤".split())  # noqa: SIM905
_AGREEING = 0.5  # of the rows, that a bare 合计 must agree with for it to be the days present
_LABELLED = 0.6  # of the rows, that say morning or afternoon
_LEGEND_CELLS = 3  # filled cells of a row that explains the marks
_LEGEND_ROWS = 100
_SHOWN = 5
_NONE = "·"  # a blank cell among the marks that are shown

Halves = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table of attendance, read but for its marks."""

    source: SourceFile
    grid: Grid
    head: Head
    columns: tuple[MappedColumn, ...]
    context: Mapping[str, ContextValue]
    year: int | None
    bands: BandArray

    @property
    def days(self) -> DayGrid:
        """Its day columns."""
        return self.head.spread.days or DayGrid(((),), ())

    @property
    def last(self) -> int:
        """Where its header ends."""
        return self.head.last


@dataclass(frozen=True, slots=True)
class Counted:
    """What the marks give.

    Attributes:
        columns: the table's columns, with those that were counted.
        bands: its rows; the second line of a person is CONTINUED.
        taken: grid columns besides the marks that were understood (the label of the half-day, the total).
        row_totals: rows whose own total is not what their marks give.
        problems: what is not clear.
    """

    columns: tuple[MappedColumn, ...]
    bands: BandArray
    taken: frozenset[int] = frozenset()
    row_totals: tuple[RowTotal, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Sum:
    """Half-days of each grid row, while the columns are added up."""

    present: Halves
    leave: Halves
    unknown: Mask
    outside: Mask
    marks: Halves
    strange: dict[str, tuple[int, int]]
    beyond: tuple[int, int] | None = None


def count_marks(table: GridTable) -> Counted:
    """Count the marks of a table."""
    explained, explaining = _legend(table)
    bands: BandArray = np.where(explaining, np.uint8(Band.NOTE), table.bands)
    days, bands, label = _lines(table, bands)
    read: Mask = bands == Band.READ
    months = _month_of_rows(table, read)
    total = _sum(table.grid, days.lines[0], explained, months, read)
    stood = _stood(table.grid, days.lines[0])
    if len(days.lines) > 1:
        below: Mask = np.zeros_like(read)
        below[1:] = read[:-1] & (bands[1:] == Band.CONTINUED)
        under = _sum(table.grid, days.lines[1], explained, np.roll(months, 1, axis=0), below)
        _add(total, under)
        second = _stood(table.grid, days.lines[1]).to_pylist()
        stood = pa.array([f"{a} | {b}" for a, b in zip(stood.to_pylist(), [*second[1:], ""], strict=True)], pa.string())
    return _columns(table, bands, label, total, stood, explained)


def _legend(table: GridTable) -> tuple[Mapping[str, Worth], Mask]:
    """The marks that the sheet explains, and the rows below the header that do nothing else."""
    grid = table.grid
    few = np.flatnonzero((grid.counts > 0) & (grid.counts <= _LEGEND_CELLS) & (table.bands != Band.ELSEWHERE))
    few = few[few >= table.last]
    few = np.unique(np.concatenate([few[:_LEGEND_ROWS], few[-_LEGEND_ROWS:]]))
    rows = [[cell for cell in row if cell] for row in grid.texts(few)]
    explaining = np.zeros(grid.raw.row_count, dtype=np.bool_)
    for position, row in zip(few.tolist(), rows, strict=True):
        if table.bands[position] in {Band.READ, Band.REJECTED} and len(legend(row)) > 1:
            explaining[position] = True
    return legend([*(title for title, _ in table.head.titles), *(cell for row in rows for cell in row)]), explaining


def _texts(table: GridTable, column: str) -> pa.StringArray | None:
    mapped = next((one for one in table.columns if one.column == column), None)
    if mapped is None:
        return None
    return (mapped.cells or table.grid.raw.columns[mapped.index]).text


def _lines(table: GridTable, bands: BandArray) -> tuple[DayGrid, BandArray, int | None]:
    """The lines of each person; the bands where the lines after the first are CONTINUED; the column that says which."""
    days, label = table.days, None
    halves: npt.NDArray[np.int8] | None = None
    if len(days.lines) == 1 and not any(column.halves == 1 for column in days.lines[0]):
        label, halves = _half_labels(table, bands)
        if halves is not None:
            days = days.by_halves_below
    if len(days.lines) == 1:
        return days, bands, None
    names = _texts(table, NAME)
    if names is None:
        return table.days, bands, None
    body = np.flatnonzero((bands == Band.READ) | (bands == Band.REJECTED))
    name = pc.utf8_trim_whitespace(pc.fill_null(names, "")).to_pylist()
    result: BandArray = bands.copy()
    for position in body.tolist():
        above = position - 1
        if above < table.last or result[above] != Band.READ or not name[above]:
            continue
        afternoon = halves is not None and halves[above] == 1 and halves[position] == 2  # noqa: PLR2004
        if not name[position] if halves is None else afternoon and name[position] in {"", name[above]}:
            result[position] = Band.CONTINUED
    return days, result, label


def _half_labels(table: GridTable, bands: BandArray) -> tuple[int | None, npt.NDArray[np.int8] | None]:
    """The column in which each row says morning or afternoon, and what it says: 1, 2, or 0."""
    body = np.flatnonzero((bands == Band.READ) | (bands == Band.REJECTED))
    marks, first = table.days.indices, min(table.days.indices)
    for index in range(first):
        if index in marks or not len(body):
            continue
        encoded = table.grid.subset(index, body).dictionary_encode()
        known = np.array([half_of_day(text) for text in encoded.dictionary.to_pylist()], dtype=np.int8)
        said = known[encoded.indices.to_numpy()]
        if np.count_nonzero(said) >= _LABELLED * len(body) and {1, 2} <= set(said.tolist()):
            halves = np.zeros(table.grid.raw.row_count, dtype=np.int8)
            halves[body] = said
            return index, halves
    return None, None


def _month_of_rows(table: GridTable, read: Mask) -> npt.NDArray[np.int16]:
    """For each row the days of its month and of the month before; 31 where no month is known."""
    lengths = np.full((table.grid.raw.row_count, 2), LONGEST_MONTH, dtype=np.int16)
    mapped = next((one for one in table.columns if one.column == MONTH), None)
    hints = Hints(table.year)
    if mapped is not None:
        cells = mapped.cells or table.grid.raw.columns[mapped.index]
        encoded = cells.text.dictionary_encode()
        indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        for number, text in enumerate(encoded.dictionary.to_pylist()):
            rows = np.flatnonzero(read & (indices == number))
            if len(rows):
                lengths[rows] = _lengths(text, CellKind(int(cells.kind[rows[0]])), hints)
    elif MONTH in table.context or table.days.month:
        text = table.context[MONTH].text if MONTH in table.context else table.days.month
        lengths[:] = _lengths(text, CellKind.TEXT, hints)
    return lengths


def _lengths(text: str, kind: CellKind, hints: Hints) -> tuple[int, int]:
    month = read_cell("month", text, kind, hints=hints)
    if not isinstance(month, Read) or not isinstance(month.value, date):
        return LONGEST_MONTH, LONGEST_MONTH
    this = month.value
    before = (this.year, this.month - 1) if this.month > 1 else (this.year - 1, 12)
    return monthrange(this.year, this.month)[1], monthrange(*before)[1]


def _sum(
    grid: Grid, line: Sequence[DayColumn], explained: Mapping[str, Worth], months: npt.NDArray[np.int16], rows: Mask
) -> _Sum:
    """Add up the marks of a line of days, in the rows `rows`; each different mark of a column is looked at once."""
    count = grid.raw.row_count
    total = _Sum(
        np.zeros(count, np.int16), np.zeros(count, np.int16), np.zeros(count, np.bool_), np.zeros(count, np.bool_),
        np.zeros(count, np.int16), {},
    )  # fmt: skip
    for column in line:
        encoded = grid.raw.columns[column.index].text.dictionary_encode()
        filled = grid.filled[column.index] & rows
        indices = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
        texts = encoded.dictionary.to_pylist()
        worths = [worth(text, explained) for text in texts] or [None]
        inside = [one.within(column.halves) if one is not None else Worth(0) for one in worths]
        present = np.where(filled, np.array([one.present for one in inside], np.int16)[indices], 0)
        leave = np.where(filled, np.array([one.leave for one in inside], np.int16)[indices], 0)
        unknown = filled & np.array([one is None for one in worths])[indices]
        total.present += present
        total.leave += leave
        total.unknown |= unknown
        total.marks += filled
        for place_of in np.unique(indices[unknown]).tolist():
            position = int(np.flatnonzero(unknown & (indices == place_of))[0])
            total.strange.setdefault(texts[place_of].strip(), (position, column.index))
        beyond = (column.day > months[:, 1 if column.before else 0]) & ((present > 0) | (leave > 0))
        total.outside |= beyond
        if total.beyond is None and beyond.any():
            total.beyond = int(np.flatnonzero(beyond)[0]), column.index
        if explained.get("") is not None:  # a blank that means something: no row with blanks can be counted
            total.unknown |= rows & ~grid.filled[column.index] & (column.day <= months[:, 0])
    return total


def _add(total: _Sum, under: _Sum) -> None:
    """Add the second lines to the rows above them."""
    for mine, theirs in ((total.present, under.present), (total.leave, under.leave), (total.marks, under.marks)):
        mine[:-1] += theirs[1:]
    total.unknown[:-1] |= under.unknown[1:]
    total.outside[:-1] |= under.outside[1:]
    for mark, at in under.strange.items():
        total.strange.setdefault(mark, at)
    total.beyond = total.beyond or under.beyond


def _stood(grid: Grid, line: Sequence[DayColumn]) -> pa.StringArray:
    """The marks of each row as they stand."""
    texts = [pc.utf8_trim_whitespace(grid.raw.columns[column.index].text) for column in line]
    return pc.binary_join_element_wise(*texts, " ", null_handling="replace", null_replacement=_NONE)


def _columns(
    table: GridTable,
    bands: BandArray,
    label: int | None,
    total: _Sum,
    stood: pa.StringArray,
    explained: Mapping[str, Worth],
) -> Counted:
    read: Mask = bands == Band.READ
    problems = list(_problems(table, total, explained))
    columns = list(table.columns)
    taken = {label} if label is not None else set()
    stated = _stated(table, columns, total, read)
    wrong: tuple[RowTotal, ...] = ()
    if stated is not None:
        if all(one.column != PRESENT for one in columns):
            columns.append(stated)
            taken.add(stated.index)
        wrong = tuple(_row_totals(table, stated, total, read))
    else:
        columns = [one for one in columns if one.column != PRESENT]
        if (total.marks[read] > 0).any() and not (total.present[read] > 0).any():
            total.unknown |= read & (total.marks > 0)
            problems.append(_problem(table, "grid-nothing-present", None, {}))
        columns.append(_made(table, PRESENT, total.present, total, stood))
    if all(one.column != ATTENDED for one in columns) and (read & (total.unknown | (total.present % 2 > 0))).any():
        columns.append(_attended(table, total, stood))
    if all(one.column != LEAVE for one in columns) and (total.leave[read] > 0).any():
        columns.append(_made(table, LEAVE, total.leave, total, stood))
    return Counted(tuple(sorted(columns, key=lambda one: one.index)), bands, frozenset(taken), wrong, tuple(problems))


def _stated(table: GridTable, columns: Sequence[MappedColumn], total: _Sum, read: Mask) -> MappedColumn | None:
    """The sheet's own column of days present, if it has one with anything in it."""
    own = next((one for one in columns if one.column == PRESENT), None)
    if own is not None:
        return own if (table.grid.filled[own.index] & read).any() else None
    held = {one.index for one in columns} | table.days.indices
    for index, header in enumerate(table.head.leaves):
        if index in held or fold(header) not in _TOTALS or index < max(table.days.indices):
            continue
        one = MappedColumn(PRESENT, index, column_letter(table.grid.raw.first_column + index), header, 0.9)
        said = dict(_said(table, one, read & ~total.unknown))
        agreeing = sum(1 for position, (value, _) in said.items() if value * 2 == total.present[position])
        if said and agreeing >= _AGREEING * len(said):
            return one
    return None


def _said(table: GridTable, stated: MappedColumn, rows: Mask) -> Iterator[tuple[int, tuple[float, str]]]:
    """What the sheet's own total says in each of the rows, where that is a number."""
    cells = stated.cells or table.grid.raw.columns[stated.index]
    known: dict[str, float | None] = {}
    texts = cells.text.to_pylist()
    for position in np.flatnonzero(rows & np.asarray(cells.text.is_valid(), dtype=np.bool_)).tolist():
        text = texts[position]
        if text not in known:
            # As money, since that reader keeps halves; a day is no money.
            result = read_cell("money", text.rstrip("天日 "), CellKind(int(cells.kind[position])))
            known[text] = float(str(result.value)) if isinstance(result, Read) and result.value is not None else None
        value = known[text]
        if value is not None:
            yield position, (value, text)


def _row_totals(table: GridTable, stated: MappedColumn, total: _Sum, read: Mask) -> Iterator[RowTotal]:
    """Rows whose own total is not what their marks give. Rows with unknown marks or without any are not judged."""
    first, last = min(table.days.indices), max(table.days.indices)
    for position, (value, text) in _said(table, stated, read & ~total.unknown & (total.marks > 0)):
        if value * 2 != total.present[position]:
            yield RowTotal(position, stated.index, text, _number(int(total.present[position])), first, last)


def _number(halves: int) -> str:
    return str(halves // 2) if halves % 2 == 0 else f"{halves / 2:.1f}"


def _made(table: GridTable, column: str, halves: Halves, total: _Sum, stood: pa.StringArray) -> MappedColumn:
    """A column of the ledger that is counted from the marks.

    A row with an unknown mark has its marks as text, which is no number: it is told as unread. In a form where nobody
    has any mark, nothing is counted.
    """
    first, last = min(table.days.indices), max(table.days.indices)
    base = table.grid.raw.first_column
    empty = not (total.marks > 0).any()
    words = [_number(number) for number in range(int(np.max(halves, initial=0)) + 1)]
    texts: list[str | None] = [words[number] for number in halves.tolist()]
    kinds = np.full(len(texts), CellKind.NUMBER, dtype=np.uint8)
    if total.unknown.any():
        unread = pc.replace_substring(stood, " ", "、").to_pylist()
        for position in np.flatnonzero(total.unknown).tolist():
            texts[position] = unread[position]
        kinds[total.unknown] = CellKind.TEXT
    if empty:
        texts, kinds = [None] * len(texts), np.zeros(len(texts), dtype=np.uint8)
    header = f"{table.days.lines[0][0].day}…{table.days.lines[-1][-1].day}"
    return MappedColumn(
        column, first, column_letter(base + first), header, 1.0, last, column_letter(base + last),
        RawColumn(pa.array(texts, pa.string()), kinds), stood, COUNTED,
    )  # fmt: skip


def _attended(table: GridTable, total: _Sum, stood: pa.StringArray) -> MappedColumn:
    """Who was present at all, for rows whose marks give no whole number of days: unread days are not days away."""
    present = total.present > 0
    texts = pa.array(["是" if one else None for one in present.tolist()], pa.string())
    kinds = np.where(present, np.uint8(CellKind.TEXT), np.uint8(CellKind.BLANK))
    return replace(_made(table, ATTENDED, total.present, total, stood), cells=RawColumn(texts, kinds))


def _problem(table: GridTable, code: str, at: tuple[int, int] | None, args: dict[str, Argument]) -> Problem:
    position, index = at or (table.last - 1, min(table.days.indices))
    return Problem(code, place(table.source, table.grid.raw, position, index), args, Gravity.WARNING)


def _problems(table: GridTable, total: _Sum, explained: Mapping[str, Worth]) -> Iterator[Problem]:
    rows = int(np.count_nonzero(total.unknown))
    for mark, at in list(total.strange.items())[:_SHOWN]:
        yield _problem(table, "mark-unknown", at, {"mark": mark, "rows": rows, "marks": len(total.strange)})
    unclear = sorted(mark for mark, one in explained.items() if mark and one is UNCLEAR)
    if unclear:
        yield _problem(table, "marks-explained-twice", None, {"marks": "、".join(unclear)})
    if "" in explained:
        yield _problem(table, "blank-explained", None, {})
    if total.beyond is not None:
        count = int(np.count_nonzero(total.outside))
        yield _problem(table, "mark-outside-month", total.beyond, {"rows": count})
