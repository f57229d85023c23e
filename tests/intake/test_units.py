"""The unit that money is counted in: said by a unit line or a header, and never by the name of an office."""

from __future__ import annotations

import pytest
from tests.sheets import grid, only, source

from auditor.intake import SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.intake.sheets.units import unit_of_header
from auditor.ledgers import default_catalogue

ROW: list[object] = ["500299199001011234", "张三", "2022-01", 0.06, "6222020008979882746", "2022-02-01"]


def read(*above: list[object], amount: str = "发放金额") -> SheetReading:
    header: list[object] = ["身份证号", "姓名", "发放月份", amount, "银行账号", "发放日期"]
    rows: list[list[object]] = [["补贴发放表"], *above, header, ROW]
    return only(read_sheet(source("发放.xlsx"), grid(rows), default_catalogue()))


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (["单位：万元"], 10_000),
        (["金额单位:万元"], 10_000),
        (["计量单位：万元/人"], 10_000),
        (["填报单位：清溪镇", None, "单位：人、万元"], 10_000),
        (["填报单位：清溪镇    单位：千元"], 1000),
        (["（单位：人民币万元）"], 10_000),
        (["单位：", "万元"], 10_000),
        (["（万元）"], 10_000),
        (["单位：元"], 1),
        (["单位：人、元"], 1),
        (["填报单位：万元镇"], 1),
        (["单位：清溪镇"], 1),
        (["填报单位：万元村委会"], 1),
        (["下达资金100万元"], 1),
        (["单位：元、万元"], 1),
    ],
)
def test_the_unit_line(line: list[object], unit: int) -> None:
    reading = read(line)
    assert reading.money_unit == unit
    codes = [problem.code for problem in reading.problems]
    assert codes.count("money-unit") == (unit != 1)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("发放金额（万元）", 10_000),
        ("发放金额\n(万元/年)", 10_000),
        ("发放金额/万元", 10_000),
        ("发放金额（单位：元）", 1),
        ("发放金额（元/月）", 1),
        ("发放金额", None),
        ("万元村", None),
    ],
)
def test_the_unit_of_a_header(header: str, unit: int | None) -> None:
    assert unit_of_header(header) == unit


def test_a_header_goes_before_the_unit_line_and_the_contradiction_is_told() -> None:
    reading = read(["单位：元"], amount="发放金额（万元）")
    amount = next(mapped for mapped in reading.columns if mapped.column == "amount")
    assert reading.unit(amount) == 10_000
    told = next(problem for problem in reading.problems if problem.code == "money-unit-contradicts")
    assert dict(told.args) == {
        "header": "发放金额（万元）", "unit": "万元", "other": "元", "place": "发放.xlsx[Sheet1]!A2",
    }  # fmt: skip
    assert str(told.where) == "发放.xlsx[Sheet1]!D3"
