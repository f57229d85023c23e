"""What a trail is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.clues import EvidenceRow, Signal, Subject


@dataclass(frozen=True, slots=True)
class Event:
    """A row about the subject.

    Attributes:
        since, until: YYYY-MM-DD or YYYY-MM; `since` empty where the row has no time; `until` None where it is a point,
            empty where the end is open.
        column: the column by which the row is the subject's (person_id, approver_id, …, account_no, uscc).
        row: the row with its cells.
        signals: the signals about the subject that rest on the row.
        others: the signals about somebody or something else that rest on it.
    """

    since: str
    until: str | None
    column: str
    row: EvidenceRow
    signals: tuple[Signal, ...]
    others: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """All that the ledgers say of one person, in order of time.

    Attributes:
        subject: whose trail it is.
        names: the names that stand beside the number, sorted.
        events: the rows, in order of time.
        signals: those about the subject.
        absent: the ledgers that were not given.
        others: the signals about others that rest on a row of the trail.
    """

    subject: Subject
    names: tuple[str, ...]
    events: tuple[Event, ...]
    signals: tuple[Signal, ...]
    absent: tuple[str, ...]
    others: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Heads:
    """Who is on a workshop's roll on a day: different people, a row without a number as one of its own.

    `poverty` None: of somebody it is not told, and no roster tells.
    """

    on: date
    workers: int
    poverty: int | None


@dataclass(frozen=True, slots=True)
class MonthOfWork:
    """A workshop in a month; a figure is None where its ledger was not given.

    Pay is None as well in a month in which the payroll has no amount of the workshop above 0: nobody may have handed
    the list in.

    Attributes:
        month: its first day.
        workers: people on the roll in the month; joined and left: those whose first or last day is in it.
        paid: people with an amount above 0, and amount: their pay together, in yuan.
        paid_not_enrolled: those of them who are not on the roll in the month.
        insured: people insured by the workshop in the month.
    """

    month: date
    workers: int | None
    joined: int | None
    left: int | None
    paid: int | None
    amount: Decimal | None
    paid_not_enrolled: int | None
    insured: int | None


@dataclass(frozen=True, slots=True)
class WorkshopTrail:
    """All that the ledgers say of one workshop.

    Attributes:
        subject: the workshop, by its first name.
        names: every name that stands beside its id.
        usccs: the credit codes that the register gives it.
        events: the register's row, visits, the business, its loans, in order of time.
        heads: the roll on the day of each visit and on the audit date.
        months: the months of the audit, and others with pay, in order.
        signals: those about the workshop.
        others: those about others (workers, above all) that rest on one of its rows.
        absent: the ledgers that would tell of a workshop and were not given.
    """

    subject: Subject
    names: tuple[str, ...]
    usccs: tuple[str, ...]
    events: tuple[Event, ...]
    heads: tuple[Heads, ...]
    months: tuple[MonthOfWork, ...]
    signals: tuple[Signal, ...]
    others: tuple[Signal, ...]
    absent: tuple[str, ...]
