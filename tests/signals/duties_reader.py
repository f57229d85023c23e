"""The DS, SV, TS, IS, LN, PV, RC and LC rules read by hand, from the words of the rule catalogue and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import TypeAlias

from tests.signals.duties_county import WRONG

from auditor.profile import Profile

Row: TypeAlias = Mapping[str, object]
County: TypeAlias = Mapping[str, Sequence[Row]]
Found: TypeAlias = tuple[str, str, str | None]

_ABLE = {"普通劳动力", "技能劳动力", "弱劳动力"}
_FORMAL = {"企业职工基本养老保险", "机关事业单位养老保险"}
_AWAY = {"县外省内", "省外", "境外"}
_PARTIES = {"人社", "乡村振兴", "山东"}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "DS02": ("roster",),
    "DS03": ("roster", "migrant_work"),
    "SV01": ("roster", "services"),
    "SV02": ("roster", "services"),
    "SV03": ("roster", "services"),
    "SV04": ("roster",),
    "TS01": ("transport_subsidy", "migrant_work"),
    "TS02": ("transport_subsidy",),
    "TS03": ("transport_subsidy",),
    "TS04": ("transport_subsidy",),
    "TS05": ("transport_subsidy", "roster"),
    "TS06": ("transport_subsidy",),
    "TS07": ("transport_subsidy",),
    "IS01": ("insurance_subsidy", "social_insurance"),
    "LN01": ("loans", "businesses"),
    "LN02": ("loans",),
    "LC02": ("labour_cooperation",),
    "RC01": ("rectifications",),
    "RC03": ("rectifications",),
    "PV01": ("providers",),
}


def _day(row: Row, column: str) -> date | None:
    value = row[column]
    assert value is None or isinstance(value, date)
    return value


def _money(row: Row) -> Decimal:
    return Decimal(0) if row["amount"] is None else Decimal(str(row["amount"]))


def _age(number: object, on: date) -> int | None:
    """Full years from a valid number; the birthday counts."""
    if number is None or number == WRONG:
        return None
    text = str(number)
    born = (int(text[6:10]), int(text[10:12]), int(text[12:14]))
    return on.year - born[0] - ((on.month, on.day) < born[1:])


class Reader:
    """A county read by hand.

    Args:
        county: its ledgers, those that were given; numbers that rows got by a link are there.
        profile: audit date, period and every parameter of these rules.
    """

    def __init__(self, county: County, profile: Profile) -> None:
        self.county, self.as_of, self.months = county, profile.as_of, profile.period.months
        given = {name: str(text) for name, text in profile.parameters.items()}
        self.days = {name: date.fromisoformat(text) for name, text in given.items() if "-" in text}
        self.number = {name: Decimal(text) for name, text in given.items() if "-" not in text}
        self.years = {month.year for month in self.months}
        self.month = self.as_of.replace(day=1)

    def runs(self, rule: str) -> bool:
        """Whether the rule has what it needs."""
        if rule == "DS01":
            known = {"employment", "hr_pool", "social_insurance"}
            return "roster" in self.county and not known.isdisjoint(self.county)
        if rule == "LC01":
            return {row["party"] for row in self.rows("labour_cooperation")} - {None} == _PARTIES
        if rule == "DS02" and self.as_of < self.days["verify_from"]:
            return False
        if rule.startswith("SV") and self.as_of < self.days["service_to"]:
            return False
        return all(ledger in self.county for ledger in _NEEDS[rule])

    def signals(self) -> Iterator[Found]:
        """Every (rule, subject, period) that holds, of the rules that run."""
        for rule in (*_NEEDS, "DS01", "LC01"):
            if not self.runs(rule):
                continue
            test: Callable[[str], bool] | None = getattr(self, rule.lower(), None)
            if test is None:
                yield from getattr(self, f"{rule.lower()}_all")()
                continue
            for person in self.people():
                if test(person):
                    yield rule, person, None

    def rows(self, ledger: str, person: str | None = None) -> list[Row]:
        rows = self.county.get(ledger, ())
        return [row for row in rows if person is None or row["person_id"] == person]

    def people(self) -> set[str]:
        rows = (row for rows in self.county.values() for row in rows)
        return {str(row["person_id"]) for row in rows if row.get("person_id") is not None}

    def perhaps(self, ledger: str, person: str) -> list[Row]:
        """The person's rows and those without a number that have a name of the person."""
        rows = (row for rows in self.county.values() for row in rows if row.get("person_id") == person)
        names = {row["name"] for row in rows} - {None}
        unnumbered = [row for row in self.rows(ledger) if row["person_id"] is None and row["name"] in names]
        return [*self.rows(ledger, person), *unnumbered]

    # records

    def ds01(self, person: str) -> bool:
        def known() -> Iterator[bool]:
            for row in self.rows("employment", person):
                start, end = _day(row, "start_on"), _day(row, "end_on")
                yield start is not None and start <= self.as_of and (end is None or end >= self.as_of)
            for row in self.rows("hr_pool", person):
                yield row["employed"] == "是"
            for row in self.rows("social_insurance", person):
                start, end = _day(row, "month_from"), _day(row, "month_to")
                insured = start is not None and start <= self.month and (end is None or end >= self.month)
                yield insured and row["insurance"] in _FORMAL

        return any(row["employed"] == "否" for row in self.rows("roster", person)) and any(known())

    def ds02(self, person: str) -> bool:
        days = [_day(row, "updated_on") for row in self.rows("roster", person)]
        return any(day is None or day < self.days["verify_from"] for day in days)

    def ds03(self, person: str) -> bool:
        places = {
            "县内" if row["work_region"] in {"乡（镇）内", "乡（镇）外县内"} else row["work_region"]
            for row in self.rows("roster", person)
        } - {None}
        for row in self.rows("migrant_work", person):
            left, back = _day(row, "left_on"), _day(row, "returned_on")
            away = left is not None and left <= self.as_of and (back is None or back >= self.as_of)
            if away and row["region"] is not None and places - {row["region"]}:
                return True
        return False

    # services

    def owed(self, row: Row) -> bool:
        age = _age(row["person_id"], self.as_of)
        fit = row["employed"] == "否" and row["labour_capacity"] in _ABLE and row["student"] != "是"
        return fit and age is not None and 16 <= age <= 59

    def given(self, person: str, kind: str) -> list[Row]:
        found = []
        for row in self.perhaps("services", person):
            day = _day(row, "served_on")
            last = min(self.days["service_to"], self.as_of)
            if row["kind"] == kind and day is not None and self.days["service_from"] <= day <= last:
                found.append(row)
        return found

    def sv01(self, person: str) -> bool:
        need = any(self.owed(row) and row["willing"] == "否" for row in self.rows("roster", person))
        return need and not (self.given(person, "政策宣讲") and self.given(person, "职业指导"))

    def sv02(self, person: str) -> bool:
        need = any(self.owed(row) and row["skilled"] == "否" for row in self.rows("roster", person))
        return need and not self.given(person, "技能培训")

    def sv03(self, person: str) -> bool:
        need = any(self.owed(row) and row["willing"] == "是" for row in self.rows("roster", person))
        jobs = {row["detail"] for row in self.given(person, "岗位推荐")} - {None}
        return need and len(jobs) < self.number["min_jobs"]

    def sv04_all(self) -> Iterator[Found]:
        for home in {row["household_id"] for row in self.rows("roster")} - {None}:
            members = [row for row in self.rows("roster") if row["household_id"] == home]
            wish = any(self.owed(row) and row["willing"] == "是" for row in members)
            if wish and not any(row["employed"] == "是" for row in members):
                yield "SV04", str(home), None

    # subsidies

    def listed(self, person: str) -> list[Row]:
        return [row for row in self.rows("transport_subsidy", person) if row["year"] in self.years]

    def ts01(self, person: str) -> bool:
        def meets(row: Row, year: object) -> bool:
            left, back = _day(row, "left_on"), _day(row, "returned_on")
            begun = left is None or left <= date(int(str(year)), 12, 31)
            return row["region"] in _AWAY and begun and (back is None or back >= date(int(str(year)), 1, 1))

        spells = self.perhaps("migrant_work", person)
        years = [row["year"] for row in self.listed(person) if _money(row) > 0]
        return any(not any(meets(spell, year) for spell in spells) for year in years)

    def ts02(self, person: str) -> bool:
        years = [row["year"] for row in self.listed(person) if _money(row) > 0]
        return len(years) > len(set(years))

    def ts03(self, person: str) -> bool:
        for row in self.listed(person):
            start, paid = _day(row, "listed_on"), _day(row, "paid_on")
            limit = timedelta(int(self.number["subsidy_days"]))
            if start is not None and (self.as_of if paid is None else paid) > start + limit:
                return True
        return False

    def ts04(self, person: str) -> bool:
        rows = self.listed(person)
        sums = [sum(_money(row) for row in rows if row["year"] == year) for year in self.years]
        return any(total > self.number["subsidy_cap"] for total in sums)

    def ts05(self, person: str) -> bool:
        return any(_money(row) > 0 for row in self.listed(person)) and not self.perhaps("roster", person)

    def ts06(self, person: str) -> bool:
        for row in self.listed(person):
            verified, paid = _day(row, "verified_on"), _day(row, "paid_on")
            if paid is not None and (verified is None or verified > paid):
                return True
        return False

    def ts07(self, person: str) -> bool:
        return any(row["paid_on"] is not None and row["informed"] == "否" for row in self.listed(person))

    def is01_all(self) -> Iterator[Found]:
        for row in self.rows("insurance_subsidy"):
            month = _day(row, "month")
            if row["person_id"] is None or month not in self.months or _money(row) <= 0:
                continue
            for spell in self.perhaps("social_insurance", str(row["person_id"])):
                start, end = _day(spell, "month_from"), _day(spell, "month_to")
                inside = (start is None or start <= month) and (end is None or end >= month)
                if inside and spell["insurance"] != "城乡居民养老保险":
                    break
            else:
                yield "IS01", str(row["person_id"]), f"{month:%Y-%m}"

    def ln01_all(self) -> Iterator[Found]:
        for loan in self.rows("loans"):
            until = _day(loan, "due_on") or self.as_of
            for business in self.rows("businesses"):
                closed = _day(business, "closed_on")
                gone = business["status"] in {"注销", "吊销"} if closed is None else closed < until
                same = loan["uscc"] is not None and business["uscc"] == loan["uscc"]
                if gone and same and loan["contract_no"] is not None:
                    yield "LN01", str(loan["contract_no"]), None

    def ln02(self, person: str) -> bool:
        for first, second in permutations(self.rows("loans", person), 2):
            granted, later = _day(first, "granted_on"), _day(second, "granted_on")
            one = first["contract_no"] is not None and first["contract_no"] == second["contract_no"]
            if granted is None or later is None or one:
                continue
            if granted <= later < (_day(first, "due_on") or self.as_of):
                return True
        return False

    # cooperation, rectification, privacy

    def lc01(self, person: str) -> bool:
        parties = {row["party"] for row in self.perhaps("labour_cooperation", person)}
        named = bool(self.rows("labour_cooperation", person))
        return named and None not in parties and parties != _PARTIES

    def lc02(self, person: str) -> bool:
        for one, other in permutations(self.rows("labour_cooperation", person), 2):
            if one["party"] is None or other["party"] is None or one["party"] == other["party"]:
                continue
            for column in ("name", "channel", "employer", "started_on"):
                if one[column] is not None and other[column] is not None and one[column] != other[column]:
                    return True
        return False

    def rc01_all(self) -> Iterator[Found]:
        for row in self.rows("rectifications"):
            due = _day(row, "due_on")
            if row["issue_no"] is not None and row["status"] != "已销号" and due is not None and due < self.as_of:
                yield "RC01", str(row["issue_no"]), None

    def rc03_all(self) -> Iterator[Found]:
        for row in self.rows("rectifications"):
            found, done = _day(row, "found_on"), _day(row, "rectified_on")
            if row["issue_no"] is not None and found is not None and done is not None and done < found:
                yield "RC03", str(row["issue_no"]), None

    def pv01_all(self) -> Iterator[Found]:
        for row in self.rows("providers"):
            expires = _day(row, "expires_on")
            lapsed = row["agreement"] == "否" or (expires is not None and expires < self.as_of)
            if lapsed and row["provider"] is not None:
                yield "PV01", str(row["provider"]), None
        listed = {row["provider"] for row in self.rows("providers")}
        for name in {row["provider"] for row in self.rows("services")} - listed - {None}:
            yield "PV01", str(name), None
