"""Typed ledgers with the origin of every value: what `build_tables` gives to checks, signals and reconciliation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.clues import EvidenceCell, EvidenceRow, Linked, Measure
from auditor.errors import Argument, Where
from auditor.intake.raw import SourceFile
from auditor.intake.reading import MappedColumn, SheetReading
from auditor.ledgers import Catalogue, Column, ColumnType, Ledger
from auditor.tables.columns import arrow_type
from auditor.tables.engine import Engine
from auditor.tables.links import SCHEMA, Links, RowLink

RowArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that was not simply read: unreadable (`code` of an Unread) or read with a reservation (`code` of a note).

    `row` is the `_row` of its ledger table; `raw` the text as it stands.
    """

    ledger: str
    column: str
    row: int
    code: str
    args: Mapping[str, Argument]
    raw: str | None
    readable: bool


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One ledger kind over all its sheets. Row i of `raw` and `typed` is `_row` i of the engine's table.

    Attributes:
        ledger: the kind.
        rows: number of rows.
        columns: columns that some sheet has, in a column of its own or in its title or name.
        raw: the texts as they stand, a string column for each of `columns`.
        typed: the values as the engine holds them.
        sheet_of: for each row, the index in `readings` of its sheet.
        row_numbers: for each row, its number as the spreadsheet shows it.
        readings: the sheets that make this ledger.
        links: its rows without an identity number, and to whom they were linked; none where all have one.
    """

    ledger: Ledger
    rows: int
    columns: frozenset[str]
    raw: pa.Table
    typed: pa.Table
    sheet_of: npt.NDArray[np.int32]
    row_numbers: npt.NDArray[np.int32]
    readings: tuple[SheetReading, ...]
    links: Links = field(default_factory=lambda: Links(SCHEMA.empty_table()))

    def where(self, row: int, column: str | None = None) -> Where:
        """The place of `_row` `row`, of its cell in `column` where that has one."""
        reading = self.readings[int(self.sheet_of[row])]
        number = int(self.row_numbers[row])
        at, letter = next((m.cell(number) for m in reading.columns if m.column == column), (number, None))
        return Where(reading.source.path, reading.raw.name, at or number, letter)

    def header(self, row: int, column: str) -> str:
        """The header that stands over `column` in the sheet of `row`, or the canonical one."""
        reading = self.readings[int(self.sheet_of[row])]
        found = next((m.header for m in reading.columns if m.column == column), None)
        return found or self.ledger.columns[column].header


@dataclass(frozen=True, slots=True)
class Tables:
    """All ledgers of an upload, loaded in an engine.

    Every kind of the catalogue is a table of the engine, an absent one without rows: ask `present`, not the engine,
    whether a ledger was given.

    Attributes:
        engine: where they are.
        catalogue: every kind of ledger.
        present: those that were given.
        faults: cells that were not simply read.
        files: every file of the upload, those in its archives too, by path.
    """

    engine: Engine
    catalogue: Catalogue
    present: Mapping[str, LedgerTable]
    faults: tuple[CellFault, ...]
    files: tuple[SourceFile, ...] = ()

    @property
    def attachments(self) -> tuple[SourceFile, ...]:
        """The files of the upload that are no spreadsheet and no archive."""
        return tuple(file for file in self.files if file.role == "attachment")

    def evidence(self, ledger: str, rows: Sequence[int], show: Sequence[str]) -> tuple[EvidenceRow, ...]:
        """The rows (`_row` numbers) of `ledger` as evidence, in order of file, sheet and row.

        Each has the cells of `show` that its sheet has.
        """
        table = self.present.get(ledger)
        if table is None:
            return ()
        wanted = [name for name in show if name in table.columns]
        found = [_evidence_row(table, row, wanted, self._linked(table.links.of(row))) for row in sorted(set(rows))]
        return tuple(sorted(found, key=lambda e: (e.file, e.sheet or "", e.row or 0)))

    def evidence_by_row(self, ledger: str, rows: Sequence[int], show: Sequence[str]) -> Mapping[int, EvidenceRow]:
        """The same rows by their `_row`, for many at once: a column is taken as a whole, not cell by cell."""
        table = self.present.get(ledger)
        if table is None:
            return {}
        wanted, numbers = [name for name in show if name in table.columns], sorted(set(rows))
        types = {name: table.ledger.columns[name].type for name in wanted}
        values, raws = (
            {name: part.column(name).take(pa.array(numbers, pa.int64())).to_pylist() for name in wanted}
            for part in (table.typed, table.raw)
        )
        cells = {
            name: [(raws[name][n], measure(v, types[name])) for n, v in enumerate(values[name])] for name in wanted
        }
        mapped = [{m.column: m for m in reading.columns} for reading in table.readings]
        linked = bool(table.links.table.num_rows)
        return {
            row: _row_of(
                table,
                row,
                mapped[int(table.sheet_of[row])],
                {name: cells[name][n] for name in wanted},
                self._linked(table.links.of(row)) if linked else None,
            )
            for n, row in enumerate(numbers)
        }

    def _linked(self, link: RowLink | None) -> Linked | None:
        """How a row without a number came by one."""
        if link is None or link.witness is None:
            return None
        ledger, row = link.witness
        where = self.present[ledger].where(row)
        return Linked(link.by, ledger, where.file, where.sheet, where.row)


def engine_table(ledger: Ledger, typed: pa.Table | None) -> pa.Table:
    """The ledger as the engine holds it: `_row` and every column of the catalogue."""
    if typed is None:
        typed = pa.table({n: pa.array([], arrow_type(c)) for n, c in ledger.columns.items()})
    return typed.add_column(0, "_row", pa.array(np.arange(typed.num_rows, dtype=np.int64)))


def _evidence_row(table: LedgerTable, row: int, show: Sequence[str], linked: Linked | None) -> EvidenceRow:
    mapped = {m.column: m for m in table.readings[int(table.sheet_of[row])].columns}
    given = {
        name: (
            table.raw.column(name)[row].as_py(),
            measure(table.typed.column(name)[row].as_py(), table.ledger.columns[name].type),
        )
        for name in show
    }
    return _row_of(table, row, mapped, given, linked)


def _row_of(
    table: LedgerTable,
    row: int,
    mapped: Mapping[str, MappedColumn],
    given: Mapping[str, tuple[str | None, Measure]],
    linked: Linked | None,
) -> EvidenceRow:
    """The row as evidence: of `given` (text and value by column) the cells that its sheet has, mapped or said once."""
    reading = table.readings[int(table.sheet_of[row])]
    number = int(table.row_numbers[row])
    cells: dict[str, EvidenceCell] = {}
    for name, (raw, value) in given.items():
        if name not in mapped and name not in reading.context:
            continue
        address = mapped[name].address(number) if name in mapped else ""
        cells[name] = EvidenceCell(address, raw, value)
    return EvidenceRow(table.ledger.id, reading.source.path, reading.raw.name, number, cells, linked)


def measure(value: object, type_: ColumnType | None = None) -> Measure:
    """A value as results write it: money as its decimal text, a date as YYYY-MM-DD, a month as YYYY-MM."""
    if isinstance(value, date):
        return value.strftime("%Y-%m") if type_ is ColumnType.MONTH else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def columns_of(ledger: Ledger) -> Iterator[tuple[str, Column]]:
    """The ledger's columns in the catalogue's order."""
    yield from ledger.columns.items()
