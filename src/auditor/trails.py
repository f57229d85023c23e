"""One person's trail over all ledgers: every row that names them, on a time line, contradictions marked.

Takes tables and signals, gives a `Trail`. A bank row carries no identity number; it belongs to the trail when it is
paid into an account that some ledger gives for the person, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from auditor.clues import EvidenceRow, Signal, Subject
from auditor.ledgers import Column, ColumnType, Ledger
from auditor.tables import LedgerTable, Tables

_OPEN_END = "9999"


@dataclass(frozen=True, slots=True)
class Event:
    """A row that names the person.

    Attributes:
        since, until: YYYY-MM-DD or YYYY-MM; `since` empty where the row has no time; `until` None where it is a point,
            empty where the end is open.
        column: the column by which the row names the person (person_id, approver_id, …, account_no).
        row: the row with its cells.
        signals: the signals that rest on the row.
    """

    since: str
    until: str | None
    column: str
    row: EvidenceRow
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """All that the ledgers say of one person, in order of time, and the signals about them."""

    subject: Subject
    names: tuple[str, ...]
    events: tuple[Event, ...]
    signals: tuple[Signal, ...]
    absent: tuple[str, ...]


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
        for row in _rows_equal(table, name, [person_id])
    ]
    accounts = sorted({a for table, name, row in found if name == "person_id" for a in _accounts(table, row)})
    bank = tables.present.get("bank_payments")
    if bank is not None and accounts:
        found += [(bank, "account_no", row) for row in _rows_equal(bank, "account_no", accounts)]
    own = tuple(s for s in signals if s.subject.kind == "person" and s.subject.id == person_id)
    marks = _marks(own)
    events = [_event(tables, table, name, row, marks) for table, name, row in found]
    names = {n for table, name, row in found if (n := _name_beside(table, name, row)) is not None}
    absent = tuple(k for k in tables.catalogue if k not in tables.present)
    subject = Subject("person", person_id, min(names, default=""))
    return Trail(subject, tuple(sorted(names)), tuple(sorted(events, key=_order)), own, absent)


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


def _order(event: Event) -> tuple[str, str, str, str, int]:
    row = event.row
    return (event.since or _OPEN_END, row.ledger, row.file, row.sheet or "", row.row or 0)


def _rows_equal(table: LedgerTable, column: str, values: Sequence[str]) -> list[int]:
    mask = pc.is_in(table.typed.column(column), value_set=pa.array(values, pa.string()))
    rows: list[int] = pc.indices_nonzero(mask).to_pylist()
    return rows


def _accounts(table: LedgerTable, row: int) -> Iterator[str]:
    for name, column in table.ledger.columns.items():
        if column.type is ColumnType.ACCOUNT:
            account = table.typed.column(name)[row].as_py()
            if account:
                yield account


def _name_beside(table: LedgerTable, column: str, row: int) -> str | None:
    """The name in the column that belongs to a person column: `name` to person_id, `owner` to owner_id, …"""
    beside = "name" if column == "person_id" else column.removesuffix("_id")
    if beside not in table.ledger.columns or column == "account_no":
        return None
    name: str | None = table.typed.column(beside)[row].as_py()
    return name or None


def _marks(signals: Sequence[Signal]) -> Mapping[tuple[str, str, str | None, int | None], tuple[Signal, ...]]:
    marks: dict[tuple[str, str, str | None, int | None], list[Signal]] = {}
    for signal in signals:
        for row in signal.evidence:
            marks.setdefault((row.ledger, row.file, row.sheet, row.row), []).append(signal)
    return {place: tuple(found) for place, found in marks.items()}


def _event(
    tables: Tables,
    table: LedgerTable,
    column: str,
    row: int,
    marks: Mapping[tuple[str, str, str | None, int | None], tuple[Signal, ...]],
) -> Event:
    (evidence,) = tables.evidence(table.ledger.id, [row], list(table.ledger.columns))
    since, until = _span(table, table.ledger, row)
    place = (evidence.ledger, evidence.file, evidence.sheet, evidence.row)
    return Event(since, until, column, evidence, marks.get(place, ()))


def _span(table: LedgerTable, ledger: Ledger, row: int) -> tuple[str, str | None]:
    if not ledger.span:
        return "", None
    told = [_moment(table.typed.column(name)[row].as_py(), ledger.columns[name]) for name in ledger.span]
    return told[0], told[1] if len(told) > 1 else None


def _moment(value: date | None, column: Column) -> str:
    if value is None:
        return ""
    return value.strftime("%Y-%m") if column.type is ColumnType.MONTH else value.isoformat()
