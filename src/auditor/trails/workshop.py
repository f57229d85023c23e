"""One workshop's trail: its register row, visits, business and loans on a time line; roll, pay and insurance by month.

A row of a roll, a payroll or a visit is the workshop's by its id; a row that gives no id, by a name that no other
workshop has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pyarrow as pa

from auditor.clues import Signal, Subject
from auditor.profile import Period
from auditor.tables import LedgerTable, Tables
from auditor.trails.model import Event, MonthOfWork, WorkshopTrail
from auditor.trails.roll import Worker, heads_on, joined_in, left_in, workers_in
from auditor.trails.rows import Marks, event_of, in_time, is_about, marks_of, place_of, resting_on, rows_with
from auditor.values import CellKind, Read, read_cell

_OF_WORKSHOPS = ("workshops", "workshop_workers", "workshop_payroll", "workshop_visits")
_TELLING = (*_OF_WORKSHOPS, "roster", "businesses", "loans", "social_insurance")


def workshops_of(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Every workshop's id that stands in a ledger, with the names beside it, sorted."""
    found: dict[str, set[str]] = {}
    for table in _tables(tables, _OF_WORKSHOPS):
        ids, names = (table.typed.column(name).to_pylist() for name in ("workshop_id", "workshop"))
        for id_, name in zip(ids, names, strict=True):
            if id_ is not None:
                found.setdefault(id_, set()).update([name] if name else [])
    return MappingProxyType({id_: tuple(sorted(names)) for id_, names in sorted(found.items())})


def named(given: str, workshops: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ids that `given` may mean: the id itself, or every workshop of that name; case and width do not matter."""
    read = read_cell("text", given, CellKind.TEXT)
    wanted = (str(read.value) if isinstance(read, Read) and read.value is not None else given).casefold()
    by_id = tuple(id_ for id_ in workshops if id_.casefold() == wanted)
    return by_id or tuple(id_ for id_, names in workshops.items() if any(n.casefold() == wanted for n in names))


def workshop_trail(
    workshop_id: str, tables: Tables, signals: Sequence[Signal], period: Period, as_of: date
) -> WorkshopTrail:
    """The trail of `workshop_id` (as the ledgers write it) over all ledgers that were given.

    Args:
        workshop_id: the id.
        tables: the ledgers.
        signals: of an audit of the same ledgers.
        period: the months that are shown, besides any other with pay.
        as_of: the audit date, on which the roll is counted besides the days of the visits.
    """
    known = workshops_of(tables)
    names = known.get(workshop_id, ())
    alone = [name for name in names if sum(name in others for others in known.values()) == 1]
    subject = Subject("workshop", workshop_id, names[0] if names else "")
    marks = marks_of(signals, subject)
    own = {table.ledger.id: _own_rows(table, workshop_id, alone) for table in _tables(tables, _OF_WORKSHOPS)}
    usccs = _usccs(tables, own.get("workshops", []))
    events = _events(tables, own, usccs, marks)
    roll, pay = _roll(tables, own), _pay(tables, own)
    visits = [date.fromisoformat(e.since) for e in events if e.row.ledger == "workshop_visits" and e.since]
    counted = () if roll is None else tuple(heads_on(roll, day) for day in sorted({*visits, as_of}))
    return WorkshopTrail(
        subject,
        names,
        usccs,
        events,
        counted,
        _months(period, roll, pay, _insured(tables, usccs, names)),
        tuple(s for s in signals if is_about(s, subject)),
        resting_on(_places(tables, own, events), marks),
        tuple(name for name in _TELLING if name not in tables.present),
    )


def _tables(tables: Tables, ledgers: Iterable[str]) -> list[LedgerTable]:
    return [tables.present[name] for name in ledgers if name in tables.present]


def _at(rows: Sequence[int]) -> pa.Array:
    return pa.array(rows, pa.int64())


def _own_rows(table: LedgerTable, workshop_id: str, names: Sequence[str]) -> list[int]:
    by_name = rows_with(table, "workshop", names) if names else []
    ids = table.typed.column("workshop_id")
    return sorted({*rows_with(table, "workshop_id", [workshop_id]), *(r for r in by_name if ids[r].as_py() is None)})


def _usccs(tables: Tables, rows: Sequence[int]) -> tuple[str, ...]:
    codes = tables.present["workshops"].typed.column("uscc").take(_at(rows)).to_pylist() if rows else []
    return tuple(sorted({code for code in codes if code}))


def _events(tables: Tables, own: Mapping[str, Sequence[int]], usccs: Sequence[str], marks: Marks) -> tuple[Event, ...]:
    rows = [("workshop_id", table, own[table.ledger.id]) for table in _tables(tables, ("workshops", "workshop_visits"))]
    if usccs:
        rows += [("uscc", t, rows_with(t, "uscc", usccs)) for t in _tables(tables, ("businesses", "loans"))]
    events = [event_of(tables, table, column, row, marks) for column, table, found in rows for row in found]
    return tuple(sorted(events, key=in_time))


def _places(
    tables: Tables, own: Mapping[str, Sequence[int]], events: Sequence[Event]
) -> list[tuple[str, str, str | None, int | None]]:
    rows = [row for ledger, found in own.items() for row in tables.evidence(ledger, found, ())]
    return [place_of(row) for row in (*rows, *(event.row for event in events))]


def _roll(tables: Tables, own: Mapping[str, Sequence[int]]) -> tuple[Worker, ...] | None:
    """The workshop's roll, None where no roll was given."""
    table = tables.present.get("workshop_workers")
    if table is None:
        return None
    roster = tables.present.get("roster")
    poor = None if roster is None else frozenset(roster.typed.column("person_id").to_pylist()) - {None}
    taken = table.typed.select(["person_id", "hired_on", "left_on", "poverty"]).take(_at(own["workshop_workers"]))
    return tuple(
        Worker(
            row["person_id"] or f"#{number}",
            row["hired_on"],
            row["left_on"],
            row["poverty"] if row["poverty"] is not None or poor is None else row["person_id"] in poor,
        )
        for number, row in zip(own["workshop_workers"], taken.to_pylist(), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Paid:
    person: str
    month: date
    amount: Decimal


def _pay(tables: Tables, own: Mapping[str, Sequence[int]]) -> tuple[_Paid, ...] | None:
    table = tables.present.get("workshop_payroll")
    if table is None:
        return None
    taken = table.typed.select(["person_id", "month", "amount"]).take(_at(own["workshop_payroll"])).to_pylist()
    return tuple(
        _Paid(row["person_id"] or f"#{number}", row["month"], row["amount"])
        for number, row in zip(own["workshop_payroll"], taken, strict=True)
        if row["month"] is not None and row["amount"] is not None and row["amount"] > 0
    )


def _insured(tables: Tables, usccs: Sequence[str], names: Sequence[str]) -> list[Mapping[str, object]] | None:
    """The insurance rows of which the workshop is the employer: by credit code, by name where the row gives none."""
    table = tables.present.get("social_insurance")
    if table is None:
        return None
    codes = table.typed.column("employer_uscc")
    business = tables.present.get("businesses")
    firms = (
        business.typed.column("business").take(_at(rows_with(business, "uscc", usccs))) if business and usccs else []
    )
    called = sorted({*names, *(str(name) for name in firms if name.is_valid)})
    rows = {
        *rows_with(table, "employer_uscc", usccs),
        *(row for row in rows_with(table, "employer", called) if codes[row].as_py() is None),
    }
    columns = ["person_id", "month_from", "month_to"]
    found: list[Mapping[str, object]] = table.typed.select(columns).take(_at(sorted(rows))).to_pylist()
    return found


def _months(
    period: Period,
    roll: Sequence[Worker] | None,
    pay: Sequence[_Paid] | None,
    insured: Sequence[Mapping[str, object]] | None,
) -> tuple[MonthOfWork, ...]:
    months = sorted({*period.months, *(paid.month for paid in pay or ())})
    return tuple(_month(month, roll, pay, insured) for month in months)


def _month(
    month: date,
    roll: Sequence[Worker] | None,
    pay: Sequence[_Paid] | None,
    insured: Sequence[Mapping[str, object]] | None,
) -> MonthOfWork:
    enrolled = None if roll is None else workers_in(roll, month)
    paid = [one for one in pay or () if one.month == month] or None
    people = None if paid is None else {one.person for one in paid}
    return MonthOfWork(
        month,
        None if enrolled is None else len(enrolled),
        None if roll is None else len(joined_in(roll, month)),
        None if roll is None else len(left_in(roll, month)),
        None if people is None else len(people),
        None if paid is None else sum((one.amount for one in paid), Decimal(0)),
        None if enrolled is None or people is None else len(people - enrolled),
        None if insured is None else len({row["person_id"] for row in insured if _covers(row, month)}),
    )


def _covers(row: Mapping[str, object], month: date) -> bool:
    first, last = row["month_from"], row["month_to"]
    return isinstance(first, date) and first <= month and (not isinstance(last, date) or last >= month)
