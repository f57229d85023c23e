"""Rules that read the signals of other rules: who needs whom, in which order they run, and no circles.

A rule names the rules whose signals it reads (`needs_signals`, `any_signals`); those run before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from auditor.documents import Path
from auditor.errors import Problem
from auditor.rules.model import Rule, RuleSet
from auditor.rules.suggesting import nearest


def needed_places(rule: Rule) -> Iterator[tuple[str, Path]]:
    """Each rule that `rule` needs, with the path of its entry in the file."""
    for index, name in enumerate(rule.needs_signals.all):
        yield name, ("needs_signals", index)
    for number, group in enumerate(rule.needs_signals.any_of):
        for index, name in enumerate(group):
            yield name, ("any_signals", number, index)


def with_needed(rule: Rule, ruleset: RuleSet) -> RuleSet:
    """`ruleset` with no rules but `rule` itself and those whose signals it needs, through any number of others."""
    found: dict[str, Rule] = {rule.id: rule}
    waiting = [rule]
    while waiting:
        for name in waiting.pop().needs_signals.rules:
            if name not in found and name in ruleset.rules:
                found[name] = ruleset.rules[name]
                waiting.append(found[name])
    return replace(ruleset, rules=MappingProxyType(dict(sorted(found.items()))))


def in_strata(rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """The rules by their ids, except that each comes after all whose signals it needs.

    Raises:
        graphlib.CycleError: rules need each other in a circle; the lints keep that from a loaded set.
    """
    tuple(_sorter(rules).static_order())  # a circle is told before anything is put in order
    done: dict[str, Rule] = {}

    def add(name: str) -> None:
        if name in done or name not in rules:
            return
        for needed in sorted(rules[name].needs_signals.rules):
            add(needed)
        done[name] = rules[name]

    for name in sorted(rules):
        add(name)
    return tuple(done.values())


def check_strata(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Problem]]:
    """What is wrong with the needs of `rules`, with the rule in whose file it stands: unknown rules, and circles."""
    known = {rule.id: rule for rule in rules}
    for rule in rules:
        for name, path in needed_places(rule):
            if name not in known:
                args = {"rule": name, "suggestion": nearest(name, known)}
                yield rule, Problem("signals-rule-unknown", rule.document.place(path), args)
    remaining = dict(known)
    while True:
        try:
            tuple(_sorter(remaining).static_order())
        except CycleError as error:
            circle = sorted(set(error.args[1]))
            args = {"rules": " → ".join([*circle, circle[0]])}
            for name in circle:
                inside = (path for needed, path in needed_places(remaining[name]) if needed in circle)
                yield remaining[name], Problem("signals-cycle", remaining[name].document.place(next(inside)), args)
            for name in circle:
                del remaining[name]
        else:
            return


def _sorter(rules: Mapping[str, Rule]) -> TopologicalSorter[str]:
    return TopologicalSorter(
        {
            name: [needed for needed in rule.needs_signals.rules if needed in rules]
            for name, rule in sorted(rules.items())
        }
    )
