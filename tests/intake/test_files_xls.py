"""xls of every age: hidden rows and columns, formulas without a value, 1904, Chinese text of Excel 5, active parts."""

from __future__ import annotations

import datetime as dt
import io
import struct
from pathlib import Path

import pytest
import xlwt
from tests.intake.conftest import Fail, Read, cells, kinds
from xlwt.CompoundDoc import XlsDoc

from auditor.intake.files.formulas import formula_problems
from auditor.values.model import CellKind

_DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(words: str) -> bytes:
    data = words.encode("gbk")
    return bytes([len(data)]) + data


_EOF = _record(0x0A, b"")


def biff5(sheets: dict[str, bytes], *, date_1904: bool = False) -> bytes:
    """The workbook stream of an Excel 5 workbook in the code page of simplified Chinese."""

    def globals_at(positions: list[int]) -> bytes:
        formats = _record(0xE0, struct.pack("<HH12x", 0, 0)) + _record(0xE0, struct.pack("<HH12x", 0, 14))
        listed = b"".join(
            _record(0x85, struct.pack("<IBB", at, 0, 0) + _text(name))
            for at, name in zip(positions, sheets, strict=True)
        )
        begin = _record(0x809, struct.pack("<HHHH", 0x500, 5, 0xDBB, 0x7CC)) + _record(0x42, struct.pack("<H", 936))
        return begin + _record(0x22, struct.pack("<H", date_1904)) + formats + listed + _EOF

    bodies = [_record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0xDBB, 0x7CC)) + one + _EOF for one in sheets.values()]
    at = len(globals_at([0] * len(sheets)))
    positions = []
    for body in bodies:
        positions.append(at)
        at += len(body)
    return globals_at(positions) + b"".join(bodies)


def label(row: int, column: int, words: str) -> bytes:
    data = words.encode("gbk")
    return _record(0x204, struct.pack("<HHHH", row, column, 0, len(data)) + data)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, style, value))


def ole(stream: bytes, name: str = "Book") -> bytes:
    """The stream in a container, under this name."""
    out = io.BytesIO()
    XlsDoc().save(out, stream + bytes(max(0, 4096 - len(stream))))
    data = bytearray(out.getvalue())
    at = data.find("Workbook".encode("utf-16-le"))
    data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
    data[at + 64 : at + 66] = struct.pack("<H", 2 * len(name) + 2)
    return bytes(data)


@pytest.mark.parametrize("contained", [True, False])
def test_chinese_text_of_excel_5(tmp_path: Path, read: Read, contained: bool) -> None:
    hidden_row = _record(0x208, struct.pack("<HHHHHHHH", 1, 0, 2, 0xFF, 0, 0, 0x20, 0x0F))
    hidden_column = _record(0x7D, struct.pack("<HHHHHH", 1, 1, 0x0B92, 0x0F, 1, 0))
    sheet = (
        hidden_column
        + hidden_row
        + label(0, 0, "姓名")
        + label(1, 0, "张三")
        + number(1, 1, 600.5)
        + number(2, 1, 44869, style=1)
    )
    stream = biff5({"台账": sheet})
    path = tmp_path / "a.xls"
    path.write_bytes(ole(stream) if contained else stream)

    only = read(path).sheets[0]

    assert only.name == "台账"
    assert cells(only) == {(1, 1): "姓名", (2, 1): "张三", (2, 2): "600.5", (3, 2): "2022-11-04"}
    assert kinds(only)[3, 2] is CellKind.DATE
    assert (only.hidden_rows, only.hidden_columns) == (frozenset({2}), frozenset({2}))


def test_days_of_excel_5_count_from_1904_where_it_says_so(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(ole(biff5({"s": number(0, 0, 44869 - 1462, style=1)}, date_1904=True)))

    only = read(path).sheets[0]

    assert cells(only) == {(1, 1): "2022-11-04"}
    assert only.date_1904


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(6):
        sheet.write(row, 0, f"甲{row}")
        sheet.write(row, 3, row)
    sheet.row(2).hidden = True
    sheet.row(4).hidden = True
    sheet.col(1).hidden = True
    sheet.col(3).hidden = True
    sheet.write(6, 2, xlwt.Formula("1+2"))
    very = book.add_sheet("深藏")
    very.write(0, 0, "x")
    very.visibility = 2
    book.save(str(path))
    return path


def test_hidden_rows_columns_and_sheets_of_an_xls(tmp_path: Path, read: Read) -> None:
    first, second = read(_xls(tmp_path / "a.et")).sheets

    assert first.hidden_rows == {3, 5}
    assert first.hidden_columns == {2, 4}
    assert (second.hidden, second.very_hidden) == (True, True)


def test_a_formula_that_a_library_wrote_has_no_value_and_says_so(tmp_path: Path, read: Read) -> None:
    result = read(_xls(tmp_path / "a.xls"))
    only = result.sheets[0]

    assert (7, 3) not in cells(only)
    assert only.formulas_without_value == ((7, 3),)
    problem = formula_problems(only, result.source)[0]
    assert (problem.code, str(problem.where)) == ("formula-without-value", "a.xls[台账]!C7")
    assert problem.args == {"count": 1, "cells": "C7"}
    assert formula_problems(result.sheets[1], result.source) == ()


def test_days_of_an_xls_count_from_1904_where_it_says_so(tmp_path: Path, read: Read) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("s")
    sheet.write(0, 0, dt.date(2022, 11, 4), _DAY)
    sheet.write(0, 1, 43407)
    book.save(str(tmp_path / "a.xls"))

    only = read(tmp_path / "a.xls").sheets[0]

    assert cells(only) == {(1, 1): "2022-11-04", (1, 2): "43407"}
    assert only.date_1904


def _with_globals(path: Path, *records: bytes) -> Path:
    """An xls with more records among the globals."""
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "x")
    stream = book.get_biff_data()
    more = b"".join(records)
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    out = bytearray(stream[:first] + more + stream[first:])
    at = 0
    while struct.unpack_from("<H", out, at)[0] != 0x0A:
        kind, size = struct.unpack_from("<HH", out, at)
        if kind == 0x85:
            position = struct.unpack_from("<I", out, at + 4)[0]
            out[at + 4 : at + 8] = struct.pack("<I", position + len(more))
        at += 4 + size
    path.write_bytes(ole(bytes(out), "Workbook"))
    return path


def test_what_could_act_in_an_xls_is_listed(tmp_path: Path, read: Read) -> None:
    def book(words: str) -> bytes:
        return _record(0x1AE, struct.pack("<HHB", 1, len(words), 0) + words.encode("latin-1"))

    path = _with_globals(
        tmp_path / "a.xls", _record(0xD3, b""), book("\x01other.xls"), book("cmd\x03/c calc"), _record(0x876, bytes(20))
    )

    result = read(path)

    assert cells(result.sheets[0]) == {(1, 1): "x"}
    assert [p.code for p in result.problems] == [
        "active-connections",
        "active-dde",
        "active-external-links",
        "active-macros",
    ]
    assert {p.gravity.value for p in result.problems} == {"note"}


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_an_old_xls_cut_off_is_a_problem_of_that_file(tmp_path: Path, fail: Fail, keep: float) -> None:
    stream = biff5({"s": b"".join(label(row, 0, f"甲{row}") for row in range(2000))})
    data = ole(stream)
    path = tmp_path / "a.xls"
    path.write_bytes(data[: int(len(data) * keep)])

    assert fail(path).code in ("file-damaged", "file-reader-crashed")


def test_an_xls_whose_sheet_does_not_come_to_its_end_is_damaged_and_not_short(tmp_path: Path, fail: Fail) -> None:
    rows = b"".join(label(row, 0, f"甲{row}") for row in range(20))
    whole = biff5({"s": rows})
    path = tmp_path / "a.xls"
    for cut in (ole(whole[: -len(rows) // 2]), whole[: -len(rows) // 2]):
        path.write_bytes(cut)
        problem = fail(path)
        assert (problem.code, problem.args["detail"]) == ("file-damaged", "EOF")


def test_an_encrypted_workbook_of_excel_5_is_said_to_be_one(tmp_path: Path, fail: Fail) -> None:
    stream = biff5({"s": label(0, 0, "甲")})
    stream = stream[:12] + _record(0x2F, bytes(4)) + stream[12:]
    path = tmp_path / "a.xls"
    for data in (ole(stream), stream):
        path.write_bytes(data)
        assert fail(path).code == "file-password-kind"


def test_a_chart_sheet_of_an_xls_is_named_and_left_out(tmp_path: Path, read: Read) -> None:
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "x")
    book.add_sheet("图").write(0, 0, "y")
    stream = bytearray(book.get_biff_data())
    listed = stream.index("图".encode("utf-16-le")) - 3
    stream[listed] = 2  # what the sheet is: a chart
    path = tmp_path / "a.xls"
    path.write_bytes(ole(bytes(stream), "Workbook"))

    result = read(path)

    assert [sheet.name for sheet in result.sheets] == ["台账"]
    assert [(p.code, p.args) for p in result.problems] == [("sheet-skipped", {"name": "图", "kind": "chartsheet"})]
