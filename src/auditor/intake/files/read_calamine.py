"""xls of Excel 97 and later (BIFF8), and et that is xls inside: the cells by calamine, the rest by its records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from auditor.errors import InputError
from auditor.intake.files.biff import BiffBook, BiffSheet
from auditor.intake.files.cell_text import Cell, cell_text
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.sheets.nameless import nameless

_SUFFIXES = frozenset({".xls"})
_STATES = (calamine.SheetVisibleEnum.Visible, calamine.SheetVisibleEnum.Hidden, calamine.SheetVisibleEnum.VeryHidden)


def read_xls(path: Path, book: BiffBook, shown: str, limits: Limits) -> Contents:
    """Read an xls (BIFF8).

    Args:
        path: the file.
        book: what its records told.
        shown: the path that problems name.
        limits: all of them.

    Raises:
        InputError: damaged, protected, or over a limit.
    """
    try:
        with nameless(path, _SUFFIXES) as truly, calamine.CalamineWorkbook.from_path(truly) as opened:
            metas = opened.sheets_metadata
            told = book.sheets if len(book.sheets) == len(metas) else [None] * len(metas)
            sheets = tuple(
                _sheet(opened.get_sheet_by_index(number), _STATES.index(meta.visible), of, book, shown, limits)
                for number, (meta, of) in enumerate(zip(metas, told, strict=True))
                if meta.typ is calamine.SheetTypeEnum.WorkSheet
            )
    except calamine.PasswordError as error:
        raise InputError.at("file-password-protected", shown) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError.at("file-damaged", shown, detail=type(error).__name__) from error
    if not sheets:
        raise InputError.at("file-no-sheets", shown)
    return Contents(sheets)


def _sheet(
    sheet: calamine.CalamineSheet, state: int, told: BiffSheet | None, book: BiffBook, shown: str, limits: Limits
) -> RawSheet:
    where = {"sheet": sheet.name}
    if sheet.total_width > limits.columns:
        raise InputError.at("file-limit-columns", shown, count=sheet.total_width, limit=limits.columns, **where)
    if sheet.total_height > limits.rows:
        raise InputError.at("file-limit-rows", shown, count=sheet.total_height, limit=limits.rows, **where)
    cells = sheet.total_height * sheet.total_width
    if cells > limits.cells:
        raise InputError.at("file-limit-cells", shown, count=cells, limit=limits.cells, **where)
    merged = sheet.merged_cell_ranges or []
    if len(merged) > limits.merges:
        raise InputError.at("file-limit-merges", shown, count=len(merged), limit=limits.merges, **where)
    told = told or BiffSheet(state, 0, 0)
    first_column, columns, row_count = grid(sheet)
    last_column = first_column + len(columns) - 1
    return RawSheet(
        name=sheet.name,
        first_row=1,
        first_column=first_column,
        columns=columns,
        row_count=row_count,
        hidden=state > 0,
        hidden_rows=frozenset(row for row in told.hidden_rows if row <= row_count),
        hidden_columns=frozenset(
            column
            for first, last in told.hidden_columns
            for column in range(max(first, first_column), min(last, last_column) + 1)
        ),
        merges=tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged),
        formulas_without_value=tuple(told.formulas),
        very_hidden=state > 1,
        formula_count=told.formula_count,
        date_1904=book.date_1904,
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
