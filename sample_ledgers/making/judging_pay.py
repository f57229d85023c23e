"""The rules GP, WG and DH read once more, in plain Python over the rows of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sample_ledgers.making.county import MONTHS, Row, last_day
from sample_ledgers.making.reading import (
    AS_OF,
    AWAY,
    FORMAL,
    Reading,
    active,
    active_at,
    days,
    money,
    month_of,
    on,
    same_unit,
    text,
    whole,
)

# rule, kind of subject, subject, month (TG: the week's last day, as text) or None
Hit = tuple[str, str, str, date | str | None]
_CENT = Decimal("0.01")


def _month(row: Row) -> date:
    month = on(row, "month")
    assert month is not None
    return month


def _dead_before(read: Reading, person: str, month: date) -> bool:
    return any((died := on(row, "died_on")) and month_of(died) < month for row in read.of("deaths", person))


def _in_custody(read: Reading, person: str, month: date) -> bool:
    return any(whole(on(row, "from_on"), on(row, "to_on"), month) for row in read.of("custody", person))


def _away(read: Reading, person: str, month: date) -> bool:
    return any(
        row["region"] in AWAY and whole(on(row, "left_on"), on(row, "returned_on"), month)
        for row in read.of("migrant_work", person)
    )


def insured(row: Row, month: date) -> bool:
    """Whether an insurance row holds in a month."""
    first, last = on(row, "month_from"), on(row, "month_to")
    return first is not None and first <= month and (last is None or last >= month)


def _insured_elsewhere(read: Reading, person: str, month: date) -> bool:
    return any(
        row["insurance"] in FORMAL and insured(row, month) and not same_unit(row["employer"], post["employer"])
        for post in read.of("posts", person)
        if active(post, month)
        for row in read.of("social_insurance", person)
    )


def _wage(read: Reading, person: str, month: date) -> Decimal | None:
    return max((money(post, "monthly_wage") for post in read.of("posts", person) if active(post, month)), default=None)


def ghosts(read: Reading) -> Iterator[Hit]:
    """GP01 to GP10."""
    covered = {(employer, _month(row)) for row in read.all("attendance") for employer in read.employers(row)}
    covered_months = {_month(row) for row in read.all("attendance")}
    present = {(text(row, "person_id"), _month(row)) for row in read.all("attendance") if days(row, "days_present") > 0}
    payments: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in read.paid():
        payments[text(row, "person_id"), _month(row)].append(row)
    for (person, month), rows in payments.items():
        posts = read.of("posts", person)
        known = [read.employers(row) for row in rows]
        if (person, month) not in present and any(
            any((employer, month) in covered for employer in each) if each else month in covered_months
            for each in known
        ):
            yield "GP01", "person", person, month
        held = [post for post in posts if (hired := on(post, "hired_on")) and month_of(hired) <= month]
        if held and all((left := on(post, "left_on")) and month_of(left) < month for post in held):
            yield "GP02", "person", person, month
        if _dead_before(read, person, month):
            yield "GP03", "person", person, month
        if _in_custody(read, person, month):
            yield "GP04", "person", person, month
        if not posts:
            yield "GP05", "person", person, None
        if _insured_elsewhere(read, person, month):
            yield "GP06", "person", person, month
        if _away(read, person, month):
            yield "GP07", "person", person, month
        if len(rows) > 1:
            yield "GP08", "person", person, month
    sums: Counter[tuple[str, date]] = Counter()
    for row in read.all("attendance"):
        sums[text(row, "person_id"), _month(row)] += days(row, "days_present")
    for (person, month), total in sums.items():
        if total > last_day(month).day:
            yield "GP10", "person", person, month
    for person, month in present:
        if _dead_before(read, person, month) or _in_custody(read, person, month):
            yield "GP09", "person", person, month


def wages(read: Reading) -> Iterator[Hit]:
    """WG01 to WG03."""
    sums: Counter[tuple[str, date]] = Counter()
    covered = {(employer, _month(row)) for row in read.all("payroll") for employer in read.employers(row)}
    for row in read.paid():
        person, month, paid_on = text(row, "person_id"), _month(row), on(row, "paid_on")
        sums[person, month] += money(row)  # type: ignore[assignment]
        if paid_on is not None and paid_on > last_day(month) + timedelta(days=30):
            yield "WG01", "person", person, month
    for row in read.all("attendance"):
        person, month = text(row, "person_id"), _month(row)
        wage, total = _wage(read, person, month), sums[person, month]
        required, present = days(row, "days_required"), days(row, "days_present")
        if wage is not None and present >= required > 0 and 0 < total < wage - _CENT:
            yield "WG02", "person", person, month
        due = last_day(month) + timedelta(days=30) < AS_OF
        posts = [post for post in read.of("posts", person) if active(post, month)]
        paying = any((read.unit(text(post, "employer")), month) in covered for post in posts)
        if present > 0 and total == 0 and due and paying:
            yield "WG03", "person", person, month


def handouts(read: Reading) -> Iterator[Hit]:
    """DH01 to DH07."""
    yield from _households(read)
    yield from _attendance(read)
    yield from _payments(read)
    crowds = Counter(
        "/".join((text(post, "township"), text(post, "village"), text(post, "post_type")))
        for post in read.all("posts")
        if active_at(post, AS_OF)
    )
    yield from (("DH07", "village", village, None) for village, number in crowds.items() if number > 15)


def _households(read: Reading) -> Iterator[Hit]:
    households: dict[str, set[str]] = defaultdict(set)
    for row in read.all("roster"):
        households[text(row, "household_id")].add(text(row, "person_id"))
    for household, people in households.items():
        for month in MONTHS:
            if sum(any(active(post, month) for post in read.of("posts", person)) for person in people) > 1:
                yield "DH01", "household", household, None


def _attendance(read: Reading) -> Iterator[Hit]:
    sheets: dict[tuple[str, date], list[int]] = defaultdict(list)
    for row in read.all("attendance"):
        for employer in read.employers(row):
            sheets[employer, _month(row)].append(days(row, "days_present"))
    uniform = Counter(
        employer for (employer, _), all_days in sheets.items() if len(all_days) >= 10 > len(set(all_days)) == 1
    )
    yield from (("DH02", "employer", employer, None) for employer, number in uniform.items() if number > 2)
    kept = {employer for row in read.whole["attendance"] for employer in read.employers(row)}
    paying = Counter({(employer, _month(row)) for row in read.paid() for employer in read.employers(row)})
    months = Counter(employer for employer, _ in paying)
    yield from (("DH06", "employer", who, None) for who, number in months.items() if number > 2 and who not in kept)

    for row in read.all("attendance"):
        person, month = text(row, "person_id"), _month(row)
        required, present = days(row, "days_required"), days(row, "days_present")
        wage = _wage(read, person, month)
        total = sum(money(pay) for pay in read.of("payroll", person) if pay["month"] == month)
        if wage is not None and required > 0 and 0 < present * 2 < required and total >= wage:
            yield "DH03", "person", person, month


def _payments(read: Reading) -> Iterator[Hit]:
    lumps: dict[tuple[str, date | None], set[date]] = defaultdict(set)
    for row in read.paid():
        person, month = text(row, "person_id"), _month(row)
        lumps[person, on(row, "paid_on")].add(month)
        wage = _wage(read, person, month)
        if money(row) > 2100 or (wage is not None and money(row) > wage + _CENT):
            yield "DH05", "person", person, month
    yield from (("DH04", "person", person, None) for (person, _), months in lumps.items() if len(months) > 2)
