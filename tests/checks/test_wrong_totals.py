"""LT07: every total that is right stays silent, in whatever place and words it stands; every wrong one is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from tests.sheets import grid, source

from auditor.checks import check_ledgers
from auditor.intake import Upload
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, build_tables
from auditor.values.identity import check_digit

Row = Sequence[object]

TITLE: Row = ["云山县2022年1月公益性岗位补贴发放表"]
HEADER: Row = ["村", "身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"]
ATTENDANCE: Row = ["序号", "身份证号", "姓名", "出勤天数"]


def number(serial: int) -> str:
    start = f"50029919900101{serial:03d}"
    return start + check_digit(start)


def paid(serial: int, amount: object = 600) -> Row:
    account = f"62220200089798827{serial:02d}"
    return ["清星村", number(serial), f"张三{serial}", "2022-01", amount, account, "2022-02-01"]


def came(serial: int, days: int = 22) -> Row:
    return [serial, number(serial), "张三", days]


def total(label: str, amount: object, *more: object) -> Row:
    return [label, None, None, None, amount, *more]


def lt07(*rows: Row, name: str = "Sheet1") -> list[str]:
    """The cells whose totals are wrong; nothing else may be found."""
    readings = read_sheet(source("a.xlsx"), grid(rows, name=name), default_catalogue())
    with DuckEngine() as engine:
        tables = build_tables(readings, default_catalogue(), engine)
        signals = check_ledgers(Upload((), readings, ()), tables)
    assert {signal.rule for signal in signals} <= {"LT07"}
    return [signal.subject.id.rpartition("!")[2] for signal in signals]


PAGES: list[Row] = [TITLE, HEADER, paid(1), paid(2)]


@pytest.mark.parametrize(
    "rows",
    [
        [total("合计", 1200)],
        [total("合计", 1200), total("人民币（大写）壹仟贰佰元整", None, "¥1,200.00")],
        [total("合计（大写）", "壹仟贰佰元整")],
        [total("合计人民币（大写）：壹仟贰佰元整（¥1200.00）", None)],
        [total("本页小计", 1200), HEADER, paid(3), total("本页小计", 600), total("累计", 1800)],
        [total("过次页", 1200), HEADER, total("承前页", 1200), paid(3), total("合计", 1800)],
        [total("清星村小计", 1200), paid(3), total("清水村小计", 600), total("合计", 1800)],
        [total("合计 2人", 1200)],
        [total("合计", 1200.01)],
        [total("合计", None), ["共2人"]],
        [total("合计：2人，发放金额1200元", 1200)],
        [total("过次页", 1200), HEADER, paid(3), total("本月合计", 1800)],
        [total("合计", 1200), total("本季合计", 5400)],
    ],
)
def test_right_totals_are_silent(rows: list[Row]) -> None:
    assert lt07(*PAGES, *rows) == []


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([total("合计", 1300)], "E5"),
        ([total("合计", 1200), total("人民币（大写）壹仟叁佰元整", None)], "A6"),
        ([total("合计", 1200, "¥1,300.00")], "F5"),
        ([total("合计（大写）", "壹仟叁佰元整")], "E5"),
        ([total("过次页", 1300), HEADER, paid(3)], "E5"),
        ([total("小计", 1200), paid(3), total("小计", 500), total("合计", 1800)], "E7"),
        ([total("合计 3人", 1200)], "A5"),
        ([["合计", None, "3人", None, 1200]], "C5"),
        ([total("合计", 1200.02)], "E5"),
        ([total("过次页", 1200), HEADER, paid(3), total("本月合计", 600)], "E8"),
    ],
)
def test_wrong_totals_are_told(rows: list[Row], cell: str) -> None:
    assert lt07(*PAGES, *rows) == [cell]


@pytest.mark.parametrize(("said", "wrong"), [(1800, []), (1900, ["E3"])])
def test_a_total_above_its_rows(said: int, wrong: list[str]) -> None:
    assert lt07(TITLE, HEADER, total("合计", said), paid(1), paid(2), paid(3)) == wrong


@pytest.mark.parametrize(("said", "wrong"), [(600, []), (700, ["E6"])])
def test_lines_of_groups_with_their_sums(said: int, wrong: list[str]) -> None:
    rows = [total("清星村", 1200), paid(1), paid(2), total("清水村", said), paid(3), total("合计", 1800)]
    assert lt07(TITLE, HEADER, *rows) == wrong


@pytest.mark.parametrize(("said", "wrong"), [(0.12, []), (0.13, ["E6"]), (1200, ["E6"])])
def test_amounts_in_ten_thousands(said: float, wrong: list[str]) -> None:
    rows = [paid(1, 0.06), paid(2, 0.06), total("合计", said), ["合计（大写）壹仟贰佰元整"]]
    assert lt07(TITLE, ["单位：万元"], HEADER, *rows) == wrong


def test_amounts_reach_the_table_in_yuan() -> None:
    rows = [TITLE, ["单位：万元"], HEADER, paid(1, 0.06), paid(2, "600元"), paid(3, "0.05")]
    readings = read_sheet(source("a.xlsx"), grid(rows), default_catalogue())
    with DuckEngine() as engine:
        table = build_tables(readings, default_catalogue(), engine).present["payroll"]
    assert table.typed.column("amount").to_pylist() == [Decimal(600), Decimal(600), Decimal(500)]


@pytest.mark.parametrize(("said", "wrong"), [(66, []), (67, ["D10"])])
def test_a_total_over_several_tables_of_the_sheet(said: int, wrong: list[str]) -> None:
    blocks: list[Row] = [
        ["清星村2022年3月公益性岗位考勤表"], ATTENDANCE, came(1), came(2), ["小计", None, None, 44],
        ["清水村2022年3月公益性岗位考勤表"], ATTENDANCE, came(3), ["小计", None, None, 22], ["总计", None, None, said],
    ]  # fmt: skip
    assert lt07(*blocks) == wrong


@pytest.mark.parametrize(
    ("last", "wrong"),
    [
        (["合计", None, None, 44, None, None, None, 22], []),
        (["合计", None, None, None, None, None, None, 66], []),
        (["合计", None, None, 44, None, None, None, 23], ["H5"]),
    ],
)
def test_totals_of_tables_side_by_side(last: Row, wrong: list[str]) -> None:
    rows: list[Row] = [["2022年3月考勤表"], [*ATTENDANCE, *ATTENDANCE], [*came(1), *came(2)], [*came(3)], last]
    assert lt07(*rows) == wrong


@pytest.mark.parametrize(("said", "wrong"), [(600, []), (1800, []), (1200, ["E8"])])
def test_a_total_under_the_second_of_two_tables_of_a_kind(said: int, wrong: list[str]) -> None:
    assert lt07(*PAGES, ["表二：公益性岗位补贴发放表"], HEADER, paid(3), total("合计", said)) == wrong


def test_a_sum_in_words_of_a_column_that_is_not_the_ledgers() -> None:
    header = [*HEADER, "其他扣款"]
    rows = [[*paid(1), 5], [*paid(2), 7]]
    assert lt07(TITLE, header, *rows, total("合计（大写）壹拾贰元整", 1200)) == []
    assert lt07(TITLE, header, *rows, total("合计（大写）壹拾叁元整", 1200)) == ["A5"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([total("承前页", 5000), paid(1), paid(2), total("过次页", 6200)], []),
        ([total("承前页", 5000), paid(1), paid(2), total("合计", 6200)], []),
        ([total("承前页", 5000), paid(1), paid(2), total("本页小计", 1200), total("累计", 6200)], []),
        ([total("承前页", 5000), paid(1), paid(2), total("本页小计", 1300)], ["E6"]),
        ([paid(1), paid(2), total("合计", 1200), total("本年累计", 9000)], []),
        ([paid(1), paid(2), total("合计", 1200), total("本年累计", 900)], ["E6"]),
    ],
)
def test_totals_that_run_on_from_other_sheets(rows: list[Row], wrong: list[str]) -> None:
    assert lt07(TITLE, HEADER, *rows) == wrong


@pytest.mark.parametrize("said", [1200, 1800])
def test_a_total_over_a_note_with_an_amount_of_its_own_is_not_judged(said: int) -> None:
    """Nobody but the county can tell whether the note's amount was added."""
    assert lt07(TITLE, HEADER, paid(1), ["注：补发上月", None, None, None, 600], paid(2), total("合计", said)) == []
