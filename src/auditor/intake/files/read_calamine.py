"""Workbooks read cell by cell with python-calamine: xls, and the xlsx sheets whose place fastexcel does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from auditor.errors import InputError
from auditor.intake.files.cell_text import Cell, cell_text
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.sheets.nameless import nameless

_SUFFIXES = frozenset({".xls"})
_HIDDEN = (calamine.SheetVisibleEnum.Hidden, calamine.SheetVisibleEnum.VeryHidden)


def read_xls(path: Path, shown: str, limits: Limits) -> tuple[RawSheet, ...]:
    """Read an xls (BIFF). Hidden rows and columns, and formulas without a value, stay unknown.

    Raises:
        InputError: damaged, protected, or over a limit.
    """
    try:
        with nameless(path, _SUFFIXES) as truly, calamine.CalamineWorkbook.from_path(truly) as book:
            sheets = tuple(
                _sheet(book.get_sheet_by_name(meta.name), meta.visible in _HIDDEN, shown, limits)
                for meta in book.sheets_metadata
                if meta.typ is calamine.SheetTypeEnum.WorkSheet
            )
    except calamine.PasswordError as error:
        raise InputError.at("file-password-protected", shown) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError.at("file-damaged", shown, detail=type(error).__name__) from error
    if not sheets:
        raise InputError.at("file-no-sheets", shown)
    return sheets


def _sheet(sheet: calamine.CalamineSheet, hidden: bool, shown: str, limits: Limits) -> RawSheet:
    where = {"sheet": sheet.name}
    if sheet.total_width > limits.columns:
        raise InputError.at("file-limit-columns", shown, count=sheet.total_width, limit=limits.columns, **where)
    cells = sheet.total_height * sheet.total_width
    if cells > limits.cells:
        raise InputError.at("file-limit-cells", shown, count=cells, limit=limits.cells, **where)
    merged = sheet.merged_cell_ranges or []
    if len(merged) > limits.merges:
        raise InputError.at("file-limit-merges", shown, count=len(merged), limit=limits.merges, **where)
    first_column, columns, row_count = grid(sheet)
    return RawSheet(
        name=sheet.name,
        first_row=1,
        first_column=first_column,
        columns=columns,
        row_count=row_count,
        hidden=hidden,
        merges=tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged),
    )


def grid(sheet: calamine.CalamineSheet) -> tuple[int, tuple[RawColumn, ...], int]:
    """First column, columns from row 1 on, and number of rows of a sheet."""
    start = sheet.start
    if start is None:
        return 1, (), 0
    above, left = start
    rows = sheet.to_python(skip_empty_area=True)
    return left + 1, tuple(column([row[j] for row in rows], above) for j in range(sheet.width)), above + len(rows)


def column(cells: Sequence[Cell], above: int = 0) -> RawColumn:
    """The column of these cells, under `above` blank ones."""
    pairs = [cell_text(cell) for cell in cells]
    text = pa.array([None] * above + [text for text, _ in pairs], pa.string())
    kind = np.zeros(above + len(pairs), np.uint8)
    kind[above:] = [kind for _, kind in pairs]
    return RawColumn(text, kind)
