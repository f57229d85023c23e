"""What running a rule gave: fired, silent, *not run, because* or off; and what it could not judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.clues import Measure, Signal
from auditor.errors import NO_ARGUMENTS, Argument
from auditor.rules import Text


class RunStatus(StrEnum):
    """What became of a rule in one audit. Silence is a result; not having run is another one."""

    FIRED = "fired"
    SILENT = "silent"
    NOT_RUN = "not_run"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule was not run, was off, or ran on less than it could use; its sentence stands in `auditor.messages`."""

    code: str
    args: Mapping[str, Argument] = field(default_factory=lambda: NO_ARGUMENTS)
    why: Text | None = None  # the rule's own words, where it gives them


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A unit that the covering ledger does not hold: how many rows and people were not judged for it."""

    unit: Mapping[str, Measure]
    rows: int
    people: int

    @property
    def key(self) -> str:
        """`平湖镇|2022-03`; empty for a value that is not known."""
        return "|".join("" if value is None else str(value) for value in self.unit.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule.

    Attributes:
        rule: its id.
        status: fired, silent, not run or off.
        reasons: why it was not run or off, every missing ledger and column named.
        reservations: what it ran without (the missing ledgers of an `any_of`).
        not_evaluated: the units that it could not judge, in their order.
        count: signals.
        seconds: wall time of its queries.
    """

    rule: str
    status: RunStatus
    reasons: tuple[Reason, ...] = ()
    reservations: tuple[Reason, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    count: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SignalRun:
    """All signals, sorted by rule, subject and period, and the outcome of every rule by its id."""

    signals: tuple[Signal, ...]
    outcomes: Mapping[str, Outcome]
