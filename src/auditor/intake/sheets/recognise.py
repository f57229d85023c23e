"""A sheet's cells in, its reading out: which ledger, which header row, which column is what, what each row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.errors import Problem, Where, column_letter
from auditor.errors.problem import Gravity
from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.reading import MappedColumn, SheetReading, UnknownColumn
from auditor.intake.sheets.columns import assign
from auditor.intake.sheets.context import context_of, lines_of
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.headers import LONGEST_HEADER, NO_EXTRA, ExtraHeaders, HeaderIndex, is_serial
from auditor.intake.sheets.kinds import Guess, decide, judge
from auditor.intake.sheets.layout import Table, lay_out, set_aside
from auditor.intake.sheets.merged import carry_down
from auditor.intake.sheets.titles import TitleIndex
from auditor.ledgers import Catalogue

_HEAD_ROWS = 40
_ROWS_JUDGED = 8
_MOST_TITLES = 60
_MOST_NEAREST = 60  # unknown headers for which the nearest accepted one is looked for
_CANDIDATES = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Catalogue:
    """A catalogue and extra headers prepared for look-up; as good as another one of the very same objects."""

    ledgers: Catalogue
    extra: ExtraHeaders

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Catalogue) and self.ledgers is other.ledgers and self.extra is other.extra

    def __hash__(self) -> int:
        return hash((id(self.ledgers), id(self.extra)))


@lru_cache(maxsize=4)
def _prepare(catalogue: _Catalogue) -> tuple[HeaderIndex, TitleIndex]:
    return HeaderIndex(catalogue.ledgers, catalogue.extra), TitleIndex(catalogue.ledgers)


@dataclass(frozen=True, slots=True)
class _Head:
    """The header row that fits best: its position, cells and the cells above it, and the kinds that it may be of."""

    position: int
    headers: tuple[str, ...]
    titles: tuple[tuple[str, Where], ...]
    guesses: tuple[Guess, ...]


def _where(source: SourceFile, raw: RawSheet, position: int, index: int) -> Where:
    return Where(source.path, raw.name, raw.first_row + position, column_letter(raw.first_column + index))


def _find_head(source: SourceFile, grid: Grid, index: HeaderIndex, names: TitleIndex) -> _Head | None:
    positions = grid.head(_HEAD_ROWS)
    rows = [[cell if len(cell) <= LONGEST_HEADER else "" for cell in row] for row in grid.texts(positions)]
    full = grid.texts(positions)
    known = [sum(1 for cell in set(row) if cell and index.known(cell)) for row in rows]
    order = sorted((i for i, count in enumerate(known) if count), key=lambda i: (-known[i], i))[:_ROWS_JUDGED]
    best: _Head | None = None
    for i in sorted(order):
        titles = [
            (cell, _where(source, grid.raw, int(positions[row]), column))
            for row in range(i)
            for column, cell in enumerate(full[row])
            if cell
        ][:_MOST_TITLES]
        support = names.support([text for text, _ in titles], grid.raw.name, source.path)
        guesses = judge(rows[i], support, index)
        if guesses and (best is None or guesses[0].headers > best.guesses[0].headers):
            best = _Head(int(positions[i]), tuple(rows[i]), tuple(titles), tuple(guesses))
    return best


def _header_rows(raw: RawSheet, position: int) -> tuple[int, int]:
    """The header's rows: the one found, and those that its vertically merged cells reach down to."""
    row = raw.first_row + position
    down = [last for first, _, last, _ in raw.merges if first == row < last <= row + 2]
    return position, (max(down) if down else row) - raw.first_row + 1


def _unrecognised(source: SourceFile, grid: Grid, head: _Head | None, catalogue: Catalogue) -> SheetReading:
    raw = grid.raw
    guesses = head.guesses[:_CANDIDATES] if head else ()
    if not grid.counts.any():
        problem = Problem("sheet-empty", Where(source.path, raw.name), gravity=Gravity.NOTE)
    else:
        named = "、".join(f"{catalogue[g.ledger].zh} {g.confidence:.2f}" for g in guesses) or "—"
        problem = Problem("sheet-not-recognised", Where(source.path, raw.name), {"candidates": named})
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


def _other_table(source: SourceFile, raw: RawSheet, position: int) -> Problem:
    return Problem("table-within", Where(source.path, raw.name, raw.first_row + position))


def read_sheet(
    source: SourceFile,
    raw: RawSheet,
    catalogue: Catalogue,
    extra_headers: ExtraHeaders = NO_EXTRA,
) -> SheetReading:
    """Take a sheet for what it is.

    Args:
        source: the file it stands in.
        raw: its cells.
        catalogue: the ledger kinds.
        extra_headers: further accepted headers, ledger → column → headers (the county profile's).

    Returns:
        The reading; its `ledger` is None, with a problem, where the sheet is empty or of no kind that can be told.
    """
    grid = Grid.of(raw)
    index, names = _prepare(_Catalogue(catalogue, extra_headers or NO_EXTRA))
    head = _find_head(source, grid, index, names)
    guess = decide(head.guesses) if head else None
    if head is None or guess is None:
        return _unrecognised(source, grid, head, catalogue)
    ledger = catalogue[guess.ledger]
    header = _header_rows(raw, head.position)
    assigned = assign(head.headers, ledger.id, index)
    columns = tuple(
        MappedColumn(column, i, column_letter(raw.first_column + i), head.headers[i], 1.0)
        for i, column in assigned.columns.items()
    )
    absent = [name for name in ledger.columns if name not in set(assigned.columns.values())]
    lines = lines_of(head.titles, raw.name, source.path)
    context, year, problems = context_of(ledger, absent, lines, index)
    titles = [text for text, _ in head.titles]
    layout = lay_out(grid, Table(ledger, *header, assigned.columns, head.headers, titles), index)
    twice = [
        Problem(
            "header-twice",
            _where(source, raw, head.position, i),
            {
                "column": ledger.columns[name].header,
                "header": head.headers[i],
                "kept": column_letter(raw.first_column + j),
            },
            Gravity.WARNING,
        )
        for i, (name, j) in assigned.twice.items()
    ]
    missing = [
        Problem(
            "column-missing",
            Where(source.path, raw.name),
            {"column": name, "header": ledger.columns[name].header, "ledger": ledger.zh},
            Gravity.WARNING,
        )
        for name in absent
        if ledger.columns[name].required and name not in context
    ]
    filled, carried = carry_down(
        raw, source.path, {i: ledger.columns[name] for i, name in assigned.columns.items()}, layout.bands
    )
    within = [] if layout.other_table is None else [_other_table(source, raw, layout.other_table)]
    return SheetReading(
        source=source,
        raw=filled,
        ledger=ledger.id,
        confidence=guess.confidence,
        candidates=tuple((g.ledger, g.confidence) for g in head.guesses[:_CANDIDATES]),
        header=header,
        columns=columns,
        unknown=_unknown(grid, head.headers, assigned.columns, ledger.id, index),
        context=context,
        year_hint=year,
        bands=layout.bands,
        reasons=layout.reasons,
        totals=layout.totals,
        problems=(*missing, *twice, *problems, *carried, *within),
    )
