"""A page's reading beside its truth: what is equal, what was told, what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tests.layouts.drawing import Value
from tests.layouts.page import Page, Placed

from auditor.intake import Band, SheetReading, sheet_bands
from auditor.intake.reading import NOT_RECOGNISED
from auditor.tables import Tables


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the tables: its number, the values that are not null, where each stands ("" if around)."""

    ledger: str
    row: int
    values: frozenset[tuple[str, Value]]
    places: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`equal`, `told` (not read, and said so) or `wrong`, with what is apart."""

    word: str
    apart: tuple[str, ...] = ()


TableRows: TypeAlias = "Mapping[int, list[tuple[Row, Mapping[str, str]]]]"
"""The rows of each reading (by `id` of the reading), each with its faults (column → code)."""


def table_rows(tables: Tables) -> TableRows:
    """The rows that the engine holds."""
    found: dict[int, list[tuple[Row, Mapping[str, str]]]] = {}
    faults: dict[tuple[str, int], dict[str, str]] = {}
    for fault in tables.faults:
        faults.setdefault((fault.ledger, fault.row), {})[fault.column] = fault.code
    for ledger, table in tables.present.items():
        held = tables.engine.query(f'SELECT * EXCLUDE (_row) FROM "{ledger}" ORDER BY _row').to_pylist()
        for number, values in enumerate(held):
            reading = table.readings[int(table.sheet_of[number])]
            row = int(table.row_numbers[number])
            known = {m.column: m.address(row) for m in reading.columns} | dict.fromkeys(reading.context, "")
            some = frozenset((name, value) for name, value in values.items() if value is not None)
            one = Row(ledger, row, some, frozenset(known.items()))
            found.setdefault(id(reading), []).append((one, faults.get((ledger, number), {})))
    return found


def _expected(placed: Placed) -> Row:
    values = frozenset((name, value) for name, value in placed.values.items() if value is not None)
    around = {name: "" for name, value in placed.values.items() if value is not None and name not in placed.at}
    places = {name: placed.address(name) for name in placed.at} | around
    return Row(placed.ledger, placed.row, values, frozenset(places.items()))


def judge(page: Page, readings: Sequence[SheetReading], rows: TableRows) -> Verdict:
    """The verdict on the readings of a page."""
    wrong = [*_accounting(readings)]
    if not page.named and all(reading.ledger is None for reading in readings):
        said = all(any(problem.code in NOT_RECOGNISED for problem in one.problems) for one in readings)
        wrong += [] if said else ["not recognised, and not told"]
        return Verdict("wrong", tuple(wrong)) if wrong else Verdict("told", ("not recognised",))
    wrong += _bands(page, readings)
    read = [item for reading in readings for item in rows.get(id(reading), [])]
    if "sections" in page.features:
        read = [(_without_sections(row, page), faults) for row, faults in read]
    want = Counter(_expected(placed) for placed in page.placed)
    have = Counter(row for row, _ in read)
    missing, extra = list((want - have).elements()), list((have - want).elements())
    letters = _letters_told(readings)
    told = []
    for row in missing:
        # A row of months side by side is a row for each month.
        others = (one for one in extra if (one.row, one.ledger) == (row.row, row.ledger))
        other = next((one for one in others if _only_told(row, one, letters)), None)
        if other is not None:
            extra.remove(other)
            told.append(f"row {row.row}: {'; '.join(sorted(map(str, row.values - other.values)))}")
        else:
            wrong.append(_difference(row, extra))
    if len(extra) + len(told) > len(missing):
        wrong += [f"row {row.row} of {row.ledger} is none" for row in extra]
    faults: dict[tuple[str, int], set[str]] = {}
    for row, found in read:  # two tables side by side share their rows
        faults.setdefault((row.ledger, row.row), set()).update(found)
    wrong += [
        f"row {placed.row}: {name} is lost and not told"
        for placed in page.placed
        for name in placed.lost
        if name not in faults.get((placed.ledger, placed.row), set())
    ]
    return Verdict("wrong", tuple(wrong)) if wrong else Verdict("told" if told else "equal", tuple(told))


def _without_sections(row: Row, page: Page) -> Row:
    """The row as if what the lines between the rows say were said around the table."""
    in_cells = {name for placed in page.placed if placed.ledger == row.ledger for name in placed.at}
    some = {name for name, _ in row.values}
    places = {(name, place if name in in_cells else "") for name, place in row.places if name in in_cells | some}
    return replace(row, places=frozenset(places))


def _letters_told(readings: Sequence[SheetReading]) -> frozenset[str]:
    """Columns of the sheet that were said not to be used, or to be in doubt."""
    unknown = {one.letter for reading in readings for one in reading.unknown if one.header}
    return frozenset(unknown | {str(p.where.column) for reading in readings for p in reading.problems})


def _only_told(row: Row, other: Row, letters: frozenset[str]) -> bool:
    """Whether all that `other` lacks stands in columns that were told, and nothing in it is wrong."""
    places = dict(row.places)
    lacking = {name for name, _ in (row.values - other.values) | (row.places - other.places)}
    found = {name: re.match("[A-Z]+", places.get(name, "")) for name in lacking}
    return (
        other.values <= row.values
        and other.places <= row.places
        and all(match is not None and match[0] in letters for match in found.values())
    )


def _accounting(readings: Sequence[SheetReading]) -> Iterator[str]:
    raw = readings[0].raw
    bands = sheet_bands(readings)
    if any(len(one.bands) != raw.row_count for one in readings) or len(bands) != raw.row_count:
        yield "bands do not account for every row"
    for one in readings:
        if {i for i, band in enumerate(one.bands.tolist()) if band == Band.REJECTED} != set(one.reasons):
            yield "rejected rows without a reason"


def _bands(page: Page, readings: Sequence[SheetReading]) -> Iterator[str]:
    raw = readings[0].raw
    for position, number in enumerate(sheet_bands(readings).tolist()):
        band, may = Band(number), page.band(raw.first_row + position)
        if band not in may:
            yield f"row {raw.first_row + position} is {'/'.join(sorted(b.name for b in may))}, read as {band.name}"


def _difference(row: Row, extra: Sequence[Row]) -> str:
    other = next((one for one in extra if one.row == row.row), None)
    if other is None:
        return f"row {row.row} of {row.ledger} is missing"
    if other.ledger != row.ledger:
        return f"row {row.row} of {row.ledger} was taken for {other.ledger}"
    apart = sorted(map(str, (row.values ^ other.values) | (row.places ^ other.places)))
    return f"row {row.row} of {row.ledger}: {'; '.join(apart)}"
