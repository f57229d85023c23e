"""Small random counties for the rules on records, services, subsidies, cooperation, rectification and privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import TypeAlias

from auditor.ledgers import default_catalogue
from auditor.rules import person_number
from auditor.tables import Engine, Tables, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]

AUDITED = (date(2022, 3, 31), date(2022, 3, 30), date(2022, 4, 1))
WRONG = "500299197603011233"
"""A number whose check digit is wrong: it tells no age."""
PEOPLE: Mapping[str, str] = {
    "甲": person_number("甲", date(1980, 5, 17)),
    "乙": person_number("乙", date(2006, 3, 31)),  # 16 on the audit date
    "丙": person_number("丙", date(2006, 4, 1)),
    "丁": person_number("丁", date(1962, 3, 31)),  # 60 on it
    "戊": person_number("戊", date(1962, 4, 1)),
    "己": person_number("己", date(1999, 12, 31)),
    "庚": WRONG,
    "辛": person_number("辛", date(1990, 1, 1)),
}

_NAMED = (*PEOPLE, None, "某", "某某")
_DAYS = (
    *(date(2022, 1, day) for day in (1, 31)),
    *(date(2022, 2, day) for day in (1, 28)),
    *(date(2022, 3, day) for day in (1, 30, 31)),
    *(date(2021, 12, day) for day in (1, 31)),
    date(2022, 4, 1),
)
_BEGUN = (*(date(2021, 5, 1),) * 6, *_DAYS, None)
_ENDED = (*(None,) * 6, *_DAYS)
_MONTHS = (*(date(2022, month, 1) for month in (1, 2, 3)), date(2021, 12, 1), date(2022, 4, 1), None)
_BOOLS = ("是", "否", "否", None)
_EMPLOYERS = ("东海电子厂", "东海电子厂", "青岛纺织", None)
_INSURANCES = ("企业职工基本养老保险", "机关事业单位养老保险", "城乡居民养老保险", "城乡居民养老保险", "工伤保险", None)
_YEARS = (2022, 2022, 2022, 2021, 2020, 2023, None)
_MONEY = ("200.00", "200.00", "400.00", "500.00", "0.01", "0.00", "-300.00", None)
_USCC = ("91500299MA0000001X", "91500299MA0000002X", None)
_AWAY = ("县内", "县外省内", "省外", "境外", None)
_JOBS = ("保洁员", "缝纫工", "仓管员", None)
_PROVIDERS = ("甲公司", "乙公司", "丙公司", None)
_PERSON: tuple[object, ...] = ("{}",)  # the number of one of the people, or none

VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "roster": {
        "person_id": _PERSON,
        "name": _NAMED,
        "household_id": ("H1", "H2", "H3", "H4", None),
        "labour_capacity": ("普通劳动力", "技能劳动力", "弱劳动力", "无劳动力", "丧失劳动力", None),
        "student": ("否", "否", "否", None, None, "是"),
        "willing": ("是", "否", None),
        "skilled": _BOOLS,
        "employed": ("否", "否", "否", "否", "是", None),
        "work_region": ("乡（镇）内", "乡（镇）外县内", "县外省内", "省外", "境外", None),
        "updated_on": _DAYS,
    },
    "employment": {"person_id": _PERSON, "name": _NAMED, "start_on": _BEGUN, "end_on": _ENDED},
    "hr_pool": {"person_id": _PERSON, "name": _NAMED, "employed": _BOOLS},
    "social_insurance": {
        "person_id": _PERSON,
        "name": _NAMED,
        "insurance": _INSURANCES,
        "month_from": (date(2021, 5, 1), *_MONTHS),
        "month_to": (None, None, *_MONTHS),
    },
    "services": {
        "person_id": _PERSON,
        "name": _NAMED,
        "kind": ("政策宣讲", "职业指导", "岗位推荐", "岗位推荐", "岗位推荐", "技能培训", None),
        "served_on": (*_DAYS[2:7] * 2, *_DAYS, None),
        "detail": _JOBS,
        "provider": _PROVIDERS,
    },
    "migrant_work": {
        "person_id": _PERSON,
        "name": _NAMED,
        "region": _AWAY,
        "left_on": _BEGUN,
        "returned_on": _ENDED,
    },
    "transport_subsidy": {
        "person_id": _PERSON,
        "name": _NAMED,
        "year": _YEARS,
        "listed_on": _BEGUN[6:],
        "verified_on": _ENDED[4:],
        "amount": _MONEY,
        "paid_on": _ENDED[3:],
        "informed": _BOOLS,
    },
    "insurance_subsidy": {"person_id": _PERSON, "name": _NAMED, "month": _MONTHS, "amount": _MONEY},
    "loans": {
        "contract_no": ("D1", "D2", "D3", "D4", "D5", None),
        "person_id": _PERSON,
        "name": _NAMED,
        "uscc": _USCC,
        "granted_on": (*_DAYS, None),
        "due_on": (*_DAYS, None),
    },
    "businesses": {"uscc": _USCC, "closed_on": _ENDED, "status": ("存续", "注销", "吊销", None)},
    "labour_cooperation": {
        "party": ("人社", "乡村振兴", "山东", None),
        "person_id": _PERSON,
        "name": _NAMED,
        "channel": ("赴鲁就业", "赴鲁就业", "就近就业", None),
        "employer": _EMPLOYERS,
        "started_on": (*(date(2022, 1, 1),) * 4, date(2022, 2, 1), None),
    },
    "rectifications": {
        "issue_no": ("W1", "W2", "W3", "W4", "W5", None),
        "found_on": (*_DAYS, None),
        "due_on": (*_DAYS, None),
        "rectified_on": (*_DAYS, None, None),
        "status": ("未整改", "整改中", "已销号", "已销号", None),
    },
    "providers": {"provider": _PROVIDERS, "agreement": ("是", "是", "否", None), "expires_on": (*_DAYS, None, None)},
}
_MOST = {"roster": 12, "services": 20, "labour_cooperation": 12, "social_insurance": 10, "transport_subsidy": 10}
_CATALOGUE = {name: default_catalogue()[name] for name in VALUES}


def county_of(seed: int) -> County:
    """A county; now and then a ledger is absent, or there and empty."""
    chance = Random(seed)
    people = chance.sample(sorted(PEOPLE), chance.randint(2, len(PEOPLE)))

    def row_of(columns: Mapping[str, tuple[object, ...]]) -> Row:
        person = chance.choice(people)
        row = {column: chance.choice(values) for column, values in columns.items()}
        if "person_id" in row:
            row["person_id"] = chance.choice([PEOPLE[person]] * 5 + [None])
            row["name"] = chance.choice([person] * 5 + [row["name"]])
        return row

    county = {}
    for ledger, columns in VALUES.items():
        most = _MOST.get(ledger, 6)
        rows = [row_of(columns) for _ in range(chance.choice((0, *(most,) * 6, most // 2)))]
        if chance.random() > 0.06:
            county[ledger] = rows
    return county


def _typed(value: object, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.startswith("month") else value.isoformat()
    return "" if value is None else str(value)


def load(county: County, engine: Engine) -> Tables:
    """The county's ledgers in `engine`, the real way from texts."""
    readings = [
        case_reading(
            _CATALOGUE[name],
            [list(VALUES[name]), *([_typed(row[column], column) for column in VALUES[name]] for row in rows)],
        )
        for name, rows in county.items()
    ]
    return build_tables(readings, _CATALOGUE, engine)
