"""The DS, SV, TS, IS, LN, PV, RC and LC rules against a reading of the catalogue by hand, on random small counties."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.signals.county import linked
from tests.signals.duties_county import AUDITED, county_of, load
from tests.signals.duties_reader import Reader

from auditor.profile import Period, Profile
from auditor.rules import RuleSet
from auditor.signals import RunStatus, run_rules
from auditor.tables import DuckEngine

_HERE = re.compile(r"DS|SV|TS|IS|LN|PV|RC0[13]|LC0[12]")
_GIVEN = {
    "verify_from": "2022-02-01",
    "service_from": "2022-02-01",
    "service_to": "2022-03-31",
    "min_jobs": "3",
    "subsidy_days": "30",
    "subsidy_cap": "800",
}
_PROFILES: st.SearchStrategy[Profile] = st.builds(
    lambda as_of, first, parameters: Profile(
        as_of=as_of, period=Period(first, date(2022, 3, 1)), parameters={**_GIVEN, **parameters}
    ),
    st.sampled_from(AUDITED),
    st.sampled_from([date(2022, 1, 1), date(2021, 12, 1)]),
    st.sampled_from(
        [
            {},
            {"service_to": "2022-03-30", "min_jobs": "2", "subsidy_cap": "400"},
            {"verify_from": "2022-03-31", "subsidy_days": "28", "subsidy_cap": "199.99", "min_jobs": "1"},
        ]
    ),
)


@pytest.fixture(scope="session")
def duties(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if _HERE.match(name)}
    assert len(rules) == 22
    return replace(shipped, rules=MappingProxyType(rules))


@given(seed=st.integers(0, 2**32), profile=_PROFILES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(
    duties: RuleSet, engine: DuckEngine, seed: int, profile: Profile
) -> None:
    county = county_of(seed)
    tables = load(county, engine)
    run = run_rules(duties, tables, profile)
    found = [(s.rule, s.subject.id, s.period) for s in run.signals]
    for rule in {rule for rule, _, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one grain"
    reader = Reader(linked(county, tables), profile)
    assert set(found) == set(reader.signals())
    for rule in duties.rules:
        assert (run.outcomes[rule].status is not RunStatus.NOT_RUN) is reader.runs(rule), rule
    for signal in run.signals:
        assert signal.evidence
        assert not re.search(r"\d{17}|[{}]", "".join(signal.message.values()))


def test_a_provider_is_judged_without_services_and_the_coverage_says_what_was_not_looked_at(
    duties: RuleSet, engine: DuckEngine
) -> None:
    tables = load({"providers": [{"provider": "甲公司", "agreement": "否", "expires_on": None}]}, engine)
    run = run_rules(duties, tables, Profile(as_of=AUDITED[0], period=Period(date(2022, 1, 1), date(2022, 3, 1))))
    assert [(signal.rule, signal.subject.id) for signal in run.signals] == [("PV01", "甲公司")]
    assert [reason.args["ledger"] for reason in run.outcomes["PV01"].reservations] == ["services"]
