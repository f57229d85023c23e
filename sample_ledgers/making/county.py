"""清溪县, which does not exist: its villages, post holders and ledgers of 2022. Nothing in it is wrong yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from sample_ledgers.making.people import Person, credit_code, make_person

Value: TypeAlias = str | int | float | Decimal | date | None
Row: TypeAlias = dict[str, Value]

COUNTY = "清溪县"
VILLAGES = (
    ("石桥镇", "新民村"),
    ("石桥镇", "向阳村"),
    ("石桥镇", "青龙村"),
    ("柳坝乡", "大湾村"),
    ("柳坝乡", "双河村"),
    ("柳坝乡", "红星村"),
    ("云峰镇", "高坪村"),
    ("云峰镇", "向阳村"),
)
TOWNSHIPS = ("石桥镇", "柳坝乡", "云峰镇")
RIVER_GUARD = "清溪县护河队（河长办）"
CLEANERS, ROADS, CITY, LIBRARY = "清溪县环境卫生管理所", "清溪县公路养护段", "清溪县城市管理局", "清溪县图书馆"
POSTS = (
    ("保洁员", 600),
    ("护林员", 700),
    ("护河员", 800),
    ("公路养护员", 900),
    ("孤寡老人看护员", 500),
    ("村级公共服务员", 1000),
)
CATEGORIES = ("无法外出、无业可就的弱劳动力", "就业困难人员", "无业可就的脱贫人口")
DAYS_REQUIRED = (20, 17, 22, 20, 19, 20, 21, 22, 21, 18, 22, 21)
MONTHS = tuple(date(2022, month, 1) for month in range(1, 13))
FIRST, HOLDERS = 60, 118  # on posts before the autumn, and with the autumn's intake


def last_day(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody on a post; `number` counts from 1."""

    number: int
    person: Person
    household: str
    township: str
    village: str
    employer: str
    post_type: str
    wage: Decimal
    hired_on: date
    left_on: date | None

    def on_post(self, month: date) -> bool:
        """Whether the post is active in `month`."""
        return self.hired_on <= last_day(month) and (self.left_on is None or self.left_on >= month)


@dataclass(slots=True)
class County:
    """The ledgers as rows that the planting may change, and the evidence's files by name.

    Dates are dates, months their first days, money Decimals.
    """

    holders: tuple[Holder, ...]
    ledgers: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def holder(self, number: int) -> Holder:
        """Holder `number`, from 1."""
        return self.holders[number - 1]

    def rows(self, ledger: str, person: Person, month: date | None = None) -> list[Row]:
        """The person's rows of `ledger`, of `month` if given."""
        return [
            row for row in self.ledgers[ledger] if row["person_id"] == person.id and month in {None, row.get("month")}
        ]

    def remove(self, ledger: str, unwanted: Callable[[Row], bool]) -> None:
        """Takes the rows that are `unwanted` out of `ledger`."""
        self.ledgers[ledger] = [row for row in self.ledgers[ledger] if not unwanted(row)]


def _employer(number: int) -> tuple[str, str, str]:
    """Township, village and employer of a post: at first 48 with villages, 6 with townships, 6 with the river guard."""
    if number > FIRST:
        return _autumn_employer(number)
    if number <= 48:
        township, village = VILLAGES[(number - 1) % len(VILLAGES)]
        return township, village, f"{township}{village}村民委员会"
    if number <= 54:
        township = TOWNSHIPS[(number - 49) % len(TOWNSHIPS)]
        village = next(v for t, v in VILLAGES if t == township)
        return township, village, f"清溪县{township}人民政府"
    township, village = VILLAGES[(number - 55) % len(VILLAGES)]
    return township, village, RIVER_GUARD


def _autumn_employer(number: int) -> tuple[str, str, str]:
    """The autumn's intake: 12 with the cleaners' office, 11 with the road section, 3 elsewhere, 32 with villages."""
    if number <= 72:
        return *VILLAGES[0], CLEANERS
    if number <= 83:
        return *VILLAGES[3], ROADS
    if number <= 85:
        return *VILLAGES[1], CITY
    if number == 86:
        return *VILLAGES[2], LIBRARY
    township, village = VILLAGES[(number - 87) % len(VILLAGES)]
    return township, village, f"{township}{village}村民委员会"


def _autumn_post(number: int, employer: str) -> tuple[str, int]:
    match employer:
        case _ if employer == CLEANERS:
            return "保洁员", 600
        case _ if employer == ROADS:
            return "公路养护员", 900
    return POSTS[number * 5 % len(POSTS)]


def _hired_and_left(number: int) -> tuple[date, date | None]:
    if number == 46:
        return date(2020, 7, 1), date(2022, 6, 30)
    if number == 47:
        return date(2022, 7, 1), None
    if number == 48:
        return date(2022, 4, 1), None
    if number > FIRST:
        return date(2022, 11, 1) if number == 86 else date(2022, 9 if number < 86 else 10, 8), None
    return date(2020 + number % 2, number * 5 % 11 + 1, (1, 8, 15, 20)[number % 4]), None


def make_holder(number: int, person: Person | None = None) -> Holder:
    """The holder of post `number`."""
    township, village, employer = _employer(number)
    post_type, wage = ("护河员", 800) if employer == RIVER_GUARD else _autumn_post(number, employer)
    hired_on, left_on = _hired_and_left(number)
    return Holder(
        number=number,
        person=person or make_person(number, 1960 + number * 7 % 23),
        household=f"5002990{number:05d}",
        township=township,
        village=village,
        employer=employer,
        post_type=post_type,
        wage=Decimal(wage),
        hired_on=hired_on,
        left_on=left_on,
    )


def official_of(township: str) -> Person:
    """The head of the township's social-security office, who handles its posts."""
    return make_person(601 + TOWNSHIPS.index(township), 1979)


def _post_row(holder: Holder) -> Row:
    official = official_of(holder.township)
    return {
        "post_id": f"QX2022{holder.number:04d}",
        "post_type": holder.post_type,
        "employer": holder.employer,
        "township": holder.township,
        "village": holder.village,
        "person_id": holder.person.id,
        "name": holder.person.name,
        "gender": holder.person.gender,
        "category": CATEGORIES[holder.number % len(CATEGORIES)],
        "hired_on": holder.hired_on,
        "left_on": holder.left_on,
        "agreement_start": max(date(2022, 1, 1), holder.hired_on),
        "agreement_end": date(2022, 12, 31),
        "monthly_wage": holder.wage,
        "account_no": holder.person.account,
        "notice_start": holder.hired_on - timedelta(days=12),
        "notice_end": holder.hired_on - timedelta(days=5),
        "approver_id": official.id,
        "approver": official.name,
        "phone": holder.person.phone,
    }


def attendance_row(holder: Holder, month: date, present: int, *, employer: str | None = None) -> Row:
    """A month's row of the attendance sheet."""
    required = DAYS_REQUIRED[month.month - 1]
    return {
        "person_id": holder.person.id,
        "name": holder.person.name,
        "month": month,
        "employer": employer or holder.employer,
        "village": holder.village,
        "days_required": required,
        "days_present": present,
        "leave_days": max(required - present, 0),
        "signed_by": holder.person.name if present else None,
    }


def payroll_row(holder: Holder, month: date, amount: Decimal | None = None) -> Row:
    """A month's row of the payment list: paid about the 12th of the next month, December's before the books close."""
    next_month = last_day(month) + timedelta(days=1)
    return {
        "person_id": holder.person.id,
        "name": holder.person.name,
        "month": month,
        "employer": holder.employer,
        "village": holder.village,
        "amount": holder.wage if amount is None else amount,
        "account_no": holder.person.account,
        "paid_on": date(2022, 12, 28) if month.month == 12 else next_month.replace(day=10 + month.month % 5),
    }


def _household_rows(holder: Holder) -> list[Row]:
    """The holder's household on the roster: the holder, a spouse, for some a child at school or at work far away."""
    left = holder.left_on is not None
    employed: Row = {"employed": "否" if left else "是"}
    if not left:
        employed |= {
            "work_region": "乡（镇）内",
            "work_place": f"{COUNTY}{holder.township}{holder.village}",
            "work_employer": holder.employer,
            "work_start": holder.hired_on,
            "work_months": sum(holder.on_post(month) for month in MONTHS),
        }
    rows = [_roster_row(holder, holder.person, "户主", "弱劳动力", employed)]
    if holder.number % 4:
        spouse = make_person(holder.number + (100 if holder.number <= FIRST else 400), 1955 + holder.number * 7 % 23)
        rows.append(_roster_row(holder, spouse, "配偶", "丧失劳动力", {"employed": "否"}))
    if holder.number % 3 == 0:
        child = make_person(200 + holder.number, 2009 + holder.number % 5)
        rows.append(_roster_row(holder, child, "子女", "无劳动力", {"employed": "否", "student": "是"}))
    if holder.number % 6 == 1:
        child = make_person(300 + holder.number, 1994 + holder.number % 5)
        work: Row = {
            "employed": "是",
            "work_region": "省外",
            "work_place": "广东省东莞市",
            "work_employer": "东莞市明远电子有限公司",
            "work_start": date(2022, 2, 18),
            "work_months": 11,
        }
        rows.append(_roster_row(holder, child, "子女", "普通劳动力", work))
    return rows


def _roster_row(holder: Holder, person: Person, relation: str, capacity: str, work: Row) -> Row:
    row: Row = {
        "household_id": holder.household,
        "name": person.name,
        "person_id": person.id,
        "relation": relation,
        "township": holder.township,
        "village": holder.village,
        "household_type": "脱贫户" if holder.number % 7 else "边缘易致贫户",
        "gender": person.gender,
        "birth_date": person.birth,
        "labour_capacity": capacity,
        "student": "否",
        "willing": "是" if capacity in {"弱劳动力", "普通劳动力"} else "否",
        "skilled": "否",
        "relocated": "否",
        "employed": None,
        "work_region": None,
        "work_place": None,
        "work_employer": None,
        "work_start": None,
        "work_months": None,
        "phone": person.phone if relation != "子女" or capacity != "无劳动力" else None,
        "updated_on": date(2022, 11, 7 + holder.number % 20),
    }
    return row | work


def migrant_row(person: Person, region: str, place: str, left_on: date, returned_on: date | None) -> Row:
    """A row of the real-name ledger of migrant work."""
    return {
        "person_id": person.id,
        "name": person.name,
        "region": region,
        "work_place": place,
        "employer": "东莞市明远电子有限公司" if place.startswith("广东") else "建筑工地",
        "left_on": left_on,
        "returned_on": returned_on,
        "phone": person.phone,
    }


def insurance_row(person: Person, insurance: str, employer: str | None, first: date, last: date | None) -> Row:
    """A row of the social-insurance extract."""
    return {
        "person_id": person.id,
        "name": person.name,
        "insurance": insurance,
        "employer": employer,
        "employer_uscc": credit_code(sum(map(ord, employer)) % 9_999_999) if employer else None,
        "month_from": first,
        "month_to": last,
    }


def _days(holder: Holder, month: date) -> int:
    """Days present: about as many as required, not the same for everybody."""
    number = holder.number
    turn = number * 3 + month.month * 5 + (number // 8 if number > FIRST else 0)
    return min(23, DAYS_REQUIRED[month.month - 1] + turn % 6 - 2)


def settle(county: County, holders: Sequence[Holder]) -> None:
    """Gives `holders` their households, posts, attendance, pay and basic insurance."""
    active = [(holder, month) for month in MONTHS for holder in holders if holder.on_post(month)]
    rows = {
        "roster": [row for holder in sorted(holders, key=_village_order) for row in _household_rows(holder)],
        "posts": [_post_row(holder) for holder in holders],
        "attendance": [attendance_row(holder, month, _days(holder, month)) for holder, month in active],
        "payroll": [payroll_row(holder, month) for holder, month in active],
        "social_insurance": [
            insurance_row(holder.person, "城乡居民养老保险", None, date(2012, 1, 1), None) for holder in holders
        ],
    }
    for ledger, new in rows.items():
        county.ledgers.setdefault(ledger, []).extend(new)


def make_county() -> County:
    """The county's own ledgers with nothing wrong in them; the other offices' lists are still to be added."""
    county = County(tuple(make_holder(number) for number in range(1, HOLDERS + 1)))
    settle(county, county.holders)
    return county


def _village_order(holder: Holder) -> tuple[int, int]:
    return VILLAGES.index((holder.township, holder.village)), holder.number
