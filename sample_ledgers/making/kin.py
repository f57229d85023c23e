"""Officials and their kin on posts (NP), planted, and the near misses beside it."""

from __future__ import annotations

from datetime import date

from sample_ledgers.making.changes import banked_as, listed, post
from sample_ledgers.making.county import VILLAGES, County, Holder, official_of
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.lists import official_row, relative_row, village_official
from sample_ledgers.making.people import Person

_NEPOTISM, _PLACEMENT = "nepotism", "ineligible_placement"


def _declare(county: County, official: Person, holder: Holder, relation: str) -> None:
    county.ledgers["relatives"].append(relative_row(official, holder.person, relation))


def _must(expected: Expected, holder: Holder, grade: str, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, holder.person)
    expected.finding(_NEPOTISM, holder.person, grade)


def _officials(county: County, expected: Expected) -> None:
    """An official holds a post; another held one until before the period."""
    group_head = county.holder(55)
    county.ledgers["officials"].append(
        official_row(group_head.person, "村民小组长", group_head.township, group_head.village)
    )
    _must(expected, group_head, "strong", "NP01")
    expected.near_miss("NP03", group_head.person, "户内的干部就是本人，没有别的干部")

    before = village_official(2)
    former = post(county, county.holder(19).person) | {"post_id": "QX20190852", "person_id": before.id}
    former |= {"name": before.name, "gender": before.gender, "account_no": before.account, "phone": before.phone}
    former |= {"hired_on": date(2019, 5, 6), "left_on": date(2020, 12, 31)}
    former |= {"agreement_start": date(2020, 1, 1), "agreement_end": date(2020, 12, 31)}
    former |= {"notice_start": date(2019, 4, 15), "notice_end": date(2019, 4, 22)}
    county.ledgers["posts"].append(former)
    expected.near_miss("NP01", before, "当选村干部前在岗，2020年底已离岗")


def _relatives(county: County, expected: Expected) -> None:
    """Relatives of officials of the village, of the township, and of the one who handles the post."""
    same_village = county.holder(58)
    _declare(county, village_official(3), same_village, "兄弟")
    same_township = county.holder(59)
    _declare(county, official_of("柳坝乡"), same_township, "姨父")
    approved = county.holder(60)
    approver = official_of("石桥镇")
    _declare(county, approver, approved, "表姐夫")
    post(county, approved.person).update(approver_id=approver.id, approver=approver.name)
    for holder in (same_village, same_township, approved):
        _must(expected, holder, "clue", "NP02")

    namesake = county.holder(56)
    _declare(county, village_official(VILLAGES.index(("云峰镇", "向阳村"))), namesake, "堂弟")
    expected.near_miss("NP02", namesake.person, "亲属是云峰镇向阳村的干部，岗位在石桥镇向阳村")

    unnoticed = county.holder(51)
    _declare(county, village_official(6), unnoticed, "儿媳")
    post(county, unnoticed.person).update(notice_start=None, notice_end=None)
    _must(expected, unnoticed, "strong", "NP02")
    expected.signal("IP11", unnoticed.person)
    expected.finding(_PLACEMENT, unnoticed.person, "clue")


def _household(county: County, expected: Expected) -> None:
    """In an official's household."""
    spouse = county.holder(52)
    official = village_official(1)
    row = listed(county, spouse.person) | {"person_id": official.id, "name": official.name, "relation": "配偶"}
    row |= {"gender": official.gender, "birth_date": official.birth, "phone": official.phone}
    county.ledgers["roster"].append(row | {"work_employer": "石桥镇向阳村村民委员会", "labour_capacity": "普通劳动力"})
    _must(expected, spouse, "clue", "NP03")


def _money(county: County, expected: Expected) -> None:
    """Pay that goes to an account in the name of an official of the village."""
    paid = county.holder(42)
    banked_as(county, paid.person, village_official(1).name)
    _must(expected, paid, "conclusive", "NP04")
    expected.signal("IM03", paid.person)
    expected.finding("impersonation", paid.person, "strong")


def _ahead(county: County, expected: Expected) -> None:
    """Able-bodied kin on a post, with and without somebody of the village in need of one."""
    ahead, alone = county.holder(100), county.holder(101)
    for holder, village in ((ahead, 5), (alone, 6)):
        _declare(county, village_official(village), holder, "侄女婿")
        listed(county, holder.person)["labour_capacity"] = "普通劳动力"
        post(county, holder.person)["category"] = "脱贫人口"
        expected.signal("IP02", holder.person)
        expected.finding(_PLACEMENT, holder.person, "clue")
    _must(expected, ahead, "conclusive", "NP02", "NP05")
    _must(expected, alone, "conclusive", "NP02")
    expected.near_miss("NP05", alone.person, "同村没有待安置的弱劳动力")


MATTERS = (_officials, _relatives, _household, _money, _ahead)
