"""The IP rules against a reading of the catalogue by hand, on random small counties.

The reader is written from the words of the rule catalogue and shares nothing with the queries.
"""

from __future__ import annotations

import calendar
import re
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
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, person_number
from auditor.signals import run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]


def _days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for text in texts for day in text.split())


_POST_DAYS = _days("2018-02-28 2019-12-30 2019-12-31 2020-02-28 2020-02-29 2021-08-31 2022-02-28 2022-03-01")
_EDGES = _days("2021-06-01 2021-12-31 2022-01-01 2022-02-28 2022-03-01", "2022-03-31 2022-12-30 2022-12-31 2023-01-01")
_MONTHS = _days("2019-12-01 2020-01-01 2020-02-01 2021-08-01 2022-03-01 2022-12-01 2023-01-01")
_OPEN = (None,) * 4
_EMPLOYERS = ("云山镇", "平湖镇", None)

_VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "posts": {
        "employer": _EMPLOYERS,
        "category": ("脱贫人口", "脱贫人口（无业可就）", "无法外出", None),
        "hired_on": (*_POST_DAYS, None),
        "left_on": (*_OPEN, *_EDGES),
        "notice_start": (date(2018, 1, 1), date(2022, 2, 20), date(2022, 2, 25), None),
        "notice_end": (date(2018, 1, 4), date(2018, 1, 5), date(2022, 2, 28), date(2022, 3, 1), None),
    },
    "roster": {"labour_capacity": ("普通劳动力", "技能劳动力", "弱劳动力", "丧失劳动力", "无劳动力", None)},
    "fiscal_payroll": {"start_on": (None, *_POST_DAYS, *_EDGES), "end_on": (*_OPEN, *_POST_DAYS, *_EDGES)},
    "businesses": {
        "business_kind": ("个体工商户", "有限责任公司", "农民专业合作社", "农民专业合作社联合社", None),
        "registered_on": (None, *_POST_DAYS, *_EDGES),
        "status": ("存续", "存续", "注销", "吊销", None),
    },
    "pensions": {"pension": ("职工养老", "机关事业养老", "居民养老", None), "since": (None, *_MONTHS)},
    "social_insurance": {
        "insurance": (*("企业职工基本养老保险", "机关事业单位养老保险") * 3, "城乡居民养老保险", None),
        "employer": _EMPLOYERS,
        "month_from": (None, *(date(2017, 1, 1),) * 5, *_MONTHS),
        "month_to": (*_OPEN, *_MONTHS),
    },
    "students": {"enrolled_on": (None, *_POST_DAYS, *_EDGES), "leaves_on": (*_OPEN, *_POST_DAYS, *_EDGES)},
    "deaths": {"died_on": (None, date(2021, 11, 30), date(2021, 12, 1), date(2022, 2, 27), date(2022, 2, 28), *_EDGES)},
}  # fmt: skip
_WHO = {"businesses": "owner_id"}
_MOST = dict.fromkeys(_VALUES, 2) | {"posts": 3, "social_insurance": 3}
_CATALOGUE = {name: default_catalogue()[name] for name in _VALUES}
_AGES = (15, 16, 40, 49, 50, 54, 55, 60, 65, 66, 80)


def _people(chance: Random) -> Iterator[str]:
    """Numbers of people whose birthdays lie about the days of hiring; some have a wrong check digit."""
    for name in "甲乙丙丁戊己"[: chance.randint(1, 6)]:
        hired = chance.choice(_POST_DAYS)
        day = hired + timedelta(days=chance.choice((-1, 0, 0, 1)))
        year = hired.year - chance.choice(_AGES)
        leap = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        born = date(year, 2, 28) if leap else day.replace(year=year)
        if chance.random() < 0.15:
            born = date(chance.choice((1956, 1964, 1968, 2004)), 2, 29)
        number = person_number(name, born, chance.choice("男女"))
        if chance.random() < 0.15:
            number = number[:17] + ("0" if number[17] != "0" else "1")
        yield number


def _county(seed: int) -> County:
    chance = Random(seed)
    people = [None, *_people(chance)]
    county: dict[str, list[Row]] = {}
    for ledger, values in _VALUES.items():
        rows: list[Row] = []
        for person in people:
            for _ in range(chance.randint(0, _MOST[ledger])):
                row = {_WHO.get(ledger, "person_id"): person}
                rows.append(row | {column: chance.choice(choices) for column, choices in values.items()})
        county[ledger] = rows
    return county


def _typed(value: object, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column in {"since", "month_from", "month_to"} else value.isoformat()
    return "" if value is None else str(value)


def _load(county: County, engine: DuckEngine) -> Tables:
    readings = []
    for name, rows in county.items():
        columns = [_WHO.get(name, "person_id"), *_VALUES[name]]
        readings.append(
            case_reading(_CATALOGUE[name], [columns, *([_typed(row[c], c) for c in columns] for row in rows)])
        )
    return build_tables(readings, _CATALOGUE, engine)


def _date(row: Row, column: str) -> date | None:
    value = row[column]
    assert value is None or isinstance(value, date)
    return value


def _plus_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a month that has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _birthday(born: date, age: int) -> date:
    """The day on which `age` is reached; one born on 29 February comes of age on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


class _Reader:
    """A county read by hand: for each person, which rules hold."""

    def __init__(self, county: County, profile: Profile) -> None:
        self.county, self.as_of, self.first = county, profile.as_of, profile.period.first
        given = {"min_age": 16, "max_age": 65, "max_term_months": 36, "retirement_age_male": 60}
        given |= {"retirement_age_female": 55, "min_notice_days": 5}
        self.number = given | {name: int(text) for name, text in profile.parameters.items()}

    def signals(self) -> set[tuple[str, str]]:
        rules = {f"IP{n:02}": getattr(self, f"ip{n:02}") for n in range(1, 13)}
        found = set()
        for post in self.county["posts"]:
            person, left = post["person_id"], _date(post, "left_on")
            if person is None or (left is not None and left < self.first):
                continue
            found |= {(rule, str(person)) for rule, holds in rules.items() if holds(str(person), post)}
        return found

    def of(self, ledger: str, person: str) -> list[Row]:
        return [row for row in self.county[ledger] if row[_WHO.get(ledger, "person_id")] == person]

    def span(self, post: Row) -> tuple[date, date]:
        return _date(post, "hired_on") or date.min, _date(post, "left_on") or self.as_of

    def overlaps(self, post: Row, start: date | None, end: date | None) -> bool:
        first, last = self.span(post)
        return (start or date.min) <= last and (end or date.max) >= first

    def born(self, person: str) -> date | None:
        """From a valid number only; those of these counties are right but for the last digit."""
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        rest = sum(int(digit) * weight for digit, weight in zip(person, weights, strict=False)) % 11
        if person[17] != "10X98765432"[rest]:
            return None
        return date(int(person[6:10]), int(person[10:12]), int(person[12:14]))

    def ip01(self, person: str, post: Row) -> bool:
        return not self.of("roster", person)

    def ip02(self, person: str, post: Row) -> bool:
        category = str(post["category"] or "")
        able = any(row["labour_capacity"] in {"普通劳动力", "技能劳动力"} for row in self.of("roster", person))
        return able and not any(word in category for word in ("无法外出", "无业可就", "就业困难"))

    def ip03(self, person: str, post: Row) -> bool:
        return any(row["labour_capacity"] in {"无劳动力", "丧失劳动力"} for row in self.of("roster", person))

    def ip04(self, person: str, post: Row) -> bool:
        born, hired = self.born(person), _date(post, "hired_on")
        if born is None or hired is None:
            return False
        return hired < _birthday(born, self.number["min_age"]) or hired >= _birthday(born, self.number["max_age"] + 1)

    def ip05(self, person: str, post: Row) -> bool:
        rows = self.of("fiscal_payroll", person)
        return any(self.overlaps(post, _date(row, "start_on"), _date(row, "end_on")) for row in rows)

    def ip06(self, person: str, post: Row) -> bool:
        return any(
            row["status"] == "存续"
            and "农民专业合作社" not in str(row["business_kind"])
            and (_date(row, "registered_on") or date.min) <= self.span(post)[1]
            for row in self.of("businesses", person)
        )

    def ip07(self, person: str, post: Row) -> bool:
        month = self.span(post)[1].replace(day=1)
        return any(
            row["pension"] in {"职工养老", "机关事业养老"} and (_date(row, "since") or date.min) <= month
            for row in self.of("pensions", person)
        )

    def ip08(self, person: str, post: Row) -> bool:
        hired, employer = _date(post, "hired_on"), post["employer"]
        if hired is None or employer is None:
            return False
        month = hired.replace(day=1)
        for row in self.of("social_insurance", person):
            start, end = _date(row, "month_from"), _date(row, "month_to")
            formal = row["insurance"] in {"企业职工基本养老保险", "机关事业单位养老保险"}
            insured = start is not None and start < month and (end is None or end >= month)
            if formal and insured and row["employer"] not in {None, employer}:
                return True
        return False

    def ip09(self, person: str, post: Row) -> bool:
        return any(
            row["enrolled_on"] is not None and self.overlaps(post, _date(row, "enrolled_on"), _date(row, "leaves_on"))
            for row in self.of("students", person)
        )

    def ip10(self, person: str, post: Row) -> bool:
        born, hired = self.born(person), _date(post, "hired_on")
        if born is None or hired is None:
            return False
        retires = self.number["retirement_age_male" if int(person[16]) % 2 == 1 else "retirement_age_female"]
        if hired >= _birthday(born, retires - 5):
            return False
        return _plus_months(hired, self.number["max_term_months"]) < self.span(post)[1]

    def ip11(self, person: str, post: Row) -> bool:
        start, end, hired = (_date(post, column) for column in ("notice_start", "notice_end", "hired_on"))
        if start is None or end is None:
            return True
        return (end - start).days + 1 < self.number["min_notice_days"] or (hired is not None and end > hired)

    def ip12(self, person: str, post: Row) -> bool:
        left = _date(post, "left_on")
        for row in self.of("deaths", person):
            died = _date(row, "died_on")
            if died is not None and died < self.as_of and (left is None or left > died + timedelta(days=31)):
                return True
        return False


def _profile(as_of: date, first: date, parameters: Mapping[str, str]) -> Profile:
    return Profile(as_of=as_of, period=Period(first, date(2022, 12, 1)), parameters=parameters)


_PROFILES: st.SearchStrategy[Profile] = st.builds(
    _profile,
    st.sampled_from([date(2022, 12, 31), date(2022, 12, 30)]),
    st.sampled_from([date(2022, 1, 1), date(2021, 6, 1), date(2022, 3, 1)]),
    st.sampled_from(
        [
            {},
            {},
            {"min_age": "15", "max_age": "60", "min_notice_days": "4"},
            {"max_term_months": "6", "retirement_age_male": "65", "retirement_age_female": "54"},
        ]
    ),
)


@pytest.fixture(scope="session")
def ip_rules(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if rule.group == "IP"}
    assert len(rules) == 12
    return replace(shipped, rules=MappingProxyType(rules))


@given(county=st.builds(_county, st.integers(0, 2**32)), profile=_PROFILES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(
    ip_rules: RuleSet, engine: DuckEngine, county: County, profile: Profile
) -> None:
    run = run_rules(ip_rules, _load(county, engine), profile)
    found = [(signal.rule, signal.subject.id) for signal in run.signals]
    for rule in {rule for rule, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one person"
    assert set(found) == _Reader(county, profile).signals()
    for signal in run.signals:
        ledgers = {row.ledger for row in signal.evidence}
        assert "posts" in ledgers
        assert len(ledgers) == (1 if signal.rule in {"IP01", "IP04", "IP10", "IP11"} else 2)
        assert not re.search(r"\d{17}|[{}]", "".join(signal.message.values()))
