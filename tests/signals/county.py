"""Small counties as plain Python rows: random ones, and their way into typed tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import person_number
from auditor.tables import Engine, Tables, build_tables
from auditor.trials import case_reading

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]
Cell = TypeVar("Cell")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "payroll": ("person_id", "name", "month", "employer", "amount", "paid_on"),
    "attendance": ("person_id", "name", "month", "employer", "days_required", "days_present"),
    "posts": ("person_id", "name", "employer", "hired_on", "left_on", "monthly_wage"),
    "social_insurance": ("person_id", "insurance", "employer", "month_from", "month_to"),
    "migrant_work": ("person_id", "region", "left_on", "returned_on"),
    "deaths": ("person_id", "died_on"),
    "custody": ("person_id", "from_on", "to_on"),
}
CATALOGUE = {name: default_catalogue()[name] for name in COLUMNS}

_PEOPLE = "甲乙丙丁戊己庚辛壬癸"
_EMPLOYERS = ("云山镇", "平湖镇", "石坝镇", "柳坝镇", "双河镇", "永乐乡")
_MONTHS = (
    date(2021, 12, 1),
    date(2022, 1, 1),
    date(2022, 2, 1),
    date(2022, 2, 1),
    date(2022, 3, 1),
    date(2022, 4, 1),
    None,
)
_DAYS = (
    *(date(2021, 12, day) for day in (1, 31)),
    *(date(2022, 1, day) for day in (1, 2, 31)),
    *(date(2022, 2, day) for day in (1, 2, 15, 27, 28)),
    *(date(2022, 3, day) for day in (1, 2, 3, 30, 31)),
    date(2022, 4, 1),
    None,
)
_LONG_AGO = (date(2021, 5, 1),) * 8  # most spans are plain ones: the edges need their company to matter
_OPEN = (None,) * 6
_PAID_ON = (None, *(date(2022, 3, day) for day in (1, 2, 3, 29, 30, 31)), date(2022, 4, 30), date(2022, 5, 1))
_MONEY = ("600.00", "600.00", "600.00", "599.99", "599.98", "1200.00", "300.00", "0.01", "0.00", "-600.00", None)
_INSURANCES = ("企业职工基本养老保险", "机关事业单位养老保险", "企业职工基本养老保险", "城乡居民养老保险", None)

_VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "payroll": {"month": _MONTHS, "amount": _MONEY, "paid_on": _PAID_ON},
    "attendance": {
        "month": _MONTHS,
        "days_required": (None, 0, 1, 15, 20),
        "days_present": (None, 0, 0, 1, 14, 15, 16, 20, 28, 29, 32),
    },
    "posts": {
        "hired_on": (*_LONG_AGO, *_DAYS),
        "left_on": (*_OPEN, *_DAYS),
        "monthly_wage": ("600.00", "1200.00", None),
    },
    "social_insurance": {
        "insurance": _INSURANCES,
        "month_from": (*_LONG_AGO, *_MONTHS),
        "month_to": (*_OPEN, *_MONTHS),
    },
    "migrant_work": {
        "region": ("省外", "境外", "县外省内", "县内", None),
        "left_on": (*_LONG_AGO, *_DAYS),
        "returned_on": (*_OPEN, *_DAYS),
    },
    "deaths": {"died_on": _DAYS},
    "custody": {"from_on": (*_LONG_AGO, *_DAYS), "to_on": (*_OPEN, *_DAYS)},
}
_MOST = {"payroll": 4, "attendance": 4, "posts": 2, "social_insurance": 2, "migrant_work": 2, "deaths": 1, "custody": 2}


def _county(seed: int, people: int, employers: int) -> dict[str, list[Row]]:
    """A county that follows from its arguments: few people and employers leave gaps, many are covered."""
    chance = Random(seed)
    county: dict[str, list[Row]] = {}
    for ledger, values in _VALUES.items():
        rows: list[Row] = []
        for name in (None, *_PEOPLE[:people]):
            for _ in range(chance.randint(0, _MOST[ledger])):
                row: dict[str, object] = {"person_id": None if name is None else person_number(name)}
                if "name" in COLUMNS[ledger]:  # a row without a number is anybody's, and may give no name either
                    row["name"] = chance.choice((None, name, name) if name else (None, *_PEOPLE[: people + 1]))
                if "employer" in COLUMNS[ledger]:
                    row["employer"] = chance.choice((None, *_EMPLOYERS[:employers]))
                row.update({column: chance.choice(choices) for column, choices in values.items()})
                rows.append(row)
        county[ledger] = rows
    return county


counties: st.SearchStrategy[dict[str, list[Row]]] = st.builds(
    _county, st.integers(0, 2**32), st.integers(1, len(_PEOPLE)), st.integers(1, len(_EMPLOYERS))
)
profiles: st.SearchStrategy[Profile] = st.sampled_from(
    [
        Profile(as_of=as_of, period=Period(date(2022, 1, 1), date(2022, 3, 1)))
        for as_of in (date(2022, 3, 2), date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 1))
    ]
)


def typed(value: object, column: str) -> str:
    """A value as a clerk types it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.startswith("month") else value.isoformat()
    return str(value)


def load(county: County, engine: Engine) -> Tables:
    """The county's ledgers in `engine`, the real way from texts."""
    readings = [
        case_reading(
            CATALOGUE[name],
            [list(COLUMNS[name]), *([typed(row.get(column), column) for column in COLUMNS[name]] for row in rows)],
        )
        for name, rows in county.items()
    ]
    return build_tables(readings, CATALOGUE, engine)


def linked(
    county: Mapping[str, Sequence[Mapping[str, Cell]]], tables: Tables
) -> Mapping[str, Sequence[Mapping[str, Cell | str]]]:
    """The county with the numbers that rows got by a link, which the rules' words know nothing of."""
    told: dict[str, list[Mapping[str, Cell | str]]] = {}
    for name, rows in county.items():
        links = tables.present[name].links
        found = {n: link.person_id for n in range(len(rows)) if (link := links.of(n)) is not None and link.person_id}
        told[name] = [{**row, "person_id": found[n]} if n in found else row for n, row in enumerate(rows)]
    return told
