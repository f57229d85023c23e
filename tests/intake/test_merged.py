"""A text merged downwards stands in every row it covers; money never does; nothing is carried where nobody merged."""

from __future__ import annotations

from tests.sheets import grid, only

from auditor.errors import Gravity
from auditor.intake import SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

ROWS: list[list[str | None]] = [
    ["村", "身份证号", "姓名", "发放月份", "发放金额", "银行账号", "发放日期"],
    ["青山村", "500299197503121231", "张三", "2022-03", "600", "6217000012345678901", "2022-04-05"],
    [None, "500299198001011239", "李四", "2022-03", None, "6217000012345678902", "2022-04-05"],
    [None, "500299198502021231", "王五", "2022-03", "600", "6217000012345678903", "2022-04-05"],
    ["合计", None, None, None, "1200", None, None],
]


def read(*merges: tuple[int, int, int, int]) -> SheetReading:
    source = SourceFile("发放.xlsx", 1, "0" * 64, "workbook")
    return only(read_sheet(source, grid(ROWS, merges=merges), default_catalogue()))


def column(reading: SheetReading, name: str) -> list[str | None]:
    mapped = next(m for m in reading.columns if m.column == name)
    texts: list[str | None] = reading.cells(mapped).text.to_pylist()
    return texts[1:4]


def test_a_village_merged_downwards_stands_in_each_row_and_is_said() -> None:
    reading = read((2, 1, 4, 1))
    assert column(reading, "village") == ["青山村", "青山村", "青山村"]
    (note,) = [p for p in reading.problems if p.code == "carried-down"]
    assert (str(note.where), note.gravity, note.args["rows"]) == ("发放.xlsx[Sheet1]!A", Gravity.NOTE, 2)


def test_a_merge_reaches_only_its_own_rows() -> None:
    assert column(read((2, 1, 3, 1)), "village") == ["青山村", "青山村", None]


def test_a_sum_merged_over_two_rows_is_paid_once() -> None:
    assert column(read((2, 5, 3, 5)), "amount") == ["600", None, "600"]


def test_without_a_merge_nothing_is_invented() -> None:
    reading = read()
    assert column(reading, "village") == ["青山村", None, None]
    assert [problem.code for problem in reading.problems] == ["group-unclear"]
