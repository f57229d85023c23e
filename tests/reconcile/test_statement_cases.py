"""The cases inside the statement files, and what the runner of cases says when they do not hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from auditor.ledgers import default_catalogue
from auditor.reconcile import run_statement_cases
from auditor.rules import RuleSet, StatementRule, default_folders, load_rules
from auditor.tables import DuckEngine
from auditor.trials import CaseResult

_SHIPPED = load_rules(default_folders(), default_catalogue()).ruleset


def run(statement: StatementRule, ruleset: RuleSet) -> tuple[CaseResult, ...]:
    return run_statement_cases(statement, ruleset, default_catalogue(), lambda: DuckEngine(threads=1))


@pytest.mark.parametrize("name", sorted(_SHIPPED.statements))
def test_the_cases_of_a_shipped_statement_hold(name: str) -> None:
    assert [result for result in run(_SHIPPED.statements[name], _SHIPPED) if not result.passed] == []


def test_all_sixteen_statements_ship() -> None:
    assert list(_SHIPPED.statements) == [f"RX{n:02d}" for n in (*range(1, 11), *range(21, 27))]


def test_a_wrong_expectation_is_told_by_its_figures_and_items() -> None:
    rx02 = _SHIPPED.statements["RX02"]
    case = rx02.cases[0]
    wrong = replace(
        case,
        figures=MappingProxyType({"matched": Decimal(7)}),
        items=(*(item for item in case.items or () if "丁" not in item), "left_only @甲|2022-01"),
    )
    (result,) = run(replace(rx02, cases=(wrong,)), _SHIPPED)

    assert not result.passed
    assert result.figures == ("matched 1 (7)",)
    assert result.missed == ("left_only @甲|2022-01",)
    assert len(result.extra) == 1
    assert result.extra[0].startswith("right_only ")


def test_a_statement_that_must_not_be_drawn_up_and_is_fails_its_case() -> None:
    rx02 = _SHIPPED.statements["RX02"]
    ran = replace(rx02.cases[0], given=replace(rx02.cases[0].given, not_run=True))
    missing = next(case for case in rx02.cases if case.given.not_run)
    idle = replace(missing, given=replace(missing.given, not_run=False))

    assert [result.ran_as_said for result in run(replace(rx02, cases=(ran, idle)), _SHIPPED)] == [False, False]


def test_a_query_that_the_engine_refuses_is_an_error_of_the_case() -> None:
    rx02 = _SHIPPED.statements["RX02"]
    broken = replace(rx02, left=replace(rx02.left, query=rx02.left.query.replace("payroll.name", "payroll.amount")))
    results = run(broken, _SHIPPED)

    assert {result.error for result in results if result.ran} == {"engine-failed"}
