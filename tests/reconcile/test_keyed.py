"""Statements on keys against the catalogue's words, read by hand over random sides; and the balance that must hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.errors import EngineError
from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.reconcile import Statement, Unit, drawing, reconcile
from auditor.reconcile.keyed_figures import side_of
from auditor.relations import Relations
from auditor.rules import RuleSet, person_number
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

MARCH = date(2022, 3, 1)
PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 1, 1), date(2022, 12, 1)), county="云山县")
PEOPLE = [None, *(person_number(name) for name in "甲乙丙丁")]


class Paid(NamedTuple):
    """A row of payroll or, with days for the amount, of attendance."""

    person: str | None
    name: str | None
    employer: str | None
    month: int | None


ROWS = st.lists(
    st.builds(
        Paid,
        st.sampled_from(PEOPLE),
        st.sampled_from([None, "张三", "李四", "王五"]),
        st.sampled_from([None, "甲单位", "乙单位"]),
        st.sampled_from([None, 3, 4]),
    ),
    max_size=9,
)


def drawn(payroll: Sequence[Paid], attendance: Sequence[Paid], shipped: RuleSet, engine: DuckEngine) -> Statement:
    """RX02 of both; rows without a number have names that link them to nobody."""
    catalogue = default_catalogue()
    sides = []
    for ledger, figure, rows in (("payroll", "amount", payroll), ("attendance", "days_present", attendance)):
        texts = [["person_id", "name", "employer", "month", figure]]
        for row in rows:
            month = "" if row.month is None else f"2022-{row.month:02d}"
            texts.append([row.person or "", _unlinked(row), row.employer or "", month, "10"])
        sides.append(case_reading(catalogue[ledger], texts))
    tables = build_tables(sides, catalogue, engine)
    with Relations(tables, shipped, PROFILE) as relations:
        (statement,) = reconcile(relations, ("RX02",), everything=True).statements
    return statement


def _unlinked(row: Paid) -> str:
    return "无名" if row.person is None else row.name or ""


def _side(rows: Sequence[Paid]) -> dict[tuple[str, int], list[Paid]]:
    grouped: dict[tuple[str, int], list[Paid]] = defaultdict(list)
    for row in rows:
        if row.person is not None and row.month is not None:
            grouped[row.person, row.month].append(row)
    return grouped


def _agree(left: Sequence[Paid], right: Sequence[Paid]) -> bool:
    one, other = ({row.name for row in rows if row.name} for rows in (left, right))
    return not one or not other or bool(one & other)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
@example([], [])
@example([Paid(PEOPLE[1], n, None, 3) for n in ("张三", "李四", "王五")], [Paid(PEOPLE[1], "李四", None, 3)])
def test_rx02_is_what_the_catalogue_says(
    shipped: RuleSet, engine: DuckEngine, payroll: list[Paid], attendance: list[Paid]
) -> None:
    left, right = _side(payroll), _side(attendance)
    both = left.keys() & right.keys()
    matched = {key for key in both if _agree(left[key], right[key])}
    found = drawn(payroll, attendance, shipped, engine)

    assert found.matched == len(matched)
    assert found.different == len(both - matched)
    assert found.left_only == len(left.keys() - right.keys())
    assert found.right_only == len(right.keys() - left.keys())
    twice = {key for key in left.keys() | right.keys() if len(left.get(key, ())) > 1 or len(right.get(key, ())) > 1}
    assert found.duplicates == len(twice)
    assert (found.left.rows, found.right.rows) == (sum(map(len, left.values())), sum(map(len, right.values())))
    assert len(found.left.unkeyed) == len(payroll) - found.left.rows
    assert len(found.right.unkeyed) == len(attendance) - found.right.rows
    by_key = {item.key: item for item in found.items}
    assert len(by_key) == len(found.items) == len(left.keys() | right.keys())
    for key in left.keys() | right.keys():
        item = by_key[key[0], f"2022-{key[1]:02d}"]
        assert len(item.left) == len(left.get(key, ()))
        assert len(item.right) == len(right.get(key, ()))
        assert item.duplicate == (key in twice)
        assert bool(item.differences) == (key in both - matched)
        named = sorted(row.employer for row in left.get(key, ()) if row.employer) or sorted(
            row.employer for row in right.get(key, ()) if row.employer
        )
        assert item.unit == (Unit("employer", named[0]) if named else Unit("county", "云山县", "云山县"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([Paid(PEOPLE[n % 4], f"人{n % 3}", None, 3 + n % 2) for n in range(8)]))
def test_the_order_of_rows_changes_no_figure(shipped: RuleSet, engine: DuckEngine, rows: list[Paid]) -> None:
    plain = drawn(sorted(rows, key=str), rows[:3], shipped, engine)
    turned = drawn(rows, rows[:3], shipped, engine)

    assert [(item.key, item.standing, item.differences) for item in turned.items] == [
        (item.key, item.standing, item.differences) for item in plain.items
    ]
    assert turned.tallies == plain.tallies


@pytest.mark.parametrize(
    ("wage", "paid", "equal"), [("600", "600.01", True), ("600", "600.02", False), ("", "600", True)]
)
def test_money_within_a_cent_is_equal_and_an_empty_wage_never_differs(
    shipped: RuleSet, engine: DuckEngine, wage: str, paid: str, equal: bool
) -> None:
    catalogue, person = default_catalogue(), str(PEOPLE[1])
    posts = [["person_id", "name", "employer", "hired_on", "monthly_wage"], [person, "张三", "甲", "2022-03-01", wage]]
    payroll = [["person_id", "name", "employer", "month", "amount"], [person, "张三", "甲", "2022-03", paid]]
    readings = [case_reading(catalogue[name], rows) for name, rows in (("posts", posts), ("payroll", payroll))]
    with Relations(build_tables(readings, catalogue, engine), shipped, PROFILE) as relations:
        (statement,) = reconcile(relations, ("RX01",)).statements

    assert (statement.matched, statement.different) == ((1, 0) if equal else (0, 1))
    assert statement.right.amount == Decimal(paid)


def test_a_statement_that_does_not_balance_is_an_error_and_no_report(
    shipped: RuleSet, engine: DuckEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Paid(PEOPLE[1], "张三", None, 3), Paid(PEOPLE[2], "李四", None, 3)]
    assert drawn(rows, rows, shipped, engine).matched == len(rows)

    monkeypatch.setattr(drawing, "side_of", lambda *args: replace(side_of(*args), rows=len(rows) + 1))
    with pytest.raises(EngineError) as caught:
        drawn(rows, rows, shipped, engine)
    assert {problem.code for problem in caught.value.problems} == {"statement-unbalanced"}
    assert {problem.args["figure"] for problem in caught.value.problems} == {"rows left", "rows right"}


def test_an_absent_ledger_and_one_switched_off_are_no_empty_ones(shipped: RuleSet, engine: DuckEngine) -> None:
    catalogue = default_catalogue()
    payroll = case_reading(catalogue["payroll"], [["person_id", "name", "month", "amount"]])
    attendance = case_reading(catalogue["attendance"], [["person_id", "name", "month", "days_present"]])
    with Relations(build_tables([payroll], catalogue, engine), shipped, PROFILE) as relations:
        outcome = reconcile(relations, ("RX02",)).outcomes["RX02"]
    assert outcome.statement is None
    assert [(reason.code, reason.args) for reason in outcome.reasons] == [
        ("rule-ledger-missing", {"ledger": "attendance"})
    ]
    both = build_tables([payroll, attendance], catalogue, engine)
    with Relations(both, shipped, replace(PROFILE, rules_off=MappingProxyType({"RX02": "试点"}))) as relations:
        assert reconcile(relations, ("RX02",)).outcomes["RX02"].statement is None
    with Relations(both, shipped, PROFILE) as relations:
        (empty,) = reconcile(relations, ("RX02",)).statements
    assert (empty.matched, empty.left.rows, empty.items) == (0, 0, ())


def test_nothing_of_a_statement_stays_in_the_engine(shipped: RuleSet, engine: DuckEngine) -> None:
    drawn([Paid(PEOPLE[1], "张三", None, 3)], [], shipped, engine)

    names = engine.query("SELECT table_name FROM information_schema.tables").column("table_name").to_pylist()
    assert [name for name in names if str(name).startswith("statement_")] == []
    assert isinstance(engine.query("SELECT 1 AS one"), pa.Table)
