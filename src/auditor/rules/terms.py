"""The terms of the rule folders, checked together: each reads ledgers and other terms, never itself in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from auditor.errors import Problem
from auditor.ledgers import Catalogue
from auditor.rules.compiling import condition_tables_read, tables_read
from auditor.rules.lints.texts import empty_text
from auditor.rules.model import Parameter, Rule, RuleSet, Term
from auditor.rules.parsing import SqlRefused
from auditor.rules.queries import BUILT_IN_RELATIONS, FIRED, SIGNAL, Context, QueryFacts, TermFacts, check_query

_ID = re.compile(r"^[a-z][a-z0-9_]*$")
_BROKEN = TermFacts(None, {}, frozenset(), ())


def _uses(terms: Mapping[str, Term]) -> dict[str, tuple[str, ...]]:
    """For each term the terms that it names, sorted; none for one that cannot be parsed."""
    uses: dict[str, tuple[str, ...]] = {}
    for name, term in terms.items():
        try:
            uses[name] = tuple(table for table in tables_read(term.query) if table in terms)
        except SqlRefused:
            uses[name] = ()
    return uses


def _order(uses: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """The terms with the used before the users, and the cycles, whose terms are left out of the order."""
    remaining = dict(uses)
    cycles: list[list[str]] = []
    while True:
        graph = {name: [used for used in of if used in remaining] for name, of in sorted(remaining.items())}
        try:
            return list(TopologicalSorter(graph).static_order()), cycles
        except CycleError as error:
            cycle = list(dict.fromkeys(error.args[1]))
            cycles.append(sorted(cycle))
            for name in cycle:
                del remaining[name]


def _name_problems(term: Term, catalogue: Catalogue) -> list[Problem]:
    document = term.document
    problems = [p for p in (empty_text(document, ("says",), term.says),) if p is not None]
    if not _ID.match(term.id) or term.id in catalogue or term.id in BUILT_IN_RELATIONS or term.id == SIGNAL:
        problems.append(Problem("term-name", document.place(("id",)), {"term": term.id}))
    return problems


def _output_problems(term: Term, facts: QueryFacts) -> list[Problem]:
    place = term.document.inside(("query",), 1, 1)
    if FIRED in facts.built_in:
        return [Problem("term-reads-fired", place, {"term": term.id})]
    if facts.outputs is not None and "" in facts.outputs:
        return [Problem("output-unnamed", place, {"number": facts.outputs.index("") + 1})]
    return []


def check_terms(
    terms: Mapping[str, Term], catalogue: Catalogue, parameters: Mapping[str, Parameter]
) -> tuple[Mapping[str, TermFacts], list[Problem]]:
    """What is known of each term, and everything that is wrong with them."""
    problems: list[Problem] = []
    order, cycles = _order(_uses(terms))
    facts: dict[str, TermFacts] = dict.fromkeys(terms, _BROKEN)
    for cycle in cycles:
        args = {"terms": " → ".join([*cycle, cycle[0]])}
        problems.extend(Problem("term-cycle", terms[name].document.place(("query",)), args) for name in cycle)
    for name in order:
        term = terms[name]
        query = check_query(term.query, term.document, ("query",), Context(catalogue, facts, parameters))
        mine = [*_name_problems(term, catalogue), *query.problems, *_output_problems(term, query)]
        mine.extend(
            query.problem("term-broken", at, term=used) for used, at in query.terms.items() if not facts[used].sound
        )
        problems.extend(mine)
        if not mine:
            facts[name] = _facts(query, facts)
    return facts, problems


def _facts(query: QueryFacts, known: Mapping[str, TermFacts]) -> TermFacts:
    columns: dict[str, set[str]] = {ledger: set() for ledger in query.ledgers}
    for ledger, column in query.columns:
        columns.setdefault(ledger, set()).add(column)
    parameters = set(query.placeholders)
    undated = set(query.undated)
    built_in = set(query.built_in)
    terms: dict[str, None] = {}
    for used in sorted(query.terms):
        inner = known[used]
        for ledger, names in inner.columns.items():
            columns.setdefault(ledger, set()).update(names)
        parameters |= inner.parameters
        undated |= inner.undated
        built_in |= inner.built_in
        terms.update(dict.fromkeys([*inner.terms, used]))
    return TermFacts(
        query.outputs,
        {ledger: frozenset(names) for ledger, names in columns.items()},
        frozenset(parameters),
        tuple(terms),
        frozenset(undated),
        frozenset(built_in),
    )


def terms_used(rule: Rule, ruleset: RuleSet) -> tuple[Term, ...]:
    """The terms that a rule reads, directly or through others, each after those that it needs itself."""
    read = [table for query in rule.selects for table in tables_read(query)]
    read += [table for evidence in rule.evidence for table in condition_tables_read(evidence.where)]
    return terms_named(read, ruleset)


def terms_named(read: Iterable[str], ruleset: RuleSet) -> tuple[Term, ...]:
    """The terms among the relations `read` and those that they read, each after those that it needs itself."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name in ruleset.terms and name not in found:
            for inner in tables_read(ruleset.terms[name].query):
                add(inner)
            found[name] = None

    for table in read:
        add(table)
    return tuple(ruleset.terms[name] for name in found)
