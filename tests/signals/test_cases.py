"""The cases inside the rule files, and what the runner of cases says when they do not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.ledgers import default_catalogue
from auditor.rules import Rule, RuleSet, default_folders, load_rules
from auditor.signals import run_cases
from auditor.tables import DuckEngine
from auditor.trials import CaseResult

_SHIPPED = load_rules(default_folders(), default_catalogue()).ruleset


def run(rule: Rule, ruleset: RuleSet) -> tuple[CaseResult, ...]:
    return run_cases(rule, ruleset, default_catalogue(), lambda: DuckEngine(threads=1))


@pytest.mark.parametrize("name", sorted(_SHIPPED.rules))
def test_every_case_of_every_shipped_rule_holds(name: str) -> None:
    rule = _SHIPPED.rules[name]
    results = run(rule, _SHIPPED)
    assert len(results) == len(rule.cases) > 0
    assert [result for result in results if not result.passed] == []


def test_a_rule_that_fires_too_often_is_told_whom_it_accused(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    broken = replace(rule, query=rule.query.replace(">= 2", ">= 1"))
    failed = {result.name: result for result in run(broken, shipped) if not result.passed}
    assert failed["不同月份或不同人"].accused
    assert "@甲" in broken.cases[1].must_not_fire
    assert all(key.partition("|")[2] for result in failed.values() for key in result.extra)


def test_a_rule_that_stays_silent_is_told_whom_it_missed(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    broken = replace(rule, query=rule.query.replace(">= 2", ">= 9"))
    (failed,) = [result for result in run(broken, shipped) if not result.passed]
    assert failed.missed == ("@乙|2022-12", "@甲|2022-01")
    assert not failed.extra
    assert failed.ran_as_said


def test_a_rule_that_asks_for_less_than_it_needs_runs_where_it_must_not(shipped: RuleSet) -> None:
    rule = shipped.rules["GP03"]
    needs = replace(rule.needs, requires={"payroll": rule.needs.requires["payroll"]})
    (failed,) = [result for result in run(replace(rule, needs=needs), shipped) if not result.passed]
    assert (failed.name, failed.ran, failed.ran_as_said) == ("没有死亡名单", True, False)


def test_a_query_that_the_engine_refuses_fails_its_cases_and_no_more(shipped: RuleSet) -> None:
    rule = shipped.rules["GP08"]
    broken = replace(rule, query=rule.query.replace("payroll.amount", "payroll.amout"))
    results = run(broken, shipped)
    assert {result.error for result in results if result.ran and result.ran_as_said and not result.passed} == {
        "engine-failed"
    }
    assert [result.name for result in results if result.passed] == ["没有发放表"]


def test_units_reported_as_not_evaluated_are_compared_exactly(shipped: RuleSet) -> None:
    rule = shipped.rules["GP01"]
    assert rule.covers is not None
    covers = replace(rule.covers, gaps=rule.covers.gaps.replace("amount > 0", "amount < 0"))
    failed = {result.name: result for result in run(replace(rule, covers=covers), shipped) if not result.passed}
    assert failed["单位当月未报送考勤表"].gaps_missed == (
        "平湖镇|2022-03",
        "柳坝镇|2022-03",
        "福田镇|2022-01",
        "福田镇|2022-12",
    )
    assert failed["单位无从得知"].gaps_missed == ("|2022-01", "|2022-05", "|2022-07", "|2022-12")
