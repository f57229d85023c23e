"""The rules SV, TS, IS, LN, TG, LC, RC, EV and PV read once more, in plain Python over the rows of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from sample_ledgers.making.county import COUNTY, Row
from sample_ledgers.making.judging_jobs import of_poverty
from sample_ledgers.making.judging_pay import Hit, insured
from sample_ledgers.making.judging_photos import digest
from sample_ledgers.making.reading import (
    AS_OF,
    AWAY,
    REFS,
    Reading,
    active_at,
    age_at,
    birth_of,
    money,
    named,
    on,
    plain,
    same_unit,
    text,
)

_MONTH = timedelta(days=30)
_SERVED = (date(2022, 11, 1), AS_OF)
_ABLE = {"普通劳动力", "技能劳动力", "弱劳动力"}
_HALVES = {"公益性岗位在岗规模", "帮扶车间吸纳人数"}


def _person(rule: str, person: str) -> Hit:
    return rule, "person", person, None


def services(read: Reading) -> Iterator[Hit]:
    """SV01 to SV04."""
    for row in read.all("roster"):
        person = text(row, "person_id")
        born = birth_of(person) if person else None
        able = row["employed"] == "否" and row["labour_capacity"] in _ABLE and row["student"] != "是"
        if not able or born is None or not 16 <= age_at(born, AS_OF) <= 59:
            continue
        kinds: dict[str, list[str]] = defaultdict(list)
        for served in read.of("services", person):
            if (day := on(served, "served_on")) and _SERVED[0] <= day <= _SERVED[1]:
                kinds[text(served, "kind")].append(plain(served.get("detail")))
        if row["willing"] == "否" and not ("政策宣讲" in kinds and "职业指导" in kinds):
            yield _person("SV01", person)
        if row["skilled"] == "否" and "技能培训" not in kinds:
            yield _person("SV02", person)
        if row["willing"] == "是":
            if len(set(kinds["岗位推荐"]) - {""}) < 3:
                yield _person("SV03", person)
            home = text(row, "household_id")
            if home and not any(other["employed"] == "是" for other in read.of("roster", home, "household_id")):
                yield "SV04", "household", home, None


def transport(read: Reading) -> Iterator[Hit]:
    """TS01 to TS07."""
    sums: Counter[tuple[str, object]] = Counter()
    times: Counter[tuple[str, object]] = Counter()
    for row in read.subsidies():
        person, year = text(row, "person_id"), row["year"]
        assert isinstance(year, int)
        amount = money(row) if row["amount"] is not None else Decimal(0)
        listed, verified, paid_on = on(row, "listed_on"), on(row, "verified_on"), on(row, "paid_on")
        if amount > 0:
            times[person, year] += 1
            if not any(_meets(away, year) and away["region"] in AWAY for away in read.of("migrant_work", person)):
                yield _person("TS01", person)
            if not read.of("roster", person):
                yield _person("TS05", person)
        sums[person, year] += amount  # type: ignore[assignment]
        if listed is not None and (paid_on or AS_OF) > listed + _MONTH:
            yield _person("TS03", person)
        if paid_on is not None and (verified is None or verified > paid_on):
            yield _person("TS06", person)
        if paid_on is not None and row["informed"] == "否":
            yield _person("TS07", person)
    yield from (_person("TS02", person) for (person, _), number in times.items() if number > 1)
    yield from (_person("TS04", person) for (person, _), total in sums.items() if total > 800)


def _meets(away: Row, year: int) -> bool:
    gone, back = on(away, "left_on"), on(away, "returned_on")
    return gone is not None and gone.year <= year and (back is None or back.year >= year)


def other_money(read: Reading) -> Iterator[Hit]:
    """IS01, LN01 and LN02."""
    for row in read.all("insurance_subsidy"):
        person, month = text(row, "person_id"), on(row, "month")
        assert month is not None
        if money(row) > 0 and not any(
            held["insurance"] != "城乡居民养老保险" and insured(held, month)
            for held in read.of("social_insurance", person)
        ):
            yield "IS01", "person", person, month
    loans = read.all("loans")
    for row in loans:
        due = on(row, "due_on")
        for business in read.all("businesses"):
            if not text(row, "uscc") or business["uscc"] != row["uscc"]:
                continue
            closed = on(business, "closed_on")
            if closed < (due or AS_OF) if closed is not None else business["status"] != "存续":
                yield "LN01", "loan", text(row, "contract_no"), None
    for one in loans:
        granted, due = on(one, "granted_on"), on(one, "due_on") or AS_OF
        for other in loans:
            later = on(other, "granted_on")
            assert granted is not None
            assert later is not None
            if one is not other and one["person_id"] == other["person_id"] and granted <= later < due:
                yield _person("LN02", text(one, "person_id"))


def known_areas(read: Reading) -> set[str]:
    """The county, and every township that a ledger names."""
    ledgers = ("roster", "posts", "workshops", "officials")
    return {COUNTY} | {text(row, "township") for ledger in ledgers for row in read.all(ledger)} - {""}


def counted(read: Reading, area: str, indicator: str, day: date) -> int:
    """The ledgers' number of people of an area on a day."""
    towns = {row["workshop_id"]: text(row, "township") for row in read.all("workshops")}
    people: set[str] = set()
    if indicator == "务工规模":
        people = {
            text(row, "person_id")
            for row in read.all("roster")
            if row["employed"] == "是" and area in {COUNTY, row["township"]}
        }
    elif indicator == "公益性岗位在岗规模":
        people = {
            text(row, "person_id")
            for row in read.all("posts")
            if active_at(row, day) and area in {COUNTY, row["township"]}
        }
    else:
        people = {
            text(row, "person_id")
            for row in read.all("workshop_workers")
            if active_at(row, day) and of_poverty(read, row) and area in {COUNTY, towns.get(row["workshop_id"])}
        }
    return len(people)


def scale(read: Reading) -> Iterator[Hit]:
    """TG01 to TG05."""
    areas = known_areas(read)
    rules = {"务工规模": "TG01", "公益性岗位在岗规模": "TG02", "帮扶车间吸纳人数": "TG03"}
    for row in read.all("targets"):
        area, indicator, target = text(row, "area"), text(row, "indicator"), row["target"]
        assert isinstance(target, int)
        if row["year"] == AS_OF.year and area in areas and counted(read, area, indicator, AS_OF) < target:
            yield rules[indicator], "area", f"{area}/{indicator}", None
    values = {
        (text(row, "area"), text(row, "indicator"), on(row, "week_ending")): row["value"]
        for row in read.all("weekly_dispatch")
    }
    for (area, indicator, week), value in values.items():
        assert week is not None
        before = values.get((area, indicator, week - timedelta(days=7)))
        if isinstance(before, int) and isinstance(value, int) and value < before:
            yield "TG04", "area", f"{area}/{indicator}", f"{week}"
        if indicator in _HALVES and area in areas and value != counted(read, area, indicator, week):
            yield "TG05", "area", f"{area}/{indicator}", f"{week}"


def disagreement(one: Row, other: Row) -> set[str]:
    """In what two parties' rows of a person differ; what is empty never differs."""
    apart = {
        column
        for column in ("channel", "started_on")
        if one[column] is not None and other[column] is not None and one[column] != other[column]
    }
    if plain(one["name"]) and plain(other["name"]) and plain(one["name"]) != plain(other["name"]):
        apart.add("name")
    return apart if same_unit(one["employer"], other["employer"]) else apart | {"employer"}


def cooperation(read: Reading) -> Iterator[Hit]:
    """LC01 to LC03."""
    people: dict[str, list[Row]] = defaultdict(list)
    for row in read.all("labour_cooperation"):
        people[text(row, "person_id")].append(row)
    all_three = len({row["party"] for row in read.all("labour_cooperation")}) == 3
    for person, rows in people.items():
        if all_three and len({row["party"] for row in rows}) < 3:
            yield _person("LC01", person)
        if any(one["party"] != other["party"] and disagreement(one, other) for one, other in combinations(rows, 2)):
            yield _person("LC02", person)
        if not any(name in read.files for row in rows for name in named(row.get("evidence"))):
            yield _person("LC03", person)


def duties(read: Reading) -> Iterator[Hit]:
    """RC01 to RC03 and PV01."""
    for row in read.all("rectifications"):
        issue, closed = text(row, "issue_no"), row["status"] == "已销号"
        found, due, done = on(row, "found_on"), on(row, "due_on"), on(row, "rectified_on")
        if not closed and due is not None and due < AS_OF:
            yield "RC01", "issue", issue, None
        if closed and not any(name in read.files for name in named(row.get("evidence"))):
            yield "RC02", "issue", issue, None
        if done is not None and found is not None and done < found:
            yield "RC03", "issue", issue, None
    known = {plain(row["provider"]) for row in read.all("providers")}
    for row in read.all("providers"):
        expires = on(row, "expires_on")
        if row["agreement"] == "否" or (expires is not None and expires < AS_OF):
            yield "PV01", "provider", text(row, "provider"), None
    for row in read.all("services"):
        if row.get("provider") and plain(row["provider"]) not in known:
            yield "PV01", "provider", text(row, "provider"), None


def proofs(read: Reading) -> Iterator[Hit]:
    """EV01 and EV02."""
    for name in {name for _, row in read.referring() for name in named(row.get("evidence"))}:
        if name not in read.files:
            yield "EV01", "row", name, None
    people: dict[str, set[str]] = defaultdict(set)
    for ledger in ("posts", "migrant_work", "labour_cooperation"):
        assert ledger in REFS
        for row in read.all(ledger):
            for name in named(row.get("evidence")):
                if name in read.files:
                    people[digest(read.files[name])].add(text(row, "person_id"))
    yield from (_person("EV02", person) for using in people.values() if len(using) > 1 for person in using)
