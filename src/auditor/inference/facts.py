"""Signals of one subject to the facts that the conclusions read, each with the signals behind it.

Counting and grouping by month are done here, in sets, so that no rule of the engine compares fields of two facts (which
crashes it) and no pair of months multiplies its work.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from auditor.clues import Measure, Signal
from auditor.inference.condition import (
    Measured,
    Member,
    MemberConcluded,
    MembersConcluded,
    Months,
    SameMonth,
    Several,
    atoms,
    group_of,
    month_rules,
    reads_rule,
)
from auditor.inference.model import Conclusion, Outcome

Fact: TypeAlias = str  # JSON of an object without its braces; written once, most facts being equal to others' facts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the conclusions about one kind of subject read; nothing else is told to the engine.

    Attributes:
        conclusions: in the order by which they are numbered.
        bearing: for each rule with a signal, the numbers of the conclusions that ask for it.
        month_rules: the rules that are asked for within one month.
        months, several: the lists of rules whose months, and whose different rules, are counted.
        measured: the questions about figures.
        member_rules: the rules asked for among the signals of the subject's members.
        member_concluded: the violations asked for among what was concluded about them.
        member_shares: the questions about the share of them about whom something was concluded.
    """

    conclusions: tuple[Conclusion, ...]
    bearing: Mapping[str, frozenset[int]]
    month_rules: frozenset[str]
    months: tuple[tuple[str, ...], ...]
    several: tuple[tuple[str, ...], ...]
    measured: tuple[Measured, ...] = ()
    member_rules: frozenset[str] = frozenset()
    member_concluded: frozenset[str] = frozenset()
    member_shares: tuple[MembersConcluded, ...] = ()

    @property
    def asks_for_members(self) -> bool:
        """Whether anything is asked about the subject's members."""
        return bool(self.member_rules) or self.asks_what_was_concluded

    @property
    def asks_what_was_concluded(self) -> bool:
        """Whether it is asked what was concluded about the subject's members, who then come first."""
        return bool(self.member_concluded or self.member_shares)


class Clue(NamedTuple):
    """A signal as far as inference needs it."""

    rule: str
    severity: str
    month: str | None
    key: str
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Members:
    """What is known of the members of a subject: their signals, what was concluded about them, how many they are."""

    signals: Sequence[Signal] = ()
    outcomes: Sequence[Outcome] = ()
    count: int = 0


NOBODY = Members()


@dataclass(frozen=True, slots=True)
class FactBase:
    """The facts of a subject; `behind[i]` are the signals that fact `i` stands for.

    A conclusion rests on those of them that it asks for, on all of them where the fact is one of `whole`.
    """

    facts: tuple[Fact, ...]
    behind: tuple[tuple[Clue, ...], ...]
    whole: frozenset[int] = frozenset()


def vocabulary(conclusions: Iterable[Conclusion], rules: Iterable[str]) -> Vocabulary:
    """What `conclusions` read; `rules` are those that have a signal."""
    drawn = tuple(conclusions)
    asked = [atoms(conclusion.when) for conclusion in drawn]
    every = [atom for own in asked for atom in own]
    return Vocabulary(
        drawn,
        {
            rule: frozenset(n for n, own in enumerate(asked) if any(reads_rule(atom, rule) for atom in own))
            for rule in rules
        },
        frozenset().union(*(month_rules(atom.holds) for atom in every if isinstance(atom, SameMonth))),
        tuple(sorted({atom.rules for atom in every if isinstance(atom, Months)})),
        tuple(sorted({atom.rules for atom in every if isinstance(atom, Several)})),
        tuple(sorted({atom for atom in every if isinstance(atom, Measured)}, key=measured_name)),
        frozenset(rule for atom in every if isinstance(atom, Member) for rule in atom.rules),
        frozenset(atom.violation for atom in every if isinstance(atom, MemberConcluded)),
        tuple(sorted({atom for atom in every if isinstance(atom, MembersConcluded)}, key=share_name)),
    )


def tally_name(kind: str, rules: Sequence[str]) -> str:
    """The name of a count: `months:GP01`, `rules:IP01,IP04`."""
    return f"{kind}:{','.join(sorted(rules))}"


def measured_name(atom: Measured) -> str:
    """The name of a question about figures: `IM01 paid=true`."""
    return " ".join([atom.rule, *(f"{measure}={text}" for measure, text in sorted(atom.where))])


def share_name(atom: MembersConcluded) -> str:
    """The name of a question about a share of members: `numbers_only_employment>=1 1/2`."""
    return f"{atom.violation}>={atom.rank} {atom.share}"


def facts_of(signals: Iterable[Signal], words: Vocabulary, members: Members = NOBODY) -> FactBase:
    """The facts of one subject's `signals`, in an order that depends on nothing but the set of signals."""
    clues = _clues(signals)
    by_rule: dict[tuple[str, str], list[Clue]] = defaultdict(list)
    by_month: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        if words.bearing[clue.rule]:
            by_rule[clue.rule, clue.severity].append(clue)
        if clue.month is not None and clue.rule in words.month_rules:
            by_month[clue.month].append(clue)
    facts: list[Fact] = []
    behind: list[tuple[Clue, ...]] = []
    for (rule, severity), group in sorted(by_rule.items()):
        facts.append(_rule_fact(rule, severity))
        behind.append(tuple(group))
    for month, group in sorted(by_month.items()):
        facts.append(_month_fact(month, tuple(dict.fromkeys(clue.rule for clue in group))))
        behind.append(tuple(group))
    for name, count, group in _tallies(clues, words):
        facts.append(_tally_fact(name, count))
        behind.append(tuple(group))
    for atom in words.measured:
        if matching := tuple(clue for clue in clues if _is_so(clue, atom)):
            facts.append(fact(k="measured", t=measured_name(atom)))
            behind.append(matching)
    own = len(facts)
    for told, group in _of_members(members, words):
        facts.append(told)
        behind.append(tuple(group))
    return FactBase(tuple(facts), tuple(behind), frozenset(range(own, len(facts))))


def _clues(signals: Iterable[Signal]) -> list[Clue]:
    return [Clue(s.rule, s.severity.value, s.period[:7] if s.period else None, s.key, s.measures) for s in signals]


def _is_so(clue: Clue, atom: Measured) -> bool:
    return reads_rule(atom, clue.rule) and all(
        measure in clue.measures and _text(clue.measures[measure]) == text for measure, text in atom.where
    )


def _text(value: Measure) -> str:
    """A figure as YAML writes it; an empty one is an empty text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_members(members: Members, words: Vocabulary) -> Iterator[tuple[Fact, list[Clue]]]:
    by_rule: dict[str, list[Clue]] = defaultdict(list)
    for clue in _clues(members.signals):
        if clue.rule in words.member_rules:
            by_rule[clue.rule].append(clue)
    for rule, group in sorted(by_rule.items()):
        yield fact(k="member", r=rule), group
    drawn: dict[tuple[str, int], list[Clue]] = defaultdict(list)
    for outcome in members.outcomes:
        if outcome.violation in words.member_concluded:
            drawn[outcome.violation, outcome.grade.rank].extend(_rests_on(outcome))
    for (violation, rank), group in sorted(drawn.items()):
        yield fact(k="member concluded", w=violation, n=rank), group
    for atom in words.member_shares:
        # One outcome for each member and violation; whole numbers and fractions, so that half is half.
        reached = [o for o in members.outcomes if o.violation == atom.violation and o.grade.rank >= atom.rank]
        if reached and len(reached) >= atom.share * members.count:
            yield fact(k="members concluded", t=share_name(atom)), [c for o in reached for c in _rests_on(o)]


def _rests_on(outcome: Outcome) -> list[Clue]:
    return [Clue(key.partition("|")[0], "", None, key, {}) for key in outcome.signals]


def fact(**fields: str | int) -> Fact:
    """The fact with `fields`."""
    return json.dumps(fields)[1:-1]


@cache
def _rule_fact(rule: str, severity: str) -> Fact:
    return fact(k="rule", r=rule, g=group_of(rule), v=severity)


@lru_cache(10_000)
def _month_fact(month: str, rules: tuple[str, ...]) -> Fact:
    return fact(k="month", m=month, **dict.fromkeys(rules, 1))


@lru_cache(10_000)
def _tally_fact(name: str, count: int) -> Fact:
    return fact(k="tally", t=name, n=count)


def _tallies(clues: Sequence[Clue], words: Vocabulary) -> Iterator[tuple[str, int, list[Clue]]]:
    for rules in words.months:
        dated = [clue for clue in clues if clue.rule in rules and clue.month is not None]
        if dated:
            yield tally_name("months", rules), len({clue.month for clue in dated}), dated
    for rules in words.several:
        group = [clue for clue in clues if clue.rule in rules]
        if group:
            yield tally_name("rules", rules), len({clue.rule for clue in group}), group


def by_subject(signals: Iterable[Signal]) -> Mapping[tuple[str, str], list[Signal]]:
    """Signals by kind and id of their subject, both in order; the order in which signals came does not matter."""
    grouped: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        grouped[signal.subject.kind, signal.subject.id].append(signal)
    ordered = {key: grouped[key] for key in sorted(grouped)}
    for group in ordered.values():
        group.sort(key=lambda s: (s.rule, s.period or "", s.severity.value, s.subject.name))
    return ordered
