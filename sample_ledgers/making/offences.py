"""Ghost payroll and wages (GP, WG), planted, and the near misses beside it: what is changed, and what must come of it.

Every number names a post holder of `county`; no holder serves two of these matters. Grades follow the catalogue of
findings: ghost_payroll conclusive by GP03, GP04, GP09, or GP01 with GP06 or GP07 in one month; strong by GP01, GP06,
GP07 in two months, by GP02, GP05 or GP08; wages strong by WG03; everything else a clue.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_ledgers.making.changes import gone_after, leaves, month, no_attendance, no_pay, pay, present
from sample_ledgers.making.county import (
    RIVER_GUARD,
    County,
    Holder,
    attendance_row,
    insurance_row,
    migrant_row,
    payroll_row,
)
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.people import Person, make_person

_FORMAL = "企业职工基本养老保险"
_GHOST, _WAGES = "ghost_payroll", "wages"
_PLACEMENT, _IMPERSONATION, _HANDOUT = "ineligible_placement", "impersonation", "disguised_handout"


def _absent(county: County, expected: Expected) -> None:
    """Paid without attendance."""
    once = county.holder(1)
    no_attendance(county, once.person, 3)
    expected.signal("GP01", once.person, 3)
    expected.finding(_GHOST, once.person, "clue")

    often = county.holder(2)
    no_attendance(county, often.person, 4, 9)
    present(county, often, 5, 0)
    expected.signal("GP01", often.person, 4, 5, 9)
    expected.finding(_GHOST, often.person, "strong")

    lent = county.holder(36)
    (row,) = county.rows("attendance", lent.person, month(5))
    row["employer"] = "清溪县石桥镇人民政府"
    expected.near_miss("GP01", lent.person, "5月借调到镇政府，考勤记在镇政府名下")


def _away(county: County, expected: Expected) -> None:
    """Paid while away at work."""
    rows = county.ledgers["migrant_work"]
    both = county.holder(3)
    rows.append(migrant_row(both.person, "省外", "广东省东莞市", date(2022, 4, 10), date(2022, 7, 20)))
    no_attendance(county, both.person, 5, 6)
    expected.signal("GP07", both.person, 5, 6)
    expected.signal("GP01", both.person, 5, 6)
    expected.finding(_GHOST, both.person, "conclusive")

    two = county.holder(7)
    rows.append(migrant_row(two.person, "县外省内", "重庆市渝北区", date(2022, 6, 1), date(2022, 7, 31)))
    expected.signal("GP07", two.person, 6, 7)
    expected.finding(_GHOST, two.person, "strong")

    one = county.holder(8)
    rows.append(migrant_row(one.person, "省外", "浙江省宁波市", date(2022, 9, 28), date(2022, 11, 3)))
    expected.signal("GP07", one.person, 10)
    expected.finding(_GHOST, one.person, "clue")

    apart = county.holder(9)
    rows.append(migrant_row(apart.person, "省外", "四川省成都市", date(2022, 8, 25), date(2022, 10, 2)))
    no_attendance(county, apart.person, 2)
    expected.signal("GP07", apart.person, 9)
    expected.signal("GP01", apart.person, 2)
    expected.finding(_GHOST, apart.person, "clue")

    near = county.holder(35)
    rows.append(migrant_row(near.person, "县内", "清溪县城区", date(2022, 3, 1), date(2022, 5, 31)))
    rows.append(migrant_row(near.person, "省外", "贵州省遵义市", date(2022, 8, 2), date(2022, 9, 29)))
    expected.near_miss("GP07", near.person, "县内务工不算外出；省外务工8月2日去、9月29日回，没有一个整月")


def _insured(county: County, expected: Expected) -> None:
    """Paid while formally insured by another employer."""
    rows = county.ledgers["social_insurance"]
    both = county.holder(4)
    rows.append(insurance_row(both.person, _FORMAL, "清溪县宏达建材有限公司", month(8), month(8)))
    present(county, both, 8, 0)
    expected.signal("GP06", both.person, 8)
    expected.signal("GP01", both.person, 8)
    expected.finding(_GHOST, both.person, "conclusive")

    three = county.holder(5)
    rows.append(insurance_row(three.person, _FORMAL, "重庆恒通物流有限公司", month(2), month(4)))
    expected.signal("GP06", three.person, 2, 3, 4)
    expected.finding(_GHOST, three.person, "strong")

    one = county.holder(6)
    rows.append(insurance_row(one.person, "机关事业单位养老保险", "清溪县第二中学", month(10), month(10)))
    expected.signal("GP06", one.person, 10)
    expected.finding(_GHOST, one.person, "clue")

    near = county.holder(57)
    rows.append(insurance_row(near.person, _FORMAL, "清溪县护河队(河长办) ", month(1), None))
    expected.near_miss("GP06", near.person, "参保单位就是用人单位，只是括号和空格写法不同")


def _left(county: County, expected: Expected) -> None:
    """Paid after leaving."""
    shown = county.holder(10)
    leaves(county, shown, date(2022, 5, 31))
    gone_after(county, shown.person, 7)
    expected.signal("GP02", shown.person, 6, 7)
    expected.finding(_GHOST, shown.person, "strong")

    unseen = county.holder(11)
    leaves(county, unseen, date(2022, 8, 20))
    gone_after(county, unseen.person, 9)
    no_attendance(county, unseen.person, 9)
    expected.signal("GP02", unseen.person, 9)
    expected.signal("GP01", unseen.person, 9)
    expected.finding(_GHOST, unseen.person, "strong")

    near = county.holder(31)
    leaves(county, near, date(2022, 5, 10))
    gone_after(county, near.person, 5)
    present(county, near, 5, 6)
    pay(county, near.person, 5, amount=str((near.wage * 6 / 19).quantize(Decimal("0.01"))))
    expected.near_miss("GP02", near.person, "5月10日离岗，5月补贴属离岗当月")
    expected.near_miss("DH03", near.person, "5月出勤6天，按天计发，没有足额")


def _dies(county: County, person: Person, on: date) -> None:
    county.ledgers["deaths"].append({"person_id": person.id, "name": person.name, "died_on": on})


def _dead(county: County, expected: Expected) -> None:
    """Paid, or marked as present, after death."""
    unseen = county.holder(12)
    _dies(county, unseen.person, date(2022, 8, 15))
    gone_after(county, unseen.person, 10)
    no_attendance(county, unseen.person, 9, 10)
    expected.signal("GP03", unseen.person, 9, 10)
    expected.signal("GP01", unseen.person, 9, 10)
    expected.finding(_GHOST, unseen.person, "conclusive")
    expected.signal("IP12", unseen.person)
    expected.finding(_PLACEMENT, unseen.person, "conclusive")

    signed = county.holder(13)
    _dies(county, signed.person, date(2022, 10, 3))
    gone_after(county, signed.person, 11)
    present(county, signed, 10, 2)
    expected.signal("GP03", signed.person, 11)
    expected.signal("GP09", signed.person, 11)
    expected.finding(_GHOST, signed.person, "conclusive")
    expected.signal("DH03", signed.person, 10)  # two days before the death, paid in full
    expected.finding(_HANDOUT, signed.person, "strong")
    expected.signal("IP12", signed.person)
    expected.finding(_PLACEMENT, signed.person, "conclusive")

    unpaid = county.holder(16)
    _dies(county, unpaid.person, date(2022, 9, 22))
    gone_after(county, unpaid.person, 10)
    no_pay(county, unpaid.person, 10)
    expected.signal("GP09", unpaid.person, 10)
    expected.signal("WG03", unpaid.person, 10)
    expected.finding(_GHOST, unpaid.person, "conclusive")
    expected.finding(_WAGES, unpaid.person, "strong")
    expected.signal("IP12", unpaid.person)
    expected.finding(_PLACEMENT, unpaid.person, "conclusive")

    near = county.holder(32)
    _dies(county, near.person, date(2022, 6, 20))
    leaves(county, near, date(2022, 6, 20))
    gone_after(county, near.person, 6)
    present(county, near, 6, 12)
    expected.near_miss("GP03", near.person, "6月20日去世并退岗，6月补贴属去世当月")
    expected.near_miss("GP09", near.person, "6月的考勤在去世当月")
    expected.near_miss("IP12", near.person, "去世当天退岗")


def _in_custody(county: County, expected: Expected) -> None:
    """Paid, or marked as present, through whole months in custody."""
    rows = county.ledgers["custody"]
    unseen = county.holder(14)
    rows.append(
        {
            "person_id": unseen.person.id,
            "name": unseen.person.name,
            "from_on": date(2022, 3, 15),
            "to_on": date(2022, 7, 10),
        }
    )
    no_attendance(county, unseen.person, 4, 5, 6)
    expected.signal("GP04", unseen.person, 4, 5, 6)
    expected.signal("GP01", unseen.person, 4, 5, 6)
    expected.finding(_GHOST, unseen.person, "conclusive")

    signed = county.holder(15)
    rows.append(
        {"person_id": signed.person.id, "name": signed.person.name, "from_on": date(2022, 11, 1), "to_on": None}
    )
    no_pay(county, signed.person, 12)
    expected.signal("GP04", signed.person, 11)
    expected.signal("GP09", signed.person, 11, 12)
    expected.finding(_GHOST, signed.person, "conclusive")

    near = county.holder(33)
    rows.append(
        {"person_id": near.person.id, "name": near.person.name, "from_on": date(2022, 5, 3), "to_on": date(2022, 5, 28)}
    )
    present(county, near, 5, 3)
    pay(county, near.person, 5, amount=str((near.wage * 3 / 19).quantize(Decimal("0.01"))))
    expected.near_miss("GP04", near.person, "5月3日至28日被拘留，不满整月")
    expected.near_miss("GP09", near.person, "5月的3天出勤不在整月羁押期内")


def _stranger(number: int, employer: Holder) -> Holder:
    """Somebody on no register, written down with the employer of `employer`."""
    return Holder(
        number=number,
        person=make_person(number, 1971),
        household="",
        township=employer.township,
        village=employer.village,
        employer=employer.employer,
        post_type=employer.post_type,
        wage=Decimal(600),
        hired_on=date(2022, 1, 1),
        left_on=None,
    )


def _unregistered(county: County, expected: Expected) -> None:
    """Paid, and on no register of posts."""
    seen = _stranger(801, county.holder(21))
    county.ledgers["payroll"] += [payroll_row(seen, month(number)) for number in (3, 4, 5)]
    county.ledgers["attendance"] += [attendance_row(seen, month(number), 20) for number in (3, 4, 5)]
    expected.signal("GP05", seen.person)
    expected.finding(_GHOST, seen.person, "strong")

    unseen = _stranger(802, county.holder(22))
    county.ledgers["payroll"] += [payroll_row(unseen, month(number)) for number in (7, 8)]
    expected.signal("GP05", unseen.person)
    expected.signal("GP01", unseen.person, 7, 8)
    expected.finding(_GHOST, unseen.person, "strong")

    near = _stranger(803, county.holder(23))
    county.ledgers["payroll"].append(payroll_row(near, month(6), Decimal(0)))
    expected.near_miss("GP05", near.person, "台账外人员，但发放金额为0")


def _twice(county: County, expected: Expected) -> None:
    """Paid twice in a month."""
    again = county.holder(19)
    second = make_person(819, 1970).account
    county.ledgers["payroll"].append(payroll_row(again, month(6)) | {"account_no": second})
    expected.signal("GP08", again.person, 6)
    expected.finding(_GHOST, again.person, "strong")
    expected.signal("IM07", again.person)
    expected.finding(_IMPERSONATION, again.person, "clue")

    double = county.holder(20)
    other: dict[str, date | str | None] = {"post_id": "QX20220901", "post_type": "护河员", "employer": RIVER_GUARD}
    (post,) = county.rows("posts", double.person)
    dates = {
        "hired_on": date(2022, 9, 1),
        "left_on": date(2022, 9, 30),
        "notice_start": date(2022, 8, 20),
        "notice_end": date(2022, 8, 26),
    }
    county.ledgers["posts"].append(post | other | dates | {"monthly_wage": Decimal(800)})
    pay = payroll_row(double, month(9), Decimal(800)) | {
        "employer": RIVER_GUARD,
        "account_no": make_person(820, 1970).account,
    }
    county.ledgers["payroll"].append(pay)
    present(county, double, 9, 18)
    county.ledgers["attendance"].append(attendance_row(double, month(9), 16, employer=RIVER_GUARD))
    expected.signal("GP08", double.person, 9)
    expected.signal("GP10", double.person, 9)
    expected.finding(_GHOST, double.person, "strong")
    expected.signal("IM07", double.person)
    expected.finding(_IMPERSONATION, double.person, "clue")

    near = county.holder(37)
    county.ledgers["payroll"].append(
        payroll_row(near, month(7), Decimal(0)) | {"account_no": make_person(837, 1970).account}
    )
    expected.near_miss("GP08", near.person, "第二条发放记录金额为0（旧卡已注销）")
    expected.near_miss("IM07", near.person, "另一个账户只有一条金额为0的记录")


def _impossible(county: County, expected: Expected) -> None:
    """More days present than the month has."""
    leap = county.holder(21)
    present(county, leap, 2, 30)
    expected.signal("GP10", leap.person, 2)
    expected.finding(_GHOST, leap.person, "clue")

    near = county.holder(22)
    present(county, near, 2, 28)
    present(county, near, 3, 31)
    expected.near_miss("GP10", near.person, "2月出勤28天、3月出勤31天，都没有超过当月天数")


def _full(county: County, holder: Holder, number: int) -> None:
    """As many days present as required."""
    (row,) = county.rows("attendance", holder.person, month(number))
    assert isinstance(row["days_required"], int)
    present(county, holder, number, row["days_required"])


def _wages(county: County, expected: Expected) -> None:
    """Paid late, short, or not at all."""
    late = county.holder(23)
    pay(county, late.person, 2, paid_on=date(2022, 4, 15))
    expected.signal("WG01", late.person, 2)
    expected.finding(_WAGES, late.person, "clue")

    last = county.holder(24)
    pay(county, last.person, 3, paid_on=date(2022, 4, 30))
    expected.near_miss("WG01", last.person, "3月补贴在4月30日发放，正好是月末后第30天")

    short = county.holder(25)
    _full(county, short, 7)
    pay(county, short.person, 7, amount=str(short.wage - 100))
    expected.signal("WG02", short.person, 7)
    expected.finding(_WAGES, short.person, "clue")

    cent = county.holder(26)
    _full(county, cent, 7)
    pay(county, cent.person, 7, amount=str(cent.wage - Decimal("0.01")))
    expected.near_miss("WG02", cent.person, "只差1分钱")

    half = county.holder(27)
    present(county, half, 8, 12)
    pay(county, half.person, 8, amount=str((half.wage * 12 / 22).quantize(Decimal("0.01"))))
    expected.near_miss("WG02", half.person, "缺勤10天，按出勤天数计发")

    unpaid = county.holder(28)
    no_pay(county, unpaid.person, 4)
    expected.signal("WG03", unpaid.person, 4)
    expected.finding(_WAGES, unpaid.person, "strong")

    due = county.holder(30)
    no_pay(county, due.person, 12)
    expected.near_miss("WG03", due.person, "12月补贴尚在发放期限内（截至12月31日）")


def _mixed(county: County, expected: Expected) -> None:
    """Several matters of one person."""
    wages = county.holder(29)
    pay(county, wages.person, 1, paid_on=date(2022, 3, 10))
    no_pay(county, wages.person, 5)
    _full(county, wages, 8)
    pay(county, wages.person, 8, amount=str(wages.wage / 2))
    expected.signal("WG01", wages.person, 1)
    expected.signal("WG03", wages.person, 5)
    expected.signal("WG02", wages.person, 8)
    expected.finding(_WAGES, wages.person, "strong")

    both = county.holder(39)
    no_attendance(county, both.person, 10)
    pay(county, both.person, 7, paid_on=date(2022, 9, 2))
    expected.signal("GP01", both.person, 10)
    expected.signal("WG01", both.person, 7)
    expected.finding(_GHOST, both.person, "clue")
    expected.finding(_WAGES, both.person, "clue")


def _gaps(county: County, expected: Expected) -> None:
    """Sheets not handed in: what they would show is not evaluated, and nobody is blamed for it."""
    county.remove("attendance", lambda row: row["employer"] == RIVER_GUARD and row["month"] == month(11))
    for holder in county.holders:
        if holder.employer == RIVER_GUARD and holder.on_post(month(11)):
            expected.near_miss("GP01", holder.person, "护河队11月考勤表未报送，不作评价")
    government = "清溪县云峰镇人民政府"
    county.remove("payroll", lambda row: row["employer"] == government and row["month"] == month(10))
    for holder in county.holders:
        if holder.employer == government:
            expected.near_miss("WG03", holder.person, "云峰镇政府10月发放表未报送，不作评价")


MATTERS = (
    _absent,
    _away,
    _insured,
    _left,
    _dead,
    _in_custody,
    _unregistered,
    _twice,
    _impossible,
    _wages,
    _mixed,
    _gaps,
)
