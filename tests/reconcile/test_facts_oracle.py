"""The shipped statements of ledgers and facts (RX21 to RX24) against a reading of the catalogue's words by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.reconcile.facts_county import AS_OF, FIRST, LAST, County, Figures, Value, county, load, payments, visits
from tests.signals.county import linked

from auditor.profile import Period, Profile
from auditor.reconcile import Reconciliation, Statement, reconcile
from auditor.relations import Relations
from auditor.rules import RuleSet
from auditor.tables import DuckEngine

_PROFILE = Profile(as_of=AS_OF, period=Period(FIRST, LAST), county="云山县")
_PAYMENTS = ("RX21", "RX22", "RX23")


def drawn(
    rows: County, shipped: RuleSet, engine: DuckEngine, *only: str, profile: Profile = _PROFILE
) -> tuple[County, Reconciliation]:
    """The county as the tables have it (rows without a number linked), and its statements."""
    tables = load(rows, engine)
    with Relations(tables, shipped, profile) as relations:
        return linked(rows, tables), reconcile(relations, only)


def figures(statement: Statement) -> Figures:
    return Figures(
        statement.matched,
        statement.different,
        statement.left_only,
        statement.right_only,
        statement.duplicates,
        statement.left.rows,
        statement.right.rows,
        statement.left.amount,
        statement.right.amount,
    )


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_figures_are_those_of_a_reading_by_hand(shipped: RuleSet, engine: DuckEngine, seed: int) -> None:
    rows, found = drawn(county(seed), shipped, engine, *_PAYMENTS, "RX24")
    expected = {**payments(rows), "RX24": visits(rows)}
    event(f"pairs: {min(sum(expected[name].matched for name in _PAYMENTS), 4)}")
    event(f"workshops that differ: {min(expected['RX24'].different, 2)}")
    assert {statement.id: figures(statement) for statement in found.statements} == expected


def _plain(**ledgers: list[Mapping[str, Value]]) -> County:
    """A county with one account, whose payroll and transport subsidy are of one sum."""
    paid: dict[str, Value] = {
        "person_id": None,
        "name": "甲",
        "account_no": "62170001",
        "amount": "300.00",
        "paid_on": date(2022, 4, 10),
    }
    received: dict[str, Value] = {
        "account_no": "62170001",
        "account_name": "甲",
        "amount": "300.00",
        "paid_on": date(2022, 4, 12),
    }
    return {
        "payroll": [{**paid, "month": date(2022, 3, 1), "employer": "云山镇", "village": None}],
        "transport_subsidy": [{**paid, "year": 2022}],
        "bank_payments": [{**received, "status": "成功"}, {**received, "status": "失败"}],
        **ledgers,
    }


def test_a_statement_that_is_switched_off_claims_all_the_same(shipped: RuleSet, engine: DuckEngine) -> None:
    off = Profile(as_of=AS_OF, period=Period(FIRST, LAST), rules_off={"RX21": "本县不查"})
    _, found = drawn(_plain(), shipped, engine, *_PAYMENTS, profile=off)
    assert found.outcomes["RX21"].statement is None
    (subsidy,) = found.statements
    assert (subsidy.id, subsidy.matched, subsidy.left_only) == ("RX23", 0, 1)


def test_only_one_of_them_asked_for_is_paired_as_with_the_others(shipped: RuleSet, engine: DuckEngine) -> None:
    _, found = drawn(_plain(), shipped, engine, "RX23")
    assert [(one.id, one.matched) for one in found.statements] == [("RX23", 0)]


def test_what_failed_is_noted_and_what_an_absent_ledger_may_claim_is_told(shipped: RuleSet, engine: DuckEngine) -> None:
    stray: dict[str, Value] = {
        "account_no": "62170009",
        "account_name": None,
        "amount": "80.00",
        "paid_on": date(2022, 4, 12),
        "status": "成功",
    }
    rows = _plain()
    _, found = drawn({**rows, "bank_payments": [*rows["bank_payments"], stray]}, shipped, engine, *_PAYMENTS)
    payroll, subsidy = found.statements
    assert (payroll.matched, payroll.right_only, payroll.right.amount) == (1, 0, Decimal(300))
    assert [(reason.code, dict(reason.args)) for reason in payroll.reservations] == [
        ("payments-unclaimed-not-judged", {"ledgers": "workshop_payroll", "rows": 1, "amount": "80.00"})
    ]
    (item,) = subsidy.items
    assert [(code, row.ledger, row.row) for code, row in item.notes] == [("payment-failed", "bank_payments", 1)]
    assert [reason.code for reason in subsidy.reservations] == ["payments-earlier-missing"]


@pytest.mark.parametrize("statement", _PAYMENTS)
def test_the_window_is_the_profiles(shipped: RuleSet, engine: DuckEngine, statement: str) -> None:
    narrow = Profile(as_of=AS_OF, period=Period(FIRST, LAST), parameters={"bank_days": "1"})
    _, found = drawn(_plain(), shipped, engine, statement, profile=narrow)
    assert sum(one.matched for one in found.statements) == 0
