"""Lints of what a rule's queries give: the columns of the signal, the gaps, the evidence to show."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.errors import Problem
from auditor.ledgers import Catalogue, Column, ColumnType
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import ANY_LEDGER, ANY_REFERENCE, IN_ANY_LEDGER
from auditor.rules.suggesting import nearest

_HEAD = ("subject", "name", "period")
_GAP_MEASURES = ("rows", "people")
_OF_A_MENTION = ("person_id", "name")
_FILE_NAME = "file_name"


def signal(facts: RuleFacts) -> Iterator[Problem]:
    """The query gives `subject`, and `period` exactly where the grain has one; money is one of its measures."""
    rule, outputs, document = facts.rule, facts.signal.outputs, facts.document
    if outputs is None:
        return
    place = document.inside(("signal", "query"), 1, 1)
    if "" in outputs:
        yield Problem("output-unnamed", place, {"number": outputs.index("") + 1})
    if "subject" not in outputs:
        yield Problem("output-missing", place, {"column": "subject"})
    if rule.has_period and "period" not in outputs:
        yield Problem("output-missing", place, {"column": "period"})
    if not rule.has_period and "period" in outputs:
        yield Problem("period-without-grain", document.place(("signal", "grain")), {"grain": rule.grain})
    measures = [name for name in outputs if name and name not in _HEAD]
    if rule.money is not None and rule.money not in measures:
        args = {"money": rule.money, "suggestion": nearest(rule.money, measures)}
        yield Problem("money-unknown", document.place(("signal", "money")), args)


def covers(facts: RuleFacts) -> Iterator[Problem]:
    """The covering ledger is declared; the query of gaps gives the unit's columns, rows and people, no more."""
    rule, document = facts.rule, facts.document
    if rule.covers is None or facts.gaps is None:
        return
    needs = rule.needs
    declared = {*needs.requires, *needs.optional, *(ledger for group in needs.any_of for ledger in group)}
    if rule.covers.ledger not in declared:
        args = {"ledger": rule.covers.ledger, "suggestion": nearest(rule.covers.ledger, declared)}
        yield Problem("covers-ledger", document.place(("covers", "ledger")), args)
    if not rule.covers.unit:
        yield Problem("covers-unit", document.place(("covers", "unit")))
    if facts.gaps.outputs is None:
        return
    wanted = (*rule.covers.unit, *_GAP_MEASURES)
    if sorted(facts.gaps.outputs) != sorted(wanted):
        args = {"wanted": ", ".join(wanted), "found": ", ".join(facts.gaps.outputs)}
        yield Problem("gaps-columns", document.inside(("covers", "gaps"), 1, 1), args)


def evidence(facts: RuleFacts) -> Iterator[Problem]:
    """There is evidence; its ledgers are declared (any is all of them), the columns to show are in the catalogue."""
    rule, document, catalogue = facts.rule, facts.document, facts.context.catalogue
    needs = rule.needs
    declared = {*needs.requires, *needs.optional, *(ledger for group in needs.any_of for ledger in group)}
    if not rule.evidence:
        yield Problem("evidence-missing", document.key_place(("evidence",)))
    for i, item in enumerate(rule.evidence):
        if item.ledger not in {*declared, *IN_ANY_LEDGER}:
            args = {"ledger": item.ledger, "suggestion": nearest(item.ledger, declared)}
            yield Problem("ledger-undeclared", document.place(("evidence", i, "ledger")), args)
        query = facts.evidence[i]
        if query.understood and not query.problems and not query.reads_signal:
            yield Problem("evidence-unbound", document.place(("evidence", i, "where")), {"ledger": item.ledger})
        if item.ledger not in {*catalogue, *IN_ANY_LEDGER}:
            continue
        if not item.show:
            yield Problem("evidence-shows-nothing", document.place(("evidence", i, "show")))
        known = _known(item.ledger, catalogue)
        for j, column in enumerate(item.show):
            if column not in known:
                args = {"ledger": item.ledger, "column": column, "suggestion": nearest(column, known, 0.6)}
                yield Problem("column-unknown", document.place(("evidence", i, "show", j)), args)


def _known(ledger: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The columns that evidence of `ledger` may show."""
    if ledger == ANY_LEDGER:
        return _OF_A_MENTION
    if ledger != ANY_REFERENCE:
        return tuple(catalogue[ledger].columns)
    naming = (kind.columns for kind in catalogue.values() if any(_is_reference(c) for c in kind.columns.values()))
    return tuple(dict.fromkeys([_FILE_NAME, *(name for columns in naming for name in columns)]))


def _is_reference(column: Column) -> bool:
    return column.type is ColumnType.REF
