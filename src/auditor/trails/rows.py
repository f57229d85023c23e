"""Rows of ledgers as events: which rows hold a value, when they are, which signals rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from auditor.clues import EvidenceRow, Signal, Subject
from auditor.ledgers import Column, ColumnType, Ledger
from auditor.tables import LedgerTable, Tables
from auditor.trails.model import Event

_OPEN_END = "9999"
Place: TypeAlias = tuple[str, str, str | None, int | None]
"""Ledger, file, sheet and row: what makes a row this row."""


def place_of(row: EvidenceRow) -> Place:
    """Where the row stands."""
    return row.ledger, row.file, row.sheet, row.row


@dataclass(frozen=True, slots=True)
class Marks:
    """The signals that rest on each row: `own` those about the subject, `others` those about others."""

    own: Mapping[Place, tuple[Signal, ...]]
    others: Mapping[Place, tuple[Signal, ...]]


def marks_of(signals: Sequence[Signal], subject: Subject) -> Marks:
    """The rows behind each signal, those about `subject` apart."""
    own: dict[Place, list[Signal]] = {}
    others: dict[Place, list[Signal]] = {}
    for signal in signals:
        into = own if is_about(signal, subject) else others
        for place in dict.fromkeys(map(place_of, signal.evidence)):
            into.setdefault(place, []).append(signal)
    return Marks({at: tuple(found) for at, found in own.items()}, {at: tuple(found) for at, found in others.items()})


def is_about(signal: Signal, subject: Subject) -> bool:
    """Whether the signal is about the subject itself."""
    return (signal.subject.kind, signal.subject.id) == (subject.kind, subject.id)


def resting_on(places: Iterable[Place], marks: Marks) -> tuple[Signal, ...]:
    """The signals about others that rest on any of the places, in order of rule, subject and period."""
    found = {signal.key: signal for place in places for signal in marks.others.get(place, ())}
    return tuple(sorted(found.values(), key=lambda s: (s.rule, s.subject, s.period or "", s.key)))


def rows_with(table: LedgerTable, column: str, values: Sequence[str]) -> list[int]:
    """The rows of which `column` holds one of `values`; none where no sheet has the column."""
    if column not in table.columns:
        return []
    mask = pc.is_in(table.typed.column(column), value_set=pa.array(values, pa.string()))
    rows: list[int] = pc.indices_nonzero(mask).to_pylist()
    return rows


def event_of(tables: Tables, table: LedgerTable, column: str, row: int, marks: Marks) -> Event:
    """The row as an event, with all its cells."""
    (evidence,) = tables.evidence(table.ledger.id, [row], list(table.ledger.columns))
    since, until = _span(table, table.ledger, row)
    place = place_of(evidence)
    return Event(since, until, column, evidence, marks.own.get(place, ()), marks.others.get(place, ()))


def in_time(event: Event) -> tuple[str, str, str, str, int]:
    """The order of events: by time, those without any last."""
    row = event.row
    return (event.since or _OPEN_END, row.ledger, row.file, row.sheet or "", row.row or 0)


def _span(table: LedgerTable, ledger: Ledger, row: int) -> tuple[str, str | None]:
    if not ledger.span:
        return "", None
    told = [_moment(table.typed.column(name)[row].as_py(), ledger.columns[name]) for name in ledger.span]
    return told[0], told[1] if len(told) > 1 else None


def _moment(value: date | None, column: Column) -> str:
    if value is None:
        return ""
    return value.strftime("%Y-%m") if column.type is ColumnType.MONTH else value.isoformat()
