"""A sheet's cells in, what stands on it out: each of its tables with its ledger, header, columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.reading import Part, SheetReading
from auditor.intake.settled import entries_for, entry_for_table, more_headers, next_settled
from auditor.intake.sheets.grid import Grid, Region
from auditor.intake.sheets.headers import NO_EXTRA, ExtraHeaders, HeaderIndex
from auditor.intake.sheets.several import MOST_TABLES, read_next, unread_rest
from auditor.intake.sheets.table_reading import Reader, read_table
from auditor.intake.sheets.titles import TitleIndex
from auditor.intake.sheets.wide_table import apart
from auditor.ledgers import Catalogue
from auditor.maps import SheetEntry


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
def _prepare(catalogue: _Catalogue) -> Reader:
    return _reader(catalogue.ledgers, catalogue.extra)


def _reader(ledgers: Catalogue, extra: ExtraHeaders) -> Reader:
    return Reader(ledgers, HeaderIndex(ledgers, extra), TitleIndex(ledgers))


def read_sheet(
    source: SourceFile,
    raw: RawSheet,
    catalogue: Catalogue,
    extra_headers: ExtraHeaders = NO_EXTRA,
    settled: Sequence[SheetEntry] = (),
) -> tuple[SheetReading, ...]:
    """Take a sheet for what it is.

    Args:
        source: the file it stands in.
        raw: its cells.
        catalogue: the ledger kinds.
        extra_headers: further accepted headers, ledger → column → headers (the county profile's).
        settled: what a person settled about sheets; those entries count that fit this one.

    Returns:
        A reading for each table of the sheet, at least one. Its `ledger` is None, with a problem, where the sheet is
        empty or of no kind that can be told.
    """
    grid = Grid.of(raw)
    extra = extra_headers or NO_EXTRA
    reader = _prepare(_Catalogue(catalogue, extra))
    entries = entries_for(settled, source, raw)
    readings: list[SheetReading] = []
    start: int | None = 0
    while start is not None:
        entry = entry_for_table(entries, raw.first_row + start) if entries else None
        mine = reader if entry is None or not entry.headers else _reader(catalogue, more_headers(entry, extra))
        end = next_settled(entries, entry, grid) if entry is not None else None
        if end is None:
            found, start = read_next(source, grid, start, mine, entry)
        else:
            one, below = read_table(source, grid.within(Region(start, end)), mine, entry)
            found, start = (one,), end if below is None else below
        readings.extend(part for one in found for part in apart(one))
        if start is not None and len(readings) >= MOST_TABLES:
            readings.append(unread_rest(source, grid, start, MOST_TABLES))
            break
    if len(readings) == 1:
        return tuple(readings)
    return tuple(
        replace(one, part=Part(number, len(readings), one.part.label if one.part is not None else ""))
        for number, one in enumerate(readings, start=1)
    )
