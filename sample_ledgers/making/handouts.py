"""Money given out as wages (DH), planted, and the near misses beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sample_ledgers.making.changes import month, no_attendance, pay, post, present
from sample_ledgers.making.county import CITY, CLEANERS, LIBRARY, ROADS, County, Holder
from sample_ledgers.making.expected import Expected

_HANDOUT, _WAGES = "disguised_handout", "wages"


def _one_household(county: County, first: Holder, second: Holder) -> str:
    """Moves the second holder's household into the first's."""
    for row in county.ledgers["roster"]:
        if row["household_id"] == second.household:
            row["household_id"] = first.household
    return first.household


def _households(county: County, expected: Expected) -> None:
    """Several of a household on posts at once."""
    clue = _one_household(county, county.holder(17), county.holder(41))
    expected.about("DH01", "household", clue)
    expected.concluded(_HANDOUT, "household", clue, "clue")

    absent = county.holder(53)
    strong = _one_household(county, county.holder(50), absent)
    no_attendance(county, absent.person, 6)
    expected.signal("GP01", absent.person, 6)
    expected.finding("ghost_payroll", absent.person, "clue")
    expected.about("DH01", "household", strong)
    expected.concluded(_HANDOUT, "household", strong, "strong")

    turns = _one_household(county, county.holder(46), county.holder(47))
    expected.near_miss_about("DH01", turns, "一户两人先后在岗：一人6月30日离岗，一人7月1日上岗")


def _uniform(county: County, employer: str, days: dict[int, int]) -> None:
    for row in county.ledgers["attendance"]:
        for number, present_days in days.items():
            if row["employer"] == employer and row["month"] == month(number):
                assert isinstance(row["days_required"], int)
                row |= {"days_present": present_days, "leave_days": max(row["days_required"] - present_days, 0)}


def _attendance(county: County, expected: Expected) -> None:
    """Everybody present on as many days; no attendance kept at all."""
    _uniform(county, CLEANERS, {9: 20, 10: 18, 12: 21})
    expected.about("DH02", "employer", CLEANERS)
    expected.concluded(_HANDOUT, "employer", CLEANERS, "clue")
    _uniform(county, ROADS, {10: 18, 11: 22})
    expected.near_miss_about("DH02", ROADS, "全员出勤天数相同的只有两个月")

    county.remove("attendance", lambda row: row["employer"] in {CITY, LIBRARY})
    expected.about("DH06", "employer", CITY)
    expected.concluded(_HANDOUT, "employer", CITY, "strong")
    expected.near_miss_about("DH06", LIBRARY, "没有考勤表，但只发放了两个月")
    for number in (84, 85, 86):
        expected.near_miss("GP01", county.holder(number).person, "单位没有考勤表，不按个人评价")


def _little_work(county: County, expected: Expected) -> None:
    """Paid in full for less than half the days."""
    often = county.holder(113)
    for number in (10, 11, 12):
        present(county, often, number, 5)
    expected.signal("DH03", often.person, 10, 11, 12)
    expected.finding(_HANDOUT, often.person, "conclusive")
    once = county.holder(115)
    present(county, once, 11, 10)
    expected.signal("DH03", once.person, 11)
    expected.finding(_HANDOUT, once.person, "strong")
    half = county.holder(116)
    present(county, half, 10, 9)
    expected.near_miss("DH03", half.person, "10月出勤9天，正好是应出勤18天的一半")


def _pay_all(county: County, holder: Holder, months: Iterable[int], paid_on: date) -> None:
    for number in months:
        pay(county, holder.person, number, paid_on=paid_on)


def _payments(county: County, expected: Expected) -> None:
    """Several months paid on one day; above the standard."""
    lump, both = county.holder(117), county.holder(118)
    for holder in (lump, both):
        _pay_all(county, holder, (10, 11, 12), date(2022, 12, 28))
        expected.signal("DH04", holder.person)
        expected.signal("WG01", holder.person, 10)
        expected.finding(_WAGES, holder.person, "clue")
    expected.finding(_HANDOUT, lump.person, "clue")
    pay(county, both.person, 11, amount=str(both.wage + 200))
    expected.signal("DH05", both.person, 11)
    expected.finding(_HANDOUT, both.person, "conclusive")
    two = county.holder(109)
    _pay_all(county, two, (10, 11), date(2022, 11, 30))
    expected.near_miss("DH04", two.person, "10、11两个月同一天发放，不到三个月")

    over = county.holder(112)
    pay(county, over.person, 12, amount=str(over.wage + Decimal("50.50")))
    expected.signal("DH05", over.person, 12)
    expected.finding(_HANDOUT, over.person, "strong")
    capped = county.holder(111)
    post(county, capped.person)["monthly_wage"] = Decimal(2200)
    for number in (10, 11, 12):
        pay(county, capped.person, number, amount="2200" if number == 12 else "2100")
        present(county, capped, number, 16)
    expected.signal("DH05", capped.person, 12)
    expected.finding(_HANDOUT, capped.person, "strong")
    cent = county.holder(110)
    pay(county, cent.person, 11, amount=str(cent.wage + Decimal("0.01")))
    expected.near_miss("DH05", cent.person, "只多1分钱")


def _posts_of_a_kind(county: County, employer: str, kind: str, number: int) -> None:
    """Turns posts of the employer's village into posts of one kind until `number` of them stand at the year's end."""
    place = next(holder for holder in county.holders if holder.employer == employer)
    there = [
        row
        for row in county.ledgers["posts"]
        if (row["township"], row["village"], row["left_on"]) == (place.township, place.village, None)
    ]
    missing = number - sum(row["post_type"] == kind for row in there)
    for row in there:
        if row["post_type"] != kind and missing > 0:
            row["post_type"] = kind
            missing -= 1
    assert missing == 0


def _crowds(county: County, expected: Expected) -> None:
    """Sixteen cleaners in a village; fifteen road keepers in another."""
    _posts_of_a_kind(county, CLEANERS, "保洁员", 16)
    expected.about("DH07", "village", "石桥镇/新民村/保洁员")
    expected.concluded(_HANDOUT, "village", "石桥镇/新民村/保洁员", "clue")
    _posts_of_a_kind(county, ROADS, "公路养护员", 15)
    expected.near_miss_about("DH07", "柳坝乡/大湾村/公路养护员", "正好15个岗位，没有超过")


MATTERS = (_households, _attendance, _little_work, _payments, _crowds)
