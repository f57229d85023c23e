"""Lints of a rule's own tests: the cases parse, speak of known ledgers, and both fire and stay silent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.documents import Path
from auditor.errors import Problem
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import Case
from auditor.rules.parameters import of_type, series_arguments, series_problems
from auditor.rules.persona import expand, personas
from auditor.rules.suggesting import nearest
from auditor.rules.tabular import file_faults, parse_table

_PERIOD = re.compile(r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")


def cases(facts: RuleFacts) -> Iterator[Problem]:
    """Every case is sound; among them one that fires, and one that names whom the rule must leave alone."""
    found = facts.rule.cases
    place = facts.document.key_place(("tests", "cases"))
    if not any(case.must_fire for case in found):
        yield Problem("cases-none-fires", place)
    if not any(case.must_not_fire for case in found):
        yield Problem("cases-none-silent", place)
    names: set[str] = set()
    for i, case in enumerate(found):
        path: Path = ("tests", "cases", i)
        if case.name in names:
            yield Problem("case-twice", facts.document.place((*path, "name")), {"case": case.name})
        names.add(case.name)
        yield from _expectations(facts, path, case)
        yield from _nobody(facts, path, case)
        yield from _parameters(facts, path, case)
        yield from _tables(facts, path, case)
        yield from _files(facts, path, case)
        yield from _personas(facts, path, case)


def _expectations(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    document = facts.document
    if case.not_run and case.must_fire:
        yield Problem("case-not-run-fires", document.place((*path, "must_fire")), {"case": case.name})
    if not case.must_fire and not case.must_not_fire and not case.not_run and case.gaps is None:
        yield Problem("case-expects-nothing", document.place(path), {"case": case.name})
    if case.gaps is not None and facts.rule.covers is None:
        yield Problem("case-gaps-without-covers", document.key_place((*path, "gaps")), {"case": case.name})
    if case.period_from is not None and case.period_to is not None and case.period_from > case.period_to:
        yield Problem("period-reversed", document.place((*path, "period")))
    for key, expected in (("must_fire", case.must_fire), ("must_not_fire", case.must_not_fire)):
        for i, text in enumerate(expected):
            subject, bar, period = text.partition("|")
            wants = facts.rule.has_period
            whole = bool(subject) and (bool(_PERIOD.match(period)) if bar else not wants or key == "must_not_fire")
            if not whole or (bar and not wants):
                args = {"text": text, "grain": facts.rule.grain, "form": "@甲|2022-03" if wants else "@甲"}
                yield Problem("case-expectation", document.place((*path, key, i)), args)


def _nobody(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    """A person who is expected to fire, or not to, is in the case: else the expectation says nothing."""
    there = {persona for text in case.ledgers.values() for persona in personas(text)}
    for key, expected in (("must_fire", case.must_fire), ("must_not_fire", case.must_not_fire)):
        for i, text in enumerate(expected):
            for persona in personas(text):
                if persona not in there:
                    args = {"persona": persona, "case": case.name}
                    yield Problem("case-nobody", facts.document.place((*path, key, i)), args)


def _parameters(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    known = facts.context.parameters
    for name, text in case.parameters.items():
        if name not in known:
            args = {"parameter": name, "suggestion": nearest(name, known)}
            yield Problem("parameter-unknown", facts.document.key_place((*path, "parameters", name)), args)
        elif not of_type(known[name], text):
            args = {"parameter": name, "type": known[name].type, "text": text[:60]}
            yield Problem("parameter-type", facts.document.place((*path, "parameters", name)), args)
    for name, values in case.dated.items():
        if name not in known:
            args = {"parameter": name, "suggestion": nearest(name, known)}
            yield Problem("parameter-unknown", facts.document.key_place((*path, "parameters", name)), args)
            continue
        for inner, code in series_problems(values, known[name].type):
            args = series_arguments(values[int(inner[0])], known[name])
            yield Problem(code, facts.document.place((*path, "parameters", name, *inner)), args)


def _tables(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    document, catalogue = facts.document, facts.context.catalogue
    for ledger, text in case.ledgers.items():
        here: Path = (*path, "ledgers", ledger)
        if ledger not in catalogue:
            args = {"ledger": ledger, "suggestion": nearest(ledger, catalogue, 0.6)}
            yield Problem("ledger-unknown", document.key_place(here), args)
            continue
        table = parse_table(text)
        for fault in table.faults:
            yield Problem(fault.code, document.inside(here, fault.line, fault.column), fault.args)
        if not table.rows:
            continue
        known = tuple(catalogue[ledger].columns)
        header = table.rows[0]
        for i, (column, at) in enumerate(zip(header, table.header_columns, strict=True)):
            place = document.inside(here, table.lines[0], at)
            if column not in known:
                args = {"ledger": ledger, "column": column, "suggestion": nearest(column, known, 0.6)}
                yield Problem("column-unknown", place, args)
            elif header.index(column) != i:
                yield Problem("column-twice", place, {"ledger": ledger, "column": column})


def _files(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    if case.files is None:
        return
    table = parse_table(case.files)
    for fault in (*table.faults, *(file_faults(table) if table.rows else ())):
        yield Problem(fault.code, facts.document.inside((*path, "files"), fault.line, fault.column), fault.args)


def _personas(facts: RuleFacts, path: Path, case: Case) -> Iterator[Problem]:
    """One person is written one way, and no two share a number (a birth date leaves but few numbers to give)."""
    texts = [*case.ledgers.values(), case.files or "", *case.must_fire, *case.must_not_fire, *(case.gaps or ())]
    written: dict[str, str] = {}
    numbers: dict[str, str] = {}
    place = facts.document.place((*path, "ledgers"))
    for persona in dict.fromkeys(found for text in texts for found in personas(text)):
        try:
            number = expand(persona)
        except ValueError:
            continue  # told where it stands, by the table
        name = persona.split("/", 1)[0]
        if written.setdefault(name, persona) != persona:
            yield Problem("persona-two-ways", place, {"one": written[name], "other": persona, "case": case.name})
        elif numbers.setdefault(number, persona) != persona:
            yield Problem("persona-clash", place, {"one": numbers[number], "other": persona, "case": case.name})
