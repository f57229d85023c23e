"""The statement (对账表) as a frozen value: two sides, what agrees, what does not, and the rows behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from auditor.clues import Measure
from auditor.errors import Argument
from auditor.rules import Text


class Standing(StrEnum):
    """How a key stands: on both sides and agreeing in all that is compared, on both and not, or on one side only."""

    MATCHED = "matched"
    DIFFERENT = "different"
    LEFT_ONLY = "left_only"
    RIGHT_ONLY = "right_only"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """To whom an item belongs: `kind` is employer, village, workshop, township or county."""

    kind: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """A row of a ledger table: `row` is its `_row`; `Tables.evidence` gives its cells."""

    ledger: str
    row: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A compared field in which both sides give something else."""

    field: str
    left: Measure
    right: Measure


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a statement, with every row behind it.

    Attributes:
        key: the values of the statement's keys, in their order.
        standing: how it stands.
        unit: to whom it belongs.
        month: YYYY-MM, where the statement is by the month (for payments, the month of payment).
        left, right: the rows of each side, in their order.
        amount_left, amount_right: in yuan; None where the side has no money, or the key does not stand on it.
        differences: what differs; empty unless the standing is different.
        duplicate: one side has two or more rows of the key.
        notes: further rows that explain the item (a failed payment), each with the code of its sentence.
    """

    key: tuple[Measure, ...]
    standing: Standing
    unit: Unit
    month: str | None
    left: tuple[RowRef, ...]
    right: tuple[RowRef, ...]
    amount_left: Decimal | None = None
    amount_right: Decimal | None = None
    differences: tuple[Difference, ...] = ()
    duplicate: bool = False
    notes: tuple[tuple[str, RowRef], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one unit in one month (None where the statement has no months): of keys, rows and money.

    `people` are different people of the side, None where the statement does not speak of people.
    """

    unit: Unit
    month: str | None
    matched: int
    different: int
    left_only: int
    right_only: int
    rows_left: int
    rows_right: int
    amount_left: Decimal | None
    amount_right: Decimal | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a statement.

    Attributes:
        title: what stands there, in words.
        ledgers: the ledgers that it reads.
        rows: rows of the side, those without a key left out.
        keys: different keys.
        people: different people; None where it does not speak of people.
        amount: the money of all its rows in yuan; None where it has none.
        duplicates: keys with two or more rows.
        unkeyed: rows with an empty key, left out and listed.
    """

    title: Text
    ledgers: tuple[str, ...]
    rows: int
    keys: int
    people: int | None
    amount: Decimal | None
    duplicates: int
    unkeyed: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class NotReconciled:
    """Why a statement could not be drawn up, or was drawn up without a ledger it could use."""

    code: str
    args: Mapping[str, Argument]


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit and month that the other ledger does not hold: its rows were left out of the statement."""

    unit: Mapping[str, Measure]
    rows: int
    people: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Two ledgers, or a ledger and what really happened, set against each other.

    `matched + different + left_only + right_only` are the different keys of both sides; `left.keys` is the first three
    but `right_only`, `right.keys` the others but `left_only`. `items` are all keys that are not simply matched
    (different, on one side only, or more than once on a side), sorted by standing, unit, month and key; `tallies` are
    over all keys. A `natural` standing is no difference by the nature of the two sides; it is held against no unit.
    """

    id: str
    version: int
    kind: str  # ledgers 账账 | facts 账实
    title: Text
    keys: tuple[str, ...]
    compared: tuple[str, ...]
    left: Side
    right: Side
    matched: int
    different: int
    left_only: int
    right_only: int
    duplicates: int
    items: tuple[Item, ...]
    tallies: tuple[Tally, ...]
    gaps: tuple[Gap, ...] = ()
    reservations: tuple[NotReconciled, ...] = ()
    natural: tuple[Standing, ...] = ()

    @property
    def amount_difference(self) -> Decimal | None:
        """Left less right, in yuan; None where either side has no money."""
        if self.left.amount is None or self.right.amount is None:
            return None
        return self.left.amount - self.right.amount


@dataclass(frozen=True, slots=True)
class StatementOutcome:
    """What became of a statement of the catalogue: drawn up, or not, because; or switched off by the profile."""

    id: str
    title: Text
    statement: Statement | None
    reasons: tuple[NotReconciled, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every statement of the catalogue, by id, in order."""

    outcomes: Mapping[str, StatementOutcome]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Those that were drawn up, in order of their ids."""
        return tuple(one.statement for one in self.outcomes.values() if one.statement is not None)
