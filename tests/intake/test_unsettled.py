"""What cannot be told is not settled in silence: both candidates are named, and what to do."""

from __future__ import annotations

from tests.sheets import grid, only, source, table

from auditor.errors import Gravity
from auditor.intake import SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.messages import text

ID = "500299197503121231"
POST = f"""
    身份证号 | 姓名 | 岗位名称 | 用人单位 | 上岗时间 | 月工资标准 | 开始
    {ID} | 张三 | 保洁员 | 清溪镇 | 2022-01-05 | 600 | 2022-01-01
"""
EITHER: dict[str, dict[str, tuple[str, ...]]] = {"posts": {"agreement_start": ("开始",), "notice_start": ("开始",)}}


def read(rows: str, extra: dict[str, dict[str, tuple[str, ...]]]) -> SheetReading:
    return only(read_sheet(source(), grid(table(rows)), default_catalogue(), extra))


def test_a_header_that_two_columns_claim_alike_is_used_for_neither() -> None:
    reading = read(POST, EITHER)
    assert {"agreement_start", "notice_start"}.isdisjoint(one.column for one in reading.columns)
    assert [one.header for one in reading.unknown] == ["开始"]
    (problem,) = reading.problems
    assert (problem.code, str(problem.where), problem.gravity) == (
        "header-undecided",
        "台账.xlsx[Sheet1]!G1",
        Gravity.WARNING,
    )
    said = text(problem.code, "zh", **problem.args)
    assert "协议开始日期" in said
    assert "公示开始日期" in said
    assert "--map" in said


def test_another_header_settles_what_one_alone_does_not() -> None:
    rows = POST.replace("| 开始", "| 开始 | 公示开始日期").replace("2022-01-01", "2022-01-01 | 2021-12-01")
    reading = read(rows, EITHER)
    assert {one.column: one.letter for one in reading.columns if one.letter in "GH"} == {
        "agreement_start": "G",
        "notice_start": "H",
    }
    assert reading.problems == ()


def test_a_sheet_between_two_kinds_names_both_and_how_to_settle_it() -> None:
    reading = read(f"身份证号 | 姓名 | 银行账号 | 实发工资\n{ID} | 张三 | 6222020008979882746 | 600", {})
    (problem,) = reading.problems
    assert problem.code == "sheet-between-kinds"
    said = text(problem.code, "zh", **problem.args)
    assert "《帮扶车间工资发放表》" in said
    assert "《公益性岗位补贴（工资）发放表》" in said
    assert "--map" in said
    assert {"payroll", "workshop_payroll"} <= {ledger for ledger, _ in reading.candidates}


TRANSPORT = ["姓名", "身份证号", "户类型", "务工地", "务工单位", "外出时间", "补助金额", "发放时间", "银行账号"]


def test_a_title_that_names_a_kind_in_full_outweighs_headers_of_another() -> None:
    rows = [["跨区域交通补助发放台账"], TRANSPORT, ["张三", "500299199001011234"]]
    (reading,) = read_sheet(source("补助.xlsx"), grid(rows), default_catalogue())
    assert reading.ledger == "transport_subsidy"
    assert {problem.args["column"] for problem in reading.problems if problem.code == "column-missing"} == {
        "year",
        "listed_on",
    }


def test_a_title_that_names_another_kind_in_full_is_never_passed_over_in_silence() -> None:
    headers = ["姓名", "身份证号", "务工地", "外出时间", "返乡时间", "补助金额"]
    rows = [["跨区域交通补助发放台账"], headers, ["张三", "500299199001011234"]]
    (reading,) = read_sheet(source("补助.xlsx"), grid(rows), default_catalogue())
    assert reading.ledger is None
    assert [problem.code for problem in reading.problems] == ["sheet-between-kinds"]
