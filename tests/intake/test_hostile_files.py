"""Files that kill or mislead a naive reader: each gives its clear problem, and the pool goes on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from tests.intake.conftest import Fail, Read, cells
from tests.intake.test_files_xlsx import package, worksheet

from auditor.messages import TEXTS

_ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c></row>'


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row in range(2000):
        sheet.write_row(row, 0, [f"甲{row}", row])
    book.close()
    return path


def test_two_cells_far_apart_never_reach_the_reader(tmp_path: Path, fail: Fail) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    problem = fail(package(tmp_path / "a.xlsx", worksheet(rows)))

    assert (problem.code, problem.args["limit"]) == ("file-limit-columns", 512)


def test_a_wide_and_long_sheet_is_over_the_limit_of_cells(tmp_path: Path, fail: Fail) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AF1048576"><v>1</v></c></row>'

    assert fail(package(tmp_path / "a.xlsx", worksheet(rows))).code == "file-limit-cells"


def test_a_row_number_past_the_last_is_over_the_limit_of_rows(tmp_path: Path, fail: Fail) -> None:
    rows = '<row r="1048577"><c r="A1048577"><v>1</v></c></row>'

    assert fail(package(tmp_path / "a.xlsx", worksheet(rows))).code == "file-limit-rows"


def test_sixty_thousand_merges_are_over_the_limit(tmp_path: Path, fail: Fail) -> None:
    merges = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 60_001))

    problem = fail(package(tmp_path / "a.xlsx", worksheet(_CELL, after=f"<mergeCells>{merges}</mergeCells>")))

    assert (problem.code, problem.args["count"]) == ("file-limit-merges", 60_000)


def test_a_merge_over_the_whole_sheet_costs_nothing(tmp_path: Path, read: Read) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    only = read(package(tmp_path / "a.xlsx", worksheet(_CELL, after=merge))).sheets[0]

    assert cells(only) == {(1, 1): "a", (1, 2): "1"}
    assert only.merges == ((1, 1, 1_048_576, 16_384),)


@pytest.mark.parametrize("part", ["xl__worksheets__sheet1_xml", "xl__sharedStrings_xml", "xl__workbook_xml"])
def test_entities_are_refused_in_every_part(tmp_path: Path, fail: Fail, part: str) -> None:
    bomb = _ENTITIES + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</sst>'

    assert fail(package(tmp_path / "a.xlsx", worksheet(_CELL), **{part: bomb})).code == "file-doctype"


def test_entities_are_refused_in_utf_16(tmp_path: Path, fail: Fail) -> None:
    bomb = (_ENTITIES + "<sst>&b;</sst>").encode("utf-16")

    assert fail(package(tmp_path / "a.xlsx", worksheet(_CELL), xl__sharedStrings_xml=bomb)).code == "file-doctype"


def test_one_long_text_referred_to_everywhere_ends_at_the_limit_of_memory(tmp_path: Path, fail: Fail) -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {main}><si><t>{'长' * 30_000}</t></si></sst>"
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 60_001))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Target="{target}" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
            for i, kind, target in (
                (1, "worksheet", "worksheets/sheet1.xml"),
                (2, "sharedStrings", "sharedStrings.xml"),
            )
        )
        + "</Relationships>"
    )
    parts = {"xl___rels__workbook_xml.rels": relations, "xl__sharedStrings_xml": strings}

    assert fail(package(tmp_path / "a.xlsx", worksheet(rows), **parts)).code == "file-limit-memory"


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path, fail: Fail) -> None:
    bomb = worksheet(_CELL, after=" " * (20 << 20))

    problem = fail(package(tmp_path / "a.xlsx", bomb))

    assert (problem.code, problem.args["limit"]) == ("file-limit-ratio", 200)


def test_a_directory_that_lies_about_sizes_is_damage(tmp_path: Path, fail: Fail) -> None:
    path = package(tmp_path / "a.xlsx", worksheet(_CELL), xl__media__image1_xml=b"x" * 3000)
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)

    assert fail(path).code == "archive-damaged"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_a_truncated_xlsx_is_damaged(tmp_path: Path, fail: Fail, keep: float) -> None:
    path = _workbook(tmp_path / "a.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])

    assert fail(path).code == "archive-damaged"


@pytest.mark.parametrize("missing", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_damage(tmp_path: Path, fail: Fail, missing: str) -> None:
    whole = package(tmp_path / "whole.xlsx", worksheet(_CELL))
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))

    assert fail(path).code == "file-damaged"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<html><body><p>1</p></body></html>", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"\x01\x02\x00\x03" * 50, "binary"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le"), "Word"),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv"])
def test_what_only_looks_like_a_workbook_is_named(
    tmp_path: Path, fail: Fail, content: bytes, kind: str, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)

    problem = fail(path)

    assert (problem.code, problem.args["kind"]) == ("file-not-a-workbook", kind)


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    problem = fail(path)

    assert (problem.code, problem.args["kind"]) == ("file-not-a-workbook", "Word")


def test_a_protected_workbook_asks_for_its_password_to_go(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )

    assert fail(path).code == "file-password-protected"


def test_xls_garbage_is_a_problem_of_that_file(tmp_path: Path, fail: Fail) -> None:
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "x")
    data = io.BytesIO()
    book.save(data)
    broken = bytearray(data.getvalue())
    broken[512:] = b"\xa5" * (len(broken) - 512) + "Workbook".encode("utf-16-le")
    path = tmp_path / "a.xls"
    path.write_bytes(broken)

    assert fail(path).code in ("file-damaged", "file-reader-crashed")


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, fail: Fail) -> None:
    for suffix in (".xlsx", ".csv", ".parquet"):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(b"")
        assert fail(path).code == "file-empty"


def test_an_enormous_cell_is_over_the_limit(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1," + "长" * 1_100_000 + "\n", encoding="utf-8")

    assert fail(path).code == "file-limit-cell-length"


def test_an_enormous_cell_of_an_xlsx_is_over_the_limit(tmp_path: Path, fail: Fail) -> None:
    text = "".join(f"{i}," for i in range(300_000))
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'

    assert fail(package(tmp_path / "a.xlsx", worksheet(rows))).code == "file-limit-cell-length"


def test_bytes_of_no_encoding_are_placed(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,金额\n张三,1\n".encode() + b"\xff\xff,2\n")

    problem = fail(path)

    assert (problem.code, problem.args["offset"], problem.args["row"]) == ("encoding-unreadable", 23, 3)


def test_a_csv_of_one_column_is_no_ledger(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名\n张三\n李四\n", encoding="utf-8")

    assert fail(path).code == "csv-one-column"


def test_an_open_quotation_mark_is_placed(tmp_path: Path, fail: Fail) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n3,"4\n5,6\n', encoding="utf-8")

    problem = fail(path)

    assert (problem.code, problem.args["row"]) == ("csv-quote-open", 3)


def test_every_code_has_its_text_in_both_languages() -> None:
    codes = [code for code in TEXTS if code.startswith(("file-", "archive-", "csv-", "encoding-", "path-", "upload-"))]

    assert len(codes) > 30
    assert all(zh and en and zh != en for zh, en in (TEXTS[code] for code in codes))
