"""Sheets to files, the same bytes every time: xlsx (xlsxwriter, fixed time stamps), xls (xlwt) and csv."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
import xlwt
from sample_ledgers.making.county import Value

_MADE = datetime(2022, 12, 30, 9, 0, 0)  # noqa: DTZ001 - a workbook's properties know no zone


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells row by row, and what a clerk's spreadsheet has besides.

    Attributes:
        name: the sheet's name.
        rows: the cells; rows may be of different lengths.
        title_rows: how many rows at the top are merged over the whole width.
        header: positions [first, last) of the header rows.
        merges: (first row, first column, last row, last column) of further merged cells, all from 0.
        hidden_rows: positions of hidden rows, from 0.
    """

    name: str
    rows: list[list[Value]]
    title_rows: int = 0
    header: tuple[int, int] = (0, 1)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the header."""
        return max(len(row) for row in self.rows)


def _columns_width(sheet: Sheet, column: int) -> float:
    texts = [str(row[column]) for row in sheet.rows[sheet.header[0] :] if column < len(row) and row[column] is not None]
    longest = max((sum(2 if ord(char) > 255 else 1 for char in text) for text in texts), default=4)
    return min(longest + 2, 40)


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """Writes `sheets` as a workbook: titles merged and large, the header bold, borders, frozen panes."""
    book = xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"author": "清溪县人力资源和社会保障局", "created": _MADE})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    line = book.add_format({"align": "left"})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#DDEBF7"}
    )
    body = book.add_format({"border": 1})
    dates = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    money = book.add_format({"border": 1, "num_format": "0.00"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_paper(9)
        for column in range(sheet.width):
            page.set_column(column, column, _columns_width(sheet, column))
        for number, row in enumerate(sheet.rows):
            if number < sheet.title_rows:
                page.merge_range(number, 0, number, sheet.width - 1, str(row[0]), title if number == 0 else line)
                continue
            in_header = sheet.header[0] <= number < sheet.header[1]
            for column, value in enumerate(row):
                match value:
                    case None:
                        page.write_blank(number, column, None, head if in_header else body)
                    case date():
                        page.write_datetime(number, column, datetime(value.year, value.month, value.day), dates)  # noqa: DTZ001
                    case Decimal():
                        page.write_number(number, column, float(value), money)
                    case int() | float():
                        page.write_number(number, column, value, body)
                    case str():
                        page.write_string(number, column, value, head if in_header else body)
        for first_row, first_column, last_row, last_column in sheet.merges:
            value = sheet.rows[first_row][first_column]
            inside = head if first_row < sheet.header[1] else body
            page.merge_range(first_row, first_column, last_row, last_column, str(value), inside)
        for number in sheet.hidden_rows:
            page.set_row(number, None, None, {"hidden": True})
        if sheet.header[1] > sheet.header[0]:
            page.freeze_panes(sheet.header[1], 0)
    book.close()


def write_xls(path: Path, sheet: Sheet) -> None:
    """Writes `sheet` as an Excel 97 workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet.name)
    dates = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for number, row in enumerate(sheet.rows):
        if number < sheet.title_rows:
            page.write_merge(number, number, 0, sheet.width - 1, str(row[0]))
            continue
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write(number, column, value, dates)
            elif value is not None:
                page.write(number, column, float(value) if isinstance(value, Decimal) else value)
    book.save(str(path))


def write_csv(path: Path, rows: list[list[Value]], encoding: str) -> None:
    """Writes `rows` as csv in `encoding`, lines ended as Windows does."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(
        [["" if value is None else value for value in row] for row in rows]
    )
    path.write_bytes(text.getvalue().encode(encoding))
