"""A column for each month: a table for each month, no row lost, nothing divided or guessed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.sheets import grid, only, source

from auditor.checks.run import check_ledgers
from auditor.intake import Band, SheetReading, Upload, sheet_bands
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import default_catalogue
from auditor.tables import DuckEngine, Tables, build_tables

Row = Sequence[object]
Merges = tuple[tuple[int, int, int, int], ...]

TITLE = "云山县2022年公益性岗位补贴发放表"
ZHANG, LI, WANG = "500299199001011234", "500299199001011235", "500299199001011236"
CARD = "6222020008979882746"
HEADER = ["姓名", "身份证号", "银行账号"]
MONTHS = [f"{month}月" for month in range(1, 5)]


def parts(*rows: Row, file: str = "a.xlsx", merges: Merges = ()) -> tuple[SheetReading, ...]:
    return read_sheet(source(file), grid(rows, merges=merges), default_catalogue())


def tables(readings: tuple[SheetReading, ...]) -> Tables:
    return build_tables(readings, default_catalogue(), DuckEngine())


def typed(readings: tuple[SheetReading, ...], ledger: str, *columns: str) -> list[tuple[object, ...]]:
    table = tables(readings).present[ledger].typed
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def labels(readings: tuple[SheetReading, ...]) -> list[str]:
    return [reading.part.label for reading in readings if reading.part is not None]


def bands(reading: SheetReading) -> list[str]:
    return [Band(band).name for band in reading.bands]


def test_each_month_is_a_table_of_its_own() -> None:
    readings = parts(
        [TITLE],
        [*HEADER, *MONTHS, "合计"],
        ["张三", ZHANG, CARD, 600, 600, None, 600, 1800],
        ["李四", LI, CARD, 600, "-", "/", "无", 600],
        ["合计", None, None, 1200, 600, None, 600, 2400],
    )
    assert labels(readings) == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert {reading.ledger for reading in readings} == {"payroll"}
    assert bands(readings[1]) == ["TITLE", "HEADER", "READ", "ELSEWHERE", "TOTAL"]
    assert [Band(band).name for band in sheet_bands(readings)] == ["TITLE", "HEADER", "READ", "READ", "TOTAL"]
    rows = typed(readings, "payroll", "name", "month", "amount")
    assert [(name, str(month)[:7], amount) for name, month, amount in rows] == [
        ("张三", "2022-01", Decimal(600)),
        ("李四", "2022-01", Decimal(600)),
        ("张三", "2022-02", Decimal(600)),
        ("张三", "2022-04", Decimal(600)),
    ]
    where = readings[3].context["month"].where
    assert (where.row, where.column) == (2, "G")
    assert readings[3].context["month"].origin == "header"


def test_what_is_missing_is_said_once() -> None:
    readings = parts([TITLE], [*HEADER, *MONTHS], ["张三", ZHANG, CARD, 600, 600, 600, 600])
    assert [p.args["column"] for r in readings for p in r.problems if p.code == "column-missing"] == ["paid_on"]


def test_a_row_without_any_month_is_rejected_not_lost() -> None:
    readings = parts([TITLE], [*HEADER, *MONTHS], ["张三", ZHANG, CARD, 600], ["李四", LI, CARD, None, "/"])
    assert Band(sheet_bands(readings)[3]) is Band.REJECTED
    assert readings[0].reasons == {3: "row-without-months"}


def test_months_in_all_their_spellings() -> None:
    for header in (
        ["2022年1月", "2022年2月"],
        ["2022-01", "2022-02"],
        ["2022.1", "2022.2"],
        ["202201", "202202"],
        ["一月", "二月"],
        ["1月份", "2月份"],
        ["1月（元）", "2月（元）"],
        ["1月发放金额", "2月发放金额"],
        ["1月实发", "2月实发"],
        ["22年1月", "22年2月"],
        ["2022-01-01", "2022-02-01"],
    ):
        readings = parts([TITLE], [*HEADER, *header], ["张三", ZHANG, CARD, 600, 700])
        assert labels(readings) == ["2022-01", "2022-02"], header


def test_columns_under_each_month() -> None:
    readings = parts(
        [TITLE],
        ["姓名", "身份证号", "2022年1月", None, None, "2022年2月", None, None],
        [None, None, "应发金额", "实发金额", "发放日期", "应发金额", "实发金额", "发放日期"],
        ["张三", ZHANG, 700, 600, "2022-02-01", 700, 650, "2022-03-01"],
        merges=((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 5), (2, 6, 2, 8)),
    )
    rows = typed(readings, "payroll", "month", "amount", "paid_on")
    assert [tuple(map(str, row)) for row in rows] == [
        ("2022-01-01", "600.00", "2022-02-01"),
        ("2022-02-01", "650.00", "2022-03-01"),
    ]
    assert [one.header for one in readings[0].unknown] == ["2022年1月 应发金额", "2022年2月 应发金额"]


def test_a_years_attendance_by_months() -> None:
    readings = parts(
        ["2022年公益性岗位考勤统计表"],
        ["姓名", "身份证号", "1月", "2月", "3月", "合计"],
        ["张三", ZHANG, 22, 21, 20, 63],
        ["李四", LI, 22, 21, None, 43],
    )
    assert typed(readings, "attendance", "name", "days_present") == [
        ("张三", 22), ("李四", 22), ("张三", 21), ("李四", 21), ("张三", 20),
    ]  # fmt: skip


def test_days_are_not_taken_for_money() -> None:
    [reading] = parts(
        ["2022年公益性岗位补贴发放表"],
        [*HEADER, *MONTHS, "发放金额"],
        ["张三", ZHANG, CARD, 22, 21, 20, 22, 2400],
    )
    assert {one.column for one in reading.columns} == {"name", "person_id", "account_no", "amount"}
    assert "months-unclear" in {problem.code for problem in reading.problems}
    assert "month" in {problem.args.get("column") for problem in reading.problems}


def test_months_of_something_else_are_left_alone() -> None:
    for title in ("2022年各村参保人数", "护林员巡护里程登记", ""):
        reading = only(parts([title or None], ["村", "姓名", "1月", "2月", "3月"], ["清星村", "张三", 300, 310, 320]))
        assert reading.ledger is None


def test_months_beside_a_column_of_the_month_are_no_tables() -> None:
    reading = only(
        parts(
            ["公益性岗位补贴发放表"],
            ["姓名", "身份证号", "发放月份", "发放金额", "银行账号", "发放日期", "1月核查", "2月核查"],
            ["张三", ZHANG, "2022-01", 600, CARD, "2022-02-01", "是", "是"],
        )
    )
    assert {"month", "amount"} <= {one.column for one in reading.columns}


def test_a_quarter_is_told_and_never_divided() -> None:
    readings = parts([TITLE], [*HEADER, "第一季度", "第二季度"], ["张三", ZHANG, CARD, 1800, 1800])
    built = tables(readings)
    table = built.present["payroll"].typed
    assert table.column("month").to_pylist() == [None, None]
    assert [str(amount) for amount in table.column("amount").to_pylist()] == ["1800.00", "1800.00"]
    assert [fault.column for fault in built.faults] == ["month", "month"]


def test_months_without_a_year_are_not_guessed() -> None:
    readings = parts(["公益性岗位补贴发放表"], [*HEADER, *MONTHS], ["张三", ZHANG, CARD, 600, 600, 600, 600])
    built = tables(readings)
    assert built.present["payroll"].typed.column("month").to_pylist() == [None] * 4
    assert {fault.code for fault in built.faults} == {"month-without-year"}


def test_row_totals_and_total_rows_are_added_up() -> None:
    readings = parts(
        [TITLE],
        [*HEADER, *MONTHS, "合计"],
        ["张三", ZHANG, CARD, 600, 600, 600, 600, 2400],
        ["李四", LI, CARD, 600, 600, None, None, 1200],
        ["王五", WANG, CARD, 600, 600, 600, 600, 2300],
        ["合计", None, None, 1800, 1800, 1300, 1200, 5900],
    )
    upload = Upload((source(),), readings, ())
    signals = [signal for signal in check_ledgers(upload, tables(readings)) if signal.rule == "LT07"]
    assert [(signal.subject.id, signal.measures["said"], signal.measures["added"]) for signal in signals] == [
        ("a.xlsx[Sheet1]!H5", "2300", "2400"),
        ("a.xlsx[Sheet1]!F6", "1300.00", "1200.00"),
    ]
    assert {name: cell.cell for name, cell in signals[0].evidence[0].cells.items()} == {"amount": "H5"}


def test_a_faulty_cell_that_all_months_share_is_told_once() -> None:
    readings = parts([TITLE], [*HEADER, *MONTHS], ["张三", ZHANG, "卡号待补", 600, 600, 600, 600])
    signals = check_ledgers(Upload((source(),), readings, ()), tables(readings))
    assert [signal.subject.id for signal in signals if signal.rule == "LT03"] == ["a.xlsx[Sheet1]!C3"]


def test_marks_that_do_not_give_the_stated_days_are_a_signal() -> None:
    readings = parts(
        ["清星村2022年3月考勤表"],
        ["姓名", "身份证号", *range(1, 32), "出勤天数"],
        ["张三", ZHANG, *["√"] * 20, *[None] * 11, 26],
        file="考勤.xlsx",
    )
    upload = Upload((source(),), readings, ())
    [signal] = [signal for signal in check_ledgers(upload, tables(readings)) if signal.rule == "LT07"]
    assert signal.message["zh"] == "该行“出勤天数”写为 26，而同一行 C 至 AG 列相加为 20。请核对合计或明细。"
    assert {name: cell.cell for name, cell in signal.evidence[0].cells.items()} == {"days_present": "AH3"}
