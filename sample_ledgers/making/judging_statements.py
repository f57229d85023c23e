"""The statements RX01 to RX10 and RX24 to RX26 drawn up once more, in plain Python over the rows of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import TypeAlias

from sample_ledgers.making.county import MONTHS, Row, last_day
from sample_ledgers.making.judging_duties import counted, disagreement
from sample_ledgers.making.judging_jobs import latest_visit, roll_at, traced
from sample_ledgers.making.judging_receipts import receipts
from sample_ledgers.making.reading import (
    AS_OF,
    AWAY,
    REFS,
    Reading,
    active,
    active_at,
    money,
    named,
    on,
    open_at,
    plain,
    text,
)

Figures: TypeAlias = dict[str, int | str]
Key: TypeAlias = tuple[Hashable, ...]
# What a row says, to be compared with what the other side says.
Said: TypeAlias = dict[str, object]
Side: TypeAlias = list[tuple[Key, Said]]


def _differ(one: Said, other: Said) -> bool:
    """Whether two rows differ in something that both give; names without spaces."""
    for column in one.keys() & other.keys():
        left, right = one[column], other[column]
        if column == "name":
            left, right = plain(str(left or "")), plain(str(right or ""))
        if left in {None, ""} or right in {None, ""}:
            continue
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            if abs(left - right) > Decimal("0.01"):
                return True
        elif left != right:
            return True
    return False


def compare(left: Side, right: Side, *, differ: Callable[[Said, Said], bool] = _differ) -> Figures:
    """The figures of two sides, grouped by their keys; keys with an empty part are left out; amounts are summed."""
    sides: list[dict[Key, list[Said]]] = []
    for side in (left, right):
        grouped: dict[Key, list[Said]] = defaultdict(list)
        for key, said in side:
            if all(part not in {None, ""} for part in key):
                grouped[key].append(said)
        sides.append(grouped)
    one, other = sides
    both = one.keys() & other.keys()
    apart = {key for key in both if _groups_differ(one[key], other[key], differ)}
    return {
        "matched": len(both - apart),
        "different": len(apart),
        "left_only": len(one.keys() - both),
        "right_only": len(other.keys() - both),
        "duplicates": len({key for side in sides for key, rows in side.items() if len(rows) > 1}),
    }


def _groups_differ(one: list[Said], other: list[Said], differ: Callable[[Said, Said], bool]) -> bool:
    left, right = ([_without_amount(said) for said in side] for side in (one, other))
    if any(differ(each, another) for each, another in product(left, right)):
        return True
    sums = _sum(one), _sum(other)
    return "amount" in one[0] and "amount" in other[0] and differ({"amount": sums[0]}, {"amount": sums[1]})


def _sum(rows: Iterable[Said]) -> Decimal:
    return sum((amount for said in rows if isinstance(amount := said.get("amount"), Decimal)), start=Decimal(0))


def _without_amount(said: Said) -> Said:
    return {column: value for column, value in said.items() if column != "amount"}


def _people(rows: Iterable[Row], *columns: str) -> Side:
    return [((text(row, "person_id"),), {column: row[column] for column in columns}) for row in rows]


def _posts(read: Reading) -> Side:
    covered = {(employer, on(row, "month")) for row in read.all("payroll") for employer in read.employers(row)}
    return [
        ((text(post, "person_id"), month), {"name": post["name"], "amount": money(post, "monthly_wage")})
        for post in read.all("posts")
        for month in MONTHS
        if active(post, month) and (read.unit(text(post, "employer")), month) in covered
    ]


def _by_month(rows: Iterable[Row], *columns: str, workshop: bool = False) -> Side:
    keys = ("workshop_id", "person_id", "month") if workshop else ("person_id", "month")
    return [(tuple(_part(row, key) for key in keys), {column: row[column] for column in columns}) for row in rows]


def _part(row: Row, column: str) -> Hashable:
    return on(row, column) if column == "month" else text(row, column)


def _rx01(read: Reading) -> Figures:
    left, right = _posts(read), _by_month(read.paid(), "name", "amount")
    return compare(left, right) | amounts(_sum(said for _, said in left), _sum(said for _, said in right))


def amounts(left: Decimal, right: Decimal) -> Figures:
    """The money of both sides and the difference."""
    return {"amount_left": f"{left:.2f}", "amount_right": f"{right:.2f}", "amount_difference": f"{left - right:.2f}"}


def _rx02(read: Reading) -> Figures:
    present = (row for row in read.all("attendance") if isinstance(n := row["days_present"], int) and n > 0)
    return compare(_by_month(read.paid(), "name"), _by_month(present, "name"))


def _rx03(read: Reading) -> Figures:
    held = [post for post in read.all("posts") if active_at(post, AS_OF)]
    return compare(_people(held, "name"), _people(read.all("roster"), "name"))


def _rx04(read: Reading) -> Figures:
    left: Side = [
        ((text(row, "workshop_id"),), {"heads": row["headcount"], "poor": row["poverty_headcount"]})
        for row in read.all("workshops")
    ]
    right: Side = []
    for workshop in {text(row, "workshop_id") for row in read.all("workshop_workers")}:
        people, poor = roll_at(read, workshop, AS_OF)
        if people:
            right.append(((workshop,), {"heads": len(people), "poor": len(poor)}))
    return compare(left, right)


def _rx05(read: Reading) -> Figures:
    covered = {(text(row, "workshop_id"), row["month"]) for row in read.all("workshop_payroll")}
    left: Side = [
        ((text(row, "workshop_id"), text(row, "person_id"), month), {"name": row["name"]})
        for row in read.all("workshop_workers")
        for month in MONTHS
        if (text(row, "workshop_id"), month) in covered
        and (on(row, "hired_on") or month) <= month
        and (on(row, "left_on") or AS_OF) >= last_day(month)
    ]
    paid = (row for row in read.all("workshop_payroll") if money(row) > 0)
    return compare(left, _by_month(paid, "name", workshop=True))


def _rx06(read: Reading) -> Figures:
    return compare(_people(read.all("roster"), "employed"), _people(read.all("hr_pool"), "employed"))


def _rx07(read: Reading) -> Figures:
    left: Side = [
        ((text(row, "person_id"),), {"region": row["work_region"]})
        for row in read.all("roster")
        if row["employed"] == "是" and row["work_region"] in AWAY
    ]
    away = (
        row
        for row in read.all("migrant_work")
        if row["region"] in AWAY and open_at(row, "left_on", "returned_on", AS_OF)
    )
    return compare(left, _people(away, "region"))


def _rx08(read: Reading) -> Figures:
    years = {row["year"] for row in read.subsidies()}
    left: Side = [((text(row, "person_id"), _year(row["year"])), {"name": row["name"]}) for row in read.subsidies()]
    right: Side = [
        ((text(row, "person_id"), year), {"name": row["name"]})
        for row in read.all("migrant_work")
        for year in map(_year, years)
        if (gone := on(row, "left_on")) is not None
        and gone.year <= year
        and ((back := on(row, "returned_on")) is None or back.year >= year)
    ]
    return compare(left, right)


def _year(value: object) -> int:
    assert isinstance(value, int)
    return value


def _rx09(read: Reading) -> Figures:
    total: dict[str, int] = defaultdict(int)
    parties = [party for party in ("人社", "乡村振兴", "山东") if read.of("labour_cooperation", party, "party")]
    for one, other in combinations(parties, 2):
        left, right = (
            [((text(row, "person_id"),), {"row": row}) for row in read.of("labour_cooperation", party, "party")]
            for party in (one, other)
        )
        pair = compare(left, right, differ=lambda mine, theirs: bool(disagreement(mine["row"], theirs["row"])))  # type: ignore[arg-type]
        for name, number in pair.items():
            assert isinstance(number, int)
            total[name] += number
    return dict(total)


def _rx10(read: Reading) -> Figures:
    weeks = [day for row in read.all("weekly_dispatch") if (day := on(row, "week_ending")) and day <= AS_OF]
    last = max(weeks, default=date.min)
    rows = [row for row in read.all("weekly_dispatch") if row["week_ending"] == last]
    left: Side = [((text(row, "area"), text(row, "indicator")), {"value": row["value"]}) for row in rows]
    right: Side = [
        (key, {"value": counted(read, str(key[0]), str(key[1]), last)}) for key in {key: None for key, _ in left}
    ]
    return compare(left, right)


def _rx24(read: Reading) -> Figures:
    left: Side = []
    right: Side = []
    for workshop in {text(row, "workshop_id") for row in read.all("workshop_visits")}:
        visit = latest_visit(read, workshop)
        if visit is None:
            continue
        right.append(((workshop,), {"heads": visit["heads_on_site"], "poor": visit["poverty_heads_on_site"]}))
        people, poor = roll_at(read, workshop, on(visit, "visited_on") or AS_OF)
        if people:
            left.append(((workshop,), {"heads": len(people), "poor": len(poor)}))
    return compare(left, right)


def _rx25(read: Reading) -> Figures:
    left = [row for row in read.all("roster") if row["employed"] == "是"]
    right = [row for row in read.all("roster") if text(row, "person_id") and traced(read, text(row, "person_id"))]
    return compare(_people(left), _people(right))


def _rx26(read: Reading) -> Figures:
    referring = [(ledger, row) for ledger in REFS for row in read.all(ledger)]
    left: Side = [((name,), {}) for _, row in referring for name in named(row.get("evidence"))]
    return compare(left, [((name,), {}) for name in read.files])


_STATEMENTS = {
    "RX01": _rx01,
    "RX02": _rx02,
    "RX03": _rx03,
    "RX04": _rx04,
    "RX05": _rx05,
    "RX06": _rx06,
    "RX07": _rx07,
    "RX08": _rx08,
    "RX09": _rx09,
    "RX10": _rx10,
    "RX24": _rx24,
    "RX25": _rx25,
    "RX26": _rx26,
}


def statements(read: Reading) -> dict[str, Figures]:
    """The figures of every statement."""
    drawn = {name: draw(read) for name, draw in _STATEMENTS.items()}
    return dict(sorted((drawn | receipts(read)).items()))
