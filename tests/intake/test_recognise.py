"""A sheet is taken for what it is, or for nothing."""

from __future__ import annotations

import pytest
from tests.sheets import grid, only, sheet

from auditor.errors import Gravity, Problem, Where
from auditor.intake import Band, SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.messages import TEXTS

PAYROLL = "身份证号 | 姓名 | 发放月份 | 发放金额 | 银行账号 | 发放日期"
ROW = "500299199001011234 | 张三 | 2022-01 | 600 | 6222020008979882746 | 2022-02-01"


def mapping(reading: SheetReading) -> dict[str, str]:
    return {column.letter: column.column for column in reading.columns}


def codes(reading: SheetReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_title_unit_lines_and_a_serial_column_are_no_hindrance() -> None:
    reading = sheet(f"""
        云山县2022年1月补贴明细
        填报单位：云山县人力资源和社会保障局 |  | 单位：元
        序号 | {PAYROLL} | 民族
        1 | {ROW} | 汉族
    """)
    assert reading.ledger == "payroll"
    assert reading.header == (2, 3)
    assert mapping(reading) == dict(
        zip("BCDEFG", ["person_id", "name", "month", "amount", "account_no", "paid_on"], strict=True)
    )
    assert [(column.letter, column.header) for column in reading.unknown] == [("A", "序号"), ("H", "民族")]
    assert codes(reading) == []


def test_headers_are_read_without_stars_breaks_width_and_units() -> None:
    rows = [
        ["*身份证号", " 姓 名 ", "发放\n月份", "发放金额\n（元）", "银行账号(社保卡)", "发放日期："],
        ROW.split(" | "),
    ]
    reading = only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), grid(rows), default_catalogue()))
    assert reading.ledger == "payroll"
    # What stands in brackets and is no unit, is a small doubt.
    assert {column.letter: column.confidence for column in reading.columns if column.confidence < 1} == {"E": 0.95}
    assert len(reading.columns) == 6


def test_what_stands_in_brackets_is_weighed_before_it_is_dropped() -> None:
    reading = sheet("""
        身份证号 | 姓名 | 户编号 | 劳动能力 | 是否务工 | 务工时间（月） | 村（社区） | 乡镇（街道）
        500299199001011234 | 张三 | 1 | 弱劳动力 | 是 | 7 | 清星村 | 兴隆镇
    """)
    assert mapping(reading)["F"] == "work_months"
    assert (mapping(reading)["G"], mapping(reading)["H"]) == ("village", "township")


def test_a_date_column_does_not_take_a_header_that_counts_months() -> None:
    reading = sheet("""
        台账方 | 身份证号 | 姓名 | 就业单位 | 务工时间（月） | 就业时间
        人社 | 500299199001011234 | 张三 | 山东某公司 | 7 | 2022-02-01
    """)
    assert reading.ledger == "labour_cooperation"
    assert mapping(reading)["F"] == "started_on"
    assert "E" not in mapping(reading)


def test_a_near_miss_is_not_mapped_and_names_its_neighbour() -> None:
    reading = sheet(
        f"""
        {PAYROLL.replace("发放日期", "发放日其")}
        {ROW}
    """,
        file="公益性岗位补贴发放表.xlsx",
    )
    assert "F" not in mapping(reading)
    assert [(column.header, column.nearest) for column in reading.unknown] == [("发放日其", "发放日期")]
    missing = [problem for problem in reading.problems if problem.code == "column-missing"]
    assert [problem.args["column"] for problem in missing] == ["paid_on"]
    assert missing[0].where == Where("公益性岗位补贴发放表.xlsx", "Sheet1")
    assert missing[0].gravity is Gravity.WARNING


def test_of_two_columns_for_one_the_canonical_wins_and_it_is_said() -> None:
    reading = sheet(f"""
        应发金额 | {PAYROLL}
        700 | {ROW}
    """)
    assert mapping(reading)["E"] == "amount"
    assert "A" not in mapping(reading)
    twice = Problem(
        "header-twice",
        Where("台账.xlsx", "Sheet1", 1, "A"),
        {"column": "发放金额", "header": "应发金额", "kept": "E"},
        Gravity.WARNING,
    )
    assert reading.problems == (twice,)


def test_two_columns_with_one_header_keep_the_first() -> None:
    reading = sheet(f"""
        {PAYROLL} | 发放金额
        {ROW} | 700
    """)
    assert mapping(reading)["D"] == "amount"
    assert [problem.where.column for problem in reading.problems if isinstance(problem.where, Where)] == ["G"]


def test_extra_headers_of_the_profile_are_accepted() -> None:
    rows = [[*PAYROLL.replace("发放金额", "本月打卡数").split(" | ")], ROW.split(" | ")]
    source = SourceFile("a.xlsx", 1, "", "workbook")
    reading = only(read_sheet(source, grid(rows), default_catalogue(), {"payroll": {"amount": ("本月打卡数",)}}))
    assert mapping(reading)["D"] == "amount"
    assert codes(reading) == []


def test_the_names_decide_where_the_headers_do_not() -> None:
    text = """
        身份证号 | 姓名 | 起始日期 | 终止日期
        500299199001011234 | 张三 | 2015-07-01 |
    """
    assert sheet(text, file="财政供养人员名单.xlsx").ledger == "fiscal_payroll"
    assert sheet(text, file="就业登记明细.xlsx").ledger == "employment"


def test_a_name_alone_makes_no_ledger() -> None:
    reading = sheet(
        "物资名称 | 规格型号 | 数量\n扫帚 | 标准 | 3", file="公益性岗位考勤表.xlsx", name="公益性岗位考勤表"
    )
    assert reading.ledger is None


def test_a_name_against_the_headers_decides_nothing() -> None:
    text = (
        "身份证号 | 姓名 | 所属月份 | 发放金额 | 账号\n500299199001011234 | 张三 | 2022-01 | 300 | 6222020008979882746"
    )
    assert sheet(text).ledger == "insurance_subsidy"
    assert sheet(text, file="公益性岗位考勤表.xlsx").ledger is None


def test_two_kinds_too_near_each_other_are_left_to_people() -> None:
    reading = sheet("身份证号 | 姓名 | 银行账号 | 实发工资\n500299199001011234 | 张三 | 6222020008979882746 | 600")
    assert reading.ledger is None
    (problem,) = reading.problems
    assert problem.code == "sheet-between-kinds"
    assert {problem.args["first_id"], problem.args["second_id"]} == {"payroll", "workshop_payroll"}
    assert problem.gravity is Gravity.ERROR
    assert "帮扶车间工资发放表" in str(problem.args["candidates"])
    assert {ledger for ledger, _ in reading.candidates} >= {"payroll", "workshop_payroll"}


@pytest.mark.parametrize(
    "text",
    [
        "物资采购清单\n物资名称 | 规格型号 | 数量 | 单价 | 领用部门\n扫帚 | 标准 | 3 | 12.5 | 综合科",
        "车辆使用登记\n车牌号 | 出车事由 | 出发里程 | 返回里程 | 驾驶员签名栏\n渝F00000 | 走访 | 1000 | 1060 | 张师傅",
        "会议议程\n时段 | 议题 | 汇报科室 | 会场\n9:00 | 帮扶攻坚调度 | 就业科 | 三楼会议室",
        "通讯录\n姓名 | 职务 | 联系电话 | 乡镇\n张三 | 主任 | 13800000000 | 兴隆镇",
        "值班表\n日期 | 姓名 | 联系电话 | 备注\n2022-01-01 | 张三 | 13800000000 |",
        "物资领用\n物品 | 数量 | 金额 | 领取人 | 签字 | 备注\n口罩 | 3 | 20 | 张三 | 张三 |",
        "会议签到册\n姓名 | 单位名称 | 联系电话 | 签名\n张三 | 云山县人民政府 | 13800000000 |",
        "体检名单\n姓名 | 身份证号 | 性别 | 联系电话\n张三 | 500299199001011234 | 男 | 13800000000",
    ],
)
def test_sheets_of_other_matters_are_no_ledgers(text: str) -> None:
    reading = sheet(text, file="就业帮扶工作其他资料.xlsx", name="Sheet3")
    assert reading.ledger is None
    assert codes(reading) == ["sheet-not-recognised"]
    assert set(reading.bands) == {Band.UNUSED}
    assert reading.columns == ()


def test_an_empty_sheet_is_only_noted() -> None:
    for rows in ([], [[None, None], [None]], [["  ", "\u3000"]]):
        reading = only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), grid(rows), default_catalogue()))
        assert reading.ledger is None
        assert [(problem.code, problem.gravity) for problem in reading.problems] == [("sheet-empty", Gravity.NOTE)]
        assert reading.count(Band.BLANK) == len(rows)


def test_a_template_without_rows_is_recognised() -> None:
    reading = sheet(PAYROLL)
    assert reading.ledger == "payroll"
    assert reading.count(Band.READ) == 0


def test_places_count_from_where_the_grid_begins() -> None:
    raw = grid([row.split(" | ") for row in (PAYROLL, ROW)])
    shifted = type(raw)("Sheet1", 4, 3, raw.columns, raw.row_count)
    reading = only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), shifted, default_catalogue()))
    assert [column.letter for column in reading.columns] == list("CDEFGH")
    assert reading.where(1, 0) == Where("a.xlsx", "Sheet1", 5, "C")


def test_a_header_merged_downwards_takes_its_rows() -> None:
    raw = grid([[*PAYROLL.split(" | ")], [None] * 6, ROW.split(" | ")], merges=((1, 1, 2, 1), (1, 2, 2, 2)))
    reading = only(read_sheet(SourceFile("a.xlsx", 1, "", "workbook"), raw, default_catalogue()))
    assert reading.header == (0, 2)
    assert reading.count(Band.READ) == 1


def test_wide_sheets_of_long_cells_are_survived() -> None:
    rows = [
        ["甲" * 20_000 + str(i) for i in range(200)],
        ["（" * 5_000 for _ in range(200)],
        ["年月" * 5_000 for _ in range(200)],
    ]
    reading = only(read_sheet(SourceFile("年" * 200 + ".xlsx", 1, "", "workbook"), grid(rows), default_catalogue()))
    assert reading.ledger is None


def test_every_code_has_its_text() -> None:
    for code in (
        "sheet-empty",
        "sheet-not-recognised",
        "column-missing",
        "header-twice",
        "context-contradicts",
        "row-without-values",
    ):
        assert all(TEXTS[code])
