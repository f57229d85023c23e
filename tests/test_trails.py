"""A person's trail: every row that names them, in order of time, with what contradicts it."""

from __future__ import annotations

import pytest
from tests.sheets import sheet

from auditor.clues import EvidenceRow, Severity, Signal, Subject
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trails import people_of, trail_of

ID, OTHER = "500299197503121231", "500299198001011239"
ACCOUNT = "6217000012345678901"

PAYROLL = f"""
身份证号 | 姓名 | 发放月份 | 发放金额 | 银行账号 | 发放日期
{ID} | 张三 | 2022-03 | 600 | {ACCOUNT} | 2022-04-05
{OTHER} | 李四 | 2022-03 | 600 | 6217000012345678902 | 2022-04-05
"""
CUSTODY = f"""
身份证号 | 姓名 | 收押日期 | 释放日期
{ID} | 张 三 | 2022-02-01 |
"""
BANK = f"""
流水号 | 收款账号 | 收款户名 | 交易金额 | 交易日期 | 交易状态
A1 | {ACCOUNT} | 张三 | 600 | 2022-04-06 | 成功
A2 | 6217000012345678902 | 李四 | 600 | 2022-04-06 | 成功
"""
RELATIVES = f"""
干部身份证号 | 干部姓名 | 亲属身份证号 | 亲属姓名 | 亲属关系
{OTHER} | 李四 | {ID} | 张三丰 | 兄弟
"""


@pytest.fixture
def tables() -> Tables:
    readings = [
        sheet(text, file=f"{name}.xlsx")
        for name, text in {"发放": PAYROLL, "服刑人员名单": CUSTODY, "银行": BANK, "亲属申报": RELATIVES}.items()
    ]
    return build_tables(readings, default_catalogue(), DuckEngine())


def gp04() -> Signal:
    row = EvidenceRow("payroll", "发放.xlsx", "Sheet1", 2, {})
    return Signal(
        "GP04", 1, "GP", "x", Severity.CRITICAL, Subject("person", ID), "2022-03", {}, {"zh": "", "en": ""}, (row,)
    )


def test_every_row_of_the_person_in_order_of_time_and_nobody_elses(tables: Tables) -> None:
    trail = trail_of(ID, tables, [])
    assert [(e.since, e.until, e.row.ledger, e.column) for e in trail.events] == [
        ("2022-02-01", "", "custody", "person_id"),
        ("2022-03", None, "payroll", "person_id"),
        ("2022-04-06", None, "bank_payments", "account_no"),
        ("", None, "relatives", "relative_id"),
    ]
    assert trail.names == ("张三", "张三丰")


def test_the_rows_behind_a_signal_are_marked_and_other_people_mark_nothing(tables: Tables) -> None:
    trail = trail_of(ID, tables, [gp04()])
    assert [(e.row.ledger, [s.rule for s in e.signals]) for e in trail.events if e.signals] == [("payroll", ["GP04"])]
    assert [s.rule for s in trail.signals] == ["GP04"]
    assert trail_of(OTHER, tables, [gp04()]).signals == ()


def test_who_stands_in_the_ledgers_and_who_does_not(tables: Tables) -> None:
    assert people_of(tables) == {ID, OTHER}
    nobody = trail_of("500299199001010000", tables, [])
    assert (nobody.events, nobody.names) == ((), ())
    assert "posts" in nobody.absent
    assert "payroll" not in nobody.absent


EVERYWHERE = {
    "脱贫人口花名册": f"身份证号 | 姓名 | 户编号 | 劳动能力 | 是否务工\n{ID} | 张三 | H1 | 普通劳动力 | 是",
    "公益性岗位人员台账": f"""岗位名称 | 用人单位 | 身份证号 | 姓名 | 上岗时间 | 月工资标准 | 审批人身份证号 | 审批人
保洁 | 云山镇 | {OTHER} | 李四 | 2022-01-01 | 600 | {ID} | 张三""",
    "考勤表": f"身份证号 | 姓名 | 考勤月份 | 出勤天数\n{ID} | 张三 | 2022-01 | 20",
    "发放": PAYROLL,
    "银行": BANK,
    "车间花名册": f"车间编号 | 身份证号 | 员工姓名 | 入职时间\nCJ1 | {ID} | 张三 | 2021-01-01",
    "车间工资": f"车间编号 | 身份证号 | 姓名 | 工资月份 | 实发工资\nCJ1 | {ID} | 张三 | 2022-02 | 900",
    "就业帮扶车间台账": """车间编号 | 车间名称 | 统一社会信用代码 | 运行状态 | 吸纳就业人数 | 吸纳脱贫人口人数
CJ9 | 张三的车间 | 91500299MA5U00001X | 正常 | 1 | 1
CJ8 | 别人的车间 | 91500299MA5U000028 | 正常 | 1 | 1""",
    "市场主体登记信息": f"""统一社会信用代码 | 企业名称 | 法定代表人身份证号 | 法定代表人 | 成立日期 | 登记状态
91500299MA5U00001X | 云山公司 | {ID} | 张三 | 2019-01-01 | 存续""",
    "就业服务记录": f"身份证号 | 姓名 | 服务类型 | 服务日期\n{ID} | 张三 | 岗位推荐 | 2022-11-05",
    "跨区域交通补助": f"身份证号 | 姓名 | 补助年度 | 名单下发日期 | 补助金额\n{ID} | 张三 | 2022 | 2022-06-01 | 500",
    "创业担保贷款": f"""贷款合同号 | 借款人身份证号 | 借款人 | 贷款金额 | 放款日期 | 到期日期
L1 | {ID} | 张三 | 100000 | 2021-06-01 | 2023-06-01""",
    "鲁渝劳务协作台账": f"台账方 | 身份证号 | 姓名 | 就业单位 | 就业时间\n人社 | {ID} | 张三 | 某厂 | 2022-03-01",
    "社会保险补贴": f"身份证号 | 姓名 | 补贴月份 | 补贴金额\n{ID} | 张三 | 2022-07 | 300",
    "亲属申报": f"{RELATIVES.strip()}\n{ID} | 张三 | {OTHER} | 李四 | 表弟",
}


def test_every_ledger_that_can_speak_of_a_person_does() -> None:
    readings = [sheet(text, file=f"{name}.xlsx") for name, text in EVERYWHERE.items()]
    trail = trail_of(ID, build_tables(readings, default_catalogue(), DuckEngine()), [])
    assert sorted((e.row.ledger, e.column) for e in trail.events) == [
        ("attendance", "person_id"),
        ("bank_payments", "account_no"),
        ("businesses", "owner_id"),
        ("insurance_subsidy", "person_id"),
        ("labour_cooperation", "person_id"),
        ("loans", "person_id"),
        ("payroll", "person_id"),
        ("posts", "approver_id"),
        ("relatives", "official_id"),
        ("relatives", "relative_id"),
        ("roster", "person_id"),
        ("services", "person_id"),
        ("transport_subsidy", "person_id"),
        ("workshop_payroll", "person_id"),
        ("workshop_workers", "person_id"),
        ("workshops", "uscc"),
    ]


def test_signals_about_others_that_rest_on_a_row_of_the_trail_stand_apart(tables: Tables) -> None:
    row = EvidenceRow("relatives", "亲属申报.xlsx", "Sheet1", 2, {})
    about = Subject("person", ID)
    np02 = Signal("NP02", 1, "NP", "x", Severity.MEDIUM, about, None, {}, {"zh": "", "en": ""}, (row,))
    official = trail_of(OTHER, tables, [np02])
    assert (official.signals, [s.rule for s in official.others]) == ((), ["NP02"])
    assert [(e.row.ledger, e.signals, [s.rule for s in e.others]) for e in official.events if e.others] == [
        ("relatives", (), ["NP02"])
    ]
    assert trail_of(ID, tables, [np02]).others == ()
