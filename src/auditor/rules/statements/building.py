"""From the validated form of a statement file to the frozen value."""

from __future__ import annotations

from types import MappingProxyType

from auditor.documents import Document
from auditor.profile import plain
from auditor.rules.building import built_basis, built_explanation, built_needs, built_text
from auditor.rules.model import Case, Covers
from auditor.rules.statements.model import Compared, Matching, StatementCase, StatementRule, StatementSide
from auditor.rules.statements.schema import SideFile, StatementCaseFile, StatementFile, StatementTestsFile


def build_statement(raw: StatementFile, document: Document) -> StatementRule:
    """The statement of a validated file."""
    covers, match, runs_if = raw.covers, raw.match, raw.runs_if
    return StatementRule(
        id=raw.id,
        version=raw.version,
        status=raw.status,
        kind=raw.kind,
        title=built_text(raw.title),
        basis=tuple(map(built_basis, raw.basis)),
        needs=built_needs(raw.requires, raw.any_of, raw.optional),
        covers=Covers(covers.ledger, tuple(covers.unit), covers.gaps) if covers is not None else None,
        runs_if=runs_if.query if runs_if is not None else None,
        otherwise=built_text(runs_if.otherwise) if runs_if is not None else None,
        parameters=tuple(raw.parameters),
        keys=tuple(raw.keys),
        natural=tuple(raw.natural),
        compared=tuple(Compared(one.field, one.how) for one in raw.compare),
        money=raw.money,
        left=_side(raw.left),
        right=_side(raw.right),
        matching=Matching(match.form, match.day, match.within, match.unclaimed) if match is not None else None,
        explains=tuple(map(built_explanation, raw.explains)),
        verify=tuple(map(built_text, raw.verify)),
        cases=tuple(_case(case, raw.tests) for case in raw.tests.cases),
        document=document,
    )


def _side(raw: SideFile) -> StatementSide:
    return StatementSide(built_text(raw.title), raw.ledger, raw.query, raw.counted)


def _case(raw: StatementCaseFile, tests: StatementTestsFile) -> StatementCase:
    period = raw.period or tests.period
    given = Case(
        name=raw.name,
        says=raw.says,
        as_of=tests.day(raw),
        period_from=period.first if period is not None else None,
        period_to=period.last if period is not None else None,
        county=raw.county if raw.county is not None else tests.county,
        parameters=MappingProxyType({name: many[0].value for name, many in raw.parameters.items() if plain(many)}),
        dated=MappingProxyType(
            {name: tuple(v.built() for v in many) for name, many in raw.parameters.items() if not plain(many)}
        ),
        ledgers=MappingProxyType(dict(raw.ledgers)),
        files=raw.files,
        must_fire=(),
        must_not_fire=(),
        not_run=raw.not_run,
        gaps=None,
    )
    return StatementCase(
        given,
        MappingProxyType(dict(raw.figures)),
        tuple(raw.items) if raw.items is not None else None,
        tuple(raw.gaps) if raw.gaps is not None else None,
    )
