"""One person in another's name (IM), planted, and the near misses beside it."""

from __future__ import annotations

from datetime import timedelta

from sample_ledgers.making.changes import banked_as, listed, month, post
from sample_ledgers.making.county import County, Holder, make_holder, settle
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.lists import relative_row, village_official
from sample_ledgers.making.people import Person, make_person

_IMPERSONATION = "impersonation"


def _must(expected: Expected, person: Person, grade: str, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, person)
    expected.finding(_IMPERSONATION, person, grade)


def _with_wrong_digit(person: Person) -> Person:
    last = "0" if person.id[17] != "0" else "1"
    return Person(person.id[:17] + last, person.name, person.gender, person.birth, person.phone, person.account)


def _numbers(county: County, expected: Expected) -> None:
    """Numbers that nobody can have; numbers with two names."""
    paid = make_holder(123, _with_wrong_digit(make_person(123, 1975)))
    settle(county, [paid])
    _must(expected, paid.person, "strong", "IM01")
    declared = _with_wrong_digit(make_person(652, 1990))
    county.ledgers["relatives"].append(relative_row(village_official(4), declared, "弟媳"))
    _must(expected, declared, "clue", "IM01")

    two = county.holder(107)
    row = county.rows("social_insurance", two.person)[0]
    row["name"] = "周大海"
    _must(expected, two.person, "strong", "IM02")
    both = county.holder(102)
    county.rows("social_insurance", both.person)[0]["name"] = "秦小川"
    banked_as(county, both.person, "秦小川")
    _must(expected, both.person, "conclusive", "IM02", "IM03")
    spaced = county.holder(103)
    row = county.rows("social_insurance", spaced.person)[0]
    row["name"] = "　".join(spaced.person.name)
    expected.near_miss("IM02", spaced.person, "姓名中间多了空格，是同一个名字")


def _accounts(county: County, expected: Expected) -> None:
    """Accounts in another's name, or in several people's."""
    other = county.holder(104)
    banked_as(county, other.person, village_official(6).name)
    _must(expected, other.person, "strong", "IM03")
    expected.near_miss("NP04", other.person, "户名与干部同名，但那是别的村的干部")

    signed = county.holder(105)
    banked_as(county, signed.person, "夏明珠")
    for row in county.rows("attendance", signed.person):
        row["signed_by"] = "夏明珠"
    expected.signal("IM06", signed.person, 10, 11, 12)
    _must(expected, signed.person, "conclusive", "IM03")

    refused = county.holder(45)
    county.rows("payroll", refused.person, month(4))[0]["refused_name"] = "邓小波"
    expected.near_miss("IM03", refused.person, "户名不符的一笔被银行退回，改正后入账")

    lender, borrower = county.holder(106), county.holder(114)
    for row in county.rows("payroll", borrower.person):
        row |= {"account_no": lender.person.account, "bank_name": lender.person.name}
    post(county, borrower.person)["account_no"] = lender.person.account
    _must(expected, lender.person, "strong", "IM04")
    _must(expected, borrower.person, "conclusive", "IM03", "IM04")


def _contradictions(county: County, expected: Expected) -> None:
    """Sex or birth date against the number; signatures; shared phones."""
    woman = county.holder(108)
    post(county, woman.person)["gender"] = "女" if woman.person.gender == "男" else "男"
    _must(expected, woman.person, "clue", "IM05")
    born = county.holder(109)
    listed(county, born.person)["birth_date"] = born.person.birth - timedelta(days=30)
    _must(expected, born.person, "clue", "IM05")
    blank = county.holder(110)
    listed(county, blank.person).update(gender=None, birth_date=None)
    expected.near_miss("IM05", blank.person, "花名册性别、出生日期空着")

    signed = county.holder(44)
    for number in (2, 3):
        county.rows("attendance", signed.person, month(number))[0]["signed_by"] = "胡小兵"
    expected.signal("IM06", signed.person, 2, 3)
    _must(expected, signed.person, "clue")
    spaced = county.holder(43)
    county.rows("attendance", spaced.person, month(5))[0]["signed_by"] = " ".join(spaced.person.name)
    expected.near_miss("IM06", spaced.person, "签字与姓名只差空格")

    mother, neighbour = county.holder(49), county.holder(48)
    child = make_person(349, 1994 + 49 % 5)
    (away,) = county.rows("migrant_work", child)
    away["phone"] = mother.person.phone
    post(county, neighbour.person)["phone"] = mother.person.phone
    for person in (mother.person, neighbour.person, child):
        _must(expected, person, "clue", "IM08")
    _two_phones(county, expected, county.holder(101), county.holder(109))


def _two_phones(county: County, expected: Expected, one: Holder, two: Holder) -> None:
    post(county, two.person)["phone"] = one.person.phone
    for holder in (one, two):
        expected.near_miss("IM08", holder.person, "一个电话登记在两个人名下，不到三人")


MATTERS = (_numbers, _accounts, _contradictions)
