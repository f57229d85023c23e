"""The NP and DH rules against a reading of the catalogue by hand, on random small counties.

The reader is written from the words of the rule catalogue and shares nothing with the queries. IP02, which NP05 asks
for, has an oracle of its own; its signals are taken as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.signals.county import linked

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, person_number
from auditor.signals import RunStatus, run_rules
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]
Found: TypeAlias = tuple[str, str, str | None]

_NAMES = "甲乙丙丁戊己庚辛"
_MONTHS = (*(date(2022, month, 1) for month in (1, 2, 3)), date(2021, 12, 1), date(2022, 4, 1), None)
_OFTEN = (*_MONTHS[:3] * 3, *_MONTHS)
_DAYS = (
    *(date(2022, 1, day) for day in (1, 31)),
    *(date(2022, 2, day) for day in (1, 28)),
    *(date(2022, 3, day) for day in (1, 30, 31)),
    date(2021, 12, 31),
    date(2022, 4, 1),
)
_HIRED = (*(date(2021, 5, 1),) * 6, *_DAYS, None)
_LEFT = (*(None,) * 6, *_DAYS)
_TOWNSHIPS = (*("云山镇",) * 4, "石坝镇", None)
_VILLAGES = (*("平湖村",) * 4, "柳坝村", None)
_EMPLOYERS = ("云山镇", "平湖镇", None)
_NAMED = (*_NAMES, None)
_ACCOUNTS = ("6222000000000001", "6222000000000002", None)
_MONEY = ("600.00", "600.01", "600.02", "300.00", "800.00", "2100.00", "2100.01", "0.00", "-600.00", None)

# {} stands for a number of one of the people; what is not here is left to chance in every county.
_PERSON: tuple[object, ...] = ("{}",)
_VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "posts": {
        "person_id": _PERSON,
        "name": _NAMED,
        "post_type": ("保洁员", "保洁员", "护林员", None),
        "employer": _EMPLOYERS,
        "township": _TOWNSHIPS,
        "village": _VILLAGES,
        "category": ("一般", "一般", "一般", "无业可就", None),
        "hired_on": _HIRED,
        "left_on": _LEFT,
        "monthly_wage": ("600.00", "600.00", "800.00", "3000.00", None),
        "approver_id": (*_PERSON, None, None),
    },
    "roster": {
        "person_id": _PERSON,
        "household_id": ("H1", "H1", "H2", None),
        "township": _TOWNSHIPS,
        "village": _VILLAGES,
        "labour_capacity": ("普通劳动力", "技能劳动力", "弱劳动力", "弱劳动力", None),
        "willing": ("是", "是", "否", None),
        "employed": ("否", "否", "是", None),
    },
    "officials": {"person_id": _PERSON, "name": _NAMED, "township": _TOWNSHIPS, "village": _VILLAGES},
    "relatives": {"official_id": _PERSON, "relative_id": _PERSON},
    "payroll": {
        "person_id": _PERSON,
        "name": _NAMED,
        "month": _OFTEN,
        "employer": (None, *_EMPLOYERS),
        "amount": _MONEY,
        "account_no": _ACCOUNTS,
        "paid_on": (*(date(2022, 4, day) for day in (1, 1, 2)), None),
    },
    "attendance": {
        "person_id": _PERSON,
        "name": _NAMED,
        "month": _OFTEN,
        "employer": (None, *_EMPLOYERS),
        "days_required": (20, 20, 10, 0, None),
        "days_present": (*(20,) * 8, 10, 9, 5, 4, 1, 0, None),
    },
    "bank_payments": {
        "account_no": _ACCOUNTS,
        "account_name": _NAMED,
        "status": ("成功", "成功", "失败", None),
    },
}
_MOST = {"posts": 7, "roster": 12, "officials": 4, "relatives": 6, "payroll": 24, "attendance": 16, "bank_payments": 6}
_CATALOGUE = {name: default_catalogue()[name] for name in _VALUES}


def _county(seed: int) -> County:
    chance = Random(seed)
    people = [person_number(name) for name in _NAMES[: chance.randint(2, len(_NAMES))]]

    def drawn(choices: Sequence[object]) -> object:
        value = chance.choice(choices)
        return chance.choice([*people, *people, None]) if value == "{}" else value

    county = {
        ledger: [
            {column: drawn(choices) for column, choices in values.items()}
            for _ in range(chance.choice((0, *(_MOST[ledger],) * 5, _MOST[ledger] // 2)))
        ]
        for ledger, values in _VALUES.items()
    }
    if chance.random() < 0.4:  # an employer that payroll alone knows
        for row in (*county["posts"], *county["attendance"]):
            row["employer"] = None if row["employer"] is None else "云山镇"
    return county


def _typed(value: object, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column == "month" else value.isoformat()
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


def _money(row: Row, column: str) -> Decimal | None:
    return None if row[column] is None else Decimal(str(row[column]))


def _same_village(one: Row, other: Row) -> bool:
    """A village is its name together with its township where both sides give one."""
    if one["village"] is None or one["village"] != other["village"]:
        return False
    return one["township"] is None or other["township"] is None or one["township"] == other["township"]


class _Reader:
    """A county read by hand."""

    def __init__(self, county: County, profile: Profile) -> None:
        self.county, self.as_of, self.months = county, profile.as_of, profile.period.months
        given: dict[str, str] = {"household_posts": "2", "uniform_min": "10", "uniform_months": "3"}
        given |= {"min_attendance": "0.5", "lump_months": "3", "wage_cap": "2100", "posts_per_village_type": "15"}
        self.number = {name: Decimal(text) for name, text in (given | dict(profile.parameters)).items()}
        self.posts = [
            post
            for post in county["posts"]
            if post["person_id"] is not None
            and (post["left_on"] is None or (_day(post, "left_on") or date.max) >= self.months[0])
        ]

    def signals(self, able: Iterable[str]) -> Iterator[Found]:
        """Every (rule, subject, period) that holds; `able` are those of IP02."""
        related = set()
        for post in self.posts:
            person = str(post["person_id"])
            for rule in ("np01", "np02", "np03", "np04"):
                if getattr(self, rule)(person, post):
                    yield rule.upper(), person, None
                    related |= {person} if rule in {"np02", "np03"} else set()
        for post in self.posts:
            if post["person_id"] in related & set(able) and self.somebody_waits(post):
                yield "NP05", str(post["person_id"]), None
        for people in (self.dh03, self.dh04, self.dh05):
            for person in {str(row["person_id"]) for row in self.county["payroll"] if row["person_id"] is not None}:
                yield from people(person)
        yield from self.dh01()
        yield from self.dh02()
        yield from self.dh06()
        yield from self.dh07()

    def np01(self, person: str, post: Row) -> bool:
        return any(official["person_id"] == person for official in self.county["officials"])

    def np02(self, person: str, post: Row) -> bool:
        declared = {row["official_id"] for row in self.county["relatives"] if row["relative_id"] == person} - {None}
        for official in self.county["officials"]:
            if official["person_id"] not in declared:
                continue
            township = official["village"] is None and official["township"] is not None
            if _same_village(official, post) or official["person_id"] == post["approver_id"]:
                return True
            if township and official["township"] == post["township"]:
                return True
        return False

    def np03(self, person: str, post: Row) -> bool:
        homes = {row["household_id"] for row in self.county["roster"] if row["person_id"] == person} - {None}
        officials = {official["person_id"] for official in self.county["officials"]} - {None, person}
        return any(row["household_id"] in homes and row["person_id"] in officials for row in self.county["roster"])

    def np04(self, person: str, post: Row) -> bool:
        here = {o["name"] for o in self.county["officials"] if _same_village(o, post)} - {None}
        for row in self.county["payroll"]:
            if row["person_id"] != person or row["month"] not in self.months or row["account_no"] is None:
                continue
            own = {row["name"], post["name"]} - {None}
            for paid in self.county["bank_payments"]:
                into = paid["account_no"] == row["account_no"] and paid["status"] == "成功"
                if into and paid["account_name"] in here and own and paid["account_name"] not in own:
                    return True
        return False

    def perhaps(self, ledger: str, person: object) -> list[Row]:
        """The rows without a number that have a name of the person, and so may be theirs."""
        rows = [row for rows in self.county.values() for row in rows if row.get("person_id") == person]
        names = {row.get("name") for row in rows} - {None}
        return [row for row in self.county[ledger] if row["person_id"] is None and row["name"] in names]

    def somebody_waits(self, post: Row) -> bool:
        """The roster of the same village holds a willing, unemployed person of weak capacity without a post at D."""
        for row in self.county["roster"]:
            own = [one for one in self.county["posts"] if one["person_id"] == row["person_id"]]
            held = [one for one in (*own, *self.perhaps("posts", row["person_id"])) if self.at_d(one)]
            needy = (row["labour_capacity"], row["willing"], row["employed"]) == ("弱劳动力", "是", "否")
            if needy and row["person_id"] is not None and not held and _same_village(row, post):
                return True
        return False

    def at_d(self, post: Row) -> bool:
        hired, left = _day(post, "hired_on"), _day(post, "left_on")
        return (hired is None or hired <= self.as_of) and (left is None or left >= self.as_of)

    def active(self, person: object, month: object) -> list[Row]:
        if person is None or not isinstance(month, date):
            return []
        return self.in_month([post for post in self.county["posts"] if post["person_id"] == person], month)

    def in_month(self, posts: Iterable[Row], month: date) -> list[Row]:
        found = []
        for post in posts:
            hired, left = _day(post, "hired_on"), _day(post, "left_on")
            begun = hired is None or hired.replace(day=1) <= month
            if begun and (left is None or left.replace(day=1) >= month):
                found.append(post)
        return found

    def employers(self, row: Row) -> set[object]:
        """The one it names, else that of each post of the person active in that month."""
        if row["employer"] is not None:
            return {row["employer"]}
        posts = self.active(row["person_id"], row["month"])
        if row["month"] is None:  # whatever the month is, a post without limits is active in it
            posts = [p for p in self.county["posts"] if p["person_id"] == row["person_id"] is not None]
            posts = [p for p in posts if p["hired_on"] is None and p["left_on"] is None]
        return {post["employer"] for post in posts} - {None}

    def wage(self, person: str, month: date) -> Decimal | None:
        return self.highest(self.active(person, month))

    def highest(self, posts: Iterable[Row]) -> Decimal | None:
        wages = [_money(post, "monthly_wage") for post in posts]
        return max((wage for wage in wages if wage is not None), default=None)

    def paid(self, person: str, month: date) -> list[Row]:
        return [r for r in self.county["payroll"] if r["person_id"] == person and r["month"] == month]

    def dh01(self) -> Iterator[Found]:
        homes = {row["household_id"] for row in self.county["roster"]} - {None}
        for home in homes:
            members = {r["person_id"] for r in self.county["roster"] if r["household_id"] == home} - {None}
            most = max(sum(bool(self.active(member, month)) for member in members) for month in self.months)
            if most >= self.number["household_posts"]:
                yield "DH01", str(home), None

    def dh02(self) -> Iterator[Found]:
        for employer in ("云山镇", "平湖镇"):
            uniform = 0
            for month in self.months:
                rows = [r for r in self.county["attendance"] if r["month"] == month and employer in self.employers(r)]
                days = {row["days_present"] for row in rows}
                uniform += len(rows) >= self.number["uniform_min"] and len(days) == 1 and None not in days
            if uniform >= self.number["uniform_months"]:
                yield "DH02", employer, None

    def dh03(self, person: str) -> Iterator[Found]:
        for month in self.months:
            little = False
            for row in self.county["attendance"]:
                required, present = row["days_required"], row["days_present"]
                if row["person_id"] == person and row["month"] == month and required and present:
                    share = Decimal(str(present)) / Decimal(str(required))
                    little = little or 0 < share < self.number["min_attendance"]
            amounts = [amount for row in self.paid(person, month) if (amount := _money(row, "amount")) is not None]
            wage = self.wage(person, month)
            if little and amounts and wage is not None and sum(amounts) >= wage:
                yield "DH03", person, f"{month:%Y-%m}"

    def dh04(self, person: str) -> Iterator[Found]:
        days: dict[date, set[date]] = {}
        for month in self.months:
            for row in self.paid(person, month):
                if (day := _day(row, "paid_on")) is not None and (_money(row, "amount") or 0) > 0:
                    days.setdefault(day, set()).add(month)
        if any(len(months) >= self.number["lump_months"] for months in days.values()):
            yield "DH04", person, None

    def dh05(self, person: str) -> Iterator[Found]:
        for month in self.months:
            wage = self.wage(person, month)
            perhaps = self.highest(self.in_month(self.perhaps("posts", person), month))
            if wage is not None and perhaps is not None:
                wage = max(wage, perhaps)
            limit = self.number["wage_cap"] if wage is None else min(self.number["wage_cap"], wage + Decimal("0.01"))
            if any((_money(row, "amount") or Decimal(0)) > limit for row in self.paid(person, month)):
                yield "DH05", person, f"{month:%Y-%m}"

    def dh06_runs(self) -> bool:
        return any(self.employers(row) for row in self.county["attendance"])

    def dh06(self) -> Iterator[Found]:
        if not self.dh06_runs():
            return
        kept = {employer for row in self.county["attendance"] for employer in self.employers(row)}
        blank = {row["name"] for row in self.county["attendance"] if row["person_id"] is None is row["employer"]}
        for row in self.county["payroll"]:  # a row of nobody and of no employer may be of one it paid
            kept |= self.employers(row) if row["month"] in self.months and row["name"] in blank - {None} else set()
        for employer in {"云山镇", "平湖镇"} - kept:
            months = {
                row["month"]
                for row in self.county["payroll"]
                if (_money(row, "amount") or 0) > 0 and row["month"] in self.months and employer in self.employers(row)
            }
            if len(months) >= 3:
                yield "DH06", employer, None

    def dh07(self) -> Iterator[Found]:
        held: dict[str, int] = {}
        for post in self.county["posts"]:
            if post["village"] is not None and post["post_type"] is not None and self.at_d(post):
                parts = (post["township"], post["village"], post["post_type"])
                name = "/".join(str(part) for part in parts if part is not None)
                held[name] = held.get(name, 0) + 1
        for name, count in held.items():
            if count > self.number["posts_per_village_type"]:
                yield "DH07", name, None


_LOCAL = {"uniform_min": "2", "uniform_months": "2", "lump_months": "2", "posts_per_village_type": "1"}
_PROFILES: st.SearchStrategy[Profile] = st.builds(
    lambda as_of, parameters: Profile(
        as_of=as_of, period=Period(date(2022, 1, 1), date(2022, 3, 1)), parameters=parameters
    ),
    st.sampled_from([date(2022, 3, 31), date(2022, 3, 30), date(2022, 4, 1)]),
    st.sampled_from(
        [
            _LOCAL,
            {**_LOCAL, "household_posts": "3", "min_attendance": "0.25", "wage_cap": "600"},
            {**_LOCAL, "uniform_min": "1", "uniform_months": "1", "posts_per_village_type": "2", "wage_cap": "1800.5"},
        ]
    ),
)


@pytest.fixture(scope="session")
def np_and_dh(shipped: RuleSet) -> RuleSet:
    rules = {name: rule for name, rule in shipped.rules.items() if rule.group in {"NP", "DH"} or name == "IP02"}
    assert len(rules) == 13
    return replace(shipped, rules=MappingProxyType(rules))


@given(seed=st.integers(0, 2**32), profile=_PROFILES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signals_are_those_that_the_words_of_the_rules_give(
    np_and_dh: RuleSet, engine: DuckEngine, seed: int, profile: Profile
) -> None:
    county = _county(seed)
    tables = _load(county, engine)
    run = run_rules(np_and_dh, tables, profile)
    found = [(s.rule, s.subject.id, s.period) for s in run.signals if s.rule != "IP02"]
    for rule in {rule for rule, _, _ in found}:
        event(rule)
    assert len(set(found)) == len(found), "two signals for one grain"
    reader = _Reader(linked(county, tables), profile)
    able = [signal.subject.id for signal in run.signals if signal.rule == "IP02"]
    assert set(found) == set(reader.signals(able))
    assert (run.outcomes["DH06"].status is not RunStatus.NOT_RUN) is reader.dh06_runs()
    for signal in run.signals:
        assert signal.evidence
        assert not re.search(r"\d{17}|[{}]", "".join(signal.message.values()))
