"""A statement's figures by unit and by month, and whether they add up to the statement's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.errors import Problem, TextPlace
from auditor.reconcile.model import Item, Standing, Statement, Tally, Unit

CENT = Decimal("0.01")
"""Money that is no further apart is equal."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Keys, rows and money of some part of a statement; money is None where the statement compares none.

    `natural` of the keys stand on one side only by the nature of the two sides: that is no difference.
    """

    matched: int = 0
    different: int = 0
    left_only: int = 0
    right_only: int = 0
    rows_left: int = 0
    rows_right: int = 0
    amount_left: Decimal | None = None
    amount_right: Decimal | None = None
    natural: int = 0

    @property
    def keys(self) -> int:
        """Different keys of both sides."""
        return self.matched + self.different + self.left_only + self.right_only

    @property
    def open(self) -> int:
        """Keys that differ or stand on one side only, and should not."""
        return self.different + self.left_only + self.right_only - self.natural

    @property
    def amount_difference(self) -> Decimal | None:
        """Left less right, in yuan; None where either side has no money."""
        if self.amount_left is None or self.amount_right is None:
            return None
        return self.amount_left - self.amount_right


def figures_of(tallies: Iterable[Tally], *, money: bool, natural: Sequence[Standing] = ()) -> Figures:
    """The sums of `tallies`; without `money`, which both sides must have, amounts are left out."""
    found = list(tallies)
    return Figures(
        matched=sum(tally.matched for tally in found),
        different=sum(tally.different for tally in found),
        left_only=sum(tally.left_only for tally in found),
        right_only=sum(tally.right_only for tally in found),
        rows_left=sum(tally.rows_left for tally in found),
        rows_right=sum(tally.rows_right for tally in found),
        amount_left=_money([tally.amount_left for tally in found]) if money else None,
        amount_right=_money([tally.amount_right for tally in found]) if money else None,
        natural=sum(getattr(tally, standing) for tally in found for standing in natural),
    )


def by_unit(statement: Statement) -> Mapping[Unit, Figures]:
    """The figures of each unit over all months, in order of the units."""
    grouped: dict[Unit, list[Tally]] = {}
    for tally in statement.tallies:
        grouped.setdefault(tally.unit, []).append(tally)
    return {
        unit: figures_of(grouped[unit], money=has_money(statement), natural=statement.natural)
        for unit in sorted(grouped)
    }


def by_month(statement: Statement) -> Mapping[str, Figures]:
    """The figures of each month over all units, in order; keys without a month are left out."""
    grouped: dict[str, list[Tally]] = {}
    for tally in statement.tallies:
        if tally.month is not None:
            grouped.setdefault(tally.month, []).append(tally)
    return {
        month: figures_of(grouped[month], money=has_money(statement), natural=statement.natural)
        for month in sorted(grouped)
    }


def has_money(statement: Statement) -> bool:
    """Whether both sides have money, so that it can be compared."""
    return statement.amount_difference is not None


def money_apart(item: Item, statement: Statement) -> Decimal:
    """By how much the money of an item is apart, 0 within a cent; a side on which it does not stand has none."""
    if not has_money(statement):
        return Decimal(0)
    apart = abs((item.amount_left or Decimal(0)) - (item.amount_right or Decimal(0)))
    return apart if apart > CENT else Decimal(0)


def unbalanced(statement: Statement) -> tuple[Problem, ...]:
    """Where the statement does not add up: its sides, units and items against its own figures.

    That is a defect of ours, never of the ledgers; such a statement proves nothing and must not be shown as if it did.
    """
    place = TextPlace(statement.id)
    return tuple(
        Problem("statement-unbalanced", place, {"figure": name, "said": str(said), "counted": str(counted)})
        for name, said, counted in _balance(statement)
        if said != counted
    )


def _balance(statement: Statement) -> Iterator[tuple[str, int | Decimal | None, int | Decimal | None]]:
    whole = figures_of(statement.tallies, money=has_money(statement))
    both = statement.matched + statement.different
    yield "keys left", statement.left.keys, both + statement.left_only
    yield "keys right", statement.right.keys, both + statement.right_only
    for name in ("matched", "different", "left_only", "right_only"):
        yield name, getattr(statement, name), getattr(whole, name)
    yield "rows left", statement.left.rows, whole.rows_left
    yield "rows right", statement.right.rows, whole.rows_right
    if has_money(statement):
        yield "amount left", statement.left.amount, whole.amount_left or Decimal(0)
        yield "amount right", statement.right.amount, whole.amount_right or Decimal(0)
    for standing in (Standing.DIFFERENT, Standing.LEFT_ONLY, Standing.RIGHT_ONLY):
        listed = sum(item.standing is standing for item in statement.items)
        yield f"items {standing.value}", getattr(statement, standing.value), listed


def _money(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
