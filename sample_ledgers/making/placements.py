"""Placed though ineligible (IP), planted, and the near misses beside it."""

from __future__ import annotations

from datetime import date, timedelta

from sample_ledgers.making.changes import gone_after, leaves, listed, month, post, present
from sample_ledgers.making.county import County, Holder, insurance_row, make_holder, settle
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.lists import budget_row, business_row, death_row, pension_row, student_row
from sample_ledgers.making.people import make_person

_PLACEMENT = "ineligible_placement"
_FORMAL = "企业职工基本养老保险"


def _must(expected: Expected, holder: Holder, grade: str, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, holder.person)
    expected.finding(_PLACEMENT, holder.person, grade)


def _roster(county: County, expected: Expected) -> None:
    """Not on the roster; able, or unable, to work."""
    stranger = county.holder(87)
    county.remove("roster", lambda row: row["person_id"] == stranger.person.id)
    _must(expected, stranger, "strong", "IP01")

    before = make_person(851, 1966)
    former = post(county, county.holder(40).person) | {"post_id": "QX20190851", "person_id": before.id}
    former |= {"name": before.name, "gender": before.gender, "account_no": before.account, "phone": before.phone}
    former |= {"hired_on": date(2019, 3, 1), "left_on": date(2021, 12, 31)}
    former |= {"agreement_start": date(2021, 1, 1), "agreement_end": date(2021, 12, 31)}
    former |= {"notice_start": date(2019, 2, 11), "notice_end": date(2019, 2, 18)}
    county.ledgers["posts"].append(former)
    expected.near_miss("IP01", before, "不在花名册，但2021年12月31日已离岗，不在审核期间")

    able = county.holder(88)
    listed(county, able.person)["labour_capacity"] = "普通劳动力"
    post(county, able.person)["category"] = "脱贫人口"
    _must(expected, able, "clue", "IP02")

    hardship = county.holder(38)
    listed(county, hardship.person)["labour_capacity"] = "技能劳动力"
    post(county, hardship.person)["category"] = "无法外出的脱贫人口（照料老人）"
    expected.near_miss("IP02", hardship.person, "技能劳动力，但人员类别写明无法外出")

    unable = county.holder(89)
    listed(county, unable.person)["labour_capacity"] = "丧失劳动力"
    _must(expected, unable, "clue", "IP03")


def _age(county: County, expected: Expected) -> None:
    """Over age on the day of hiring; exactly at the limit."""
    old = make_holder(121, make_person(121, 1956))
    limit = make_holder(122, make_person(122, 1957))
    settle(county, [old, limit])
    _must(expected, old, "strong", "IP04")
    expected.near_miss("IP04", limit.person, "上岗时刚满65周岁，未超过")


def _elsewhere(county: County, expected: Expected) -> None:
    """On the budget, in business, on an employee pension, employed, at school."""
    rows = county.ledgers
    teacher = county.holder(90)
    rows["fiscal_payroll"].append(budget_row(teacher.person, "清溪县柳坝乡中心小学", date(2015, 9, 1)))
    _must(expected, teacher, "conclusive", "IP05")
    retired = county.holder(40)
    rows["fiscal_payroll"].append(
        budget_row(retired.person, "清溪县粮食局", None, retired.hired_on - timedelta(days=1))
    )
    expected.near_miss("IP05", retired.person, "财政供养在上岗前一天终止")

    owner = county.holder(91)
    rows["businesses"].append(business_row(11, owner.person, "个体工商户"))
    _must(expected, owner, "strong", "IP06")
    member = county.holder(41)
    rows["businesses"].append(business_row(12, member.person, "农民专业合作社"))
    expected.near_miss("IP06", member.person, "任农民专业合作社法定代表人，不算")
    closed = county.holder(42)
    rows["businesses"].append(business_row(13, closed.person, "个体工商户", closed_on=date(2020, 1, 8)))
    expected.near_miss("IP06", closed.person, "个体户已注销")

    pensioner = county.holder(92)
    rows["pensions"].append(pension_row(pensioner.person, "职工养老", date(2020, 5, 1)))
    _must(expected, pensioner, "strong", "IP07")
    resident = county.holder(43)
    rows["pensions"].append(pension_row(resident.person, "居民养老", date(2021, 1, 1)))
    expected.near_miss("IP07", resident.person, "领的是居民养老")

    employed = county.holder(93)
    rows["social_insurance"].append(
        insurance_row(employed.person, _FORMAL, "重庆恒通物流有限公司", month(3), month(10))
    )
    _must(expected, employed, "strong", "IP08")
    expected.signal("GP06", employed.person, 10)
    expected.finding("ghost_payroll", employed.person, "clue")
    ended = county.holder(95)
    rows["social_insurance"].append(insurance_row(ended.person, _FORMAL, "重庆恒通物流有限公司", month(3), month(9)))
    expected.near_miss("IP08", ended.person, "在外参保到上岗前一个月为止")

    student = county.holder(94)
    rows["students"].append(student_row(student.person, "重庆开放大学清溪分校", date(2022, 9, 1), date(2024, 7, 1)))
    _must(expected, student, "strong", "IP09")
    rows["students"].append(student_row(ended.person, "清溪县职业教育中心", date(2019, 9, 1), date(2022, 6, 30)))
    expected.near_miss("IP09", ended.person, "上岗前已毕业")

    several = county.holder(96)
    rows["businesses"].append(business_row(14, several.person, "有限责任公司"))
    rows["students"].append(student_row(several.person, "重庆开放大学清溪分校", date(2022, 3, 1), None))
    _must(expected, several, "conclusive", "IP06", "IP09")


def _hired(county: County, holder: Holder, on: date) -> None:
    row = post(county, holder.person)
    row |= {"hired_on": on, "notice_start": on - timedelta(days=12), "notice_end": on - timedelta(days=5)}
    listed(county, holder.person)["work_start"] = on


def _term_and_notice(county: County, expected: Expected) -> None:
    """On the post for longer than three years; without a proper public notice."""
    long = county.holder(34)
    _hired(county, long, date(2018, 5, 10))
    _must(expected, long, "clue", "IP10")
    near_pension = county.holder(17)
    _hired(county, near_pension, date(2019, 12, 25))
    expected.near_miss("IP10", near_pension.person, "上岗时男，55周岁，距退休不足五年，可延长")

    unnoticed, short, after = county.holder(97), county.holder(98), county.holder(99)
    post(county, unnoticed.person)["notice_end"] = None
    row = post(county, short.person)
    row |= {"notice_start": short.hired_on - timedelta(days=8), "notice_end": short.hired_on - timedelta(days=5)}
    row = post(county, after.person)
    row |= {"notice_start": after.hired_on - timedelta(days=3), "notice_end": after.hired_on + timedelta(days=3)}
    for holder in (unnoticed, short, after):
        _must(expected, holder, "clue", "IP11")
    five = county.holder(45)
    row = post(county, five.person)
    row |= {"notice_start": five.hired_on - timedelta(days=4), "notice_end": five.hired_on}
    expected.near_miss("IP11", five.person, "公示正好5天，到上岗当天为止")


def _dead(county: County, expected: Expected) -> None:
    """Taken off the register within a month of the death."""
    late = county.holder(18)
    county.ledgers["deaths"].append(death_row(late.person, date(2022, 11, 20)))
    leaves(county, late, date(2022, 12, 21))
    gone_after(county, late.person, 11)
    present(county, late, 11, 13)
    expected.near_miss("IP12", late.person, "去世后第31天办理退岗")


MATTERS = (_roster, _age, _elsewhere, _term_and_notice, _dead)
