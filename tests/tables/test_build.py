"""Readings to typed tables: types, origins, and nothing silently nulled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.sheets import sheet

from auditor.errors import EngineError, Where
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, Tables, build_tables

PAYROLL = """
清溪县2022年3月公益性岗位补贴发放表
身份证号 | 姓名 | 发放月份 | 发放金额(元) | 银行账号 | 发放日期
500299197503121231 | 张 三 | 202203 | 1,200.00 | 6217 0000 1234 5678 901 | 2022.4.5
500299198001011239 | 李四 | 2022年3月 | 六百元 | 6217000012345678902 | 20220405
500299198502021231 | 王五 | 2022-03 | 八百多 | 6217000012345678903 | 2022年4月5日
合计 | | | 2600 | |
"""


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    with DuckEngine() as duck:
        yield duck


@pytest.fixture
def tables(engine: DuckEngine) -> Tables:
    return build_tables([sheet(PAYROLL, file="发放.xlsx", name="3月")], default_catalogue(), engine)


def test_values_are_typed_and_normalised(tables: Tables) -> None:
    rows = tables.engine.query("SELECT name, month, amount, account_no, paid_on FROM payroll ORDER BY _row").to_pylist()
    assert rows[0] == {
        "name": "张三",
        "month": date(2022, 3, 1),
        "amount": Decimal("1200.00"),
        "account_no": "6217000012345678901",
        "paid_on": date(2022, 4, 5),
    }
    assert [r["amount"] for r in rows] == [Decimal("1200.00"), Decimal("600.00"), None]


def test_what_cannot_be_read_is_a_fault_with_its_cell(tables: Tables) -> None:
    assert [(f.column, f.code, f.raw, f.readable) for f in tables.faults] == [
        ("amount", "number-in-words", "六百元", True),
        ("amount", "money-unreadable", "八百多", False),
    ]
    payroll = tables.present["payroll"]
    assert payroll.where(tables.faults[1].row, "amount") == Where("发放.xlsx", "3月", 5, "D")
    assert payroll.header(2, "amount") == "发放金额(元)"


def test_evidence_shows_file_sheet_row_cell_text_and_value(tables: Tables) -> None:
    (row,) = tables.evidence("payroll", [0, 0], ["person_id", "month", "amount", "employer"])
    assert (row.ledger, row.file, row.sheet, row.row) == ("payroll", "发放.xlsx", "3月", 3)
    assert list(row.cells) == ["person_id", "month", "amount"]
    assert (row.cells["month"].cell, row.cells["month"].raw, row.cells["month"].value) == ("C3", "202203", "2022-03")
    assert (row.cells["amount"].raw, row.cells["amount"].value) == ("1,200.00", "1200.00")


def test_an_absent_ledger_is_a_table_of_the_engine_but_not_present(tables: Tables) -> None:
    assert "posts" not in tables.present
    assert tables.engine.query("SELECT p.person_id FROM posts AS p").num_rows == 0
    assert tables.evidence("posts", [0], ["name"]) == ()


def test_columns_that_no_sheet_has_are_not_columns_of_the_ledger(tables: Tables) -> None:
    assert "employer" not in tables.present["payroll"].columns
    assert {"person_id", "amount"} <= tables.present["payroll"].columns


def test_many_sheets_make_one_ledger_and_rows_keep_their_place(engine: DuckEngine) -> None:
    march = sheet(PAYROLL, file="a.xlsx", name="3月")
    april = sheet(
        "序号 | 身份证号 | 姓名 | 补贴金额 | 银行账号 | 发放日期\n"
        "1 | 500299197503121231 | 张三 | 600 | 6217000012345678901 | 2022-05-05",
        file="2022年公益性岗位补贴发放表.xlsx",
        name="4月",
    )
    tables = build_tables([march, april], default_catalogue(), engine)
    payroll = tables.present["payroll"]
    assert payroll.rows == 4
    assert payroll.where(3, "amount") == Where("2022年公益性岗位补贴发放表.xlsx", "4月", 2, "D")
    (row,) = tables.evidence("payroll", [3], ["month", "amount"])
    assert (row.cells["month"].cell, row.cells["month"].value) == ("", "2022-04"), (
        "the month stands in the sheet's name"
    )


def test_a_sum_too_large_for_money_is_a_fault_not_a_crash(engine: DuckEngine) -> None:
    huge = PAYROLL.replace("八百多", "9" * 20).replace("六百元", "600")
    tables = build_tables([sheet(huge)], default_catalogue(), engine)
    assert [f.code for f in tables.faults] == ["money-unreadable"]


def test_what_the_sheet_says_of_its_numbers_counts(engine: DuckEngine) -> None:
    text = (
        "身份证号 | 姓名 | 发放月份 | 发放金额 | 银行账号 | 发放日期\n"
        "500299197503121231 | 张三 | 2022-03 | 0.06 | 6217000012345678901 | 43407"
    )
    reading = sheet(text, file="发放表.xlsx", date_1904=True)
    tables = build_tables([replace(reading, money_unit=10_000)], default_catalogue(), engine)
    rows = tables.engine.query("SELECT amount, paid_on FROM payroll").to_pylist()
    assert rows == [{"amount": Decimal("600.00"), "paid_on": date(2022, 11, 4)}]


def test_a_quarter_paid_in_one_row_has_no_month_and_says_so(engine: DuckEngine) -> None:
    tables = build_tables([sheet(PAYROLL.replace("| 2022-03 |", "| 2022年1-3月 |"))], default_catalogue(), engine)
    assert [(f.column, f.code) for f in tables.faults if f.column == "month"] == [("month", "month-range")]
    assert tables.engine.query("SELECT month FROM payroll ORDER BY _row").to_pylist()[2] == {"month": None}


@pytest.mark.parametrize("text", ["1975年3月", "197503", "75.3.12"])
def test_a_birth_date_without_its_day_or_century_contradicts_nobody(engine: DuckEngine, text: str) -> None:
    roster = (
        "身份证号 | 姓名 | 户编号 | 劳动能力 | 是否务工 | 出生日期\n500299197503121238 | 张三 | 1 | 弱劳动力 | 是 | "
    )
    tables = build_tables([sheet(roster + text)], default_catalogue(), engine)
    assert [(f.column, f.code) for f in tables.faults] == [("birth_date", "birth-date-unsure")]
    assert tables.engine.query("SELECT birth_date FROM roster").to_pylist() == [{"birth_date": None}]


def test_extra_code_spellings_come_from_the_profile(engine: DuckEngine) -> None:
    roster = "身份证号 | 姓名 | 户编号 | 劳动能力 | 是否务工\n500299197503121231 | 张三 | 001 | 弱劳动力 | 上班"
    plain = build_tables([sheet(roster)], default_catalogue(), engine)
    assert [f.code for f in plain.faults] == ["not-in-code-list"]
    told = build_tables([sheet(roster)], default_catalogue(), engine, {"roster": {"employed": {"上班": "是"}}})
    assert told.faults == ()
    assert told.engine.query("SELECT r.employed FROM roster AS r").to_pylist() == [{"employed": True}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "ATTACH '/tmp/x.db'",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_the_engine_is_cut_off_from_files_and_settings(engine: DuckEngine, sql: str) -> None:
    with pytest.raises(EngineError):
        engine.query(sql)


def test_a_query_that_takes_too_long_is_stopped(engine: DuckEngine) -> None:
    with pytest.raises(EngineError) as caught:
        engine.query("SELECT count(*) FROM range(100000000) a, range(100000000) b", seconds=0.2)
    assert caught.value.problems[0].code == "engine-too-slow"
    assert engine.query("SELECT 1 AS one").to_pylist() == [{"one": 1}]
