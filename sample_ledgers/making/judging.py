"""A second opinion on the plan: the rules' words carried out anew, without a line of the product.

The plan says what it plants; this says what the rules make of the rows that came of it. Where the two differ, the
samples are not written: either the plan forgot what a change implies, or a rule was read wrongly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from sample_ledgers.making.columns import KEYS
from sample_ledgers.making.county import County, Row, Value
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.judging_duties import cooperation, duties, other_money, proofs, scale, services, transport
from sample_ledgers.making.judging_jobs import concluded_workshops, records, workers, workshops
from sample_ledgers.making.judging_pay import Hit, ghosts, handouts, wages
from sample_ledgers.making.judging_people import impersonations, kin, placements
from sample_ledgers.making.judging_statements import statements
from sample_ledgers.making.reading import Reading

_RULES: tuple[Callable[[Reading], Iterable[Hit]], ...] = (
    *(ghosts, wages, handouts, placements, impersonations, kin),
    *(workshops, workers, records),
    *(services, transport, other_money, scale, cooperation, duties, proofs),
)
_MAIN_CONDITIONS = {"IP01", "IP04", "IP06", "IP07", "IP08", "IP09"}


class _Matter:
    """What fired for one subject."""

    def __init__(self, hits: Iterable[Hit], *, paid: bool, member_unworked: bool) -> None:
        self.rules: set[str] = set()
        self.months: dict[str, set[object]] = defaultdict(set)
        for rule, _, _, month in hits:
            self.rules.add(rule)
            self.months[rule].add(month)
        self.paid = paid
        self.member_unworked = member_unworked

    def any(self, *rules: str) -> bool:
        return bool(self.rules.intersection(rules))

    def group(self, code: str) -> set[str]:
        return {rule for rule in self.rules if rule.startswith(code)}

    def often(self, rule: str, times: int) -> bool:
        return len(self.months[rule]) >= times


def _ghost(of: _Matter) -> tuple[bool, bool]:
    elsewhere = of.months["GP06"] | of.months["GP07"]
    conclusive = of.any("GP03", "GP04", "GP09") or bool(of.months["GP01"] & elsewhere)
    strong = of.any("GP02", "GP05", "GP08") or any(of.often(rule, 2) for rule in ("GP01", "GP06", "GP07"))
    return conclusive, strong


def _placement(of: _Matter) -> tuple[bool, bool]:
    main = of.rules & _MAIN_CONDITIONS
    return of.any("IP05", "IP12") or len(main) > 1, bool(main)


def _impersonation(of: _Matter) -> tuple[bool, bool]:
    conclusive = of.any("IM03") and of.any("IM04", "IM06", "GP07", "IM02")
    return conclusive, of.any("IM02", "IM03", "IM04") or (of.any("IM01") and of.paid)


def _nepotism(of: _Matter) -> tuple[bool, bool]:
    close = of.any("NP02", "NP03")
    conclusive = of.any("NP04", "NP05") or (close and bool(of.group("IP") - {"IP11"}))
    return conclusive, of.any("NP01") or (close and of.any("IP11"))


def _handout(of: _Matter) -> tuple[bool, bool]:
    conclusive = of.often("DH03", 3) or (of.any("DH04") and of.any("DH03", "DH05"))
    return conclusive, of.any("DH03", "DH05", "DH06") or (of.any("DH01") and of.member_unworked)


def _numbers(of: _Matter) -> tuple[bool, bool]:
    conclusive = of.any("NE15") or (of.any("NE11") and of.any("NE13"))
    conclusive |= of.any("NE01") and of.any("NE02", "NE03")
    conclusive |= of.any("NE07") and len(of.group("NE")) > 1
    named = ("NE01", "NE02", "NE03", "NE07", "NE08", "NE11", "NE13", "NE14", "NE16", "NE21")
    return conclusive, of.any(*named)


_HIGH = {"WG03", "SV04", "TS01", "TS02", "TS05", "IS01", "TG01", "TG02", "TG03", "TG05"}
_HIGH |= {"LC01", "RC01", "RC02", "EV02", "PV01"}


_GRADES = {
    "ghost_payroll": ({"GP"}, _ghost),
    "wages": ({"WG"}, None),
    "ineligible_placement": ({"IP"}, _placement),
    "impersonation": ({"IM"}, _impersonation),
    "nepotism": ({"NP"}, _nepotism),
    "disguised_handout": ({"DH"}, _handout),
    "numbers_only_employment": ({"NE"}, _numbers),
    "records": ({"DS"}, None),
    "services": ({"SV"}, None),
    "subsidy": ({"TS", "IS", "LN"}, None),
    "scale": ({"TG"}, None),
    "cooperation": ({"LC"}, None),
    "rectification": ({"RC"}, None),
    "evidence": ({"EV"}, None),
    "privacy": ({"PV"}, None),
}


def _grade(matter: _Matter, groups: set[str], grades: Callable[[_Matter], tuple[bool, bool]] | None) -> str | None:
    """The grade of a violation, None where no rule of its groups fired; without conclusions of its own by severity."""
    own = {rule for rule in matter.rules if rule[:2] in groups}
    if not own:
        return None
    conclusive, strong = grades(matter) if grades else (False, bool(own & _HIGH))
    return "conclusive" if conclusive else "strong" if strong else "clue"


def judge(county: County) -> Expected:
    """What the rules' words make of the county's rows."""
    read = Reading(county)
    hits: set[Hit] = set()
    for rules in _RULES:
        hits.update(rules(read))
    result = Expected()
    subjects: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    for hit in hits:
        rule, kind, subject, period = hit
        result.about(rule, kind, subject, f"{period:%Y-%m}" if isinstance(period, date) else period)
        subjects[kind, subject].append(hit)
    paid = {str(row["person_id"]) for row in read.paid()}
    unworked = {subject for rule, _, subject, _ in hits if rule in {"GP01", "DH03"}}
    households = {str(row["household_id"]) for row in read.all("roster") if row["person_id"] in unworked}
    graded: dict[tuple[str, str, str], str] = {}
    for (kind, subject), own in subjects.items():
        matter = _Matter(own, paid=subject in paid, member_unworked=subject in households)
        for violation, (groups, grades) in _GRADES.items():
            grade = _grade(matter, groups, grades)
            if grade is not None:
                graded[violation, kind, subject] = grade
    numbers = {
        subject: grade
        for (violation, kind, subject), grade in graded.items()
        if (violation, kind) == ("numbers_only_employment", "person")
    }
    for workshop in concluded_workshops(read, numbers):
        graded["numbers_only_employment", "workshop", workshop] = "conclusive"
    for (violation, kind, subject), grade in graded.items():
        result.concluded(violation, kind, subject, grade)
    result.statements = statements(read)
    return result


def duplicates(county: County) -> list[Row]:
    """Every row that is equal to another on its ledger's key (LT05)."""
    found = []
    for ledger, rows in county.ledgers.items():
        groups: dict[tuple[Value, ...], list[Row]] = defaultdict(list)
        for row in rows:
            groups[tuple(row.get(column) for column in KEYS.get(ledger, ("person_id",)))].append(row)
        found += [row for group in groups.values() if len(group) > 1 for row in group]
    return found


def differences(county: County, expected: Expected) -> list[str]:
    """Where the plan and the rules' words disagree, a line for each; empty where they are of one mind."""
    judged = judge(county)
    lines = []
    for part in ("signals", "findings"):
        planned = Counter(tuple(item.values()) for item in getattr(expected, part))
        read = Counter(tuple(item.values()) for item in getattr(judged, part))
        lines += [f"planned, not read: {item}" for item in (planned - read).elements()]
        lines += [f"read, not planned: {item}" for item in (read - planned).elements()]
    hit = {(item["rule"], item["id"]) for item in judged.signals}
    lines += [f"a near miss that hits: {miss}" for miss in expected.near_misses if (miss["rule"], miss["id"]) in hit]
    return lines
