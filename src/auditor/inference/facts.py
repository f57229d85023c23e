"""Signals of one subject to the facts that the conclusions read, each with the signals behind it.

Counting and grouping by month are done here, in sets, so that no rule of the engine compares fields of two facts (which
crashes it) and no pair of months multiplies its work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from auditor.clues import Signal
from auditor.inference.condition import Months, SameMonth, Several, atoms, group_of, month_rules, reads_rule
from auditor.inference.model import Conclusion

Fact: TypeAlias = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the conclusions about one kind of subject read; nothing else is told to the engine."""

    conclusions: tuple[Conclusion, ...]
    month_rules: frozenset[str]
    months: frozenset[tuple[str, ...]]
    several: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FactBase:
    """The facts of a subject; `behind[i]` are the signals that fact `i` stands for."""

    facts: tuple[Fact, ...]
    behind: tuple[tuple[Signal, ...], ...]


def vocabulary(conclusions: Iterable[Conclusion]) -> Vocabulary:
    """What `conclusions` read."""
    drawn = tuple(conclusions)
    asked = [atom for conclusion in drawn for atom in atoms(conclusion.when)]
    return Vocabulary(
        drawn,
        frozenset().union(*(month_rules(atom.holds) for atom in asked if isinstance(atom, SameMonth))),
        frozenset(atom.rules for atom in asked if isinstance(atom, Months)),
        frozenset(atom.rules for atom in asked if isinstance(atom, Several)),
    )


def tally_name(kind: str, rules: Sequence[str]) -> str:
    """The name of a count: `months:GP01`, `rules:IP01,IP04`."""
    return f"{kind}:{','.join(sorted(rules))}"


def month_of(signal: Signal) -> str | None:
    """YYYY-MM of the signal's period; None where its grain has none."""
    return signal.period[:7] if signal.period else None


def facts_of(signals: Sequence[Signal], words: Vocabulary) -> FactBase:
    """The facts of one subject's `signals`, in an order that depends on nothing but the set of signals."""
    by_rule: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    by_month: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        by_rule[signal.rule, signal.severity.value].append(signal)
        month = month_of(signal)
        if month is not None and signal.rule in words.month_rules:
            by_month[month].append(signal)
    pairs: list[tuple[Fact, Sequence[Signal]]] = []
    asked = [atom for conclusion in words.conclusions for atom in atoms(conclusion.when)]
    for (rule, severity), group in sorted(by_rule.items()):
        if any(reads_rule(atom, rule) for atom in asked):
            pairs.append(({"k": "rule", "r": rule, "g": group_of(rule), "v": severity}, group))
    for month, group in sorted(by_month.items()):
        pairs.append(({"k": "month", "m": month, **{s.rule: 1 for s in group}}, group))
    pairs.extend(_tallies(signals, words))
    return FactBase(tuple(fact for fact, _ in pairs), tuple(tuple(group) for _, group in pairs))


def _tallies(signals: Sequence[Signal], words: Vocabulary) -> list[tuple[Fact, Sequence[Signal]]]:
    pairs: list[tuple[Fact, Sequence[Signal]]] = []
    for rules in sorted(words.months):
        dated = [s for s in signals if s.rule in rules and month_of(s) is not None]
        if dated:
            pairs.append(
                ({"k": "tally", "t": tally_name("months", rules), "n": len({month_of(s) for s in dated})}, dated)
            )
    for rules in sorted(words.several):
        group = [s for s in signals if s.rule in rules]
        if group:
            pairs.append(({"k": "tally", "t": tally_name("rules", rules), "n": len({s.rule for s in group})}, group))
    return pairs


def by_subject(signals: Iterable[Signal]) -> Mapping[tuple[str, str], list[Signal]]:
    """Signals by kind and id of their subject, both in order; the order in which signals came does not matter."""
    grouped: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        grouped[signal.subject.kind, signal.subject.id].append(signal)
    ordered = {key: grouped[key] for key in sorted(grouped)}
    for group in ordered.values():
        group.sort(key=lambda s: (s.rule, s.period or "", s.severity.value, s.subject.name))
    return ordered
