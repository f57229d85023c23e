"""One table of a sheet: from its head to columns, values that stand once, bands of rows, and what is made of cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from auditor.errors import Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.reading import Band, ContextValue, MappedColumn, SheetReading, UnknownColumn
from auditor.intake.settled import Fixed, fixed_columns, told
from auditor.intake.sheets.attendance_grid import Counted, GridTable, count_marks
from auditor.intake.sheets.columns import assign
from auditor.intake.sheets.context import context_of, lines_of, titles_of
from auditor.intake.sheets.ditto import carry_ditto
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.groups import carry_groups
from auditor.intake.sheets.head import Head, find_head, head_at, place
from auditor.intake.sheets.headers import HeaderIndex, is_serial
from auditor.intake.sheets.instructions import is_instructions
from auditor.intake.sheets.kinds import decide
from auditor.intake.sheets.layout import lay_out, set_aside
from auditor.intake.sheets.made_columns import JOINED, make_columns
from auditor.intake.sheets.merged import carry_down
from auditor.intake.sheets.row_bands import Table
from auditor.intake.sheets.sections import carry_sections
from auditor.intake.sheets.titles import TitleIndex
from auditor.intake.sheets.units import unit_of, unit_problems
from auditor.intake.sheets.unsettled import unsettled_headers, unsettled_kind
from auditor.intake.sheets.wide_table import read_months
from auditor.ledgers import Catalogue, Ledger
from auditor.maps import SheetEntry

_MOST_NEAREST = 60  # unknown headers for which the nearest accepted one is looked for
_CANDIDATES = 3
_NAMED = 0.5  # how much a title must speak for a kind


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read any table: the ledger kinds and the indexes made of them."""

    catalogue: Catalogue
    index: HeaderIndex
    names: TitleIndex


def read_table(
    source: SourceFile, grid: Grid, reader: Reader, entry: SheetEntry | None = None, *, spreads: bool = True
) -> tuple[SheetReading, int | None]:
    """Read the first table that the grid shows; what a person settled in `entry` holds.

    Columns of days become the days present; columns of months stay for `wide_table.apart`. Without `spreads` they are
    columns like others.

    Returns:
        Its reading, and the grid row where another table below it begins, or None. The reading's `ledger` is None,
        with a problem, where what the grid shows is empty or of no kind that can be told.
    """
    raw = grid.raw
    if entry is not None and entry.ignore:
        return _ignored(source, grid, entry), None
    head = _head(source, grid, reader, entry, spreads=spreads)
    kind = _kind(head, entry)
    if head is None or kind is None:
        return _unrecognised(source, grid, head, reader.catalogue, entry), None
    ledger = reader.catalogue[kind[0]]
    given = head.spread.spoken.get(ledger.id, frozenset())
    if head.spread.spoken and not given:
        return read_table(source, grid, reader, entry, spreads=False)
    fixed = fixed_columns(entry, raw, head.headers, head.leaves) if entry is not None else Fixed({}, ())
    assigned = assign(head.leaves, ledger.id, reader.index, fixed.columns, head.above)
    absent = [name for name in ledger.columns if name not in assigned.found | given]
    lines = lines_of(head.titles, raw.name, source.path)
    context, year, problems = context_of(ledger, absent, lines, reader.index)
    if head.spread.days and head.spread.days.month and "month" in absent:
        day = place(source, raw, head.first, min(head.spread.indices))
        context = {"month": ContextValue(head.spread.days.month, "header", day), **context}
    titles = [text for text, _ in head.titles]
    says_another = partial(_another, source, grid, ledger, absent, context, reader)
    table = Table(ledger, head.first, head.last, assigned.columns, head.headers, titles, says_another)
    layout = lay_out(grid, table, reader.index)
    mapped, split = make_columns(raw, source.path, ledger, head, assigned, layout.bands, reader.index)
    table_of_days = GridTable(source, grid, head, mapped, context, year, layout.bands)
    counted = count_marks(table_of_days) if head.spread.days else Counted(mapped, layout.bands)
    columns, carried = carry_down(raw, source.path, ledger, counted.columns, counted.bands)
    columns, marked = carry_ditto(raw, source.path, ledger, columns, counted.bands)
    columns, grouped = carry_groups(raw, source.path, ledger, columns, counted.bands)
    columns, sectioned = carry_sections(
        raw, source.path, ledger, columns, context, year, counted.bands, layout.sections, layout.totals
    )
    held = {one.column for one in columns} | given
    absent = [name for name in ledger.columns if name not in held]
    context = {name: value for name, value in context.items() if name not in held}
    unit = unit_of((*head.titles, *titles_of(source.path, grid, range(head.first, head.last))))
    reading = SheetReading(
        source=source,
        raw=raw,
        ledger=ledger.id,
        confidence=kind[1],
        candidates=tuple((g.ledger, g.confidence) for g in head.guesses[:_CANDIDATES]),
        header=(head.first, head.last),
        columns=columns,
        unknown=_unknown(grid, head, head.spread.indices | counted.taken | _used(columns), ledger.id, reader.index),
        context=context,
        year_hint=year,
        bands=counted.bands,
        reasons={p: reason for p, reason in layout.reasons.items() if counted.bands[p] == Band.REJECTED},
        totals=layout.totals,
        problems=(
            *_missing(source, grid, ledger, absent, context),
            *unsettled_headers(source.path, raw, ledger, head, assigned),
            *problems,
            *counted.problems,
            *split,
            *carried,
            *marked,
            *grouped,
            *sectioned,
            *unit_problems(ledger, mapped, unit, place(source, raw, head.first, 0)),
            *(beside.problem(grid, source.path) for beside in layout.beside),
            *_not_there(source, grid, entry, fixed),
        ),
        row_totals=counted.row_totals,
        settled=_settled(entry, fixed, mapped, head, ledger, reader.index, raw),
        money_unit=unit.yuan if unit is not None else 1,
    )
    if head.spread.months is None:
        return reading, layout.other_table
    wide = read_months(reading, grid, head.spread.months, head.leaves, ledger, reader.index)
    if wide is not None:
        return wide, layout.other_table
    plain, below = read_table(source, grid, reader, entry, spreads=False)
    unclear = Problem("months-unclear", place(source, raw, head.first, min(head.spread.indices)), {}, Gravity.WARNING)
    return replace(plain, problems=(*plain.problems, unclear)), below


def _another(
    source: SourceFile,
    grid: Grid,
    ledger: Ledger,
    absent: Sequence[str],
    own: Mapping[str, ContextValue],
    reader: Reader,
    first: int,
    last: int,
) -> bool:
    """Whether the lines in grid rows [first, last) say of the rows below them what this table's own do not."""
    titles = titles_of(source.path, grid, range(first, last))
    said, _, _ = context_of(ledger, absent, lines_of(titles, grid.raw.name, source.path), reader.index)
    support = reader.names.support([text for text, _ in titles], None, "")
    if max(support.values(), default=0.0) >= _NAMED > support.get(ledger.id, 0.0):
        return True  # the same columns, of another kind
    return any(
        value.origin == "title" and (name not in own or own[name].text != value.text) for name, value in said.items()
    )


def _head(source: SourceFile, grid: Grid, reader: Reader, entry: SheetEntry | None, *, spreads: bool) -> Head | None:
    if entry is None or entry.header is None:
        only = entry.ledger if entry is not None else None
        return find_head(source, grid, reader.index, reader.names, only, spreads=spreads)
    first, last = (row - grid.raw.first_row for row in entry.header)
    return head_at(source, grid, reader.index, reader.names, range(first, last + 1), spreads=spreads)


def _kind(head: Head | None, entry: SheetEntry | None) -> tuple[str, float] | None:
    """The kind of ledger and how sure it is."""
    if entry is not None and entry.ledger is not None:
        return entry.ledger, 1.0
    guess = decide(head.guesses) if head is not None else None
    return (guess.ledger, guess.confidence) if guess is not None else None


def _settled(
    entry: SheetEntry | None,
    fixed: Fixed,
    mapped: Sequence[MappedColumn],
    head: Head,
    ledger: Ledger,
    index: HeaderIndex,
    raw: RawSheet,
) -> dict[str, str]:
    settled: dict[str, str] = {}
    if entry is not None:
        settled |= {"ledger": str(entry.place)} if entry.ledger is not None else {}
        settled |= {"header": str(entry.place)} if entry.header is not None else {}
        unused = [position for position, column in fixed.columns.items() if column is None]
        settled |= {f"ignored:{column_letter(raw.first_column + one)}": str(entry.place) for one in unused}
    for one in mapped:
        if entry is not None and one.index in fixed.columns:
            settled[f"column:{one.column}"] = str(entry.place)
        elif any(index.added(header, ledger, one.column) for header in (one.header, head.leaves[one.index])):
            settled[f"column:{one.column}"] = "headers"
    return settled


def _not_there(source: SourceFile, grid: Grid, entry: SheetEntry | None, fixed: Fixed) -> Iterator[Problem]:
    if entry is None:
        return
    for key, column in fixed.absent:
        yield told("map-column-absent", Where(source.path, grid.raw.name), entry, key=key[:60], column=column)


def _ignored(source: SourceFile, grid: Grid, entry: SheetEntry) -> SheetReading:
    problem = told("sheet-ignored", Where(source.path, grid.raw.name), entry, Gravity.NOTE)
    return replace(no_ledger(source, grid, (problem,), ()), settled={"sheet": str(entry.place)})


def _unrecognised(
    source: SourceFile, grid: Grid, head: Head | None, catalogue: Catalogue, entry: SheetEntry | None
) -> SheetReading:
    raw = grid.raw
    guesses = head.guesses[:_CANDIDATES] if head else ()
    where = Where(source.path, raw.name, raw.first_row + grid.region.first_row if grid.region.first_row else None)
    if not grid.counts.any():
        problem = Problem("sheet-empty", where, gravity=Gravity.NOTE)
    elif entry is None and is_instructions(grid):
        problem = Problem("sheet-instructions", where, gravity=Gravity.NOTE)
    else:
        problem = unsettled_kind(where, head.guesses if head is not None else (), catalogue)
    problems: tuple[Problem, ...] = (problem,)
    if entry is not None and entry.header is not None and head is None:
        problems += (told("map-header-outside", where, entry, row=entry.header[0]),)
    elif entry is not None and entry.ledger is not None:
        problems += (told("map-header-not-found", where, entry, ledger=catalogue[entry.ledger].zh),)
    return no_ledger(source, grid, problems, tuple((g.ledger, g.confidence) for g in guesses))


def no_ledger(
    source: SourceFile, grid: Grid, problems: tuple[Problem, ...], candidates: tuple[tuple[str, float], ...] = ()
) -> SheetReading:
    """The reading of what is no ledger."""
    raw = grid.raw
    return SheetReading(
        source=source,
        raw=raw,
        ledger=None,
        confidence=0.0,
        candidates=candidates,
        header=(0, 0),
        columns=(),
        unknown=(),
        context={},
        year_hint=None,
        bands=set_aside(grid),
        reasons={},
        totals=(),
        problems=problems,
    )


def _used(columns: Sequence[MappedColumn]) -> frozenset[int]:
    """The grid columns that values are read from, or joined from."""
    joined = {i for one in columns if one.made == JOINED for i in range(one.index, (one.last_index or one.index) + 1)}
    return frozenset(joined | {one.index for one in columns})


def _unknown(
    grid: Grid, head: Head, taken: Collection[int], ledger: str, index: HeaderIndex
) -> tuple[UnknownColumn, ...]:
    found: list[UnknownColumn] = []
    for position, header in enumerate(head.headers):
        if position in taken or not (header or grid.filled[position].any()):
            continue
        leaf = head.leaves[position]
        # 身份证号 under 户主 is near enough to the person's own to mislead whoever is asked.
        foreign = position in head.above and bool(index.fits(leaf, ledger))
        ask = header and len(found) < _MOST_NEAREST and not is_serial(header) and not foreign
        nearest = index.nearest(leaf, ledger) if ask else None
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
