"""xls older than Excel 97 (BIFF 2 to 5), whose Chinese text calamine does not decode: read by xlrd."""

from __future__ import annotations

import struct
from pathlib import Path

import xlrd
from xlrd.compdoc import CompDocError

from auditor.errors import InputError
from auditor.intake.files.biff import BiffBook, check_walked, walk
from auditor.intake.files.cell_grid import CellGrid
from auditor.intake.files.cell_text import number_text
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.files.serial_dates import moment_text
from auditor.intake.raw import RawSheet
from auditor.values.model import CellKind

# xlrd meets a damaged file with whatever exception comes.
_DAMAGE = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    AssertionError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
)
_VERY_HIDDEN = 2


def read_old_xls(path: Path, shown: str, limits: Limits, walked: BiffBook | None = None) -> Contents:
    """Read an xls of BIFF 2 to 5.

    Args:
        path: the file.
        shown: the path that problems name.
        limits: all of them.
        walked: what its records told, where they could be walked.

    Raises:
        InputError: damaged, or over a limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read()
        if walked is None and (walked := walk(data)) is not None:
            check_walked(walked, shown)
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silence())
        sheets = tuple(_sheet(book, number, shown, limits, walked) for number in range(book.nsheets))
    except _DAMAGE as error:
        raise InputError.at("file-damaged", shown, detail=type(error).__name__) from error
    if not sheets:
        raise InputError.at("file-no-sheets", shown)
    return Contents(sheets)


class _Silence:
    """Takes what xlrd would print: it prints what stands in the file."""

    def write(self, text: str) -> int:
        return len(text)


def _sheet(book: xlrd.Book, number: int, shown: str, limits: Limits, walked: BiffBook | None) -> RawSheet:
    sheet = book.sheet_by_index(number)
    grid = CellGrid(shown, sheet.name, limits)
    worksheets = [one for one in walked.sheets if one.kind == 0] if walked is not None else []
    told = worksheets[number] if number < len(worksheets) else None
    if told is not None:
        grid.formulas, grid.formula_count = told.formulas, told.formula_count
    for row in range(sheet.nrows):
        cells = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        for column, (kind, value) in enumerate(cells, start=1):
            grid.put(row + 1, column, *_cell(kind, value, date_1904=bool(book.datemode)))
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge(top + 1, left + 1, bottom, right)
    grid.hidden_rows.update(row + 1 for row, of in sheet.rowinfo_map.items() if of.hidden)
    grid.hidden_columns.update(column + 1 for column, of in sheet.colinfo_map.items() if of.hidden)
    return grid.sheet(
        hidden=sheet.visibility != 0, very_hidden=sheet.visibility == _VERY_HIDDEN, date_1904=bool(book.datemode)
    )


def _cell(kind: int, value: object, *, date_1904: bool) -> tuple[str, CellKind]:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value), CellKind.TEXT
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "true" if value else "false", CellKind.BOOLEAN
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERROR"), CellKind.ERROR
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) and isinstance(value, float):
        moment = moment_text(value, date_1904=date_1904) if kind == xlrd.XL_CELL_DATE else None
        return (number_text(value), CellKind.NUMBER) if moment is None else (moment, CellKind.DATE)
    return "", CellKind.BLANK
