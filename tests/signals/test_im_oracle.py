"""The shipped IM02, IM03, IM04 and IM08 against a reading of the catalogue by hand, on random small counties."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from random import Random
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.signals.county import linked
from tests.signals.im_oracle import County, Row, signals

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, person_number
from auditor.signals import run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

INVALID = ("500299197603011233", "50029919760301123")
VALID = tuple(person_number(name) for name in "甲乙丙丁戊己庚辛")
_PEOPLE = (*VALID, *INVALID, "")
_NAMES = (*("张三",) * 30, "李四", "")  # most agree: over many ledgers one slip is enough
_HOLDERS = ("张三", "张三", "张三", "李四", "")
_MONTHS = ("2021-11", "2021-12", "2022-01", "2022-01", "2022-02", "2022-03", "")
_ACCOUNTS = (*(f"6200000{number}" for number in range(8)), "")
_PHONES = (*(f"1390000000{number}" for number in range(8)), "")
_AMOUNTS = ("600", "600", "600", "0.01", "0", "-600", "")
_VALUES: dict[str, dict[str, tuple[str, ...]]] = {
    "payroll": {"name": _NAMES, "month": _MONTHS, "amount": _AMOUNTS, "account_no": _ACCOUNTS},
    "workshop_payroll": {"name": _NAMES, "month": _MONTHS, "amount": _AMOUNTS, "account_no": _ACCOUNTS},
    "transport_subsidy": {
        "name": _NAMES,
        "year": ("2020", "2021", "2022", "2023", ""),
        "amount": _AMOUNTS,
        "account_no": _ACCOUNTS,
    },
    "bank_payments": {"account_no": _ACCOUNTS, "account_name": _HOLDERS, "status": ("成功", "成功", "失败", "")},
    "posts": {"name": _NAMES, "phone": _PHONES, "approver_id": _PEOPLE, "approver": _NAMES},
    "workshop_workers": {"name": _NAMES, "phone": _PHONES},
    "migrant_work": {"name": _NAMES, "phone": _PHONES},
    "businesses": {"owner_id": _PEOPLE, "owner": _NAMES},
    "relatives": {"official_id": _PEOPLE, "official": _NAMES, "relative_id": _PEOPLE, "relative": _NAMES},
}
_OF_NOBODY = frozenset({"bank_payments", "businesses", "relatives"})
PERIODS = (
    Period(date(2021, 12, 1), date(2022, 2, 1)),
    Period(date(2022, 1, 1), date(2022, 2, 1)),
)


def _county(seed: int, most: int) -> dict[str, list[Row]]:
    """A county that follows from its arguments; now and then a ledger is absent."""
    chance = Random(seed)
    county: dict[str, list[Row]] = {}
    for ledger, values in _VALUES.items():
        if chance.random() < 0.2:
            continue
        county[ledger] = [
            ({} if ledger in _OF_NOBODY else {"person_id": chance.choice(_PEOPLE)})
            | {column: chance.choice(choices) for column, choices in values.items()}
            for _ in range(chance.choice((0, most, most)))
        ]
    return county


counties: st.SearchStrategy[dict[str, list[Row]]] = st.builds(_county, st.integers(0, 2**32), st.integers(8, 24))


def _load(county: County, engine: DuckEngine) -> Tables:
    catalogue, readings = default_catalogue(), []
    for ledger, rows in county.items():
        header = [*(() if ledger in _OF_NOBODY else ("person_id",)), *_VALUES[ledger]]
        readings.append(case_reading(catalogue[ledger], [header, *([row[name] for name in header] for row in rows)]))
    return build_tables(readings, catalogue, engine)


@pytest.fixture(scope="session")
def four(shipped: RuleSet) -> RuleSet:
    rules = {name: shipped.rules[name] for name in ("IM02", "IM03", "IM04", "IM08")}
    return replace(shipped, rules=MappingProxyType(rules))


@given(county=counties, period=st.sampled_from(PERIODS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(
    four: RuleSet, engine: DuckEngine, county: County, period: Period
) -> None:
    profile = Profile(as_of=date(2022, 12, 31), period=period)
    tables = _load(county, engine)
    run = run_rules(four, tables, profile)
    found = [(signal.rule, signal.subject.id) for signal in run.signals]
    for rule in {rule for rule, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one person"
    assert set(found) == set(signals(linked(county, tables), profile, set(VALID)))
    for signal in run.signals:
        assert signal.evidence
        assert not re.search(r"\d{8}|[{}]", "".join(signal.message.values()))
