"""Records and services (DS, SV), planted, and the near misses beside them."""

from __future__ import annotations

from datetime import date

from sample_ledgers.making.changes import month, the, where
from sample_ledgers.making.county import County, Row, insurance_row, migrant_row
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.offices import (
    FORMAL,
    child_away,
    employment_row,
    in_shandong,
    jobless,
    pool_row,
    roster_row,
    service_row,
)
from sample_ledgers.making.people import Person, make_person
from sample_ledgers.making.vacancies import spouse_of
from sample_ledgers.making.workshops import make_worker

_RECORDS, _SERVICES = "records", "services"


def _home(county: County, person: Person) -> Row:
    return the(county, "roster", person_id=person.id)


def _must(expected: Expected, violation: str, person: Person, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, person)
    expected.finding(violation, person, "clue")


def _recorded(county: County, expected: Expected) -> None:
    """Employed by other systems and not by the roster."""
    out = county.ledgers
    out["employment"].append(employment_row(jobless(1), "清溪县惠民超市", date(2022, 12, 1)))
    the(county, "hr_pool", person_id=jobless(2).id).update(employed="是", employer="清溪县惠民超市")
    out["social_insurance"].append(insurance_row(jobless(4), FORMAL, "清溪县宏达建材有限公司", month(10), None))
    for number in (1, 2, 4):
        _must(expected, _RECORDS, jobless(number), "DS01")
    out["employment"].append(employment_row(jobless(5), "清溪县惠民超市", date(2022, 3, 1), date(2022, 12, 30)))
    expected.near_miss("DS01", jobless(5), "就业登记12月30日终止")
    out["social_insurance"].append(insurance_row(jobless(6), FORMAL, "清溪县宏达建材有限公司", month(3), month(11)))
    expected.near_miss("DS01", jobless(6), "参保到11月为止")
    out["social_insurance"].append(insurance_row(jobless(8), "城乡居民养老保险", None, month(1), None))
    expected.near_miss("DS01", jobless(8), "参加的是居民养老保险")

    _home(county, spouse_of(65))["updated_on"] = None
    _home(county, spouse_of(66))["updated_on"] = date(2022, 10, 31)
    for holder in (65, 66):
        _must(expected, _RECORDS, spouse_of(holder), "DS02")
    _home(county, spouse_of(67))["updated_on"] = date(2022, 11, 1)
    expected.near_miss("DS02", spouse_of(67), "11月1日更新")


def _places(county: County, expected: Expected) -> None:
    """The roster's region against that of the real-name ledger."""
    _home(county, in_shandong(1))["work_region"] = "县外省内"
    _home(county, child_away(1))["work_region"] = "境外"
    for person in (in_shandong(1), child_away(1)):
        _must(expected, _RECORDS, person, "DS03")
    _home(county, child_away(7))["work_region"] = None
    expected.near_miss("DS03", child_away(7), "花名册务工区域空着")
    near = make_worker(7, 2).person
    county.ledgers["migrant_work"].append(migrant_row(near, "县内", "清溪县城区", date(2022, 7, 5), None))
    expected.near_miss("DS03", near, "乡（镇）内就是县内")


def _served(county: County, person: Person, kind: str) -> list[Row]:
    return where(county, "services", person_id=person.id, kind=kind)


def _services(county: County, expected: Expected) -> None:
    """Counselling, training and jobs owed."""
    (talk,) = _served(county, jobless(3), "政策宣讲")
    county.ledgers["services"].remove(talk)
    _served(county, jobless(7), "职业指导")[0]["served_on"] = date(2022, 10, 31)
    for number in (3, 7):
        _must(expected, _SERVICES, jobless(number), "SV01")
    _served(county, jobless(11), "政策宣讲")[0]["served_on"] = date(2022, 11, 1)
    _served(county, jobless(11), "职业指导")[0]["served_on"] = date(2022, 12, 31)
    expected.near_miss("SV01", jobless(11), "11月1日宣讲、12月31日指导，都在期内")

    (course,) = _served(county, jobless(10), "技能培训")
    county.ledgers["services"].remove(course)
    _served(county, jobless(13), "技能培训")[0]["served_on"] = date(2022, 10, 20)
    for number in (10, 13):
        _must(expected, _SERVICES, jobless(number), "SV02")
    expected.near_miss("SV02", jobless(12), "已具备技能")

    county.ledgers["services"].remove(_served(county, jobless(8), "岗位推荐")[2])
    for row in _served(county, jobless(12), "岗位推荐"):
        row["detail"] = "保安"
    for number in (8, 12):
        _must(expected, _SERVICES, jobless(number), "SV03")
    _served(county, jobless(6), "岗位推荐")[2]["served_on"] = date(2022, 12, 31)
    expected.near_miss("SV03", jobless(6), "第三个岗位12月31日推荐")
    old = make_person(1450, 1962)
    county.ledgers["roster"].append(roster_row(old, "500299191450", 2, "户主", "普通劳动力", {"employed": "否"}))
    expected.near_miss("SV03", old, "已满60周岁")
    student = jobless(16)
    _home(county, student)["student"] = "是"
    county.remove("services", lambda row: row["person_id"] == student.id and row["kind"] == "岗位推荐")
    expected.near_miss("SV03", student, "在校生")
    county.ledgers["services"].append(service_row(jobless(9), "岗位推荐", date(2022, 12, 1), "保洁员"))


def _households(county: County, expected: Expected) -> None:
    """Households in which nobody works."""
    for number in (9, 14, 15):
        home = _home(county, jobless(number))
        home |= {"household_id": f"500299191{number:03d}", "relation": "户主"}
        if number == 15:
            expected.near_miss_about("SV04", str(home["household_id"]), "没有人有就业意愿")
        else:
            expected.about("SV04", "household", str(home["household_id"]))
            expected.concluded(_SERVICES, "household", str(home["household_id"]), "strong")
    expected.near_miss_about("SV04", make_worker(5, 1).household, "配偶在车间务工")
    county.ledgers["hr_pool"].append(pool_row(roster_row(make_person(1451, 1980), "", 0, "", "普通劳动力", {})))


MATTERS = (_recorded, _places, _services, _households)
