"""The TG rules against a reading of the catalogue by hand, on random small counties.

The reader is written from the words of the rule catalogue and shares nothing with the queries. A row without a number
may be one more person: nothing is said that it could make untrue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from auditor.ledgers import default_catalogue
from auditor.profile import Profile, default_period
from auditor.rules import RuleSet, person_number
from auditor.signals import RunStatus, run_rules
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, str]
County: TypeAlias = Mapping[str, Sequence[Row]]
Found: TypeAlias = tuple[str, str, str | None]

AS_OF, COUNTY = date(2022, 12, 31), "云山县"
_PEOPLE = [person_number(name) for name in "甲乙丙丁戊"]
_TOWNSHIPS = ("云山镇", "云山镇", "平湖镇", "")
_AREAS = ("云山县", "云山镇", "云山 镇", "平湖镇", "石坝镇", "渝东片区")
_WORK, _POSTS, _SHOPS = "务工规模", "公益性岗位在岗规模", "帮扶车间吸纳人数"
_WEEKS = [date(2022, 12, 11) + timedelta(days=days) for days in (0, 6, 7, 8, 14)]
_HIRED = ("", "2021-05-01", "2021-05-01", "2022-12-11", "2022-12-18", "2022-12-31", "2023-01-01")
_LEFT = ("", "", "", "2022-12-10", "2022-12-18", "2022-12-30", "2022-12-31")
_COUNTS = ("0", "1", "2", "3", "")


def _county(seed: int) -> County:
    random = Random(seed)

    def person(ledger: str, number: int) -> dict[str, str]:
        if random.random() < 0.12:
            return {"person_id": "", "name": f"无号{ledger}{number}"}  # a name that nobody else has: linked to nobody
        who = random.randrange(len(_PEOPLE))
        return {"person_id": _PEOPLE[who], "name": f"第{who}"}

    def rows(ledger: str, most: int, **columns: Sequence[str]) -> Sequence[Row]:
        numbers = range(random.randrange(most))
        drawn = [{name: random.choice(values) for name, values in columns.items()} for _ in numbers]
        if ledger in {"roster", "posts", "workshop_workers", "officials"}:
            return [{**person(ledger, number), **row} for number, row in zip(numbers, drawn, strict=True)]
        return drawn

    span = {"hired_on": _HIRED, "left_on": _LEFT}
    indicators = (_WORK, _POSTS, _SHOPS)
    weeks = [day.isoformat() for day in _WEEKS]
    county = {
        "roster": rows("roster", 7, township=_TOWNSHIPS, employed=("是", "是", "否", "")),
        "posts": rows("posts", 7, township=_TOWNSHIPS, **span),
        "workshops": rows("workshops", 4, workshop_id=("C1", "C2"), township=_TOWNSHIPS),
        "workshop_workers": rows(
            "workshop_workers", 7, workshop_id=("C1", "C2", "C3"), poverty=("是", "是", "否", ""), **span
        ),
        "officials": rows("officials", 2, township=("石坝镇", "")),
        "targets": rows("targets", 9, area=_AREAS, indicator=indicators, year=("2022", "2022", "2021"), target=_COUNTS),
        "weekly_dispatch": rows(
            "weekly_dispatch", 20, area=_AREAS, indicator=indicators[1:], week_ending=weeks, value=_COUNTS
        ),
    }
    absent = random.choice([(), (), (), ("roster",), ("posts",), ("workshop_workers",), ("workshops",)])
    return {name: found for name, found in county.items() if name not in absent and found}


class _Reader:
    def __init__(self, county: County) -> None:
        self.given = county
        self.county = {name: county.get(name, []) for name in default_catalogue()}

    def known(self) -> set[str]:
        ledgers = ("roster", "posts", "workshops", "officials")
        return {row["township"] for name in ledgers for row in self.county[name]} - {""}

    def tells_townships(self, ledger: str) -> bool:
        return any(row["township"] for row in self.county[ledger])

    def tested(self, area: str, ledger: str) -> bool:
        return area == COUNTY or (area in self.known() and self.tells_townships(ledger))

    def count(self, area: str, indicator: str, day: date) -> tuple[int, int]:
        """The fewest and the most different people there can be."""
        sure: set[str] = set()
        perhaps: set[str] = set()
        ledger = {_WORK: "roster", _POSTS: "posts", _SHOPS: "workshop_workers"}[indicator]
        for number, row in enumerate(self.county[ledger]):
            if indicator == _WORK:
                there = {row["township"]} if row["employed"] == "是" else None
                doubt = False
            else:
                active = (row["hired_on"] or "0") <= day.isoformat() <= (row["left_on"] or "9")
                shops = [s["township"] for s in self.county["workshops"] if s["workshop_id"] == row.get("workshop_id")]
                there = ({row["township"]} if indicator == _POSTS else set(shops)) if active else None
                doubt = False
            if indicator == _SHOPS and there is not None:
                poor = self.poor(row)
                there, doubt = (None, False) if poor is False else (there, poor is None)
            if there is None or (area != COUNTY and area not in there):
                continue
            perhaps.add(row["person_id"] or f"#{number}")
            if row["person_id"] and not doubt:
                sure.add(row["person_id"])
        return len(sure), len(perhaps)

    def poor(self, row: Row) -> bool | None:
        if row["poverty"]:
            return row["poverty"] == "是"
        if not row["person_id"] or not self.county["roster"]:
            return None
        return any(one["person_id"] == row["person_id"] for one in self.county["roster"])

    def signals(self) -> Iterator[Found]:
        for rule, indicator, ledger, register in (
            ("TG01", _WORK, "roster", "roster"),
            ("TG02", _POSTS, "posts", "posts"),
            ("TG03", _SHOPS, "workshop_workers", "workshops"),
        ):
            for row in self.county["targets"] if ledger in self.given else []:
                area = row["area"].replace(" ", "")
                asked = row["indicator"] == indicator and row["year"] == "2022" and self.tested(area, register)
                if asked and self.count(area, indicator, AS_OF)[1] < int(row["target"] or 0):
                    yield rule, f"{area}/{indicator}", None
        for row in self.county["weekly_dispatch"]:
            area, indicator, day = (
                row["area"].replace(" ", ""),
                row["indicator"],
                date.fromisoformat(row["week_ending"]),
            )
            if not row["value"]:
                continue
            value, subject = int(row["value"]), f"{area}/{indicator}"
            for other in self.county["weekly_dispatch"]:
                same = (other["area"].replace(" ", ""), other["indicator"]) == (area, indicator)
                week_before = date.fromisoformat(other["week_ending"]) == day - timedelta(days=7)
                if same and week_before and value < int(other["value"] or 0):
                    yield "TG04", subject, day.isoformat()
            ledger, register = {
                _POSTS: ("posts", "posts"),
                _SHOPS: ("workshop_workers", "workshops"),
            }.get(indicator, ("", ""))
            if ledger in self.given and self.tested(area, register):
                fewest, most = self.count(area, indicator, day)
                if not fewest <= value <= most:
                    yield "TG05", subject, day.isoformat()


@pytest.fixture(scope="session")
def tg(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if rule.group == "TG"}
    assert len(rules) == 5
    return replace(shipped, rules=MappingProxyType(rules))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(tg: RuleSet, engine: DuckEngine, seed: int) -> None:
    county = _county(seed)
    catalogue = default_catalogue()
    readings = [
        case_reading(catalogue[name], [list(rows[0]), *(list(row.values()) for row in rows)])
        for name, rows in county.items()
    ]
    profile = Profile(as_of=AS_OF, period=default_period(AS_OF), county=COUNTY)
    run = run_rules(tg, build_tables(readings, catalogue, engine), profile)
    found = [(s.rule, s.subject.id, s.period) for s in run.signals]
    for rule in {rule for rule, _, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one grain"
    assert set(found) == set(_Reader(county).signals())
    assert all(signal.evidence for signal in run.signals)
    ran = {rule for rule, outcome in run.outcomes.items() if outcome.status is not RunStatus.NOT_RUN}
    assert ("TG02" in ran) is ({"targets", "posts"} <= set(county))
