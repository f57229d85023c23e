"""A workshop's roll counted: who is on it in a month or on a day. People are different people, not rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from auditor.trails.model import Heads


@dataclass(frozen=True, slots=True)
class Worker:
    """A row of the roll.

    Attributes:
        person: the identity number; what stands for one where the row gives none tells the row from every other.
        hired_on, left_on: first and last day; None is without limit.
        poverty: whether they are out of poverty; None where neither the roll nor a roster tells.
    """

    person: str
    hired_on: date | None
    left_on: date | None
    poverty: bool | None


def workers_in(roll: Sequence[Worker], month: date) -> frozenset[str]:
    """Who is on the roll in `month` (its first day), the months of the first and last day counted."""
    return frozenset(
        one.person
        for one in roll
        if (one.hired_on is None or one.hired_on.replace(day=1) <= month)
        and (one.left_on is None or one.left_on.replace(day=1) >= month)
    )


def joined_in(roll: Sequence[Worker], month: date) -> frozenset[str]:
    """Whose first day is in `month`."""
    return frozenset(one.person for one in roll if one.hired_on is not None and one.hired_on.replace(day=1) == month)


def left_in(roll: Sequence[Worker], month: date) -> frozenset[str]:
    """Whose last day is in `month`."""
    return frozenset(one.person for one in roll if one.left_on is not None and one.left_on.replace(day=1) == month)


def heads_on(roll: Sequence[Worker], day: date) -> Heads:
    """Who is on the roll on `day`, first and last day counted."""
    there = [
        one
        for one in roll
        if (one.hired_on is None or one.hired_on <= day) and (one.left_on is None or one.left_on >= day)
    ]
    poor = {one.person for one in there if one.poverty}
    unknown = {one.person for one in there if one.poverty is None} - poor
    return Heads(day, len({one.person for one in there}), None if unknown else len(poor))
