"""What a conclusion asks of one subject's signals: a small language without negation.

Without negation more facts never mean fewer conclusions, so a ledger that could not be read cannot raise a grade, and
the order in which facts arrive cannot matter. A `MonthCondition` is asked of one month at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from auditor.clues import Severity


@dataclass(frozen=True, slots=True)
class Signalled:
    """The subject has a signal of one of `rules`."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InGroup:
    """The subject has a signal of the rule group, not of the rules `besides`, of one of `severities` (empty: any)."""

    group: str
    besides: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """The subject has a signal of `rule` (GP01, or any of a group: GP) whose figures are as `where` says.

    `where` holds pairs of a measure and its text.
    """

    rule: str
    where: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the subject (a person of the household) has a signal of one of `rules`."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberConcluded:
    """A conclusion of `violation`, of at least the grade of rank `rank`, was drawn about a member of the subject."""

    violation: str
    rank: int


@dataclass(frozen=True, slots=True)
class MembersConcluded:
    """About `share` of the subject's members or more (above 0, up to 1) a conclusion was drawn, as `MemberConcluded`.

    It takes one member at least; a subject without members has no share of them.
    """

    violation: str
    rank: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Months:
    """In `at_least` different months the subject has a signal of one of `rules`."""

    rules: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Several:
    """The subject has signals of `at_least` different ones of `rules`."""

    rules: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class InMonth:
    """Of a month: it has a signal of `rule`."""

    rule: str


@dataclass(frozen=True, slots=True)
class MonthAll:
    """Of a month: all of `parts` hold in it."""

    parts: tuple[MonthCondition, ...]


@dataclass(frozen=True, slots=True)
class MonthAny:
    """Of a month: one of `parts` holds in it."""

    parts: tuple[MonthCondition, ...]


@dataclass(frozen=True, slots=True)
class SameMonth:
    """There is a month in which `holds`."""

    holds: MonthCondition


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion of `violation`, of at least the grade of rank `rank`, was drawn about the subject."""

    violation: str
    rank: int


@dataclass(frozen=True, slots=True)
class All:
    """All of `parts` hold, each in any month."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of `parts` holds."""

    parts: tuple[Condition, ...]


MonthCondition: TypeAlias = "InMonth | MonthAll | MonthAny"
Atom: TypeAlias = (
    "Signalled | InGroup | Measured | Months | Several | SameMonth | Concluded | Member | MemberConcluded | "
    "MembersConcluded"
)
Condition: TypeAlias = "Atom | All | Any"


def group_of(rule: str) -> str:
    """GP of GP01: the letters of a rule's id."""
    return rule.rstrip("0123456789")


def month_rules(condition: MonthCondition) -> frozenset[str]:
    """The rules that a condition over a month reads."""
    if isinstance(condition, InMonth):
        return frozenset((condition.rule,))
    return frozenset().union(*(month_rules(part) for part in condition.parts))


def atoms(condition: Condition) -> tuple[Atom, ...]:
    """Every elementary question of `condition`, in the order in which it is written."""
    if isinstance(condition, All | Any):
        return tuple(atom for part in condition.parts for atom in atoms(part))
    return (condition,)


def reads_rule(atom: Atom, rule: str) -> bool:
    """Whether a signal of `rule` can bear on `atom`."""
    if isinstance(atom, InGroup):
        return group_of(rule) == atom.group and rule not in atom.besides
    if isinstance(atom, SameMonth):
        return rule in month_rules(atom.holds)
    if isinstance(atom, Measured):
        return atom.rule in {rule, group_of(rule)}
    return not isinstance(atom, Concluded | MemberConcluded | MembersConcluded) and rule in atom.rules
