"""A value in several columns, and two values in one: read as people read them, and told where they cannot be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets import grid, only, source

from auditor.intake import MappedColumn, SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

IDS = ["500299197503121231", "500299198001011239", "500299198502021231"]
NAMES = ["张三", "李四", "阿依古丽·买买提"]
Merge = tuple[int, int, int, int]


def read(rows: Sequence[Sequence[str]], merges: Sequence[Merge] = (), file: str = "台账.xlsx") -> SheetReading:
    return only(read_sheet(source(file), grid(rows, merges=tuple(merges)), default_catalogue()))


def column(reading: SheetReading, name: str) -> MappedColumn:
    return next(one for one in reading.columns if one.column == name)


def texts(reading: SheetReading, name: str) -> list[str | None]:
    cells: list[str | None] = reading.cells(column(reading, name)).text.to_pylist()
    return cells[reading.header[1] :]


def codes(reading: SheetReading) -> list[str]:
    return [problem.code for problem in reading.problems]


POST = ["姓名", "身份证号", "岗位名称", "用人单位", "月工资标准"]


def posts(*rows: Sequence[str], header: Sequence[str]) -> list[list[str]]:
    return [
        [*POST, *header],
        *([name, number, "保洁员", "清溪镇", "600", *row] for name, number, row in zip(NAMES, IDS, rows, strict=False)),
    ]


def test_year_month_and_day_in_columns_of_their_own_are_one_date() -> None:
    reading = read(
        posts(["2022", "1", "5"], ["2022年", "11月", "30日"], ["", "", ""], header=["上岗年", "上岗月", "上岗日"])
    )
    hired = column(reading, "hired_on")
    assert (hired.letter, hired.last_letter, hired.made) == ("F", "H", "made-joined")
    assert texts(reading, "hired_on") == ["2022年1月5日", "2022年11月30日", None]
    assert hired.stood is not None
    assert hired.stood.to_pylist() == [None, "2022 | 1 | 5", "2022年 | 11月 | 30日", None]
    assert hired.address(2) == "F2:H2"
    assert [one.letter for one in reading.unknown] == []


def test_the_parent_says_what_year_month_and_day_are_of() -> None:
    head = [[*POST, "上岗时间", "", ""], ["", "", "", "", "", "年", "月", "日"]]
    reading = read([*head, *posts(["2022", "1", "5"], header=())[1:]])
    assert texts(reading, "hired_on") == ["2022年1月5日"]
    assert column(reading, "hired_on").header == "上岗时间/年 | 月 | 日"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["2022", "3", ""], "2022年3月"),  # a month: the reader of dates says that the day is missing
        (["", "3", "5"], "3月5日"),
        (["2022", "13", "1"], "2022年13月1日"),
        (["2022", "3", "底"], "2022年3月底"),
        (["2022-03-05", "", ""], "2022-03-05"),
        (["", "", "长期"], "长期"),
    ],
)
def test_what_is_no_date_is_left_for_the_reader_of_dates_to_tell(cells: list[str], said: str) -> None:
    reading = read(posts(cells, header=["上岗年", "上岗月", "上岗日"]))
    assert texts(reading, "hired_on") == [said]


def test_year_and_month_alone_are_the_month_that_the_rows_are_about() -> None:
    rows = [["姓名", "身份证号", "年", "月", "出勤天数"]]
    rows += [[name, number, "2022", month, "22"] for name, number, month in zip(NAMES, IDS, "123", strict=True)]
    reading = read(rows, file="公益性岗位考勤表.xlsx")
    assert texts(reading, "month") == ["2022年1月", "2022年2月", "2022年3月"]


def test_a_month_that_holds_its_year_is_not_given_another() -> None:
    rows = [["姓名", "身份证号", "年份", "月份", "出勤天数"], [NAMES[0], IDS[0], "2022", "2022-03", "22"]]
    rows += [[NAMES[1], IDS[1], "2022", "2021-03", "22"]]
    assert texts(read(rows, file="公益性岗位考勤表.xlsx"), "month") == ["2022-03", "2022年2021-03"]


def test_a_year_that_is_a_column_of_its_own_stays_one() -> None:
    rows = [["地区", "指标名称", "年度", "月份", "目标任务数"], ["清溪镇", "务工规模", "2022", "3", "100"]]
    reading = read(rows)
    assert (reading.ledger, texts(reading, "year")) == ("targets", ["2022"])


def test_a_number_with_a_column_for_each_digit() -> None:
    header = ["姓名", "身份证号", *[""] * 17, "月份", "出勤天数"]
    rows = [header, *([name, *number, "2022-01", "22"] for name, number in zip(NAMES, IDS, strict=True))]
    for merges in ([(1, 2, 1, 19)], []):
        reading = read(rows, merges)
        assert texts(reading, "person_id") == IDS
        assert (column(reading, "person_id").letter, column(reading, "person_id").last_letter) == ("B", "S")
        assert texts(reading, "month") == ["2022-01"] * 3


def test_a_number_over_two_columns_is_joined_where_only_digits_follow() -> None:
    header = ["姓名", "身份证号", "", "月份", "出勤天数"]
    rows = [header, ["张三", IDS[0][:6], IDS[0][6:], "2022-01", "22"], ["李四", IDS[1], "已核", "2022-01", "22"]]
    assert texts(read(rows, [(1, 2, 1, 3)]), "person_id") == [IDS[0], IDS[1]]
    # Nobody merged the header: what stands in a column without a header is not known.
    assert texts(read(rows), "person_id") == [IDS[0][:6], IDS[1]]


ATTENDANCE = ["月份", "出勤天数"]


def attendance(header: str, *cells: str) -> SheetReading:
    return read([[header, *ATTENDANCE], *([cell, "2022-01", "22"] for cell in cells)], file="公益性岗位考勤表.xlsx")


@pytest.mark.parametrize(
    ("header", "pattern"),
    [
        ("姓名/身份证号", "{name}/{number}"),
        ("姓名、身份证号", "{name}、{number}"),
        ("姓名及身份证号码", "{name}{number}"),
        ("姓名\n身份证号", "{name}\n{number}"),
        ("姓名（身份证号）", "{name}（{number}）"),
        ("*姓名 身份证号", " {name}  {number} "),
        ("姓名身份证号", "{name}，{number}"),
        ("身份证号/姓名", "{number}/{name}"),
        ("姓名/身份证号", "{number} {name}"),
    ],
)
def test_name_and_number_in_one_cell_come_apart(header: str, pattern: str) -> None:
    cells = [pattern.format(name=name, number=number) for name, number in zip(NAMES, IDS, strict=True)]
    reading = attendance(header, *cells)
    assert texts(reading, "name") == NAMES
    assert texts(reading, "person_id") == IDS
    assert {one.made for one in reading.columns if one.letter == "A"} == {"made-split"}
    assert {one.column for one in reading.columns if one.header == header} == {"name", "person_id"}
    assert codes(reading) == []


def test_a_cell_that_does_not_come_apart_stands_whole_in_both_and_is_told() -> None:
    two = f"张三{IDS[0]}李四{IDS[1]}"
    reading = attendance("姓名/身份证号", f"张三/{IDS[0]}", f"李四/{IDS[1]}", two, "王某某")
    assert texts(reading, "person_id") == [IDS[0], IDS[1], two, None]
    assert texts(reading, "name") == ["张三", "李四", two, "王某某"]
    (problem,) = [problem for problem in reading.problems if problem.code == "cells-unsplit"]
    assert (str(problem.where), problem.args["rows"]) == ("公益性岗位考勤表.xlsx[Sheet1]!A4", 1)


def test_where_hardly_a_cell_comes_apart_the_header_meant_one_value() -> None:
    reading = attendance("姓名（身份证号）", *NAMES)
    assert texts(reading, "name") == NAMES
    assert column(reading, "name").made == ""
    assert "person_id" not in {one.column for one in reading.columns}
    assert "column-missing" in codes(reading)


def test_composed_columns_alone_tell_what_the_ledger_is() -> None:
    rows = [
        ["姓名、身份证号码", "收押日期", "", "", "刑满日期", "", ""],
        ["", "年", "月", "日", "年", "月", "日"],
        [f"张三{IDS[0]}", "2022", "2", "11", "", "", ""],
    ]
    reading = read(rows)
    assert reading.ledger == "custody"
    assert (texts(reading, "from_on"), texts(reading, "to_on")) == (["2022年2月11日"], [None])


def test_the_number_beside_somebody_elses_name_is_not_the_persons() -> None:
    reading = read(posts([f"王五/{IDS[2]}"], header=["经办人/联系电话"])[:2])
    assert {"approver", "phone"}.isdisjoint(one.column for one in reading.columns)
    rows = [["统一社会信用代码", "企业名称", "法定代表人及身份证号", "成立日期", "登记状态"]]
    rows += [["91500299MA12345678", "清溪服装厂", f"张三{IDS[0]}", "2020-01-01", "存续"]]
    reading = read(rows)
    assert (texts(reading, "owner"), texts(reading, "owner_id")) == (["张三"], [IDS[0]])


def test_a_column_of_its_own_goes_before_one_half_of_a_cell() -> None:
    rows = [["姓名（身份证号）", "身份证号", *ATTENDANCE], [f"张三（{IDS[0]}）", IDS[0], "2022-01", "22"]]
    reading = read(rows, file="公益性岗位考勤表.xlsx")
    assert {one.column: one.letter for one in reading.columns if one.letter in "AB"} == {"name": "A", "person_id": "B"}
    assert texts(reading, "name") == ["张三"]


def test_a_bank_and_an_account() -> None:
    rows = posts(
        ["农商行 6217000012345678901"],
        ["云山农商行城关支行6217000012345678902"],
        ["6217000012345678903 工行"],
        header=["开户行及账号"],
    )
    reading = read(rows)
    assert texts(reading, "account_no") == ["6217000012345678901", "6217000012345678902", "6217000012345678903"]


def test_a_bank_alone_is_no_account_and_stays_to_be_told() -> None:
    reading = read(
        posts(["农商行 6217000012345678901"], ["农商行 6217000012345678902"], ["现金"], header=["开户行及账号"])
    )
    assert texts(reading, "account_no")[2] == "现金"
    assert "cells-unsplit" in codes(reading)


@pytest.mark.parametrize(
    ("cell", "township", "village"),
    [
        ("清溪镇清星村", "清溪镇", "清星村"),
        ("清溪镇/清星村", "清溪镇", "清星村"),
        ("石岭街道新桥社区", "石岭街道", "新桥社区"),
        ("清溪镇镇江村", "清溪镇镇江村", "清溪镇镇江村"),  # 清溪镇 镇江村 or 清溪镇镇 江村
        ("清溪镇", "清溪镇", "清溪镇"),
    ],
)
def test_township_and_village_in_one_cell(cell: str, township: str, village: str) -> None:
    reading = read(posts(["柳坝乡红星村"], ["柳坝乡红岩村"], [cell], header=["乡镇村"]))
    assert (texts(reading, "township")[2], texts(reading, "village")[2]) == (township, village)
    assert ("cells-unsplit" in codes(reading)) == (township == village)


def test_headers_with_words_between_that_join_nothing_stay_whole() -> None:
    reading = read(posts(["之子"], header=["与户主关系"]))
    assert "与户主关系" in [one.header for one in reading.unknown]
    reading = read(posts(["全日制"], header=["全日制/非全日制"]))
    assert column(reading, "work_time").made == ""


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([f"张三/{IDS[0]}", "张三", IDS[1], f"李四 {IDS[1]}", "x", "", "张三500", f"{IDS[0]}{IDS[1]}"]),
        min_size=1,
        max_size=9,
    )
)
def test_no_filled_cell_is_lost(cells: list[str]) -> None:
    reading = attendance("姓名/身份证号", f"张三/{IDS[0]}", *cells)
    if {"name", "person_id"} <= {one.column for one in reading.columns}:
        for cell, name, number in zip(cells, texts(reading, "name")[1:], texts(reading, "person_id")[1:], strict=True):
            assert bool(cell) == bool(name or number)
            assert set(cell) - set(" /") <= set((name or "") + (number or ""))
