"""Several tables on one sheet: each is read under its own header, with its own title, and every row once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, source

from auditor.intake import Band, SheetReading, sheet_bands
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Row = Sequence[object]

ATTENDANCE: Row = ["序号", "身份证号", "姓名", "出勤天数"]
PAYROLL: Row = ["序号", "身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"]
DEATHS: Row = ["姓名", "身份证号", "死亡日期"]
DEAD: Row = ["李四", "500299195001011235", "2021-05-01"]
GOODS: tuple[Row, ...] = (["物品", "数量", "单价"], ["手套", 20, 5], ["扫帚", 10, 8])
AWAY = Band.ELSEWHERE


def came(number: int, days: object = 22) -> Row:
    return [number, f"5002991990010112{number:02d}", "张三", days]


def paid(number: int) -> Row:
    return [number, f"5002991990010112{number:02d}", "张三", "2022-01", 600, "6222020008979882746", "2022-02-01"]


def read(*rows: Row, name: str = "Sheet1", file: str = "台账.xlsx") -> tuple[SheetReading, ...]:
    return read_sheet(source(file), grid(rows, name=name), default_catalogue())


def bands(readings: Sequence[SheetReading]) -> list[Band]:
    return [Band(band) for band in sheet_bands(readings)]


def said(reading: SheetReading) -> dict[str, str]:
    return {name: value.text for name, value in reading.context.items()}


def test_a_block_for_each_village_or_month_is_a_table_of_its_own() -> None:
    first, second, third = read(
        ["清星村2022年3月公益性岗位考勤表"],
        ATTENDANCE,
        came(1),
        ["合计", None, None, 22],
        ["填表人：王芳"],
        [None],
        ["清水村2022年3月公益性岗位考勤表"],
        ["填报单位：清水村", None, None, "单位：天"],
        ATTENDANCE,
        came(2),
        ["清水村2022年4月公益性岗位考勤表"],
        ATTENDANCE,
        came(2),
    )
    assert said(first) == {"month": "2022-03", "village": "清星村"}
    assert said(second) == {"month": "2022-03", "village": "清水村"}
    assert said(third) == {"month": "2022-04", "village": "清水村"}
    assert list(second.bands[:6]) == [AWAY] * 6
    assert bands([first, second, third]) == [
        Band.TITLE,
        Band.HEADER,
        Band.READ,
        Band.TOTAL,
        Band.SIGNATURE,
        Band.BLANK,
        Band.TITLE,
        Band.TITLE,
        Band.HEADER,
        Band.READ,
        Band.TITLE,
        Band.HEADER,
        Band.READ,
    ]


@pytest.mark.parametrize("line", ["清星村2022年3月公益性岗位考勤表", "第2页", "2022年3月公益性岗位考勤表（续）"])
def test_a_header_repeated_under_nothing_new_is_a_page_break(line: str) -> None:
    (reading,) = read(["清星村2022年3月公益性岗位考勤表"], ATTENDANCE, came(1), [line], ATTENDANCE, came(2))
    assert bands([reading])[3:] == [Band.TITLE, Band.HEADER, Band.READ]


def test_where_the_rows_say_the_month_themselves_a_new_title_is_no_new_table() -> None:
    (reading,) = read(["2022年1月补贴发放表"], PAYROLL, paid(1), ["2022年2月补贴发放表"], PAYROLL, paid(2))
    assert reading.count(Band.READ) == 2


def test_a_name_alone_above_a_repeated_header_is_a_row() -> None:
    (reading,) = read(["2022年3月考勤表"], ATTENDANCE, came(1), [None, None, "王小月"], ATTENDANCE, came(2))
    assert bands([reading]) == [Band.TITLE, Band.HEADER, Band.READ, Band.READ, Band.HEADER, Band.READ]


def test_a_note_belongs_to_the_table_above_and_a_title_to_the_one_below() -> None:
    first, second = read(["补贴发放表"], PAYROLL, paid(1), ["注：已核实"], ["死亡人员名单"], ["单位：人"], DEATHS, DEAD)
    assert list(first.bands) == [Band.TITLE, Band.HEADER, Band.READ, Band.NOTE, AWAY, AWAY, AWAY, AWAY]
    assert (second.ledger, list(second.bands[4:])) == ("deaths", [Band.TITLE, Band.TITLE, Band.HEADER, Band.READ])


def test_a_small_table_above_a_better_one_is_read() -> None:
    first, second = read(["死亡人员名单"], DEATHS, DEAD, [None], ["补贴发放表"], PAYROLL, paid(1), paid(2))
    assert (first.ledger, first.count(Band.READ)) == ("deaths", 1)
    assert (second.ledger, second.count(Band.READ)) == ("payroll", 2)


def test_a_strange_table_swallows_neither_its_neighbours_nor_is_swallowed() -> None:
    first, strange, third = read(
        ["补贴发放表"], PAYROLL, paid(1), [None], ["物资清单"], *GOODS, [None], ["2月补贴发放表"], PAYROLL, paid(2)
    )
    assert [one.ledger for one in (first, strange, third)] == ["payroll", None, "payroll"]
    assert [problem.code for problem in strange.problems] == ["sheet-not-recognised"]
    assert [one.count(Band.READ) for one in (first, strange, third)] == [1, 0, 1]
    above, below = read(["物资清单"], *GOODS, [None], ["补贴发放表"], PAYROLL, paid(1))
    assert (above.ledger, below.ledger, below.count(Band.READ)) == (None, "payroll", 1)


def test_a_list_of_codes_below_is_no_part_of_the_table() -> None:
    ledger, codes = read(["补贴发放表"], PAYROLL, paid(1), [None], ["岗位代码表"], ["代码", "名称"], ["01", "保洁员"])
    assert (ledger.count(Band.READ), codes.ledger, codes.count(Band.UNUSED)) == (1, None, 3)
    (reading,) = read(["补贴发放表"], PAYROLL, paid(1), [None], [None, "未办理", "李四"], [3, "未办理", "王五"])
    assert reading.count(Band.READ) == 3


def test_pages_of_text_above_a_table_are_notes() -> None:
    text = [[f"{number}、本表由乡镇填写，一式三份。"] for number in range(1, 51)]
    (reading,) = read(*text, ["补贴发放表"], PAYROLL, paid(1))
    assert bands([reading]) == [Band.NOTE] * 50 + [Band.TITLE, Band.HEADER, Band.READ]


@pytest.mark.parametrize("gap", [[], [None]])
def test_the_same_columns_side_by_side(gap: list[object]) -> None:
    left, right = read(
        ["公益性岗位考勤表"],
        [*ATTENDANCE, *gap, *ATTENDANCE],
        [*came(1, 20), *gap, *came(2, 21)],
        [*came(3, 19)],
        ["合计", None, None, 39, *gap, None, None, None, 21],
        name="2022年3月",
    )
    assert [said(one)["month"] for one in (left, right)] == ["2022-03", "2022-03"]
    assert list(left.bands) == [Band.TITLE, Band.HEADER, Band.READ, Band.READ, Band.TOTAL]
    assert list(right.bands) == [Band.TITLE, Band.HEADER, Band.READ, Band.BLANK, Band.TOTAL]
    days = [next(column for column in one.columns if column.column == "days_present") for one in (left, right)]
    assert [one.cells(column).text[2].as_py() for one, column in zip((left, right), days, strict=True)] == ["20", "21"]


@pytest.mark.parametrize("merges", [(), ((1, 2, 1, 3), (1, 6, 1, 7))])
def test_halves_side_by_side_under_headers_of_two_levels(merges: tuple[tuple[int, int, int, int], ...]) -> None:
    half: tuple[Row, Row] = (["序号", "基本信息", None, "出勤天数"], [None, "身份证号", "姓名", None])
    rows: list[Row] = [[*half[0], *half[0]], [*half[1], *half[1]], [*came(1, 20), *came(2, 21)], came(3, 19)]
    sheet = grid(rows, name="2022年3月考勤表", merges=merges)
    left, right = read_sheet(source("台账.xlsx"), sheet, default_catalogue())
    assert [one.count(Band.READ) for one in (left, right)] == [2, 1]
    assert [{m.column: m.letter for m in one.columns} for one in (left, right)] == [
        {"person_id": "B", "name": "C", "days_present": "D"},
        {"person_id": "F", "name": "G", "days_present": "H"},
    ]


def test_halves_stand_above_other_halves() -> None:
    first, second, third, fourth = read(
        ["补贴发放表"],
        [*PAYROLL, *PAYROLL],
        [*paid(1), *paid(2)],
        [None],
        ["2022年3月考勤表"],
        [*ATTENDANCE, "民族", *ATTENDANCE],
        [*came(1), "汉族", *came(2)],
    )
    assert [one.ledger for one in (first, second)] == ["payroll", "payroll"]
    assert [one.ledger for one in (third, fourth)] == ["attendance", "attendance"]
    assert [one.count(Band.READ) for one in (first, second, third, fourth)] == [1, 1, 1, 1]


def test_halves_stand_above_a_table_whose_header_fits_better() -> None:
    first, second, third = read(
        [*DEATHS, None, *DEATHS],
        [*DEAD, None, *DEAD],
        [None],
        PAYROLL,
        paid(1),
    )
    assert [one.ledger for one in (first, second, third)] == ["deaths", "deaths", "payroll"]
    assert [one.count(Band.READ) for one in (first, second, third)] == [1, 1, 1]


def test_columns_before_repeated_ones_belong_to_all() -> None:
    left, right = read(
        ["2022年3月考勤表"],
        ["村", "姓名", "身份证号", "出勤天数", "姓名", "身份证号", "出勤天数"],
        ["清星村", "张三", "500299199001011234", 22, "李四", "500299199001011235", 21],
    )
    assert [{m.column: m.letter for m in one.columns} for one in (left, right)] == [
        {"village": "A", "name": "B", "person_id": "C", "days_present": "D"},
        {"village": "A", "name": "E", "person_id": "F", "days_present": "G"},
    ]


def test_two_ledgers_side_by_side() -> None:
    left, right = read(
        ["2022年1月补贴发放表", *[None] * 7, "死亡人员名单"],
        [*PAYROLL, None, *DEATHS],
        [*paid(1), None, *DEAD],
        [*paid(2)],
    )
    assert (left.ledger, left.count(Band.READ)) == ("payroll", 2)
    assert (right.ledger, right.count(Band.READ)) == ("deaths", 1)
    assert bands([left, right]) == [Band.TITLE, Band.HEADER, Band.READ, Band.READ]


def test_a_blank_column_within_a_table_does_not_split_it() -> None:
    (reading,) = read(["补贴发放表"], [*PAYROLL[:5], None, *PAYROLL[5:]], [*paid(1)[:5], None, *paid(1)[5:]])
    assert len(reading.columns) == 6


def test_what_stands_beside_the_table_is_told_and_not_read() -> None:
    (reading,) = read(
        ["补贴发放表"],
        [*PAYROLL, None, "编码", "岗位类型"],
        [*paid(1), None, "01", "保洁员"],
        [*[None] * 8, "02", "护林员"],
    )
    assert bands([reading]) == [Band.TITLE, Band.HEADER, Band.READ, Band.NOTE]
    beside = next(problem for problem in reading.problems if problem.code == "cells-beside")
    assert (str(beside.where), dict(beside.args)) == ("台账.xlsx[Sheet1]!I3", {"columns": "I—J", "cells": 4})


def test_instructions_are_no_ledger_and_no_fault() -> None:
    (reading,) = read(["填表说明"], ["1、本表由乡镇填写。"], ["2、金额单位为元。"])
    assert [problem.code for problem in reading.problems] == ["sheet-instructions"]
    assert reading.count(Band.UNUSED) == 3
    (with_people,) = read(["填表说明"], ["张三 500299199001011234"], ["李四 500299199001011235"])
    assert [problem.code for problem in with_people.problems] == ["sheet-not-recognised"]


def test_an_end_is_set_to_the_number_of_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.intake.sheets.recognise.MOST_TABLES", 5)
    blocks = [row for _ in range(4) for row in (DEATHS, DEAD, ATTENDANCE, came(1))]
    readings = read(*blocks)
    assert len(readings) == 6
    assert [problem.code for problem in readings[-1].problems] == ["tables-too-many"]
    assert sum(reading.count(Band.READ) for reading in readings) == 5
    assert bands(readings)[-6:] == [Band.UNUSED] * 6


def test_a_header_of_which_one_column_differs_heads_another_table() -> None:
    header: Row = [
        "统一社会信用代码",
        "企业名称",
        "法定代表人身份证号",
        "法定代表人",
        "成立日期",
        "注销日期",
        "登记状态",
    ]
    one: Row = ["91500299MA45981492", "兴农食品厂", "500299199001011234", "张三", "2021-01-05", "2022-03-01", "注销"]
    two: Row = ["91500299MA45981493", "明达电子厂", "500299199001011235", "李四", "2021-02-05", "存续"]
    first, second = read(header, one, [None], [*header[:5], header[6]], two)
    assert [one.count(Band.READ) for one in (first, second)] == [1, 1]
    assert next(column.letter for column in second.columns if column.column == "status") == "F"
    assert "closed_on" not in {column.column for column in second.columns}


@pytest.mark.parametrize(
    "row", [["兴隆镇", "务工规模", "２０２２", "３１０"], ["兴隆镇", "务工规模", "二〇二二年", "３１０"]]
)
def test_a_row_without_plain_digits_heads_no_other_table(row: Row) -> None:
    header: Row = ["地区", "指标", "年度", "目标任务数"]
    plain: Row = ["清溪镇", "务工规模", "2022", "275"]
    total: Row = ["小计", None, None, "275"]
    (reading,) = read(["目标任务表"], header, plain, total, row, plain, plain)
    assert reading.count(Band.READ) == 4


@pytest.mark.parametrize("cell", ["张兰/500299199001011234", "500299199001011234（张兰）"])
def test_a_row_of_nothing_but_a_person_in_one_cell_is_read(cell: str) -> None:
    (reading,) = read(
        ["补贴发放表"],
        ["姓名/身份证号", "发放月份", "发放金额", "发放日期"],
        ["李四/500299199001011200", "2022-01", 600, "2022-02-01"],
        [cell],
    )
    assert reading.count(Band.READ) == 2


def test_columns_beyond_a_gap_are_never_read_with_the_people_of_this_side() -> None:
    """The dead on the left are no students because a list of students stands on the right."""
    rows: list[Row] = [
        ["序号", "姓名", "身份证号", "死亡日期", None, "序号", "姓名", "身份证号", "学校名称", "入学时间"],
        [1, "张三", "500299199001011234", "2022-09-03", None, 1, "周九", "500299199102021235", "某中学", "2020-09"],
        [2, "李四", "500299199203031236", "2022-09-04", None, None, None, None, None, None],
    ]
    found = {reading.ledger: {one.column: one.letter for one in reading.columns} for reading in read(*rows)}
    assert "students" not in found or found["students"]["person_id"] == "H"
    assert "deaths" not in found or found["deaths"]["person_id"] == "C"
    assert all({"died_on", "school"} - set(columns) for columns in found.values())


def test_a_second_identity_number_begins_a_second_list_of_people() -> None:
    rows: list[Row] = [
        ["姓名", "身份证号", "死亡日期", "姓名", "身份证号", "学校名称", "入学时间"],
        ["张三", "500299199001011234", "2022-09-03", "周九", "500299199102021235", "某中学", "2020-09"],
    ]
    found = {reading.ledger: {one.column: one.letter for one in reading.columns} for reading in read(*rows)}
    assert found["deaths"] == {"name": "A", "person_id": "B", "died_on": "C"}
    assert found["students"]["person_id"] == "E"


def test_a_name_that_stands_again_for_the_signature_begins_no_second_list() -> None:
    rows: list[Row] = [
        ["姓名", "身份证号", "发放月份", "发放金额", "银行账号", "姓名（签字）", "发放日期"],
        ["张三", "500299199001011234", "2022-01", 600, "6222020008979882746", "张三", "2022-02-01"],
    ]
    (reading,) = read(*rows)
    assert {one.column: one.letter for one in reading.columns}["paid_on"] == "G"
