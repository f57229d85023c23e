"""Employment in numbers only (NE), planted, and the near misses beside it: workshops first, then people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sample_ledgers.making.changes import month, the, where
from sample_ledgers.making.county import County, Row, insurance_row, migrant_row
from sample_ledgers.making.evidence import Files
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.lists import death_row, student_row
from sample_ledgers.making.offices import FORMAL
from sample_ledgers.making.people import Person, identity_number, make_person
from sample_ledgers.making.workshops import (
    Worker,
    make_worker,
    make_workshop,
    photo_name,
    visit_row,
    wage_row,
    worker_row,
)

VIOLATION = "numbers_only_employment"


def _workshop(county: County, number: int) -> Row:
    return the(county, "workshops", workshop_id=make_workshop(number).id)


def _visit(county: County, number: int) -> Row:
    return the(county, "workshop_visits", workshop_id=make_workshop(number).id)


def _must(expected: Expected, number: int, *rules: str, grade: str) -> None:
    for rule in rules:
        expected.about(rule, "workshop", make_workshop(number).id)
    expected.concluded(VIOLATION, "workshop", make_workshop(number).id, grade)


def _near(expected: Expected, rule: str, number: int, why: str) -> None:
    expected.near_miss_about(rule, make_workshop(number).id, why)


def _counts(county: County, expected: Expected) -> None:
    """More reported than enrolled, or than seen; fewer than at the last year's end."""
    _workshop(county, 3)["headcount"] = 6
    _visit(county, 3).update(heads_on_site=1, poverty_heads_on_site=1)
    _must(expected, 3, "NE01", "NE02", grade="conclusive")
    _workshop(county, 4)["poverty_headcount"] = 4
    _must(expected, 4, "NE01", grade="strong")
    _workshop(county, 10)["headcount"] = 2
    _near(expected, "NE01", 10, "上报人数少于花名册")

    _visit(county, 7).update(heads_on_site=1, poverty_heads_on_site=0)
    the(county, "businesses", uscc=make_workshop(7).uscc).update(status="吊销")
    _must(expected, 7, "NE02", "NE07", grade="conclusive")
    _visit(county, 8).update(heads_on_site=2, poverty_heads_on_site=2)
    _near(expected, "NE02", 8, "现场2人，正好是在册4人的一半")

    _workshop(county, 13)["last_year_poverty_count"] = 3
    _must(expected, 13, "NE06", grade="clue")
    _near(expected, "NE06", 1, "与上年底同为3人")


def _stopped(county: County, expected: Expected) -> None:
    """Stopped or closed, and still counted."""
    _workshop(county, 9)["status"] = "停产"
    the(county, "businesses", uscc=make_workshop(9).uscc).update(status="注销", closed_on=date(2022, 8, 9))
    _must(expected, 9, "NE03", grade="strong")
    _near(expected, "NE07", 9, "企业已注销，但车间已报停产")
    _visit(county, 10).update(operating="否", heads_on_site=2, poverty_heads_on_site=2)
    _must(expected, 10, "NE03", grade="strong")
    earlier = visit_row(make_workshop(8), date(2022, 11, 3), 0, 0) | {"operating": "否", "evidence": None}
    county.ledgers["workshop_visits"].append(earlier)
    _near(expected, "NE03", 8, "11月3日走访时停产，最近一次走访已恢复生产")

    closed = make_workshop(6)
    _workshop(county, 6).update(status="关闭", headcount=0, poverty_headcount=0, last_year_poverty_count=3)
    county.ledgers["workshop_visits"].remove(_visit(county, 6))
    for row in where(county, "workshop_workers", workshop_id=closed.id):
        row["left_on"] = date(2022, 10, 31)
    county.remove(
        "workshop_payroll", lambda row: row["workshop_id"] == closed.id and row["month"] in {month(11), month(12)}
    )
    for rule, why in (("NE03", "已关闭，上报人数为0"), ("NE05", "已关闭，不须走访"), ("NE06", "已关闭")):
        _near(expected, rule, 6, why)
    the(county, "businesses", uscc=make_workshop(14).uscc).update(status="注销", closed_on=date(2022, 9, 30))
    _must(expected, 14, "NE07", grade="strong")


def _visits(county: County, expected: Expected) -> None:
    """Problems not put right in time; workshops not visited."""
    _visit(county, 11).update(problem="消防通道堵塞")
    _visit(county, 12).update(problem="未签订劳动合同", rectified_on=date(2022, 11, 16))
    _must(expected, 12, "NE04", grade="clue")
    _visit(county, 13).update(problem="台账更新不及时", rectified_on=date(2022, 11, 15))
    _near(expected, "NE04", 13, "11月15日整改完成，正好是期限")
    _visit(county, 14).update(problem="用电线路老化")
    _near(expected, "NE04", 14, "11月16日走访发现，不在11月15日以前")

    _visit(county, 5)["visited_on"] = date(2022, 10, 31)
    county.ledgers["workshop_visits"].remove(_visit(county, 15))
    for number in (5, 15):
        _must(expected, number, "NE05", grade="clue")
    _visit(county, 16)["visited_on"] = date(2022, 12, 31)
    _near(expected, "NE05", 16, "12月31日走访")


def _photos(county: County, expected: Expected) -> None:
    """Photos shown for two visits."""
    one, other = photo_name(make_workshop(1)), photo_name(make_workshop(2))
    county.files[other] = county.files[one]
    _workshop(county, 2)["last_year_poverty_count"] = 5
    _must(expected, 1, "NE08", grade="strong")
    _must(expected, 2, "NE06", "NE08", grade="strong")
    files = Files(county)
    again = files.photo(photo_name(make_workshop(11), 2), 11, shade=6, quality=40)
    county.ledgers["workshop_visits"].append(visit_row(make_workshop(11), date(2022, 12, 8), 3, 2, again))
    _must(expected, 11, "NE04", "NE08", grade="strong")

    second = files.photo(photo_name(make_workshop(12), 2), 12, quality=45)
    _visit(county, 12)["evidence"] = f"{photo_name(make_workshop(12))}；{second}"
    _near(expected, "NE08", 12, "同一天的两张照片相似，是一次走访")
    the(county, "rectifications", issue_no="QXZG-03")["evidence"] = photo_name(make_workshop(14))
    _near(expected, "NE08", 14, "照片又用于整改佐证，不是另一次走访")


def _judged(expected: Expected, person: Person, grade: str, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, person)
    expected.finding(VIOLATION, person, grade)


def _unpaid(county: County, worker: Worker, *months: int) -> None:
    wanted = {month(number) for number in months}
    county.remove("workshop_payroll", lambda row: row["person_id"] == worker.person.id and row["month"] in wanted)


def _wages(county: County, expected: Expected) -> None:
    """Enrolled and not paid; token wages."""
    unpaid, both = make_worker(1, 1), make_worker(2, 1)
    _unpaid(county, unpaid, 9, 10)
    _judged(expected, unpaid.person, "strong", "NE11")
    _unpaid(county, both, 8, 9)
    county.ledgers["social_insurance"].append(
        insurance_row(both.person, FORMAL, "重庆恒通物流有限公司", month(8), month(10))
    )
    _judged(expected, both.person, "conclusive", "NE11", "NE13")
    once, lent = make_worker(1, 2), make_worker(4, 1)
    _unpaid(county, once, 9)
    expected.near_miss("NE11", once.person, "只有一个月没有工资")
    _unpaid(county, lent, 10, 11)
    county.ledgers["workshop_payroll"] += [wage_row(lent, month(n), make_workshop(3)) for n in (10, 11)]
    expected.near_miss("NE11", lent.person, "两个月在另一车间领工资")
    uncovered = make_workshop(16)
    county.remove(
        "workshop_payroll", lambda row: row["workshop_id"] == uncovered.id and row["month"] in {month(11), month(12)}
    )
    expected.near_miss("NE11", make_worker(16, 3).person, "车间11、12月工资表未报送，不作评价")
    stranger = replace(make_worker(4, 4), person=make_person(2110, 1980))
    county.ledgers["workshop_payroll"].append(wage_row(stranger, month(12)))

    token, under, exact = make_worker(9, 1), make_worker(10, 1), make_worker(10, 2)
    for worker, last in ((token, "280"), (under, "299.94"), (exact, "300")):
        rows = where(county, "workshop_payroll", person_id=worker.person.id)
        for row in rows:
            row["amount"] = Decimal(280) if worker is token else Decimal(300)
        rows[-1]["amount"] = Decimal(last)
    rows[0]["amount"], rows[1]["amount"] = Decimal(200), Decimal(400)
    for worker in (token, under):
        _judged(expected, worker.person, "clue", "NE12")
    expected.near_miss("NE12", exact.person, "月均正好300元")


def _elsewhere(county: County, expected: Expected) -> None:
    """On a roll while away or insured elsewhere; on two rolls."""
    away, insured = make_worker(3, 2), make_worker(4, 2)
    migrants, insurance = county.ledgers["migrant_work"], county.ledgers["social_insurance"]
    migrants.append(migrant_row(away.person, "省外", "福建省泉州市", date(2022, 8, 28), date(2022, 10, 3)))
    insurance.append(insurance_row(insured.person, FORMAL, "清溪县宏达建材有限公司", month(10), month(10)))
    for worker in (away, insured):
        _judged(expected, worker.person, "strong", "NE13")
    briefly, resident, bracketed = make_worker(5, 1), make_worker(5, 2), make_worker(8, 1)
    migrants.append(migrant_row(briefly.person, "省外", "福建省泉州市", date(2022, 8, 2), date(2022, 9, 29)))
    expected.near_miss("NE13", briefly.person, "8月2日去、9月29日回，没有一个整月")
    insurance.append(insurance_row(resident.person, "城乡居民养老保险", None, month(1), None))
    expected.near_miss("NE13", resident.person, "参加的是居民养老保险")
    insurance.append(insurance_row(bracketed.person, FORMAL, f" {bracketed.workshop.name} ", month(9), None))
    expected.near_miss("NE13", bracketed.person, "参保单位就是车间，只多了空格")
    company = make_worker(2, 3)
    expected.near_miss("NE13", company.person, "参保单位是车间的公司，信用代码相同")

    for worker, other in ((make_worker(11, 1), 12), (make_worker(13, 1), 14)):
        county.ledgers["workshop_workers"].append(worker_row(worker, make_workshop(other)))
        _judged(expected, worker.person, "strong", "NE14")
    before = make_worker(12, 1)
    county.ledgers["workshop_workers"].append(worker_row(before, make_workshop(11)) | {"left_on": date(2022, 12, 30)})
    expected.near_miss("NE14", before.person, "12月30日已从另一车间离职")


def _born(number: int, birth: date) -> Person:
    person = make_person(number, birth.year)
    return replace(person, id=identity_number(birth, int(person.id[14:17])), birth=birth)


def _impossible(county: County, expected: Expected) -> None:
    """Dead, in custody, at school or under age, and on a roll."""
    out = county.ledgers
    dead, student, held = make_worker(15, 1), make_worker(8, 2), make_worker(16, 2)
    out["deaths"].append(death_row(dead.person, date(2022, 11, 20)))
    _unpaid(county, dead, 12)
    out["students"].append(student_row(student.person, "重庆开放大学清溪分校", date(2022, 9, 1), date(2024, 7, 1)))
    out["custody"].append(_held(held.person, date(2022, 12, 5), None))
    for worker in (dead, student, held):
        _judged(expected, worker.person, "conclusive", "NE15")
    today, graduate, free = make_worker(5, 3), make_worker(7, 2), make_worker(9, 3)
    out["deaths"].append(death_row(today.person, date(2022, 12, 31)))
    expected.near_miss("NE15", today.person, "基准日当天去世")
    out["students"].append(student_row(graduate.person, "清溪县职业教育中心", date(2019, 9, 1), date(2022, 7, 1)))
    expected.near_miss("NE15", graduate.person, "已毕业")
    out["custody"].append(_held(free.person, date(2022, 12, 20), date(2022, 12, 30)))
    expected.near_miss("NE15", free.person, "12月30日已释放")

    for number, birth, workshop in (
        (2101, date(2006, 8, 12), 16),
        (2102, date(2007, 3, 23), 9),
        (2103, date(2006, 7, 1), 10),
    ):
        young = replace(make_worker(workshop, 3), person=_born(number, birth), poverty=False, hired_on=date(2022, 7, 1))
        out["workshop_workers"].append(worker_row(young))
        out["workshop_payroll"] += [wage_row(young, month(n)) for n in range(7, 11 if workshop == 16 else 13)]
        if number == 2103:
            expected.near_miss("NE16", young.person, "入职当天满16周岁")
        else:
            _judged(expected, young.person, "strong", "NE16")
    _must(expected, 16, grade="conclusive")  # half of its workers


def _held(person: Person, from_on: date, to_on: date | None) -> Row:
    return {"person_id": person.id, "name": person.name, "from_on": from_on, "to_on": to_on}


def _home(county: County, person: Person) -> Row:
    return the(county, "roster", person_id=person.id)


def _pool(county: County, person: Person) -> Row:
    return the(county, "hr_pool", person_id=person.id)


def spouse_of(holder: int) -> Person:
    """The spouse in the household of a post holder of the autumn's intake."""
    return make_person(400 + holder, 1955 + holder * 7 % 23)


def _traces(county: County, expected: Expected) -> None:
    """Said to be employed without a trace, for impossible months, or without the capacity."""
    closed, kept = make_worker(6, 1), make_worker(6, 2)
    for person in (county.holder(10).person, county.holder(11).person, closed.person):
        _pool(county, person).update(employed="否", employer=None, work_place=None)
        county.remove("employment", lambda row, number=person.id: row["person_id"] == number)  # type: ignore[misc]
        _judged(expected, person, "strong", "NE21")
    expected.near_miss("NE21", county.holder(31).person, "已离岗，人力资源信息库登记为就业")
    expected.near_miss("NE21", kept.person, "车间已关闭，人力资源信息库登记为就业")

    long, negative, full = make_worker(4, 3), make_worker(7, 1), make_worker(1, 3)
    _home(county, long.person)["work_months"] = 13
    _home(county, negative.person)["work_months"] = -1
    for worker in (long, negative):
        _judged(expected, worker.person, "clue", "NE22")
    expected.near_miss("NE22", full.person, "务工12个月")

    traced, untraced = spouse_of(61), spouse_of(62)
    for person in (traced, untraced):
        _home(county, person)["employed"] = "是"
    _pool(county, traced)["employed"] = "是"
    _judged(expected, traced, "clue", "NE23")
    _judged(expected, untraced, "strong", "NE21", "NE23")
    _judged(expected, county.holder(89).person, "clue", "NE23")  # on a post without capacity: IP03 too
    unlisted = make_person(421, 1994 + 121 % 5)  # of a household planted by `placements`: on no list but the roster
    _judged(expected, unlisted, "strong", "NE21")
    expected.near_miss("NE23", county.holder(63).person, "弱劳动力")


MATTERS = (_counts, _stopped, _visits, _photos, _wages, _elsewhere, _impossible, _traces)
