"""Conclusions as rulesets of durable-rules, in its JSON: plain data, written here and run only in the worker.

A condition becomes alternatives (its disjunctive form), each a rule named `number.alternative` whose patterns look at
one fact each. A rule `census` sees every fact, so that a lost one shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

from auditor.inference.condition import (
    All,
    Any,
    Atom,
    Concluded,
    Condition,
    InGroup,
    InMonth,
    Measured,
    Member,
    MemberConcluded,
    MembersConcluded,
    MonthAll,
    MonthCondition,
    Months,
    SameMonth,
    Several,
    Signalled,
)
from auditor.inference.facts import Fact, fact, measured_name, share_name, tally_name
from auditor.inference.model import Conclusion

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

CENSUS = "census"
MAX_ALTERNATIVES = 64


def _either(field: str, values: Sequence[str]) -> Json:
    if len(values) == 1:
        return {field: values[0]}
    return {"$or": [{field: value} for value in values]}


def _month(condition: MonthCondition) -> Json:
    if isinstance(condition, InMonth):
        return {condition.rule: 1}
    parts = [_month(part) for part in condition.parts]
    if len(parts) == 1:
        return parts[0]
    return {"$and" if isinstance(condition, MonthAll) else "$or": parts}


def pattern(atom: Atom) -> Json:
    """The test of one fact that answers `atom`."""
    if isinstance(atom, Signalled):
        return {"$and": [{"k": "rule"}, _either("r", atom.rules)]}
    if isinstance(atom, InGroup):
        tests: list[Json] = [{"k": "rule"}, {"g": atom.group}]
        tests.extend({"$neq": {"r": rule}} for rule in atom.besides)
        if atom.severities:
            tests.append(_either("v", [severity.value for severity in atom.severities]))
        return {"$and": tests}
    if isinstance(atom, Months | Several):
        name = tally_name("months" if isinstance(atom, Months) else "rules", atom.rules)
        return {"$and": [{"k": "tally"}, {"t": name}, {"$gte": {"n": atom.at_least}}]}
    if isinstance(atom, SameMonth):
        return {"$and": [{"k": "month"}, _month(atom.holds)]}
    if isinstance(atom, Measured):
        return {"$and": [{"k": "measured"}, {"t": measured_name(atom)}]}
    if isinstance(atom, Member):
        return {"$and": [{"k": "member"}, _either("r", atom.rules)]}
    if isinstance(atom, MemberConcluded):
        return {"$and": [{"k": "member concluded"}, {"w": atom.violation}, {"$gte": {"n": atom.rank}}]}
    if isinstance(atom, MembersConcluded):
        return {"$and": [{"k": "members concluded"}, {"t": share_name(atom)}]}
    return {"$and": [{"k": "conclusion"}, {"w": atom.violation}, {"$gte": {"n": atom.rank}}]}


def alternatives(condition: Condition) -> list[tuple[Atom, ...]]:
    """`condition` as alternatives, each a conjunction of atoms (without repetition)."""
    if isinstance(condition, Any):
        return [one for part in condition.parts for one in alternatives(part)]
    if isinstance(condition, All):
        chosen = product(*(alternatives(part) for part in condition.parts))
        return [tuple(dict.fromkeys(atom for part in combination for atom in part)) for combination in chosen]
    return [(condition,)]


def ruleset(conclusions: Sequence[Conclusion]) -> dict[str, Json]:
    """The ruleset that draws `conclusions`; the rules of conclusion number `i` are called `i.0`, `i.1`, …."""
    rules: dict[str, Json] = {CENSUS: {"all": [{"m_0": {"$ex": {"k": 1}}}]}}
    for number, conclusion in enumerate(conclusions):
        for index, conjunction in enumerate(alternatives(conclusion.when)):
            # dist 0: one fact may answer two patterns ("GP01 and any signal of GP").
            rules[f"{number}.{index}"] = {
                "all": [{f"m_{place}": pattern(atom)} for place, atom in enumerate(conjunction)],
                "dist": 0,
            }
    return rules


def chained(conclusions: Sequence[Conclusion]) -> dict[str, Fact]:
    """By number, the fact that each conclusion becomes once it is drawn; only those that some condition reads."""
    read = {
        atom.violation
        for conclusion in conclusions
        for conjunction in alternatives(conclusion.when)
        for atom in conjunction
        if isinstance(atom, Concluded)
    }
    return {
        str(number): fact(k="conclusion", w=conclusion.violation, n=conclusion.grade.rank, c=conclusion.id)
        for number, conclusion in enumerate(conclusions)
        if conclusion.violation in read
    }
