"""A statement of the catalogue as a frozen value: two sides, their keys, and what is compared of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.documents import Document
from auditor.rules.model import Basis, Case, Covers, FalsePositive, Needs, Status, Text

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class StatementSide:
    """One side: a query with one row for each row that counts.

    Attributes:
        title: what stands there, in words.
        ledger: the ledger of `row_no`; None where the query gives `ledger` itself, or no row of a ledger stands behind.
        query: the SELECT.
        counted: its rows are what is counted (the workers behind a number): they are added up into one row for a key.
    """

    title: Text
    ledger: str | None
    query: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A column that both sides give and that must agree: `how` is same (a common value), or sum (to the cent)."""

    field: str
    how: str


@dataclass(frozen=True, slots=True)
class Matching:
    """One to one by keys and a day: `day` may be `within` (a parameter) days apart; the nearest first.

    `unclaimed`: rows of the right that no statement of the form claims are this one's.
    """

    form: str
    day: str
    within: str
    unclaimed: bool


@dataclass(frozen=True, slots=True)
class StatementCase:
    """A statement's own test: a case's ledgers (`given`, of which no signal is expected), and what must come out.

    Attributes:
        figures: matched, different, left_only, right_only, duplicates, rows_left, …, amount_difference.
        items: every open key, exactly: `left_only @甲|2022-03`; None where they are not asked.
        gaps: units that must be reported as left out; None where they are not asked.
    """

    given: Case
    figures: Mapping[str, Decimal]
    items: tuple[str, ...] | None
    gaps: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class StatementRule:
    """A statement of the catalogue.

    `kind`: ledgers 账账, facts 账实. `money`: the column that is summed as money. `natural`: a standing that is no
    difference here (people of the roster without a post); it is counted and listed, and held against nobody.
    """

    id: str
    version: int
    status: Status
    kind: str
    title: Text
    basis: tuple[Basis, ...]
    needs: Needs
    covers: Covers | None
    runs_if: str | None
    otherwise: Text | None
    parameters: tuple[str, ...]
    keys: tuple[str, ...]
    natural: tuple[str, ...]
    compared: tuple[Compared, ...]
    money: str | None
    left: StatementSide
    right: StatementSide
    matching: Matching | None
    explains: tuple[FalsePositive, ...]
    verify: tuple[Text, ...]
    cases: tuple[StatementCase, ...]
    document: Document = field(repr=False, compare=False)

    @property
    def selects(self) -> tuple[str, ...]:
        """Every SELECT of the statement."""
        further = (self.covers.gaps if self.covers is not None else None, self.runs_if)
        return (self.left.query, self.right.query, *(query for query in further if query is not None))
