"""The rules IP, IM and NP read once more, in plain Python over the rows of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sample_ledgers.making.county import Row
from sample_ledgers.making.judging_pay import Hit, insured
from sample_ledgers.making.reading import (
    AS_OF,
    FORMAL,
    Reading,
    active_at,
    age_at,
    birth_of,
    end_of,
    male,
    money,
    month_of,
    on,
    plain,
    same_unit,
    text,
)

_HARDSHIP = ("无法外出", "无业可就", "就业困难")
_NAMES = {
    "person_id": "name",
    "approver_id": "approver",
    "owner_id": "owner",
    "official_id": "official",
    "relative_id": "relative",
}


def _person(rule: str, person: str) -> Hit:
    return rule, "person", person, None


def placements(read: Reading) -> Iterator[Hit]:
    """IP01 to IP12."""
    for post in read.posts():
        person = text(post, "person_id")
        for rule, broken in (
            ("IP01", not read.of("roster", person)),
            ("IP02", _able(read, post)),
            ("IP03", any(row["labour_capacity"] in {"无劳动力", "丧失劳动力"} for row in read.of("roster", person))),
            ("IP04", _wrong_age(post)),
            ("IP05", any(_overlap(post, row, "start_on", "end_on") for row in read.of("fiscal_payroll", person))),
            ("IP06", any(_in_business(post, row) for row in read.of("businesses", person, "owner_id"))),
            ("IP07", any(_pensioned(post, row) for row in read.of("pensions", person))),
            ("IP08", any(_employed(post, row) for row in read.of("social_insurance", person))),
            ("IP09", any(_overlap(post, row, "enrolled_on", "leaves_on") for row in read.of("students", person))),
            ("IP10", _beyond_term(post)),
            ("IP11", _unnoticed(post)),
            ("IP12", any(_outlived(post, row) for row in read.of("deaths", person))),
        ):
            if broken:
                yield _person(rule, person)


def _hired(post: Row) -> date:
    hired = on(post, "hired_on")
    assert hired is not None
    return hired


def _able(read: Reading, post: Row) -> bool:
    words = any(word in text(post, "category") for word in _HARDSHIP)
    roster = read.of("roster", text(post, "person_id"))
    return not words and any(row["labour_capacity"] in {"普通劳动力", "技能劳动力"} for row in roster)


def _wrong_age(post: Row) -> bool:
    born = birth_of(text(post, "person_id"))
    return born is not None and not 16 <= age_at(born, _hired(post)) <= 65


def _overlap(post: Row, row: Row, first: str, last: str) -> bool:
    start, end = on(row, first), on(row, last)
    return (start is None or start <= end_of(post)) and (end is None or end >= _hired(post))


def _in_business(post: Row, row: Row) -> bool:
    registered = on(row, "registered_on")
    trading = row["status"] == "存续" and "农民专业合作社" not in text(row, "business_kind")
    return trading and registered is not None and registered <= end_of(post)


def _pensioned(post: Row, row: Row) -> bool:
    since = on(row, "since")
    return row["pension"] in {"职工养老", "机关事业养老"} and since is not None and since <= month_of(end_of(post))


def _employed(post: Row, row: Row) -> bool:
    month, first = month_of(_hired(post)), on(row, "month_from")
    other = row["insurance"] in FORMAL and not same_unit(row["employer"], post["employer"])
    return other and insured(row, month) and first is not None and first < month


def _beyond_term(post: Row) -> bool:
    person, hired = text(post, "person_id"), _hired(post)
    born = birth_of(person)
    if born is None or hired.replace(year=hired.year + 3) >= end_of(post):
        return False
    return age_at(born, hired) < (60 if male(person) else 55) - 5


def _unnoticed(post: Row) -> bool:
    start, end = on(post, "notice_start"), on(post, "notice_end")
    return start is None or end is None or (end - start).days + 1 < 5 or end > _hired(post)


def _outlived(post: Row, row: Row) -> bool:
    died, left = on(row, "died_on"), on(post, "left_on")
    return died is not None and died < AS_OF and (left is None or left > died + timedelta(days=31))


def impersonations(read: Reading) -> Iterator[Hit]:
    """IM01 to IM08."""
    names: dict[str, set[str]] = defaultdict(set)
    for rows in read.ledgers.values():
        for row in rows:
            for number, name in _NAMES.items():
                if row.get(number):
                    names[text(row, number)].add(plain(row.get(name)))
    for person, known in names.items():
        if birth_of(person) is None:
            yield _person("IM01", person)
        elif len(known - {""}) > 1:
            yield _person("IM02", person)
    yield from _accounts(read)
    for row in (*read.all("roster"), *read.all("posts")):
        person = text(row, "person_id")
        born = birth_of(person)
        if born is None:
            continue
        wrong_sex = text(row, "gender") not in {"", "男" if male(person) else "女"}
        if wrong_sex or (row.get("birth_date") is not None and row["birth_date"] != born):
            yield _person("IM05", person)
    for row in read.all("attendance"):
        if row["signed_by"] and plain(row["signed_by"]) != plain(row["name"]):
            yield "IM06", "person", text(row, "person_id"), on(row, "month")
    phones: dict[str, set[str]] = defaultdict(set)
    for row in (*read.all("posts"), *read.all("workshop_workers"), *read.all("migrant_work")):
        if row.get("phone"):
            phones[text(row, "phone")].add(text(row, "person_id"))
    for people in phones.values():
        yield from (_person("IM08", person) for person in people if len(people) > 2)


def _accounts(read: Reading) -> Iterator[Hit]:
    people: dict[str, set[str]] = defaultdict(set)
    accounts: dict[str, set[str]] = defaultdict(set)
    for row in (*read.all("payroll"), *read.all("workshop_payroll"), *read.subsidies()):
        person, account = text(row, "person_id"), text(row, "account_no")
        if account and any(plain(slip["account_name"]) != plain(row["name"]) for slip in _received(read, account)):
            yield _person("IM03", person)
    for row in read.all("payroll"):
        person, account = text(row, "person_id"), text(row, "account_no")
        if money(row) > 0:
            people[account].add(person)
            accounts[person].add(account)
    for sharing in people.values():
        yield from (_person("IM04", person) for person in sharing if len(sharing) > 1)
    yield from (_person("IM07", person) for person, several in accounts.items() if len(several) > 1)


def _received(read: Reading, account: str) -> list[Row]:
    return [row for row in read.of("bank_payments", account, "account_no") if row["status"] == "成功"]


def kin(read: Reading) -> Iterator[Hit]:
    """NP01 to NP05."""
    officials = {text(row, "person_id") for row in read.all("officials")}
    active = {text(post, "person_id") for post in read.all("posts") if active_at(post, AS_OF)}
    waiting = [
        row
        for row in read.all("roster")
        if (row["labour_capacity"], row["willing"], row["employed"]) == ("弱劳动力", "是", "否")
        and text(row, "person_id") not in active
    ]
    for post in read.posts():
        person = text(post, "person_id")
        if person in officials:
            yield _person("NP01", person)
        related = any(_related(read, post, row) for row in read.of("relatives", person, "relative_id"))
        households = {text(row, "household_id") for row in read.of("roster", person)} - {""}
        together = any(
            text(row, "household_id") in households and text(row, "person_id") in officials - {person}
            for row in read.all("roster")
        )
        if related:
            yield _person("NP02", person)
        if together:
            yield _person("NP03", person)
        if _into_officials_account(read, post):
            yield _person("NP04", person)
        if (related or together) and _able(read, post) and any(read.same_village(post, row) for row in waiting):
            yield _person("NP05", person)


def _related(read: Reading, post: Row, relative: Row) -> bool:
    official_id = text(relative, "official_id")
    for official in read.of("officials", official_id):
        there = not text(official, "village") and text(official, "township") == text(post, "township")
        if there or read.same_village(official, post) or official_id == text(post, "approver_id"):
            return True
    return False


def _into_officials_account(read: Reading, post: Row) -> bool:
    names = {plain(row["name"]) for row in read.all("officials") if read.same_village(row, post)}
    return any(
        plain(slip["account_name"]) in names - {plain(row["name"]), plain(post["name"])}
        for row in read.of("payroll", text(post, "person_id"))
        for slip in _received(read, text(row, "account_no"))
    )
