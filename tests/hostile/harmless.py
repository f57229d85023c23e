"""Harmless files of every format, as a county would send them: what mutants are made of."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from tests.hostile.ledger import CONTENT_TYPES, HEADERS, PEOPLE, csv_bytes, xlsx
from tests.hostile.making_binaries import ods_content, ods_rows, protected_bytes, write_ods, xls_bytes

_MORE = tuple((*PEOPLE[i % 2][:2], f"2022年{i % 12 + 1}月", str(600 + i), *PEOPLE[i % 2][4:]) for i in range(12))
_ROWS = (HEADERS, *PEOPLE, *_MORE)


def harmless_files() -> dict[str, bytes]:
    """Name → bytes."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            "payroll.xlsx": _payroll(Path(folder, "a")),
            "attendance.xlsx": _attendance(),
            "raw.xlsx": _written(xlsx, Path(folder, "b")),
            "macros.xlsm": _macros(Path(folder, "c")),
            "password.xlsx": protected_bytes(Path(folder, "d")),
            "old.xls": xls_bytes(12),
            "utf8.csv": csv_bytes(_ROWS),
            "gb18030.csv": csv_bytes(_ROWS).decode().encode("gb18030"),
            "utf16.csv": csv_bytes(_ROWS).decode().replace(",", "\t").encode("utf-16"),
            "plain.parquet": _parquet("snappy"),
            "packed.parquet": _parquet("zstd"),
            "calc.ods": _written(lambda path: write_ods(path, ods_content(ods_rows())), Path(folder, "e")),
            "page.xls": _html(),
            "all.zip": _zip(Path(folder, "f")),
        }


def _written(write: object, path: Path) -> bytes:
    assert callable(write)
    write(path)
    return path.read_bytes()


def _payroll(path: Path) -> bytes:
    """With a title, merges, hidden rows and columns, dates, formulas, a total and a signature."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("10月")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, 5, "兴隆镇2022年10月公益性岗位补贴发放表")
    sheet.write_row(1, 0, HEADERS)
    for i, texts in enumerate(_ROWS[1:], start=2):
        sheet.write_row(i, 0, texts[:3])
        sheet.write_number(i, 3, int(texts[3]))
        sheet.write_string(i, 4, texts[4])
        sheet.write_datetime(i, 5, datetime(2022, 11, 4), day)  # noqa: DTZ001
    last = len(_ROWS) + 1
    sheet.write(last, 0, "合计")
    sheet.write_formula(last, 3, f"=SUM(D3:D{last})", value=sum(int(texts[3]) for texts in _ROWS[1:]))
    sheet.write(last + 1, 0, "填表人：王五  审核人：赵六")
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    book.add_worksheet("说明").hide()
    book.close()
    return path.read_bytes()


def _attendance() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "姓名", "身份证号", *range(1, 32), "合计"])
    for i, texts in enumerate(_ROWS[1:], start=1):
        sheet.append([i, texts[1], texts[0], *["√", "事", "休", None] * 7, "√", "√", "√", 22])
    sheet.merge_cells("B3:B4")
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _macros(path: Path) -> bytes:
    types = CONTENT_TYPES.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
    xlsx(path, more={"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(500)})
    return path.read_bytes()


def _parquet(compression: str) -> bytes:
    columns = {name: [texts[j] for texts in _ROWS[1:]] for j, name in enumerate(HEADERS)}
    table = pa.table({**columns, "备注": [{"a": [1, 2]}] * (len(_ROWS) - 1), "数": [0.5] * (len(_ROWS) - 1)})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression=compression)
    return sink.getvalue()


def _html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in _ROWS)
    head = '<head><meta charset="utf-8"><style>td{mso-number-format:"\\@"}</style></head>'
    return (
        f'<html>{head}<body><table border="1"><tr><td colspan="6">发放表</td></tr>{rows}</table></body></html>'.encode()
    )


def _zip(path: Path) -> bytes:
    xlsx(path)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("发放表.xlsx", path.read_bytes())
        archive.writestr("考勤/发放表.csv", csv_bytes())
    return sink.getvalue()
