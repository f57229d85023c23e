"""Records, services, subsidies, cooperation, rectification, privacy: strong on a grave signal, a clue on any other."""

from __future__ import annotations

import pytest
from tests.inference.signs import RULES, sign

from auditor.inference import ConclusionSet, Grade, infer, load_conclusions
from auditor.ledgers.resources import resource_dir

GROUPS = [
    ("records", "DS", "person"),
    ("services", "SV", "person"),
    ("services", "SV", "household"),
    ("subsidy", "TS", "person"),
    ("subsidy", "IS", "person"),
    ("subsidy", "LN", "person"),
    ("subsidy", "LN", "loan"),
    ("cooperation", "LC", "person"),
    ("rectification", "RC", "issue"),
    ("privacy", "PV", "provider"),
]


@pytest.fixture(scope="module")
def catalogue() -> ConclusionSet:
    return load_conclusions(resource_dir("rules") / "findings", RULES)


@pytest.mark.parametrize(("violation", "group", "kind"), GROUPS)
@pytest.mark.parametrize(
    ("severity", "grade"),
    [("critical", Grade.STRONG), ("high", Grade.STRONG), ("medium", Grade.CLUE), ("low", Grade.CLUE)],
)
def test_the_grade_follows_the_gravest_signal_of_the_group(
    catalogue: ConclusionSet, violation: str, group: str, kind: str, severity: str, grade: Grade
) -> None:
    signals = [sign(f"{group}01", "x1", None, "low", kind), sign(f"{group}01", "x1", None, severity, kind)]
    (outcome,) = infer(signals, catalogue).outcomes
    assert (outcome.violation, outcome.subject.kind, outcome.subject.id) == (violation, kind, "x1")
    assert outcome.grade is grade


def test_signals_of_the_three_kinds_of_subsidy_are_one_finding(catalogue: ConclusionSet) -> None:
    signals = [
        sign("TS03", severity="medium"),
        sign("IS01", month="2022-03", severity="high"),
        sign("LN02", severity="medium"),
        sign("GP08", month="2022-03", severity="high"),
    ]
    found = {outcome.violation: outcome for outcome in infer(signals, catalogue).outcomes}
    assert set(found) == {"subsidy", "ghost_payroll"}
    assert found["subsidy"].grade is Grade.STRONG
    keys = {key for fired in found["subsidy"].fired for key in fired.signals}
    assert keys == {signal.key for signal in signals[:3]}


def test_groups_stay_apart(catalogue: ConclusionSet) -> None:
    signals = [sign("DS01", severity="medium"), sign("LC01", severity="high"), sign("SV02", severity="medium")]
    grades = {outcome.violation: outcome.grade for outcome in infer(signals, catalogue).outcomes}
    assert grades == {"records": Grade.CLUE, "cooperation": Grade.STRONG, "services": Grade.CLUE}
