"""What the reading report must not pass over: near ties, columns that only count, files that were not opened."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from tests.report.reading_county import OTHER, PERSON, county, veil
from tests.sheets import grid, source

from auditor.intake import RawSheet
from auditor.maps import load_map
from auditor.report import ReadResult, print_reading, proposed_map, reading_page, reading_report

KEY = "500299199003120018"
SEVEN = "500299198512030026"


def shown(result: ReadResult, lang: str = "zh") -> str:
    console = Console(file=io.StringIO(), width=400)
    print_reading(result, veil(), console, lang)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def line(text: str, letter: str) -> str:
    """The line of the report about a column."""
    (found,) = [one for one in text.splitlines() if one.split()[:1] == [letter]]
    return found


def between() -> RawSheet:
    """A sheet that is as near to one kind of ledger as to another."""
    head = ["身份证号", "姓名", "银行账号", "实发工资"]
    rows = [[person, "张三", f"622202000897988274{n}", 600] for n, person in enumerate((PERSON, OTHER))]
    return grid([head, *rows], name="表")


def quarter() -> RawSheet:
    """A column for each month, and the row's total."""
    rows = [[person, "张三", 500, 500, 500, 1500, "签"] for person in (PERSON, OTHER, KEY, SEVEN)]
    head = ["身份证号", "姓名", "10月", "11月", "12月", "合计", "备用说明"]
    return grid([["清溪镇2022年四季度公益性岗位补贴发放表"], head, *rows], name="四季度")


def attendance(*, days: int = 30, halves: bool = False) -> RawSheet:
    """A month of marks, everybody present on all days, with a total."""
    head = ["序号", "姓名", "身份证号", *(["时段"] if halves else []), *range(1, days + 1), "出勤天数"]
    rows: list[list[object]] = []
    for number, person in enumerate((PERSON, OTHER, KEY, SEVEN), start=1):
        name = f"张{'三四五六'[number - 1]}"
        if halves:
            rows.append([number, name, person, "上午", *["√"] * days, days])
            rows.append([None, None, None, "下午", *["√"] * days, None])
        else:
            rows.append([number, name, person, *["√"] * days, days])
    return grid([["清溪镇2022年11月公益性岗位考勤表"], head, *rows], name="11月")


def test_a_near_tie_is_counted_and_proposed_with_both_kinds(tmp_path: Path) -> None:
    result = county(between(), file="表.csv")
    text = shown(result)
    assert "既像" in text
    assert "未能认定的表 1 张" in text
    proposed, count = proposed_map(result, veil(), "zh")
    assert count == 1
    assert "  #   # ledger: payroll  # " in proposed
    assert "  #   # ledger: workshop_payroll  # " in proposed
    assert "  #   ledger: " not in proposed  # neither before the other
    file = tmp_path / "map.yaml"
    file.write_text(proposed, encoding="utf-8")
    assert load_map(file).sheets == ()
    chosen = proposed.replace("  # - file", "  - file").replace("  #   sheet", "    sheet")
    file.write_text(chosen.replace("  #   # ledger: payroll", "    ledger: payroll"), encoding="utf-8")
    (entry,) = load_map(file).sheets
    assert (entry.file, entry.sheet, entry.ledger) == ("表.csv", "表", "payroll")


@pytest.mark.parametrize(("lang", "words"), [("zh", "行合计"), ("en", "added up again")])
def test_the_total_of_the_months_is_shown_as_what_is_added_up_again(lang: str, words: str) -> None:
    result = county(quarter())
    assert words in line(shown(result, lang), "F")
    assert "1500" in line(shown(result, lang), "F")
    page = reading_page(result, veil(), lang)
    assert page.count(words) >= 2  # in the list of columns, and in the drawing
    table = reading_report(result, veil())["files"][0]["sheets"][0]["tables"][0]  # type: ignore[index]
    assert table["used_columns"] == [{"letter": "F", "header": "合计", "use": "total"}]


def test_no_column_with_a_header_vanishes_from_a_wide_sheet() -> None:
    letters = {one.split()[0] for one in shown(county(quarter())).splitlines() if "→" in one}
    assert letters >= set("ABCDEFG")


@pytest.mark.parametrize("halves", [False, True])
def test_no_column_with_a_header_vanishes_from_a_grid_of_days(halves: bool) -> None:
    text = shown(county(attendance(halves=halves)))
    days, total = ("E–AH", "AI") if halves else ("D–AG", "AH")
    assert "重新计数核对" in line(text, days)
    assert "days_present" in line(text, total)
    if halves:
        assert "上午、下午" in line(text, "D")


def test_nothing_is_made_of_columns_beside_the_table() -> None:
    rows: list[list[object]] = [["身份证号", "姓名", "死亡日期", "合计"], [PERSON, "张三", "2022-03-04", 1]]
    sheet = reading_report(county(grid(rows, name="死亡名单")), veil())["files"][0]["sheets"][0]  # type: ignore[index]
    assert "used_columns" not in sheet
    assert [column["header"] for column in sheet["unknown_columns"]] == ["合计"]


def with_attachments(*paths: str) -> ReadResult:
    result = county()
    files = (*result.upload.files, *(replace(source(path), role="attachment") for path in paths))
    return replace(result, upload=replace(result.upload, files=files))


def test_files_that_may_be_ledgers_are_named_and_pictures_only_counted() -> None:
    result = with_attachments("名单.html", "a/名单.xml", "名单.txt", "名单.DBF", "说明.docx", "扫描.PDF", "照片/1.JPG")
    text = shown(result)
    page = reading_page(result, veil(), "zh")
    for name in ("名单.html", "a/名单.xml", "名单.txt", "名单.DBF", "说明.docx"):
        assert name in text
        assert name in page
    assert "另有 8 个附件" in text
    assert ".xls" in text
    for name in ("扫描", "1.JPG", "照片.jpg"):
        assert name not in text
    report = reading_report(result, veil())
    assert {"名单.html", "扫描.PDF"} <= {str(file["path"]) for file in report["files"]}  # type: ignore[attr-defined]


def test_advice_to_rename_only_where_a_new_name_helps() -> None:
    assert "扩展名" not in shown(with_attachments("说明.docx"))
    assert "未打开" not in shown(with_attachments("扫描.pdf"))


def test_ten_names_at_most_and_those_that_can_be_renamed_first() -> None:
    text = shown(with_attachments(*(f"附{n:02}.doc" for n in range(12)), "名单.txt"))
    assert "名单.txt、附00.doc" in text
    assert "附08.doc 等 13 个文件" in text
    assert "附09.doc" not in text


def test_numbers_of_people_in_names_of_files_are_masked() -> None:
    text = shown(with_attachments(f"{PERSON}.txt"))
    assert PERSON not in text
    assert "未打开" in text
