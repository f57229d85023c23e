"""Tables that stand side by side on a sheet: one ledger's columns repeated to the right, or two ledgers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.intake.raw import SourceFile
from auditor.intake.reading import Band, SheetReading, TotalRow
from auditor.intake.sheets.beside import runs
from auditor.intake.sheets.columns import assign
from auditor.intake.sheets.grid import Grid, Region
from auditor.intake.sheets.head import Head, find_head
from auditor.intake.sheets.headers import HeaderIndex, bare, is_serial
from auditor.intake.sheets.kinds import decide
from auditor.intake.sheets.titles import TitleIndex
from auditor.ledgers import ColumnType, Ledger

_ALIKE = 0.8  # share of headers that repeated panels have in common
_PERSON = frozenset({ColumnType.NAME, ColumnType.PERSON_ID})


@dataclass(frozen=True, slots=True)
class Panels:
    """The regions of tables side by side; `repeated` where they have the same columns."""

    regions: tuple[Region, ...]
    repeated: bool


def _identifying(ledger: Ledger, columns: Sequence[str]) -> bool:
    """Whether the columns say whom or what a row is about."""
    persons = {name for name, column in ledger.columns.items() if column.type in _PERSON}
    things = {name for name, column in ledger.columns.items() if column.required} | set(ledger.key)
    return bool((persons or things) & set(columns))


def _whole_rows(grid: Grid, first: int, header: int, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Rows above the header with cells over one table only: a title over all of them."""
    found = []
    for row in range(first, header):
        over = {number for number, (a, b) in enumerate(spans) if any(grid.filled[i][row] for i in range(a, b))}
        if len(over) <= 1:
            found.append(row)
    return tuple(found)


def _repeated(
    grid: Grid, reading: SheetReading, head: Head, ledger: Ledger, index: HeaderIndex
) -> tuple[list[tuple[int, int]], int]:
    """The column ranges of repeated headers, and how many columns before them belong to all."""
    forms = [bare(header) for header in head.headers]
    anchor = next((i for i, form in enumerate(forms) if form and form in forms[i + 1 :]), None)
    if anchor is None:
        return [], 0
    starts = [i for i, form in enumerate(forms) if form == forms[anchor]]
    ends = [*starts[1:], min(len(forms), starts[-1] + max(np.diff(starts).tolist()))]
    spans = list(zip(starts, ends, strict=True))
    sets = [{form for form in forms[a:b] if form} for a, b in spans]
    if any(len(sets[0] & other) < _ALIKE * len(sets[0] | other) for other in sets[1:]):
        return [], 0
    before = _columns(head, 0, anchor, ledger, index)
    if _identifying(ledger, list(before.values())):
        return [], 0  # one person, of whom several things are said
    for a, b in spans:
        assigned = _columns(head, a, b, ledger, index)
        if not _identifying(ledger, list(assigned.values())):
            return [], 0
        if not any(grid.filled[i][reading.header[1] :].any() for i in assigned):
            return [], 0
    return spans, anchor


def _columns(head: Head, first: int, last: int, ledger: Ledger, index: HeaderIndex) -> Mapping[int, str]:
    """What the headers over the grid columns [first, last) alone give."""
    part = [leaf if first <= i < last else "" for i, leaf in enumerate(head.leaves)]
    return assign(part, ledger.id, index, above=head.above).columns


def _says_twice(grid: Grid, reading: SheetReading) -> bool:
    """Whether a header stands more than once in the rows of the header."""
    rows = grid.texts(np.arange(*reading.header, dtype=np.int64))
    return any(len([cell for cell in row if cell]) > len({cell for cell in row if cell}) for row in rows)


def find_panels(
    source: SourceFile, grid: Grid, reading: SheetReading, ledger: Ledger, index: HeaderIndex, names: TitleIndex
) -> Panels | None:
    """The tables side by side in what was read as one table, or None.

    Args:
        source: the file.
        grid: what of the sheet was read.
        reading: the reading as one table.
        ledger: what it was taken for.
        index: the accepted headers.
        names: what titles say.
    """
    first, last, header = grid.region.first_row, grid.region.last_row, reading.header[0]
    head = find_head(source, grid, index, names) if _says_twice(grid, reading) else None
    spans, shared = _repeated(grid, reading, head, ledger, index) if head is not None else ([], 0)
    if spans:
        whole = _whole_rows(grid, first, header, spans)
        also = tuple(range(shared))
        return Panels(tuple(Region(first, last, a, b, whole, also) for a, b in spans), repeated=True)
    seen = slice(header, last)
    used = np.array([bool(mask[seen].any()) for mask in grid.filled], dtype=np.bool_)
    groups = list(runs(used))
    whole = _whole_rows(grid, first, header, groups)
    if others := _other_people(reading, ledger, groups) or _people_again(reading, ledger):
        return Panels(tuple(Region(first, last, a, b, whole) for a, b in others), repeated=False)
    if len(groups) == 1 or _one_with_gaps(reading, groups):
        return None
    alone = [(a, _alone(source, grid, Region(first, last, a, b, whole), index, names)) for a, b in groups]
    starts = [a for a, found in alone if found is not None]
    if len(starts) < 2 or _complete_each_other([found for _, found in alone if found is not None]):  # noqa: PLR2004
        return None
    starts[0] = 0
    ends = [*starts[1:], len(grid.filled)]
    return Panels(tuple(Region(first, last, a, b, whole) for a, b in zip(starts, ends, strict=True)), repeated=False)


def _one_with_gaps(reading: SheetReading, groups: Sequence[tuple[int, int]]) -> bool:
    """Whether what was read as one table knows at least half of the headers on either side of each blank column."""
    known = {index for column in reading.columns for index in range(len(reading.raw.columns)) if column.holds(index)}
    strange = {column.index for column in reading.unknown if column.header and not is_serial(column.header)} - known
    return all(
        sum(index in known for index in range(a, b)) >= max(1, sum(index in strange for index in range(a, b)))
        for a, b in groups
    )


def _other_people(
    reading: SheetReading, ledger: Ledger, groups: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The columns of each list of people, where the header over the people stands again beyond a blank column.

    Whose school the columns over there tell is then told over there: they are never read with the people of this side,
    even where one side alone is no ledger that we know.
    """
    persons = [one for one in reading.columns if ledger.columns[one.column].type in _PERSON]
    named = {bare(one.header): one.index for one in persons}
    again = {one.index for one in reading.unknown if bare(one.header) in named}
    places = {*named.values(), *again}
    starts = [a for a, b in groups if any(a <= index < b for index in places)]
    apart = any(
        not any(a <= index < b and a <= named[bare(one.header)] < b for a, b in groups)
        for one in reading.unknown
        if (index := one.index) in again
    )
    if len(starts) < 2 or not apart:  # noqa: PLR2004
        return ()
    starts[0] = 0
    return tuple(zip(starts, [*starts[1:], len(reading.raw.columns)], strict=True))


def _people_again(reading: SheetReading, ledger: Ledger) -> tuple[tuple[int, int], ...]:
    """The columns of two lists of people without a blank column between, where the second has its own identity numbers.

    What stands right of the second number is told of its person. A name alone that stands again is a signature.
    """
    numbers = [one for one in reading.columns if ledger.columns[one.column].type is ColumnType.PERSON_ID]
    named = {bare(one.header) for one in reading.columns if ledger.columns[one.column].type in _PERSON}
    again = sorted(one.index for one in reading.unknown if any(bare(one.header) == bare(own.header) for own in numbers))
    if not again or not any(one.index > again[0] for one in reading.columns):
        return ()
    ids = [own.index for own in numbers]
    start = again[0]
    headers = {one.index: one.header for one in reading.unknown}
    while start - 1 > max(ids) and (bare(headers.get(start - 1, "")) in named or is_serial(headers.get(start - 1, ""))):
        start -= 1
    return ((0, start), (start, len(reading.raw.columns)))


def _complete_each_other(tables: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Whether they are one table with a blank column in it: of one ledger, and no column of it in two of them."""
    columns = [name for _, names in tables for name in names]
    return len({ledger for ledger, _ in tables}) == 1 and len(columns) == len(set(columns))


def _alone(
    source: SourceFile, grid: Grid, region: Region, index: HeaderIndex, names: TitleIndex
) -> tuple[str, frozenset[str]] | None:
    """The ledger and the columns of what stands in the region, where that is a table of its own."""
    part = grid.within(region)
    head = find_head(source, part, index, names)
    guess = decide(head.guesses) if head is not None else None
    if head is None or guess is None:
        return None
    ledger = index.ledgers[guess.ledger]
    columns = assign(head.leaves, ledger.id, index, above=head.above).columns
    if not _identifying(ledger, list(columns.values())) or not part.counts[head.last :].any():
        return None
    return ledger.id, frozenset(columns.values()) | head.spread.spoken.get(ledger.id, frozenset())


def share_totals(readings: Sequence[SheetReading], ledger: Ledger) -> tuple[SheetReading, ...]:
    """Panels whose total row has its label in the first panel only: the row is a total in each of them."""
    first, *others = readings
    done = [first]
    for reading in others:
        persons = [one.index for one in reading.columns if ledger.columns[one.column].type in _PERSON]
        added: dict[int, TotalRow] = {}
        for total in first.totals:
            mine = reading.bands[total.position] in {Band.READ, Band.REJECTED}
            if mine and not any(reading.raw.columns[index].text[total.position].as_py() for index in persons):
                added[total.position] = total
        if not added:
            done.append(reading)
            continue
        bands = reading.bands.copy()
        bands[list(added)] = Band.TOTAL
        reasons = {row: reason for row, reason in reading.reasons.items() if row not in added}
        totals = tuple(sorted((*reading.totals, *added.values()), key=lambda total: total.position))
        done.append(replace(reading, bands=bands, reasons=reasons, totals=totals))
    return tuple(done)
