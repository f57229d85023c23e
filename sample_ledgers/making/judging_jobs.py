"""The rules NE and DS read once more, in plain Python over the rows of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import MONTHS, Row, last_day
from sample_ledgers.making.judging_pay import Hit, insured
from sample_ledgers.making.judging_photos import photo_reuse
from sample_ledgers.making.reading import (
    AS_OF,
    AWAY,
    FORMAL,
    Reading,
    active_at,
    age_at,
    birth_of,
    days,
    money,
    month_of,
    on,
    open_at,
    plain,
    same_unit,
    text,
)

_NO_PROBLEM = {"", "无", "无问题", "未发现问题", "—"}
_RECTIFY_BY, _VISIT_FROM = date(2022, 11, 15), date(2022, 11, 1)


def _about(rule: str, workshop: Row) -> Hit:
    return rule, "workshop", text(workshop, "workshop_id"), None


def _person(rule: str, person: str) -> Hit:
    return rule, "person", person, None


def roll_at(read: Reading, workshop: str, day: date) -> tuple[set[str], set[str]]:
    """The people active on a workshop's roll on a day, and those of them who are of poverty households."""
    rows = [row for row in read.of("workshop_workers", workshop, "workshop_id") if active_at(row, day)]
    poor = {text(row, "person_id") for row in rows if of_poverty(read, row)}
    return {text(row, "person_id") for row in rows}, poor


def of_poverty(read: Reading, worker: Row) -> bool:
    """Whether a worker is of a poverty household: as the roll says, else as the roster does."""
    said = text(worker, "poverty")
    return said == "是" if said else bool(read.of("roster", text(worker, "person_id")))


def latest_visit(read: Reading, workshop: str) -> Row | None:
    """The latest visit up to the audit date."""
    visits = [row for row in read.of("workshop_visits", workshop, "workshop_id") if (day := on(row, "visited_on"))]
    return max(
        (row for row in visits if (day := on(row, "visited_on")) and day <= AS_OF),
        key=lambda row: on(row, "visited_on") or date.min,
        default=None,
    )


def workshops(read: Reading) -> Iterator[Hit]:
    """NE01 to NE08."""
    for row in read.all("workshops"):
        number, status = text(row, "workshop_id"), text(row, "status")
        people, poor = roll_at(read, number, AS_OF)
        heads, poor_heads = days(row, "headcount"), days(row, "poverty_headcount")
        latest, visits = latest_visit(read, number), read.of("workshop_visits", number, "workshop_id")
        if status == "正常" and (heads > len(people) or poor_heads > len(poor)):
            yield _about("NE01", row)
        if latest is not None:
            there, _ = roll_at(read, number, on(latest, "visited_on") or AS_OF)
            if there and days(latest, "heads_on_site") * 2 < len(there):
                yield _about("NE02", row)
        stopped = latest is not None and latest["operating"] == "否"
        if heads > 0 and (status in {"停产", "关闭"} or stopped):
            yield _about("NE03", row)
        if any(_unrectified(visit) for visit in visits):
            yield _about("NE04", row)
        visited = any((day := on(visit, "visited_on")) and _VISIT_FROM <= day <= AS_OF for visit in visits)
        if status != "关闭" and not visited:
            yield _about("NE05", row)
        if status != "关闭" and len(poor) < days(row, "last_year_poverty_count"):
            yield _about("NE06", row)
        if status == "正常" and any(
            text(other, "uscc") and text(other, "uscc") == text(row, "uscc") and other["status"] in {"注销", "吊销"}
            for other in read.all("businesses")
        ):
            yield _about("NE07", row)
    yield from (("NE08", "workshop", workshop, None) for workshop in photo_reuse(read))


def _unrectified(visit: Row) -> bool:
    day, done = on(visit, "visited_on"), on(visit, "rectified_on")
    problem = plain(visit.get("problem")) not in _NO_PROBLEM
    return day is not None and day <= _RECTIFY_BY and problem and (done is None or done > _RECTIFY_BY)


def _whole_months(row: Row) -> list[date]:
    """The months of the period through which somebody is on a roll."""
    hired, left = on(row, "hired_on"), on(row, "left_on")
    return [
        month for month in MONTHS if (hired is None or hired <= month) and (left is None or left >= last_day(month))
    ]


def workers(read: Reading) -> Iterator[Hit]:
    """NE11 to NE16."""
    wages: dict[str, list[Decimal]] = defaultdict(list)
    paid: set[tuple[str, object]] = set()
    covered = {(text(row, "workshop_id"), row["month"]) for row in read.all("workshop_payroll")}
    for row in read.all("workshop_payroll"):
        if money(row) > 0:
            wages[text(row, "person_id")].append(money(row))
            paid.add((text(row, "person_id"), row["month"]))
    unpaid: dict[str, set[date]] = defaultdict(set)
    at: dict[str, set[str]] = defaultdict(set)
    for row in read.all("workshop_workers"):
        person = text(row, "person_id")
        for month in _whole_months(row):
            if (text(row, "workshop_id"), month) in covered and (person, month) not in paid:
                unpaid[person].add(month)
            if _elsewhere(read, row, month):
                yield _person("NE13", person)
        if active_at(row, AS_OF):
            at[person].add(text(row, "workshop_id"))
            if _impossible(read, person):
                yield _person("NE15", person)
        born, hired = birth_of(person), on(row, "hired_on")
        if born is not None and hired is not None and age_at(born, hired) < 16:
            yield _person("NE16", person)
    yield from (_person("NE11", person) for person, months in unpaid.items() if len(months) > 1)
    yield from (_person("NE12", person) for person, all_paid in wages.items() if sum(all_paid) / len(all_paid) < 300)
    yield from (_person("NE14", person) for person, several in at.items() if len(several) > 1)


def _elsewhere(read: Reading, worker: Row, month: date) -> bool:
    person, workshop = text(worker, "person_id"), text(worker, "workshop_id")
    for row in read.of("migrant_work", person):
        gone, back = on(row, "left_on"), on(row, "returned_on")
        if row["region"] in AWAY and gone and gone <= month and (back is None or back >= last_day(month)):
            return True
    (register,) = read.of("workshops", workshop, "workshop_id") or [{}]
    name = text(worker, "workshop") or text(register, "workshop")
    return any(
        row["insurance"] in FORMAL
        and insured(row, month)
        and not same_unit(row["employer"], name)
        and not (text(row, "employer_uscc") and row["employer_uscc"] == register.get("uscc"))
        for row in read.of("social_insurance", person)
    )


def _impossible(read: Reading, person: str) -> bool:
    dead = any((died := on(row, "died_on")) and died < AS_OF for row in read.of("deaths", person))
    held = any(open_at(row, "from_on", "to_on", AS_OF) for row in read.of("custody", person))
    return dead or held or any(open_at(row, "enrolled_on", "leaves_on", AS_OF) for row in read.of("students", person))


def registered(read: Reading, person: str) -> bool:
    """An open employment row, formal insurance this month, or employed in the human-resources database."""
    return (
        any(open_at(row, "start_on", "end_on", AS_OF) for row in read.of("employment", person))
        or any(row["employed"] == "是" for row in read.of("hr_pool", person))
        or any(
            row["insurance"] in FORMAL and insured(row, month_of(AS_OF)) for row in read.of("social_insurance", person)
        )
    )


def traced(read: Reading, person: str) -> bool:
    """Whether anything shows the person at work on the audit date."""
    return (
        registered(read, person)
        or any(open_at(row, "left_on", "returned_on", AS_OF) for row in read.of("migrant_work", person))
        or any(active_at(row, AS_OF) for row in read.of("workshop_workers", person))
        or any(active_at(row, AS_OF) for row in read.of("posts", person))
    )


def records(read: Reading) -> Iterator[Hit]:
    """NE21 to NE23, DS01 to DS03."""
    for row in read.all("roster"):
        person, employed = text(row, "person_id"), row["employed"] == "是"
        if not person:
            continue
        months = row.get("work_months")
        if employed and not traced(read, person):
            yield _person("NE21", person)
        if isinstance(months, int) and not 0 <= months <= AS_OF.month:
            yield _person("NE22", person)
        if employed and row["labour_capacity"] in {"无劳动力", "丧失劳动力"}:
            yield _person("NE23", person)
        if row["employed"] == "否" and registered(read, person):
            yield _person("DS01", person)
        updated = on(row, "updated_on")
        if updated is None or updated < date(2022, 11, 1):
            yield _person("DS02", person)
        region = {"乡（镇）内": "县内", "乡（镇）外县内": "县内"}.get(
            text(row, "work_region"), text(row, "work_region")
        )
        if region and any(
            text(away, "region") not in {"", region}
            for away in read.of("migrant_work", person)
            if open_at(away, "left_on", "returned_on", AS_OF)
        ):
            yield _person("DS03", person)


def concluded_workshops(read: Reading, graded: dict[str, str]) -> Iterator[str]:
    """The workshops half or more of whose active workers have a strong or conclusive NE finding."""
    for row in read.all("workshops"):
        people, _ = roll_at(read, text(row, "workshop_id"), AS_OF)
        numbers = Counter(graded.get(person) in {"strong", "conclusive"} for person in people)
        if people and numbers[True] * 2 >= len(people):
            yield text(row, "workshop_id")
