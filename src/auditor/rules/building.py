"""From the validated form of a file to the frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from auditor.documents import Document
from auditor.profile import plain
from auditor.rules.model import (
    Basis,
    Case,
    Covers,
    EvidenceQuery,
    FalsePositive,
    NeededSignals,
    Needs,
    Parameter,
    ParameterValue,
    Rule,
    RunsIf,
    Term,
    Text,
    Violation,
)
from auditor.rules.schema import CaseFile, ParameterFile, RuleFile, TermFile, TestsFile, TextFile, ViolationFile


def _text(raw: TextFile) -> Text:
    return Text(raw.zh.strip(), raw.en.strip())


def _ledgers(raw: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({ledger: tuple(columns) for ledger, columns in raw.items()})


def _case(raw: CaseFile, tests: TestsFile) -> Case:
    period = raw.period or tests.period
    return Case(
        name=raw.name,
        says=raw.says,
        as_of=raw.as_of or tests.as_of,
        period_from=period.first if period is not None else None,
        period_to=period.last if period is not None else None,
        county=raw.county if raw.county is not None else tests.county,
        parameters=MappingProxyType({name: many[0].value for name, many in raw.parameters.items() if plain(many)}),
        dated=MappingProxyType(
            {name: tuple(v.built() for v in many) for name, many in raw.parameters.items() if not plain(many)}
        ),
        ledgers=MappingProxyType(dict(raw.ledgers)),
        files=raw.files,
        must_fire=tuple(raw.must_fire),
        must_not_fire=tuple(raw.must_not_fire),
        not_run=raw.not_run,
        gaps=tuple(raw.gaps) if raw.gaps is not None else None,
    )


def build_rule(raw: RuleFile, document: Document) -> Rule:
    """The rule of a validated file."""
    covers = raw.covers
    return Rule(
        id=raw.id,
        version=raw.version,
        status=raw.status,
        title=_text(raw.title),
        violation=raw.violation,
        severity=raw.severity,
        basis=tuple(
            Basis(b.instrument, b.article, b.words, b.in_force_from, b.in_force_to, b.checked_by) for b in raw.basis
        ),
        needs=Needs(_ledgers(raw.requires), tuple(_ledgers(group) for group in raw.any_of), _ledgers(raw.optional)),
        covers=Covers(covers.ledger, tuple(covers.unit), covers.gaps) if covers is not None else None,
        parameters=tuple(raw.parameters),
        subject=raw.signal.subject,
        grain=raw.signal.grain,
        money=raw.signal.money,
        query=raw.signal.query,
        evidence=tuple(EvidenceQuery(e.ledger, e.where, tuple(e.show)) for e in raw.evidence),
        message=_text(raw.message),
        false_positives=tuple(
            FalsePositive(_text(f.what), f.handled, f.case, _text(f.ask) if f.ask is not None else None)
            for f in raw.false_positives
        ),
        blind_spots=tuple(_text(item) for item in raw.blind_spots),
        verify=tuple(_text(item) for item in raw.verify),
        cases=tuple(_case(case, raw.tests) for case in raw.tests.cases),
        document=document,
        needs_signals=NeededSignals(tuple(raw.needs_signals), tuple(tuple(group) for group in raw.any_signals)),
        runs_if=RunsIf(raw.runs_if.query, _text(raw.runs_if.otherwise)) if raw.runs_if is not None else None,
    )


def build_term(raw: TermFile, document: Document) -> Term:
    """The term of a validated file."""
    return Term(raw.id, _text(raw.says), raw.query, document)


def build_parameter(raw: ParameterFile, document: Document) -> Parameter:
    """The parameter of a validated file."""
    values = tuple(
        ParameterValue(v.value, v.valid_from, v.valid_to, v.instrument, v.article, v.checked_by, v.regime)
        for v in raw.values
    )
    return Parameter(raw.id, raw.type, _text(raw.title), raw.unit, values, document)


def build_violation(raw: ViolationFile) -> Violation:
    """The violation of a validated entry."""
    return Violation(raw.id, Text(raw.zh.strip(), raw.en.strip()), tuple(raw.groups))
