"""csv in its encodings, xls, parquet, and files under a wrong name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.conftest import Read, cells, kinds
from tests.intake.test_files_xlsx import package, worksheet

from auditor.values.model import CellKind

_ROWS = [["姓名", "身份证号", "金额"], ["张䶮", "500299198001011234", "600"], [], ["李四", "", "1,200.50"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_in_every_encoding_and_delimiter(tmp_path: Path, read: Read, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(_ROWS)

    only = read(path).sheets[0]

    assert only.name is None
    assert cells(only) == {
        (i, j): text for i, row in enumerate(_ROWS, start=1) for j, text in enumerate(row, start=1) if text
    }
    assert set(kinds(only).values()) == {CellKind.TEXT}


def test_a_line_break_within_quotes_does_not_shift_the_rows_below(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"1\n2",x\n3,y\n', encoding="utf-8")

    assert cells(read(path).sheets[0]) == {
        (1, 1): "a",
        (1, 2): "b",
        (2, 1): "1\n2",
        (2, 2): "x",
        (3, 1): "3",
        (3, 2): "y",
    }


_FIELD = st.text(st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(_FIELD, min_size=2, max_size=5), min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_any_csv_comes_back_cell_for_cell(rows: list[list[str]], encoding: str, read: Read) -> None:
    rows = [["列甲", "列乙"], *rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(text.getvalue().encode(encoding))
        only = read(path).sheets[0]

    wanted = {(i, j): text for i, row in enumerate(rows, start=1) for j, text in enumerate(row, start=1) if text}
    assert cells(only) == wanted


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write(2, 1, "姓名")
    sheet.write(3, 1, 202210)
    sheet.write(3, 2, 0.5)
    sheet.write(4, 1, dt.date(2022, 11, 4), day)
    sheet.write(4, 2, True)  # noqa: FBT003
    sheet.write_merge(6, 6, 1, 3, "合并")
    hidden = book.add_sheet("藏")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    book.save(str(path))
    return path


def test_xls_with_places_kinds_merges_and_hidden_sheets(tmp_path: Path, read: Read) -> None:
    first, second = read(_xls(tmp_path / "a.xls")).sheets

    assert cells(first) == {
        (3, 2): "姓名",
        (4, 2): "202210",
        (4, 3): "0.5",
        (5, 2): "2022-11-04",
        (5, 3): "true",
        (7, 2): "合并",
    }
    assert kinds(first)[4, 2] is CellKind.NUMBER
    assert kinds(first)[5, 2] is CellKind.DATE
    assert kinds(first)[5, 3] is CellKind.BOOLEAN
    assert first.merges == ((7, 2, 7, 4),)
    assert (second.name, second.hidden) == ("藏", True)


def test_the_content_decides_and_not_the_name(tmp_path: Path, read: Read) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    as_xls = package(tmp_path / "really_xlsx.xls", worksheet(row))
    as_xlsx = _xls(tmp_path / "really_xls.xlsx")
    text = tmp_path / "really_text.xls"
    text.write_text("姓名\t金额\n张三\t1\n", encoding="gb18030")

    assert cells(read(as_xls).sheets[0]) == {(1, 1): "1"}
    assert cells(read(as_xlsx).sheets[0])[3, 2] == "姓名"
    assert cells(read(text).sheets[0])[2, 1] == "张三"


def test_parquet_has_its_names_in_row_one(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "姓名": pa.array(["张三", None, ""]),
            "月份": pa.array([202210, 202211, None], pa.int64()),
            "金额": pa.array([Decimal("600.50"), Decimal("1200.00"), None], pa.decimal128(12, 2)),
            "数": pa.array([0.5, 1e-7, 3.0]),
            "日期": pa.array([dt.date(2022, 11, 4), None, None]),
            "时间": pa.array([dt.datetime(2022, 11, 4, 9, 30), dt.datetime(2022, 11, 4), None]),  # noqa: DTZ001
            "是": pa.array([True, False, None]),
            "类": pa.array(["甲", "乙", "甲"]).dictionary_encode(),
        }
    )
    pq.write_table(table, path)

    only = read(path).sheets[0]

    assert [column.text.to_pylist() for column in only.columns] == [
        ["姓名", "张三", None, None],
        ["月份", "202210", "202211", None],
        ["金额", "600.5", "1200", None],
        ["数", "0.5", "0.0000001", "3"],
        ["日期", "2022-11-04", None, None],
        ["时间", "2022-11-04 09:30:00", "2022-11-04", None],
        ["是", "true", "false", None],
        ["类", "甲", "乙", "甲"],
    ]
    second = {column: kind for (row, column), kind in kinds(only).items() if row == 2}
    wanted = [CellKind.TEXT, CellKind.NUMBER, CellKind.NUMBER, CellKind.NUMBER, CellKind.DATE, CellKind.DATE]
    assert [second[i] for i in range(1, 9)] == [*wanted, CellKind.BOOLEAN, CellKind.TEXT]
