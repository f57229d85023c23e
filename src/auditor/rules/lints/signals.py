"""Lints of what a rule says of other rules' signals against what its queries read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from auditor.errors import Problem
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.parsing import Sql, parse_condition, parse_select
from auditor.rules.queries import FIRED, QueryFacts
from auditor.rules.strata import needed_places
from auditor.rules.suggesting import nearest

_RULE = re.compile(r"^[A-Z]{2,6}[0-9]{2,4}$")


def fired(facts: RuleFacts) -> Iterator[Problem]:
    """Queries that read `fired` name declared rules only, and every declared rule is named."""
    declared = dict(needed_places(facts.rule))
    for i, group in enumerate(facts.rule.needs_signals.any_of):
        if not group:
            yield Problem("signals-group-empty", facts.document.place(("any_signals", i)))
    named: set[str] = set()
    for query, sql in _readers(facts):
        literals = [node for node in sql.tree.find_all(exp.Literal, bfs=False) if node.is_string]
        named.update(node.name for node in literals)
        if not declared:
            yield query.problem(
                "signals-undeclared", sql.fault("", _relation(sql)), rule="", suggestion="needs_signals"
            )
            return
        for node in literals:
            if _RULE.match(node.name) and node.name not in declared:
                args = {"rule": node.name, "suggestion": nearest(node.name, declared)}
                yield query.problem("signals-undeclared", sql.fault("", node), **args)
    if all(query.understood for query in facts.queries):
        for name, path in declared.items():
            if name not in named:
                yield Problem("signals-unread", facts.document.place(path), {"rule": name})


def _readers(facts: RuleFacts) -> Iterator[tuple[QueryFacts, Sql]]:
    """Every query of the rule that reads `fired`, parsed."""
    rule = facts.rule
    texts = [(query, parse_select, text) for query, text in zip(facts.selects, rule.selects, strict=True)]
    texts += [(query, parse_condition, part.where) for query, part in zip(facts.evidence, rule.evidence, strict=True)]
    for query, parse, text in texts:
        if FIRED in query.built_in:
            yield query, parse(text)


def _relation(sql: Sql) -> exp.Expr:
    return next(table for table in sql.tree.find_all(exp.Table) if table.name.lower() == FIRED)
