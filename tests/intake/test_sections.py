"""Lines that head groups of rows: what they say goes to the rows below, and no row of data is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, only, source

from auditor.intake import Band, SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue

Row = Sequence[object]

HEADER: Row = ["序号", "身份证号", "姓名", "出勤天数"]
TITLE: Row = ["2022年3月公益性岗位考勤表"]


def came(number: int) -> Row:
    return [number, f"5002991990010112{number:02d}", "张三", 22]


def read(*rows: Row, **more: object) -> SheetReading:
    return only(read_sheet(source("考勤.xlsx"), grid(rows, **more), default_catalogue()))  # type: ignore[arg-type]


def column(reading: SheetReading, name: str) -> list[str | None]:
    """What the rows that are read hold in the ledger's column."""
    mapped = next(mapped for mapped in reading.columns if mapped.column == name)
    texts = reading.cells(mapped).text.to_pylist()
    return [text for text, band in zip(texts, reading.bands, strict=True) if band == Band.READ]


@pytest.mark.parametrize(
    "line",
    [
        ["一、清星村"],
        ["（一）清星村"],
        ["1、清星村"],
        ["清星村："],
        ["清星村（12户）"],
        ["清星村 共12人"],
        ["村：清星村"],
        ["清星村"],
        ["一", "清星村"],
        ["清星村", None, "12人"],
        ["清星村公益性岗位人员"],
        [None, None, "清星村（12户）"],
    ],
)
def test_a_line_that_heads_rows_says_their_village(line: Row) -> None:
    reading = read(TITLE, HEADER, line, came(1), came(2))
    assert list(reading.bands[2:]) == [Band.SECTION, Band.READ, Band.READ]
    assert column(reading, "village") == ["清星村", "清星村"]
    note = next(problem for problem in reading.problems if problem.code == "section-carried")
    assert (note.args["rows"], str(note.where)) == (2, "考勤.xlsx[Sheet1]!3")
    assert next(mapped.made for mapped in reading.columns if mapped.column == "village") == "made-section"


def test_a_section_ends_where_the_next_begins_and_with_its_total() -> None:
    reading = read(
        ["兴隆村2022年3月公益性岗位考勤表"],
        HEADER,
        came(1),
        ["一、清星村"],
        came(2),
        ["小计", None, None, 22],
        came(3),
        ["二、清水村"],
        came(4),
        ["本页小计", None, None, 88],
        came(5),
        ["三、其他"],
        came(6),
    )
    assert column(reading, "village") == ["兴隆村", "清星村", None, "清水村", "清水村", None]
    assert "village" not in reading.context


def test_sections_within_sections() -> None:
    header: Row = ["身份证号", "姓名", "户编号"]
    rows: list[Row] = [[f"5002991990010112{number:02d}", "张三", "1"] for number in range(5)]
    reading = only(
        read_sheet(
            source("脱贫人口花名册.xlsx"),
            grid([header, ["一、清溪镇"], ["1.清星村"], rows[0], ["2.清水村"], rows[1], ["二、兴隆镇"], rows[2]]),
            default_catalogue(),
        )
    )
    assert column(reading, "township") == ["清溪镇", "清溪镇", "兴隆镇"]
    assert column(reading, "village") == ["清星村", "清水村", None]


def test_a_title_between_rows_says_their_month() -> None:
    reading = read(TITLE, HEADER, came(1), ["2022年4月公益性岗位考勤表"], came(2))
    assert column(reading, "month") == ["2022-03", "2022-04"]


def test_a_column_of_the_sheet_is_filled_only_where_its_group_is_blank() -> None:
    header = [*HEADER, "村"]
    filled = read(TITLE, header, ["一、清星村"], [*came(1), "清水村"], came(2))
    assert column(filled, "village") == ["清水村", None]
    blank = read(TITLE, header, ["一、清星村"], came(1), ["二、清水村"], came(2))
    assert column(blank, "village") == ["清星村", "清水村"]


@pytest.mark.parametrize(
    "row",
    [
        [2, None, "张家村"],
        [2, None, "何小计", 21],
        [None, None, "王小村"],
        [None, None, "1、王五"],
        [2, None, "李审核", 20],
        ["合计", "500299199001011299", "张三", 20],
        ["一、清星村", "500299199001011299", "张三", 20],
        [2, "无", "共和村", 20],
    ],
)
def test_a_row_that_may_be_a_person_is_read(row: Row) -> None:
    assert list(read(TITLE, HEADER, came(1), row, came(3)).bands[2:]) == [Band.READ] * 3


@pytest.mark.parametrize("line", ["一、本表一式三份", "清星村：", "云山县人社局"])
def test_a_line_without_rows_below_is_a_note(line: str) -> None:
    assert read(TITLE, HEADER, came(1), [line]).bands[3] == Band.NOTE


def test_a_line_merged_across_the_table_is_sure_in_the_column_of_names() -> None:
    header: Row = ["姓名", "身份证号", "出勤天数"]
    rows: list[Row] = [TITLE, header, ["清星村"], ["张三", "500299199001011201", 22]]
    assert read(*rows).bands[2] == Band.READ
    assert read(*rows, merges=((3, 1, 3, 3),)).bands[2] == Band.SECTION
    twice = [*rows, ["清水村"], ["李四", "500299199001011202", 22]]
    assert [int(band) for band in read(*twice).bands[2:]] == [Band.SECTION, Band.READ, Band.SECTION, Band.READ]
