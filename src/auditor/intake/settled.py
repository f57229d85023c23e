"""What a person settled, laid against the sheets: which entry holds for which table, and which columns it fixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.headers import ExtraHeaders, fold
from auditor.maps import IGNORED, SheetEntry, headers_over


@dataclass(frozen=True, slots=True)
class Fixed:
    """The columns that an entry settles.

    Attributes:
        columns: grid column → ledger column, or None where the column is not to be used.
        absent: (key, ledger column) of those that the table lacks.
    """

    columns: Mapping[int, str | None]
    absent: tuple[tuple[str, str], ...]


def entries_for(entries: Sequence[SheetEntry], source: SourceFile, raw: RawSheet) -> tuple[SheetEntry, ...]:
    """The entries about a sheet, the first the weightiest."""
    return tuple(entry for entry in entries if entry.fits(source.path, raw.name))


def entry_for_table(entries: Sequence[SheetEntry], first_row: int) -> SheetEntry | None:
    """The entry for the first table that begins at spreadsheet row `first_row` or below.

    A sheet of several tables has an entry with its header row for each; one without a header row holds for all tables.
    The file that settles anything first (the command line's) is alone in it.
    """
    mine = [entry for entry in entries if entry.place.file == entries[0].place.file]
    below = sorted(
        (
            (entry.header[0], number)
            for number, entry in enumerate(mine)
            if entry.header and entry.header[0] >= first_row
        )
    )
    if below:
        return mine[below[0][1]]
    return next((entry for entry in mine if entry.header is None), None)


def next_settled(entries: Sequence[SheetEntry], entry: SheetEntry, grid: Grid) -> int | None:
    """The grid row where the table with the next header row that a person gave begins, below that of `entry`, or None.

    Lines of a single cell right above a header are its title.
    """
    if entry.header is None:
        return None
    below = [e.header[0] for e in entries if e.header and e.place.file == entry.place.file and e.header > entry.header]
    if not below or min(below) <= entry.header[1]:
        return None
    row, floor = min(below) - grid.raw.first_row, entry.header[1] + 1 - grid.raw.first_row
    if row >= grid.raw.row_count:
        return None
    while row > floor and grid.counts[row - 1] == 1:
        row -= 1
    return row


def more_headers(entry: SheetEntry, extra: ExtraHeaders) -> ExtraHeaders:
    """`extra` with the headers that the entry names, which decide where the header row is."""
    if entry.ledger is None:
        return extra
    named: dict[str, tuple[str, ...]] = {}
    for header, column in entry.headers.items():
        if column != IGNORED:
            named[column] = (*named.get(column, ()), header)
    return headers_over({entry.ledger: named}, extra) if named else extra


def fixed_columns(entry: SheetEntry, raw: RawSheet, *headers: Sequence[str]) -> Fixed:
    """The columns of a table that the entry settles.

    Args:
        entry: what a person settled.
        raw: the sheet.
        headers: what stands over each grid column; several where a header may be named in several ways.
    """
    columns: dict[int, str | None] = {}
    absent: list[tuple[str, str]] = []
    letters = {column_letter(raw.first_column + index): index for index in range(len(raw.columns))}
    for key, column in entry.columns.items():
        wanted = None if column == IGNORED else column
        if key in entry.letters:
            found = [letters[key]] if key in letters else []
        else:
            found = [index for index, over in enumerate(zip(*headers, strict=True)) if fold(key) in map(fold, over)]
        if not found:
            absent.append((key, column))
        for index in found if wanted is None else found[:1]:
            columns.setdefault(index, wanted)
    return Fixed(columns, tuple(absent))


def unused_entries(entries: Iterable[SheetEntry], sheets: Iterable[tuple[str, str | None]]) -> tuple[Problem, ...]:
    """A warning for each entry that is about no sheet of the upload; `sheets` are (file, sheet)."""
    there = list(sheets)
    return tuple(
        Problem("map-entry-unused", entry.place, {"file": entry.file, "sheet": entry.sheet}, Gravity.WARNING)
        for entry in entries
        if not any(entry.fits(file, sheet) for file, sheet in there)
    )


def told(code: str, where: Where, entry: SheetEntry, gravity: Gravity = Gravity.WARNING, **args: str | int) -> Problem:
    """A problem at `where` that comes of what `entry` says."""
    return Problem(code, where, {"entry": str(entry.place), **args}, gravity)
