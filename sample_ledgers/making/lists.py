"""The other offices' lists: work away, insurance, deaths, custody, pensions, schools, budget, businesses, kin, bank."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sample_ledgers.making.county import (
    FIRST,
    TOWNSHIPS,
    VILLAGES,
    County,
    Row,
    insurance_row,
    migrant_row,
    official_of,
)
from sample_ledgers.making.people import Person, credit_code, make_person


def village_official(village: int) -> Person:
    """The head of the village at that place in `VILLAGES`."""
    return make_person(620 + village, 1968 + village)


def add_lists(county: County) -> None:
    """Adds every list but the bank's receipts."""
    out = county.ledgers
    away = [row for row in out["roster"] if row["work_region"] == "省外"]
    people = {person.id: person for n in range(301, 500) if (person := make_person(n, 1994 + (n - 300) % 5))}
    workers = [people[str(row["person_id"])] for row in away]
    out["migrant_work"] = [migrant_row(person, "省外", "广东省东莞市", date(2022, 2, 18), None) for person in workers]
    out["social_insurance"] += [
        insurance_row(person, "企业职工基本养老保险", "东莞市明远电子有限公司", date(2022, 3, 1), None)
        for person in workers
    ]
    out["deaths"] = [death_row(make_person(700 + n, 1932 + n * 3), date(2022, n + 1, 3 + n * 2)) for n in range(1, 9)]
    out["custody"] = [_custody(make_person(720 + n, 1985 + n), date(2021, n + 2, 9), None) for n in range(1, 4)]
    out["officials"] = [
        official_row(official_of(township), "社会保障服务所所长", township, None) for township in TOWNSHIPS
    ] + [official_row(village_official(n), "村党支部书记、村委会主任", *VILLAGES[n]) for n in range(len(VILLAGES))]
    out["relatives"] = [relative_row(village_official(n), make_person(640 + n, 1996 + n), "子女") for n in range(3)]
    out["fiscal_payroll"] = [
        budget_row(official_of(township), f"清溪县{township}社会保障服务所", date(2004, 7, 1)) for township in TOWNSHIPS
    ] + [budget_row(make_person(740 + n, 1972 + n), "清溪县第一中学", date(1996 + n, 9, 1)) for n in range(5)]
    out["pensions"] = [
        pension_row(
            make_person(760 + n, 1950 + n), ("居民养老", "职工养老", "机关事业养老")[n % 3], date(2012 + n, 3, 1)
        )
        for n in range(9)
    ]
    out["students"] = [
        student_row(person, "清溪县第一初级中学", date(2021, 9, 1), date(2024, 6, 30))
        for holder in county.holders[2:FIRST:3]
        if (person := make_person(200 + holder.number, 2009 + holder.number % 5)) and county.rows("roster", person)
    ]
    out["businesses"] = [
        business_row(n, make_person(780 + n, 1970 + n), ("个体工商户", "有限责任公司", "农民专业合作社")[n % 3])
        for n in range(8)
    ]


def death_row(person: Person, died_on: date) -> Row:
    """A death."""
    return {"person_id": person.id, "name": person.name, "died_on": died_on}


def _custody(person: Person, from_on: date, to_on: date | None) -> Row:
    return {"person_id": person.id, "name": person.name, "from_on": from_on, "to_on": to_on}


def official_row(person: Person, position: str, township: str, village: str | None) -> Row:
    """An official of a village, or of a township where `village` is None."""
    return {"person_id": person.id, "name": person.name, "position": position, "township": township, "village": village}


def relative_row(official: Person, relative: Person, relation: str) -> Row:
    """A relative whom an official has declared."""
    return {
        "official_id": official.id,
        "official": official.name,
        "relative_id": relative.id,
        "relative": relative.name,
        "relation": relation,
    }


def budget_row(person: Person, unit: str, start_on: date | None, end_on: date | None = None) -> Row:
    """Somebody paid from the public budget."""
    return {"person_id": person.id, "name": person.name, "unit": unit, "start_on": start_on, "end_on": end_on}


def pension_row(person: Person, pension: str, since: date) -> Row:
    """Somebody who draws a pension."""
    return {"person_id": person.id, "name": person.name, "pension": pension, "since": since}


def student_row(person: Person, school: str, enrolled_on: date, leaves_on: date | None) -> Row:
    """Somebody at school."""
    return {
        "person_id": person.id,
        "name": person.name,
        "school": school,
        "enrolled_on": enrolled_on,
        "leaves_on": leaves_on,
    }


def business_row(number: int, owner: Person, kind: str, closed_on: date | None = None) -> Row:
    """Business `number` (each number another business)."""
    ending = {"个体工商户": "农家小卖部", "有限责任公司": "商贸有限公司", "农民专业合作社": "种植农民专业合作社"}[kind]
    return {
        "uscc": credit_code(5_100_000 + number),
        "business": f"清溪县{owner.name}{ending}",
        "business_kind": kind,
        "owner_id": owner.id,
        "owner": owner.name,
        "registered_on": date(2015 + number % 6, number % 12 + 1, 16),
        "closed_on": closed_on,
        "status": "注销" if closed_on else "存续",
    }


_PAID = (
    ("payroll", "QXNS", "公益性岗位补贴"),
    ("workshop_payroll", "QXCJ", "帮扶车间工资"),
    ("transport_subsidy", "QXJT", "跨区域交通补助"),
)


def add_bank_payments(county: County) -> None:
    """Writes the bank's receipts after the payment lists: a day or two later; one payment fails and is made again.

    A payment whose row says `bank_name` goes to an account in that name; one that says `refused_name` is first refused
    for it; one with `bank_days` is booked so many days later, one with `bank_amount` with another amount; one that says
    `bank_none` was never made.
    """
    rows: list[Row] = []
    for ledger, prefix, purpose in _PAID:
        paid = [row for row in county.ledgers[ledger] if isinstance(row["amount"], Decimal) and row["amount"] > 0]
        for number, row in enumerate(paid, start=1):
            if not isinstance(row["paid_on"], date) or row["account_no"] is None or "bank_none" in row:
                continue
            days = row.get("bank_days", number % 3)
            assert isinstance(days, int)
            booked = row["paid_on"] + timedelta(days=days)
            base: Row = {
                "account_no": row["account_no"],
                "account_name": row.get("bank_name") or row["name"],
                "amount": row.get("bank_amount", row["amount"]),
                "purpose": purpose,
            }
            if (ledger, number) == ("payroll", 40) or "refused_name" in row:
                refused = base | {"account_name": row.get("refused_name") or base["account_name"]}
                rows.append(
                    {"voucher_no": f"{prefix}2022{number:06d}F", **refused, "paid_on": booked, "status": "失败"}
                )
                booked += timedelta(days=1)
            rows.append({"voucher_no": f"{prefix}2022{number:06d}", **base, "paid_on": booked, "status": "成功"})
    county.ledgers["bank_payments"] = rows + county.ledgers.get("bank_payments", [])
