"""LT: is the ledger itself sound? One function a rule; each gives signals with the very cells (rules.md, group LT)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from auditor.checks.formulas import Formulas
from auditor.checks.places import CellNote, lt_signal
from auditor.clues import Severity, Signal
from auditor.errors import Argument, Where, column_letter
from auditor.intake.raw import RawSheet
from auditor.intake.reading import BETWEEN_KINDS, NOT_RECOGNISED, Band, SheetReading, Upload, sheet_bands
from auditor.intake.sheets.attendance_grid import COUNTED
from auditor.ledgers import Column
from auditor.messages import text
from auditor.tables import CellFault, LedgerTable, Tables, quoted
from auditor.values import lt_rule

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
_FRACTION = "int-fraction"
MOST_ROWS = 20_000
"""Rows of one sheet with one fault that are listed one by one; the rest is told as a number."""


def missing_columns(upload: Upload) -> Iterator[Signal]:
    """LT01: a required column that a sheet of the ledger lacks."""
    for reading in upload.readings:
        for problem in reading.problems:
            if problem.code == "column-missing" and isinstance(problem.where, Where):
                yield lt_signal("LT01", SEVERITIES, problem.where, problem.args, ledger=reading.ledger or "")


def unrecognised_sheets(upload: Upload) -> Iterator[Signal]:
    """LT09: a sheet with content that is no ledger we know; a page of instructions is one of little weight."""
    for reading in upload.readings:
        for problem in reading.problems:
            if not isinstance(problem.where, Where):
                continue
            where = Where(problem.where.file, problem.where.sheet)
            if problem.code in NOT_RECOGNISED:
                variant = "between" if problem.code == BETWEEN_KINDS else ""
                yield lt_signal("LT09", SEVERITIES, where, problem.args, ledger="", variant=variant)
            elif problem.code == "sheet-instructions":
                slight = {**SEVERITIES, "LT09": Severity.LOW}
                yield lt_signal("LT09", slight, where, {}, ledger="", variant="instructions")


def unclear_cells(tables: Tables) -> Iterator[Signal]:
    """LT03, LT04, LT06 and LT10: cells that could not be read, or only by upgrading a 15-digit number.

    Words in the place of an identity number are left to LT11 where the row was linked to nobody.
    """
    stated = {(f.ledger, f.row) for f in tables.faults if f.code == _FRACTION and not _is_counted(tables, f)}
    told: set[tuple[str, int]] = set()
    for fault in tables.faults:
        rule = lt_rule(fault.code)
        if not rule:
            continue
        if fault.code == _FRACTION and _is_counted(tables, fault):
            row = (fault.ledger, fault.row)
            if row in stated or row in told:
                continue  # one half day makes a half of each column that is counted from the marks
            told.add(row)
        table = tables.present[fault.ledger]
        detail = {lang: text(fault.code, lang, **fault.args) for lang in ("zh", "en")}
        variant = "read" if fault.readable and rule == "LT03" else "fraction" if fault.code == _FRACTION else ""
        link = table.links.of(fault.row) if fault.column == "person_id" and not fault.readable else None
        if link is not None and link.person_id is None:
            continue
        if link is not None:
            linked = next(e.linked for e in tables.evidence(fault.ledger, [fault.row], ()) if e.linked is not None)
            detail, variant = {lang: linked.sentence(lang) for lang in ("zh", "en")}, "linked"
        note = CellNote(fault.column, table.header(fault.row, fault.column), fault.raw, None)
        where = table.where(fault.row, fault.column)
        yield lt_signal(
            rule, SEVERITIES, where, fault.args, ledger=fault.ledger, note=note, detail=detail, variant=variant
        )


def _is_counted(tables: Tables, fault: CellFault) -> bool:
    """Whether the cell is no cell of the sheet but counted from marks."""
    table = tables.present[fault.ledger]
    columns = table.readings[int(table.sheet_of[fault.row])].columns
    return any(one.column == fault.column and one.made == COUNTED for one in columns)


def missing_values(tables: Tables) -> Iterator[Signal]:
    """LT02: a required cell that is empty. One that holds something unreadable is LT03, LT04 or LT06 instead."""
    for name, table in tables.present.items():
        unread = {(f.column, f.row) for f in tables.faults if f.ledger == name and not f.readable}
        for column in table.ledger.columns.values():
            if not column.required or column.name not in table.columns:
                continue
            empty = pc.is_null(table.typed.column(column.name)).to_numpy(zero_copy_only=False)
            if column.name == "person_id":
                empty[table.links.rows_linked] = True  # filled in by a link; the cell is as empty as before
            empty[[row for part, row in unread if part == column.name]] = False
            yield from _empty_cells(tables, table, column, np.nonzero(empty)[0])


def _empty_cells(tables: Tables, table: LedgerTable, column: Column, rows: npt.NDArray[np.intp]) -> Iterator[Signal]:
    formulas = Formulas()
    for number, reading in enumerate(table.readings):
        if all(mapped.column != column.name for mapped in reading.columns):
            continue  # the sheet lacks the column (LT01)
        mine = rows[table.sheet_of[rows] == number]
        for row in mine[:MOST_ROWS].tolist():
            raw = table.raw.column(column.name)[row].as_py()
            note = CellNote(column.name, table.header(row, column.name), raw, None)
            evidence = tables.evidence(table.ledger.id, [row], [column.name]) if table.links.of(row) else ()
            linked = next((e.linked for e in evidence if e.linked is not None), None)
            detail = {lang: linked.sentence(lang) for lang in ("zh", "en")} if linked is not None else None
            blank = "formula" if formulas.under(table, row, column.name) else "linked" if linked is not None else ""
            yield lt_signal(
                "LT02",
                SEVERITIES,
                table.where(row, column.name),
                {},
                ledger=table.ledger.id,
                note=note,
                detail=detail,
                evidence=evidence if linked is not None else None,
                variant=blank,
            )
        if len(mine) > MOST_ROWS:
            header = table.header(int(mine[0]), column.name)
            args: Args = {"header": header, "rows": len(mine) - MOST_ROWS}
            yield lt_signal("LT02", SEVERITIES, reading.where(), args, ledger=table.ledger.id, variant="more")


def duplicate_rows(tables: Tables) -> Iterator[Signal]:
    """LT05: rows equal on the ledger's key. A row whose required key cell is empty equals nothing."""
    for name, table in tables.present.items():
        key = [part for part in table.ledger.key if part in table.columns]
        must = [part for part in table.ledger.key if table.ledger.columns[part].required]
        if not must or not table.columns.issuperset(must):
            continue  # without whose rows they are, rows of one month are not one row twice; and a name is not whose
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
        for band, variant in ((Band.READ, "row"), (Band.HEADER, "header")):
            holder = next((t for t in tables if t.bands[position] == band), None)
            if holder is not None:
                where, what = holder.where(position), Args(what=variant)
                yield lt_signal("LT08", SEVERITIES, where, what, ledger=holder.ledger or "", variant=variant)
                break
    for number in sorted(raw.hidden_columns):
        index = number - raw.first_column
        used = ((t, m.header) for t in tables for m in t.columns if m.holds(index))
        unused = ((t, u.header) for t in tables for u in t.unknown if u.index == index)
        for table, header in itertools.islice(itertools.chain(used, unused), 1):
            where = Where(table.source.path, raw.name, None, column_letter(number))
            named: Args = {"what": "column", "header": header}
            yield lt_signal("LT08", SEVERITIES, where, named, ledger=table.ledger or "", variant="column")
