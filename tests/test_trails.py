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
