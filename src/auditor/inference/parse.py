"""The condition language: from YAML with places to conditions, every mistake with its place and a suggestion.

GP03                             a signal of the rule
{rule: IM01, where: {paid: true}}                        a signal of the rule whose figures are so
{any: [c, …]}  {all: [c, …]}     one of / all of, in any months
{same_month: [m, …]}             one month in which all hold; m is a rule, {any: [m, …]} or {all: [m, …]}
{months: {of: GP01, at_least: 2}}                        so many different months with the rule, or one of a list
{several: {of: [IP01, IP04], at_least: 2}}               so many different ones of the rules
{group: GP}                                              any signal of the group;
{group: {name: IP, besides: [IP11], severity: [high]}}   … other than of these rules, of these severities
{group: {name: RX, where: {material: true}}}             … whose figures are so
{concluded: {violation: nepotism, at_least: strong}}     a conclusion drawn before
{member: {any: [GP01, {concluded: {…}}]}}                of a member of the subject: rules, conclusions, any of them
{members: {share: 0.5, concluded: {…}}}                  of that share of its members or more, above 0 and up to 1
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from auditor.clues import Severity
from auditor.documents import Document, Path, Plain
from auditor.errors import Argument, Problem
from auditor.inference.condition import (
    All,
    Any,
    Concluded,
    Condition,
    InGroup,
    InMonth,
    Measured,
    Member,
    MemberConcluded,
    MembersConcluded,
    MonthAll,
    MonthAny,
    MonthCondition,
    Months,
    SameMonth,
    Several,
    Signalled,
)
from auditor.inference.model import Grade

_KEYS = ("any", "all", "same_month", "months", "several", "group", "concluded", "member", "members", "rule")
_MONTH_KEYS = ("any", "all")
_SHARE = re.compile(r"[01](\.[0-9]{1,6})?")


def near(text: str, known: Collection[str]) -> str:
    """The closest of `known` to `text`, or an empty text."""
    found = get_close_matches(text, sorted(known), 1, 0.5)
    return found[0] if found else ""


def _of_member(condition: Condition) -> Condition | None:
    """What a member is asked, as a question about the whole; None for what cannot be asked of members."""
    if isinstance(condition, Signalled):
        return Member(condition.rules)
    if isinstance(condition, Concluded):
        return MemberConcluded(condition.violation, condition.rank)
    if isinstance(condition, Any):
        parts = tuple(part for one in condition.parts if (part := _of_member(one)) is not None)
        return Any(parts) if len(parts) == len(condition.parts) else None
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a condition may use; `measures`: the figures of each rule's signals, as far as they are known."""

    rules: frozenset[str]
    groups: frozenset[str]
    violations: frozenset[str]
    measures: Mapping[str, Collection[str]] = field(default_factory=dict)


class ConditionParser:
    """Parses the conditions of one document; `problems` fills up as it goes."""

    def __init__(self, document: Document, known: Known) -> None:
        self.document = document
        self.known = known
        self.problems: list[Problem] = []

    def condition(self, value: Plain, path: Path) -> Condition | None:
        """The condition at `path`, or None where it has a mistake."""
        if isinstance(value, str):
            rule = self._one_rule(value, path)
            return Signalled((rule,)) if rule is not None else None
        if isinstance(value, dict) and "rule" in value:
            return self._measured(value, path)
        key = self._only_key(value, path, _KEYS)
        if key is None or not isinstance(value, dict):
            return None
        inner, place = value[key], (*path, key)
        if key == "any":
            return self._any(inner, place)
        if key == "all":
            parts = self._conditions(inner, place)
            return All(parts) if parts else None
        if key == "same_month":
            months = self._months(inner, place)
            return SameMonth(MonthAll(months)) if months else None
        if key == "group":
            return self._group(inner, place)
        if key == "concluded":
            return self._concluded(inner, place)
        if key == "member":
            return self._member(inner, place)
        if key == "members":
            return self._members(inner, place)
        return self._counted(key, inner, place)

    def _measured(self, value: Plain, path: Path) -> Condition | None:
        fields = self._fields(value, path, needed=("rule", "where"))
        if fields is None:
            return None
        return self._where(self._one_rule(fields["rule"], (*path, "rule")) or "", fields["where"], path)

    def _measured_group(self, value: Plain, path: Path) -> Condition | None:
        fields = self._fields(value, path, needed=("name", "where"))
        if fields is None:
            return None
        name = self._named(fields["name"], (*path, "name"), "group", self.known.groups)
        return self._where(name or "", fields["where"], path)

    def _where(self, rule: str, where: Plain, path: Path) -> Condition | None:
        """The figures asked of the signals of a rule or of a group."""
        if not isinstance(where, dict) or not where:
            self.problem("condition-where-form", (*path, "where"))
            return None
        before = len(self.problems)
        for measure, wanted in where.items():
            place = (*path, "where", measure)
            if not isinstance(wanted, str):
                self.problem("condition-where-form", place)
            elif rule in self.known.measures and measure not in self.known.measures[rule]:
                args = {"measure": measure, "rule": rule, "suggestion": near(measure, self.known.measures[rule])}
                self.problems.append(Problem("condition-measure-unknown", self.document.key_place(place), args))
        if not rule or len(self.problems) > before:
            return None
        return Measured(rule, tuple(sorted((measure, str(wanted)) for measure, wanted in where.items())))

    def _member(self, value: Plain, path: Path) -> Condition | None:
        inner = self.condition(value, path)
        found = None if inner is None else _of_member(inner)
        if inner is not None and found is None:
            self.problem("condition-member-form", path)
        return found

    def _members(self, value: Plain, path: Path) -> Condition | None:
        fields = self._fields(value, path, needed=("share", "concluded"))
        if fields is None:
            return None
        share = self._share(fields["share"], (*path, "share"))
        asked = self._concluded(fields["concluded"], (*path, "concluded"))
        return MembersConcluded(asked.violation, asked.rank, share) if share is not None and asked is not None else None

    def _any(self, value: Plain, path: Path) -> Condition | None:
        parts = self._conditions(value, path)
        if not parts:
            return None
        plain = [part.rules[0] for part in parts if isinstance(part, Signalled)]
        return Signalled(tuple(plain)) if len(plain) == len(parts) else Any(parts)

    def _month(self, value: Plain, path: Path) -> MonthCondition | None:
        if isinstance(value, str):
            rule = self._one_rule(value, path)
            return InMonth(rule) if rule is not None else None
        key = self._only_key(value, path, _MONTH_KEYS)
        if key is None or not isinstance(value, dict):
            return None
        parts = self._months(value[key], (*path, key))
        if not parts:
            return None
        return MonthAll(parts) if key == "all" else MonthAny(parts)

    def _counted(self, key: str, value: Plain, path: Path) -> Condition | None:
        fields = self._fields(value, path, needed=("of", "at_least"))
        if fields is None:
            return None
        rules = self._rules(fields["of"], (*path, "of"))
        limit = len(rules) if key == "several" else 1200
        count = self._count(fields["at_least"], (*path, "at_least"), limit)
        if not rules or count is None:
            return None
        return Months(rules, count) if key == "months" else Several(rules, count)

    def _group(self, value: Plain, path: Path) -> Condition | None:
        if isinstance(value, str):
            name = self._named(value, path, "group", self.known.groups)
            return InGroup(name) if name is not None else None
        if isinstance(value, dict) and "where" in value:
            return self._measured_group(value, path)
        fields = self._fields(value, path, needed=("name",), optional=("besides", "severity"))
        if fields is None:
            return None
        before = len(self.problems)
        name = self._named(fields["name"], (*path, "name"), "group", self.known.groups)
        besides = self._rules(fields["besides"], (*path, "besides")) if "besides" in fields else ()
        grave = self._severities(fields["severity"], (*path, "severity")) if "severity" in fields else ()
        if name is None or len(self.problems) > before:
            return None
        return InGroup(name, tuple(sorted(set(besides))), grave)

    def _severities(self, value: Plain, path: Path) -> tuple[Severity, ...]:
        known = tuple(one.value for one in Severity)
        names = [self._named(item, place, "severity", known) for item, place in self._items(value, path)]
        return tuple(Severity(name) for name in names if name is not None)

    def _concluded(self, value: Plain, path: Path) -> Concluded | None:
        fields = self._fields(value, path, needed=("violation", "at_least"))
        if fields is None:
            return None
        violation = self._named(fields["violation"], (*path, "violation"), "violation", self.known.violations)
        grade = self._named(fields["at_least"], (*path, "at_least"), "grade", tuple(one.value for one in Grade))
        return Concluded(violation, Grade(grade).rank) if violation is not None and grade is not None else None

    def _items(self, value: Plain, path: Path) -> list[tuple[Plain, Path]]:
        """The items of a list, with their places; an empty list is a mistake."""
        if not isinstance(value, list) or not value:
            self.problem("condition-list-empty", path)
            return []
        return [(item, (*path, index)) for index, item in enumerate(value)]

    def _conditions(self, value: Plain, path: Path) -> tuple[Condition, ...]:
        """Every condition of a list; empty where one has a mistake."""
        found = [self.condition(item, place) for item, place in self._items(value, path)]
        return () if None in found else tuple(one for one in found if one is not None)

    def _months(self, value: Plain, path: Path) -> tuple[MonthCondition, ...]:
        found = [self._month(item, place) for item, place in self._items(value, path)]
        return () if None in found else tuple(one for one in found if one is not None)

    def _rules(self, value: Plain, path: Path) -> tuple[str, ...]:
        if isinstance(value, str):
            return self._single(value, path)
        found = [self._one_rule(item, place) for item, place in self._items(value, path)]
        return () if None in found else tuple(dict.fromkeys(one for one in found if one is not None))

    def _single(self, value: Plain, path: Path) -> tuple[str, ...]:
        rule = self._one_rule(value, path)
        return (rule,) if rule is not None else ()

    def _one_rule(self, value: Plain, path: Path) -> str | None:
        return self._named(value, path, "rule", self.known.rules)

    def _named(self, value: Plain, path: Path, what: str, known: Collection[str]) -> str | None:
        """`value` if it is one of `known`, else a problem that suggests the nearest."""
        text = value if isinstance(value, str) else "…"
        if text in known:
            return text
        code = "grade-unknown" if what == "grade" else f"condition-{what}-unknown"
        self.problem(code, path, **{what: text, "suggestion": near(text, known)})
        return None

    def _count(self, value: Plain, path: Path, limit: int) -> int | None:
        if isinstance(value, str) and value.isdecimal() and 1 <= int(value) <= max(limit, 1):
            return int(value)
        self.problem("condition-count-invalid", path, text=value if isinstance(value, str) else "…", limit=limit)
        return None

    def _share(self, value: Plain, path: Path) -> Fraction | None:
        if isinstance(value, str) and _SHARE.fullmatch(value) and 0 < (share := Fraction(value)) <= 1:
            return share
        self.problem("condition-share-invalid", path, text=value if isinstance(value, str) else "…")
        return None

    def _only_key(self, value: Plain, path: Path, known: Collection[str]) -> str | None:
        """The one key of a condition's mapping."""
        if not isinstance(value, dict) or len(value) != 1:
            self.problem("condition-form", path, keys=", ".join(known))
            return None
        key = next(iter(value))
        if key in known:
            return key
        self._unknown_key(key, path, known)
        return None

    def _fields(
        self, value: Plain, path: Path, *, needed: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Plain] | None:
        """The keys of a mapping, if they are all known and none of `needed` is missing."""
        known = (*needed, *optional)
        if not isinstance(value, dict):
            self.problem("condition-form", path, keys=", ".join(known))
            return None
        strange = [key for key in value if key not in known]
        missing = [key for key in needed if key not in value]
        for key in strange:
            self._unknown_key(key, path, known)
        for key in missing:
            self.problem("condition-key-missing", path, key=key)
        return None if strange or missing else value

    def _unknown_key(self, key: str, path: Path, known: Collection[str]) -> None:
        args = {"key": key, "suggestion": near(key, known)}
        self.problems.append(Problem("condition-key-unknown", self.document.key_place((*path, key)), args))

    def problem(self, code: str, path: Path, **args: Argument) -> None:
        """Note a mistake at the value at `path`."""
        self.problems.append(Problem(code, self.document.place(path), args))
