"""The county's assistance workshops of 2022: register, rolls, payroll, site visits. Nothing in them is wrong yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sample_ledgers.making.county import COUNTY, MONTHS, VILLAGES, County, Row, last_day
from sample_ledgers.making.evidence import Files
from sample_ledgers.making.people import Person, credit_code, make_person

WORKSHOPS, FULL = 16, 4  # of all, and of those with four workers each
_TRADES = ("服装", "竹编", "电子元件", "鞋垫", "中药材", "豆制品", "手套", "藤椅")


@dataclass(frozen=True, slots=True)
class Workshop:
    """An assistance workshop; `number` counts from 1."""

    number: int
    id: str
    name: str
    company: str
    uscc: str
    township: str
    village: str

    @property
    def old(self) -> bool:
        """Whether it was there before 2022."""
        return self.number <= 2


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody on the roll of a workshop."""

    person: Person
    workshop: Workshop
    household: str
    poverty: bool
    hired_on: date
    wage: Decimal


def make_workshop(number: int) -> Workshop:
    """Workshop `number`."""
    township, village = VILLAGES[(number - 1) % len(VILLAGES)]
    trade = _TRADES[(number * 3 + number // 9) % len(_TRADES)]
    return Workshop(
        number=number,
        id=f"CJ{number:03d}",
        name=f"{township}{village}{trade}就业帮扶车间",
        company=f"{COUNTY}{village}{trade}加工有限公司",
        uscc=credit_code(5_200_000 + number),
        township=township,
        village=village,
    )


def make_worker(workshop: int, place: int) -> Worker:
    """The worker at that place, from 1, on the roll of a workshop; the last on each roll is no poverty household's."""
    at = make_workshop(workshop)
    number = 1000 + workshop * 10 + place
    return Worker(
        person=make_person(number, 1972 + (workshop * 4 + place) % 20),
        workshop=at,
        household=f"5002991{number:05d}",
        poverty=place < _workers(workshop),
        hired_on=date(2021, place + 2, 1) if at.old else date(2022, 7, 1) if number % 3 else date(2022, 6, 6),
        wage=Decimal(1500 + number * 7 % 12 * 100),
    )


def _workers(workshop: int) -> int:
    return 4 if workshop <= FULL or workshop == 8 else 3


def workers_of(workshop: int) -> list[Worker]:
    """Everybody on the roll of a workshop."""
    return [make_worker(workshop, place) for place in range(1, _workers(workshop) + 1)]


def all_workers() -> list[Worker]:
    """Everybody on a roll."""
    return [worker for number in range(1, WORKSHOPS + 1) for worker in workers_of(number)]


def worker_row(worker: Worker, workshop: Workshop | None = None) -> Row:
    """A row of the roll of the worker's workshop, or of another."""
    at = workshop or worker.workshop
    return {
        "workshop_id": at.id,
        "workshop": at.name,
        "person_id": worker.person.id,
        "name": worker.person.name,
        "poverty": "是" if worker.poverty else "否",
        "hired_on": worker.hired_on,
        "left_on": None,
        "monthly_wage": worker.wage,
        "contract": "是",
        "phone": worker.person.phone,
    }


def wage_row(worker: Worker, month: date, workshop: Workshop | None = None) -> Row:
    """A month's row of the workshop's payroll: paid on the 8th of the next month; a few are paid in cash."""
    at = workshop or worker.workshop
    next_month = date(2022 + month.month // 12, month.month % 12 + 1, 1)
    cash = worker.person.phone.endswith("4")
    return {
        "workshop_id": at.id,
        "workshop": at.name,
        "person_id": worker.person.id,
        "name": worker.person.name,
        "month": month,
        "amount": worker.wage + month.month * 13 % 7 * 10,
        "account_no": None if cash else worker.person.account,
        "paid_on": date(2022, 12, 29) if month.month == 12 else next_month.replace(day=8),
    }


def workshop_row(workshop: Workshop, roll: Sequence[Worker]) -> Row:
    """A row of the register of workshops: the counts are those of the roll."""
    poor = sum(worker.poverty for worker in roll)
    return {
        "workshop_id": workshop.id,
        "workshop": workshop.name,
        "uscc": workshop.uscc,
        "township": workshop.township,
        "village": workshop.village,
        "recognised_on": date(2020, 9, 10) if workshop.old else date(2022, 5, 20),
        "status": "正常",
        "headcount": len(roll),
        "poverty_headcount": poor,
        "last_year_poverty_count": poor if workshop.old else 0,
        "subsidy": Decimal(20000),
    }


def visit_row(workshop: Workshop, visited_on: date, heads: int, poor: int, *photos: str) -> Row:
    """A row of the records of site visits: at work, no problem found."""
    return {
        "workshop_id": workshop.id,
        "workshop": workshop.name,
        "visited_on": visited_on,
        "visitors": "田小禾、覃正",
        "operating": "是",
        "heads_on_site": heads,
        "poverty_heads_on_site": poor,
        "problem": ("无", None, "未发现问题")[workshop.number % 3],
        "rectified_on": None,
        "evidence": "；".join(photos),
    }


def visited_on(workshop: Workshop) -> date:
    """The day of the workshop's visit."""
    return date(2022, 11, 2 + workshop.number)


def photo_name(workshop: Workshop, turn: int = 1) -> str:
    """The name of a visit's photo; a few are PNG."""
    return f"走访{workshop.id}-{turn}.{'png' if workshop.number % 5 == 0 else 'jpg'}"


def _paid(worker: Worker) -> list[date]:
    return [month for month in MONTHS if worker.hired_on <= month]


def add_workshops(county: County) -> None:
    """Adds the workshops' ledgers, the companies behind them and the photos of the visits."""
    out, files = county.ledgers, Files(county)
    workshops = [make_workshop(number) for number in range(1, WORKSHOPS + 1)]
    rolls = {workshop.number: workers_of(workshop.number) for workshop in workshops}
    out["workshops"] = [workshop_row(workshop, rolls[workshop.number]) for workshop in workshops]
    out["workshop_workers"] = [worker_row(worker) for worker in all_workers()]
    out["workshop_payroll"] = [
        wage_row(worker, month) for month in MONTHS for worker in all_workers() if month in _paid(worker)
    ]
    out["workshop_visits"] = []
    for workshop in workshops:
        roll, photo = rolls[workshop.number], photo_name(workshop)
        files.photo(photo, workshop.number)
        poor = sum(worker.poverty for worker in roll)
        out["workshop_visits"].append(visit_row(workshop, visited_on(workshop), len(roll), poor, photo))
    out["businesses"] += [_company(workshop) for workshop in workshops]


def _company(workshop: Workshop) -> Row:
    owner = make_person(1600 + workshop.number, 1970 + workshop.number)
    return {
        "uscc": workshop.uscc,
        "business": workshop.company,
        "business_kind": "有限责任公司",
        "owner_id": owner.id,
        "owner": owner.name,
        "registered_on": date(2016 + workshop.number % 4, 3, 18),
        "closed_on": None,
        "status": "存续",
    }


def month_end(number: int) -> date:
    """The last day of a month of 2022."""
    return last_day(date(2022, number, 1))
