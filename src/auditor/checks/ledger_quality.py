"""LT: is the ledger itself sound? One function a rule; each gives signals with the very cells (rules.md, group LT)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.checks.places import CellNote, lt_signal
from auditor.clues import Severity, Signal
from auditor.errors import Argument, Where, column_letter
from auditor.intake.raw import RawSheet
from auditor.intake.reading import Band, SheetReading, TotalRow, Upload, sheet_bands
from auditor.ledgers import ColumnType
from auditor.messages import text
from auditor.tables import LedgerTable, Tables, measure, quoted
from auditor.values import CellKind, Hints, Read, lt_rule, read_cell

SEVERITIES: Mapping[str, Severity] = {
    "LT01": Severity.HIGH,
    "LT02": Severity.MEDIUM,
    "LT03": Severity.MEDIUM,
    "LT04": Severity.MEDIUM,
    "LT05": Severity.MEDIUM,
    "LT06": Severity.HIGH,
    "LT07": Severity.HIGH,
    "LT08": Severity.MEDIUM,
    "LT09": Severity.MEDIUM,
    "LT10": Severity.LOW,
    "LT11": Severity.MEDIUM,
}
Args: TypeAlias = dict[str, Argument]

_SUMMED = {ColumnType.MONEY, ColumnType.INT}


def missing_columns(upload: Upload) -> Iterator[Signal]:
    """LT01: a required column that a sheet of the ledger lacks."""
    for reading in upload.readings:
        for problem in reading.problems:
            if problem.code == "column-missing" and isinstance(problem.where, Where):
                yield lt_signal("LT01", SEVERITIES, problem.where, problem.args, ledger=reading.ledger or "")


def unrecognised_sheets(upload: Upload) -> Iterator[Signal]:
    """LT09: a sheet with content that is no ledger we know."""
    for reading in upload.readings:
        for problem in reading.problems:
            if problem.code == "sheet-not-recognised" and isinstance(problem.where, Where):
                where = Where(problem.where.file, problem.where.sheet)
                yield lt_signal("LT09", SEVERITIES, where, problem.args, ledger="")


def unclear_cells(tables: Tables) -> Iterator[Signal]:
    """LT03, LT04, LT06 and LT10: cells that could not be read, or only by upgrading a 15-digit number."""
    for fault in tables.faults:
        rule = lt_rule(fault.code)
        if not rule:
            continue
        table = tables.present[fault.ledger]
        note = CellNote(fault.column, table.header(fault.row, fault.column), fault.raw, None)
        detail = {lang: text(fault.code, lang, **fault.args) for lang in ("zh", "en")}
        where = table.where(fault.row, fault.column)
        variant = "read" if fault.readable and rule == "LT03" else ""
        yield lt_signal(
            rule, SEVERITIES, where, fault.args, ledger=fault.ledger, note=note, detail=detail, variant=variant
        )


def missing_values(tables: Tables) -> Iterator[Signal]:
    """LT02: a required cell that is empty. One that holds something unreadable is LT03, LT04 or LT06 instead."""
    for name, table in tables.present.items():
        unread = {(f.column, f.row) for f in tables.faults if f.ledger == name and not f.readable}
        for column in table.ledger.columns.values():
            if not column.required or column.name not in table.columns:
                continue
            empty = np.nonzero(pc.is_null(table.typed.column(column.name)).to_numpy(zero_copy_only=False))[0]
            for row in empty.tolist():
                where = table.where(row, column.name)
                if (column.name, row) in unread or where.column is None:
                    continue  # unreadable, or the sheet lacks the column (LT01)
                note = CellNote(
                    column.name, table.header(row, column.name), table.raw.column(column.name)[row].as_py(), None
                )
                yield lt_signal("LT02", SEVERITIES, where, {}, ledger=name, note=note)


def duplicate_rows(tables: Tables) -> Iterator[Signal]:
    """LT05: rows equal on the ledger's key. A row whose required key cell is empty equals nothing."""
    for name, table in tables.present.items():
        key = [part for part in table.ledger.key if part in table.columns]
        must = [part for part in key if table.ledger.columns[part].required]
        if not must:
            continue
        columns = ", ".join(f"t.{quoted(part)}" for part in key)
        known = " AND ".join(f"t.{quoted(part)} IS NOT NULL" for part in must)
        groups = tables.engine.query(
            f"SELECT list_sort(list(t._row)) AS rows FROM {quoted(name)} AS t WHERE {known} "
            f"GROUP BY {columns} HAVING count(*) > 1 ORDER BY rows"
        )
        for rows in groups.column("rows").to_pylist():
            evidence = tables.evidence(name, rows, [*key, "name"] if "name" in table.columns else key)
            shown = "、".join(table.ledger.columns[part].header for part in key)
            places = "；".join(str(table.where(row)) for row in rows[:5]) + ("…" if len(rows) > 5 else "")  # noqa: PLR2004
            args: Args = {"count": len(rows), "key": shown, "places": places}
            yield lt_signal("LT05", SEVERITIES, table.where(rows[0]), args, ledger=name, evidence=evidence)


def wrong_totals(tables: Tables) -> Iterator[Signal]:
    """LT07: a total row whose figure is not the sum of its rows. A sum over an unreadable cell is not judged."""
    for name, table in tables.present.items():
        unread = {(f.column, f.row) for f in tables.faults if f.ledger == name and not f.readable}
        start = 0
        for reading in table.readings:
            positions = np.nonzero(reading.bands == Band.READ)[0]
            for total in reading.totals:
                inside = np.nonzero((positions >= total.first) & (positions < total.last))[0] + start
                yield from _total(table, reading, total, inside.tolist(), unread)
            start += len(positions)


def _total(
    table: LedgerTable, reading: SheetReading, total: TotalRow, rows: list[int], unread: set[tuple[str, int]]
) -> Iterator[Signal]:
    for mapped in reading.columns:
        column = table.ledger.columns[mapped.column]
        cells = reading.raw.columns[mapped.index]  # a total stands in the sheet itself, whatever was made of the rows
        raw = cells.text[total.position].as_py()
        if column.type not in _SUMMED or raw is None or any((column.name, row) in unread for row in rows):
            continue
        said = read_cell(
            column.type.value, raw, CellKind(int(cells.kind[total.position])), hints=Hints(reading.year_hint)
        )
        if not isinstance(said, Read) or not isinstance(said.value, Decimal | int):
            continue
        values = table.typed.column(column.name).take(pa.array(rows, pa.int64()))
        added = pc.sum(values).as_py() or 0
        if abs(Decimal(said.value) - Decimal(added)) > Decimal("0.01"):
            where = reading.where(total.position, mapped.index)
            args: Args = {
                "label": total.label,
                "said": str(measure(said.value)),
                "added": str(measure(added)),
                "rows": len(rows),
            }
            note = CellNote(column.name, mapped.header, raw, measure(said.value))
            yield lt_signal("LT07", SEVERITIES, where, args, ledger=table.ledger.id, note=note)


def hidden_data(upload: Upload) -> Iterator[Signal]:
    """LT08: data that the eye does not see: hidden sheets, rows and columns. They are read all the same."""
    for tables in upload.sheets:
        yield from _hidden(tables[0].raw, [t for t in tables if t.ledger is not None and t.count(Band.READ)])


def _hidden(raw: RawSheet, tables: Sequence[SheetReading]) -> Iterator[Signal]:
    if raw.hidden and tables:
        rows = int(np.count_nonzero(sheet_bands(tables) == Band.READ))
        args: Args = {"what": "sheet", "rows": rows}
        yield lt_signal("LT08", SEVERITIES, tables[0].where(), args, ledger=tables[0].ledger or "", variant="sheet")
    for number in sorted(raw.hidden_rows):
        position = number - raw.first_row
        if not 0 <= position < raw.row_count:
            continue
        holder = next((t for t in tables if t.bands[position] == Band.READ), None)
        if holder is not None:
            where, what = holder.where(position), Args(what="row")
            yield lt_signal("LT08", SEVERITIES, where, what, ledger=holder.ledger or "", variant="row")
    for number in sorted(raw.hidden_columns):
        index = number - raw.first_column
        found = ((t, m) for t in tables for m in t.columns if m.holds(index))
        for table, mapped in itertools.islice(found, 1):
            where = Where(table.source.path, raw.name, None, column_letter(number))
            named: Args = {"what": "column", "header": mapped.header}
            yield lt_signal("LT08", SEVERITIES, where, named, ledger=table.ledger or "", variant="column")
