"""A table with a column for each month becomes a table for each month: the same rows, that month's figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from auditor.errors import column_letter
from auditor.intake.raw import RawSheet
from auditor.intake.reading import (
    Band,
    BandArray,
    ContextValue,
    MappedColumn,
    MonthTable,
    Part,
    RowTotal,
    SheetReading,
    UnknownColumn,
)
from auditor.intake.sheets.grid import Grid, Mask
from auditor.intake.sheets.headers import HeaderIndex, bare
from auditor.intake.sheets.month_columns import MONTH, MonthColumn, MonthGrid, columns_for, measure_of
from auditor.ledgers import ColumnType, Ledger
from auditor.values import CellKind, Hints, Read, read_cell

MADE = "made-month"
WITHOUT_MONTHS = "row-without-months"

_TOTALS = frozenset("合计 总计 小计 累计 全年 全年合计 年度合计 合计金额 总金额 总额 合计天数".split())  # noqa: SIM905
_AGREEING = 0.5  # of the rows, that a total must agree with to be one
_FEWEST_ROWS = 3  # that can show that a column is no total
_LONGEST_MONTH = 31
_CENT = 0.005
_NOTHING = r"^[\s\-—–―/\\／－]*$|^无$"

Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Month:
    """One month: its first column, and ledger column → column of the sheet."""

    first: MonthColumn
    columns: Mapping[str, MonthColumn]


def read_months(
    reading: SheetReading, grid: Grid, months: MonthGrid, headers: Sequence[str], ledger: Ledger, index: HeaderIndex
) -> SheetReading | None:
    """The table with its months, which are still to be taken `apart`.

    Args:
        reading: the table, read but for its months.
        grid: its sheet.
        months: its month columns.
        headers: what stands over each other grid column.
        ledger: what it is.
        index: the accepted headers.

    Returns:
        None where the months hold something else than the ledger's figure.
    """
    measure = measure_of(ledger)
    if measure is None:
        return None
    rows: Mask = reading.bands == Band.READ
    parts = _parts(months, columns_for(months, ledger, {ledger.id: 1.0}, index), measure)
    unit = reading.money_unit if ledger.columns[measure].type is ColumnType.MONEY else 1
    figures = [_figures(grid, part.columns[measure].index, rows, unit) for part in parts]
    if not parts or _something_else(figures, money=ledger.columns[measure].type is ColumnType.MONEY):
        return None
    total = _total(reading, months, headers, measure)
    wrong: tuple[RowTotal, ...] = ()
    if total is not None:
        said = _figures(grid, total, rows, unit)
        added = np.nansum(figures, axis=0)
        judged = ~np.isnan(said) & ~_unread(grid, parts, figures, rows, measure)
        off = judged & (np.abs(said - added) > _CENT)
        share = 1 - int(np.count_nonzero(off)) / max(1, int(np.count_nonzero(judged)))
        is_total = share >= _AGREEING or np.count_nonzero(judged) < _FEWEST_ROWS
        if not is_total and any(one.column == measure and one.index == total for one in reading.columns):
            return None
        if is_total:
            wrong = tuple(_wrong(grid, total, off, added, parts, measure))
        else:
            total = None
    unknown = _unknown(reading, grid, parts, months, total)
    base = grid.raw.first_column
    tables = tuple(
        MonthTable(
            part.first.text(reading.year_hint),
            part.first.index,
            tuple(
                MappedColumn(name, one.index, column_letter(base + one.index), one.header, 1.0, made=MADE)
                for name, one in part.columns.items()
            ),
        )
        for part in parts
    )
    shared = tuple(one for one in reading.columns if one.column != measure)
    given = {one.column for table in tables for one in table.columns}
    problems = tuple(p for p in reading.problems if p.code != "column-missing" or p.args["column"] not in given)
    return replace(
        reading,
        columns=shared,
        unknown=unknown,
        row_totals=wrong,
        months=tables,
        months_total=total,
        problems=problems,
    )


def apart(reading: SheetReading) -> tuple[SheetReading, ...]:
    """A reading for each month, in order of the columns.

    Rows in which the month is blank are ELSEWHERE, and rows without any month REJECTED. What was found in the table as
    a whole stands with its first month.
    """
    if not reading.months:
        return (reading,)
    rows: Mask = reading.bands == Band.READ
    held = [np.any([_held(reading.raw, one.index) for one in month.columns], axis=0) & rows for month in reading.months]
    none = np.flatnonzero(rows & ~np.any(held, axis=0)).tolist()
    found: list[SheetReading] = []
    for number, (month, there) in enumerate(zip(reading.months, held, strict=True), start=1):
        bands: BandArray = np.where(rows & ~there, np.uint8(Band.ELSEWHERE), reading.bands)
        own = {one.column for one in month.columns}
        where = reading.where(reading.header[0], month.index)
        shared = [one for one in reading.columns if one.column not in own]
        one = replace(
            reading,
            columns=tuple(sorted((*shared, *month.columns), key=lambda column: column.index)),
            context={**reading.context, MONTH: ContextValue(month.text, "header", where)},
            bands=bands,
            part=Part(number, len(reading.months), month.text),
            months=(),
        )
        if number == 1:
            bands[none] = Band.REJECTED
            one = replace(one, reasons={**reading.reasons, **dict.fromkeys(none, WITHOUT_MONTHS)})
        else:
            one = replace(one, problems=(), unknown=(), row_totals=())
        found.append(one)
    return tuple(found)


def _parts(months: MonthGrid, columns: Mapping[int, tuple[str, int]], measure: str) -> tuple[_Month, ...]:
    """The months with a figure; of two columns for one thing the better header counts; none where they are equal."""
    best: dict[tuple[int | None, int, str], dict[str, tuple[int, MonthColumn]]] = {}
    for column in months.columns:
        if column.index not in columns:
            continue
        name, rank = columns[column.index]
        held = best.setdefault(column.period, {})
        if name in held and held[name][0] == rank and name == measure:
            return ()
        if name not in held or rank < held[name][0]:
            held[name] = rank, column
    return tuple(
        _Month(min((column for _, column in held.values()), key=lambda one: one.index),
               {name: column for name, (_, column) in held.items()})
        for held in best.values()
        if measure in held
    )  # fmt: skip


def _figures(grid: Grid, index: int, rows: Mask, unit: int) -> Figures:
    """The figures of a column; not a number where there is none."""
    column = grid.raw.columns[index]
    encoded = column.text.dictionary_encode()
    indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    found: Figures = np.full(len(indices), np.nan)
    for number, text in enumerate(encoded.dictionary.to_pylist()):
        where = np.flatnonzero(rows & (indices == number))
        if len(where):
            # As money, since that reader keeps fractions; 天 is no unit of money.
            result = read_cell(
                "money", text.rstrip("天日 "), CellKind(int(column.kind[where[0]])), hints=Hints(money_unit=unit)
            )
            if isinstance(result, Read) and isinstance(result.value, Decimal):
                found[where] = float(result.value)
    return found


def _held(raw: RawSheet, index: int) -> Mask:
    """Where a cell holds more than a stroke; a formula of which the file does not hold the result is more."""
    nothing = pc.fill_null(pc.match_substring_regex(raw.columns[index].text, _NOTHING), True)  # noqa: FBT003
    held: Mask = ~np.asarray(nothing, dtype=np.bool_)
    held[[row - raw.first_row for row, column in raw.formulas_without_value if column - raw.first_column == index]] = (
        True
    )
    return held


def _unread(grid: Grid, parts: Sequence[_Month], figures: Sequence[Figures], rows: Mask, measure: str) -> Mask:
    unread: Mask = np.zeros(len(rows), dtype=np.bool_)
    for part, values in zip(parts, figures, strict=True):
        unread |= _held(grid.raw, part.columns[measure].index) & np.isnan(values)
    return unread


def _something_else(figures: Sequence[Figures], *, money: bool) -> bool:
    """Whether the months hold days where money is wanted, or money where days are wanted."""
    values = np.concatenate(figures)
    values = values[~np.isnan(values) & (values != 0)]
    if not len(values):
        return False
    return bool((values <= _LONGEST_MONTH).all()) if money else bool((values > _LONGEST_MONTH).mean() > _AGREEING)


def _total(reading: SheetReading, months: MonthGrid, headers: Sequence[str], measure: str) -> int | None:
    """The column of the row's total: a 合计 after the months, or another column with the figure's own header."""
    own = next((one.index for one in reading.columns if one.column == measure), None)
    held = {one.index for one in reading.columns} | months.indices
    after = (
        index
        for index, header in enumerate(headers)
        if index not in held and index > min(months.indices) and bare(header) in _TOTALS
    )
    return own if own is not None else next(after, None)


def _wrong(
    grid: Grid, total: int, off: Mask, added: Figures, parts: Sequence[_Month], measure: str
) -> Iterator[RowTotal]:
    indices = [part.columns[measure].index for part in parts]
    text = grid.raw.columns[total].text
    for position in np.flatnonzero(off).tolist():
        counted = f"{added[position]:.2f}".rstrip("0").rstrip(".")
        yield RowTotal(position, total, str(text[position].as_py()), counted, min(indices), max(indices))


def _unknown(
    reading: SheetReading, grid: Grid, parts: Sequence[_Month], months: MonthGrid, total: int | None
) -> tuple[UnknownColumn, ...]:
    """The columns that are not used: those of months among them, the total not."""
    used = {column.index for part in parts for column in part.columns.values()}
    left = [
        UnknownColumn(column.index, column_letter(grid.raw.first_column + column.index), column.header, None)
        for column in months.columns
        if column.index not in used
    ]
    rest = (one for one in reading.unknown if one.index != total)
    return tuple(sorted((*rest, *left), key=lambda one: one.index))
