"""What a person settled holds against everything that the recognition would think."""

from __future__ import annotations

from pathlib import Path

from tests.sheets import grid, source, table

from auditor.errors import Gravity, TextPlace
from auditor.intake import Band, SheetReading
from auditor.intake.sheets.recognise import read_sheet
from auditor.intake.upload import read_upload
from auditor.ledgers import default_catalogue
from auditor.maps import SheetEntry

STRANGE = """
某某情况表
代号 | 称呼 | 数目 | 何时
500299197503121238 | 张三 | 600 | 2022-10
500299196801020010 | 李四 | 600 | 2022-10
"""
PAYROLL = """
身份证号 | 姓名 | 发放月份 | 发放金额 | 备用金额
500299197503121238 | 张三 | 2022-10 | 600 | 700
"""
HERE = TextPlace("map.yaml", 3, 5)


def read(text: str, *entries: SheetEntry, name: str | None = "Sheet1") -> tuple[SheetReading, ...]:
    return read_sheet(source(), grid(table(text), name=name), default_catalogue(), settled=entries)


def codes(reading: SheetReading) -> set[str]:
    return {problem.code for problem in reading.problems}


def columns(reading: SheetReading) -> dict[str, str]:
    return {one.letter: one.column for one in reading.columns}


def test_a_sheet_nobody_could_tell_is_read_as_settled() -> None:
    assert read(STRANGE)[0].ledger is None
    entry = SheetEntry(
        HERE, ledger="payroll", header=(2, 2), columns={"A": "person_id", "称呼": "name", "C": "amount", "D": "month"}
    )
    (reading,) = read(STRANGE, entry)
    assert reading.ledger == "payroll"
    assert columns(reading) == {"A": "person_id", "B": "name", "C": "amount", "D": "month"}
    assert reading.bands.tolist() == [Band.TITLE, Band.HEADER, Band.READ, Band.READ]
    assert reading.settled["ledger"] == reading.settled["header"] == reading.settled["column:amount"] == "map.yaml:3:5"


def test_headers_that_are_named_find_the_header_row() -> None:
    names = {"代号": "person_id", "称呼": "name", "数目": "amount", "何时": "month"}
    (reading,) = read(STRANGE, SheetEntry(HERE, ledger="payroll", columns=names))
    assert reading.header == (1, 2)
    assert columns(reading) == {"A": "person_id", "B": "name", "C": "amount", "D": "month"}


def test_a_sheet_to_be_ignored_is_set_aside_and_that_is_said() -> None:
    (reading,) = read(PAYROLL, SheetEntry(HERE, sheet="Sheet1", ignore=True))
    assert reading.ledger is None
    assert codes(reading) == {"sheet-ignored"}
    assert reading.settled == {"sheet": "map.yaml:3:5"}
    assert reading.count(Band.UNUSED) == 2


def test_an_entry_of_another_sheet_changes_nothing() -> None:
    (reading,) = read(PAYROLL, SheetEntry(HERE, sheet="其他", ignore=True))
    assert reading.ledger == read(PAYROLL)[0].ledger is not None
    assert reading.settled == {}


def test_a_column_may_be_given_to_another_or_left_out() -> None:
    entry = SheetEntry(HERE, ledger="payroll", columns={"备用金额": "amount", "D": "ignore"})
    (reading,) = read(PAYROLL, entry)
    assert columns(reading) == {"A": "person_id", "B": "name", "C": "month", "E": "amount"}
    assert [unknown.letter for unknown in reading.unknown] == ["D"]
    assert reading.settled["ignored:D"] == reading.settled["column:amount"] == "map.yaml:3:5"


def test_a_column_that_is_not_there_is_told_with_the_entry() -> None:
    (reading,) = read(PAYROLL, SheetEntry(HERE, ledger="payroll", columns={"Z": "amount"}))
    (problem,) = [p for p in reading.problems if p.code == "map-column-absent"]
    assert problem.gravity is Gravity.WARNING
    assert problem.args == {"entry": "map.yaml:3:5", "key": "Z", "column": "amount"}
    assert columns(reading)["D"] == "amount"


def test_a_header_row_that_is_not_there_is_no_guess() -> None:
    (reading,) = read(PAYROLL, SheetEntry(HERE, ledger="payroll", header=(40, 40)))
    assert reading.ledger is None
    assert "map-header-outside" in codes(reading)


def test_a_ledger_without_a_header_to_be_found_asks_for_its_row() -> None:
    (reading,) = read(STRANGE, SheetEntry(HERE, ledger="deaths"))
    assert reading.ledger is None
    assert "map-header-not-found" in codes(reading)


def test_headers_of_a_profile_are_said_to_have_decided() -> None:
    extra = {"payroll": {"amount": ("补助款",)}}
    text = PAYROLL.replace("发放金额", "补助款")
    (reading,) = read_sheet(source(), grid(table(text)), default_catalogue(), extra)
    assert reading.settled == {"column:amount": "headers"}


def test_the_first_file_that_speaks_of_a_sheet_is_the_only_one() -> None:
    profile = TextPlace("profile.yaml", 9, 1)
    (reading,) = read(PAYROLL, SheetEntry(HERE, ledger="payroll"), SheetEntry(profile, ledger="deaths", header=(1, 1)))
    assert reading.ledger == "payroll"


def test_two_tables_of_a_sheet_are_settled_each_by_its_header() -> None:
    text = STRANGE.strip() + "\n | | | \n甲 | 乙 | 丙 | 丁\n500299197503121238 | 张三 | 2022-03-04 | 病\n"
    first = SheetEntry(HERE, ledger="payroll", header=(2, 2), columns={"A": "person_id", "C": "amount", "D": "month"})
    second = SheetEntry(HERE, ledger="deaths", header=(6, 6), columns={"A": "person_id", "C": "died_on"})
    readings = read(text, first, second)
    assert [reading.ledger for reading in readings] == ["payroll", "deaths"]
    assert [reading.count(Band.READ) for reading in readings] == [2, 1]


def test_an_entry_that_fits_no_sheet_is_told(tmp_path: Path) -> None:
    (tmp_path / "死亡.csv").write_text("身份证号,姓名,死亡日期\n500299197503121238,张三,2022-03-04\n", encoding="utf-8")
    used, unused = SheetEntry(HERE, file="死亡.csv", ledger="deaths"), SheetEntry(HERE, file="别的*", ignore=True)
    upload = read_upload([tmp_path], default_catalogue(), settled=(used, unused))
    assert [(p.code, p.where, p.gravity) for p in upload.problems] == [("map-entry-unused", HERE, Gravity.WARNING)]


def test_a_leaf_under_a_parent_is_named_by_itself_or_with_its_parent() -> None:
    rows: list[list[object]] = [
        ["身份证号", "姓名", "甲组", None, "发放月份"],
        [None, None, "数目", "别数", None],
        ["500299197503121238", "张三", 600, 700, "2022-10"],
    ]
    merges = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5))
    for key in ("数目", "C", "甲组/数目"):
        entry = SheetEntry(HERE, ledger="payroll", header=(1, 2), columns={key: "amount"})
        (reading,) = read_sheet(source(), grid(rows, name="x", merges=merges), default_catalogue(), settled=(entry,))
        assert columns(reading) == {"A": "person_id", "B": "name", "C": "amount", "E": "month"}, key
        assert reading.header == (0, 2)
