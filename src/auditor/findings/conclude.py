"""Outcomes of inference to findings: one for each subject and violation, sorted with the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from auditor.clues import Signal
from auditor.findings.evidence import at_stake, distinct_rows, months_of, place_of
from auditor.findings.model import Finding, TraceStep
from auditor.findings.wording import Matter, clearing, innocent_explanations, message, next_steps, seen
from auditor.inference import ConclusionSet, Inference, Outcome, ViolationConclusions
from auditor.rules.model import Basis, RuleSet


class Keys(Protocol):
    """What gives subjects their keyed hashes (`auditor.values.pseudonym.Pseudonymiser`)."""

    def key_of(self, kind: str, id: str) -> str:  # noqa: A002 - the name of the values stage
        """The keyed hash of the subject `id` of `kind`."""
        ...


def conclude(
    inference: Inference, signals: Sequence[Signal], conclusions: ConclusionSet, ruleset: RuleSet, keys: Keys
) -> tuple[Finding, ...]:
    """The findings that `inference` gives.

    Args:
        inference: what was concluded from `signals`.
        signals: the same signals, for their evidence.
        conclusions: the catalogue of conclusions, for basis and words.
        ruleset: the rules, for titles, innocent explanations and what to verify; a signal of no rule speaks for itself
            (a statement's, too, though the statement gives the explanations).
        keys: keyed hashes of subjects; with the same key the same matter has the same id in every run.

    Returns:
        Findings sorted by grade, severity and amount, the highest first, then by id.
    """
    by_key: dict[str, list[Signal]] = {}
    for signal in signals:
        by_key.setdefault(signal.key, []).append(signal)
    found = [
        _finding(
            outcome,
            sorted((s for key in outcome.signals for s in by_key[key]), key=lambda s: (s.key, -s.severity.rank)),
            conclusions.violations[outcome.violation],
            ruleset,
            keys,
        )
        for outcome in inference.outcomes
    ]
    found.sort(key=lambda f: (-f.grade.rank, -f.severity.rank, -(f.amount or Decimal(0)), f.id))
    return tuple(found)


def _finding(
    outcome: Outcome,
    signals: Sequence[Signal],
    violation: ViolationConclusions,
    ruleset: RuleSet,
    keys: Keys,
) -> Finding:
    subject = outcome.subject
    severity = max((signal.severity for signal in signals), key=lambda one: one.rank)
    worst_first = sorted(signals, key=lambda s: (-s.severity.rank, s.rule))
    ids = tuple(dict.fromkeys(s.rule for s in worst_first))
    rules = [ruleset.rules[id_] for id_ in ids if id_ in ruleset.rules]
    statements = [ruleset.statements[id_] for id_ in ids if id_ in ruleset.statements]
    rows = distinct_rows(signals)
    amount = at_stake(signals, rows)
    explained = (*(fp for rule in rules for fp in rule.false_positives), *(fp for s in statements for fp in s.explains))
    innocent = innocent_explanations(explained, violation.text)
    basis = (*(one for rule in rules for one in rule.basis), *(one for s in statements for one in s.basis))
    steps = (*(step for rule in rules for step in rule.verify), *(step for s in statements for step in s.verify))
    verify = next_steps(steps, violation.text)
    clears = clearing(violation.text)
    matter = keys.key_of(f"finding/{outcome.violation}/{subject.kind}", subject.id)
    told = Matter(subject, violation.text, signals, ruleset.rules, rows, amount, innocent, verify, clears)
    return Finding(
        id=f"F-{violation.code}-{matter}",
        violation=outcome.violation,
        grade=outcome.grade,
        severity=severity,
        subject=subject,
        subject_key=keys.key_of(subject.kind, subject.id),
        place=place_of(rows),
        signals=outcome.signals,
        trace=tuple(
            TraceStep(fired.conclusion.key, fired.conclusion.grade, fired.conclusion.because, fired.signals)
            for fired in outcome.fired
        ),
        basis=_basis(violation, basis),
        months=months_of(signals),
        amount=amount,
        title=violation.text.title,
        seen=seen(told),
        message=message(told),
        innocent=innocent,
        verify=verify,
        clears=clears,
    )


def _basis(violation: ViolationConclusions, of_rules: Iterable[Basis]) -> tuple[Basis, ...]:
    """The violation's basis, then those of the rules that are not the same article of the same instrument."""
    known: dict[tuple[str, str], Basis] = {}
    for basis in (*violation.basis, *of_rules):
        known.setdefault((basis.instrument, basis.article), basis)
    return tuple(known.values())
