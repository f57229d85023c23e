"""Lints of the head of a rule: id, violation, severity, basis, subject and grain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from auditor.documents import Path
from auditor.errors import Problem
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.suggesting import nearest

_ID = re.compile(r"^[A-Z]{2,6}[0-9]{2,4}$")
SEVERITIES = ("critical", "high", "medium", "low")
SUBJECTS = ("person", "workshop", "household", "employer", "village", "area", "loan", "issue", "provider", "row")


def _one_of(facts: RuleFacts, code: str, path: Path, text: str, known: Sequence[str]) -> Iterator[Problem]:
    if text not in known:
        args = {"text": text, "suggestion": nearest(text, known)}
        yield Problem(code, facts.document.place(path), args)


def identity(facts: RuleFacts) -> Iterator[Problem]:
    """The id is of the form GP01 and is the file's name."""
    rule, place = facts.rule, facts.document.place(("id",))
    if not _ID.match(rule.id):
        yield Problem("rule-id-form", place, {"id": rule.id})
    elif PurePath(facts.document.file).stem != rule.id.lower():
        yield Problem("rule-id-file", place, {"id": rule.id, "file": f"{rule.id.lower()}.yaml"})


def classification(facts: RuleFacts) -> Iterator[Problem]:
    """Violation, severity and subject are known ones; the grain fits the subject, the group the violation."""
    rule = facts.rule
    yield from _one_of(facts, "violation-unknown", ("violation",), rule.violation, tuple(facts.violations))
    yield from _one_of(facts, "severity-unknown", ("severity",), rule.severity, SEVERITIES)
    yield from _one_of(facts, "subject-unknown", ("signal", "subject"), rule.subject, SUBJECTS)
    grains = (rule.subject, f"{rule.subject}-month", f"{rule.subject}-week")
    if rule.subject in SUBJECTS:
        yield from _one_of(facts, "grain-unknown", ("signal", "grain"), rule.grain, grains)
    owners = sorted(v.id for v in facts.violations.values() if rule.group in v.groups)
    if owners and rule.violation in facts.violations and rule.violation not in owners:
        args = {"group": rule.group, "violation": rule.violation, "suggestion": ", ".join(owners)}
        yield Problem("violation-group", facts.document.place(("violation",)), args)


def basis(facts: RuleFacts) -> Iterator[Problem]:
    """At least one legal basis, with its instrument, its words, and dates in order."""
    document = facts.document
    if not facts.rule.basis:
        yield Problem("basis-missing", document.key_place(("basis",)))
    for i, entry in enumerate(facts.rule.basis):
        for key, text in (("instrument", entry.instrument), ("words", entry.words)):
            if not text.strip():
                yield Problem("basis-empty", document.place(("basis", i, key)), {"key": key})
        if entry.in_force_from and entry.in_force_to and entry.in_force_from > entry.in_force_to:
            yield Problem("dates-reversed", document.place(("basis", i, "to")))
