"""The shipped GP and WG rules against a reading of the catalogue by hand, on random small counties."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, event, given, settings
from tests.signals.county import County, counties, linked, load, profiles
from tests.signals.oracle import Reader

from auditor.profile import Profile
from auditor.rules import RuleSet
from auditor.signals import run_rules
from auditor.tables import DuckEngine


@pytest.fixture(scope="session")
def gp_and_wg(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if rule.group in {"GP", "WG"}}
    assert len(rules) == 13
    return replace(shipped, rules=MappingProxyType(rules))


@given(county=counties, profile=profiles)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(
    gp_and_wg: RuleSet, engine: DuckEngine, county: County, profile: Profile
) -> None:
    tables = load(county, engine)
    run = run_rules(gp_and_wg, tables, profile)
    found = [(s.rule, s.subject.id, s.period) for s in run.signals]
    for rule in {rule for rule, _, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one grain"
    assert set(found) == set(Reader(linked(county, tables), profile).signals())
    for signal in run.signals:
        assert signal.evidence
        assert not re.search(r"\d{17}|[{}]", "".join(signal.message.values()))
