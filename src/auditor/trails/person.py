"""One person's trail over all ledgers: every row that names them, on a time line, contradictions marked.

Two kinds of rows carry no identity number of the person and are theirs all the same, and say so: a bank row, paid into
an account that some ledger gives for the person, and a workshop, whose business the person owns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow.compute as pc

from auditor.clues import Signal, Subject
from auditor.ledgers import ColumnType
from auditor.tables import LedgerTable, Tables
from auditor.trails.model import Trail
from auditor.trails.rows import event_of, in_time, is_about, marks_of, place_of, resting_on, rows_with


def trail_of(person_id: str, tables: Tables, signals: Sequence[Signal]) -> Trail:
    """The trail of `person_id` (as normalised) over all ledgers that were given.

    Args:
        person_id: the 18-digit number.
        tables: the ledgers.
        signals: of an audit of the same ledgers; those about the person, or resting on a row of the trail, mark it.
    """
    found = [
        (table, name, row)
        for table in tables.present.values()
        for name, column in table.ledger.columns.items()
        if column.type is ColumnType.PERSON_ID and name in table.columns
        for row in rows_with(table, name, [person_id])
    ]
    found += _beside(found, tables)
    names = {n for table, name, row in found if (n := _name_beside(table, name, row)) is not None}
    subject = Subject("person", person_id, min(names, default=""))
    marks = marks_of(signals, subject)
    events = sorted((event_of(tables, table, name, row, marks) for table, name, row in found), key=in_time)
    return Trail(
        subject,
        tuple(sorted(names)),
        tuple(events),
        tuple(s for s in signals if is_about(s, subject)),
        tuple(k for k in tables.catalogue if k not in tables.present),
        resting_on((place_of(event.row) for event in events), marks),
    )


def people_of(tables: Tables) -> frozenset[str]:
    """Every identity number that stands in any ledger."""
    return frozenset(
        number
        for table in tables.present.values()
        for name, column in table.ledger.columns.items()
        if column.type is ColumnType.PERSON_ID and name in table.columns
        for number in pc.unique(table.typed.column(name)).to_pylist()
        if number
    )


def _beside(found: Sequence[tuple[LedgerTable, str, int]], tables: Tables) -> Iterator[tuple[LedgerTable, str, int]]:
    """The rows that do not name the person: of the bank by account, of workshops by the business owned."""
    accounts = {a for table, name, row in found if name == "person_id" for a in _values(table, row, ColumnType.ACCOUNT)}
    owned = {u for table, name, row in found if name == "owner_id" for u in _values(table, row, ColumnType.USCC)}
    for ledger, column, values in (("bank_payments", "account_no", accounts), ("workshops", "uscc", owned)):
        table = tables.present.get(ledger)
        if table is not None and values:
            yield from ((table, column, row) for row in rows_with(table, column, sorted(values)))


def _values(table: LedgerTable, row: int, type_: ColumnType) -> Iterator[str]:
    for name, column in table.ledger.columns.items():
        if column.type is type_ and (value := table.typed.column(name)[row].as_py()):
            yield value


def _name_beside(table: LedgerTable, column: str, row: int) -> str | None:
    """The name in the column that belongs to a person column: `name` to person_id, `owner` to owner_id, …"""
    if table.ledger.columns[column].type is not ColumnType.PERSON_ID:
        return None
    beside = "name" if column == "person_id" else column.removesuffix("_id")
    if beside not in table.ledger.columns:
        return None
    name: str | None = table.typed.column(beside)[row].as_py()
    return name or None
