"""Pages written as files of the formats that people send, to be read by the real intake."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import xlwt
from openpyxl.utils import get_column_letter
from tests.layouts.page import Page
from tests.layouts.spelling import Cell

_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")


def fits_csv(page: Page) -> bool:
    """Whether a text file can say the same: no merges below each other, no name of a sheet that matters."""
    return page.sheet == "Sheet1" and all(top == bottom for top, _, bottom, _ in page.merges)


def write_page(page: Page, folder: Path, chance: Random) -> Path:
    """Write the page into `folder` in a format drawn by chance."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = page.file.rsplit(".", 1)[0]
    draw = chance.random()
    if draw < 0.4 and fits_csv(page):
        path = folder / f"{stem}.csv"
        _write_csv(page, path, chance.choice(_ENCODINGS))
    elif draw < 0.6:
        path = folder / f"{stem}.xls"
        _write_xls(page, path)
    else:
        path = folder / f"{stem}.xlsx"
        _write_xlsx(page, path)
    return path


def _write_xlsx(page: Page, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = page.sheet or "Sheet1"
    for i, row in enumerate(page.cells):
        for j, cell in enumerate(row):
            if cell is not None:
                place = sheet.cell(page.first_row + i, page.first_column + j)
                place.value = cell
                if isinstance(cell, str):
                    place.data_type = "s"  # ="5002…" is meant as text
                elif isinstance(cell, date):
                    place.number_format = "yyyy-mm-dd"
    for top, left, bottom, right in page.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for number in page.hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for number in page.hidden_columns:
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    book.save(path)


def _write_xls(page: Page, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(page.sheet or "Sheet1")
    dates = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
    for i, row in enumerate(page.cells):
        for j, cell in enumerate(row):
            at = page.first_row + i, page.first_column + j
            style = (dates,) if isinstance(cell, date) else ()
            if at in merged:
                last = merged[at]
                sheet.write_merge(at[0] - 1, last[0] - 1, at[1] - 1, last[1] - 1, cell, *style)
            elif cell is not None:
                sheet.write(at[0] - 1, at[1] - 1, cell, *style)
    for number in page.hidden_rows:
        sheet.row(number - 1).hidden = True
    for number in page.hidden_columns:
        sheet.col(number - 1).hidden = True
    book.save(str(path))


def _write_csv(page: Page, path: Path, encoding: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([] for _ in range(page.first_row - 1))
    for row in page.cells:
        writer.writerow([""] * (page.first_column - 1) + [_typed(cell) for cell in row])
    path.write_bytes(text.getvalue().encode(encoding))


def _typed(cell: Cell) -> str | int | float:
    """What a spreadsheet writes for a cell into a text file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return cell
