"""A whole county's ledgers laid out anew: the same facts in other layouts, from which the same must follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.layouts.drawing import Kept, Row, TypedLedger
from tests.layouts.features import Chances
from tests.layouts.making import lay_out_page
from tests.layouts.page import Page

from auditor.intake import SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import Catalogue
from auditor.tables import Engine, LedgerTable, Tables, build_tables

_PARTED_BY = ("month", "township", "village", "party", "workshop", "employer")
_MOST_PARTS = 40
CHANGES_FACTS = frozenset({"spoilt", "dropped"})
"""Features that lose values: no layout of a county may have them."""


def typed_ledgers(tables: Tables) -> Iterator[TypedLedger]:
    """The ledgers of an upload; a cell that could not be read is kept as it stood."""
    faults = {(fault.ledger, fault.row, fault.column) for fault in tables.faults if not fault.readable}
    for table in tables.present.values():
        rows = [_row(table, number, values, faults) for number, values in enumerate(table.typed.to_pylist())]
        yield TypedLedger(table.ledger, tuple(rows), table.columns, loose=False)


def _row(table: LedgerTable, number: int, values: Row, faults: set[tuple[str, int, str]]) -> Row:
    kept = {
        column: Kept(str(table.raw.column(column)[number].as_py()))
        for column in table.columns
        if (table.ledger.id, number, column) in faults
    }
    return {**values, **kept}


def _parts(chance: Random, typed: TypedLedger) -> list[TypedLedger]:
    """A ledger as one, or parted by month, township, …"""
    names = [name for name in _PARTED_BY if name in typed.columns]
    by = chance.sample(names, min(len(names), chance.choice((0, 1, 1, 2))))
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in typed.rows:
        found.setdefault(tuple(row[name] for name in by), []).append(row)
    if len(found) > _MOST_PARTS:
        return [typed]
    return [replace(typed, rows=tuple(rows)) for rows in found.values()]


def relay(tables: Tables, seed: int, without: frozenset[str] = frozenset()) -> list[Page]:
    """Every ledger of the upload on sheets of random layouts.

    The kinds of ledger are named on all of them, so that none can be taken for another.
    """
    pages: list[Page] = []
    for typed in typed_ledgers(tables):
        for number, part in enumerate(_parts(Chances(f"{seed}/{typed.ledger.id}").of("parts"), typed)):
            chances = Chances(f"{seed}/{typed.ledger.id}/{number}")
            features = chances.choose(CHANGES_FACTS | {"below", "beside"} | without) | {"title"}
            page = lay_out_page(chances, [part], features)
            pages.append(replace(page, file=f"{len(pages):04d}/{page.file}"))
    return pages


def tables_of(pages: list[Page], catalogue: Catalogue, engine: Engine) -> Tables:
    """The pages read."""
    readings = [
        reading
        for page in pages
        for reading in read_sheet(SourceFile(page.file, 1, "0" * 64, "workbook"), page.raw(), catalogue)
    ]
    return build_tables(readings, catalogue, engine)
