"""The other systems' ledgers: people beyond the posts, registrations, services, subsidies, cooperation, duties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sample_ledgers.making.county import COUNTY, MONTHS, VILLAGES, County, Row, insurance_row, migrant_row
from sample_ledgers.making.evidence import Files
from sample_ledgers.making.people import Person, make_person
from sample_ledgers.making.workshops import Worker, all_workers, make_worker

FORMAL = "企业职工基本养老保险"
PARTIES = ("人社", "乡村振兴", "山东")
PROVIDERS = ("清溪县公共就业服务中心", "重庆智联人力资源有限公司", "清溪县职业培训学校")
_JOBS = ("保安", "家政服务员", "缝纫工", "厨师助理", "快递分拣员", "电焊学徒")
_UNEMPLOYED, _COUPLES = 16, 10


def jobless(number: int) -> Person:
    """Unemployed person `number`, from 1 to 16: of the household of the first worker of the workshop so numbered."""
    return make_person(1400 + number, 1974 + number % 15)


def in_shandong(number: int) -> Person:
    """Person `number`, from 1 to 10, who works in Shandong."""
    return make_person(1500 + number, 1984 + number)


def child_away(holder: int) -> Person:
    """The grown child of a post holder's household who works in Dongguan."""
    return make_person(300 + holder, 1994 + holder % 5)


def roster_row(person: Person, household: str, village: int, relation: str, capacity: str, work: Row) -> Row:
    """A row of the roster; `work` says what the person does, and whatever else is of its own."""
    township, name = VILLAGES[village % len(VILLAGES)]
    row: Row = {
        "household_id": household,
        "name": person.name,
        "person_id": person.id,
        "relation": relation,
        "township": township,
        "village": name,
        "household_type": "脱贫户",
        "gender": person.gender,
        "birth_date": person.birth,
        "labour_capacity": capacity,
        "student": "否",
        "willing": "是",
        "skilled": "是",
        "relocated": "否",
        "employed": "是",
        "phone": person.phone,
        "updated_on": date(2022, 11, 3 + village % 20),
    }
    return row | work


def worker_home(worker: Worker) -> Row:
    """The roster's row of somebody who works in a workshop."""
    at = worker.workshop
    work: Row = {
        "work_region": "乡（镇）内",
        "work_place": f"{COUNTY}{at.township}{at.village}",
        "work_employer": at.name,
        "work_start": worker.hired_on,
        "work_months": sum(worker.hired_on <= month for month in MONTHS),
    }
    return roster_row(worker.person, worker.household, at.number - 1, "户主", "普通劳动力", work)


def jobless_home(number: int) -> Row:
    """The roster's row of an unemployed person, whose spouse works in a workshop."""
    work: Row = {
        "employed": "否",
        "willing": "否" if number % 4 == 3 else "是",
        "skilled": "否" if number % 3 else "是",
    }
    capacity = ("普通劳动力", "技能劳动力")[number % 3 == 0]
    return roster_row(jobless(number), make_worker(number, 1).household, number - 1, "配偶", capacity, work)


def away_work(region: str, place: str, employer: str, since: date) -> Row:
    """What the roster says of somebody who works away."""
    months = sum(since <= month for month in MONTHS) + 1
    return {
        "work_region": region,
        "work_place": place,
        "work_employer": employer,
        "work_start": since,
        "work_months": min(months, 12),
    }


def _shandong(number: int) -> tuple[Person, str, str, date]:
    """Who, employer, place, since when."""
    city = ("潍坊市", "临沂市", "德州市")[number % 3]
    return in_shandong(number), f"{city}鲁渝食品有限公司", f"山东省{city}", date(2022, 2 + number % 3, 10 + number)


def add_offices(county: County) -> None:
    """Adds everything but targets, dispatch and the bank's receipts, which follow from the rest."""
    _people(county)
    _registrations(county)
    _services(county)
    _subsidies(county)
    _cooperation(county)
    _duties(county)
    _proofs(county)


def _people(county: County) -> None:
    roster, migrants = county.ledgers["roster"], county.ledgers["migrant_work"]
    roster += [worker_home(worker) for worker in all_workers() if worker.poverty]
    roster += [jobless_home(number) for number in range(1, _UNEMPLOYED + 1)]
    for number in range(1, _COUPLES + 1):
        person, employer, place, since = _shandong(number)
        work = away_work("省外", place, employer, since)
        roster.append(roster_row(person, f"500299150{number:03d}", number - 1, "户主", "普通劳动力", work))
        migrants.append(migrant_row(person, "省外", place, since, None) | {"employer": employer})


def who(whose: Person | Row) -> Row:
    """Number and name of a person, or of whom a row is about."""
    if isinstance(whose, Person):
        return {"person_id": whose.id, "name": whose.name}
    return {"person_id": whose["person_id"], "name": whose["name"]}


def employment_row(whose: Person | Row, employer: str, start_on: date, end_on: date | None = None) -> Row:
    """A row of the employment registrations."""
    return who(whose) | {
        "employer": employer,
        "form": "单位就业",
        "start_on": start_on,
        "end_on": end_on,
    }


def pool_row(home: Row) -> Row:
    """The human-resources database says of somebody what the roster says."""
    return who(home) | {
        "employed": home["employed"],
        "work_place": home.get("work_place"),
        "employer": home.get("work_employer"),
        "updated_on": date(2022, 11, 25),
    }


def _registrations(county: County) -> None:
    out = county.ledgers
    out["employment"] = [
        employment_row(row, str(row["employer"]), row["left_on"])
        for row in out["migrant_work"]
        if isinstance(row["left_on"], date)
    ]
    out["employment"] += [
        employment_row(row, f"{row['township']}{row['village'] or '社会保障服务所'}", date(2021, 1, 18))
        for row in out["officials"]
    ]
    out["employment"] += [
        employment_row(worker.person, worker.workshop.name, worker.hired_on)
        for worker in all_workers()
        if worker.person.id[16] in "13"
    ]
    out["social_insurance"] += [
        insurance_row(worker.person, FORMAL, worker.workshop.company, max(worker.hired_on, date(2022, 1, 1)), None)
        | {"employer_uscc": worker.workshop.uscc}
        for worker in insured_workers()
    ]
    out["hr_pool"] = [pool_row(row) for row in out["roster"]]


def insured_workers() -> list[Worker]:
    """Those whom their workshop's company insures."""
    return [worker for worker in all_workers() if worker.workshop.number <= 3 and worker.poverty][1::2]


def service_row(whose: Person | Row, kind: str, served_on: date, detail: str, provider: str = PROVIDERS[0]) -> Row:
    """A row of the service records."""
    return who(whose) | {
        "kind": kind,
        "served_on": served_on,
        "detail": detail,
        "provider": provider,
    }


def _services(county: County) -> None:
    rows: list[Row] = []
    for number in range(1, _UNEMPLOYED + 1):
        person, home = jobless(number), jobless_home(number)
        first = date(2022, 11, 1 + number)
        if home["willing"] == "是":
            rows += [
                service_row(person, "岗位推荐", first + timedelta(days=n * 7), _JOBS[(number + n) % 6], PROVIDERS[1])
                for n in range(3)
            ]
        else:
            rows += [
                service_row(person, kind, first, detail)
                for kind, detail in (("政策宣讲", "就业帮扶政策"), ("职业指导", "求职意向面谈"))
            ]
        if home["skilled"] == "否":
            rows.append(service_row(person, "技能培训", first + timedelta(days=10), "缝纫初级班", PROVIDERS[2]))
    county.ledgers["services"] = rows
    county.ledgers["providers"] = [
        provider_row(name, "是", date(2024, 12, 31)) | {"uscc": f"9150029900000{n:04d}X"[:18]}
        for n, name in enumerate(PROVIDERS)
    ]


def provider_row(provider: str, agreement: str, expires_on: date | None) -> Row:
    """A row of the providers' agreements."""
    signed = date(2022, 1, 10) if agreement == "是" else None
    return {"provider": provider, "agreement": agreement, "signed_on": signed, "expires_on": expires_on}


def subsidy_row(person: Person | Row, account: str, amount: int = 500) -> Row:
    """A row of the transport subsidy of 2022: listed, verified, paid, informed, in this order."""
    return who(person) | {
        "year": 2022,
        "listed_on": date(2022, 10, 20),
        "verified_on": date(2022, 10, 28),
        "amount": Decimal(amount),
        "account_no": account,
        "paid_on": date(2022, 11, 15),
        "informed": "是",
    }


def loan_row(number: int, person: Person, uscc: str | None, granted_on: date, due_on: date | None) -> Row:
    """Loan `number`."""
    return {
        "contract_no": f"QXDK2022{number:03d}",
        "person_id": person.id,
        "name": person.name,
        "uscc": uscc,
        "amount": Decimal(100000),
        "granted_on": granted_on,
        "due_on": due_on,
        "interest_subsidy": Decimal("1925.50"),
    }


def _subsidies(county: County) -> None:
    out = county.ledgers
    out["transport_subsidy"] = [
        subsidy_row(row, _account(county, row), 300 + n % 3 * 100) for n, row in enumerate(out["migrant_work"])
    ]
    out["insurance_subsidy"] = [
        insurance_subsidy_row(worker, month) for worker in insured_workers() for month in MONTHS[9:]
    ]
    out["loans"] = [
        loan_row(n + 1, make_person(780 + n, 1970 + n), str(out["businesses"][n]["uscc"]), day, day.replace(year=2024))
        for n, day in enumerate((date(2021, 6, 1), date(2021, 9, 15), date(2022, 3, 8), date(2022, 7, 20)))
    ]


def _account(county: County, row: Row) -> str:
    people = [in_shandong(n) for n in range(1, _COUPLES + 1)] + [child_away(h.number) for h in county.holders]
    return next(person.account for person in people if person.id == row["person_id"])


def insurance_subsidy_row(worker: Worker, month: date) -> Row:
    """A month's row of the social-insurance subsidy."""
    return {
        "person_id": worker.person.id,
        "name": worker.person.name,
        "employer": worker.workshop.company,
        "month": month,
        "amount": Decimal("412.80"),
        "account_no": worker.person.account,
    }


def cooperation_row(number: int, party: str) -> Row:
    """What a party's ledger says of one who works in Shandong."""
    person, employer, place, since = _shandong(number)
    return {
        "party": party,
        "person_id": person.id,
        "name": person.name,
        "channel": "赴鲁就业",
        "employer": employer,
        "place": place,
        "started_on": since,
        "months": 12 - since.month,
        "evidence": f"赴鲁就业-{number:02d}.txt",
    }


def _cooperation(county: County) -> None:
    files = Files(county)
    numbers = range(1, _COUPLES + 1)
    for number in numbers:
        person, employer, _, since = _shandong(number)
        files.note(f"赴鲁就业-{number:02d}.txt", "在岗证明", f"{person.name}自{since}起在{employer}工作。")
    county.ledgers["labour_cooperation"] = [cooperation_row(n, party) for party in PARTIES for n in numbers]


def issue_row(number: int, status: str, due_on: date, rectified_on: date | None, evidence: str | None) -> Row:
    """Issue `number` of the rectification ledger."""
    return {
        "issue_no": f"QXZG-{number:02d}",
        "area": VILLAGES[number % len(VILLAGES)][0],
        "problem": ("公示资料不全", "考勤表签字不全", "车间台账更新不及时", "补贴发放凭证缺失")[number % 4],
        "found_on": date(2022, 9, 5 + number),
        "due_on": due_on,
        "rectified_on": rectified_on,
        "status": status,
        "evidence": evidence,
    }


def _duties(county: County) -> None:
    files = Files(county)
    rows = [issue_row(1, "整改中", date(2023, 1, 31), None, None)]
    for number in range(2, 6):
        proof = files.paper(f"整改-{number:02d}.pdf", f"QXZG-{number:02d} rectified 2022-10-{number + 10}")
        rows.append(issue_row(number, "已销号", date(2022, 11, 30), date(2022, 10, number + 10), proof))
    county.ledgers["rectifications"] = rows


def _proofs(county: County) -> None:
    """Proofs of some posts (PDF) and of some who work away (text)."""
    files = Files(county)
    for row in county.ledgers["posts"][2:40:5]:
        row["evidence"] = files.paper(f"岗位协议-{row['post_id']}.pdf", f"Agreement {row['post_id']}")
    for row in county.ledgers["migrant_work"][:6]:
        name = files.note(
            f"务工证明-{str(row['person_id'])[-4:]}.txt", "务工证明", f"{row['name']}在{row['employer']}务工。"
        )
        row["evidence"] = name
