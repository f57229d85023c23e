"""IM02, IM03, IM04 and IM08 as plain loops over rows, written from the words of the catalogue and from no query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import TypeAlias

from auditor.profile import Profile

Row: TypeAlias = Mapping[str, str]
County: TypeAlias = Mapping[str, Sequence[Row]]
"""Ledger → rows of texts; an absent ledger is not there, an empty cell is an empty text."""

NAMED = {
    "person_id": "name",
    "approver_id": "approver",
    "owner_id": "owner",
    "official_id": "official",
    "relative_id": "relative",
}
PHONE_SHARE = 3


def _month(text: str) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None


def im02(county: County, valid: set[str]) -> set[str]:
    """One valid person_id stands with two or more names over all the ledgers."""
    names: dict[str, set[str]] = {}
    for rows in county.values():
        for row, (number, name) in product(rows, NAMED.items()):
            if row.get(number) and row.get(name):
                names.setdefault(row[number], set()).add(row[name])
    return {person for person, called in names.items() if person in valid and len(called) > 1}


def _in_period(row: Row, profile: Profile) -> bool:
    if "year" in row:
        years = range(profile.period.first.year, profile.period.last.year + 1)
        return bool(row["year"]) and int(row["year"]) in years
    return _month(row["month"]) in profile.period.months


def im03(county: County, profile: Profile) -> set[str]:
    """A successful bank row into an account given for the person has another name than the row that gives it."""
    found = set()
    for ledger in ("payroll", "workshop_payroll", "transport_subsidy"):
        for row, bank in product(county.get(ledger, ()), county["bank_payments"]):
            same = row["account_no"] and row["account_no"] == bank["account_no"] and bank["status"] == "成功"
            differ = row["name"] and bank["account_name"] and row["name"] != bank["account_name"]
            if row["person_id"] and same and differ and _in_period(row, profile):
                found.add(row["person_id"])
    return found


def im04(county: County, profile: Profile) -> set[str]:
    """Payroll (amount > 0) gives one account_no for two or more person_ids; one signal for each of them."""
    people: dict[str, set[str]] = {}
    for row in county["payroll"]:
        paid = row["amount"] and float(row["amount"]) > 0 and _in_period(row, profile)
        if paid and row["person_id"] and row["account_no"]:
            people.setdefault(row["account_no"], set()).add(row["person_id"])
    return {person for sharing in people.values() if len(sharing) > 1 for person in sharing}


def im08(county: County) -> set[str]:
    """One phone stands for phone_share or more person_ids over three ledgers together."""
    people: dict[str, set[str]] = {}
    for ledger in ("posts", "workshop_workers", "migrant_work"):
        for row in county.get(ledger, ()):
            if row["person_id"] and row["phone"]:
                people.setdefault(row["phone"], set()).add(row["person_id"])
    return {person for sharing in people.values() if len(sharing) >= PHONE_SHARE for person in sharing}


def signals(county: County, profile: Profile, valid: set[str]) -> Iterator[tuple[str, str]]:
    """Every (rule, person) that holds; a rule whose ledgers are absent holds for nobody."""
    yield from (("IM02", person) for person in im02(county, valid))
    if "bank_payments" in county:
        yield from (("IM03", person) for person in im03(county, profile))
    if "payroll" in county:
        yield from (("IM04", person) for person in im04(county, profile))
    yield from (("IM08", person) for person in im08(county))
