"""A sheet's cells in, what stands on it out: each of its tables with its ledger, header, columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.intake.raw import RawSheet, SourceFile
from auditor.intake.reading import Part, SheetReading
from auditor.intake.sheets.grid import Grid, Region
from auditor.intake.sheets.headers import NO_EXTRA, ExtraHeaders, HeaderIndex
from auditor.intake.sheets.table_reading import Reader, read_table
from auditor.intake.sheets.titles import TitleIndex
from auditor.ledgers import Catalogue


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
    return Reader(catalogue.ledgers, HeaderIndex(catalogue.ledgers, catalogue.extra), TitleIndex(catalogue.ledgers))


def read_sheet(
    source: SourceFile,
    raw: RawSheet,
    catalogue: Catalogue,
    extra_headers: ExtraHeaders = NO_EXTRA,
) -> tuple[SheetReading, ...]:
    """Take a sheet for what it is.

    Args:
        source: the file it stands in.
        raw: its cells.
        catalogue: the ledger kinds.
        extra_headers: further accepted headers, ledger → column → headers (the county profile's).

    Returns:
        A reading for each table of the sheet, at least one. Its `ledger` is None, with a problem, where the sheet is
        empty or of no kind that can be told.
    """
    grid = Grid.of(raw)
    reader = _prepare(_Catalogue(catalogue, extra_headers or NO_EXTRA))
    readings: list[SheetReading] = []
    start: int | None = 0
    while start is not None:
        reading, start = read_table(source, grid.within(Region(first_row=start)), reader)
        readings.append(reading)
    if len(readings) == 1:
        return tuple(readings)
    return tuple(replace(one, part=Part(number, len(readings))) for number, one in enumerate(readings, start=1))
