"""The GP and WG rules as plain loops over rows, written from the words of the rule catalogue and from no query.

Each function says whether the rule holds for a person in a month. Nothing here is shared with the product.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.signals.county import County, Row

from auditor.profile import Profile

PAY_DAYS = 30


def _first(day: date) -> date:
    return day.replace(day=1)


def _last(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _day(row: Row, column: str) -> date | None:
    value = row[column]
    assert value is None or isinstance(value, date)
    return value


def _money(row: Row, column: str = "amount") -> Decimal | None:
    value = row[column]
    return None if value is None else Decimal(str(value))


def _count(row: Row, column: str) -> int | None:
    value = row[column]
    return None if value is None else int(str(value))


class Reader:
    """A county read by hand."""

    def __init__(self, county: County, profile: Profile) -> None:
        self.county, self.as_of, self.months = county, profile.as_of, profile.period.months

    def of(self, ledger: str, person: object, month: date | None = None) -> list[Row]:
        rows = [row for row in self.county[ledger] if row["person_id"] == person]
        return rows if month is None else [row for row in rows if row["month"] == month]

    def paid(self, person: object, month: date) -> list[Row]:
        return [row for row in self.of("payroll", person, month) if (_money(row) or 0) > 0]

    def present(self, person: object, month: date) -> list[Row]:
        return [row for row in self.of("attendance", person, month) if (_count(row, "days_present") or 0) > 0]

    def perhaps(self, ledger: str, person: object) -> list[Row]:
        """The rows without a number that have a name of the person, and so may be theirs."""
        rows = [row for rows in self.county.values() for row in rows if row["person_id"] == person]
        names = {row.get("name") for row in rows} - {None}
        return [row for row in self.county[ledger] if row["person_id"] is None and row["name"] in names]

    def perhaps_paid(self, person: object, month: date) -> bool:
        return any(row["month"] == month and (_money(row) or 0) > 0 for row in self.perhaps("payroll", person))

    def perhaps_present(self, person: object, month: date) -> bool:
        rows = self.perhaps("attendance", person)
        return any(row["month"] == month and (_count(row, "days_present") or 0) > 0 for row in rows)

    def perhaps_active(self, person: object, month: date) -> bool:
        for post in self.perhaps("posts", person):
            hired, left = _day(post, "hired_on"), _day(post, "left_on")
            if (hired is None or _first(hired) <= month) and (left is None or _first(left) >= month):
                return True
        return False

    def active(self, person: object, month: date) -> list[Row]:
        """A post is active in m when month(hired_on) <= m and (left_on is empty or month(left_on) >= m)."""
        found = []
        for post in self.of("posts", person):
            hired, left = _day(post, "hired_on"), _day(post, "left_on")
            if (hired is None or _first(hired) <= month) and (left is None or _first(left) >= month):
                found.append(post)
        return found

    def employers(self, row: Row, month: date) -> set[object]:
        """The one it names, else that of each post of the person active in that month."""
        if row["employer"] is not None:
            return {row["employer"]}
        if row["person_id"] is None:
            return set()
        return {post["employer"] for post in self.active(row["person_id"], month) if post["employer"] is not None}

    def covers(self, ledger: str, employer: object, month: date) -> bool:
        return any(employer in self.employers(row, month) for row in self.county[ledger] if row["month"] == month)

    def dead(self, person: object, month: date) -> bool:
        days = [_day(row, "died_on") for row in self.of("deaths", person)]
        return any(day is not None and _first(day) < month for day in days)

    def whole_month(self, rows: Iterable[Row], month: date, start: str, end: str) -> bool:
        """The span starts on or before the first day of m and is open, or ends on or after the last day of m."""
        for row in rows:
            begins, ends = _day(row, start), _day(row, end)
            if begins is not None and begins <= month and (ends is None or ends >= _last(month)):
                return True
        return False

    def held(self, person: object, month: date) -> bool:
        return self.whole_month(self.of("custody", person), month, "from_on", "to_on")

    def overdue(self, month: date) -> bool:
        return self.as_of > _last(month) + timedelta(days=PAY_DAYS)

    def gp01(self, person: object, month: date) -> bool:
        if self.present(person, month) or self.perhaps_present(person, month):
            return False
        for row in self.paid(person, month):
            employers = self.employers(row, month)
            if any(self.covers("attendance", employer, month) for employer in employers):
                return True
            if not employers and any(other["month"] == month for other in self.county["attendance"]):
                return True
        return False

    def gp02(self, person: object, month: date) -> bool:
        begun = []
        if self.perhaps_active(person, month):
            return False
        for post in self.of("posts", person):
            hired = _day(post, "hired_on")
            if hired is None or _first(hired) <= month:
                begun.append(_day(post, "left_on"))
        return bool(self.paid(person, month) and begun) and all(
            left is not None and _first(left) < month for left in begun
        )

    def gp03(self, person: object, month: date) -> bool:
        return bool(self.paid(person, month)) and self.dead(person, month)

    def gp04(self, person: object, month: date) -> bool:
        return bool(self.paid(person, month)) and self.held(person, month)

    def gp05(self, person: object) -> bool:
        if self.of("posts", person) or self.perhaps("posts", person):
            return False
        return any(self.paid(person, month) for month in self.months)

    def gp06(self, person: object, month: date) -> bool:
        if not self.paid(person, month):
            return False
        for post in self.active(person, month):
            for row in self.of("social_insurance", person):
                begins, ends = _day(row, "month_from"), _day(row, "month_to")
                formal = row["insurance"] in {"企业职工基本养老保险", "机关事业单位养老保险"}
                insured = begins is not None and begins <= month and (ends is None or ends >= month)
                named = row["employer"] is not None and post["employer"] is not None
                if formal and insured and named and row["employer"] != post["employer"]:
                    return True
        return False

    def gp07(self, person: object, month: date) -> bool:
        away = [row for row in self.of("migrant_work", person) if row["region"] in {"县外省内", "省外", "境外"}]
        return bool(self.paid(person, month)) and self.whole_month(away, month, "left_on", "returned_on")

    def gp08(self, person: object, month: date) -> bool:
        return len(self.paid(person, month)) >= 2

    def gp09(self, person: object, month: date) -> bool:
        return bool(self.present(person, month)) and (self.dead(person, month) or self.held(person, month))

    def gp10(self, person: object, month: date) -> bool:
        days = sum(_count(row, "days_present") or 0 for row in self.of("attendance", person, month))
        return days > _last(month).day

    def wg01(self, person: object, month: date) -> bool:
        days = [_day(row, "paid_on") for row in self.paid(person, month)]
        return any(day is not None and day > _last(month) + timedelta(days=PAY_DAYS) for day in days)

    def wg02(self, person: object, month: date) -> bool:
        full = False
        if self.perhaps_paid(person, month):
            return False
        for row in self.of("attendance", person, month):
            required, present = _count(row, "days_required"), _count(row, "days_present")
            full = full or (required is not None and present is not None and 0 < required <= present)
        wages = [wage for post in self.active(person, month) if (wage := _money(post, "monthly_wage")) is not None]
        paid = sum((_money(row) or Decimal(0) for row in self.of("payroll", person, month)), Decimal(0))
        return full and bool(wages) and 0 < paid < max(wages) - Decimal("0.01")

    def wg03(self, person: object, month: date) -> bool:
        employers = [post["employer"] for post in self.active(person, month) if post["employer"] is not None]
        covered = any(self.covers("payroll", employer, month) for employer in employers)
        worked = bool(self.present(person, month))
        paid = bool(self.paid(person, month)) or self.perhaps_paid(person, month)
        return worked and covered and not paid and self.overdue(month)

    def signals(self) -> Iterator[tuple[str, object, str | None]]:
        """Every (rule, person, month) that holds."""
        people = {row["person_id"] for rows in self.county.values() for row in rows} - {None}
        monthly = {
            name.upper(): getattr(self, name) for name in dir(self) if name[:2] in {"gp", "wg"} and name != "gp05"
        }
        for person in people:
            if self.gp05(person):
                yield "GP05", person, None
            for rule, holds in monthly.items():
                for month in self.months:
                    if holds(person, month):
                        yield rule, person, f"{month:%Y-%m}"
