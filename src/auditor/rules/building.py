"""From the validated form of a file to the frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from auditor.rules.schema import (
    BasisFile,
    CaseFile,
    FalsePositiveFile,
    ParameterFile,
    RuleFile,
    TermFile,
    TestsFile,
    TextFile,
    ViolationFile,
)


def built_text(raw: TextFile) -> Text:
    """A sentence in both languages."""
    return Text(raw.zh.strip(), raw.en.strip())


def built_needs(
    requires: Mapping[str, list[str]], any_of: Sequence[Mapping[str, list[str]]], optional: Mapping[str, list[str]]
) -> Needs:
    """What must be there, of what some must, and what may."""
    return Needs(_ledgers(requires), tuple(_ledgers(group) for group in any_of), _ledgers(optional))


def _ledgers(raw: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({ledger: tuple(columns) for ledger, columns in raw.items()})


def built_basis(raw: BasisFile) -> Basis:
    """A legal basis."""
    return Basis(raw.instrument, raw.article, raw.words, raw.in_force_from, raw.in_force_to, raw.checked_by)


def built_explanation(raw: FalsePositiveFile) -> FalsePositive:
    """An innocent explanation."""
    return FalsePositive(
        built_text(raw.what), raw.handled, raw.case, built_text(raw.ask) if raw.ask is not None else None
    )


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
        title=built_text(raw.title),
        violation=raw.violation,
        severity=raw.severity,
        basis=tuple(map(built_basis, raw.basis)),
        needs=built_needs(raw.requires, raw.any_of, raw.optional),
        covers=Covers(covers.ledger, tuple(covers.unit), covers.gaps) if covers is not None else None,
        parameters=tuple(raw.parameters),
        subject=raw.signal.subject,
        grain=raw.signal.grain,
        money=raw.signal.money,
        query=raw.signal.query,
        evidence=tuple(EvidenceQuery(e.ledger, e.where, tuple(e.show)) for e in raw.evidence),
        message=built_text(raw.message),
        false_positives=tuple(map(built_explanation, raw.false_positives)),
        blind_spots=tuple(built_text(item) for item in raw.blind_spots),
        verify=tuple(built_text(item) for item in raw.verify),
        cases=tuple(_case(case, raw.tests) for case in raw.tests.cases),
        document=document,
        needs_signals=NeededSignals(tuple(raw.needs_signals), tuple(tuple(group) for group in raw.any_signals)),
        runs_if=RunsIf(raw.runs_if.query, built_text(raw.runs_if.otherwise)) if raw.runs_if is not None else None,
    )


def build_term(raw: TermFile, document: Document) -> Term:
    """The term of a validated file."""
    return Term(raw.id, built_text(raw.says), raw.query, document)


def build_parameter(raw: ParameterFile, document: Document) -> Parameter:
    """The parameter of a validated file."""
    values = tuple(
        ParameterValue(v.value, v.valid_from, v.valid_to, v.instrument, v.article, v.checked_by, v.regime)
        for v in raw.values
    )
    return Parameter(raw.id, raw.type, built_text(raw.title), raw.unit, values, document)


def build_violation(raw: ViolationFile) -> Violation:
    """The violation of a validated entry."""
    return Violation(raw.id, Text(raw.zh.strip(), raw.en.strip()), tuple(raw.groups))
