"""Headers of two and three levels: each column is matched by what its levels say together, never by guess."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets import grid, only, source

from auditor.intake import Band, SheetReading
from auditor.intake.sheets.columns import assign
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.phrases import side_of
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Merge = tuple[int, int, int, int]
ID, OTHER = "500299197503121231", "500299198001011239"
POST = ["1", "张三", ID, "保洁员", "清溪镇", "2022-01-01", "2021-12-01", "2021-12-08", "600"]
UPPER = ["序号", "姓名", "身份证号", "岗位名称", "用人单位", "上岗时间", "公示时间", "", "月工资标准"]
LOWER = ["", "", "", "", "", "", "起", "止", ""]
MERGES: list[Merge] = [*((1, i, 2, i) for i in (1, 2, 3, 4, 5, 6, 9)), (1, 7, 1, 8)]


def read(rows: Sequence[Sequence[str]], file: str = "台账.xlsx", merges: Sequence[Merge] = ()) -> SheetReading:
    return only(read_sheet(source(file), grid(rows, merges=tuple(merges)), default_catalogue()))


def mapping(reading: SheetReading) -> dict[str, str]:
    return {one.column: one.header for one in reading.columns}


def unknown(reading: SheetReading) -> list[str]:
    return [one.header for one in reading.unknown]


def codes(reading: SheetReading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize("merges", [MERGES, MERGES[-1:], MERGES[:-1], []], ids=["all", "across", "down", "none"])
def test_a_leaf_is_read_with_its_parent_whoever_merged_what(merges: list[Merge]) -> None:
    reading = read([UPPER, LOWER, POST], merges=merges)
    assert reading.header == (0, 2)
    assert mapping(reading)["notice_start"] == "公示时间/起"
    assert mapping(reading)["notice_end"] == "公示时间/止"
    assert mapping(reading)["hired_on"] == "上岗时间"
    assert unknown(reading) == ["序号"]
    assert [Band(band) for band in reading.bands] == [Band.HEADER, Band.HEADER, Band.READ]
    assert all(one.confidence == 1 for one in reading.columns)


@pytest.mark.parametrize("start", ["起", "开始", "起始日期", "自", "开始\n时间", "*起", "开始（年月日）"])
@pytest.mark.parametrize("end", ["止", "结束", "截止日期", "至", "终止时间"])
def test_the_words_for_both_ends_are_many(start: str, end: str) -> None:
    lower = [*LOWER[:6], start, end, ""]
    assert {"notice_start", "notice_end"} <= set(mapping(read([UPPER, lower, POST])))


@pytest.mark.parametrize("parent", ["公示", "公示时间", "公示期", "公示起止时间", "公示日期（5个工作日）", "公示情况"])
def test_the_parent_may_be_worded_in_many_ways(parent: str) -> None:
    upper = [*UPPER[:6], parent, "", UPPER[8]]
    assert {"notice_start", "notice_end"} <= set(mapping(read([upper, LOWER, POST])))


@pytest.mark.parametrize("parent", ["协议", "协议期限", "聘用期限", "合同起止时间", "劳动合同期限"])
def test_the_term_of_an_agreement(parent: str) -> None:
    upper = [*UPPER[:6], parent, "", UPPER[8]]
    assert {"agreement_start", "agreement_end"} <= set(mapping(read([upper, LOWER, POST])))


def test_a_parent_that_no_ledger_knows_joins_with_nothing() -> None:
    reading = read([[*UPPER[:6], "培训时间", "", UPPER[8]], LOWER, POST])
    assert {"notice_start", "notice_end", "agreement_start"}.isdisjoint(mapping(reading))
    assert unknown(reading) == ["序号", "培训时间/起", "培训时间/止"]


def test_both_ends_in_one_word_are_neither() -> None:
    assert side_of("公示起止") is None
    assert side_of("公示起止时间") is None
    assert side_of("公示开始日期") == side_of("公示起") == ("公示", "起")
    assert side_of("聘用期限止") == ("聘用", "止")
    assert side_of("有效期至") == side_of("截止日期") == ("", "止")
    assert side_of("上岗时间") is None


def test_the_number_of_the_head_of_household_is_not_the_persons_own() -> None:
    reading = read(
        [
            ["户主", "", "本人", "", "户编号", "劳动能力", "是否务工"],
            ["姓名", "身份证号", "姓名", "身份证号", "", "", ""],
            ["王五", OTHER, "张三", ID, "0012", "普通劳动力", "是"],
        ],
        "花名册.xlsx",
    )
    assert mapping(reading)["person_id"] == "本人/身份证号"
    assert mapping(reading)["name"] == "本人/姓名"
    assert unknown(reading) == ["户主/姓名", "户主/身份证号"]
    assert [one.nearest for one in reading.unknown] == [None, None]  # nobody is told to take it for the person's own


@pytest.mark.parametrize("who", ["户主", "代领人", "联系人", "监护人", "近亲属", "负责人", "担保人", "村干部", "乙方"])
def test_a_number_under_somebody_else_is_left_and_said(who: str) -> None:
    reading = read(
        [
            [who, "", "发放月份", "发放金额", "银行账号", "发放日期"],
            ["姓名", "身份证号", "", "", "", ""],
            ["张三", ID, "2022-01", "600", "6217000012345678901", "2022-02-01"],
        ],
        "公益性岗位补贴（工资）发放表.xlsx",
    )
    assert reading.ledger == "payroll"
    assert {"person_id", "name"}.isdisjoint(mapping(reading))
    missing = {problem.args["column"] for problem in reading.problems if problem.code == "column-missing"}
    assert {"person_id", "name"} <= missing
    assert unknown(reading)[:2] == [f"{who}/姓名", f"{who}/身份证号"]


def test_where_the_ledger_knows_the_other_person_it_is_theirs() -> None:
    reading = read(
        [
            ["统一社会信用代码", "企业名称", "法定代表人", "", "成立日期", "登记状态"],
            ["", "", "姓名", "身份证号", "", ""],
            ["91500299MA12345678", "清溪服装厂", "张三", ID, "2020-01-01", "存续"],
        ]
    )
    assert reading.ledger == "businesses"
    assert mapping(reading)["owner"] == "法定代表人/姓名"
    assert mapping(reading)["owner_id"] == "法定代表人/身份证号"


PAY = ["姓名", "身份证号", "发放月份", "补贴金额", "", "银行账号", "发放日期"]
PAID = ["张三", ID, "2022-10", "600", "580", "6217000012345678901", "2022-11-05"]


def test_the_words_of_leaf_and_parent_may_stand_in_either_order() -> None:
    reading = read([PAY, ["", "", "", "应发", "实发", "", ""], PAID])
    assert mapping(reading)["amount"] == "补贴金额/实发"
    assert codes(reading) == ["header-twice"]


def test_leaves_that_mean_one_column_under_different_parents_are_left_to_people() -> None:
    upper = [*PAY[:3], "岗位补贴", "社保补贴", *PAY[5:]]
    reading = read([upper, ["", "", "", "金额", "金额", "", ""], PAID], "公益性岗位补贴（工资）发放表.xlsx")
    assert "amount" not in mapping(reading)
    (problem,) = [problem for problem in reading.problems if problem.code == "header-contested"]
    assert problem.args["headers"] == "岗位补贴/金额（D）、社保补贴/金额（E）"
    assert str(problem.where) == "公益性岗位补贴（工资）发放表.xlsx[Sheet1]!D1"
    assert "column-missing" in codes(reading)


def test_what_a_person_settles_is_contested_no_more() -> None:
    leaves, parents = ["姓名", "身份证号", "金额", "金额"], {2: ("岗位补贴",), 3: ("社保补贴",)}
    index = HeaderIndex(default_catalogue())
    assert assign(leaves, "payroll", index, above=parents).contested == {"amount": (2, 3)}
    settled = assign(leaves, "payroll", index, {2: "amount"}, parents)
    assert (settled.columns[2], settled.contested, settled.twice) == ("amount", {}, {3: ("amount", 2)})


@pytest.mark.parametrize("parent", ["上年度补贴", "拟发放", "追回资金"])
def test_a_leaf_of_another_time_is_not_the_rows_own(parent: str) -> None:
    reading = read(
        [[*PAY[:3], parent, "", *PAY[5:]], ["", "", "", "金额", "人数", "", ""], PAID],
        "公益性岗位补贴（工资）发放表.xlsx",
    )
    assert "amount" not in mapping(reading)


def test_a_leaf_under_a_parent_that_says_something_else_is_less_sure() -> None:
    reading = read([[*PAY[:3], "岗位开发", "", *PAY[5:]], ["", "", "", "金额", "人数", "", ""], PAID])
    assert {one.header: one.confidence for one in reading.columns if one.confidence < 1} == {"岗位开发/金额": 0.8}


def test_units_in_a_level_of_their_own_say_nothing_else() -> None:
    rows = [PAY[:4] + PAY[5:], ["", "", "", "（元）", "", ""], PAID[:4] + PAID[5:]]
    merges = [(1, i, 2, i) for i in (1, 2, 3, 5, 6)]
    reading = read(rows, merges=merges)
    assert mapping(reading)["amount"] == "补贴金额/（元）"
    assert reading.header == (0, 2)


def test_a_count_of_months_in_a_level_of_its_own_is_no_date() -> None:
    rows = [
        ["台账方", "身份证号", "姓名", "就业单位", "务工时间", "就业时间"],
        ["", "", "", "", "（月）", ""],
        ["人社", ID, "张三", "山东某公司", "7", "2022-02-01"],
    ]
    reading = read(rows, merges=[(1, i, 2, i) for i in (1, 2, 3, 4, 6)])
    assert mapping(reading)["started_on"] == "就业时间"
    assert unknown(reading) == ["务工时间/（月）"]


BANNER = ["基本情况", "", "", "岗位情况", "", "", ""]
NAMES = ["姓名", "身份证号", "民族", "岗位名称", "用人单位", "上岗时间", "月工资标准"]
CELLS = ["张三", ID, "汉", "保洁员", "清溪镇", "2022-01-05", "600"]


def test_headings_of_groups_over_the_whole_header_do_no_harm() -> None:
    reading = read([["公益性岗位人员台账"], BANNER, NAMES, CELLS], merges=[(1, 1, 1, 7), (2, 1, 2, 3), (2, 4, 2, 7)])
    assert reading.header == (1, 3)
    assert mapping(reading)["hired_on"] == "岗位情况/上岗时间"
    assert [Band(band) for band in reading.bands] == [Band.TITLE, Band.HEADER, Band.HEADER, Band.READ]


def test_lines_above_the_header_stay_what_they_are() -> None:
    lines = ["清溪镇", "", "", "2022年10月", "", "", ""]
    merges = [(1, 1, 1, 3), (1, 4, 1, 7)]
    rows = [lines, ["姓名", "身份证号", "发放金额", "银行账号", "发放日期", "村", "用人单位"]]
    rows.append(["张三", ID, "600", "6217000012345678901", "2022-11-05", "清星村", "清溪镇"])
    reading = read(rows, merges=merges)
    assert reading.header == (1, 2)
    assert reading.context["month"].text == "2022-10"


def test_a_row_that_numbers_the_columns_belongs_to_the_header() -> None:
    plain, stems = ["1", "2", "3", "4", "5", "6", "7"], ["甲", "乙", "1", "2", "3", "4", "5=3×4"]
    for numbers in (plain, stems, ["栏次", "（1）", "（2）", "（3）", "（4）", "（5）", "（6）"]):
        reading = read([NAMES, numbers, CELLS])
        assert reading.header == (0, 2)
        assert reading.count(Band.READ) == 1
        assert mapping(reading)["name"] == "姓名"


def test_three_levels() -> None:
    reading = read(
        [
            ["姓名", "身份证号", "岗位情况", "", "", "", "", ""],
            ["", "", "岗位名称", "用人单位", "上岗时间", "协议", "", "月工资标准"],
            ["", "", "", "", "", "起", "止", ""],
            ["张三", ID, "保洁员", "清溪镇", "2022-01-05", "2022-01-01", "2022-12-31", "600"],
        ],
        merges=[(1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 8), (2, 6, 2, 7)],
    )
    assert reading.header == (0, 3)
    assert mapping(reading)["agreement_start"] == "岗位情况/协议/起"
    assert mapping(reading)["agreement_end"] == "岗位情况/协议/止"
    assert mapping(reading)["hired_on"] == "岗位情况/上岗时间"


def test_a_header_of_two_levels_repeated_at_a_page_break_is_a_header_again() -> None:
    reading = read([UPPER, LOWER, POST, UPPER, LOWER, ["2", "李四", OTHER, *POST[3:]]])
    bands = [Band(band).name for band in reading.bands]
    assert bands == ["HEADER", "HEADER", "READ", "HEADER", "HEADER", "READ"]


def test_a_first_row_of_data_is_no_level_of_the_header() -> None:
    rows = [["姓名", "身份证号", "发放月份", "发放金额", "银行账号", "发放日期", "备注", ""]]
    rows.append(["张三", ID, "2022-01", "600", "6217000012345678901", "2022-02-01", "已核", "属实"])
    assert read(rows).header == (0, 1)


def test_columns_under_one_merged_header_of_one_level_have_one_header() -> None:
    rows = [[*NAMES[:6], "月工资标准", ""], [*CELLS, "说明"]]
    reading = read(rows, merges=[(1, 7, 1, 8)])
    assert mapping(reading)["monthly_wage"] == "月工资标准"
    assert codes(reading) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(["公示", "户主", "起", "止", "姓名", "身份证号", "1", ID, "情况", ""]), max_size=40))
def test_whatever_stands_in_the_first_rows_every_row_has_one_band(cells: list[str]) -> None:
    rows = [cells[i : i + 5] for i in range(0, len(cells), 5)]
    for reading in read_sheet(source(), grid([*rows, NAMES, CELLS]), default_catalogue()):
        first, last = reading.header
        assert 0 <= first <= last <= reading.raw.row_count
        assert len(reading.bands) == reading.raw.row_count
        assert len({one.column for one in reading.columns}) == len(reading.columns)
