"""Cooperation, rectification, evidence, privacy (LC, RC, EV, PV), planted; then scale (TG); then the bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sample_ledgers.making.changes import month, the, where
from sample_ledgers.making.county import COUNTY, County, Row, payroll_row
from sample_ledgers.making.evidence import FOLDER, Files
from sample_ledgers.making.expected import Expected
from sample_ledgers.making.figures import POSTS, WORK, WORKSHOPS, counted
from sample_ledgers.making.offices import PROVIDERS, child_away, in_shandong, issue_row, jobless, provider_row
from sample_ledgers.making.people import Person, make_person
from sample_ledgers.making.workshops import make_worker

_COOPERATION, _EVIDENCE = "cooperation", "evidence"


def _party(county: County, number: int, party: str) -> Row:
    return the(county, "labour_cooperation", party=party, person_id=in_shandong(number).id)


def _missing(expected: Expected, name: str) -> str:
    """A file that the upload does not hold."""
    expected.about("EV01", "row", name)
    expected.concluded(_EVIDENCE, "row", name, "clue")
    return name


def _cooperation(county: County, expected: Expected) -> None:
    """The three parties' ledgers apart."""
    out = county.ledgers["labour_cooperation"]
    for number, parties in ((9, ("山东",)), (10, ("乡村振兴", "山东"))):
        for party in parties:
            out.remove(_party(county, number, party))
        expected.signal("LC01", in_shandong(number))
        expected.finding(_COOPERATION, in_shandong(number), "strong")
    _party(county, 3, "乡村振兴")["employer"] = "烟台市海安水产有限公司"
    _party(county, 4, "山东")["started_on"] = date(2022, 6, 1)
    for number in (3, 4):
        expected.signal("LC02", in_shandong(number))
        expected.finding(_COOPERATION, in_shandong(number), "clue")
    spaced = _party(county, 1, "山东")
    spaced["name"] = " ".join(str(spaced["name"]))
    expected.near_miss("LC01", in_shandong(1), "山东方的姓名中间多了空格，是同一个人")
    _party(county, 5, "山东")["channel"] = None
    expected.near_miss("LC02", in_shandong(5), "山东方未填帮扶方式")
    row = _party(county, 6, "乡村振兴")
    row["employer"] = f"{row['employer']} "
    expected.near_miss("LC02", in_shandong(6), "就业单位只多了空格")

    for row in where(county, "labour_cooperation", person_id=in_shandong(7).id):
        row["evidence"] = None
    del county.files["赴鲁就业-08.txt"]
    _missing(expected, "赴鲁就业-08.txt")
    for number in (7, 8):
        expected.signal("LC03", in_shandong(number))
        expected.finding(_COOPERATION, in_shandong(number), "clue")
    for party in ("乡村振兴", "山东"):
        _party(county, 2, party)["evidence"] = None
    expected.near_miss("LC03", in_shandong(2), "人社方附有佐证")


def _rectified(county: County, expected: Expected) -> None:
    """Issues overdue, closed without evidence, closed before found."""
    files, rows = Files(county), county.ledgers["rectifications"]
    proof = [files.paper(f"整改-{number}.pdf", f"QXZG-{number} rectified") for number in (16, 17, 18, 19)]
    late, gone = date(2022, 11, 30), _missing(expected, "整改-15.pdf")
    rows += [
        issue_row(11, "整改中", date(2022, 12, 15), None, None),
        issue_row(12, "未整改", date(2022, 12, 30), None, None),
        issue_row(13, "整改中", date(2022, 12, 31), None, None),
        issue_row(14, "已销号", late, date(2022, 10, 30), None),
        issue_row(15, "已销号", late, date(2022, 10, 30), gone),
        issue_row(16, "已销号", late, date(2022, 10, 30), f"{proof[0]}、{_missing(expected, '整改-16补.pdf')}"),
        issue_row(17, "已销号", late, date(2022, 9, 20), proof[1]),
        issue_row(18, "已销号", late, date(2022, 9, 22), proof[2]),
        issue_row(19, "已销号", late, date(2022, 9, 24), proof[3]),
    ]
    for rule, number, grade in (
        *(("RC01", 11, "strong"), ("RC01", 12, "strong")),
        *(("RC02", 14, "strong"), ("RC02", 15, "strong")),
        *(("RC03", 17, "clue"), ("RC03", 18, "clue")),
    ):
        expected.about(rule, "issue", f"QXZG-{number}")
        expected.concluded("rectification", "issue", f"QXZG-{number}", grade)
    for rule, number, why in (
        ("RC01", 13, "整改时限就是基准日"),
        ("RC02", 16, "两份佐证中有一份"),
        ("RC03", 19, "发现当天整改"),
    ):
        expected.near_miss_about(rule, f"QXZG-{number}", why)


def _reused(expected: Expected, *people: Person) -> None:
    for person in people:
        expected.signal("EV02", person)
        expected.finding(_EVIDENCE, person, "strong")


def _evidence(county: County, expected: Expected) -> None:
    """Evidence missing, or used for two people."""

    def post(number: int) -> Row:
        return where(county, "posts", person_id=county.holder(number).person.id)[0]

    one, other = post(23), post(28)
    county.files[str(other["evidence"])] = county.files[str(one["evidence"])]
    _reused(expected, county.holder(23).person, county.holder(28).person)
    used = the(county, "migrant_work", person_id=child_away(25).id)
    the(county, "migrant_work", person_id=child_away(31).id)["evidence"] = used["evidence"]
    _reused(expected, child_away(25), child_away(31))
    expected.near_miss("EV02", in_shandong(1), "三方台账附的是同一人的同一份佐证")

    post(43)["evidence"] = _missing(expected, "岗位协议-补0043.pdf")
    upper = post(8)
    expected.near_miss_about("EV01", str(upper["evidence"]), "文件名只是大小写不同")
    upper["evidence"] = str(upper["evidence"]).lower().replace("pdf", "PDF")
    path = the(county, "migrant_work", person_id=child_away(1).id)
    expected.near_miss_about("EV01", str(path["evidence"]), "写明了文件夹")
    path["evidence"] = f"{FOLDER}/{path['evidence']}"


def _providers(county: County, expected: Expected) -> None:
    """Providers without an agreement in force."""
    day = date(2022, 12, 30)
    rows = [
        provider_row("清溪县巾帼家政服务部", "否", None),
        provider_row("重庆众信咨询有限公司", "是", day),
        provider_row("清溪县乡土人才学校", "是", date(2022, 12, 31)),
    ]
    county.ledgers["providers"] += rows
    unknown = "重庆快聘网络科技有限公司"
    where(county, "services", person_id=jobless(1).id)[0]["provider"] = unknown
    for provider in (str(rows[0]["provider"]), str(rows[1]["provider"]), unknown):
        expected.about("PV01", "provider", provider)
        expected.concluded("privacy", "provider", provider, "strong")
    expected.near_miss_about("PV01", str(rows[2]["provider"]), "协议12月31日到期")
    where(county, "services", person_id=jobless(2).id)[0]["provider"] = f"{PROVIDERS[1]} "
    expected.near_miss_about("PV01", PROVIDERS[1], "服务记录中机构名称只多了空格")


MATTERS = (_cooperation, _rectified, _evidence, _providers)


def _scale(expected: Expected, rule: str, area: str, indicator: str, week: date | None = None) -> None:
    subject = f"{area}/{indicator}"
    expected.about(rule, "area", subject, None if week is None else f"{week}")
    grade = "clue" if rule == "TG04" else "strong"
    if {"violation": "scale", "kind": "area", "id": subject, "grade": "strong"} not in expected.findings:
        expected.concluded("scale", "area", subject, grade)


def _target(county: County, area: str, indicator: str, more: int) -> None:
    row = the(county, "targets", area=area, indicator=indicator, year=2022)
    row["target"] = counted(county, area, indicator, date(2022, 12, 31)) + more


def plant_scale(county: County, expected: Expected) -> None:
    """Targets not met, dispatch figures that fall or that the ledgers do not bear out: after the figures are made."""
    for rule, area, indicator, more in (
        *(("TG01", COUNTY, WORK, 5), ("TG01", "云峰镇", WORK, 1)),
        *(("TG02", "柳坝乡", POSTS, 1), ("TG02", "石桥镇", POSTS, 3)),
        *(("TG03", "石桥镇", WORKSHOPS, 1), ("TG03", "云峰镇", WORKSHOPS, 2)),
    ):
        _target(county, area, indicator, more)
        _scale(expected, rule, area, indicator)
    for rule, area, indicator in (("TG01", "柳坝乡", WORK), ("TG02", "云峰镇", POSTS), ("TG03", "柳坝乡", WORKSHOPS)):
        _target(county, area, indicator, 0)
        expected.near_miss_about(rule, f"{area}/{indicator}", "正好达到目标")
    county.ledgers["targets"] += [
        {"area": "清溪经开区", "indicator": WORK, "year": 2022, "target": 50},
        {"area": "柳坝乡", "indicator": WORK, "year": 2021, "target": 500},
    ]
    expected.near_miss_about("TG01", f"清溪经开区/{WORK}", "台账中没有这个地区，不作评价")

    def dispatched(area: str, indicator: str, week: date) -> Row:
        return the(county, "weekly_dispatch", area=area, indicator=indicator, week_ending=week)

    early, before, last = date(2022, 12, 9), date(2022, 12, 23), date(2022, 12, 30)
    for area in (COUNTY, "柳坝乡"):
        value = dispatched(area, WORK, before)["value"]
        assert isinstance(value, int)
        dispatched(area, WORK, last)["value"] = value - 1
        _scale(expected, "TG04", area, WORK, last)
        expected.near_miss_about("TG05", f"{area}/{WORK}", "务工规模的调度数不与台账比对")
    value = dispatched("石桥镇", WORK, before)["value"]
    assert isinstance(value, int)
    dispatched("石桥镇", WORK, early)["value"] = value + 4
    expected.near_miss_about("TG04", f"石桥镇/{WORK}", "12月23日比12月9日少，但中间隔了一周")
    for area, indicator, week, apart in (("石桥镇", POSTS, last, 2), ("云峰镇", WORKSHOPS, before, -1)):
        row = dispatched(area, indicator, week)
        assert isinstance(row["value"], int)
        row["value"] += apart
        _scale(expected, "TG05", area, indicator, week)


def plant_payments(county: County, expected: Expected) -> None:
    """What the bank did otherwise than the lists say: no rule's matter but IM03's, the statements' alone."""

    def paid(number: int, of: int = 11) -> Row:
        (row,) = county.rows("payroll", county.holder(number).person, month(of))
        return row

    paid(64)["bank_none"] = "是"
    paid(65)["bank_days"] = 6
    paid(66)["bank_days"] = 5
    amount = paid(67)["amount"]
    assert isinstance(amount, Decimal)
    paid(67)["bank_amount"] = amount + 10
    other, none = make_worker(12, 3), make_worker(7, 3)
    the(county, "workshop_payroll", person_id=other.person.id, month=month(9))["bank_name"] = "冉小平"
    the(county, "workshop_payroll", person_id=none.person.id, month=month(10))["bank_none"] = "是"
    the(county, "transport_subsidy", person_id=in_shandong(9).id)["bank_name"] = "冉小平"
    the(county, "transport_subsidy", person_id=child_away(73).id)["bank_none"] = "是"
    for person in (other.person, in_shandong(9)):
        expected.signal("IM03", person)
        expected.finding("impersonation", person, "strong")
    before = make_person(804, 1971)
    row = payroll_row(replace(county.holder(63), person=before), date(2021, 12, 1)) | {"paid_on": date(2022, 1, 12)}
    county.ledgers["payroll"].append(row)
    expected.near_miss("GP05", before, "台账外人员，但发的是2021年12月，不在审核期间")
    county.ledgers["bank_payments"] = [
        {
            "voucher_no": "QXQT2022000001",
            "account_no": make_worker(5, 1).person.account,
            "account_name": make_worker(5, 1).person.name,
            "amount": Decimal("1260.00"),
            "paid_on": date(2022, 9, 16),
            "status": "成功",
            "purpose": "公益性岗位补贴",
        }
    ]
