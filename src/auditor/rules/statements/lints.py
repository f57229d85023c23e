"""The lints of a statement: what its queries read is declared, what they give is what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from auditor.documents import Document, Path
from auditor.errors import Problem
from auditor.rules.lints import needs
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import Rule, RunsIf, Text
from auditor.rules.queries import Context, QueryFacts, check_query
from auditor.rules.statements.model import SIDES, StatementRule
from auditor.rules.suggesting import nearest
from auditor.rules.tabular import file_faults, parse_table

FIGURES = (
    "matched", "different", "left_only", "right_only", "duplicates", "rows_left", "rows_right", "unkeyed_left",
    "unkeyed_right", "people_left", "people_right", "amount_left", "amount_right", "amount_difference",
)  # fmt: skip
STANDINGS = ("different", "left_only", "right_only")
_ID = re.compile(r"^RX[0-9]{2,4}$")
_NOTHING = Text("…", "…")


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A statement, and the meaning of its queries."""

    statement: StatementRule
    document: Document
    left: QueryFacts
    right: QueryFacts
    gaps: QueryFacts | None
    runs_if: QueryFacts | None

    @property
    def sides(self) -> tuple[tuple[str, QueryFacts], ...]:
        """Both sides by name."""
        return (SIDES[0], self.left), (SIDES[1], self.right)


def lint_statement(statement: StatementRule, context: Context) -> tuple[Problem, ...]:
    """Every mistake of the statement, in the order of their places."""
    document = statement.document
    covers = statement.covers
    facts = StatementFacts(
        statement,
        document,
        check_query(statement.left.query, document, ("left", "query"), context),
        check_query(statement.right.query, document, ("right", "query"), context),
        check_query(covers.gaps, document, ("covers", "gaps"), context) if covers is not None else None,
        check_query(statement.runs_if, document, ("runs_if", "query"), context) if statement.runs_if else None,
    )
    queries = [query for query in (facts.left, facts.right, facts.gaps, facts.runs_if) if query is not None]
    found = [problem for query in queries for problem in query.problems]
    shell = _as_rule(facts, context, queries)
    for lint in (needs.declarations, needs.undeclared, needs.unread, needs.parameters):
        found.extend(lint(shell))
    for own in (_identity, _outputs, _matching, _cases, _tables):
        found.extend(own(facts, context))
    return tuple(found)


def _as_rule(facts: StatementFacts, context: Context, queries: list[QueryFacts]) -> RuleFacts:
    """What the lints of a rule's needs look at; the other half of a rule is left empty."""
    one = facts.statement
    # A parameter that the matching names is used, though no query reads it: the message is where such names stand.
    within = f"{{{one.matching.within}}}" if one.matching is not None else ""
    rule = Rule(
        id=one.id, version=one.version, status=one.status, title=one.title, violation="", severity="", basis=one.basis,
        needs=one.needs, covers=one.covers, parameters=one.parameters, subject="", grain="", money=None,
        query=one.left.query, evidence=(), message=Text(within, within), false_positives=(), blind_spots=(), verify=(),
        cases=(), document=one.document, runs_if=RunsIf(one.right.query, _NOTHING),
    )  # fmt: skip
    return RuleFacts(rule, facts.document, context, {}, queries[0], None, tuple(queries[2:]), queries[1])


def _identity(facts: StatementFacts, _: Context) -> Iterator[Problem]:
    one, document = facts.statement, facts.document
    place = document.place(("id",))
    if not _ID.match(one.id):
        yield Problem("statement-id-form", place, {"id": one.id})
    elif PurePath(document.file).stem != one.id.lower():
        yield Problem("rule-id-file", place, {"id": one.id, "file": f"{one.id.lower()}.yaml"})
    if not one.basis:
        yield Problem("basis-missing", document.key_place(("basis",)))
    if not one.explains:
        yield Problem("false-positives-missing", document.key_place(("explains",)))
    if not one.verify:
        yield Problem("verify-missing", document.key_place(("verify",)))
    names = {case.given.name for case in one.cases}
    for i, why in enumerate(one.explains):
        if why.handled not in {"query", "coverage", "review"}:
            args = {"text": why.handled, "suggestion": nearest(why.handled, ("query", "coverage", "review"))}
            yield Problem("handled-unknown", document.place(("explains", i, "handled")), args)
        elif why.handled == "review" and why.ask is None:
            yield Problem("false-positive-no-question", document.place(("explains", i)))
        elif why.handled != "review" and why.case not in names:
            args = {"case": why.case or "", "suggestion": nearest(why.case or "", sorted(names))}
            yield Problem("case-unknown", document.place(("explains", i, "case")), args)


def _outputs(facts: StatementFacts, _: Context) -> Iterator[Problem]:
    """Each side gives the row behind, the keys, what is compared, and the money."""
    one, document = facts.statement, facts.document
    for name, query in facts.sides:
        if query.outputs is None:
            continue
        side = one.left if name == SIDES[0] else one.right
        wanted = [*one.keys, *(c.field for c in one.compared), *([one.money] if one.money is not None else [])]
        if side.ledger is not None:
            wanted.insert(0, "row_no")
        place = document.inside((name, "query"), 1, 1)
        if "" in query.outputs:
            yield Problem("output-unnamed", place, {"number": query.outputs.index("") + 1})
        for column in dict.fromkeys(wanted):
            if column not in query.outputs:
                yield Problem("output-missing", place, {"column": column})
        if ("unit" in query.outputs) is not ("unit_kind" in query.outputs):
            missing = "unit_kind" if "unit" in query.outputs else "unit"
            yield Problem("output-missing", place, {"column": missing})
    if one.covers is not None and facts.gaps is not None and facts.gaps.outputs is not None:
        wanted_gaps = (*one.covers.unit, "rows", "people")
        if sorted(facts.gaps.outputs) != sorted(wanted_gaps):
            args = {"wanted": ", ".join(wanted_gaps), "found": ", ".join(facts.gaps.outputs)}
            yield Problem("gaps-columns", document.inside(("covers", "gaps"), 1, 1), args)


def _matching(facts: StatementFacts, context: Context) -> Iterator[Problem]:
    match, document = facts.statement.matching, facts.document
    if match is None:
        return
    if match.within not in context.parameters:
        args = {"parameter": match.within, "suggestion": nearest(match.within, context.parameters)}
        yield Problem("parameter-unknown", document.place(("match", "within")), args)
    for name, query in facts.sides:
        if query.outputs is not None and match.day not in query.outputs:
            yield Problem("output-missing", document.inside((name, "query"), 1, 1), {"column": match.day})


def _cases(facts: StatementFacts, _: Context) -> Iterator[Problem]:
    """There is a case that balances everything and one with each kind of difference; figures and items are known."""
    one, document = facts.statement, facts.document
    names: set[str] = set()
    if not any(case.items for case in one.cases):
        yield Problem("statement-cases-no-item", document.key_place(("tests", "cases")))
    for i, case in enumerate(one.cases):
        path = ("tests", "cases", i)
        if case.given.name in names:
            yield Problem("case-twice", document.place((*path, "name")), {"case": case.given.name})
        names.add(case.given.name)
        if not case.figures and case.items is None and not case.given.not_run and case.gaps is None:
            yield Problem("case-expects-nothing", document.place(path), {"case": case.given.name})
        for figure in case.figures:
            if figure not in FIGURES:
                args = {"text": figure, "suggestion": nearest(figure, FIGURES)}
                yield Problem("statement-figure-unknown", document.key_place((*path, "figures", figure)), args)
        for j, item in enumerate(case.items or ()):
            standing, _space, key = item.partition(" ")
            if standing not in STANDINGS or len(key.split("|")) != len(one.keys):
                form = f"left_only {'|'.join(one.keys)}"
                yield Problem("statement-item-form", document.place((*path, "items", j)), {"text": item, "form": form})


def _tables(facts: StatementFacts, context: Context) -> Iterator[Problem]:
    document = facts.document
    for i, case in enumerate(facts.statement.cases):
        for ledger, text in case.given.ledgers.items():
            place: Path = ("tests", "cases", i, "ledgers", ledger)
            if ledger not in context.catalogue:
                args = {"ledger": ledger, "suggestion": nearest(ledger, context.catalogue, 0.6)}
                yield Problem("ledger-unknown", document.key_place(place), args)
                continue
            table = parse_table(text)
            yield from (Problem(f.code, document.inside(place, f.line, f.column), f.args) for f in table.faults)
            kind = context.catalogue[ledger]
            known = {name for c in kind.columns.values() for name in (c.name, *c.headers)}
            for column in table.rows[0] if table.rows else ():
                if column not in known:
                    args = {"ledger": ledger, "column": column, "suggestion": nearest(column, known, 0.6)}
                    yield Problem("column-unknown", document.inside(place, table.lines[0], 1), args)
        if case.given.files is not None:
            place = ("tests", "cases", i, "files")
            files = parse_table(case.given.files)
            faults = [*files.faults, *(file_faults(files) if not files.faults else ())]
            yield from (Problem(f.code, document.inside(place, f.line, f.column), f.args) for f in faults)
