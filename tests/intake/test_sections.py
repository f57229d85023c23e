"""Lines that head groups of rows: what they say goes to the rows below, and no row of data is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.sheets import grid, only, source

from auditor.intake import Band, SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, build_tables

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


def test_sections_in_the_column_of_names_that_count_on_are_sure() -> None:
    header: Row = ["姓名", "身份证号", "出勤天数"]
    one, two = ["张三", "500299199001011201", 22], ["李四", "500299199001011202", 22]
    rows = [TITLE, header, ["一、大田村"], one, ["二、新桥社区"], two]
    assert [int(band) for band in read(*rows).bands[2:]] == [Band.SECTION, Band.READ, Band.SECTION, Band.READ]
    persons = [TITLE, header, ["1、王小村"], one, ["2、张新社区"], two]
    assert list(read(*persons).bands[2:]) == [Band.READ] * 4


def test_a_section_in_the_column_of_names_is_sure_where_the_row_below_repeats_it() -> None:
    header: Row = ["姓名", "身份证号", "出勤天数", "村"]
    rows: list[Row] = [TITLE, header, ["清星村"], ["张三", "500299199001011201", 22, "清星村"]]
    assert [int(band) for band in read(*rows).bands[2:]] == [Band.SECTION, Band.READ]


@pytest.mark.parametrize("line", ["一、兴隆镇人民政府", "用人单位：兴隆镇清星村村委会"])
def test_an_employer_does_not_say_where_those_live_whom_it_employs(line: str) -> None:
    reading = read(TITLE, HEADER, [line], came(1))
    assert reading.bands[2] == Band.SECTION
    assert {"township", "village"}.isdisjoint(mapped.column for mapped in reading.columns)


def test_a_line_says_no_more_than_the_column_that_repeats_it() -> None:
    header: Row = ["身份证号", "姓名", "户编号", "务工地点"]
    rows: list[Row] = [[f"5002991990010112{number:02d}", "张三", "1", "清溪镇"] for number in range(4)]
    rows[2:] = [[*row[:3], "兴隆镇"] for row in rows[2:]]

    def roster(*cells: Row) -> SheetReading:
        return only(read_sheet(source("脱贫人口花名册.xlsx"), grid([header, *cells]), default_catalogue()))

    same = roster(["一、清溪镇"], *rows[:2], ["二、兴隆镇"], *rows[2:])
    assert "township" not in {mapped.column for mapped in same.columns}
    # By chance below one of them only.
    chance = roster(["一、清溪镇"], *rows[:2], ["二、月池镇"], *rows[2:])
    assert column(chance, "township") == ["清溪镇", "清溪镇", "月池镇", "月池镇"]


def test_the_evidence_of_what_a_section_says_is_the_section() -> None:
    reading = read(
        ["兴隆村2022年3月公益性岗位考勤表"], HEADER, came(1), ["一、清星村"], came(2), ["二", "清水村"], came(3)
    )
    village = next(mapped for mapped in reading.columns if mapped.column == "village")
    assert [village.address(row) for row in (3, 5, 7)] == ["", "A4", "B6"]
    with DuckEngine() as engine:
        tables = build_tables([reading], default_catalogue(), engine)
        cells = [row.cells["village"] for row in tables.evidence("attendance", [0, 1, 2], ["village"])]
        assert [(cell.cell, cell.raw, cell.value) for cell in cells] == [
            ("", "兴隆村", "兴隆村"),
            ("A4", "一、清星村", "清星村"),
            ("B6", "清水村", "清水村"),
        ]
        places = [str(tables.present["attendance"].where(row, "village")) for row in range(3)]
        assert places == ["考勤.xlsx[Sheet1]!3", "考勤.xlsx[Sheet1]!A4", "考勤.xlsx[Sheet1]!B6"]


def test_the_evidence_of_a_cell_of_the_rows_own_is_that_cell() -> None:
    header = [*HEADER, "村"]
    reading = read(TITLE, header, ["一、清星村"], [*came(1), "清水村"], ["二、清水村"], came(2))
    village = next(mapped for mapped in reading.columns if mapped.column == "village")
    assert [village.address(row) for row in (4, 6)] == ["E4", "A5"]
