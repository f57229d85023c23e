"""Values that stand once for all rows: where they are found, and what is not mistaken for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, only

from auditor.errors import Where
from auditor.intake import SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

ATTENDANCE = ["身份证号", "姓名", "出勤天数"]
POSTS = ["岗位类型", "用人单位", "身份证号", "姓名", "上岗时间", "月工资标准"]
WORKERS = ["身份证号", "姓名", "入职时间", "是否脱贫人口", "月工资"]
PARTIES = ["身份证号", "姓名", "就业单位", "就业时间", "帮扶方式"]
FILE = "附件.xlsx"


def read(headers: list[str], above: Sequence[Sequence[object]], name: str | None, file: str) -> SheetReading:
    rows: list[Sequence[object]] = [*above, headers, ["1"] * len(headers)]
    return only(read_sheet(SourceFile(file, 1, "", "workbook"), grid(rows, name=name), default_catalogue()))


def value(reading: SheetReading, column: str) -> tuple[str, str] | None:
    found = reading.context.get(column)
    return None if found is None else (found.text, found.origin)


@pytest.mark.parametrize(
    ("above", "name", "file", "expected"),
    [
        ("云山县2022年1月公益性岗位考勤表", "Sheet1", FILE, ("2022-01", "title")),
        ("云山县2022年12月份公益性岗位考勤表", "Sheet1", FILE, ("2022-12", "title")),
        ("云山县二〇二二年三月公益性岗位考勤表", "Sheet1", FILE, ("2022-03", "title")),
        ("公益性岗位考勤表（2022.03）", "Sheet1", FILE, ("2022-03", "title")),
        ("公益性岗位考勤表 2022 年 3 月", "Sheet1", FILE, ("2022-03", "title")),
        ("公益性岗位考勤表（２０２２年３月）", "Sheet1", FILE, ("2022-03", "title")),
        ("月份：2022年3月", "Sheet1", FILE, ("2022-03", "title")),
        ("单位：清星村    考勤月份：2022-03    单位：天", "Sheet1", FILE, ("2022-03", "title")),
        ("公益性岗位考勤表", "2022年3月", FILE, ("2022-03", "sheet")),
        ("公益性岗位考勤表", "202203", FILE, ("2022-03", "sheet")),
        ("公益性岗位考勤表", "2022-03", FILE, ("2022-03", "sheet")),
        ("公益性岗位考勤表", "3月 (2)", "2022年考勤.xlsx", ("2022-03", "sheet")),
        ("云山县2022年公益性岗位考勤表", "3月", FILE, ("2022-03", "sheet")),
        ("公益性岗位考勤表", "Sheet1", "2022年3月考勤.xlsx", ("2022-03", "file")),
        ("公益性岗位考勤表", "Sheet1", "考勤表202203.xlsx", ("2022-03", "file")),
        ("公益性岗位考勤表", "Sheet1", "2022年/3月/兴隆镇.xlsx", ("2022-03", "file")),
        ("2022年公益性岗位考勤表", "Sheet1", "公岗考勤（3月）.xls", ("2022-03", "file")),
        # traps
        ("公益性岗位考勤表", "3月", FILE, None),
        ("云山县2022年第一季度公益性岗位考勤表", "Sheet1", FILE, None),
        ("云山县2022年1-3月公益性岗位考勤表", "Sheet1", FILE, None),
        ("云山县2022年1月至3月公益性岗位考勤表", "Sheet1", FILE, None),
        ("云山县2022年上半年公益性岗位考勤表", "Sheet1", FILE, None),
        ("填报日期：2022年3月5日", "Sheet1", FILE, None),
        ("填报日期：2022-03", "Sheet1", FILE, None),
        ("制表日期：2022年3月", "Sheet1", FILE, None),
        ("公益性岗位考勤表 2022年3月5日", "Sheet1", FILE, None),
        ("公益性岗位考勤表", "Sheet1", "考勤表20220305.xlsx", None),
        ("公益性岗位考勤表（服务期12个月）", "Sheet1", "2022年考勤.xlsx", None),
        ("单位：元", "Sheet1", FILE, None),
    ],
)
def test_month(above: str, name: str, file: str, expected: tuple[str, str] | None) -> None:
    reading = read(ATTENDANCE, [["公益性岗位考勤表"], [above]], name, file)
    assert reading.ledger == "attendance"
    assert value(reading, "month") == expected
    assert ("column-missing" in {problem.code for problem in reading.problems}) is (expected is None)


@pytest.mark.parametrize(
    ("above", "name", "file", "expected"),
    [
        ("云山县兴隆镇公益性岗位人员台账", "Sheet1", FILE, ("兴隆镇", "title")),
        ("重庆市云山县永乐乡公益性岗位人员台账", "Sheet1", FILE, ("永乐乡", "title")),
        ("云山县月池镇公益性岗位人员台账", "Sheet1", FILE, ("月池镇", "title")),
        ("云山县2022年龙潭街道公益性岗位人员台账", "Sheet1", FILE, ("龙潭街道", "title")),
        ("某某土家族苗族自治县后溪土家族乡公益性岗位人员台账", "Sheet1", FILE, ("后溪土家族乡", "title")),
        ("乡镇：兴隆镇", "Sheet1", FILE, ("兴隆镇", "title")),
        ("乡镇（街道）：龙潭街道    单位：元", "Sheet1", FILE, ("龙潭街道", "title")),
        ("公益性岗位人员台账", "兴隆镇", FILE, ("兴隆镇", "sheet")),
        ("公益性岗位人员台账", "Sheet1", "兴隆镇-公益性岗位人员台账.xlsx", ("兴隆镇", "file")),
        ("公益性岗位人员台账", "Sheet1", "兴隆镇/公岗.xlsx", ("兴隆镇", "file")),
        ("填报单位：兴隆镇人民政府        填报日期：2022年12月30日", "Sheet1", FILE, ("兴隆镇", "title")),
        ("填报单位：龙潭街道办事处", "永乐乡", FILE, ("永乐乡", "sheet")),
        # traps
        ("云山县公益性岗位人员台账", "Sheet1", FILE, None),
        ("云山县返乡人员公益性岗位人员台账", "Sheet1", FILE, None),
        ("云山县各乡镇公益性岗位人员台账", "Sheet1", FILE, None),
        ("填报单位：云山县乡村振兴局", "Sheet1", FILE, None),
        ("填报单位：云山县人力资源和社会保障局", "Sheet1", FILE, None),
        ("兴隆镇、双河镇公益性岗位人员台账", "Sheet1", FILE, None),
        ("云山县城镇公益性岗位人员台账", "Sheet1", FILE, None),
        ("云山县柳坝乡村（社区）公益性岗位人员台账", "Sheet1", FILE, ("柳坝乡", "title")),
        ("云山县乡村（社区）公益性岗位人员台账", "Sheet1", FILE, None),
        ("云山县美丽乡村（社区）公益性岗位人员台账", "Sheet1", FILE, None),
    ],
)
def test_township(above: str, name: str, file: str, expected: tuple[str, str] | None) -> None:
    reading = read(POSTS, [[above]], name, file)
    assert reading.ledger == "posts"
    assert value(reading, "township") == expected


@pytest.mark.parametrize(
    ("above", "name", "expected"),
    [
        ("清星村2022年11月公益性岗位考勤表", "Sheet1", ("清星村", "title")),
        ("云山县兴隆镇清星村2022年11月公益性岗位考勤表", "Sheet1", ("清星村", "title")),
        ("高冲社区公益性岗位考勤表", "Sheet1", ("高冲社区", "title")),
        ("村：清星村", "Sheet1", ("清星村", "title")),
        ("村（社区）：高冲社区", "Sheet1", ("高冲社区", "title")),
        ("公益性岗位考勤表", "清星村", ("清星村", "sheet")),
        ("云山县乡村公益性岗位考勤表", "Sheet1", None),
        ("云山县脱贫村公益性岗位考勤表", "Sheet1", None),
        ("云山县村（社区）公益性岗位考勤表", "Sheet1", None),
        ("云山县2022年村（社区）公益性岗位考勤表", "Sheet1", None),
        ("云山县清星村2022年村（社区）公益性岗位考勤表", "Sheet1", ("清星村", "title")),
        ("2022年10月明月村公益性岗位考勤表", "Sheet1", ("明月村", "title")),
        ("云山县农村公路养护员公益性岗位考勤表", "Sheet1", None),
    ],
)
def test_village(above: str, name: str, expected: tuple[str, str] | None) -> None:
    reading = read(ATTENDANCE, [["公益性岗位考勤表"], [above]], name, FILE)
    assert value(reading, "village") == expected


@pytest.mark.parametrize(
    ("above", "name", "workshop", "number"),
    [
        ("云山县帮扶车间吸纳就业人员花名册（上星手工刺绣就业帮扶车间）", "Sheet1", "上星手工刺绣就业帮扶车间", None),
        ("帮扶车间吸纳就业人员花名册", "上星竹编就业帮扶车间", "上星竹编就业帮扶车间", None),
        ("车间名称：上星竹编就业帮扶车间    车间编号：CJ0001", "Sheet1", "上星竹编就业帮扶车间", "CJ0001"),
        ("云山县帮扶车间吸纳就业人员花名册", "就业帮扶车间", None, None),
        ("兴隆镇帮扶车间吸纳就业人员花名册", "CJ0002", None, "CJ0002"),
        ("兴隆镇帮扶车间吸纳就业人员花名册", "巧手竹编合作社-CJ0002", "巧手竹编合作社", "CJ0002"),
        ("兴隆镇帮扶车间吸纳就业人员花名册", "兴隆镇名册_v12", None, None),
    ],
)
def test_workshop(above: str, name: str, workshop: str | None, number: str | None) -> None:
    reading = read(WORKERS, [["帮扶车间吸纳就业人员花名册"], [above]], name, FILE)
    assert reading.ledger == "workshop_workers"
    found = {column: context.text for column, context in reading.context.items()}
    assert (found.get("workshop"), found.get("workshop_id")) == (workshop, number)


@pytest.mark.parametrize(
    ("above", "name", "file", "expected"),
    [
        ("云山县鲁渝劳务协作台账（人社）", "Sheet1", FILE, "人社"),
        ("云山县鲁渝劳务协作台账（乡村振兴局）", "Sheet1", FILE, "乡村振兴"),
        ("填报单位：云山县人力资源和社会保障局", "山东", FILE, "山东"),
        ("填报单位：云山县人力资源和社会保障局", "Sheet1", FILE, "人社"),
        ("报送单位：云山县乡村振兴局", "Sheet1", FILE, "乡村振兴"),
        ("台账方：山东方", "人社", FILE, "山东"),
        ("填报日期：2022-12-30", "Sheet1", "鲁渝劳务协作台账-乡村振兴部门.xlsx", "乡村振兴"),
        ("填报日期：2022-12-30", "Sheet1", FILE, None),
        ("人社、乡村振兴", "Sheet1", FILE, None),
    ],
)
def test_party(above: str, name: str, file: str, expected: str | None) -> None:
    reading = read(PARTIES, [["鲁渝劳务协作台账"], [above]], name, file)
    assert reading.ledger == "labour_cooperation"
    found = value(reading, "party")
    assert (found and found[0]) == expected


def test_a_column_of_the_sheet_needs_no_context() -> None:
    reading = read([*ATTENDANCE, "月份"], [["云山县2022年1月公益性岗位考勤表"]], "2022年2月", FILE)
    assert "month" not in reading.context
    assert reading.problems == ()


def test_a_label_and_its_value_may_stand_in_two_cells() -> None:
    reading = read(ATTENDANCE, [["公益性岗位考勤表"], ["村", "清星村", "月份：", "2022年3月"]], "Sheet1", FILE)
    assert value(reading, "village") == ("清星村", "title")
    assert value(reading, "month") == ("2022-03", "title")
    dated = read(ATTENDANCE, [["公益性岗位考勤表"], ["填报日期：", None, "2022-03"]], "Sheet1", FILE)
    assert value(dated, "month") is None
    below = read(ATTENDANCE, [["公益性岗位考勤表"], ["填报日期："], ["2022-03"]], "Sheet1", FILE)
    assert value(below, "month") == ("2022-03", "title")


def test_the_place_is_that_of_the_cell() -> None:
    reading = read(ATTENDANCE, [["公益性岗位考勤表"], [None, "2022年3月"]], "Sheet1", FILE)
    assert reading.context["month"].where == Where(FILE, "Sheet1", 2, "B")
    named = read(ATTENDANCE, [["公益性岗位考勤表"]], "2022年3月", FILE)
    assert named.context["month"].where == Where(FILE, "2022年3月")
    filed = read(ATTENDANCE, [["公益性岗位考勤表"]], None, "2022年3月.csv")
    assert filed.context["month"].where == Where("2022年3月.csv")


def test_a_title_and_a_sheet_name_that_contradict_each_other_are_said() -> None:
    reading = read(ATTENDANCE, [["云山县2022年1月公益性岗位考勤表"]], "2022年2月", FILE)
    assert value(reading, "month") == ("2022-01", "title")
    (problem,) = reading.problems
    assert problem.code == "context-contradicts"
    assert (problem.args["text"], problem.args["other"]) == ("2022-01", "2022-02")


@pytest.mark.parametrize(
    ("above", "name", "file", "year"),
    [
        ("云山县2022年公益性岗位考勤表", "Sheet1", FILE, 2022),
        ("公益性岗位考勤表", "2021年", "2022年考勤.xlsx", 2021),
        ("公益性岗位考勤表", "Sheet1", "2022年考勤.xlsx", 2022),
        ("填报日期：2022-12-30", "Sheet1", FILE, None),
    ],
)
def test_year_hint(above: str, name: str, file: str, year: int | None) -> None:
    assert read([*ATTENDANCE, "月份"], [["公益性岗位考勤表"], [above]], name, file).year_hint == year
