"""Small counties as plain Python rows: random ones, and their way into typed tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from hypothesis import strategies as st

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import person_number
from auditor.signals.cases import case_reading
from auditor.tables import Engine, Tables, build_tables

Row: TypeAlias = dict[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "payroll": ("person_id", "month", "employer", "amount", "paid_on"),
    "attendance": ("person_id", "month", "employer", "days_required", "days_present"),
    "posts": ("person_id", "employer", "hired_on", "left_on", "monthly_wage"),
    "social_insurance": ("person_id", "insurance", "employer", "month_from", "month_to"),
    "migrant_work": ("person_id", "region", "left_on", "returned_on"),
    "deaths": ("person_id", "died_on"),
    "custody": ("person_id", "from_on", "to_on"),
}
CATALOGUE = {name: default_catalogue()[name] for name in COLUMNS}

_MONTHS = [date(2021, 12, 1), date(2022, 1, 1), date(2022, 2, 1), date(2022, 3, 1), date(2022, 4, 1)]
_DAYS = [
    date(2021, 12, 31),
    *(date(2022, 1, day) for day in (1, 2, 31)),
    *(date(2022, 2, day) for day in (1, 15, 28)),
    *(date(2022, 3, day) for day in (1, 2, 30, 31)),
    date(2022, 4, 1),
]
_people = st.one_of(st.sampled_from([person_number("甲"), person_number("乙")]), st.none())
_employers = st.sampled_from([None, "云山镇", "平湖镇"])
_months = st.sampled_from(_MONTHS)
_maybe_months = st.one_of(_months, _months, st.none())
_days = st.one_of(st.sampled_from(_DAYS), st.sampled_from(_DAYS), st.none())
_money = st.sampled_from(["600.00", "599.99", "599.98", "1200.00", "300.00", "0.01", "0.00", "-600.00", None])
_paid = st.sampled_from(
    [None, *(date(2022, 3, day) for day in (1, 2, 3, 29, 30, 31)), date(2022, 5, 1), date(2022, 4, 30)]
)
_counts = st.sampled_from([None, 0, 1, 14, 15, 16, 20, 28, 29, 31, 32])

_FIELDS: Mapping[str, Mapping[str, st.SearchStrategy[object]]] = {
    "payroll": {"month": _maybe_months, "employer": _employers, "amount": _money, "paid_on": _paid},
    "attendance": {
        "month": _maybe_months,
        "employer": _employers,
        "days_required": st.sampled_from([None, 0, 1, 15, 20]),
        "days_present": _counts,
    },
    "posts": {
        "employer": _employers,
        "hired_on": _days,
        "left_on": st.one_of(_days, st.none()),
        "monthly_wage": st.sampled_from(["600.00", "1200.00", None]),
    },
    "social_insurance": {
        "insurance": st.sampled_from(["企业职工基本养老保险", "机关事业单位养老保险", "城乡居民养老保险", None]),
        "employer": _employers,
        "month_from": _maybe_months,
        "month_to": st.one_of(_maybe_months, st.none()),
    },
    "migrant_work": {
        "region": st.sampled_from(["省外", "境外", "县外省内", "县内", None]),
        "left_on": _days,
        "returned_on": st.one_of(_days, st.none()),
    },
    "deaths": {"died_on": _days},
    "custody": {"from_on": _days, "to_on": st.one_of(_days, st.none())},
}


def _rows(ledger: str) -> st.SearchStrategy[list[Row]]:
    most = 6 if ledger in {"payroll", "attendance", "posts"} else 3
    return st.lists(st.fixed_dictionaries({"person_id": _people, **_FIELDS[ledger]}), max_size=most)


counties: st.SearchStrategy[dict[str, list[Row]]] = st.fixed_dictionaries({name: _rows(name) for name in COLUMNS})
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
            [list(COLUMNS[name]), *([typed(row[column], column) for column in COLUMNS[name]] for row in rows)],
        )
        for name, rows in county.items()
    ]
    return build_tables(readings, CATALOGUE, engine)
