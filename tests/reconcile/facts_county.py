"""Small random counties for the statements of ledgers and facts, and a reading of the catalogue's words by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple, TypeAlias

from auditor.ledgers import default_catalogue
from auditor.rules import person_number
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

Value: TypeAlias = str | int | date | None
Row: TypeAlias = Mapping[str, Value]
County: TypeAlias = Mapping[str, Sequence[Row]]

AS_OF, FIRST, LAST = date(2022, 12, 15), date(2022, 2, 1), date(2022, 11, 1)
WINDOW = 5
_SOON = tuple(date(2022, 4, 10) + timedelta(days=n) for n in (*(0,) * 4, 1, 2, 3, 4, 5, 6, 7, 12))
_ACCOUNTS = ("62170001", "62170001", "62170002", None)
_MONEY = ("600.00", "600.00", "600.01", "0.00", "-600.00", None)
_NAMES = ("甲", "甲", "甲", "乙", None)
_IDS = (*(person_number(name) for name in "甲乙丙丁"), None)
_WORKSHOPS = ("W1", "W1", "W2", "W3", None)
_VISITS = (date(2022, 11, 1), date(2022, 11, 10), AS_OF, AS_OF + timedelta(days=1), None)
_HIRED = (*(date(2021, 5, 1),) * 4, date(2022, 11, 1), date(2022, 11, 10), date(2022, 11, 11), None)
_LEFT = (*(None,) * 4, date(2022, 10, 31), date(2022, 11, 1), date(2022, 11, 10))

_PAID: Mapping[str, tuple[Value, ...]] = {
    "name": _NAMES,
    "amount": _MONEY,
    "account_no": _ACCOUNTS,
    "paid_on": (*_SOON, None),
}
_MONTHS = (*(date(2022, 3, 1),) * 6, FIRST, LAST, date(2022, 1, 1), date(2022, 12, 1), None)
_VALUES: Mapping[str, Mapping[str, tuple[Value, ...]]] = {
    "payroll": {
        "person_id": _IDS,
        "month": _MONTHS,
        "employer": ("云山镇", None),
        "village": ("柳坝村", None),
        **_PAID,
    },
    "workshop_payroll": {"workshop_id": _WORKSHOPS, "person_id": _IDS, "month": _MONTHS, **_PAID},
    "transport_subsidy": {"person_id": _IDS, "year": (2022, 2022, 2022, 2021, 2023, None), **_PAID},
    "bank_payments": {
        "account_no": _ACCOUNTS,
        "account_name": _NAMES,
        "amount": _MONEY[:3],
        "paid_on": (*_SOON, *_SOON, None),
        "status": ("成功",) * 6 + ("失败", None),
    },
    "workshop_workers": {
        "workshop_id": _WORKSHOPS,
        "person_id": _IDS,
        "name": _NAMES,
        "poverty": ("是", "是", "否", None),
        "hired_on": _HIRED,
        "left_on": _LEFT,
    },
    "workshop_visits": {
        "workshop_id": _WORKSHOPS,
        "visited_on": _VISITS,
        "heads_on_site": (0, 1, 1, 2, 2, 3, None),
        "poverty_heads_on_site": (0, 1, 1, 2, None),
    },
    "roster": {"person_id": _IDS, "name": _NAMES},
}
_MOST = {"workshop_visits": 5, "roster": 3}
_CATALOGUE = {name: ledger for name, ledger in default_catalogue().items() if name in _VALUES}


class Figures(NamedTuple):
    """The figures of a statement."""

    matched: int = 0
    different: int = 0
    left_only: int = 0
    right_only: int = 0
    duplicates: int = 0
    rows_left: int = 0
    rows_right: int = 0
    amount_left: Decimal | None = None
    amount_right: Decimal | None = None


def county(seed: int) -> County:
    """A county that follows from its seed; a ledger may be empty."""
    chance = Random(seed)
    return {
        ledger: [
            {column: chance.choice(choices) for column, choices in values.items()}
            for _ in range(chance.choice((0, *(_MOST.get(ledger, 12),) * 5)))
        ]
        for ledger, values in _VALUES.items()
    }


def load(rows: County, engine: DuckEngine) -> Tables:
    """The county's ledgers in `engine`, the real way from texts."""
    readings = []
    for name, of in rows.items():
        columns = list(_VALUES[name])
        readings.append(
            case_reading(_CATALOGUE[name], [columns, *([_typed(row[c], c) for c in columns] for row in of)])
        )
    return build_tables(readings, _CATALOGUE, engine)


def _typed(value: Value, column: str) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column == "month" else value.isoformat()
    return "" if value is None else str(value)


def _day(value: Value) -> date:
    assert isinstance(value, date)
    return value


def _yuan(row: Row) -> Decimal:
    return Decimal(str(row["amount"] or 0))


def _left(rows: County, statement: str) -> list[Row]:
    if statement == "RX23":
        return [
            row
            for row in rows["transport_subsidy"]
            if row["paid_on"] is not None and _yuan(row) > 0 and row["year"] == FIRST.year
        ]
    ledger = "payroll" if statement == "RX21" else "workshop_payroll"
    inside = [row for row in rows[ledger] if row["month"] is not None and FIRST <= _day(row["month"]) <= LAST]
    return [row for row in inside if _yuan(row) > 0 and (statement == "RX21" or row["account_no"] is not None)]


def payments(rows: County) -> Mapping[str, Figures]:
    """RX21 to RX23 in the catalogue's words, one candidate pair after the other."""
    bank = [row for row in rows["bank_payments"] if row["status"] == "成功"]
    used: dict[int, str] = {}
    found: dict[str, Figures] = {}
    for statement in ("RX21", "RX22", "RX23"):
        left = _left(rows, statement)
        pairs: dict[int, int] = {}
        for i, j in _candidates(left, bank):
            if i not in pairs and j not in used:
                pairs[i] = j
                used[j] = statement
        names = [(left[i]["name"], bank[j]["account_name"]) for i, j in pairs.items()]
        different = sum(one is not None and other is not None and one != other for one, other in names)
        equal = Counter((row["account_no"], _yuan(row), row["paid_on"]) for row in left)
        found[statement] = Figures(
            matched=len(pairs) - different,
            different=different,
            left_only=len(left) - len(pairs),
            duplicates=sum(count > 1 and None not in key for key, count in equal.items()),
            rows_left=len(left),
            rows_right=len(pairs),
            amount_left=sum(map(_yuan, left), Decimal(0)),
            amount_right=sum((_yuan(bank[j]) for j in pairs.values()), Decimal(0)),
        )
    rest = [row for j, row in enumerate(bank) if j not in used]
    first = found["RX21"]
    found["RX21"] = first._replace(
        right_only=len(rest),
        rows_right=first.rows_right + len(rest),
        amount_right=(first.amount_right or Decimal(0)) + sum(map(_yuan, rest), Decimal(0)),
    )
    return found


def _candidates(left: Sequence[Row], bank: Sequence[Row]) -> Iterator[tuple[int, int]]:
    ranked = []
    for i, one in enumerate(left):
        for j, other in enumerate(bank):
            if None in (one["account_no"], one["paid_on"], other["paid_on"], other["amount"]):
                continue
            if (one["account_no"], _yuan(one)) != (other["account_no"], _yuan(other)):
                continue
            apart = abs((_day(one["paid_on"]) - _day(other["paid_on"])).days)
            if apart <= WINDOW:
                ranked.append((apart, _day(one["paid_on"]), _day(other["paid_on"]), i, j))
    for *_, i, j in sorted(ranked):
        yield i, j


def visits(rows: County) -> Figures:
    """RX24 in the catalogue's words: the latest visit of each workshop against its roll on that day."""
    latest: dict[Value, date] = {}
    for visit in rows["workshop_visits"]:
        if visit["workshop_id"] is not None and visit["visited_on"] is not None and _day(visit["visited_on"]) <= AS_OF:
            latest[visit["workshop_id"]] = max(_day(visit["visited_on"]), latest.get(visit["workshop_id"], date.min))
    roster = {row["person_id"] for row in rows["roster"]} - {None}
    counts = Counter[str]()
    for workshop, day in latest.items():
        seen = [v for v in rows["workshop_visits"] if (v["workshop_id"], v["visited_on"]) == (workshop, day)]
        roll = [
            (row["person_id"] or f"row {n}", _poor(row, roster, listed=bool(rows["roster"])))
            for n, row in enumerate(rows["workshop_workers"])
            if row["workshop_id"] == workshop
            and (row["hired_on"] is None or _day(row["hired_on"]) <= day)
            and (row["left_on"] is None or _day(row["left_on"]) >= day)
        ]
        counts["duplicates"] += len(seen) > 1
        counts["rows_right"] += len(seen)
        counts["rows_left"] += bool(roll)
        if not roll:
            counts["right_only"] += 1
            continue
        heads = len({who for who, _ in roll})
        poor = None if any(p is None for _, p in roll) else len({who for who, p in roll if p})
        sides = ((heads, _most(seen, "heads_on_site")), (poor, _most(seen, "poverty_heads_on_site")))
        differs = any(one is not None and other is not None and one != other for one, other in sides)
        counts["different" if differs else "matched"] += 1
    return Figures(
        matched=counts["matched"],
        different=counts["different"],
        right_only=counts["right_only"],
        duplicates=counts["duplicates"],
        rows_left=counts["rows_left"],
        rows_right=counts["rows_right"],
    )


def _poor(row: Row, roster: set[Value], *, listed: bool) -> bool | None:
    """Out of poverty: so it says, or, where it says nothing, on the roster; None where that cannot be told."""
    if row["poverty"] is not None:
        return row["poverty"] == "是"
    return row["person_id"] in roster if listed and row["person_id"] is not None else None


def _most(visits: Sequence[Row], column: str) -> int | None:
    return max((int(str(visit[column])) for visit in visits if visit[column] is not None), default=None)
