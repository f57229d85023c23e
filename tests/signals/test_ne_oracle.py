"""The NE rules and their findings against a reading of the catalogue by hand, on random small counties.

The reader is written from the words of the rule catalogue and shares nothing with the queries. NE08, which looks at
photos, has tests of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.signals.county import linked

from auditor.inference import ConclusionSet, infer
from auditor.ledgers import default_catalogue
from auditor.pipeline import shipped_conclusions
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, person_number
from auditor.signals import RunStatus, run_rules, workshop_members, workshop_names
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]
Found: TypeAlias = tuple[str, str]

_NAMES = "甲乙丙丁戊己庚辛"
_BORN = (*(None,) * 5, date(2006, 3, 1), date(2006, 1, 31), date(2004, 2, 29))
_MONTHS = (*(date(2022, month, 1) for month in (1, 2, 3)), date(2021, 12, 1), date(2022, 4, 1), None)
_OFTEN = (*_MONTHS[:3] * 4, *_MONTHS)
_DAYS = (
    *(date(2022, 1, day) for day in (1, 2, 31)),
    *(date(2022, 2, day) for day in (1, 27, 28)),
    *(date(2022, 3, day) for day in (1, 15, 29, 30, 31)),
    date(2021, 12, 31),
    date(2022, 4, 1),
)
_BEGUN = (*(date(2021, 5, 1),) * 10, *_DAYS, None)
_ENDED = (*(None,) * 10, *_DAYS)
_SHOPS = (*("W1",) * 4, *("W2",) * 3, "W3", None)
_CALLED = ("甲车间", "乙车间", "丙车间", None)
_EMPLOYERS = ("甲车间", "乙车间", "东海厂", None)
_CODES = ("91500299MA00000017", "91500299MA00000025", None)
_NAMED = (*_NAMES, None)
_YES = ("是", "否")
_FORMAL = ("企业职工基本养老保险", "机关事业单位养老保险")

# {} stands for a number of one of the people; what is not here is left to chance in every county.
_PERSON: tuple[object, ...] = ("{}",)
_VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "workshops": {
        "workshop_id": ("W1", "W2", "W3", None),
        "workshop": _CALLED,
        "uscc": _CODES,
        "status": (*("正常",) * 4, "停产", "关闭", None),
        "headcount": (0, 1, 2, 3, 4, None),
        "poverty_headcount": (0, 1, 2, 3, None),
        "last_year_poverty_count": (0, 1, 2, 3, None),
    },
    "workshop_workers": {
        "workshop_id": _SHOPS,
        "workshop": _CALLED,
        "person_id": _PERSON,
        "name": _NAMED,
        "poverty": (*_YES, None),
        "hired_on": _BEGUN,
        "left_on": _ENDED,
    },
    "workshop_payroll": {
        "workshop_id": _SHOPS,
        "person_id": _PERSON,
        "name": _NAMED,
        "month": _OFTEN,
        "amount": ("299.99", "300.00", "300.01", "0.01", "0.00", "-300.00", None),
    },
    "workshop_visits": {
        "workshop_id": _SHOPS,
        "workshop": _CALLED,
        "visited_on": (*_DAYS, None),
        "operating": (*_YES, None),
        "heads_on_site": (0, 1, 2, None),
        "problem": ("消防过期", "无", "无问题", "未发现问题", "—", None),
        "rectified_on": (*_DAYS, *(None,) * 8),
    },
    "businesses": {"uscc": _CODES, "status": ("存续", "注销", "吊销", None)},
    "social_insurance": {
        "person_id": _PERSON,
        "name": _NAMED,
        "insurance": (*_FORMAL * 2, "城乡居民养老保险", None),
        "employer": _EMPLOYERS,
        "employer_uscc": _CODES,
        "month_from": (*(date(2021, 5, 1),) * 4, *_MONTHS),
        "month_to": (*(None,) * 4, *_MONTHS),
    },
    "migrant_work": {
        "person_id": _PERSON,
        "name": _NAMED,
        "region": ("县外省内", "省外", "境外", "县内", None),
        "left_on": _BEGUN,
        "returned_on": _ENDED,
    },
    "employment": {"person_id": _PERSON, "name": _NAMED, "start_on": _BEGUN, "end_on": (*_DAYS, None, None)},
    "posts": {"person_id": _PERSON, "name": _NAMED, "hired_on": _BEGUN, "left_on": (*_DAYS, None)},
    "hr_pool": {"person_id": _PERSON, "name": _NAMED, "employed": (*_YES, None)},
    "deaths": {"person_id": _PERSON, "died_on": (*_DAYS, None)},
    "custody": {"person_id": _PERSON, "from_on": _BEGUN, "to_on": _ENDED},
    "students": {"person_id": _PERSON, "enrolled_on": _BEGUN, "leaves_on": _ENDED},
    "roster": {
        "person_id": _PERSON,
        "name": _NAMED,
        "employed": (*_YES, "是", None),
        "labour_capacity": ("普通劳动力", "弱劳动力", "无劳动力", "丧失劳动力", None),
        "work_months": (0, 3, 4, 5, -1, None),
    },
}
_MOST = {"workshops": 4, "workshop_workers": 10, "workshop_payroll": 16, "workshop_visits": 6, "roster": 8}
_CATALOGUE = {name: default_catalogue()[name] for name in _VALUES}
_NEEDED = {
    "NE01": ("workshops", "workshop_workers"),
    "NE02": ("workshop_visits", "workshop_workers"),
    "NE03": ("workshops",),
    "NE04": ("workshop_visits",),
    "NE05": ("workshops", "workshop_visits"),
    "NE06": ("workshops", "workshop_workers"),
    "NE07": ("workshops", "businesses"),
    "NE11": ("workshop_workers", "workshop_payroll"),
    "NE12": ("workshop_payroll",),
    "NE13": ("workshop_workers",),
    "NE14": ("workshop_workers",),
    "NE15": ("workshop_workers",),
    "NE16": ("workshop_workers",),
    "NE21": ("roster", "social_insurance", "employment", "migrant_work"),
    "NE22": ("roster",),
    "NE23": ("roster",),
}
_EITHER = {"NE13": ("migrant_work", "social_insurance"), "NE15": ("deaths", "custody", "students")}


def _people(chance: Random) -> list[str]:
    numbers = [
        person_number(name, born) for name, born in zip(_NAMES[: chance.randint(3, len(_NAMES))], _BORN, strict=False)
    ]
    if chance.random() < 0.3:  # a wrong check digit
        numbers[-1] = numbers[-1][:17] + ("0" if numbers[-1][17] != "0" else "1")
    return numbers


def _county(seed: int) -> County:
    chance = Random(seed)
    people = _people(chance)

    def drawn(choices: Sequence[object]) -> object:
        value = chance.choice(choices)
        return chance.choice([*people, *people, None]) if value == "{}" else value

    def rows(ledger: str) -> list[Row]:
        most = _MOST.get(ledger, 4)
        values = _VALUES[ledger]
        return [
            {column: drawn(choices) for column, choices in values.items()}
            for _ in range(chance.choice((0, most, most, most // 2)))
        ]

    return {ledger: rows(ledger) for ledger in _VALUES if chance.random() < 0.92}


def _typed(value: object, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.startswith("month") else value.isoformat()
    return "" if value is None else str(value)


def _load(county: County, engine: DuckEngine) -> Tables:
    readings = []
    for name, rows in county.items():
        columns = list(_VALUES[name])
        table = [columns, *([_typed(row[column], column) for column in columns] for row in rows)]
        readings.append(case_reading(_CATALOGUE[name], table))
    return build_tables(readings, _CATALOGUE, engine)


def _day(row: Row, column: str) -> date | None:
    value = row[column]
    assert value is None or isinstance(value, date)
    return value


def _whole(row: Row, column: str) -> int | None:
    value = row[column]
    assert value is None or isinstance(value, int)
    return value


def _amount(row: Row) -> Decimal:
    return Decimal(0) if row["amount"] is None else Decimal(str(row["amount"]))


def _last(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _age(number: str, on: date) -> int | None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11
    if number[17] != "10X98765432"[rest]:
        return None
    year, birthday = int(number[6:10]), (int(number[10:12]), int(number[12:14]))
    return on.year - year - ((on.month, on.day) < birthday)


class _Reader:
    """A county read by hand."""

    def __init__(self, county: County, profile: Profile) -> None:
        self.given = frozenset(county)
        self.county = {name: county.get(name, ()) for name in _VALUES}
        self.as_of, self.months = profile.as_of, profile.period.months
        given: dict[str, str] = {"site_ratio": "0.5", "unpaid_months": "2", "token_wage": "300", "min_age": "16"}
        self.said = given | {name: str(text) for name, text in profile.parameters.items()}
        people = {str(r["person_id"]) for rows in self.county.values() for r in rows if r.get("person_id") is not None}
        self.people = sorted(people)
        self.shops = sorted({str(row["workshop_id"]) for row in self.county["workshops"]} - {"None"})

    def runs(self, rule: str) -> bool:
        """Whether every ledger that the rule needs is there, and one of those that it joins by `or`."""
        if rule == "NE04" and self.as_of <= self.limit("rectify_by"):
            return False
        if rule == "NE05" and self.as_of < self.limit("visit_to"):
            return False
        either = _EITHER.get(rule)
        return set(_NEEDED[rule]) <= self.given and (either is None or bool(set(either) & self.given))

    def limit(self, name: str) -> date:
        return date.fromisoformat(self.said[name])

    def signals(self) -> Iterator[Found]:
        by_shop: dict[str, Callable[[str], bool]] = {
            "NE01": self.ne01,
            "NE02": self.ne02,
            "NE03": self.ne03,
            "NE04": self.ne04,
            "NE05": self.ne05,
        }
        by_shop |= {"NE06": self.ne06, "NE07": self.ne07}
        of_person: dict[str, Callable[[str], bool]] = {"NE11": self.ne11, "NE12": self.ne12, "NE13": self.ne13}
        of_person |= {"NE14": self.ne14, "NE15": self.ne15, "NE16": self.ne16, "NE21": self.ne21}
        of_person |= {"NE22": self.ne22, "NE23": self.ne23}
        every = {f"W{number}" for number in range(1, 4)}
        for rule, holds in by_shop.items():
            if self.runs(rule):
                yield from ((rule, shop) for shop in every if holds(shop))
        for rule, holds in of_person.items():
            if self.runs(rule):
                yield from ((rule, person) for person in self.people if holds(person))

    def of(self, ledger: str, person: str) -> list[Row]:
        return [row for row in self.county[ledger] if row["person_id"] == person]

    def perhaps(self, ledger: str, person: str) -> list[Row]:
        """The rows without a number that have a name of the person, and so may be theirs."""
        rows = [row for rows in self.county.values() for row in rows if row.get("person_id") == person]
        names = {row.get("name") for row in rows} - {None}
        return [row for row in self.county[ledger] if row["person_id"] is None and row["name"] in names]

    def at(self, row: Row, on: date, first: str = "hired_on", last: str = "left_on") -> bool:
        """Started on or before the day and not ended before it; an empty date is without limit."""
        begun, ended = _day(row, first), _day(row, last)
        return (begun is None or begun <= on) and (ended is None or ended >= on)

    def all_of(self, row: Row, month: date) -> bool:
        return self.at(row, month) and self.at(row, _last(month))

    def register(self, shop: str) -> list[Row]:
        return [row for row in self.county["workshops"] if row["workshop_id"] == shop]

    def roll(self, shop: str, on: date) -> list[Row]:
        rows = self.county["workshop_workers"]
        return [row for row in rows if row["workshop_id"] == shop and self.at(row, on)]

    def poor(self, row: Row) -> bool | None:
        """Out of poverty as the roll says; else in roster, or perhaps so; None without a roster."""
        if row["poverty"] is not None:
            return row["poverty"] == "是"
        if not self.county["roster"]:
            return None
        if row["person_id"] is None:
            return True
        person = str(row["person_id"])
        return bool(self.of("roster", person) or self.perhaps("roster", person))

    def crew(self, shop: str) -> tuple[int, int | None]:
        """Workers and poverty workers at D, everybody counted who may be one; None where poverty cannot be told."""
        called = {row["workshop"] for row in self.register(shop)} - {None}
        nameless = [
            row
            for row in self.county["workshop_workers"]
            if row["workshop_id"] is None and row["workshop"] in called and self.at(row, self.as_of)
        ]
        rows = [*self.roll(shop, self.as_of), *nameless]
        who = [row["person_id"] or f"row {number}" for number, row in enumerate(rows)]
        poor = [self.poor(row) for row in rows]
        if None in poor:
            return len(set(who)), None
        return len(set(who)), len({one for one, is_poor in zip(who, poor, strict=True) if is_poor})

    def latest(self, shop: str) -> list[Row]:
        visits = [row for row in self.county["workshop_visits"] if row["workshop_id"] == shop]
        days = {day for row in visits if (day := _day(row, "visited_on")) is not None and day <= self.as_of}
        return [row for row in visits if days and row["visited_on"] == max(days)]

    def ne01(self, shop: str) -> bool:
        workers, poor = self.crew(shop)
        for row in self.register(shop):
            heads, of_poor = _whole(row, "headcount"), _whole(row, "poverty_headcount")
            more = heads is not None and heads > workers
            if row["status"] == "正常" and (more or (None not in (of_poor, poor) and (of_poor or 0) > (poor or 0))):
                return True
        return False

    def ne02(self, shop: str) -> bool:
        for visit in self.latest(shop):
            on, heads = _day(visit, "visited_on"), _whole(visit, "heads_on_site")
            assert on is not None
            people = {row["person_id"] for row in self.roll(shop, on)} - {None}
            if people and heads is not None and heads < Decimal(self.said["site_ratio"]) * len(people):
                return True
        return False

    def ne03(self, shop: str) -> bool:
        stopped = any(visit["operating"] == "否" for visit in self.latest(shop))
        return any(
            (_whole(row, "headcount") or 0) > 0 and (row["status"] in {"停产", "关闭"} or stopped)
            for row in self.register(shop)
        )

    def ne04(self, shop: str) -> bool:
        by = self.limit("rectify_by")
        for visit in self.county["workshop_visits"]:
            on, done = _day(visit, "visited_on"), _day(visit, "rectified_on")
            problem = visit["problem"] not in {None, "无", "无问题", "未发现问题", "—"}
            if visit["workshop_id"] == shop and on is not None and on <= by and problem and (done is None or done > by):
                return True
        return False

    def ne05(self, shop: str) -> bool:
        def seen(row: Row) -> bool:
            for visit in self.county["workshop_visits"]:
                on = _day(visit, "visited_on")
                named = visit["workshop_id"] is None and row["workshop"] is not None
                here = visit["workshop_id"] == shop or (named and visit["workshop"] == row["workshop"])
                if here and on is not None and self.limit("visit_from") <= on <= self.limit("visit_to"):
                    return True
            return False

        return any(row["status"] != "关闭" and not seen(row) for row in self.register(shop))

    def ne06(self, shop: str) -> bool:
        _, poor = self.crew(shop)
        for row in self.register(shop):
            before = _whole(row, "last_year_poverty_count")
            if row["status"] != "关闭" and poor is not None and before is not None and poor < before:
                return True
        return False

    def ne07(self, shop: str) -> bool:
        closed = {row["uscc"] for row in self.county["businesses"] if row["status"] in {"注销", "吊销"}} - {None}
        return any(row["status"] == "正常" and row["uscc"] in closed for row in self.register(shop))

    def unpaid(self, person: str) -> Iterator[date]:
        for month in self.months:
            cover = {row["workshop_id"] for row in self.county["workshop_payroll"] if row["month"] == month} - {None}
            rolls = {row["workshop_id"] for row in self.of("workshop_workers", person) if self.all_of(row, month)}
            wages = [*self.of("workshop_payroll", person), *self.perhaps("workshop_payroll", person)]
            if rolls & cover and not any(row["month"] == month and _amount(row) > 0 for row in wages):
                yield month

    def ne11(self, person: str) -> bool:
        return len(list(self.unpaid(person))) >= int(self.said["unpaid_months"])

    def ne12(self, person: str) -> bool:
        wages = [_amount(row) for row in self.of("workshop_payroll", person) if row["month"] in self.months]
        wages = [wage for wage in wages if wage > 0]
        return bool(wages) and sum(wages) < Decimal(self.said["token_wage"]) * len(wages)

    def away(self, person: str, month: date) -> bool:
        for row in self.of("migrant_work", person):
            left, back = _day(row, "left_on"), _day(row, "returned_on")
            whole = left is not None and left <= month and (back is None or back >= _last(month))
            if whole and row["region"] in {"县外省内", "省外", "境外"}:
                return True
        return False

    def insured_elsewhere(self, row: Row, month: date) -> bool:
        own = self.register(str(row["workshop_id"]))
        name = row["workshop"] or min(
            (str(one["workshop"]) for one in own if one["workshop"] is not None), default=None
        )
        codes = {one["uscc"] for one in own} - {None}
        for insured in self.of("social_insurance", str(row["person_id"])):
            first, last = _day(insured, "month_from"), _day(insured, "month_to")
            covered = first is not None and first <= month and (last is None or last >= month)
            differs = None not in (insured["employer"], name) and insured["employer"] != name
            if covered and insured["insurance"] in _FORMAL and differs and insured["employer_uscc"] not in codes:
                return True
        return False

    def ne13(self, person: str) -> bool:
        return any(
            self.all_of(row, month) and (self.away(person, month) or self.insured_elsewhere(row, month))
            for month in self.months
            for row in self.of("workshop_workers", person)
        )

    def ne14(self, person: str) -> bool:
        rows = [row for row in self.of("workshop_workers", person) if self.at(row, self.as_of)]
        return len({row["workshop_id"] for row in rows} - {None}) >= 2

    def ne15(self, person: str) -> bool:
        if not any(self.at(row, self.as_of) for row in self.of("workshop_workers", person)):
            return False
        died = any(
            row["died_on"] is not None and (_day(row, "died_on") or date.max) < self.as_of
            for row in self.of("deaths", person)
        )
        jailed = any(
            row["from_on"] is not None and self.at(row, self.as_of, "from_on", "to_on")
            for row in self.of("custody", person)
        )
        studying = any(
            row["enrolled_on"] is not None and self.at(row, self.as_of, "enrolled_on", "leaves_on")
            for row in self.of("students", person)
        )
        return died or jailed or studying

    def ne16(self, person: str) -> bool:
        days = [day for row in self.of("workshop_workers", person) if (day := _day(row, "hired_on")) is not None]
        ages = [age for day in days if (age := _age(person, day)) is not None]
        return any(age < int(self.said["min_age"]) for age in ages)

    def ne21(self, person: str) -> bool:
        if not any(row["employed"] == "是" for row in self.of("roster", person)):
            return False
        spans = {
            "employment": ("start_on", "end_on"),
            "migrant_work": ("left_on", "returned_on"),
            "workshop_workers": ("hired_on", "left_on"),
            "posts": ("hired_on", "left_on"),
        }

        def rows(ledger: str) -> list[Row]:
            return [*self.of(ledger, person), *self.perhaps(ledger, person)]

        spanned = any(self.at(row, self.as_of, *span) for ledger, span in spans.items() for row in rows(ledger))
        month = self.as_of.replace(day=1)
        insured = any(
            row["insurance"] in _FORMAL and self.at(row, month, "month_from", "month_to")
            for row in rows("social_insurance")
        )
        return not (spanned or insured or any(row["employed"] == "是" for row in rows("hr_pool")))

    def ne22(self, person: str) -> bool:
        months = [_whole(row, "work_months") for row in self.of("roster", person)]
        return any(count is not None and (count > self.as_of.month or count < 0) for count in months)

    def ne23(self, person: str) -> bool:
        return any(
            row["employed"] == "是" and row["labour_capacity"] in {"无劳动力", "丧失劳动力"}
            for row in self.of("roster", person)
        )

    def graded(self, found: set[Found]) -> dict[tuple[str, str], str]:
        """The grade of each finding, by kind and id of the subject."""
        rules: dict[str, set[str]] = {}
        for rule, subject in found:
            rules.setdefault(subject, set()).add(rule)
        grades = {("person", one): self.of_person(own) for one, own in rules.items() if one not in {"W1", "W2", "W3"}}
        for shop in ("W1", "W2", "W3"):
            rows = self.roll(shop, self.as_of)
            people = {row["person_id"] for row in rows} - {None}
            workers = len(people) + sum(row["person_id"] is None for row in rows)
            paper = sum(grades.get(("person", str(one)), "clue") != "clue" for one in people)
            grade = self.of_workshop(rules.get(shop, set()), half=paper > 0 and 2 * paper >= workers)
            grades |= {("workshop", shop): grade} if grade else {}
        return grades

    def of_person(self, rules: set[str]) -> str:
        if "NE15" in rules or {"NE11", "NE13"} <= rules:
            return "conclusive"
        return "strong" if rules & {"NE11", "NE13", "NE14", "NE16", "NE21"} else "clue"

    def of_workshop(self, rules: set[str], *, half: bool) -> str:
        if half or ("NE01" in rules and rules & {"NE02", "NE03"}) or ("NE07" in rules and len(rules) > 1):
            return "conclusive"
        if rules & {"NE01", "NE02", "NE03", "NE07"}:
            return "strong"
        return "clue" if rules else ""


_TERM = {"rectify_by": "2022-02-28", "visit_from": "2022-01-31", "visit_to": "2022-03-30"}
_PROFILES: st.SearchStrategy[Profile] = st.builds(
    lambda as_of, parameters: Profile(
        as_of=as_of, period=Period(date(2022, 1, 1), date(2022, 3, 1)), parameters=parameters
    ),
    st.sampled_from([date(2022, 3, 31), date(2022, 3, 30), date(2022, 3, 29), date(2022, 4, 1), date(2022, 2, 28)]),
    st.sampled_from(
        [
            _TERM,
            {**_TERM, "unpaid_months": "1", "site_ratio": "0.75", "token_wage": "300.01", "min_age": "18"},
            {**_TERM, "rectify_by": "2022-01-31", "visit_to": "2022-02-28", "site_ratio": "1"},
        ]
    ),
)


@pytest.fixture(scope="session")
def ne_rules(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if name in _NEEDED}
    assert set(rules) == set(_NEEDED)
    return replace(shipped, rules=MappingProxyType(rules))


@pytest.fixture(scope="session")
def conclusions(shipped: RuleSet) -> ConclusionSet:
    every = shipped_conclusions(shipped)
    return ConclusionSet({"numbers_only_employment": every.violations["numbers_only_employment"]})


@given(seed=st.integers(0, 2**32), profile=_PROFILES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_and_grades_are_those_that_the_words_of_the_catalogue_give(
    ne_rules: RuleSet, conclusions: ConclusionSet, engine: DuckEngine, seed: int, profile: Profile
) -> None:
    county = _county(seed)
    tables = _load(county, engine)
    run = run_rules(ne_rules, tables, profile)
    found = [(s.rule, s.subject.id) for s in run.signals]
    for rule in {rule for rule, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one grain"
    reader = _Reader(linked(county, tables), profile)
    assert set(found) == set(reader.signals())
    ran = {rule for rule, outcome in run.outcomes.items() if outcome.status is not RunStatus.NOT_RUN}
    assert ran == {rule for rule in _NEEDED if reader.runs(rule)}
    for signal in run.signals:
        assert signal.evidence
        assert not re.search(r"\d{17}|[{}]", "".join(signal.message.values()))

    members, names = workshop_members(tables, profile.as_of), workshop_names(tables)
    outcomes = infer(run.signals, conclusions, links=members, names=names).outcomes
    assert {(o.subject.kind, o.subject.id): o.grade.value for o in outcomes} == reader.graded(set(found))
    for outcome in outcomes:
        event(f"{outcome.subject.kind} {outcome.grade.value}")
        assert outcome.signals
