"""One table of a sheet: from its head to columns, values that stand once, bands of rows, and what is made of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import Gravity, Problem, Where, column_letter
from auditor.intake.raw import SourceFile
from auditor.intake.reading import ContextValue, MappedColumn, SheetReading, UnknownColumn
from auditor.intake.sheets.columns import Assignment, assign
from auditor.intake.sheets.context import context_of, lines_of
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.head import Head, find_head, place
from auditor.intake.sheets.headers import HeaderIndex, is_serial
from auditor.intake.sheets.kinds import decide
from auditor.intake.sheets.layout import Table, lay_out, set_aside
from auditor.intake.sheets.merged import carry_down
from auditor.intake.sheets.titles import TitleIndex
from auditor.ledgers import Catalogue, Ledger

_MOST_NEAREST = 60  # unknown headers for which the nearest accepted one is looked for
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read any table: the ledger kinds and the indexes made of them."""

    catalogue: Catalogue
    index: HeaderIndex
    names: TitleIndex


def read_table(source: SourceFile, grid: Grid, reader: Reader) -> tuple[SheetReading, int | None]:
    """Read the first table that the grid shows.

    Returns:
        Its reading, and the grid row where another table below it begins, or None. The reading's `ledger` is None,
        with a problem, where what the grid shows is empty or of no kind that can be told.
    """
    raw = grid.raw
    head = find_head(source, grid, reader.index, reader.names)
    guess = decide(head.guesses) if head else None
    if head is None or guess is None:
        return _unrecognised(source, grid, head, reader.catalogue), None
    ledger = reader.catalogue[guess.ledger]
    assigned = assign(head.headers, ledger.id, reader.index)
    absent = [name for name in ledger.columns if name not in set(assigned.columns.values())]
    lines = lines_of(head.titles, raw.name, source.path)
    context, year, problems = context_of(ledger, absent, lines, reader.index)
    titles = [text for text, _ in head.titles]
    layout = lay_out(grid, Table(ledger, head.first, head.last, assigned.columns, head.headers, titles), reader.index)
    mapped = tuple(
        MappedColumn(column, i, column_letter(raw.first_column + i), head.headers[i], 1.0)
        for i, column in assigned.columns.items()
    )
    columns, carried = carry_down(raw, source.path, ledger, mapped, layout.bands)
    reading = SheetReading(
        source=source,
        raw=raw,
        ledger=ledger.id,
        confidence=guess.confidence,
        candidates=tuple((g.ledger, g.confidence) for g in head.guesses[:_CANDIDATES]),
        header=(head.first, head.last),
        columns=columns,
        unknown=_unknown(grid, head.headers, assigned.columns, ledger.id, reader.index),
        context=context,
        year_hint=year,
        bands=layout.bands,
        reasons=layout.reasons,
        totals=layout.totals,
        problems=(
            *_missing(source, grid, ledger, absent, context),
            *_twice(source, grid, ledger, head, assigned),
            *problems,
            *carried,
        ),
    )
    return reading, layout.other_table


def _unrecognised(source: SourceFile, grid: Grid, head: Head | None, catalogue: Catalogue) -> SheetReading:
    raw = grid.raw
    guesses = head.guesses[:_CANDIDATES] if head else ()
    where = Where(source.path, raw.name, raw.first_row + grid.region.first_row if grid.region.first_row else None)
    if not grid.counts.any():
        problem = Problem("sheet-empty", where, gravity=Gravity.NOTE)
    else:
        named = "、".join(f"{catalogue[g.ledger].zh} {g.confidence:.2f}" for g in guesses) or "—"
        problem = Problem("sheet-not-recognised", where, {"candidates": named})
    return SheetReading(
        source=source,
        raw=raw,
        ledger=None,
        confidence=0.0,
        candidates=tuple((g.ledger, g.confidence) for g in guesses),
        header=(0, 0),
        columns=(),
        unknown=(),
        context={},
        year_hint=None,
        bands=set_aside(grid),
        reasons={},
        totals=(),
        problems=(problem,),
    )


def _unknown(
    grid: Grid, headers: Sequence[str], taken: Mapping[int, str], ledger: str, index: HeaderIndex
) -> tuple[UnknownColumn, ...]:
    found: list[UnknownColumn] = []
    for position, header in enumerate(headers):
        if position in taken or not (header or grid.filled[position].any()):
            continue
        ask = header and len(found) < _MOST_NEAREST and not is_serial(header)
        nearest = index.nearest(header, ledger) if ask else None
        found.append(UnknownColumn(position, column_letter(grid.raw.first_column + position), header, nearest))
    return tuple(found)


def _missing(
    source: SourceFile, grid: Grid, ledger: Ledger, absent: Sequence[str], context: Mapping[str, ContextValue]
) -> Iterator[Problem]:
    for name in absent:
        column = ledger.columns[name]
        if column.required and name not in context:
            args = {"column": name, "header": column.header, "ledger": ledger.zh}
            yield Problem("column-missing", Where(source.path, grid.raw.name), args, Gravity.WARNING)


def _twice(source: SourceFile, grid: Grid, ledger: Ledger, head: Head, assigned: Assignment) -> Iterator[Problem]:
    for i, (name, j) in assigned.twice.items():
        kept = column_letter(grid.raw.first_column + j)
        args = {"column": ledger.columns[name].header, "header": head.headers[i], "kept": kept}
        yield Problem("header-twice", place(source, grid.raw, head.first, i), args, Gravity.WARNING)
