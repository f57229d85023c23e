"""What is written once for a group stands in its rows where nothing else can be meant; else it is blank and told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, only, source

from auditor.errors import Gravity
from auditor.intake import SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

IDS = [
    "500299197503121231",
    "500299198001011239",
    "500299198502021231",
    "500299199001011234",
    "500299197210021743",
    "500299196001011235",
]


def read(rows: Sequence[Sequence[str]], file: str = "台账.xlsx") -> SheetReading:
    return only(read_sheet(source(file), grid(rows), default_catalogue()))


def texts(reading: SheetReading, name: str) -> list[str | None]:
    mapped = next(one for one in reading.columns if one.column == name)
    cells: list[str | None] = reading.cells(mapped).text.to_pylist()
    return cells[reading.header[1] :]


def told(reading: SheetReading) -> list[tuple[str, object]]:
    return [(problem.code, problem.args["rows"]) for problem in reading.problems if "rows" in problem.args]


def roster(villages: str, households: str, relations: str, township: str = "") -> SheetReading:
    names = {"户": "户主", "妻": "配偶", "子": "之子"}
    header = ["乡镇", "村", "户编号", "姓名", "身份证号", "与户主关系", "劳动能力", "是否务工"]
    rows = [
        [township if number == 0 else "", *cells, "张三", IDS[number], names[relation], "普通劳动力", "是"]
        for number, (*cells, relation) in enumerate(zip(villages, households, relations, strict=True))
    ]
    return read([header, *[[cell.strip() for cell in row] for row in rows]])


def posts(employers: Sequence[str], name: str = "用人单位") -> SheetReading:
    rows = [[cell, "张三", number, "保洁员", "2022-01-01", "600"] for cell, number in zip(employers, IDS, strict=False)]
    header = [name, "姓名", "身份证号", "岗位名称", "上岗时间", "月工资标准"]
    return read([header, *rows], "公益性岗位人员台账.xlsx")


def test_households_and_villages_that_begin_with_their_heads() -> None:
    reading = roster("青  红  ", "1  2 3", "户妻子户子户")
    assert texts(reading, "household_id") == ["1", "1", "1", "2", "2", "3"]
    assert texts(reading, "village") == ["青", "青", "青", "红", "红", "红"]
    assert told(reading) == [("group-carried-down", 4), ("group-carried-down", 3)]
    assert {one.made for one in reading.columns if one.column in {"village", "household_id"}} == {"made-grouped"}


def test_a_township_written_once_over_groups_stands_in_all_rows() -> None:
    assert texts(roster("青  红  ", "1  2 3", "户妻子户子户", "清溪镇"), "township") == ["清溪镇"] * 6


def test_a_head_of_household_without_a_number_is_nobody_elses_household() -> None:
    reading = roster("青青青红红红", "1  2  ", "户妻户户子子")
    assert texts(reading, "household_id") == ["1", None, None, "2", None, None]
    assert ("group-unclear", 4) in told(reading)


def test_a_number_that_begins_with_a_child_is_no_group() -> None:
    assert texts(roster("青青青红红红", "1 2   ", "户妻子户子子"), "household_id") == ["1", None, "2", None, None, None]


def test_a_required_column_with_more_blanks_than_values() -> None:
    assert texts(posts(["甲", "", "", "乙", "", ""]), "employer") == ["甲", "甲", "甲", "乙", "乙", "乙"]


@pytest.mark.parametrize(
    "cells",
    [
        ["甲", "甲", "", "乙", "", ""],  # a value again: then a blank is no repetition
        ["", "甲", "", "乙", "", ""],  # the first row is blank
        ["甲", "", "乙", "", "甲", ""],  # a value comes back
        ["甲", "乙", "丙", "", "丁", "戊"],  # hardly a blank
        ["甲", "", "", "", "", ""],  # one value, and nothing that says how far it reaches
        ["甲", "乙", "丙", "", "", ""],  # two of three groups have one row
    ],
)
def test_a_blank_that_may_mean_that_nobody_knew_stays_blank(cells: list[str]) -> None:
    reading = posts(cells)
    assert texts(reading, "employer") == [cell or None for cell in cells]
    assert all(one.made == "" for one in reading.columns)


def test_what_is_left_in_doubt_is_told() -> None:
    (problem,) = [
        problem for problem in posts(["甲", "", "乙", "", "甲", ""]).problems if problem.code == "group-unclear"
    ]
    assert (str(problem.where), problem.gravity) == ("公益性岗位人员台账.xlsx[Sheet1]!A", Gravity.WARNING)
    assert problem.args == {"header": "用人单位", "rows": 3}


PAY = ["村", "姓名", "身份证号", "发放月份", "发放金额", "银行账号", "发放日期"]


def pay(village: str, number: int) -> list[str]:
    return [village, "张三", IDS[number], "2022-01", "600", f"621700001234567890{number}", "2022-02-01"]


SUBTOTAL = ["小计", "", "", "", "1200", "", ""]


def test_groups_that_end_with_a_subtotal() -> None:
    reading = read([PAY, pay("青山村", 0), pay("", 1), SUBTOTAL, pay("红星村", 2), pay("", 3), SUBTOTAL])
    assert texts(reading, "village") == ["青山村", "青山村", "小计", "红星村", "红星村", "小计"]


def test_nothing_is_carried_over_a_subtotal() -> None:
    reading = read([PAY, pay("青山村", 0), pay("", 1), SUBTOTAL, pay("", 2), pay("红星村", 3), pay("", 4)])
    assert texts(reading, "village") == ["青山村", None, "小计", None, "红星村", None]
    assert told(reading) == [("group-unclear", 3)]


@pytest.mark.parametrize("mark", ["同上", "〃", "″", "”", '"'])
def test_ditto_marks_stand_for_what_is_above(mark: str) -> None:
    reading = posts(["甲", mark, mark, "乙", mark, "丙"])
    assert texts(reading, "employer") == ["甲", "甲", "甲", "乙", "乙", "丙"]
    assert told(reading) == [("ditto-carried", 3)]
    assert next(one.made for one in reading.columns if one.column == "employer") == "made-ditto"


def test_a_ditto_mark_under_nothing_is_left_and_told() -> None:
    reading = posts(["同上", "甲", "", "同上", "乙", "丙"])
    assert texts(reading, "employer") == ["同上", "甲", None, "同上", "乙", "丙"]
    assert told(reading) == [("ditto-of-nothing", 2)]


def test_no_name_number_or_amount_is_ever_carried() -> None:
    rows = [pay("青山村", 0), [*pay("青山村", 1)[:4], "同上", "", "2022-02-01"], ["青山村", "同上", *pay("", 2)[2:]]]
    reading = read([PAY, *rows])
    assert texts(reading, "amount") == ["600", "同上", "600"]
    assert texts(reading, "name") == ["张三", "张三", "同上"]
    assert texts(reading, "account_no")[1] is None
    assert [code for code, _ in told(reading)] == ["ditto-not-carried", "ditto-not-carried"]
