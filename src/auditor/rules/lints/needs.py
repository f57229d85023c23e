"""Lints of what a rule says it reads against what its queries read: they must be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.documents import Path
from auditor.errors import Problem
from auditor.ledgers import ColumnType
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import EVIDENCE_REFERENCE, IDENTITY_MENTION
from auditor.rules.queries import QueryFacts
from auditor.rules.suggesting import nearest


def _declared(facts: RuleFacts) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Each declared ledger: the path of its entry, its id, its columns."""
    needs = facts.rule.needs
    for ledger, columns in needs.requires.items():
        yield ("requires", ledger), ledger, columns
    for i, group in enumerate(needs.any_of):
        for ledger, columns in group.items():
            yield ("any_of", i, ledger), ledger, columns
    for ledger, columns in needs.optional.items():
        yield ("optional", ledger), ledger, columns


def declarations(facts: RuleFacts) -> Iterator[Problem]:
    """Declared ledgers and columns are in the catalogue, each column declared once; mentions stand in any ledger."""
    document, catalogue = facts.document, facts.context.catalogue
    anywhere = facts.signal.built_in & {IDENTITY_MENTION, EVIDENCE_REFERENCE}
    in_any_ledger = bool(anywhere) or not facts.signal.understood
    if not facts.rule.needs.requires and not facts.rule.needs.any_of and not in_any_ledger:
        yield Problem("requires-missing", document.key_place(("requires",)))
    seen: set[tuple[str, str]] = set()
    for path, ledger, columns in _declared(facts):
        if ledger not in catalogue:
            args = {"ledger": ledger, "suggestion": nearest(ledger, catalogue, 0.6)}
            yield Problem("ledger-unknown", document.key_place(path), args)
            continue
        for i, column in enumerate(columns):
            if column not in catalogue[ledger].columns:
                known = tuple(catalogue[ledger].columns)
                args = {"ledger": ledger, "column": column, "suggestion": nearest(column, known, 0.6)}
                yield Problem("column-unknown", document.place((*path, i)), args)
            elif (ledger, column) in seen:
                yield Problem("column-twice", document.place((*path, i)), {"ledger": ledger, "column": column})
            seen.add((ledger, column))


def _columns(facts: RuleFacts) -> dict[str, set[str]]:
    declared: dict[str, set[str]] = {}
    for _, ledger, columns in _declared(facts):
        declared.setdefault(ledger, set()).update(columns)
    return declared


def undeclared(facts: RuleFacts) -> Iterator[Problem]:
    """Every ledger and column read, in a term too, is declared; told once, where it is first read."""
    declared = _columns(facts)
    told: set[tuple[str, str]] = set()
    for query in facts.queries:
        yield from _undeclared_here(query, declared, told)
        for term, at in query.terms.items():
            term_facts = facts.context.terms[term]
            if not term_facts.sound:
                yield query.problem("term-broken", at, term=term)
            for ledger, columns in sorted(term_facts.columns.items()):
                missing = sorted(columns - declared.get(ledger, set()))
                if ledger in declared and not missing:
                    continue
                new = [column for column in missing or [""] if (ledger, column) not in told]
                told.update((ledger, column) for column in new)
                if new:
                    text = f"{ledger}: [{', '.join(filter(None, new))}]"
                    yield query.problem("term-reads-undeclared", at, term=term, columns=text)


def _undeclared_here(
    query: QueryFacts, declared: Mapping[str, set[str]], told: set[tuple[str, str]]
) -> Iterator[Problem]:
    for ledger, at in query.ledgers.items():
        if ledger not in declared and (ledger, "") not in told:
            told.add((ledger, ""))
            yield query.problem("ledger-undeclared", at, ledger=ledger, suggestion=f"requires: {ledger}")
    for (ledger, column), at in query.columns.items():
        if ledger in declared and column not in declared[ledger] and (ledger, column) not in told:
            told.add((ledger, column))
            suggestion = f"requires: {{{ledger}: [{column}]}}"
            yield query.problem("column-undeclared", at, column=column, ledger=ledger, suggestion=suggestion)


def unread(facts: RuleFacts) -> Iterator[Problem]:
    """Every declared ledger and column is read: what is not read must not keep a rule from running.

    Who reads `evidence_reference` reads the columns that name files.
    """
    if not all(query.understood for query in facts.queries):
        return
    read: set[tuple[str, str]] = set()
    ledgers: set[str] = set()
    for query in facts.queries:
        read.update(query.columns)
        ledgers.update(query.ledgers, (ledger for ledger, _ in query.columns))
        for term in query.terms:
            if not facts.context.terms[term].sound:
                return
            for ledger, names in facts.context.terms[term].columns.items():
                ledgers.add(ledger)
                read.update((ledger, column) for column in names)
    if any(EVIDENCE_REFERENCE in built_in for built_in in _built_in(facts)):
        for kind in facts.context.catalogue.values():
            read.update((kind.id, name) for name, c in kind.columns.items() if c.type is ColumnType.REF)
    for path, ledger, columns in _declared(facts):
        if ledger not in facts.context.catalogue:
            continue
        if ledger not in ledgers:
            yield Problem("ledger-unread", facts.document.key_place(path), {"ledger": ledger})
            continue
        for i, column in enumerate(columns):
            if column in facts.context.catalogue[ledger].columns and (ledger, column) not in read:
                args = {"ledger": ledger, "column": column}
                yield Problem("column-unread", facts.document.place((*path, i)), args)


def _built_in(facts: RuleFacts) -> Iterator[frozenset[str]]:
    """The built-in relations that each query, and each term that it names, reads."""
    for query in facts.queries:
        yield query.built_in
        yield from (facts.context.terms[term].built_in for term in query.terms)


def parameters(facts: RuleFacts) -> Iterator[Problem]:
    """The declared parameters are exactly those used: in the queries, in terms, in the message."""
    rule, document = facts.rule, facts.document
    known = facts.context.parameters
    for i, name in enumerate(rule.parameters):
        place = document.place(("parameters", i))
        if name not in known:
            args = {"parameter": name, "suggestion": nearest(name, known)}
            yield Problem("parameter-unknown", place, args)
        elif rule.parameters.index(name) != i:
            yield Problem("parameter-twice", place, {"parameter": name})
    used: set[str] = set()
    for query in facts.queries:
        for name, at in query.placeholders.items():
            if name in known and name not in rule.parameters and name not in used:
                yield query.problem("parameter-undeclared", at, parameter=name)
            used.add(name)
        for term, at in query.terms.items():
            for name in sorted(facts.context.terms[term].parameters):
                if name not in rule.parameters and name not in used:
                    yield query.problem("parameter-undeclared", at, parameter=name)
                used.add(name)
    if not all(query.understood for query in facts.queries):
        return
    for i, name in enumerate(rule.parameters):
        in_message = any("{" + name + "}" in rule.message.in_(lang) for lang in ("zh", "en"))
        if name in known and name not in used and not in_message:
            yield Problem("parameter-unused", document.place(("parameters", i)), {"parameter": name})


def dated(facts: RuleFacts) -> Iterator[Problem]:
    """Where a signal is about a month, a parameter that changes in time is that of the month: AS_OF."""
    if not facts.rule.has_period:
        return
    told: set[str] = set()
    for query in facts.queries:
        for name, at in query.undated.items():
            yield query.problem("parameter-not-as-of", at, parameter=name)
            told.add(name)
        for term, at in query.terms.items():
            for name in sorted(facts.context.terms[term].undated - told):
                yield query.problem("parameter-not-as-of", at, parameter=name)
                told.add(name)
