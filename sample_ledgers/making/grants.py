"""Subsidies and loans (TS, IS, LN), planted, and the near misses beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sample_ledgers.making.changes import month, the
from sample_ledgers.making.county import County, Row, insurance_row, migrant_row
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.offices import child_away, in_shandong, insurance_subsidy_row, loan_row, subsidy_row
from sample_ledgers.making.people import Person, make_person
from sample_ledgers.making.workshops import make_worker

_SUBSIDY = "subsidy"


def _grant(county: County, person: Person) -> Row:
    return the(county, "transport_subsidy", person_id=person.id, year=2022)


def _must(expected: Expected, person: Person, grade: str, *rules: str) -> None:
    for rule in rules:
        expected.signal(rule, person)
    expected.finding(_SUBSIDY, person, grade)


def _entitled(county: County, expected: Expected) -> None:
    """Not away, or not on the roster."""
    out = county.ledgers
    at_home, back = make_worker(13, 2).person, child_away(13)
    out["transport_subsidy"].append(subsidy_row(at_home, at_home.account))
    the(county, "migrant_work", person_id=back.id).update(left_on=date(2021, 2, 18), returned_on=date(2021, 12, 20))
    for person in (at_home, back):
        _must(expected, person, "strong", "TS01")
    january = child_away(19)
    the(county, "migrant_work", person_id=january.id).update(left_on=date(2021, 2, 18), returned_on=date(2022, 1, 5))
    expected.near_miss("TS01", january, "2022年1月5日才返乡")

    for number, amount in ((1701, 500), (1702, 500), (1703, 0)):
        person = make_person(number, 1990)
        out["migrant_work"].append(migrant_row(person, "省外", "浙江省宁波市", date(2022, 3, 2), None))
        out["transport_subsidy"].append(subsidy_row(person, person.account, amount))
        if amount:
            _must(expected, person, "strong", "TS05")
        else:
            expected.near_miss("TS05", person, "不在花名册，但金额为0")


def _amounts(county: County, expected: Expected) -> None:
    """Twice in a year; above the standard."""
    rows = county.ledgers["transport_subsidy"]
    twice, more = in_shandong(2), child_away(25)
    _grant(county, twice)["amount"] = Decimal(500)
    _grant(county, more)["amount"] = Decimal(500)
    rows.append(subsidy_row(twice, twice.account, 300))
    rows.append(subsidy_row(more, more.account, 400))
    _must(expected, twice, "strong", "TS02")
    _must(expected, more, "strong", "TS02", "TS04")
    nothing, before = child_away(31), child_away(37)
    rows.append(subsidy_row(nothing, nothing.account, 0))
    expected.near_miss("TS02", nothing, "第二条金额为0")
    rows.append(
        subsidy_row(before, before.account)
        | {"year": 2021, "listed_on": date(2021, 10, 20), "verified_on": None, "paid_on": date(2021, 12, 15)}
    )
    expected.near_miss("TS02", before, "两个年度各一次")
    above, exact = in_shandong(5), in_shandong(6)
    _grant(county, above)["amount"], _grant(county, exact)["amount"] = Decimal(801), Decimal(800)
    _must(expected, above, "clue", "TS04")
    expected.near_miss("TS04", exact, "正好800元")


def _order(county: County, expected: Expected) -> None:
    """Late; before verification; without telling the person."""
    late, unpaid, last, due = in_shandong(3), child_away(43), in_shandong(4), child_away(49)
    _grant(county, late)["paid_on"] = date(2022, 11, 20)
    _grant(county, unpaid).update(paid_on=None, informed="否")
    for person in (late, unpaid):
        _must(expected, person, "clue", "TS03")
    expected.near_miss("TS07", unpaid, "尚未发放，无须告知")
    _grant(county, last)["paid_on"] = date(2022, 11, 19)
    expected.near_miss("TS03", last, "名单下发后正好第30天发放")
    _grant(county, due).update(listed_on=date(2022, 12, 5), verified_on=None, paid_on=None)
    expected.near_miss("TS03", due, "12月5日下发，尚在期限内")

    unverified, after, same = in_shandong(7), child_away(55), child_away(61)
    _grant(county, unverified)["verified_on"] = None
    _grant(county, after)["verified_on"] = date(2022, 11, 16)
    for person in (unverified, after):
        _must(expected, person, "clue", "TS06")
    _grant(county, same)["verified_on"] = date(2022, 11, 15)
    expected.near_miss("TS06", same, "核实当天发放")
    for person in (in_shandong(8), child_away(67)):
        _grant(county, person)["informed"] = "否"
        _must(expected, person, "clue", "TS07")


def _insurance(county: County, expected: Expected) -> None:
    """Insurance subsidies for months without insurance."""
    ended, never, jobless_only = make_worker(1, 2), make_worker(8, 3), make_worker(8, 1)
    the(county, "social_insurance", person_id=ended.person.id)["month_to"] = month(11)
    county.ledgers["insurance_subsidy"] += [insurance_subsidy_row(never, month(number)) for number in (11, 12)]
    expected.signal("IS01", ended.person, 12)
    expected.signal("IS01", never.person, 11, 12)
    for worker in (ended, never):
        expected.finding(_SUBSIDY, worker.person, "strong")
    other = make_worker(4, 3)
    county.ledgers["insurance_subsidy"].append(insurance_subsidy_row(other, month(12)))
    county.ledgers["social_insurance"].append(
        insurance_row(other.person, "失业保险", other.workshop.name, month(12), None)
    )
    expected.near_miss("IS01", other.person, "当月参加失业保险")
    county.ledgers["insurance_subsidy"].append(insurance_subsidy_row(jobless_only, month(8)) | {"amount": Decimal(0)})
    expected.near_miss("IS01", jobless_only.person, "8月未参保，但补贴金额为0")


def _loans(county: County, expected: Expected) -> None:
    """Loans to closed businesses; several loans at once."""
    loans = county.ledgers["loans"]
    closed, revoked, on_the_day = loans[:3]
    the(county, "businesses", uscc=closed["uscc"]).update(status="注销", closed_on=date(2022, 5, 1))
    the(county, "businesses", uscc=revoked["uscc"])["status"] = "吊销"
    for loan in (closed, revoked):
        expected.about("LN01", "loan", str(loan["contract_no"]))
        expected.concluded(_SUBSIDY, "loan", str(loan["contract_no"]), "clue")
    the(county, "businesses", uscc=on_the_day["uscc"]).update(status="注销", closed_on=date(2022, 10, 8))
    on_the_day["due_on"] = date(2022, 10, 8)
    expected.near_miss_about("LN01", str(on_the_day["contract_no"]), "到期当天注销")

    first = date(2021, 3, 1)
    for number, again, due in (
        (784, date(2022, 2, 1), date(2023, 3, 1)),
        (785, first, None),
        (786, date(2022, 3, 1), date(2022, 3, 1)),
    ):
        person = make_person(number, 1190 + number)
        loans.append(loan_row(len(loans) + 1, person, None, first, due))
        loans.append(loan_row(len(loans) + 1, person, None, again, date(2024, 3, 1)))
        if due == again:
            expected.near_miss("LN02", person, "到期当天再贷")
        else:
            _must(expected, person, "clue", "LN02")


MATTERS = (_entitled, _amounts, _order, _insurance, _loans)
