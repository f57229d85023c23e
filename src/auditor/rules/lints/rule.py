"""All lints of one rule, in the order of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from auditor.documents import Document
from auditor.errors import Problem, TextPlace
from auditor.rules.lints import cases, heading, needs, outputs, signals, texts, unfilled
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import Rule, Violation
from auditor.rules.queries import SIGNAL, Context, check_query

LINTS: tuple[Callable[[RuleFacts], Iterator[Problem]], ...] = (
    heading.identity,
    heading.classification,
    heading.basis,
    needs.declarations,
    needs.undeclared,
    needs.unread,
    needs.parameters,
    needs.dated,
    signals.fired,
    outputs.signal,
    outputs.covers,
    outputs.evidence,
    texts.texts,
    texts.placeholders,
    texts.false_positives,
    cases.cases,
    unfilled.unfilled,
)


def _facts(rule: Rule, document: Document, context: Context, violations: Mapping[str, Violation]) -> RuleFacts:
    signal = check_query(rule.query, document, ("signal", "query"), context)
    gaps = check_query(rule.covers.gaps, document, ("covers", "gaps"), context) if rule.covers is not None else None
    runs_if = (
        check_query(rule.runs_if.query, document, ("runs_if", "query"), context) if rule.runs_if is not None else None
    )
    evidence = tuple(
        check_query(
            item.where,
            document,
            ("evidence", i, "where"),
            context,
            signal=signal.outputs,
            visible=(item.relation, SIGNAL),
        )
        for i, item in enumerate(rule.evidence)
    )
    return RuleFacts(rule, document, context, violations, signal, gaps, evidence, runs_if)


def _sort_key(problem: Problem) -> tuple[int, int, str]:
    where = problem.where
    if isinstance(where, TextPlace):
        return where.line or 0, where.column or 0, problem.code
    return 0, 0, problem.code


def lint_rule(
    rule: Rule, document: Document, context: Context, violations: Mapping[str, Violation]
) -> tuple[Problem, ...]:
    """Every mistake of the rule, in the order of their places."""
    facts = _facts(rule, document, context, violations)
    found = [problem for query in facts.queries for problem in query.problems]
    for lint in LINTS:
        found.extend(lint(facts))
    return tuple(sorted(found, key=_sort_key))
